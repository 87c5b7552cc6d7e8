// Courseware in JupyterLab and Notebook: the course map, its commands, and friendly pages for locked lessons.

import '../../courseware/widgets/static/tokens.css';
import '../../courseware/widgets/static/level.css';
import '../style/map.css';

import {
  ILabShell,
  ILayoutRestorer,
  IRouter,
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { PathExt } from '@jupyterlab/coreutils';
import { IDocumentManager } from '@jupyterlab/docmanager';
import { ILauncher } from '@jupyterlab/launcher';
import { INotebookTracker } from '@jupyterlab/notebook';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { IStatusBar } from '@jupyterlab/statusbar';
import { Widget } from '@lumino/widgets';

import { announcer } from './announce';
import { goToNextCheck } from './checks';
import { Course } from './course';
import { mapIcon } from './icon';
import { interceptor } from './intercept';
import { LockedPage } from './locked';
import { Acts, MapPanel } from './panel';
import { Explained, Lesson, Next, Server } from './server';
import { StatusLine } from './status';
import { Tour } from './tour';

const ID = 'courseware-map:plugin';
const CATEGORY = 'Courseware';

export const Commands = {
  goOn: 'courseware:continue',
  show: 'courseware:show-map',
  nextCheck: 'courseware:next-check',
  review: 'courseware:start-review',
  tour: 'courseware:tour'
} as const;

const plugin: JupyterFrontEndPlugin<void> = {
  id: ID,
  description: 'The course map: where you are, and what comes next.',
  autoStart: true,
  requires: [IDocumentManager],
  optional: [
    ILabShell,
    ILayoutRestorer,
    IRouter,
    ICommandPalette,
    ILauncher,
    INotebookTracker,
    ISettingRegistry,
    IStatusBar
  ],
  activate
};

export default plugin;

function activate(
  app: JupyterFrontEnd,
  documents: IDocumentManager,
  lab: ILabShell | null,
  restorer: ILayoutRestorer | null,
  router: IRouter | null,
  palette: ICommandPalette | null,
  launcher: ILauncher | null,
  notebooks: INotebookTracker | null,
  registry: ISettingRegistry | null,
  status: IStatusBar | null
): void {
  const { commands, shell } = app;
  const course = new Course(new Server(app.serviceManager.serverSettings));
  const say = announcer();
  let settings: ISettingRegistry.ISettings | null = null;
  const wants = (name: string): boolean => settings?.get(name).composite !== false;

  const tour = new Tour(
    () => settings !== null && wants('tour'),
    () => void settings?.set('tour', false)
  );

  // What can be done -----------------------------------------------------------------------------

  const openNotebook = async (path: string): Promise<Widget | undefined> => {
    const lesson = course.map?.lessons.find(each => each.path === path);
    if (lesson) {
      panel.seen(lesson.lesson);
      if (!(await course.prepare(lesson))) {
        void explain(lesson.path);
        return undefined;
      }
    }
    return documents.openOrReveal(path);
  };
  const openLesson = (lesson: Lesson): void => void openNotebook(lesson.path);

  /** Go on with a lesson: open it; where it is open in front already, its next check. */
  const goOnWith = async (next: Next): Promise<void> => {
    const inFront = notebooks?.currentWidget ?? null;
    const isHere = inFront !== null && inFront === shell.currentWidget && inFront.context.path === next.path;
    if (!isHere) {
      await openNotebook(next.path);
    } else if (!(await goToNextCheck(inFront))) {
      say(`Every check of ${next.title} is answered.`);
    }
  };
  const goOn = async (): Promise<void> => {
    await course.refresh();
    if (course.map?.next.done && course.map.due) {
      await review();
    } else if (course.map) {
      await goOnWith(course.map.next);
    } else {
      show();
    }
  };
  const review = async (): Promise<void> => {
    const map = course.map;
    if (!map?.due) {
      say('Nothing is due for review now.');
      return;
    }
    const { path } = await course.server.review(map.workspace);
    const notebook = documents.openOrReveal(path);
    await notebook?.context.sessionContext.ready;
    await commands.execute('notebook:run-all-cells');
  };
  /** Bring the map to view: in Notebook its side panel has to be opened first. */
  const reveal = (): void => {
    if (!lab) {
      (shell as unknown as { expandRight?(id: string): void }).expandRight?.(panel.id);
    }
    shell.activateById(panel.id);
  };
  const show = (): void => {
    reveal();
    panel.activate();
  };
  const explain = async (path: string): Promise<void> => showLocked(await course.server.explain(path));
  const showLocked = (told: Explained): void => {
    void course.follow(told.path);
    const page = new LockedPage(told, course, {
      openNotebook: path => {
        void openNotebook(path);
        page.close();
      },
      goOn: next => {
        void goOnWith(next);
        page.close();
      }
    });
    const old = [...shell.widgets('main')].find(widget => widget.id === page.id);
    if (old) {
      page.dispose();
    } else {
      shell.add(page, 'main');
    }
    shell.activateById(page.id);
  };

  const acts: Acts = {
    goOn: () => void goOn(),
    openLesson,
    openNotebook: path => void openNotebook(path),
    explain: lesson => void explain(lesson.path),
    review: () => void review(),
    start: async (name, folder) => {
      await documents.openOrReveal(await course.start(name, folder));
    }
  };

  // Where it is shown ----------------------------------------------------------------------------

  const panel = new MapPanel(course, acts, tour);
  panel.id = 'courseware-map';
  panel.title.icon = mapIcon;
  panel.title.caption = 'Course map';
  if (!lab) {
    panel.title.label = 'Course map';
  }
  shell.add(panel, lab ? 'left' : 'right', { rank: 150, type: 'Course map' });
  restorer?.add(panel, panel.id);
  if (status) {
    status.registerStatusItem(ID, { item: new StatusLine(course, show), align: 'middle', rank: 100 });
  }

  // Commands -------------------------------------------------------------------------------------

  commands.addCommand(Commands.goOn, {
    label: args => {
      const next = course.map?.next;
      return args.isLauncher ? (next ? `Continue: ${next.title}` : 'Start a course') : 'Continue with the course';
    },
    caption: 'Go on with the next lesson, or the next check in it',
    icon: args => (args.isLauncher || !args.isPalette ? mapIcon : undefined),
    execute: goOn
  });
  commands.addCommand(Commands.show, {
    label: 'Show course map',
    caption: 'Where you are in the course, and what comes next',
    execute: show
  });
  commands.addCommand(Commands.nextCheck, {
    label: 'Next check',
    caption: 'Go to the next check of this notebook that is not answered right',
    isEnabled: () => notebooks?.currentWidget != null,
    execute: async () => {
      const notebook = notebooks?.currentWidget;
      if (notebook && !(await goToNextCheck(notebook))) {
        say('Every check of this notebook is answered. Continue leads on.');
      }
    }
  });
  commands.addCommand(Commands.review, {
    label: 'Start review',
    caption: 'A few questions on what is due again',
    isEnabled: () => course.map?.due != null,
    execute: review
  });
  commands.addCommand(Commands.tour, {
    label: 'Show the tour of the course map',
    execute: () => {
      reveal();
      panel.showRound();
    }
  });
  for (const command of Object.values(Commands)) {
    palette?.addItem({ command, category: CATEGORY });
  }
  launcher?.add({ command: Commands.goOn, category: CATEGORY, rank: 0, args: { isLauncher: true } });

  // News -----------------------------------------------------------------------------------------

  course.changed.connect(() => commands.notifyCommandChanged());
  course.opened.connect((_, lessons) => {
    say(lessons.map(lesson => `Lesson ${lesson.number}, ${lesson.title}, is open now.`).join(' '));
    if (commands.hasCommand('filebrowser:refresh')) {
      void commands.execute('filebrowser:refresh');
    }
  });
  const follow = (widget: Widget | null): void => {
    const path = widget ? documents.contextForWidget(widget)?.path : '';
    if (path === '' || (path !== undefined && PathExt.extname(path) === '.ipynb')) {
      void course.follow(path);
    }
  };
  shell.currentChanged?.connect((_, { newValue }) => follow(newValue));
  notebooks?.currentChanged.connect((_, notebook) => follow(notebook));
  interceptor({ app, router, server: course.server, show: showLocked });

  // Beginning ------------------------------------------------------------------------------------

  let isReady = false;
  let hasBegun = false;
  /** Once everything is there: bring the first course to view that the page is about, at once or later. */
  const begin = (): void => {
    if (isReady && !hasBegun && course.map) {
      hasBegun = true;
      if (wants('showAtStart')) {
        reveal();
      }
      tour.begin();
    }
  };
  course.changed.connect(begin);
  course.listen();
  void Promise.all([
    lab?.restored ?? app.restored, // on a first visit, JupyterLab shows its file browser when its shell is restored
    registry?.load(ID).then(
      loaded => (settings = loaded),
      (error: unknown) => console.warn('courseware: the settings could not be read,', error)
    )
  ]).then(async () => {
    isReady = true;
    await course.follow(notebooks?.currentWidget?.context.path ?? course.at);
    begin();
  });
}
