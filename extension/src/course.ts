// The course that the page is about: which workspace, how it stands, and news of it.

import { PathExt } from '@jupyterlab/coreutils';
import { ISignal, Signal } from '@lumino/signaling';

import { CourseMap, Lesson, Near, Refusal, Server } from './server';

/** The DOM event of a widget that recorded something, and the name of the channel that other tabs hear. */
const RECORDED = 'courseware:recorded';
const CHANNEL = 'courseware';

/** What is known now: a map, or what can be started, or a sentence on what went wrong. */
export type State =
  | { readonly kind: 'asking' }
  | { readonly kind: 'map'; readonly map: CourseMap; readonly here: string | null }
  | { readonly kind: 'none'; readonly near: Near }
  | { readonly kind: 'trouble'; readonly sentence: string };

export class Course {
  private _state: State = { kind: 'asking' };
  private readonly _changed = new Signal<this, State>(this);
  private readonly _opened = new Signal<this, readonly Lesson[]>(this);
  private workspace: string | null = null;
  private active = '';
  private asking: Promise<void> | null = null;
  private again = false;

  constructor(readonly server: Server) {}

  get state(): State {
    return this._state;
  }

  get map(): CourseMap | null {
    return this._state.kind === 'map' ? this._state.map : null;
  }

  /** The file that is active, "" for none. */
  get at(): string {
    return this.active;
  }

  /** The state is another one. */
  get changed(): ISignal<this, State> {
    return this._changed;
  }

  /** Lessons opened since the map was last asked for. */
  get opened(): ISignal<this, readonly Lesson[]> {
    return this._opened;
  }

  /** The lesson that the active notebook is of. */
  get here(): Lesson | null {
    const { _state: state } = this;
    return (state.kind === 'map' && state.map.lessons.find(lesson => lesson.lesson === state.here)) || null;
  }

  /** Ask again whenever something was recorded here or in another tab, and when the page comes to the front. */
  listen(): void {
    const hear = (): void => void this.refresh();
    window.addEventListener(RECORDED, hear);
    window.addEventListener('focus', hear);
    if ('BroadcastChannel' in window) {
      new BroadcastChannel(CHANNEL).addEventListener('message', hear);
    }
  }

  /** Another file is active; "" for none. */
  async follow(path: string): Promise<void> {
    if (path === this.active && this._state.kind !== 'asking') {
      return;
    }
    this.active = path;
    const inside = this.workspace !== null && (path === '' || within(this.workspace, path));
    if (!inside) {
      this.workspace = null;
    }
    await this.refresh();
  }

  /** Show the workspace in this folder, whatever file is active. */
  async enter(workspace: string): Promise<void> {
    this.workspace = workspace;
    await this.refresh();
  }

  /** Ask the server. Asked again meanwhile, it asks once more when it is answered. */
  refresh(): Promise<void> {
    if (this.asking) {
      this.again = true;
      return this.asking;
    }
    this.asking = (async () => {
      do {
        this.again = false;
        this.set(await this.ask());
      } while (this.again);
    })().finally(() => (this.asking = null));
    return this.asking;
  }

  /** Start a course in a folder; resolves with the path of its first notebook. */
  async start(course: string, folder: string): Promise<string> {
    const { workspace, map } = await this.server.start(course, folder);
    this.workspace = workspace;
    this.set(this.shown(map));
    return map.next.path;
  }

  /** See that an open lesson's notebook is there; resolves with whether it is. */
  async prepare(lesson: Lesson): Promise<boolean> {
    if (lesson.open && !lesson.there && this.workspace !== null) {
      const { map } = await this.server.unlock(this.workspace, lesson.lesson);
      this.set(this.shown(map));
      return map.lessons.some(each => each.lesson === lesson.lesson && each.there);
    }
    return lesson.open;
  }

  private async ask(): Promise<State> {
    try {
      if (this.workspace === null) {
        const near = await this.server.near(this.active);
        if (near.workspace === null) {
          return { kind: 'none', near };
        }
        this.workspace = near.workspace;
      }
      const at = within(this.workspace, this.active) ? PathExt.basename(this.active, '.ipynb') : null;
      return this.shown(await this.server.map(this.workspace, at));
    } catch (error) {
      this.workspace = null;
      return { kind: 'trouble', sentence: error instanceof Refusal ? error.message : String(error) };
    }
  }

  private shown(map: CourseMap): State {
    return { kind: 'map', map, here: map.lessons.find(lesson => lesson.path === this.active)?.lesson ?? null };
  }

  private set(state: State): void {
    const before = this.map;
    if (JSON.stringify(state) === JSON.stringify(this._state)) {
      return;
    }
    this._state = state;
    this._changed.emit(state);
    if (before && state.kind === 'map' && state.map.workspace === before.workspace) {
      const were = new Set(before.lessons.filter(lesson => lesson.open).map(lesson => lesson.lesson));
      const opened = state.map.lessons.filter(lesson => lesson.open && !were.has(lesson.lesson));
      if (opened.length > 0) {
        this._opened.emit(opened);
      }
    }
  }
}

const within = (folder: string, path: string): boolean =>
  path !== '' && (folder === '' || path.startsWith(`${folder}/`));
