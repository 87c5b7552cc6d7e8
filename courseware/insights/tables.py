"""A class as tables: who stands where on what, and how items do. Kept beside the log, and brought up to date.

Only learners of whom something new came in are looked at again.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from courseware.insights import columns as kept
from courseware.insights import placed
from courseware.insights.columns import DAMAGE, PLACEMENT, Columns
from courseware.insights.derived import ITEMS, PAIRS, PEOPLE, Counts, Derived, Table, derived, joined, where
from courseware.insights.placed import microseconds, moment
from courseware.insights.source import Source
from courseware.mastery import gate
from courseware.mastery.attempts import Floats, Ints
from courseware.mastery.levels import FAMILIAR, Level
from courseware.rule import BKT

FORMAT: Final = 1
FILE: Final = "tables.npz"
AT_ONCE: Final = 1_500_000
"""Learners are looked at in parts of about so many events, so that a large log takes no more memory."""
STALE: Final = timedelta(days=30)
"""A class in which nothing happened for longer is shown as it was at its last event."""
DAY_US: Final = 86_400_000_000

Told = Callable[[str, int, int], object]
"""Is told what is done, how much of it, and of how much (0: not known)."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Tables:
    """Where everybody stands: PAIRS and PEOPLE, and what is counted of items.

    `learners` are the ids behind the tables' `learner`; `names` what to call them. `now` is the time that
    levels are read at.
    """

    source: Source
    columns: Columns
    pairs: Table
    people: Table
    counts: Counts
    now: datetime

    @property
    def objectives(self) -> list[str]:
        return list(self.source.course.objectives)

    @property
    def learners(self) -> Sequence[str]:
        return self.columns.words["learner"]

    @cached_property
    def names(self) -> list[str]:
        return [self.source.name(learner) for learner in self.learners]

    @cached_property
    def known(self) -> Floats:
        """Each pair's value as read at `now`: faded by time below Proficient."""
        pairs = self.pairs
        rules = [self.source.rules[o] for o in self.objectives]
        fades = np.array([rule.kind == BKT for rule in rules], dtype=np.bool_)[pairs["objective"]]
        start = np.array([rule.tracing.l0 for rule in rules])[pairs["objective"]]
        days = (microseconds(self.now) - pairs["clean_at"]) / DAY_US
        read: Floats = pairs["known"].copy()
        falls = (
            fades & (pairs["clean"] > 0) & (pairs["reached"] < Level.PROFICIENT)
            & (days > gate.REST_DAYS) & (read > start)
        )  # fmt: skip
        read[falls] = start[falls] + (read[falls] - start[falls]) / np.sqrt(
            1 + days[falls] / gate.FORGETTING_DAYS
        )
        return read

    @cached_property
    def level(self) -> Ints:
        """Each pair's level at `now`, as a number from 1 (Attempted) to 4 (Mastered)."""
        reached = self.pairs["reached"].astype(np.int64)
        familiar = (self.known >= FAMILIAR) | self.pairs["made_one"] | (reached == Level.FAMILIAR)
        low = np.where(familiar, Level.FAMILIAR, Level.ATTEMPTED)
        return np.where(reached >= Level.PROFICIENT, reached, low).astype(np.int64)

    @cached_property
    def levels(self) -> NDArray[np.int8]:
        """Levels as a table of learners and objectives (0: not started)."""
        table = np.zeros((len(self.learners), len(self.objectives)), dtype=np.int8)
        table[self.pairs["learner"], self.pairs["objective"]] = self.level
        return table

    @cached_property
    def row_of(self) -> NDArray[np.int64]:
        """The row of a learner and an objective in PAIRS, −1 where there is none."""
        table = np.full((len(self.learners), len(self.objectives)), -1, dtype=np.int64)
        table[self.pairs["learner"], self.pairs["objective"]] = np.arange(len(self.pairs["learner"]))
        return table


