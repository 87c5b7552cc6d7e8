// The course map: what comes next, the lessons with their objectives, and what opens the locked ones.

import { Message } from '@lumino/messaging';
import { Widget } from '@lumino/widgets';

import { Course } from './course';
import { Child, button, h, level, locked, redraw } from './node';
import { CourseMap, Extra, Lesson, Near, Standing } from './server';
import { Tour } from './tour';

/** What the map can have done. */
export interface Acts {
  goOn(): void;
  openLesson(lesson: Lesson): void;
  openNotebook(path: string): void;
  explain(lesson: Lesson): void;
  review(): void;
  start(course: string, folder: string): Promise<void>;
}

const PROFICIENT = 3;
const MOST_OFFERS = 2;

export class MapPanel extends Widget {
  private readonly body = h('div', { class: 'cw-map-body' });
  private readonly expanded = new Map<string, boolean>();
  private news: readonly Lesson[] = [];
  private round = false;

  constructor(
    private readonly course: Course,
    private readonly acts: Acts,
    readonly tour: Tour
  ) {
    super();
    this.addClass('cw-root');
    this.addClass('cw-map');
    this.node.setAttribute('role', 'region');
    this.node.setAttribute('aria-label', 'Course map');
    this.node.tabIndex = -1;
    this.node.append(tour.node, this.body);
    tour.place = this.body;
    course.changed.connect(() => this.draw());
    course.opened.connect((_, lessons) => {
      this.news = [...this.news.filter(old => !lessons.some(one => one.lesson === old.lesson)), ...lessons];
      this.draw();
    });
    this.draw();
  }

  /** The learner went to a lesson: that it is open is no news any more. */
  seen(lesson: string): void {
    const left = this.news.filter(each => each.lesson !== lesson);
    if (left.length < this.news.length) {
      this.news = left;
      this.draw();
    }
  }

  /** Show a learner round, from the first step. */
  showRound(): void {
    this.tour.again();
    this.round = true;
    this.activate();
  }

  protected onActivateRequest(_message: Message): void {
    const { round } = this;
    this.round = false;
    if (round) {
      this.tour.focus();
      return;
    }
    (this.node.querySelector<HTMLElement>('[data-key="continue"], [data-key="start"]') ?? this.node).focus();
  }

  private draw(): void {
    const { state } = this.course;
    switch (state.kind) {
      case 'asking':
        redraw(this.body, [h('p', { class: 'cw-map-soft' }, 'One moment …')]);
        break;
      case 'trouble':
        redraw(this.body, [
          h('h2', {}, 'Course map'),
          h('p', { class: 'cw-map-why', role: 'status' }, state.sentence),
          button('again', 'cw-button', () => void this.course.refresh(), 'Try again')
        ]);
        break;
      case 'none':
        redraw(this.body, this.none(state.near));
        break;
      case 'map':
        redraw(this.body, this.map(state.map));
        this.tour.begin();
    }
  }

  private map(map: CourseMap): Child[] {
    const { next } = map;
    const mastered = map.mastered > 0 ? `, ${map.mastered} of them Mastered` : '';
    return [
      h('h2', { 'data-tour': 'title' }, map.title),
      h('p', { class: 'cw-map-soft' }, `${map.proficient} of ${map.objectives} objectives Proficient${mastered}`),
      map.preview && h('p', { class: 'cw-map-soft' }, 'A preview: every lesson is open, and nothing is kept.'),
      h(
        'div',
        { class: 'cw-map-next', 'data-tour': 'continue' },
        button(
          'continue',
          'cw-button cw-primary',
          () => this.acts.goOn(),
          next.done ? (map.due ? 'Continue: review' : `Look back: ${next.title}`) : `Continue: ${next.title}`
        ),
        h('p', { class: 'cw-map-why' }, next.why)
      ),
      map.due &&
        h(
          'div',
          { class: 'cw-map-due' },
          h('span', {}, `${map.due.questions} to review, about ${count(map.due.minutes, 'minute')}`),
          button('review', 'cw-map-link', () => this.acts.review(), 'Start review')
        ),
      this.news.map(lesson =>
        h(
          'div',
          { class: 'cw-map-news' },
          h('span', {}, h('strong', {}, `Lesson ${lesson.number}, ${lesson.title},`), ' is open.'),
          button(`news-${lesson.lesson}`, 'cw-button', () => this.acts.openLesson(lesson), 'Open it')
        )
      ),
      map.offers.slice(0, MOST_OFFERS).map(offer =>
        h(
          'div',
          { class: 'cw-map-due' },
          h('span', {}, offer.text),
          offer.path !== null && this.link(`offer-${offer.path}`, offer.path, offer.label)
        )
      ),
      h(
        'ol',
        { class: 'cw-map-lessons' },
        map.lessons.map(lesson => this.lesson(lesson, map))
      )
    ];
  }

