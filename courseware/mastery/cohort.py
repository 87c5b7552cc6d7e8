"""The fold of a whole cohort at once: gate, levels and predictor, by columns.

It comes to the same as a Fold for each learner (to 1e-9; a test holds it to that), in a fraction of the
time: one learner and objective depend on no other, so all of them take their n-th answer together.
Placements, reviews' dates and what is open are left to Fold.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from typing import Final

import numpy as np

from courseware.mastery import gate
from courseware.mastery.attempts import NONE, Attempts, Bools, Floats, Ints, Rounds
from courseware.mastery.levels import EXPERT, LATER, SETTLED, Level
from courseware.mastery.predictor import AGEING, GAIN, OWN_GAIN
from courseware.mastery.rules import WINDOW
from courseware.rule import AVERAGE, BKT, Rule, in_a_row

LATER_US: Final = LATER // timedelta(microseconds=1)
LAST: Final = (1 << WINDOW) - 1
"""A mask over the last WINDOW answers, of which each is one bit (1: right)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """What each clean answer came to, one row for each of its objectives.

    `attempt` is the answer's row in the attempts, `pair` the row in the cohort; `reached` is the level that
    the pair has reached after it (of those from Proficient on, and what fell from there), and `settled` says
    that it ended a search for a footing (a Standing's `search` is 0 then).
    """

    attempt: Ints
    pair: Ints
    reached: Ints
    settled: Bools


@dataclass(frozen=True, slots=True, kw_only=True)
class Cohort:
    """Where each learner stands on each objective that the learner has answered, one row each.

    The columns are those of a Standing (`known`, `clean`, `reached` …); `on` is what the predictor adds for
    the objective. `ability` has one value for each learner of the attempts. `steps` tells how it came about.
    """

    learner: Ints
    objective: Ints
    known: Floats
    answers: Ints
    clean: Ints
    row: Ints
    made_one: Bools
    reached: Ints
    ever_proficient: Bools
    on: Floats
    ability: Floats
    steps: Steps


def folded(attempts: Attempts, rules: Mapping[str, Rule], intercept: float = 0.0) -> Cohort:
    """Fold the attempts of any number of learners. An objective without a rule has the default one."""
    width = max(1, len(attempts.objectives))
    row, slot = np.nonzero(attempts.objective != NONE)
    cell = attempts.learner[row] * width + attempts.objective[row, slot]
    answers = np.bincount(cell)
    there = np.flatnonzero(answers)
    number = np.zeros(len(answers), dtype=np.int64)
    number[there] = np.arange(len(there))
    pair = number[cell]
    counted = attempts.clean[row]
    row, slot, pair = row[counted], slot[counted], pair[counted]
    rounds = Rounds.of(pair)
    gates = _Gates.of(attempts, rules, there % width)
    reached, settled = gates.go(attempts, row, pair, rounds)
    ability, on = _predicted(attempts, row, slot, pair, rounds.turn, len(there), intercept)
    return Cohort(
        learner=there // width,
        objective=there % width,
        known=gates.known,
        answers=answers[there],
        clean=np.bincount(pair, minlength=len(there)),
        row=gates.row,
        made_one=gates.made_one,
        reached=gates.reached,
        ever_proficient=gates.ever_proficient,
        on=on,
        ability=ability,
        steps=Steps(attempt=row, pair=pair, reached=reached, settled=settled),
    )


