"""What there is to tell of one learner: what is known, what is worked on, what is next, and what is new
since then.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from courseware import offering, telling
from courseware.course import Course
from courseware.events import Event
from courseware.grading.evidence import is_self_reported
from courseware.mastery import alarms
from courseware.mastery.explain import left, tries_needed, why
from courseware.mastery.fold import Fold
from courseware.mastery.levels import Level
from courseware.rule import Rule

LATELY: Final = timedelta(days=14)
"""What was worked on within this time before the last event is worked on now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Objective:
    """One objective as it stands: `level` now and `before` (at the last report).

    `needed`: about so many more right first tries to Proficient, None where that cannot be said. `stuck`:
    so many questions without finding a footing (0: not stuck). `at`: when it was last answered. `why` and
    `left` say in sentences, to the learner, what the level rests on and what is missing. `recent`: which of
    the last first tries were right, in order.
    """

    id: str
    can: str
    lesson: str
    level: Level
    before: Level
    needed: int | None
    stuck: int
    at: datetime | None
    why: str
    left: str
    recent: tuple[bool, ...]

    @property
    def known(self) -> bool:
        return self.level >= Level.PROFICIENT

    @property
    def is_new(self) -> bool:
        """Whether it was reached since the last report."""
        return self.known and self.before < Level.PROFICIENT

    @property
    def fell(self) -> bool:
        """Whether it was known at the last report and has to be brought back."""
        return not self.known and self.before >= Level.PROFICIENT


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """One lesson: is it open, and its objectives."""

    id: str
    title: str
    open: bool
    opens_when: str
    objectives: tuple[Objective, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """All that a report tells, for any reader.

    `since` is when the last report was made, None for a first one. `days` and `answers` count what was done
    since then; `away` the days since the last event (None: nothing ever happened). `reviews` wait, in about
    so many `minutes`. `own` is the share of answers that the learner's own machine told, 0 to 1. `alarms` are
    sentences for an instructor; `mistakes` the known ones made most often since then, with how often.
    """

    course: str
    now: datetime
    since: datetime | None
    lessons: tuple[Lesson, ...]
    days: int
    answers: int
    away: int | None
    reviews: int
    minutes: int
    next_due: datetime | None
    own: float
    alarms: tuple[str, ...]
    mistakes: tuple[tuple[str, str, int], ...]

    @property
    def objectives(self) -> tuple[Objective, ...]:
        return tuple(o for lesson in self.lessons for o in lesson.objectives)

    @property
    def known(self) -> tuple[Objective, ...]:
        """What is known: new first, then what came last."""
        found = [o for o in self.objectives if o.known]
        return tuple(sorted(found, key=lambda o: (not o.is_new, -_seconds(o.at))))

    @property
    def working(self) -> tuple[Objective, ...]:
        """What is being learnt: what was answered last comes first."""
        found = [o for o in self.objectives if o.level in (Level.ATTEMPTED, Level.FAMILIAR)]
        return tuple(sorted(found, key=lambda o: -_seconds(o.at)))

    @property
    def coming(self) -> tuple[Objective, ...]:
        """What has not begun, in the course's order: what is open first."""
        by_lesson = sorted(self.lessons, key=lambda lesson: not lesson.open)
        return tuple(o for lesson in by_lesson for o in lesson.objectives if o.level == Level.NOT_STARTED)


def story(
    course: Course,
    rules: Mapping[str, Rule],
    events: Sequence[Event],
    now: datetime,
    since: datetime | None = None,
) -> Story:
    """What these events of one learner tell at `now`, and what is new since `since`."""
    past = [event for event in events if event.at <= now]
    fold = Fold.of(past, rules, course.parameters.intercept)
    before = Fold.of(
        [e for e in past if since is not None and e.at <= since], rules, course.parameters.intercept
    )
    raised = alarms.alarms(fold, now)
    stuck: dict[str | None, int] = {
        a.objective: int(a.evidence.get("answered", 1)) for a in raised if a.objective is not None
    }
    last = {o: e.at for e in past if e.kind == "answer" for o in e.objectives}
    lessons = tuple(
        Lesson(
            id=entry.id,
            title=entry.title,
            open=telling.is_open(entry, fold),
            opens_when=telling.lesson_card(course, fold, entry, now).opens_when,
            objectives=tuple(
                _objective(course, rules, fold, before, objective, entry.id, now, since, stuck, last)
                for objective in entry.teaches
            ),
        )
        for entry in course.lessons
    )
    new = [e for e in past if e.kind == "answer" and (since is None or e.at > since)]
    answers = [e for e in past if e.kind == "answer"]
    due = telling.due_of(course, fold, now)
    next_due = telling.progress_of(course, fold, None, now).next_due
    return Story(
        course=course.title,
        now=now,
        since=since,
        lessons=lessons,
        days=len({e.at.astimezone().date() for e in new}),
        answers=len(new),
        away=None if fold.latest is None else (now - fold.latest).days,
        reviews=0 if due is None else due.questions,
        minutes=0 if due is None else due.minutes,
        next_due=None if next_due is None else datetime.fromisoformat(next_due),
        own=sum(map(is_self_reported, answers)) / len(answers) if answers else 0.0,
        alarms=tuple(str(offering.row(course, alarm)["sentence"]) for alarm in raised),
        mistakes=_mistakes(new),
    )


def _objective(
    course: Course,
    rules: Mapping[str, Rule],
    fold: Fold,
    before: Fold,
    objective: str,
    lesson: str,
    now: datetime,
    since: datetime | None,
    stuck: Mapping[str | None, int],
    last: Mapping[str, datetime],
) -> Objective:
    standing, rule = fold.standing(objective), rules.get(objective, Rule())
    level = standing.level_at(now, rule)
    return Objective(
        id=objective,
        can=course.objectives[objective].can,
        lesson=lesson,
        level=level,
        before=before.level(objective, since) if since is not None else Level.NOT_STARTED,
        needed=tries_needed(standing, rule),
        stuck=stuck.get(objective, 0),
        at=last.get(objective) or standing.proficient_at,
        why=why(standing, rule),
        left=left(standing, rule),
        recent=tuple(evidence.right for evidence in standing.recent),
    )


def _mistakes(answers: Sequence[Event]) -> tuple[tuple[str, str, int], ...]:
    """The known mistakes made most often: item, mistake, how often; those made twice at least."""
    from collections import Counter

    counts = Counter((e.item or "", e.mistake) for e in answers if e.mistake)
    return tuple((item, mistake, n) for (item, mistake), n in counts.most_common(3) if n > 1)


def _seconds(at: datetime | None) -> float:
    return 0.0 if at is None else at.timestamp()
