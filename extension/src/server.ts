// What the server is asked, and what it tells (courseware/server/handlers.py).

import { URLExt } from '@jupyterlab/coreutils';
import { ServerConnection } from '@jupyterlab/services';

export interface Standing {
  readonly objective: string;
  readonly can: string;
  readonly level: number;
  readonly word: string;
  readonly value: number;
  readonly threshold: number;
  readonly left: string;
  readonly why: string;
}

export interface Extra {
  readonly kind: 'remedy' | 'enrichment';
  readonly objective: string | null;
  readonly title: string;
  readonly path: string;
}

export interface Lesson {
  readonly lesson: string;
  readonly number: number;
  readonly title: string;
  readonly open: boolean;
  readonly opens_when: string;
  readonly path: string;
  readonly there: boolean;
  readonly objectives: readonly Standing[];
  readonly extras: readonly Extra[];
}

export interface Next {
  readonly lesson: string;
  readonly title: string;
  readonly path: string;
  readonly objective: string | null;
  readonly why: string;
  readonly done: boolean;
}

/** What is due for review now. */
export interface Due {
  readonly questions: number;
  readonly minutes: number;
  readonly objectives: readonly string[];
}

/** Another way on that may help more. */
export interface Offer {
  readonly kind: string;
  readonly text: string;
  readonly label: string;
  readonly path: string | null;
}

/** The whole map of a workspace. */
export interface CourseMap {
  readonly workspace: string;
  readonly course: string;
  readonly title: string;
  readonly preview: boolean;
  readonly objectives: number;
  readonly proficient: number;
  readonly mastered: number;
  readonly next: Next;
  readonly due: Due | null;
  readonly offers: readonly Offer[];
  readonly lessons: readonly Lesson[];
}

export interface Startable {
  readonly course: string;
  readonly title: string;
  readonly lessons: number;
  readonly objectives: number;
}

/** Which workspace a file belongs to; without one, what can be started. */
export interface Near {
  readonly workspace: string | null;
  readonly workspaces: readonly string[];
  readonly courses: readonly Startable[];
}

export interface Need extends Standing {
  readonly lesson: string;
  readonly lesson_title: string;
  readonly path: string;
  readonly open: boolean;
}

/** Why a lesson is locked, and what to do next. */
export interface Explained {
  readonly workspace: string;
  readonly lesson: string;
  readonly title: string;
  readonly open: boolean;
  readonly path: string;
  readonly there: boolean;
  readonly opens_when: string;
  readonly needs: readonly Need[];
  readonly next: Next;
}

export interface Unlocked {
  readonly opened: readonly string[];
  readonly restored: string | null;
  readonly map: CourseMap;
}

export interface Started {
  readonly workspace: string;
  readonly map: CourseMap;
}

/** The server said no; the message is a sentence for the learner. */
export class Refusal extends Error {
  constructor(
    message: string,
    readonly status: number
  ) {
    super(message);
  }
}

const MISSING =
  'The part of Courseware that runs in the Jupyter server does not answer. Stop Jupyter, type ' +
  '“jupyter server extension enable courseware.server” in a terminal, and start it again.';
const SILENT = 'The Jupyter server does not answer. See that it is still running, then try again.';

type Texts = Readonly<Record<string, string | null | undefined>>;

export class Server {
  constructor(private readonly settings = ServerConnection.makeSettings()) {}

  near(path: string): Promise<Near> {
    return this.get('course', { near: path });
  }

  map(workspace: string, at: string | null): Promise<CourseMap> {
    return this.get('progress', { workspace, at });
  }

  explain(path: string): Promise<Explained> {
    return this.get('explain', { path });
  }

  unlock(workspace: string, lesson: string | null): Promise<Unlocked> {
    return this.ask('unlock', { method: 'POST', body: JSON.stringify({ workspace, lesson }) });
  }

  /** The notebook to review in. */
  review(workspace: string): Promise<{ readonly path: string }> {
    return this.ask('review', { method: 'POST', body: JSON.stringify({ workspace }) });
  }

  start(course: string, folder: string): Promise<Started> {
    return this.ask('start', { method: 'POST', body: JSON.stringify({ course, folder }) });
  }

  private get<T>(name: string, query: Texts): Promise<T> {
    const said = Object.entries(query).filter((pair): pair is [string, string] => typeof pair[1] === 'string');
    return this.ask(`${name}?${new URLSearchParams(said).toString()}`, { method: 'GET' });
  }

  private async ask<T>(what: string, init: RequestInit): Promise<T> {
    const url = `${URLExt.join(this.settings.baseUrl, 'courseware/api')}/${what}`;
    let reply: Response;
    try {
      reply = await ServerConnection.makeRequest(url, init, this.settings);
    } catch {
      throw new Refusal(SILENT, 0);
    }
    const told: unknown = await reply.json().catch(() => null);
    if (reply.ok) {
      return told as T;
    }
    const said = (told as { message?: string; reason?: string } | null) ?? {};
    throw new Refusal(reply.status === 404 && !said.reason ? MISSING : (said.message ?? SILENT), reply.status);
  }
}
