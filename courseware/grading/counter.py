"""Where a learner hands in: graded on the spot with the installed course's tests, and kept as a file."""

from __future__ import annotations

import atexit
import shutil
import threading
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from courseware.course import Course
from courseware.events import Event
from courseware.grading.assignment import Assignment
from courseware.grading.attempts import answers, solution_of
from courseware.grading.engine.launch import EngineError
from courseware.grading.grader import Graded, Sandbox
from courseware.grading.submission import LARGEST_NOTEBOOK, TIMESTAMP, read_submission
from courseware.grading.task import Tasks, digest_of
from courseware.grading.telling import told_of
from courseware.grading.verdict.profiles import FOLDER as PROFILES
from courseware.grading.verdict.profiles import profiled
from courseware.handing import Handed
from courseware.tutor import NotTaken, Receipt, Task, TaskResult
from courseware.workspace import Workspace

FOLDER: Final = "handed-in"
"""Below the workspace's own folder: a folder for each lesson, in it one for each hand-in."""
HERE: Final = "graded here, with the tests of the course; kept in {place}"
TOO_LARGE: Final = (
    "The notebook is larger than {most} MB, so it was not handed in. Clear the outputs of its cells "
    "(Edit, Clear Outputs of All Cells), save, and hand in again."
)
NOT_KEPT: Final = (
    "What you handed in could not be written ({why}). Make room on the disk, then hand in again."
)
NO_TASK: Final = "This lesson has no graded task, so there is nothing to hand in."
NO_ENGINE: Final = "Nothing can be graded on this machine now: {why}"


class OnTheSpot:
    """A Counter that grades. The engine starts with the first hand-in (or with `warm`) and stays warm."""

    def __init__(self, course: Course, space: Workspace) -> None:
        self._course, self._space = course, space
        self._tasks = Tasks(course)
        self._lock = threading.Lock()
        self._engine: Sandbox | None = None
        self._imports: tuple[str, ...] = ()
        self._checked: dict[str, Assignment] = {}

    def task(self, lesson: str) -> Task | None:
        return self._tasks.shown(lesson)

    def warm(self, lesson: str) -> None:
        if (found := self._tasks.of(lesson)) is not None:
            threading.Thread(target=self._warmed, args=(found,), daemon=True, name="warm-engine").start()

    def take(self, lesson: str, notebook: str, *, at: datetime, history: Sequence[Event]) -> Handed:  # noqa: ARG002
        found = self._tasks.of(lesson)
        if found is None or self.task(lesson) is None:
            raise NotTaken(NO_TASK)
        place = keep(self._space, lesson, notebook, at)
        try:
            engine, found = self._warmed(found)
            with self._lock:
                graded = next(iter(engine.grade(found, [read_submission("you", place)])))
        except EngineError as error:
            self.close()
            raise NotTaken(NO_ENGINE.format(why=error)) from error
        told = answers(
            graded,
            found,
            learner=self._space.learner,
            course=self._course.id,
            course_version=self._course.version,
            released=digest_of(found),
            at=at,
        )
        return Handed(receipt=self._receipt(lesson, found, graded, place, at), answers=tuple(told))

    def close(self) -> None:
        """End the engine's processes; the next hand-in starts it again."""
        with self._lock:
            if self._engine is not None:
                self._engine.close()
                self._engine = None

    def _warmed(self, task: Assignment) -> tuple[Sandbox, Assignment]:
        """The engine, warm, and the task with what is known of how its tests run."""
        with self._lock:
            if self._engine is not None and set(task.imports) - set(self._imports):
                self._engine.close()
                self._engine = None
            if self._engine is None:
                self._imports = task.imports
                self._engine = Sandbox(task.imports)
                atexit.register(self._engine.close)
            if task.name not in self._checked:
                sources = self._course.source(self._course.lesson(task.name)).parent
                self._checked[task.name] = self._profiled(task, sources)
            return self._engine, self._checked[task.name]

    def _profiled(self, task: Assignment, sources: Path) -> Assignment:
        assert self._engine is not None
        store = self._space.home / PROFILES / f"{task.name}.json"
        return profiled(task, sources, store, self._engine.launcher).assignment

    def _receipt(self, lesson: str, task: Assignment, graded: Graded, place: Path, at: datetime) -> Receipt:
        notebook, trusted = graded.notebooks[0], task.notebooks[0]
        if isinstance(why := graded.submission.notebooks.get(trusted.name), str):
            raise NotTaken(f"{why} Save the notebook, then hand in again.")
        results = []
        for score in notebook.scores:
            cell = trusted.cell(score.grade_id)
            if cell is None or not score.most:
                continue
            blank = solution_of(trusted, cell) in notebook.untouched
            told = told_of(cell, score, blank=blank)
            name = score.grade_id.removeprefix(f"{lesson}_").removesuffix("-test")
            results.append(TaskResult(task=name, points=score.points, most=score.most, told=told))
        return Receipt(
            lesson=lesson,
            at=at.isoformat(),
            sent=(f"{lesson}.ipynb",),
            to=HERE.format(place=place.relative_to(self._space.path).as_posix()),
            points=graded.points,
            most=sum(result.most for result in results),
            results=tuple(results),
        )


def keep(space: Workspace, lesson: str, notebook: str, at: datetime) -> Path:
    """Keep what is handed in as a folder of its own; raises NotTaken with what to do."""
    data = notebook.encode("utf-8", "replace")
    if len(data) > LARGEST_NOTEBOOK:
        raise NotTaken(TOO_LARGE.format(most=LARGEST_NOTEBOOK // 1_000_000))
    at = at.astimezone(UTC)
    place = space.home / FOLDER / lesson / at.strftime("%Y-%m-%dT%H-%M-%S.%fZ")
    part = place.with_name(f".{uuid.uuid4().hex}.part")
    try:
        part.mkdir(parents=True)
        (part / f"{lesson}.ipynb").write_bytes(data)
        (part / TIMESTAMP).write_text(at.strftime("%Y-%m-%d %H:%M:%S.%f UTC"), encoding="utf-8")
        part.rename(place)
    except OSError as error:
        shutil.rmtree(part, ignore_errors=True)
        raise NotTaken(NOT_KEPT.format(why=error.strerror or error)) from error
    return place
