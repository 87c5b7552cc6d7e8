"""Alarms: what an instructor should see, and what makes another offer to a learner. Each with its evidence.

They never lower a level and never blame: they change what is offered.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum
from itertools import islice
from typing import Final

from checkers.result import RIGHT
from courseware.mastery.fold import Fold, Variant
from courseware.mastery.levels import Level

SPINNING: Final = 10
"""Variants answered without three right first tries in a row (Beck & Gong 2013)."""
EARLY: Final = 4
UNLIKELY: Final = 0.35
"""An early warning after so many, if the next first try at a typical item is less likely right than this."""
WRONG_TRIES: Final = 6
"""Wrong tries at one question: more of them would not help."""
LOOK_BACK: Final = 8
TOO_MANY: Final = 4
"""So many of the last LOOK_BACK variants answered make a habit."""
HINT_SECONDS: Final = 3.0
"""Hints taken faster than this one after the other were not read."""
WORDS_PER_SECOND: Final = 8.0
"""Faster than anybody reads to understand (Brysbaert 2019: 4)."""
LEAST_SECONDS: Final = 1.0
ABSENT: Final = timedelta(days=14)


class Kind(Enum):
    """What an alarm is about."""

    SPINNING = "wheel-spinning"
    STRUGGLING = "struggling"
    STUCK = "stuck on one question"
    HINTS = "hints unread"
    HASTE = "faster than reading"
    ABSENCE = "long absence"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """One thing to look at: `kind`, on which objective (None: in all), since when, and the numbers."""

    kind: Kind
    objective: str | None
    since: datetime
    evidence: Mapping[str, float] = field(default_factory=dict)


def alarms(state: Fold, now: datetime) -> tuple[Alarm, ...]:
    """All alarms for a learner at `now`: by objective first, then the others."""
    return (*_by_objective(state), *_habits(state), *_absence(state, now))


def _by_objective(fold: Fold) -> Iterator[Alarm]:
    stuck = _stuck(fold)
    for objective, standing in fold.standings.items():
        if standing.reached >= Level.PROFICIENT:
            continue
        chance = fold.predictor.chance((objective,), 0.0)
        since = standing.recent[-1].at if standing.recent else (fold.latest or datetime.min)
        evidence = {"answered": standing.search, "in a row": standing.row, "chance": round(chance, 3)}
        if standing.search >= SPINNING:
            yield Alarm(kind=Kind.SPINNING, objective=objective, since=since, evidence=evidence)
        elif standing.search >= EARLY and chance < UNLIKELY:
            yield Alarm(kind=Kind.STRUGGLING, objective=objective, since=since, evidence=evidence)
        elif objective in stuck:
            tries = stuck[objective]
            yield Alarm(kind=Kind.STUCK, objective=objective, since=since, evidence={"tries": tries})


def _stuck(fold: Fold) -> dict[str, int]:
    """The objectives of a question that is open now and was answered wrong again and again."""
    found = {}
    for asked in fold.current.values():
        variant = fold.variants[
            asked.item or "", asked.item_version or 0, -1 if asked.seed is None else asked.seed
        ]
        last = variant.last
        if variant.wrong >= WRONG_TRIES and last is not None and (last.score or 0) < RIGHT:
            found.update(dict.fromkeys(asked.objectives, variant.wrong))
    return found


def _habits(fold: Fold) -> Iterator[Alarm]:
    answered = (v for v in reversed(fold.variants.values()) if v.first is not None)
    last = list(islice(answered, LOOK_BACK))
    for kind, is_one in ((Kind.HINTS, hints_unread), (Kind.HASTE, hasty)):
        found = [variant for variant in last if is_one(variant)]
        if len(found) >= TOO_MANY and found[0].first is not None:
            evidence = {"so": len(found), "of the last": len(last)}
            yield Alarm(kind=kind, objective=None, since=found[0].first.at, evidence=evidence)


def _absence(fold: Fold, now: datetime) -> Iterator[Alarm]:
    latest = fold.latest
    if latest is None or now - latest < ABSENT or not fold.variants:
        return
    unfinished = [o for o in fold.rules if fold.standing(o).reached < Level.PROFICIENT]
    if unfinished:
        days = (now - latest) / timedelta(days=1)
        evidence = {"days": int(days), "objectives left": len(unfinished)}
        yield Alarm(kind=Kind.ABSENCE, objective=None, since=latest, evidence=evidence)


def hints_unread(variant: Variant) -> bool:
    """Whether two hints or more were taken one after the other, faster than they can be read."""
    at = variant.hinted_at
    first = variant.first
    if len(at) < 2 or (first is not None and first.at < at[-1]):
        return False
    return (at[-1] - at[0]).total_seconds() < HINT_SECONDS * (len(at) - 1)


def hasty(variant: Variant) -> bool:
    """Whether the first answer went wrong in less time than the question takes to read."""
    first = variant.first
    if first is None or first.duration_ms is None or (first.score or 0) >= RIGHT:
        return False
    words = len(str(variant.asked.detail.get("prompt", "")).split())
    return first.duration_ms / 1000 < max(LEAST_SECONDS, words / WORDS_PER_SECOND)
