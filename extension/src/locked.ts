// A page in the place of a lesson that is not open yet: why, and what to do next.

import { Widget } from '@lumino/widgets';

import { Course } from './course';
import { button, h, level, redraw } from './node';
import { Explained, Next } from './server';

export interface LockedActs {
  openNotebook(path: string): void;
  goOn(next: Next): void;
}

export class LockedPage extends Widget {
  private readonly body = h('div', { class: 'cw-map-page' });

  constructor(
    private told: Explained,
    private readonly course: Course,
    private readonly acts: LockedActs
  ) {
    super();
    this.id = `courseware-locked-${told.workspace}-${told.lesson}`;
    this.title.label = told.title;
    this.title.caption = told.opens_when;
    this.title.closable = true;
    this.addClass('cw-root');
    this.addClass('cw-map-locked-page');
    this.node.tabIndex = -1;
    this.node.append(this.body);
    this.course.changed.connect(this.ask, this);
    this.draw();
  }

  dispose(): void {
    this.course.changed.disconnect(this.ask, this);
    super.dispose();
  }

  protected onActivateRequest(): void {
    (this.node.querySelector<HTMLElement>('.cw-primary') ?? this.node).focus();
  }

  private ask(): void {
    this.course.server.explain(this.told.path).then(
      told => {
        this.told = told;
        this.draw();
      },
      () => undefined // what was told stays
    );
  }

  private draw(): void {
    const { told } = this;
    if (told.open) {
      redraw(this.body, [
        h('h1', {}, `${told.title} is open`),
        h('p', { role: 'status' }, 'What it builds on is Proficient.'),
        button('go', 'cw-button cw-primary', () => this.acts.openNotebook(told.path), `Open ${told.title}`)
      ]);
      return;
    }
    redraw(this.body, [
      h('h1', {}, `${told.title} is not open yet`),
      h('p', {}, told.opens_when),
      h(
        'ul',
        { class: 'cw-map-objectives' },
        told.needs.map(need =>
          h(
            'li',
            {},
            h('span', {}, need.can, h('span', { class: 'cw-map-why' }, ` ${need.why} Lesson ${need.lesson_title}.`)),
            level(need)
          )
        )
      ),
      h('p', { class: 'cw-map-why' }, told.next.why),
      button('go', 'cw-button cw-primary', () => this.acts.goOn(told.next), `Continue: ${told.next.title}`)
    ]);
  }
}
