"""The rules that simulated learners hold a course to: it can be learned, and it cannot be guessed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median
from typing import Final

from courseware.course import Course
from courseware.lint.coverage import in_toml
from courseware.lint.finding import Finding
from courseware.mastery.fold import Fold
from courseware.mastery.levels import Level
from courseware.simulate.course_run import Life, Study, side_by_side
from courseware.simulate.learners import GUESSER, Profile
from courseware.simulate.worlds import World

LEARNERS: Final = 2
GUESSERS: Final = 10
GUESSES: Final = 200
"""So many answers each guesser gives."""
SITTINGS_A_LESSON: Final = 12
CAREFUL: Final = Profile(name="careful", share=1.0, learns=0.3, prior=0.3, places=0.0)
"""Someone who learns with each question, and neither quits nor skips."""


def findings(course: Course, jobs: int) -> Iterator[list[Finding]]:
    """First what those find who learn, then what those find who guess."""
    sittings = SITTINGS_A_LESSON * len(course.lessons)
    study = Study(world=World.ALL_OR_NONE, seed=7, sessions=sittings)
    yield _reach(course, _lives(course, study, [CAREFUL] * LEARNERS, min(jobs, LEARNERS)))
    study = Study(world=World.ALL_OR_NONE, seed=7, sessions=GUESSES, answers=GUESSES)
    yield _guessing(course, _lives(course, study, [GUESSER] * GUESSERS, jobs))


def _lives(course: Course, study: Study, profiles: Sequence[Profile], jobs: int) -> list[Life]:
    return [life for some in side_by_side(course.path, study, profiles, jobs) for life in some]


def _reach(course: Course, lives: Sequence[Life]) -> list[Finding]:
    first = {lesson.id for lesson in course.lessons if not lesson.opens_when}
    opened: set[str] = set(first)
    proficient: set[str] = set()
    for life in lives:
        fold = Fold(course.rules, course.parameters.intercept)
        for event in life.events:
            fold.add(event)
        opened |= _opened(life)
        proficient |= {o for o in course.objectives if fold.standing(o).reached >= Level.PROFICIENT}
    stuck = [o for o in course.objectives if o not in proficient and _home(course, o) in opened]
    found = [
        in_toml(
            "reach",
            objective,
            f"objective {objective!r}",
            "simulated learners who know it do not become Proficient",
            "a gate that opens for who can do it: two right first tries, on two items, one of them open",
            "give it more items, one of them open; look at its threshold and rule",
        )
        for objective in stuck
    ]
    closed = [lesson.id for lesson in course.lessons if lesson.id not in opened]
    if closed and not stuck:
        found.append(
            in_toml(
                "reach",
                closed[0],
                f"lesson {closed[0]!r}",
                "no simulated learner opens it",
                "every lesson open in the end",
                "look at its opens_when",
            )
        )
    return found


def _home(course: Course, objective: str) -> str:
    return next(lesson.id for lesson in course.lessons if objective in lesson.teaches)


def _guessing(course: Course, lives: Sequence[Life]) -> list[Finding]:
    counts = [len(_opened(life)) for life in lives]
    if len(course.lessons) < 2 or (median(counts) < 1 and max(counts) <= 1):
        return []
    names = sorted({name for life in lives for name in _opened(life)})
    easy = sorted({o for name in names for o in course.lesson(name).opens_when})
    return [
        in_toml(
            "guessing",
            course.id,
            "the course",
            f"of {len(lives)} who answer blindly {GUESSES} times, half open {median(counts):g} lessons or "
            f"more, one opens {max(counts)} ({', '.join(names)})",
            "half of them open none, and none opens two",
            f"look at the items of {', '.join(easy)}: ask for answers that do not stand in the prompt, "
            "with more options to pick from",
        )
    ]


def _opened(life: Life) -> set[str]:
    return {event.lesson for event in life.events if event.kind == "unlocked" and event.lesson}
