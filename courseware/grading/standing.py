"""Who stands where in a class, and what an instructor decides about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal

from courseware.course import Course
from courseware.events import Event, new_id
from courseware.grading import roster
from courseware.grading.class_folder import ClassError, ClassFolder
from courseware.grading.evidence import counted
from courseware.grading.gradebook import EmptyGradebook, Gradebook, Mark
from courseware.log import Log
from courseware.mastery.fold import Fold
from courseware.mastery.levels import Level

Decision = Literal["open", "excuse"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One student: attempts and points by lesson (what late work lost is taken off), cells that wait for a
    person, objectives reached.

    `decided` tells what an instructor decided, with the reason.
    """

    student: str
    attempts: dict[str, int]
    points: dict[str, tuple[float, float]]
    waiting: int
    reached: tuple[str, ...] = ()
    decided: tuple[str, ...] = ()


def rows(folder: ClassFolder, now: datetime) -> Iterator[Row]:
    """Every student on the roster or with a submission, by id."""
    course = folder.load_course() if folder.course is not None or folder.tags().objectives else None
    people = {person.student: person.learner for person in roster.read(folder.roster)}
    lessons = sorted(path.name for path in (folder.path / "release").iterdir() if path.is_dir())
    students = sorted(people.keys() | {s for lesson in lessons for s in folder.submitters(lesson)})
    marked = _marked(folder, lessons) if lessons else {}
    log = folder.open_log()
    try:
        for student in students:
            events = _events(log, people.get(student, ""), course)
            yield Row(
                student=student,
                attempts={lesson: n for lesson in lessons if (n := _attempts(folder, student, lesson))},
                points={name: got for name, each in marked.items() if (got := each.points(student))},
                waiting=sum(each.waiting(student) for each in marked.values()),
                reached=_reached(folder, course, events, now),
                decided=tuple(
                    f"{e.detail.get('do')} {e.lesson}: {e.detail.get('because')}"
                    for e in events
                    if e.kind == "override"
                ),
            )
    finally:
        log.close()


def decide(folder: ClassFolder, student: str, lesson: str, decision: Decision, because: str) -> None:
    """Log that an instructor opens a lesson for a student, or excuses them from it.

    Raises ClassError without a reason or for a student who is not on the roster, LookupError for no lesson.
    """
    course = folder.load_course()
    if not folder.source(lesson).is_dir():  # an assignment of the class's own is none of the course's lessons
        course.lesson(lesson)
    if not because.strip():
        raise ClassError("a decision about a learner needs its reason: --because 'was ill in week 3'.")
    if student not in {person.student for person in roster.read(folder.roster)}:
        raise ClassError(f"{student!r} is not on {folder.roster}. Add the student there, or check the id.")
    learner = roster.learners(folder.roster, [student])[student]
    now = datetime.now(UTC)
    common = {"learner": learner, "course": course.id, "course_version": course.version, "lesson": lesson}
    detail = {"do": decision, "because": because.strip()}
    events = [Event(id=new_id(), at=now, kind="override", detail=detail, **common)]  # type: ignore[arg-type]
    if decision == "open":
        opened = Event(id=new_id(), at=now, kind="unlocked", detail=detail, **common)  # type: ignore[arg-type]
        events.append(opened)
    log = folder.open_log()
    try:
        log.append(events)
    finally:
        log.close()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Marked:
    """A lesson in the gradebook: its marks, and what late work lost, by student and notebook."""

    marks: tuple[Mark, ...] = ()
    lost: Mapping[tuple[str, str], float] = field(default_factory=dict)

    def points(self, student: str) -> tuple[float, float] | None:
        own = [mark for mark in self.marks if mark.student == student]
        lost = sum(each for (who, _), each in self.lost.items() if who == student)
        return (sum(m.points for m in own) - lost, sum(m.most for m in own)) if own else None

    def waiting(self, student: str) -> int:
        return sum(mark.waits for mark in self.marks if mark.student == student)


def _marked(folder: ClassFolder, lessons: list[str]) -> dict[str, _Marked]:
    try:
        book = Gradebook(folder.gradebook_url)
    except EmptyGradebook:
        return {}
    try:
        return {lesson: _Marked(marks=book.marks(lesson), lost=book.penalties(lesson)) for lesson in lessons}
    finally:
        book.close()


def _attempts(folder: ClassFolder, student: str, lesson: str) -> int:
    kept = folder.path / "attempts" / lesson / student
    many = sum(1 for each in kept.glob("*") if each.is_dir() and not each.name.startswith("."))
    return many or int(folder.submitted(student, lesson).is_dir())


def _events(log: Log, learner: str, course: Course | None) -> list[Event]:
    if course is None or not learner:
        return []
    return [event for _, event in log.read(learner, course.id)]


def _reached(
    folder: ClassFolder, course: Course | None, events: list[Event], now: datetime
) -> tuple[str, ...]:
    """The objectives that are Proficient or Mastered now."""
    if course is None or not events:
        return ()
    that_count = counted(events, trust_self_reported=folder.policy.trust_self_reported)
    fold = Fold.of(that_count, folder.rules(course))
    return tuple(name for name in course.objectives if fold.level(name, now) >= Level.PROFICIENT)
