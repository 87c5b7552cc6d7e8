"""What follows from some learners' events, by columns: where they stand, how they work, how items do.

It comes to what a Fold and the alarms come to for each learner (a test holds it to that). Whoever took a
placement is left to Fold itself (placed.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from courseware.insights.columns import ANSWER, ASKED, HELP, HINT, NONE, SOLUTION, Columns
from courseware.mastery.alarms import (
    HINT_SECONDS,
    LEAST_SECONDS,
    LOOK_BACK,
    SPINNING,
    WORDS_PER_SECOND,
)
from courseware.mastery.attempts import OPEN_GUESS, Attempts, Bools, Ints, occurrence
from courseware.mastery.cohort import Cohort, folded
from courseware.mastery.levels import SESSION_GAP, Level
from courseware.rule import Rule

Table = dict[str, NDArray[Any]]
MICRO: Final = timedelta(microseconds=1)
SECOND: Final = 1_000_000
NEAR: Final = 3
"""So many first tries before and after one, on other items of its objective, say what could be done then."""
ABLE: Final = 0.75
UNABLE: Final = 0.34
"""At least and at most such a share of them right."""
BINS: Final = 64
SHORTEST: Final = 250.0
"""Times of answers are counted in BINS steps of a fourth of an octave, from so many milliseconds on."""

PAIRS: Final[Mapping[str, str]] = {
    "learner": "i4", "objective": "i4", "known": "f8", "answers": "i4", "clean": "i4", "right": "i4",
    "row": "i4", "made_one": "?", "reached": "i1", "ever": "?", "search": "i4", "onset": "i8",
    "clean_at": "i8", "first_at": "i8", "last_at": "i8", "proficient_at": "i8", "mastered_at": "i8",
    "tries": "i4", "slip": "i4", "slips": "i4", "placed": "?",
}  # fmt: skip
"""One row for a learner and an objective that was answered: a Standing's columns, and when things came.

