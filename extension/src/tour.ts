// Five steps that show a new learner round the map; never in the way, and gone for good when closed.

import { button, h, redraw } from './node';

interface Step {
  readonly at: string;
  readonly title: string;
  readonly says: string;
}

const STEPS: readonly Step[] = [
  {
    at: 'title',
    title: 'The course map',
    says: 'It shows where you are in the course, and follows the notebook that you are in.'
  },
  {
    at: 'continue',
    title: 'What comes next',
    says: 'Continue always leads to the next sensible thing: a lesson, or the next check in it.'
  },
  {
    at: 'levels',
    title: 'Levels',
    says: 'Each objective has a level, from Not started to Mastered. Only first tries move it; nothing is held against you.'
  },
  {
    at: 'locked',
    title: 'Locked lessons',
    says: 'A lesson opens when what it builds on is Proficient. The line below it says what is missing.'
  },
  {
    at: '',
    title: 'By keyboard',
    says: 'Alt+Shift+C continues, Alt+Shift+N goes to the next check, Alt+Shift+M comes back to this map.'
  }
];

export class Tour {
  readonly node = h('section', { class: 'cw-map-tour', 'aria-label': 'A short tour', hidden: true });
  /** Where the things are that the steps point at. */
  place: HTMLElement = this.node;
  private at = -1;

  /** `wanted` says whether this learner has still to be shown round; `done` hears that they were. */
  constructor(
    private readonly wanted: () => boolean,
    private readonly done: () => void
  ) {
    this.node.addEventListener('keydown', event => {
      if (event.key === 'Escape') {
        event.stopPropagation();
        this.end();
      }
    });
  }

  /** Begin, if it has not been shown yet. */
  begin(): void {
    if (this.at < 0 && this.wanted()) {
      this.at = 0;
    }
    this.draw();
  }

  /** From the first step, whoever asked. */
  again(): void {
    this.at = 0;
    this.draw();
  }

  focus(): void {
    this.node.querySelector<HTMLElement>('[data-key="tour-next"]')?.focus();
  }

  private go(to: number): void {
    if (to >= STEPS.length) {
      this.end();
      return;
    }
    this.at = to;
    this.draw();
  }

  private end(): void {
    const inside = this.node.contains(document.activeElement);
    this.at = STEPS.length;
    this.draw();
    if (inside) {
      this.place.querySelector<HTMLElement>('[data-key="continue"]')?.focus();
    }
    this.done();
  }

  private draw(): void {
    for (const marked of this.place.querySelectorAll('.cw-map-shown')) {
      marked.classList.remove('cw-map-shown');
    }
    const step = STEPS[this.at];
    this.node.hidden = !step;
    if (!step) {
      this.node.replaceChildren();
      return;
    }
    if (step.at) {
      this.place.querySelector(`[data-tour="${step.at}"]`)?.classList.add('cw-map-shown');
    }
    const last = this.at === STEPS.length - 1;
    redraw(this.node, [
      h(
        'div',
        { role: 'status' },
        h('strong', {}, step.title),
        h('p', { class: 'cw-map-why' }, step.says),
        h('p', { class: 'cw-map-soft' }, `Step ${this.at + 1} of ${STEPS.length}`)
      ),
      h(
        'div',
        { class: 'cw-map-row' },
        button('tour-next', 'cw-button', () => this.go(this.at + 1), last ? 'Done' : 'Next'),
        !last && button('tour-end', 'cw-button cw-quiet', () => this.end(), 'Close')
      )
    ]);
  }
}
