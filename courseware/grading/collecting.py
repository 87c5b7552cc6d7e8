"""``courseware class collect``: every attempt is kept as a file, and the newest one is what nbgrader sees."""

from __future__ import annotations

import json
import logging
import shutil
import tempfile
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from courseware import record
from courseware.course import Course, CourseError
from courseware.events import Event, is_id
from courseware.grading import nbgraders, roster
from courseware.grading.arrivals import Arrival, copy_files, find_arrivals, student_of
from courseware.grading.class_folder import ClassError, ClassFolder, named
from courseware.grading.engine.launch import EngineError, Launcher, open_launcher
from courseware.grading.evidence import GRADED_HERE, not_theirs, self_reported
from courseware.grading.roster import Person, RosterError
from courseware.grading.sandboxed import Sandboxed
from courseware.grading.submission import TIMESTAMP, read_submission
from courseware.grading.task import data_files
from courseware.log import LogError
from courseware.verdict import Bench

RECEIPT: Final = "courseware.json"
"""The file that a hand-in carries: whose it is, and when it was made."""
RECORD: Final = "record.json"
"""The file with the learner's own events, if the hand-in brings them."""
STAMP: Final = "%Y-%m-%dT%H%M%S.%fZ"

log = logging.getLogger("courseware.grading")


@dataclass(slots=True, kw_only=True)
class Collected:
    """What came in: new attempts by student, those there before, and what could not be taken, with reasons.

    `told` counts the events that came along by student; `not_told` says why others did not come in.
    """

    lesson: str
    new: dict[str, int] = field(default_factory=dict)
    before: int = 0
    refused: dict[str, str] = field(default_factory=dict)
    told: dict[str, int] = field(default_factory=dict)
    not_told: dict[str, list[str]] = field(default_factory=dict)


Seen = Callable[[int, int], None]
"""Told after each piece of work: how many are done, of how many."""


def collect(
    folder: ClassFolder, lesson: str, source: Path, *, seen: Seen = lambda _done, _of: None
) -> Collected:
    """Take all that lies in a folder, zip or inbound exchange for a lesson. Doing it again changes nothing.

    Raises ClassError if the source is not there or is no zip that can be read.
    """
    if not source.exists():
        raise ClassError(f"there is nothing at {source}. Name the folder or zip that holds what came in.")
    notebooks = [path.stem for path in folder.release(lesson).glob("*.ipynb")]
    if not notebooks:
        raise ClassError(f"{lesson!r} was not released, so nothing can have come in for it.")
    told = Collected(lesson=lesson)
    with tempfile.TemporaryDirectory(prefix="courseware-collect-") as scratch:
        try:
            arrivals = sorted(
                find_arrivals(source, lesson, notebooks, Path(scratch)), key=lambda a: a.at or datetime.min
            )
        except ValueError as error:
            raise ClassError(
                f"{error}. Ask for it again, or unpack it yourself and name the folder."
            ) from error
        with _Judge(folder) as judge:
            for done, arrival in enumerate(arrivals):
                seen(done, len(arrivals))
                _take(folder, lesson, arrival, judge, told)
    return told


def inbound(folder: ClassFolder) -> Path:
    """The folder of nbgrader's exchange that this class's work comes in by."""
    return nbgraders.exchange(folder) / "inbound"


def _take(folder: ClassFolder, lesson: str, arrival: Arrival, judge: _Judge, told: Collected) -> None:
    """Keep one attempt, unless it is there already, and say who it is from."""
    people = roster.read(folder.roster)
    learner = _learner(arrival)
    student = student_of(arrival, people, learner)
    if student is None:
        told.refused[arrival.who] = (
            "is on the roster under no id or name that fits. Give first_name and last_name there, or put the "
            "files into a folder that is called like the student's id"
        )
        return
    try:
        place = folder.path / "attempts" / named(lesson) / named(student)
        if learner is not None:
            claimed = roster.claim(people, {student: learner})
            if claimed != people:
                roster.write(folder.roster, claimed)
        elif student not in {person.student for person in people}:
            roster.join(folder.roster, [Person(student=student)])
        new = _keep(place, arrival)
    except (RosterError, ClassError) as error:
        told.refused[arrival.who] = str(error)
        return
    if new is None:
        told.before += 1
        return
    told.new[student] = told.new.get(student, 0) + 1
    _show(folder, lesson, student)
    if RECORD in arrival.files and learner is not None:
        judge.take(student, learner, new / RECORD, told)


def _learner(arrival: Arrival) -> str | None:
    """The learner that a hand-in says it is from."""
    path = arrival.files.get(RECEIPT)
    if path is None or path.stat().st_size > 100_000:
        return None
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    learner: Any = raw.get("learner") if isinstance(raw, dict) else None
    return learner if is_id(learner) else None