Times are in µs since 1970, 0 for never. `right` counts right first tries, `tries` the first tries that it
took to Proficient; `onset` is when the search for a footing came to SPINNING variants. `slip`: the mistake
that came up most (NONE: none did), `slips` times.
"""
TIMES: Final = ("first_at", "last_at", "clean_at", "proficient_at", "mastered_at", "onset", "tries")
PEOPLE: Final[Mapping[str, str]] = {
    "learner": "i4", "first_at": "i8", "last_at": "i8", "answers": "i4", "sessions": "i4", "of": "i4",
    "hasty": "i4", "hasty_at": "i8", "unread": "i4", "unread_at": "i8",
}  # fmt: skip
"""One row for a learner; `hasty` and `unread` count among the last variants answered (`of`), as alarms do."""
ITEMS: Final = (
    "tries",
    "right",
    "able",
    "able_right",
    "unable",
    "unable_right",
    "answers",
    "wrong",
    "no_mistake",
)
"""What is counted of an item: first tries, by those who could do the rest then and by those who could not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What is counted of items, over learners: sums, so that they can be added and taken away.

    `items` has ITEMS for each item, `times` BINS for each. `mistakes` maps item and mistake (NONE: wrong in
    no known way) to answers, learners' next answers to that item, and how many of these were right.
    """

    items: Ints
    times: Ints
    mistakes: Mapping[tuple[int, int], tuple[int, int, int]]

    def plus(self, other: Counts, sign: int = 1) -> Counts:
        count = max(len(self.items), len(other.items))
        sums: dict[tuple[int, int], tuple[int, int, int]] = dict(self.mistakes)
        for key, (a, b, c) in other.mistakes.items():
            x, y, z = sums.get(key, (0, 0, 0))
            sums[key] = x + sign * a, y + sign * b, z + sign * c
        return Counts(
            items=_grown(self.items, count) + sign * _grown(other.items, count),
            times=_grown(self.times, count) + sign * _grown(other.times, count),
            mistakes={key: value for key, value in sums.items() if any(value)},
        )

    @classmethod
    def none(cls) -> Counts:
        return cls(
            items=np.zeros((0, len(ITEMS)), dtype=np.int64),
            times=np.zeros((0, BINS), dtype=np.int64),
            mistakes={},
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived:
    """What follows for some learners: PAIRS, PEOPLE, and the counts of items."""

    pairs: Table
    people: Table
    counts: Counts


def derived(columns: Columns, rows: Ints, rules: Mapping[str, Rule], objectives: Sequence[str]) -> Derived:
    """What follows from these rows: all events of some learners, or all up to some place in the log.

    `objectives` gives the places of objectives in the tables; others that a course once had are left out.
    """
    took = _in_order(columns, rows)
    learner, at, kind = took["learner"], took["at"], took["kind"]
    begins = np.r_[True, learner[1:] != learner[:-1]] if len(learner) else np.zeros(0, dtype=np.bool_)
    session = _sessions(at, begins)
    clean, first, habits = _variants(took, begins)
    answer = np.flatnonzero(kind == ANSWER)
    who, place = np.unique(learner, return_inverse=True)
    attempts = _attempts(columns, took, answer, place, session, clean, objectives, len(who))
    cohort = folded(attempts, rules)
    pairs = _pairs(cohort, attempts, first[answer], took["mistake"][answer], who)
    pairs = where(pairs, pairs["objective"] < len(objectives))
    starts = np.flatnonzero(begins)
    ends = np.r_[starts[1:], len(learner)] - 1
    people: Table = {
        "learner": learner[starts],
        "first_at": at[starts],
        "last_at": at[ends],
        "answers": np.bincount(place[answer], minlength=len(who)),
        "sessions": session[ends] + 1,
        **habits,
    }
    return Derived(
        pairs=typed(pairs, PAIRS),
        people=typed(people, PEOPLE),
        counts=_counts(took, answer, attempts, cohort),
    )


def typed(table: Mapping[str, NDArray[Any]], types: Mapping[str, str]) -> Table:
    return {name: np.asarray(table[name]).astype(kind) for name, kind in types.items()}


def joined(tables: Sequence[Table], types: Mapping[str, str]) -> Table:
    """Tables one below the other."""
    return {
        name: np.concatenate([np.zeros(0, kind), *(table[name] for table in tables)]).astype(kind)
        for name, kind in types.items()
    }


def where(table: Table, rows: NDArray[Any]) -> Table:
    return {name: values[rows] for name, values in table.items()}


def _in_order(columns: Columns, rows: Ints) -> Table:
    """The rows' columns, each learner's together and in the order of the fold."""
    names = ("learner", "at", "kind", "item", "variant", "objectives", "right", "open", "review", "guess",
             "difficulty", "mistake", "ms", "words")  # fmt: skip
    took: Table = {name: np.asarray(columns[name])[rows] for name in names}
    order = np.argsort(took["learner"], kind="stable")
    learner, at = took["learner"][order], took["at"][order]
    if np.any((at[1:] <= at[:-1]) & (learner[1:] == learner[:-1])):
        tie = np.asarray(columns["tie"])[rows]
        order = np.lexsort((tie, took["at"], took["learner"]))
    return where(took, order)


def _sessions(at: Ints, begins: Bools) -> Ints:
    gap = np.zeros(len(at), dtype=np.int64)
    gap[1:] = (np.diff(at) > SESSION_GAP // MICRO) & ~begins[1:]
    total = np.cumsum(gap)
    return total - _at_start(total, begins)


def _at_start(values: Ints, begins: Bools) -> Ints:
    """For each row, the value at the first row of its stretch."""
    starts = np.flatnonzero(begins)
    if not len(starts):
        return values
    spread: Ints = np.repeat(values[starts], np.diff(np.r_[starts, len(values)]))
    return spread


def _so_far(flags: Bools, begins: Bools) -> Ints:
    """How many of a stretch's rows have the flag, up to each row and with it."""
    total = np.cumsum(flags)
    return total - _at_start(total - flags, begins)


