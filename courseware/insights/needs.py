"""Who needs somebody now, with the evidence and what to do; and who could work on the same thing tomorrow."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from functools import lru_cache
from typing import Final

import numpy as np

from courseware.course import LessonEntry
from courseware.insights.derived import MICRO
from courseware.insights.placed import microseconds, moment
from courseware.insights.tables import Tables
from courseware.mastery import gate
from courseware.mastery.alarms import ABSENT, EARLY, SPINNING, TOO_MANY
from courseware.mastery.attempts import Bools, Floats, Ints
from courseware.mastery.explain import in_words
from courseware.mastery.levels import Level
from courseware.mastery.rules import WINDOW
from courseware.rule import AVERAGE, BKT, in_a_row

IN_DOUBT: Final = 0.5
"""Who is more likely than not to know it by now is finding out alone: no row for that."""
LEFT_OFF: Final = timedelta(days=2)
"""Who was one step before Proficient so long ago will hardly take it unasked."""
GROUP: Final = 5
"""So many learners, at most, sit together."""


class Kind(Enum):
    """Why somebody is on the list; most urgent first."""

    SPINNING = "wheel-spinning"
    GAMING = "gaming"
    ABSENT = "absent"
    ONE_STEP = "one step before"

    @property
    def heading(self) -> str:
        return HEADINGS[self]


HEADINGS: Final = {
    Kind.SPINNING: "Going round in circles",
    Kind.GAMING: "Faster than reading",
    Kind.ABSENT: "Away",
    Kind.ONE_STEP: "One step before Proficient",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """One learner to look at: why, on which objective (None: in all), since when.

    `learner` and `objective` are places in the tables (`learner` −1: on the roster, and never here).
    `evidence` and `action` are sentences.
    """

    kind: Kind
    learner: int
    name: str
    objective: int | None
    since: datetime
    evidence: str
    action: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Learners who need the same objective next, most urgent first; and who could explain it."""

    objective: int
    learners: tuple[int, ...]
    explains: tuple[int, ...]


@lru_cache(maxsize=2)
def needs(tables: Tables) -> tuple[Need, ...]:
    """Everybody who needs somebody now, most urgent first; nobody twice for the same reason."""
    away = set(tables.people["learner"][_away(tables)].tolist())
    steps = _one_step(tables)
    return (
        *_spinning(tables),
        *_gaming(tables),
        *_absent(tables, steps),
        *_left_off(tables, steps, away),
    )