class _Gates:
    """The gates of all pairs of learner and objective, as they move."""

    def __init__(self, objective: Ints, rules: list[Rule]) -> None:
        count = len(objective)
        kind = np.array([0 if r.kind == BKT else 1 if r.kind == AVERAGE else 2 for r in rules])
        self.by_tracing, self.by_average, self.by_row = (kind[objective] == n for n in range(3))
        self.asked = np.array([in_a_row(r.kind) if k == 2 else 1 for r, k in zip(rules, kind, strict=True)])[
            objective
        ]
        tracing = [rule.tracing for rule in rules]
        self.learn = np.array([t.t for t in tracing])[objective]
        self.start = np.array([t.l0 for t in tracing])[objective]
        self.threshold = np.where(self.by_row, 1.0, np.array([rule.threshold for rule in rules])[objective])
        self.waits = np.array([rule.later_session for rule in rules])[objective]
        self.a1 = -_logits([t.slip for t in tracing])
        self.a0 = _logits([t.guess for t in tracing])
        self.objective = objective
        self.known = np.where(self.by_tracing, self.start, 0.0)
        self.row = np.zeros(count, dtype=np.int64)
        self.made_one = np.zeros(count, dtype=np.bool_)
        self.reached = np.zeros(count, dtype=np.int64)
        self.ever_proficient = np.zeros(count, dtype=np.bool_)

    @classmethod
    def of(cls, attempts: Attempts, rules: Mapping[str, Rule], objective: Ints) -> _Gates:
        return cls(objective, [rules.get(name, EXPERT) for name in attempts.objectives])

    def go(self, attempts: Attempts, row: Ints, pair: Ints, rounds: Rounds) -> tuple[Ints, Bools]:
        """Take in all clean answers, a round at a time; the state is kept in the order of ranks meanwhile.

        Gives what each came to (Steps): the level reached after it, and whether it ended a search.
        """
        after, settled = np.zeros(len(row), dtype=np.int8), np.zeros(len(row), dtype=np.bool_)
        if not len(row):
            return after.astype(np.int64), settled
        order, bounds = rounds.order, rounds.bounds
        row, ranked = row[order], pair[order[: bounds[1]]]
        ratio = self._ratios(attempts, row, pair[order])
        places = self._places(ranked)
        self._arrange(places)
        right, is_open, item = attempts.right[row], attempts.open[row], attempts.item[row]
        review, at, session = attempts.review[row], attempts.at[row], attempts.session[row]
        count = len(ranked)
        bits, last_item = np.zeros(count, dtype=np.int64), np.full(count, -1)
        last_open, last_right = np.zeros(count, dtype=np.bool_), np.zeros(count, dtype=np.bool_)
        since, since_session = np.zeros(count, dtype=np.int64), np.zeros(count, dtype=np.int64)
        mixed = not self.by_tracing.all()
        for start, end in pairwise(bounds):
            rows, here = slice(start, end), slice(0, end - start)
            y, opened, asked = right[rows], is_open[rows], item[rows]
            known = self.known[here]
            odds = known / (1 - known) * ratio[rows] if not mixed else _odds(known, ratio[rows])
            moved = odds / (1 + odds)
            moved += (1 - moved) * self.learn[here]
            np.minimum(moved, gate.MOST, out=moved)
            bits[here] = (bits[here] << 1 | y) & LAST
            self.row[here] = np.where(y, self.row[here] + 1, 0)
            if mixed:
                share = np.bitwise_count(bits[here]) / WINDOW
                streak = np.minimum(self.row[here], self.asked[here]) / self.asked[here]
                moved = np.where(self.by_tracing[here], moved, np.where(self.by_average[here], share, streak))
            self.known[here] = moved
            self.made_one[here] |= y & opened
            reached = self.reached[here]
            held = reached >= Level.PROFICIENT
            opens = (
                ~held & (moved >= self.threshold[here]) & y & last_right[here]
                & (asked != last_item[here]) & (opened | last_open[here])
            )  # fmt: skip
            waited = (session[rows] > since_session[here]) & (at[rows] - since[here] >= LATER_US)
            masters = held & y & review[rows] & (waited | ~self.waits[here])
            fails = held & ~y & review[rows]
            twice = held & ~y & ~review[rows] & ~last_right[here] & (reached == Level.PROFICIENT)
            self.reached[here] = np.select(
                [opens, masters, fails | twice], [Level.PROFICIENT, Level.MASTERED, reached - 1], reached
            )
            self.ever_proficient[here] |= opens
            after[rows], settled[rows] = self.reached[here], held | opens | (self.row[here] >= SETTLED)
            since[here] = np.where(opens, at[rows], since[here])
            since_session[here] = np.where(opens, session[rows], since_session[here])
            last_item[here], last_open[here], last_right[here] = asked, opened, y
        self._arrange(np.argsort(places))
        return rounds.back(after).astype(np.int64), rounds.back(settled)

    def _places(self, ranked: Ints) -> Ints:
        """The pairs by rank; those without a clean answer come last."""
        rest = np.ones(len(self.known), dtype=np.bool_)
        rest[ranked] = False
        return np.concatenate([ranked, np.flatnonzero(rest)])

    def _arrange(self, places: Ints) -> None:
        for name in (
            "known", "row", "made_one", "reached", "ever_proficient", "by_tracing", "by_average", "by_row",
            "asked", "learn", "start", "threshold", "waits",
        ):  # fmt: skip
            setattr(self, name, getattr(self, name)[places])

    def _ratios(self, attempts: Attempts, row: Ints, pair: Ints) -> Floats:
        """P(answer | known) / P(answer | not known), a wrong one's spread over the item's objectives."""
        objective = self.objective[pair]
        guess, difficulty = attempts.guess[row], attempts.difficulty[row]
        p1 = guess + (1 - guess) / (1 + np.exp(difficulty - self.a1[objective]))
        p0 = guess + (1 - guess) / (1 + np.exp(difficulty - self.a0[objective]))
        right = attempts.right[row]
        ratio: Floats = np.where(right, p1 / p0, (1 - p1) / (1 - p0))
        if attempts.objective.shape[1] > 1:
            shared = (attempts.objective != NONE).sum(axis=1)[row]
            several = ~right & (shared > 1)
            ratio[several] **= 1 / shared[several]
        return ratio