def _variants(took: Table, begins: Bools) -> tuple[Bools, Bools, Table]:
    """Which answers are clean, which the first to their variant, and the habits of each learner."""
    kind = took["kind"]
    clean = (kind == ANSWER) & (took["item"] == NONE)
    first = clean.copy()
    on_item = np.flatnonzero(((kind <= SOLUTION) | (kind == HELP)) & (took["item"] != NONE))
    order = on_item[np.lexsort((took["variant"][on_item], took["learner"][on_item]))]
    learner, variant, what, at = (took[n][order] for n in ("learner", "variant", "kind", "at"))
    new = (
        np.r_[True, (learner[1:] != learner[:-1]) | (variant[1:] != variant[:-1])]
        if len(order)
        else np.zeros(0, dtype=np.bool_)
    )
    answers = what == ANSWER
    dealt = _so_far((what == ASKED) | answers, new) > 0
    touches = (what != ASKED) & dealt
    clean[order] = answers & (_so_far(touches, new) - touches == 0)
    is_first = answers & (_so_far(answers, new) == 1)
    first[order] = is_first
    hints = (what == HINT) & dealt
    group = np.cumsum(new) - 1
    answered = np.flatnonzero(is_first)
    of = group[answered]
    count = np.bincount(group[hints], minlength=len(new))
    first_hint, last_hint = np.zeros(len(new), dtype=np.int64), np.zeros(len(new), dtype=np.int64)
    hinted = np.flatnonzero(hints)
    last_hint[group[hinted]] = at[hinted]
    first_hint[group[hinted[::-1]]] = at[hinted[::-1]]
    starts = np.flatnonzero(new)
    words = np.where(what[starts] == ASKED, took["words"][order][starts], 0)[of]
    ms, right = took["ms"][order][answered], took["right"][order][answered]
    seconds = np.maximum(LEAST_SECONDS, words / WORDS_PER_SECOND)
    hasty = (ms != NONE) & ~right & (ms / 1000 < seconds)
    unread = (
        (count[of] >= 2)
        & (at[answered] >= last_hint[of])
        & (last_hint[of] - first_hint[of] < HINT_SECONDS * SECOND * (count[of] - 1))
    )
    habits = _habits(
        took["learner"], begins, learner[answered], order[starts][of], at[answered], hasty, unread
    )
    return clean, first, habits


def _habits(
    every: Ints, begins: Bools, learner: Ints, dealt: Ints, at: Ints, hasty: Bools, unread: Bools
) -> Table:
    """How many of each learner's last LOOK_BACK variants answered (as they were dealt) are so."""
    names = every[begins]
    order = np.lexsort((-dealt, learner))
    learner, at = learner[order], at[order]
    last = occurrence(learner) < LOOK_BACK
    place = np.searchsorted(names, learner)
    table: Table = {"of": np.bincount(place[last], minlength=len(names))}
    for name, flags in (("hasty", hasty[order] & last), ("unread", unread[order] & last)):
        table[name] = np.bincount(place[flags], minlength=len(names))
        latest = np.zeros(len(names), dtype=np.int64)
        latest[place[flags][::-1]] = at[flags][::-1]  # the latest comes first in this order
        table[f"{name}_at"] = latest
    return table


