"""Levels: what an estimate and its evidence come to, for one learner and one objective."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from typing import Final, NamedTuple

from courseware.mastery import gate, rules
from courseware.rule import Rule

FAMILIAR: Final = 0.70
LATER: Final = timedelta(hours=12)
SESSION_GAP: Final = timedelta(minutes=30)
RECENT: Final = 5
"""So many clean answers are looked back on, so that a long history costs no more than a short one."""
SETTLED: Final = 3
"""So many right first tries in a row end the search for a footing (Beck & Gong 2013)."""
EXPERT: Final = Rule()
BOUNDS: Final = (0.3, 3.0)
"""What was answered before a placement says no more than this for or against knowing."""


class Level(IntEnum):
    """How far a learner is with one objective."""

    NOT_STARTED = 0
    ATTEMPTED = 1
    FAMILIAR = 2
    PROFICIENT = 3
    MASTERED = 4

    @property
    def word(self) -> str:
        return self.name.capitalize().replace("_", " ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One answer as it bears on an objective.

    `clean`: the first answer to its variant, no hint or solution of it seen. `objectives`: how many
    objectives its item has. `session` counts the learner's sittings from 0.
    """

    at: datetime
    item: str
    right: bool
    clean: bool
    open: bool
    guess: float
    difficulty: float
    objectives: int = 1
    mistake: str | None = None
    review: bool = False
    session: int = 0


class Standing(NamedTuple):
    """Where a learner stands on one objective (a named tuple: one is made with every answer of a log).

    `known` is the gate's value (P(known), where the rule is knowledge tracing) right after the last clean
    answer; `recent` the last clean answers in order (RECENT at most) of `clean` in all; `made_one` says
    whether one on an open item was right; `reached` is the level that was last reached from Proficient on
    (it falls only by the rules there). `row` counts the right clean answers in a row, `search` the variants
    answered since there were three of them (SETTLED) or the objective was Proficient. `placed`: the last
    Proficient came from a placement, not from practice.
    """

    known: float = gate.L0
    answers: int = 0
    clean: int = 0
    recent: tuple[Evidence, ...] = ()
    made_one: bool = False
    reached: Level = Level.NOT_STARTED
    ever_proficient: bool = False
    proficient_at: datetime | None = None
    proficient_session: int | None = None
    row: int = 0
    search: int = 0
    placed: bool = False

    def known_at(self, now: datetime, rule: Rule = EXPERT) -> float:
        """The gate's value as read at `now`: faded by time while the level is below Proficient."""
        if self.reached >= Level.PROFICIENT or not self.recent:
            return self.known
        return rules.of(rule).read(self.known, (now - self.recent[-1].at) / timedelta(days=1))

    def level_at(self, now: datetime, rule: Rule = EXPERT) -> Level:
        """The level as read at `now`."""
        if self.reached >= Level.PROFICIENT:
            return self.reached
        if self.answers == 0 and self.reached == Level.NOT_STARTED:
            return Level.NOT_STARTED
        familiar = self.known_at(now, rule) >= FAMILIAR or self.made_one or self.reached == Level.FAMILIAR
        return Level.FAMILIAR if familiar else Level.ATTEMPTED


def at_start(rule: Rule) -> Standing:
    """The standing of someone who has not begun."""
    return Standing(known=rules.of(rule).start)


def after(standing: Standing, evidence: Evidence, rule: Rule, *, first: bool = True) -> Standing:
    """The standing after one more answer; only a clean one moves it.

    `first`: whether it is the first answer to its variant (a clean one is).
    """
    if not evidence.clean:
        search = standing.search + (first and standing.reached < Level.PROFICIENT)
        return standing._replace(answers=standing.answers + 1, search=search)
    by, right = rules.of(rule), evidence.right
    known, answers, clean, recent, made_one, reached, ever, since, since_session, row, search, placed = (
        standing
    )
    row = row + 1 if right else 0
    settled = row >= SETTLED or reached >= Level.PROFICIENT
    value = by.after(known, evidence, recent)
    moved = Standing(
        value,
        answers + 1,
        clean + 1,
        (*recent[1 - RECENT :], evidence),
        made_one or (right and evidence.open),
        reached,
        ever,
        since,
        since_session,
        row,
        0 if settled else search + 1,
        placed,
    )
    if reached >= Level.PROFICIENT:
        return moved if right and not evidence.review else _held(moved, evidence, rule)
    if right and value >= by.threshold and opens(moved, rule):
        return proficient(moved, evidence.at, evidence.session)
    return moved


def proficient(standing: Standing, at: datetime, session: int, *, placed: bool = False) -> Standing:
    """The standing once the gate has opened, or a placement has shown that it can be skipped."""
    return standing._replace(
        reached=Level.PROFICIENT,
        ever_proficient=True,
        proficient_at=at,
        proficient_session=session,
        search=0,
        placed=placed,
    )


def likelihood(standing: Standing) -> float:
    """How many times likelier the last clean answers are if the objective is known, within BOUNDS."""
    ratio = 1.0
    for tried in standing.recent:
        p1, p0 = gate.likelihoods(tried.guess, tried.difficulty)
        ratio *= p1 / p0 if tried.right else ((1 - p1) / (1 - p0)) ** (1 / tried.objectives)
    low, high = BOUNDS
    return min(high, max(low, ratio))


def opens(standing: Standing, rule: Rule) -> bool:
    """The gate: sure enough, and the last two clean answers right on two items, at least one of them open."""
    recent = standing.recent
    if len(recent) < 2 or standing.known < rules.of(rule).threshold:
        return False
    before, last = recent[-2:]
    return last.right and before.right and last.item != before.item and (last.open or before.open)


def _held(standing: Standing, evidence: Evidence, rule: Rule) -> Standing:
    """From Proficient on: a right review masters, a failed one and two wrongs in a row take down a step."""
    if evidence.right:
        assert standing.proficient_at is not None
        assert standing.proficient_session is not None
        waited = (
            evidence.session > standing.proficient_session and evidence.at - standing.proficient_at >= LATER
        )
        if evidence.review and (waited or not rule.later_session):
            return standing._replace(reached=Level.MASTERED)
        return standing
    if evidence.review:
        return standing._replace(reached=Level(standing.reached - 1))
    twice = len(standing.recent) > 1 and not standing.recent[-2].right
    if twice and standing.reached == Level.PROFICIENT:
        return standing._replace(reached=Level.FAMILIAR)
    return standing