def _odds(known: Floats, ratio: Floats) -> Floats:
    """Odds after an answer, where other rules may hold a value of 1."""
    safe = np.minimum(known, gate.MOST)
    odds: Floats = safe / (1 - safe) * ratio
    return odds


def _logits(chances: list[float]) -> Floats:
    p = np.array(chances, dtype=np.float64)
    logits: Floats = np.log(p / (1 - p))
    return logits


def _predicted(
    attempts: Attempts, row: Ints, slot: Ints, pair: Ints, turn: Ints, pairs: int, intercept: float
) -> tuple[Floats, Floats]:
    """The predictor after all clean answers: each learner's ability, and what each pair adds."""
    ability, on = np.zeros(len(attempts.learners)), np.zeros(pairs + 1)
    kept = np.flatnonzero(attempts.clean & (attempts.objective != NONE).any(axis=1))
    if not len(kept):
        return ability, on[:pairs]
    place = np.empty(len(attempts), dtype=np.int64)
    place[kept] = np.arange(len(kept))
    width = attempts.objective.shape[1]
    cell, gain = np.full((len(kept), width), pairs), np.zeros((len(kept), width))
    cell[place[row], slot] = pair
    gain[place[row], slot] = OWN_GAIN / (1 + AGEING * turn)
    share = (gain > 0) / (gain > 0).sum(axis=1, keepdims=True)
    rounds = Rounds.of(attempts.learner[kept])
    order, bounds = rounds.order, rounds.bounds
    kept, cell, gain, share = kept[order], cell[order], gain[order], share[order]
    base, right = intercept - attempts.difficulty[kept], attempts.right[kept].astype(np.float64)
    of = np.zeros(bounds[1])
    for number, (start, end) in enumerate(pairwise(bounds)):
        rows, here = slice(start, end), slice(0, end - start)
        if width == 1:
            own = on[cell[rows, 0]]
            error = right[rows] - 1 / (1 + np.exp(-(base[rows] + of[here] + own)))
            on[cell[rows, 0]] = own + gain[rows, 0] * error
        else:
            many = on[cell[rows]]
            z = base[rows] + of[here] + (many * share[rows]).sum(axis=1)
            error = right[rows] - 1 / (1 + np.exp(-z))
            on[cell[rows]] = many + gain[rows] * error[:, None]
        of[here] += GAIN / (1 + AGEING * number) * error
    ability[attempts.learner[kept[: bounds[1]]]] = of
    return ability, on[:pairs]