def _attempts(
    columns: Columns,
    took: Table,
    answer: Ints,
    place: Ints,
    session: Ints,
    clean: Bools,
    objectives: Sequence[str],
    learners: int,
) -> Attempts:
    every = list(dict.fromkeys([*objectives, *(o for each in columns.sets for o in each)]))
    at = {name: number for number, name in enumerate(every)}
    sets = [[at[o] for o in each] for each in columns.sets]
    width = max([1, *map(len, sets)])
    of = np.full((len(sets) + 1, width), NONE, dtype=np.int64)
    for number, each in enumerate(sets):
        of[number, : len(each)] = each
    guesses = np.array([*columns.words["guess"], OPEN_GUESS], dtype=np.float64)
    difficulties = np.array([*columns.words["difficulty"], 0.0], dtype=np.float64)
    chosen = where(took, answer)
    return Attempts(
        learner=place[answer].astype(np.int64),
        item=chosen["item"].astype(np.int64),
        objective=of[chosen["objectives"]],
        right=chosen["right"],
        clean=clean[answer],
        open=chosen["open"],
        review=chosen["review"],
        guess=guesses[chosen["guess"]],
        difficulty=difficulties[chosen["difficulty"]],
        at=chosen["at"],
        session=session[answer],
        learners=[""] * learners,
        items=list(columns.words["item"]),
        objectives=every,
    )


def _pairs(cohort: Cohort, attempts: Attempts, first: Bools, mistake: Ints, who: Ints) -> Table:
    """PAIRS: the cohort's columns, and when things came."""
    many, width = len(cohort.learner), max(1, len(attempts.objectives))
    row, slot = np.nonzero(attempts.objective != NONE)
    cell = attempts.learner[row] * width + attempts.objective[row, slot]
    pair = np.searchsorted(cohort.learner * width + cohort.objective, cell)
    at, steps = attempts.at, cohort.steps
    times = {name: np.zeros(many, dtype=np.int64) for name in TIMES}
    times["last_at"][pair] = at[row]
    times["first_at"][pair[::-1]] = at[row[::-1]]
    times["clean_at"][steps.pair] = at[steps.attempt]
    tries = occurrence(steps.pair) + 1
    for name, level in (("proficient_at", Level.PROFICIENT), ("mastered_at", Level.MASTERED)):
        there = np.flatnonzero(steps.reached >= level)[::-1]
        times[name][steps.pair[there]] = at[steps.attempt[there]]
        if level == Level.PROFICIENT:
            times["tries"][steps.pair[there]] = tries[there]
    settled = np.full(many, -1)
    ended = np.flatnonzero(steps.settled)
    settled[steps.pair[ended]] = steps.attempt[ended]
    searching = first[row] & (row > settled[pair]) & (cohort.reached[pair] < Level.PROFICIENT)
    turn, of = occurrence(pair[searching]), pair[searching]
    times["onset"][of[turn == SPINNING - 1]] = at[row[searching]][turn == SPINNING - 1]
    return {
        "learner": who[cohort.learner],
        "objective": cohort.objective,
        "known": cohort.known,
        "answers": cohort.answers,
        "clean": cohort.clean,
        "right": np.bincount(steps.pair[attempts.right[steps.attempt]], minlength=many),
        "row": cohort.row,
        "made_one": cohort.made_one,
        "reached": cohort.reached,
        "ever": cohort.ever_proficient,
        "search": np.bincount(of, minlength=many),
        "placed": np.zeros(many, dtype=np.bool_),
        **_slips(pair, mistake[row], many),
        **times,
    }


def _slips(pair: Ints, mistake: Ints, many: int) -> Table:
    """The mistake that came up most for each pair."""
    there = mistake != NONE
    keys, count = np.unique((pair[there] << 32) + mistake[there], return_counts=True)
    order = np.argsort(count, kind="stable")  # the most frequent one is put down last
    slip, slips = np.full(many, NONE), np.zeros(many, dtype=np.int64)
    slip[keys[order] >> 32] = keys[order] & 0xFFFF_FFFF
    slips[keys[order] >> 32] = count[order]
    return {"slip": slip, "slips": slips}