  private lesson(lesson: Lesson, map: CourseMap): HTMLElement {
    const here = (this.course.here ?? null)?.lesson === lesson.lesson;
    const current = here || (!this.course.here && lesson.lesson === map.next.lesson);
    const title = [
      h('span', { class: 'cw-map-number', 'aria-hidden': 'true' }, String(lesson.number)),
      h('span', {}, lesson.title)
    ];
    if (!lesson.open) {
      return h(
        'li',
        { class: 'cw-map-lesson cw-map-locked', 'data-lesson': lesson.lesson, 'data-tour': 'locked' },
        h(
          'div',
          { class: 'cw-map-title' },
          button(`lesson-${lesson.lesson}`, 'cw-map-name', () => this.acts.explain(lesson), ...title),
          locked()
        ),
        h('p', { class: 'cw-map-why' }, lesson.opens_when)
      );
    }
    const open = this.expanded.get(lesson.lesson) ?? current;
    const list = `cw-map-of-${lesson.lesson}`;
    return h(
      'li',
      {
        class: `cw-map-lesson${here ? ' cw-map-here' : ''}`,
        'data-lesson': lesson.lesson,
        'aria-current': here ? 'step' : null
      },
      h(
        'div',
        { class: 'cw-map-title' },
        button(`lesson-${lesson.lesson}`, 'cw-map-name', () => this.acts.openLesson(lesson), ...title),
        this.sum(lesson),
        h(
          'button',
          {
            type: 'button',
            class: 'cw-map-more',
            'data-key': `more-${lesson.lesson}`,
            'aria-expanded': String(open),
            'aria-controls': list,
            'aria-label': `Objectives of ${lesson.title}`,
            onclick: () => {
              this.expanded.set(lesson.lesson, !open);
              this.draw();
            }
          },
          h('span', { 'aria-hidden': 'true' })
        )
      ),
      h(
        'div',
        { id: list, hidden: !open },
        h(
          'ul',
          { class: 'cw-map-objectives', 'data-tour': 'levels' },
          lesson.objectives.map(standing => objective(standing))
        ),
        lesson.extras.length > 0 &&
          h(
            'ul',
            { class: 'cw-map-extras', 'aria-label': `More on ${lesson.title}` },
            lesson.extras.map(extra => h('li', {}, this.extra(extra)))
          )
      )
    );
  }

  /** A lesson in a word: the level that all its objectives have reached, or how many are Proficient. */
  private sum(lesson: Lesson): HTMLElement {
    const lowest = lesson.objectives.reduce((low, one) => (one.level < low.level ? one : low));
    if (lowest.level >= PROFICIENT) {
      return level(lowest);
    }
    const done = lesson.objectives.filter(one => one.level >= PROFICIENT).length;
    return h('span', { class: 'cw-level' }, `${done} of ${lesson.objectives.length} Proficient`);
  }

  private extra(extra: Extra): Child {
    const what = extra.kind === 'remedy' ? 'Explained another way: ' : 'Further: ';
    return this.link(`extra-${extra.path}`, extra.path, `${what}${extra.title}`);
  }

  private link(key: string, path: string, label: string): HTMLElement {
    return button(key, 'cw-map-link', () => this.acts.openNotebook(path), label);
  }

  private none(near: Near): Child[] {
    const others = near.workspaces.map(workspace =>
      h(
        'li',
        {},
        button(`enter-${workspace}`, 'cw-map-link', () => void this.course.enter(workspace), workspace || 'This folder')
      )
    );
    const first = near.courses[0];
    return [
      h('h2', {}, 'Course map'),
      others.length > 0 && [h('p', {}, 'Courses that are under way here:'), h('ul', {}, others)],
      first
        ? this.starting(near)
        : others.length === 0 && h('p', {}, 'No course is installed here. Install one with pip, then start Jupyter again.')
    ];
  }

  private starting(near: Near): HTMLElement {
    const id = `cw-start-${this.id || 'map'}`;
    const select = h(
      'select',
      { id: `${id}-course`, class: 'cw-field', 'data-key': 'course' },
      near.courses.map(each => h('option', { value: each.course }, each.title))
    );
    const folder = h('input', { id: `${id}-folder`, class: 'cw-field', 'data-key': 'folder', spellcheck: 'false' });
    const size = h('p', { class: 'cw-map-why' });
    const said = h('p', { class: 'cw-map-why', role: 'status' });
    const describe = (): void => {
      const chosen = near.courses.find(each => each.course === select.value);
      folder.value = select.value;
      size.textContent = chosen ? `${count(chosen.lessons, 'lesson')}, ${count(chosen.objectives, 'objective')}.` : '';
    };
    select.addEventListener('change', describe);
    describe();
    const start = h('button', { type: 'submit', class: 'cw-button cw-primary', 'data-key': 'start' }, 'Start');
    return h(
      'form',
      {
        class: 'cw-map-start',
        onsubmit: event => {
          event.preventDefault();
          start.disabled = true;
          said.textContent = 'Preparing the first lesson …';
          this.acts.start(select.value, folder.value.trim() || select.value).catch((error: unknown) => {
            start.disabled = false;
            said.textContent = error instanceof Error ? error.message : String(error);
          });
        }
      },
      h('p', {}, 'This folder is no course’s workspace yet. Choose a course and press Start: its first lesson opens.'),
      h('label', { for: `${id}-course` }, 'Course'),
      select,
      size,
      h('label', { for: `${id}-folder` }, 'Folder for your notebooks'),
      folder,
      start,
      said
    );
  }
}

function objective(standing: Standing): HTMLElement {
  const why = standing.level > 0 && standing.level < PROFICIENT ? `${standing.why} To go: ${standing.left}.` : standing.why;
  return h('li', { title: why }, h('span', {}, standing.can), level(standing));
}

const count = (number: number, what: string): string => `${number} ${what}${number === 1 ? '' : 's'}`;
