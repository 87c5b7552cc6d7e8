"""The mastery gradebook: for every student and objective the level now, the best ever, and what is graded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from courseware.course import Course
from courseware.events import Event
from courseware.grading.roster import Person
from courseware.insights.grades.policy import Policy
from courseware.mastery.fold import Fold
from courseware.mastery.levels import Level
from courseware.rule import Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """One objective of one student: the level `now`, the `best` ever, and the one that is `graded`.

    `excused`: an instructor excused the student from its lesson, and it is not graded.
    """

    objective: str
    now: Level
    best: Level
    graded: Level
    excused: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """What levels come to: `points` of `most`, and a `letter` ("" where all is excused)."""

    points: float
    most: float
    letter: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One student's grades: by objective, by lesson, and in all. None where a student is excused from a
    lesson.
    """

    person: Person
    objectives: tuple[Reached, ...]
    lessons: Mapping[str, Grade | None]
    whole: Grade


def line(
    person: Person,
    events: Sequence[Event],
    course: Course,
    rules: Mapping[str, Rule],
    policy: Policy,
    counting: Sequence[str],
    now: datetime,
) -> Line:
    """One student's line. `events` are those that count, `counting` the objectives that do."""
    fold, best = highest(events, rules, course.parameters.intercept)
    excused = {e.lesson for e in events if e.kind == "override" and e.detail.get("do") == "excuse"}
    home = {objective: lesson.id for lesson in course.lessons for objective in lesson.teaches}
    reached = {}
    for objective in counting:
        level = fold.level(objective, now)
        top = max(level, best.get(objective, Level.NOT_STARTED))
        reached[objective] = Reached(
            objective=objective,
            now=level,
            best=top,
            graded=policy.kept(level, top),
            excused=home.get(objective) in excused,
        )
    lessons = {}
    for lesson in course.lessons:
        taught = [o for o in lesson.teaches if o in reached]
        if taught:
            lessons[lesson.id] = None if lesson.id in excused else grade(policy, [reached[o] for o in taught])
    return Line(
        person=person,
        objectives=tuple(reached.values()),
        lessons=lessons,
        whole=grade(policy, [each for each in reached.values() if not each.excused]),
    )


def grade(policy: Policy, reached: Iterable[Reached]) -> Grade:
    """What some objectives come to together."""
    levels = [each.graded for each in reached]
    return Grade(points=policy.sum(levels), most=policy.most * len(levels), letter=policy.letter(levels))


def highest(
    events: Iterable[Event], rules: Mapping[str, Rule], intercept: float = 0.0
) -> tuple[Fold, dict[str, Level]]:
    """The fold of a learner's events, and the highest level that each objective ever had."""
    fold = Fold(rules, intercept)
    best: dict[str, Level] = {}
    for event in sorted(events, key=lambda e: (e.at, e.id)):
        fold.add(event)
        if event.kind == "answer":
            moved: Iterable[str] = event.objectives
        elif event.kind == "placement":
            moved = list(fold.standings)
        else:
            continue
        for objective in moved:
            best[objective] = max(best.get(objective, Level.NOT_STARTED), fold.level(objective, event.at))
    return fold, best