def _counts(took: Table, answer: Ints, attempts: Attempts, cohort: Cohort) -> Counts:
    many = int(attempts.item.max(initial=-1)) + 1
    on_item = attempts.item != NONE
    able, unable = _could(attempts, cohort)
    tried = attempts.clean & on_item
    wrong = ~attempts.right & on_item
    mistake = took["mistake"][answer]
    flags = {
        "tries": tried, "right": tried & attempts.right, "able": tried & able,
        "able_right": tried & able & attempts.right, "unable": tried & unable,
        "unable_right": tried & unable & attempts.right, "answers": on_item, "wrong": wrong,
        "no_mistake": wrong & (mistake == NONE),
    }  # fmt: skip
    items = np.stack([np.bincount(attempts.item[flags[n]], minlength=many) for n in ITEMS], axis=1)
    ms = took["ms"][answer]
    timed = tried & (ms > 0)
    times = np.bincount(attempts.item[timed] * BINS + bin_of(ms[timed]), minlength=many * BINS)
    return Counts(
        items=items, times=times.reshape(many, BINS), mistakes=_after_mistakes(attempts, wrong, mistake)
    )


def bin_of(ms: Ints) -> Ints:
    steps = 4 * np.log2(np.maximum(ms, SHORTEST) / SHORTEST)
    return np.minimum(steps.astype(np.int64), BINS - 1)


def seconds_of(number: float) -> float:
    """The middle of a bin, in seconds."""
    return float(SHORTEST / 1000 * 2.0 ** ((number + 0.5) / 4))


def _could(attempts: Attempts, cohort: Cohort) -> tuple[Bools, Bools]:
    """Whether a learner could do what an answer is about, and could not, by the tries around it on others."""
    steps = cohort.steps
    order = np.argsort(steps.pair, kind="stable")
    pair, attempt = steps.pair[order], steps.attempt[order]
    item, right = attempts.item[attempt], attempts.right[attempt]
    seen, rights = np.zeros(len(pair), dtype=np.int64), np.zeros(len(pair), dtype=np.int64)
    for by in range(1, NEAR + 1):
        other = (pair[by:] == pair[:-by]) & (item[by:] != item[:-by])
        seen[by:] += other
        seen[:-by] += other
        rights[by:] += other & right[:-by]
        rights[:-by] += other & right[by:]
    all_of, none_of = np.ones(len(attempts), dtype=np.bool_), np.zeros(len(attempts), dtype=np.bool_)
    enough = seen >= 2
    # Of several objectives all have to be there, and one that is not is enough to miss.
    all_of[attempt[~(enough & (rights >= ABLE * seen))]] = False
    none_of[attempt[enough & (rights <= UNABLE * seen)]] = True
    there = np.zeros(len(attempts), dtype=np.bool_)
    there[attempt] = True
    return all_of & there, none_of


def _after_mistakes(
    attempts: Attempts, wrong: Bools, mistake: Ints
) -> dict[tuple[int, int], tuple[int, int, int]]:
    """For item and mistake: how often, how often that item was answered again, how often rightly."""
    order = np.lexsort((attempts.item, attempts.learner))
    learner, item, right = attempts.learner[order], attempts.item[order], attempts.right[order]
    again = np.zeros(len(order), dtype=np.bool_)
    again[:-1] = (learner[1:] == learner[:-1]) & (item[1:] == item[:-1])
    then_right = np.zeros(len(order), dtype=np.bool_)
    then_right[:-1] = again[:-1] & right[1:]
    missed = wrong[order]
    key = item[missed] * (1 << 31) + mistake[order][missed] + 1
    keys, place = np.unique(key, return_inverse=True)
    sums = [
        np.bincount(place, weights, len(keys)).astype(np.int64)
        for weights in (None, again[missed], then_right[missed])
    ]
    return {
        (int(k) >> 31, (int(k) & 0x7FFF_FFFF) - 1): (int(a), int(b), int(c))
        for k, a, b, c in zip(keys, *sums, strict=True)
    }


def _grown(values: Ints, count: int) -> Ints:
    if len(values) == count:
        return values
    grown = np.zeros((count, values.shape[1]), dtype=np.int64)
    grown[: len(values)] = values
    return grown
