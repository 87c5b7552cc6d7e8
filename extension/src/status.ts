// One line in the status bar: the lesson in hand, and how much of it is Proficient.

import { Widget } from '@lumino/widgets';

import { Course } from './course';
import { h } from './node';

export class StatusLine extends Widget {
  private readonly button: HTMLButtonElement;

  constructor(
    private readonly course: Course,
    show: () => void
  ) {
    super();
    this.addClass('cw-map-status');
    this.button = h('button', { type: 'button', title: 'Show the course map', onclick: show });
    this.node.append(this.button);
    course.changed.connect(() => this.draw());
    this.draw();
  }

  private draw(): void {
    const { map, here } = this.course;
    this.node.hidden = map === null;
    if (map === null) {
      return;
    }
    const of = here ? here.objectives : map.lessons.flatMap(lesson => lesson.objectives);
    const done = of.filter(standing => standing.level >= 3).length;
    this.button.textContent = `${here?.title ?? map.title}: ${done} of ${of.length} Proficient`;
  }
}