def load(source: Source, *, clock: datetime, told: Told = lambda *_: None) -> Tables:
    """The tables of a source, from what is kept and what is new; `clock` is the time now.

    Raises LogError where the log cannot be read.
    """
    columns = kept.read(source, lambda rows: told("Reading", rows, 0))
    objectives = list(source.course.objectives)
    digest = hashlib.sha256(repr([(o, source.rules[o]) for o in objectives]).encode()).hexdigest()
    before = _kept(columns, digest)
    if before is None:
        before = _Kept(rows=0, derived=_nothing())
    now = before
    if before.rows < columns.rows:
        now = _updated(before, source, columns, objectives, told)
        _save(columns, digest, now)
    latest = int(now.derived.people["last_at"].max(initial=0))
    at = clock if not latest or clock - moment(latest) <= STALE else moment(latest)
    return Tables(
        source=source,
        columns=columns,
        pairs=now.derived.pairs,
        people=now.derived.people,
        counts=now.derived.counts,
        now=at,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    """What was derived from so many rows."""

    rows: int
    derived: Derived


def _nothing() -> Derived:
    return Derived(pairs=joined([], PAIRS), people=joined([], PEOPLE), counts=Counts.none())


def _updated(before: _Kept, source: Source, columns: Columns, objectives: Sequence[str], told: Told) -> _Kept:
    """The same after the rows that are new: learners with new events are derived anew, the others stay."""
    learner = columns["learner"]
    touched = np.unique(np.asarray(learner[before.rows :]))
    was = before.derived
    stay = [where(t, ~np.isin(t["learner"], touched)) for t in (was.pairs, was.people)]
    parts = [Derived(pairs=stay[0], people=stay[1], counts=was.counts)]
    counts = was.counts
    done = 0
    for number, rows in enumerate(_parts(np.asarray(learner), touched)):
        if before.rows and (old := rows[rows < before.rows]).size:
            counts = counts.plus(derived(columns, old, source.rules, objectives).counts, -1)
        new = derived(columns, rows, source.rules, objectives)
        counts = counts.plus(new.counts)
        parts.append(_with_placements(new, source, columns, rows, objectives))
        done += len(rows)
        if number or done < columns.rows:
            told("Working out", done, columns.rows if not before.rows else 0)
    return _Kept(
        rows=columns.rows,
        derived=Derived(
            pairs=joined([part.pairs for part in parts], PAIRS),
            people=joined([part.people for part in parts], PEOPLE),
            counts=counts,
        ),
    )


def _parts(learner: NDArray[Any], touched: Ints) -> Iterator[Ints]:
    """The rows of the learners that were touched, some learners at a time."""
    many = np.bincount(learner, minlength=int(touched.max(initial=-1)) + 1)[touched]
    part = np.cumsum(many) // AT_ONCE
    if len(part) and part[-1] == 0:
        chosen = np.isin(learner, touched)
        yield np.flatnonzero(chosen)
        return
    number = np.full(int(learner.max(initial=-1)) + 1, -1, dtype=np.int64)
    number[touched] = part
    for each in range(int(part.max(initial=-1)) + 1):
        rows = np.flatnonzero(number[learner] == each)
        if len(rows):
            yield rows


def _with_placements(
    new: Derived, source: Source, columns: Columns, rows: Ints, objectives: Sequence[str]
) -> Derived:
    """Whoever took a placement has the rows that Fold gives."""
    took = np.asarray(columns["kind"])[rows] == PLACEMENT
    learners = np.unique(np.asarray(columns["learner"])[rows[took]])
    if not len(learners):
        return new
    theirs = []
    for number in learners:
        events = source.events(columns.words["learner"][number], witnessed=False)
        theirs.append(placed.pairs(int(number), events, source.rules, objectives, columns.words["mistake"]))
    others = where(new.pairs, ~np.isin(new.pairs["learner"], learners))
    return replace(new, pairs=joined([others, *theirs], PAIRS))


def _kept(columns: Columns, digest: str) -> _Kept | None:
    try:
        path = columns.folder / FILE
        with path.open("rb") as opened, np.load(opened, allow_pickle=False) as file:
            told = json.loads(str(file["told"]))
            if told["format"] != FORMAT or told["stamp"] != columns.stamp or told["digest"] != digest:
                return None
            if told["rows"] > columns.rows:
                return None
            mistakes = {(int(i), int(m)): (int(a), int(b), int(c)) for i, m, a, b, c in file["mistakes"]}
            return _Kept(
                rows=told["rows"],
                derived=Derived(
                    pairs={name: file[f"pairs.{name}"] for name in PAIRS},
                    people={name: file[f"people.{name}"] for name in PEOPLE},
                    counts=Counts(items=file["items"], times=file["times"], mistakes=mistakes),
                ),
            )
    except DAMAGE:
        return None


def _save(columns: Columns, digest: str, now: _Kept) -> None:
    """Write the tables whole, or not at all; where nothing can be written they are worked out again."""
    told = {"format": FORMAT, "stamp": columns.stamp, "digest": digest, "rows": now.rows}
    counts = now.derived.counts
    mistakes = np.array([(*key, *value) for key, value in counts.mistakes.items()], dtype=np.int64)
    arrays: dict[str, Any] = {
        "told": np.array(json.dumps(told)),
        "items": counts.items.reshape(-1, len(ITEMS)),
        "times": counts.times,
        "mistakes": mistakes.reshape(-1, 5),
        **{f"pairs.{name}": values for name, values in now.derived.pairs.items()},
        **{f"people.{name}": values for name, values in now.derived.people.items()},
    }
    part: Path | None = None
    try:
        handle, name = tempfile.mkstemp(dir=columns.folder, suffix=".part.npz")
        part = Path(name)
        with os.fdopen(handle, "wb") as file:
            np.savez(file, **arrays)
        part.replace(columns.folder / FILE)
    except OSError:
        if part is not None:
            part.unlink(missing_ok=True)
