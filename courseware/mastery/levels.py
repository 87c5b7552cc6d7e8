"""Levels: what an estimate and its evidence come to, for one learner and one objective."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import IntEnum
from typing import Final

from courseware.mastery import gate
from courseware.rule import Rule

FAMILIAR: Final = 0.70
LATER: Final = timedelta(hours=12)
SESSION_GAP: Final = timedelta(minutes=30)
RECENT: Final = 4
"""So many clean answers are looked back on, so that a long history costs no more than a short one."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a learner stands on one objective.

    `known` is P(known) right after the last clean answer; `recent` the last clean answers in order (RECENT
    at most) of `clean` in all; `made_one` says whether one on an open item was right; `reached` is the level
    that was last reached from Proficient on (it falls only by the rules there).
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

    def known_at(self, now: datetime) -> float:
        """P(known) as read at `now`: faded by time while the level is below Proficient."""
        if self.reached >= Level.PROFICIENT or not self.recent:
            return self.known
        return gate.faded(self.known, (now - self.recent[-1].at) / timedelta(days=1))

    def level_at(self, now: datetime) -> Level:
        """The level as read at `now`."""
        if self.reached >= Level.PROFICIENT:
            return self.reached
        if self.answers == 0:
            return Level.NOT_STARTED
        familiar = self.known_at(now) >= FAMILIAR or self.made_one or self.reached == Level.FAMILIAR
        return Level.FAMILIAR if familiar else Level.ATTEMPTED


def after(standing: Standing, evidence: Evidence, rule: Rule) -> Standing:
    """The standing after one more answer. An answer that is not clean moves nothing but the count."""
    standing = replace(standing, answers=standing.answers + 1)
    if not evidence.clean:
        return standing
    known = gate.updated(
        standing.known,
        right=evidence.right,
        guess=evidence.guess,
        difficulty=evidence.difficulty,
        objectives=evidence.objectives,
    )
    standing = replace(
        standing,
        known=known,
        clean=standing.clean + 1,
        recent=(*standing.recent, evidence)[-RECENT:],
        made_one=standing.made_one or (evidence.right and evidence.open),
    )
    if standing.reached >= Level.PROFICIENT:
        return _held(standing, evidence, rule)
    if opens(standing, rule):
        return replace(
            standing,
            reached=Level.PROFICIENT,
            ever_proficient=True,
            proficient_at=evidence.at,
            proficient_session=evidence.session,
        )
    return standing


def opens(standing: Standing, rule: Rule) -> bool:
    """The gate: sure enough, and the last two clean answers right on two items, at least one of them open."""
    if standing.known < rule.threshold or len(standing.recent) < 2:
        return False
    before, last = standing.recent[-2:]
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
            return replace(standing, reached=Level.MASTERED)
        return standing
    if evidence.review:
        return replace(standing, reached=Level(standing.reached - 1))
    twice = len(standing.recent) > 1 and not standing.recent[-2].right
    if twice and standing.reached == Level.PROFICIENT:
        return replace(standing, reached=Level.FAMILIAR)
    return standing