@lru_cache(maxsize=2)
def needy(tables: Tables) -> Ints:
    """The learners whom `needs` names, each once."""
    pairs, people = tables.pairs, tables.people
    gaming = (people["hasty"] >= TOO_MANY) | (people["unread"] >= TOO_MANY)
    short = _one_step(tables) & (microseconds(tables.now) - pairs["last_at"] >= LEFT_OFF // MICRO)
    named = np.zeros(len(tables.learners), dtype=np.bool_)
    named[pairs["learner"][spinning(tables) | short]] = True
    named[people["learner"][gaming]] = True
    named[people["learner"][_away(tables)]] = True
    return np.flatnonzero(named)


def _spinning(tables: Tables) -> Iterator[Need]:
    pairs = tables.pairs
    rows = np.flatnonzero(spinning(tables))
    for row in rows[np.argsort(-pairs["search"][rows], kind="stable")]:
        objective = int(pairs["objective"][row])
        answered, slips = int(pairs["search"][row]), int(pairs["slips"][row])
        told = f"{answered} questions on {_can(tables, objective)} without three right first tries in a row"
        if slips > 1:
            mistake = str(tables.columns.words["mistake"][pairs["slip"][row]])
            told += f"; {in_words(slips)} times “{mistake.replace('-', ' ')}”"
        yield Need(
            kind=Kind.SPINNING,
            learner=int(pairs["learner"][row]),
            name=tables.names[pairs["learner"][row]],
            objective=objective,
            since=moment(pairs["onset"][row]),
            evidence=f"{told}.",
            action=_another_way(tables, int(pairs["learner"][row]), objective),
        )


def spinning(tables: Tables) -> Bools:
    """The pairs that are wheel-spinning (as alarms have it) and still in doubt."""
    pairs = tables.pairs
    found: Bools = (
        (pairs["search"] >= SPINNING) & (pairs["reached"] < Level.PROFICIENT) & (tables.known < IN_DOUBT)
    )
    return found


def _gaming(tables: Tables) -> Iterator[Need]:
    people = tables.people
    hasty, unread = people["hasty"] >= TOO_MANY, people["unread"] >= TOO_MANY
    for row in np.flatnonzero(hasty | unread):
        name, of = ("hasty" if hasty[row] else "unread"), in_words(int(people["of"][row]))
        many = in_words(int(people[name][row])).capitalize()
        if hasty[row]:
            told = f"{many} of the last {of} questions went wrong sooner than they can be read."
            action = "Sit beside them for one question: have it read aloud, and said what is asked."
        else:
            told = f"In {many.lower()} of the last {of} questions hints came faster than they can be read."
            action = "Ask what they tried before the first hint; answer one question together without any."
        yield Need(
            kind=Kind.GAMING,
            learner=int(people["learner"][row]),
            name=tables.names[people["learner"][row]],
            objective=None,
            since=moment(people[f"{name}_at"][row]),
            evidence=told,
            action=action,
        )


def _away(tables: Tables) -> Ints:
    """The rows of people who were away for long, with something left to learn."""
    people = tables.people
    behind = microseconds(tables.now) - people["last_at"] >= ABSENT // MICRO
    held = (tables.levels >= Level.PROFICIENT).sum(axis=1)[people["learner"]]
    return np.flatnonzero(behind & (held < len(tables.objectives)))


def _absent(tables: Tables, steps: Bools) -> Iterator[Need]:
    people, now = tables.people, tables.now
    near: dict[int, int] = {}
    for row in np.flatnonzero(steps):
        near.setdefault(int(tables.pairs["learner"][row]), int(tables.pairs["objective"][row]))
    rows = _away(tables)
    for row in rows[np.argsort(-people["last_at"][rows], kind="stable")]:
        learner, last = int(people["learner"][row]), moment(people["last_at"][row])
        held = int((tables.levels[learner] >= Level.PROFICIENT).sum())
        left = len(tables.objectives) - held
        action = "Write to them, and ask what is in the way."
        if learner in near:
            action = f"Write to them: one right first try makes {_can(tables, near[learner])} Proficient."
        yield Need(
            kind=Kind.ABSENT,
            learner=learner,
            name=tables.names[learner],
            objective=near.get(learner),
            since=last,
            evidence=f"Away for {(now - last).days} days, with {_many(left, 'objective')} to go.",
            action=action,
        )
    begun = int(people["first_at"].min()) if len(people["first_at"]) else 0
    there = set(people["learner"].tolist())
    known = {tables.learners[number] for number in there}
    never = [tables.source.name(u) for u in tables.source.people if u not in known]
    never += [" ".join(filter(None, [p.first_name, p.last_name])) or p.student for p in tables.source.waiting]
    if begun and now - moment(begun) >= ABSENT:
        for name in never:
            yield Need(
                kind=Kind.ABSENT,
                learner=-1,
                name=name,
                objective=None,
                since=moment(begun),
                evidence="On the roster, and no answer has come in yet.",
                action="Ask whether they could begin: `courseware learn` opens the first lesson.",
            )


def _left_off(tables: Tables, steps: Bools, away: set[int]) -> Iterator[Need]:
    pairs = tables.pairs
    idle = microseconds(tables.now) - pairs["last_at"] >= LEFT_OFF // MICRO
    rows = np.flatnonzero(steps & idle)
    for row in rows[np.argsort(-pairs["last_at"][rows], kind="stable")]:
        learner, objective = int(pairs["learner"][row]), int(pairs["objective"][row])
        if learner in away:
            continue
        home = lesson_of(tables, objective)
        last = moment(pairs["last_at"][row])
        yield Need(
            kind=Kind.ONE_STEP,
            learner=learner,
            name=tables.names[learner],
            objective=objective,
            since=last,
            evidence=f"One right first try on another question makes {_can(tables, objective)} Proficient; "
            f"last there {_many((tables.now - last).days, 'day')} ago.",
            action=f"A nudge will do: one question in “{home.title}”." if home else "A nudge will do.",
        )


def _one_step(tables: Tables) -> Bools:
    """The pairs that one right first try, on another and open question, makes Proficient."""
    pairs = tables.pairs
    near = np.zeros(len(pairs["learner"]), dtype=np.bool_)
    candidates = np.flatnonzero((pairs["row"] > 0) & (pairs["reached"] < Level.PROFICIENT))
    rules = [tables.source.rules[objective] for objective in tables.objectives]
    kinds = list(dict.fromkeys(rules))
    kind_of = np.array([kinds.index(rule) for rule in rules], dtype=np.int64)
    for number, rule in enumerate(kinds):
        rows = candidates[kind_of[pairs["objective"][candidates]] == number]
        if rule.kind == BKT:
            p1, p0 = gate.likelihoods(0.05, 0.0, rule.tracing)
            near[rows] = _moved(pairs["known"][rows], p1 / p0, rule.tracing.t) >= rule.threshold
        elif rule.kind == AVERAGE:
            near[rows] = pairs["known"][rows] + 1 / WINDOW >= rule.threshold
        else:
            near[rows] = pairs["row"][rows] + 1 >= in_a_row(rule.kind)
    return near


def _moved(known: Floats, ratio: float, learn: float) -> Floats:
    odds = np.minimum(known, gate.MOST) / (1 - np.minimum(known, gate.MOST)) * ratio
    after = odds / (1 + odds)
    moved: Floats = np.minimum(after + (1 - after) * learn, gate.MOST)
    return moved


def groups(tables: Tables, most: int = GROUP) -> list[Group]:
    """Who could work on the same objective tomorrow: each learner once, where it is needed most.

    Learners who answer now (not away), have begun the objective, and are not about to have it.
    """
    pairs = tables.pairs
    here = microseconds(tables.now) - pairs["last_at"] < ABSENT // MICRO
    works = (
        here & (pairs["reached"] < Level.PROFICIENT) & (tables.known < IN_DOUBT) & (pairs["search"] >= EARLY)
    )
    rows = np.flatnonzero(works)
    rows = rows[np.lexsort((-pairs["last_at"][rows], -pairs["search"][rows]))]
    chosen: dict[int, int] = {}
    for row in rows:
        chosen.setdefault(int(pairs["learner"][row]), int(pairs["objective"][row]))
    by_objective: defaultdict[int, list[int]] = defaultdict(list)
    for learner, objective in chosen.items():
        by_objective[objective].append(learner)
    found = []
    for objective, learners in sorted(by_objective.items(), key=lambda each: -len(each[1])):
        parts = -(-len(learners) // most)
        explains = _explains(tables, objective, 2 * parts)
        for number in range(parts):
            together = tuple(learners[number::parts])
            if len(together) > 1:
                mine = tuple(explains[2 * number : 2 * number + 2])
                found.append(Group(objective=objective, learners=together, explains=mine))
    return found


def _explains(tables: Tables, objective: int, most: int) -> list[int]:
    """Learners here now who have mastered an objective (or have it), the latest first."""
    pairs = tables.pairs
    here = microseconds(tables.now) - pairs["last_at"] < ABSENT // MICRO
    rows = np.flatnonzero((pairs["objective"] == objective) & (pairs["reached"] >= Level.PROFICIENT) & here)
    rows = rows[np.lexsort((-pairs["proficient_at"][rows], -pairs["reached"][rows]))]
    return [int(pairs["learner"][row]) for row in rows[:most]]


def lesson_of(tables: Tables, objective: int) -> LessonEntry | None:
    """The lesson that teaches an objective."""
    name = tables.objectives[objective]
    return next((lesson for lesson in tables.source.course.lessons if name in lesson.teaches), None)


def _another_way(tables: Tables, learner: int, objective: int) -> str:
    """What may help more than one more question: what it builds on, a remedy, a person."""
    course = tables.source.course
    places = {name: number for number, name in enumerate(tables.objectives)}
    weak: Sequence[int] = [
        places[need]
        for need in course.objectives[tables.objectives[objective]].needs
        if need in places and tables.levels[learner, places[need]] < Level.PROFICIENT
    ]
    if weak:
        level = Level(int(tables.levels[learner, weak[0]]))
        return f"It builds on {_can(tables, weak[0])}, which is {level.word}: begin there, with one question."
    home = lesson_of(tables, objective)
    remedies = home.remedies.get(tables.objectives[objective], ()) if home else ()
    if remedies:
        return f"Go through one question together; remedies/{remedies[0]} tells it another way."
    return "Go through one question together, thinking aloud; then have them explain the next one to you."


def _can(tables: Tables, objective: int) -> str:
    return f"“{tables.source.course.objectives[tables.objectives[objective]].can}”"


def _many(count: int, noun: str) -> str:
    return f"1 {noun}" if count == 1 else f"{count} {noun}s"