def _keep(place: Path, arrival: Arrival) -> Path | None:
    """Keep an attempt in a folder of its own; None if the same is there."""
    place.mkdir(parents=True, exist_ok=True)
    at = arrival.at or datetime.now(UTC).replace(tzinfo=None)
    part = place / f".{uuid.uuid4().hex}.part"
    part.mkdir()
    try:
        copy_files(arrival, part)
        if TIMESTAMP not in arrival.files:
            (part / TIMESTAMP).write_text(f"{at:%Y-%m-%d %H:%M:%S.%f} UTC", encoding="utf-8")
        digest = read_submission("", part).digest
        known = [
            read_submission("", each).digest for each in place.iterdir() if not each.name.startswith(".")
        ]
        if digest in known:
            return None
        target = place / at.strftime(STAMP)
        if target.exists():
            target = target.with_name(f"{target.name}-{digest[:8]}")
        part.rename(target)
        return target
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _show(folder: ClassFolder, lesson: str, student: str) -> None:
    """Put the newest attempt where nbgrader looks for it."""
    attempts = folder.path / "attempts" / lesson / student
    newest = max(each for each in attempts.iterdir() if not each.name.startswith("."))
    target = folder.submitted(student, lesson)
    target.parent.mkdir(parents=True, exist_ok=True)
    part, old = (target.with_name(f".{lesson}.{uuid.uuid4().hex}.{kind}") for kind in ("part", "old"))
    shutil.copytree(newest, part, ignore=shutil.ignore_patterns(".*"))
    if target.exists():
        target.rename(old)
    part.rename(target)
    shutil.rmtree(old, ignore_errors=True)


class _Judge:
    """Judges what learners answered on their own machines, for one collect: the course and the sandbox are
    made ready for the first record, and serve all."""

    def __init__(self, folder: ClassFolder) -> None:
        self._folder = folder
        self._launcher: Launcher | None = None
        self._course: Course | None = None

    def __enter__(self) -> _Judge:
        return self

    def __exit__(self, *_: object) -> None:
        if self._launcher is not None:
            self._launcher.close()

    @property
    def course(self) -> Course:
        if self._course is None:
            self._course = self._folder.load_course()
        return self._course

    def bench(self) -> Bench:
        if self._launcher is None:
            self._launcher = open_launcher(["checkers", "pandas"], workers=1)
        runner = Sandboxed(self._launcher, data_files(self.course))
        return Bench(runner=runner, given=self.course.given, folder=self.course.path)

    def take(self, student: str, learner: str, path: Path, told: Collected) -> None:
        """Take in the learner's own events: what holds when looked at again comes into the class's log.

        It is marked as self-reported. Code that a learner wrote is run in the sandbox alone.
        """
        try:
            not_told = self._taken(student, learner, path, told)
        except (
            ClassError,
            CourseError,
            EngineError,
            LookupError,
            LogError,
            record.RecordError,
            OSError,
            ValueError,
        ) as error:
            not_told = [str(error)]
        if not_told:
            told.not_told.setdefault(student, []).extend(not_told)

    def _taken(self, student: str, learner: str, path: Path, told: Collected) -> list[str]:
        """What did not come in, a line for each."""
        course = self.course
        brought = record.read(path.read_text(encoding="utf-8"), datetime.now(UTC))
        if brought.learner != learner or brought.course != course.id:
            raise record.RecordError("the record is another learner's, or of another course")
        into = self._folder.open_log()
        try:
            there = {event.id for _, event in into.read(learner, course.id)}
            # Answers name variants that an earlier hand-in may have brought: only answers are left out.
            events = [e for e in brought.events if e.kind != "answer" or e.id not in there]
            refused = {e.id: why for e in events if (why := not_theirs(e)) is not None}
            theirs = replace(brought, events=tuple(e for e in events if e.id not in refused))
            examined = record.examine(theirs, course, self.bench(), run_code=True)
            sound = [self_reported(event) for event in examined.sound if event.id not in there]
            into.append(sound)
        finally:
            into.close()
        told.told[student] = told.told.get(student, 0) + len(sound)
        return [
            *(_line(e, refused[e.id]) for e in events if refused.get(e.id, GRADED_HERE) != GRADED_HERE),
            *(_line(odd.event, odd.because) for odd in examined.refused),
        ]


def _line(event: Event, why: str) -> str:
    return f"{event.at:%Y-%m-%d %H:%M} {event.kind} {event.item or event.lesson or ''}: {why}"
