"""What a lesson notebook begins with: ``lesson = Lesson("02-select")``."""

from __future__ import annotations

import atexit
import os
import shutil
import sys
import tempfile
from functools import partial
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Final

from courseware import handing, remote_tutor, workspace
from courseware.clock import system_clock
from courseware.course import Course, load_course
from courseware.grading.task import Tasks
from courseware.handing import Counter, LateCounter
from courseware.local_tutor import LocalTutor
from courseware.runner import InKernel, Worker
from courseware.workspace import Workspace, WorkspaceError

if TYPE_CHECKING:
    from collections.abc import Callable

    from courseware.tutor import Task
    from courseware.widgets.check import CheckWidget
    from courseware.widgets.notebook_file import NotebookFile
    from courseware.widgets.page import Page
    from courseware.widgets.progress import ProgressWidget

GRADING: Final = "COURSEWARE_GRADING"
PREVIEW: Final = "Preview of “{title}”: every lesson is open, and nothing is kept."


class Lesson:
    """The lesson of this notebook, for the learner whose workspace it lies in.

    The workspace is found from the notebook's folder upwards. In a course's own source folder a preview
    opens instead: a temporary workspace with everything open, which keeps nothing. On a page of the app the
    server has the learner and all else. With ``COURSEWARE_GRADING=1`` checks print a line and record nothing.

    Raises WorkspaceError elsewhere, and LookupError if the course has no such lesson.
    """

    def __init__(self, lesson_id: str) -> None:
        self.id = lesson_id
        self._page: Page | None = None
        self._tutor: LocalTutor | None = None
        if os.environ.get(GRADING) == "1":
            if (shell := _shell()) is not None:
                from courseware.widgets import cell

                cell.load_while_grading(shell)
            return
        if remote_tutor.in_app():
            from courseware.widgets.page import Page

            self._page = Page(remote_tutor.from_environment(), lesson=lesson_id, folder="")
            return
        space, course, preview = _find(lesson_id)
        file = _file(space, lesson_id)
        folder = _enter(space)
        entry = course.lesson(lesson_id)
        runner = InKernel(Worker())
        tutor = LocalTutor(
            course,
            space.open_log(),
            space.learner,
            clock=system_clock(),
            runner=runner,
            workspace=space,
            preview=preview,
            counter=LateCounter(lambda: _counter(course, space), _shown(course)),
        )
        tutor.open(lesson_id)
        self._tutor = tutor
        from courseware.widgets.page import Page

        self._page = Page(lambda: tutor, lesson=entry.id, folder=folder, file=file)
        if (shell := _shell()) is not None:
            from courseware.widgets import cell

            cell.load(shell, self._page, runner, tutor.givens)
        if preview:
            print(PREVIEW.format(title=entry.title))

    def check(self, target: str | None = None) -> CheckWidget | None:
        """The check of an item, or of an objective (the next item for it). Shows the variant now open.

        Without a name: the next question of this lesson, on what is not Proficient yet. ``"review"`` gives
        what is due for review. Raises LookupError, with near names, if the course has neither.
        """
        if self._page is None:
            print(f"Check “{target or self.id}”: nothing is asked or recorded while the notebook is graded.")
            return None
        target = self.id if target is None else target
        if self._tutor is not None:  # in the app the server knows what there is
            self._tutor.find(target)
        from courseware.widgets.check import CheckWidget

        return CheckWidget(self._page, target)

    def progress(self) -> ProgressWidget | None:
        """Where you stand on each objective and why; what is locked, and what opens it."""
        if self._page is None:
            print("Progress: nothing is shown while the notebook is graded.")
            return None
        from courseware.widgets.progress import ProgressWidget

        return ProgressWidget(self._page)

    def placement(self) -> ProgressWidget | None:
        """A short test of what you know already, to skip it; it can be left at any time."""
        if self._page is None:
            print("Placement: nothing is asked while the notebook is graded.")
            return None
        from courseware.widgets.progress import ProgressWidget

        return ProgressWidget(self._page, only="placement")

    def hand_in(self) -> ProgressWidget | None:
        """Hand in the graded task of this lesson: it is saved, graded, and told what came of each part.

        As often as wanted: the first try of each part counts, later ones are practice.
        """
        if self._page is None:
            print("Hand-in: nothing is handed in while the notebook is graded.")
            return None
        from courseware.widgets.progress import TASK, ProgressWidget

        return ProgressWidget(self._page, only=TASK)

    def __repr__(self) -> str:
        return f"Lesson({self.id!r})"


def _shell() -> Any:
    """The IPython that this runs in; None in a plain script."""
    if "IPython" not in sys.modules:
        return None
    from IPython import get_ipython

    return get_ipython()


def _find(lesson_id: str) -> tuple[Workspace, Course, bool]:
    """The workspace that this notebook lies in and its course; or a preview's."""
    here = Path.cwd()
    there = workspace.find(here)
    if there is not None:
        return there, there.load_course(), there.preview
    for folder in (here, here.parent):
        if (folder / "course.toml").is_file():
            return *_preview(folder), True
    raise WorkspaceError(
        f"This notebook does not lie in a workspace, so there is nothing to record {lesson_id} in. Start one "
        "in a terminal with `courseware learn`, and open the notebook there."
    )


def _shown(course: Course) -> Callable[[str], Task | None]:
    """A lesson's task as it is told before anything is handed in."""
    tasks = Tasks(course)
    return lambda lesson: handing.noticed(tasks.shown(lesson))


def _counter(course: Course, space: Workspace) -> Counter:
    """Where this workspace's tasks are handed in."""
    if where := handing.where():
        from courseware.grading.sending import ToClass

        return ToClass(course, space, where)
    from courseware.grading.counter import OnTheSpot  # the engine takes its time to import

    return OnTheSpot(course, space)


def _file(space: Workspace, lesson_id: str) -> NotebookFile | None:
    """The notebook that this is, if it is the lesson's own: not a remedy, not an author's source."""
    from courseware.widgets.notebook_file import NotebookFile

    if space.preview or Path.cwd() != space.path:
        return None
    shell = _shell()
    names = {} if shell is None else shell.user_ns
    session = str(names.get("__vsc_ipynb_file__") or os.environ.get("JPY_SESSION_NAME", ""))
    name = PurePosixPath(session.replace("\\", "/")).name
    if not (name.endswith(".ipynb") and (space.path / name).is_file()):
        name = f"{lesson_id}.ipynb"
    return NotebookFile(space.path / name, shell)


def _enter(space: Workspace) -> str | None:
    """Go to the workspace's top, where the data lie; where that is, seen from Jupyter's root.

    A remedy lies in a folder of its own, and reads the same files as a lesson. None: nothing had to be done.
    """
    here = Path.cwd()
    if here == space.path or space.path not in here.parents:
        return None
    from courseware.widgets.page import notebook_folder

    depth = len(here.relative_to(space.path).parts)
    shown = PurePosixPath(notebook_folder()).parts
    os.chdir(space.path)
    return "/".join(shown[:-depth]) if len(shown) >= depth else ""


def _preview(folder: Path) -> tuple[Workspace, Course]:
    """A temporary workspace for a course's own source folder; it becomes the working directory."""
    course = load_course(folder)
    path = Path(tempfile.mkdtemp(prefix="courseware-preview-"))
    atexit.register(partial(_remove, path))
    space = workspace.create(path, course, by_path=True, preview=True)
    os.chdir(path)
    return space, course


def _remove(path: Path) -> None:
    os.chdir(path.parent)  # Windows does not remove the folder that a process stands in
    shutil.rmtree(path, ignore_errors=True)
