// A locked lesson is not in the workspace. Whoever follows a link to it gets its page, not an error.

import { IRouter, JupyterFrontEnd } from '@jupyterlab/application';
import { PathExt } from '@jupyterlab/coreutils';

import { Explained, Server } from './server';

/** What opens files: cards and the launcher by the first, links in an author's Markdown by the second. */
const OPENING: readonly string[] = ['docmanager:open', 'rendermime:handle-local-link'];
const ROUTE = 'courseware:route';
/** Addresses that name a file: JupyterLab's and Notebook's. Asked before their own handlers (rank 100), after JupyterLab has its state (30). */
const ADDRESS = /^\/(?:(?:lab|doc)(?:\/workspaces\/[^/]+)?\/tree|notebooks)\/([^?#]+\.ipynb)\/?(?:[?#].*)?$/;
const RANK = 60;

export interface Interception {
  readonly app: JupyterFrontEnd;
  readonly router: IRouter | null;
  readonly server: Server;
  /** Show the page of a locked lesson. */
  show(told: Explained): void;
}

export function interceptor({ app, router, server, show }: Interception): void {
  /** What is told of a path that is a lesson's, if that lesson is locked. */
  const lockedAt = async (path: string): Promise<Explained | null> => {
    if (PathExt.extname(path) !== '.ipynb') {
      return null;
    }
    const told = await server.explain(path).catch(() => null);
    return told && !told.open && !told.there ? told : null;
  };

  // Links in notebooks and cards, the launcher, the palette.
  app.commands.commandExecuted.connect((_, { id, args }) => {
    const path = args['path'];
    if (OPENING.includes(id) && typeof path === 'string') {
      void lockedAt(path).then(told => told && show(told));
    }
  });

  // Addresses.
  if (router) {
    app.commands.addCommand(ROUTE, {
      label: 'Show why a lesson is locked',
      execute: async args => {
        const found = ADDRESS.exec(String(args['request'] ?? ''));
        const told = found?.[1] ? await lockedAt(decodeURIComponent(found[1])) : null;
        if (!told) {
          return undefined;
        }
        void app.restored.then(() => show(told));
        return router.stop;
      }
    });
    router.register({ command: ROUTE, pattern: ADDRESS, rank: RANK });
  }
}
