"""How each item does: how hard, whether it tells apart, how long it takes, which ones to look at first."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from courseware.insights.columns import NONE
from courseware.insights.derived import ITEMS, seconds_of
from courseware.insights.tables import Tables
from courseware.mastery.attempts import Ints

ENOUGH: Final = 8
"""Of fewer learners than this nothing is said."""
MISSES: Final = 0.25
"""Of those who can do the rest, no more than this should miss a sound item: else it is worth a look."""
FLAT: Final = 0.20
"""An item that they get right hardly more often than the others does not tell apart."""
Z: Final = 1.645
"""A one-sided 95% bound (Wilson 1927)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRow:
    """One item over the whole class. Shares are in [0, 1], None where there is too little to say.

    `right`: of first tries. `able` and `unable`: the same of those who, in the first tries around it, could
    do the objective on other items, and could not; their difference is `tells` (discrimination). `seconds`
    is the median. `odd` is at least how many of the able ones miss it (a 95% bound): what it is sorted by.
    `says` tells in words what is odd, "" if nothing is.
    """

    item: int
    id: str
    objectives: tuple[str, ...]
    tries: int
    right: float | None
    able: float | None
    able_tries: int
    unable: float | None
    tells: float | None
    seconds: float | None
    odd: float
    says: str


def rows(tables: Tables) -> list[ItemRow]:
    """All items that were answered, the oddest first."""
    counts, words = tables.counts, tables.columns.words
    sets = _sets(tables)
    found = []
    for number in range(len(counts.items)):
        of = dict(zip(ITEMS, counts.items[number].tolist(), strict=True))
        if of["answers"] == 0:
            continue
        able, unable = share(of["able_right"], of["able"]), share(of["unable_right"], of["unable"])
        tells = None if able is None or unable is None else able - unable
        missed = of["able"] - of["able_right"]
        odd = at_least(missed, of["able"]) if of["able"] >= ENOUGH else 0.0
        found.append(
            ItemRow(
                item=number,
                id=str(words["item"][number]),
                objectives=sets.get(number, ()),
                tries=of["tries"],
                right=share(of["right"], of["tries"], least=1),
                able=able,
                able_tries=of["able"],
                unable=unable,
                tells=tells,
                seconds=_median(counts.times[number]),
                odd=odd,
                says=_says(odd, missed, of["able"], tells),
            )
        )
    return sorted(found, key=lambda row: (-row.odd, row.tells if row.tells is not None else 1.0, row.id))


def _says(odd: float, missed: int, able: int, tells: float | None) -> str:
    if odd > MISSES:
        told = f"{missed} of {able} first tries by learners who could do the rest went wrong"
        if odd > 0.6:
            return f"{told}: look whether the key is right."
        return f"{told}: look for a second answer that can be defended, or words that mislead."
    if tells is not None and tells < FLAT and able >= 2 * ENOUGH:
        return "Who can do the rest gets it right hardly more often than who cannot: it tells little."
    return ""


def at_least(count: int, of: int) -> float:
    """A 95% lower bound for a share (Wilson 1927); 0 where nothing was counted."""
    if of <= 0:
        return 0.0
    p = count / of
    middle = p + Z * Z / (2 * of)
    spread = Z * math.sqrt(p * (1 - p) / of + Z * Z / (4 * of * of))
    return max(0.0, (middle - spread) / (1 + Z * Z / of))


def share(part: int, whole: int, least: int = ENOUGH) -> float | None:
    return part / whole if whole >= least else None


def _median(bins: Ints) -> float | None:
    total = int(bins.sum())
    if total == 0:
        return None
    return seconds_of(float(np.searchsorted(np.cumsum(bins), (total + 1) / 2)))


def _sets(tables: Tables) -> Mapping[int, tuple[str, ...]]:
    """The objectives of each item, by the course where it still has the item, else as it was last asked."""
    columns = tables.columns
    item, of = np.asarray(columns["item"]), np.asarray(columns["objectives"])
    names = columns.sets
    last: dict[int, tuple[str, ...]] = {}
    tail = slice(max(0, columns.rows - 200_000), columns.rows)
    for pair in np.unique((item[tail].astype(np.int64) << 32) + of[tail]).tolist():
        if pair >> 32 != NONE and names[pair & 0xFFFF_FFFF]:
            last[pair >> 32] = names[pair & 0xFFFF_FFFF]
    return last


@dataclass(frozen=True, slots=True, kw_only=True)
class MistakeRow:
    """A mistake of an item: how often, in which share of what went wrong, and what came after it.

    `key` None is what went wrong in no known way. `then` is the share right of learners' next answers to the
    item (None: too few), of `again` answers.
    """

    key: str | None
    count: int
    share: float
    again: int
    then: float | None


def mistakes(tables: Tables, items: Sequence[int]) -> list[MistakeRow]:
    """What went wrong in these items, the most frequent first."""
    chosen, words = set(items), tables.columns.words["mistake"]
    sums: Counter[tuple[str | None, int]] = Counter()
    for (item, mistake), values in tables.counts.mistakes.items():
        if item in chosen:
            for place, value in enumerate(values):
                sums[None if mistake == NONE else str(words[mistake]), place] += value
    keys = {key for key, _ in sums}
    whole = sum(sums[key, 0] for key in keys)
    found = [
        MistakeRow(
            key=key,
            count=sums[key, 0],
            share=sums[key, 0] / whole if whole else 0.0,
            again=sums[key, 1],
            then=share(sums[key, 2], sums[key, 1], least=5),
        )
        for key in keys
    ]
    return sorted(found, key=lambda row: (-row.count, row.key or ""))
