"""Attempts of many learners as columns, for what looks at a whole class or a whole course at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from checkers.result import RIGHT
from courseware.events import Event, last_judged
from courseware.mastery.levels import SESSION_GAP

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

OPEN_GUESS: Final = 0.05
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
NONE: Final = -1
"""Fills the columns of an attempt's objectives behind its last one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempts:
    """Answers of many learners: one row each, a learner's rows together and in the order of their time.

    `learner` and `item` are places in `learners` and `items`; `objective` has one column for each
    objective that an item may have (places in `objectives`, NONE behind the last). `at` is in microseconds
    since 1970 (0 where a log has no times). `session` counts a learner's sittings from 0.
    """

    learner: Ints
    item: Ints
    objective: Ints
    right: Bools
    clean: Bools
    open: Bools
    review: Bools
    guess: Floats
    difficulty: Floats
    at: Ints
    session: Ints
    learners: Sequence[str]
    items: Sequence[str]
    objectives: Sequence[str]

    def __len__(self) -> int:
        return len(self.learner)

    def where(self, rows: Bools) -> Attempts:
        """Only these rows; the names and their places stay."""
        return Attempts(
            **{name: getattr(self, name)[rows] for name in ROWS},
            learners=self.learners,
            items=self.items,
            objectives=self.objectives,
        )

    def sets(self) -> tuple[Ints, list[tuple[str, ...]]]:
        """The set of objectives of each row, as a number, and the sets."""
        key = np.zeros(len(self), dtype=np.int64)
        for column in np.sort(self.objective, axis=1).T:  # numbered anew each time, so that none overflows
            key = np.unique(key * (len(self.objectives) + 1) + column - NONE, return_inverse=True)[1].ravel()
        row = np.unique(key, return_index=True)[1]
        return key, [tuple(self.objectives[o] for o in each if o != NONE) for each in self.objective[row]]

    @property
    def shares(self) -> Floats:
        """What each objective of a row weighs in it: 1/k for k of them, 0 where there is none."""
        there = self.objective != NONE
        shares: Floats = there / np.maximum(there.sum(axis=1, keepdims=True), 1)
        return shares

    @classmethod
    def of(cls, events: Iterable[Event]) -> Attempts:
        """The `answer` events of any learners, in any order; which are clean follows from all events."""
        ordered = sorted(
            last_judged({event.id: event for event in events}.values()),
            key=lambda e: (e.learner, e.at, e.id),
        )
        dealt: set[tuple[object, ...]] = set()
        touched: set[tuple[object, ...]] = set()
        answers: list[Event] = []
        clean: list[bool] = []
        session: list[int] = []
        before: Event | None = None
        sitting = 0
        for event in ordered:
            if before is None or before.learner != event.learner:
                sitting = 0
            elif event.at - before.at > SESSION_GAP:
                sitting += 1
            before = event
            variant = (event.learner, event.item, event.item_version, event.seed)
            if event.kind == "answer":
                answers.append(event)
                clean.append(event.item is None or variant not in touched)
                session.append(sitting)
            if event.kind in ("asked", "answer"):
                dealt.add(variant)
            if event.kind in ("hint", "solution", "answer") and variant in dealt:
                touched.add(variant)
        learners, learner = _places([event.learner for event in answers])
        items, item = _places([event.item or "" for event in answers])
        objectives, objective = _many_places([event.objectives for event in answers])
        return cls(
            learner=learner,
            item=item,
            objective=objective,
            right=np.array([(event.score or 0) >= RIGHT for event in answers], dtype=np.bool_),
            clean=np.array(clean, dtype=np.bool_),
            open=np.array([bool(event.open) for event in answers], dtype=np.bool_),
            review=np.array([event.source == "review" for event in answers], dtype=np.bool_),
            guess=np.array([OPEN_GUESS if e.guess is None else e.guess for e in answers], dtype=np.float64),
            difficulty=np.array([event.difficulty or 0.0 for event in answers], dtype=np.float64),
            at=np.array([(e.at - EPOCH) // timedelta(microseconds=1) for e in answers], dtype=np.int64),
            session=np.array(session, dtype=np.int64),
            learners=learners,
            items=items,
            objectives=objectives,
        )


ROWS: Final = (
    "learner", "item", "objective", "right", "clean", "open", "review", "guess", "difficulty", "at",
    "session",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Rounds:
    """Rows of many sequences put so that all first rows come first, then all second ones, and so on.

    `order` puts rows so; round n is `order[bounds[n]:bounds[n + 1]]`. Sequences are ranked by length, the
    longest first: the rows of every round belong to the sequences of rank 0, 1, 2 …, in that order. So what
    depends on the row before is computed for all sequences at once, a round at a time. `rank` is that of
    each row's sequence, `turn` its place in it.
    """

    order: Ints
    bounds: Sequence[int]
    rank: Ints
    turn: Ints

    @classmethod
    def of(cls, sequence: Ints) -> Rounds:
        """The rounds of rows that belong to these sequences; a sequence's rows stay in their order."""
        by_sequence = np.argsort(sequence, kind="stable")
        ordered = sequence[by_sequence]
        starts = (
            np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]]) if len(ordered) else np.zeros(0, int)
        )
        lengths = np.diff(np.r_[starts, len(ordered)])
        ranks = np.empty(len(starts), dtype=np.int64)
        ranks[np.argsort(-lengths, kind="stable")] = np.arange(len(starts))
        turn = np.empty(len(ordered), dtype=np.int64)
        rank = np.empty(len(ordered), dtype=np.int64)
        turn[by_sequence] = np.arange(len(ordered)) - np.repeat(starts, lengths)
        rank[by_sequence] = np.repeat(ranks, lengths)
        counts = np.bincount(turn) if len(turn) else np.zeros(0, int)
        bounds = np.r_[0, np.cumsum(counts)].tolist()
        order = np.empty(len(ordered), dtype=np.int64)
        order[np.asarray(bounds)[turn] + rank] = np.arange(len(ordered))
        return cls(order=order, bounds=bounds, rank=rank, turn=turn)

    def back(self, values: NDArray[Any]) -> NDArray[Any]:
        """Values in the order of rounds, put back in that of the rows."""
        rows = np.empty_like(values)
        rows[self.order] = values
        return rows


def occurrence(key: Ints) -> Ints:
    """How many earlier rows have the same key."""
    by_key = np.argsort(key, kind="stable")
    ordered = key[by_key]
    starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]]) if len(ordered) else np.zeros(0, int)
    count = np.empty(len(key), dtype=np.int64)
    count[by_key] = np.arange(len(key)) - np.repeat(starts, np.diff(np.r_[starts, len(key)]))
    return count


def _places(names: Sequence[str]) -> tuple[list[str], Ints]:
    known = {name: number for number, name in enumerate(dict.fromkeys(names))}
    return list(known), np.array([known[name] for name in names], dtype=np.int64)


def _many_places(rows: Sequence[Sequence[str]]) -> tuple[list[str], Ints]:
    known = {name: number for number, name in enumerate(dict.fromkeys(n for row in rows for n in row))}
    place = np.full((len(rows), max([1, *map(len, rows)])), NONE, dtype=np.int64)
    for number, row in enumerate(rows):
        place[number, : len(row)] = [known[name] for name in row]
    return list(known), place
