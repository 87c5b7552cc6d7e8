"""When a gate opens too early or too late: ours beside N in a row and plain knowledge tracing.

Simulated learners practise one objective, question after question, in two worlds where what they know is
known: *all-or-none* (known or not, learned at one stroke) and *graded* (skill grows with practice; known
means that a typical open question goes right with the chance `--known`). Of six items, as many
as `--closed` says are picked from options (by turns of four and of six); difficulties are
authors' three labels and some noise. All criteria see the same answers. One wrong answer in three is tried
again, as learners do: whether retries count is part of the criterion.

  false mastery   opened while the objective was not known, of all that opened
  over            over-practice: questions between knowing and opening (mean)
  missed          known for ten questions and more, and not open at the end, of all that were known so long
  practice        questions until it opened, or all of them (mean)
  later session   false mastery a day on, of those who then get one open review question right

A stricter criterion has less false mastery and more practice. So each is compared at *equal practice*: that
of three clean right answers in a row. The threshold of our gate and of plain tracing is set, on learners of
their own, so that they ask for as much practice; the figures come from other learners, with 95% intervals.

Example: python benchmarks/decisions.py --learners 20000 --seed 1

The last line is one JSON object: {world: {criterion: {"false_mastery": [share, low, high], "over_practice",
"missed", "practice", "after_later_session", "threshold"}}}.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from courseware.mastery.gate import A0, A1, L0, MOST, T

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

QUESTIONS = 30
ITEMS = 6
PICKED = (1 / 4, 1 / 6)
"""The chance to pick right blindly, by turns."""
LABELS = np.array([-0.7, 0.0, 0.7])
LONG = 10
REST_DAYS = 1.0
PLAIN = {"l0": 0.3, "t": 0.1, "guess": 0.2, "slip": 0.1}
"""Plain knowledge tracing, with the constants that textbooks give it."""


@dataclass(frozen=True, kw_only=True)
class Practice:
    """Answers of many learners (rows) to one question after the other (columns).

    `known`: before each answer; `retried`: a wrong answer that was tried again, and `retry` how that went.
    `later`: of each moment, whether it is still known a day on, and how an open question goes then.
    """

    right: Bools
    known: Bools
    open: Bools
    item: NDArray[np.int64]
    guess: Floats
    difficulty: Floats
    retried: Bools
    retry: Bools
    later_known: Bools
    later_right: Bools


def sigmoid(x: Floats) -> Floats:
    return 1 / (1 + np.exp(-x))


def practised(world: str, learners: int, seed: int, *, closed: int, known_from: float) -> Practice:
    """Let learners practise in a world."""
    chance = np.random.default_rng([seed, world == "graded"])
    shape = (learners, QUESTIONS)
    rounds = [np.argsort(chance.random((learners, ITEMS)), axis=1) for _ in range(QUESTIONS // ITEMS)]
    item = np.concatenate(rounds, axis=1)  # each item once, then each once more, in another order
    true = LABELS[item % 3] + chance.normal(0, 0.4, (learners, ITEMS))[np.arange(learners)[:, None], item]
    guess = np.array([PICKED[n % 2] if n < closed else 0.0 for n in range(ITEMS)])[item]
    is_open = guess == 0
    if world == "all-or-none":
        slip = chance.uniform(0.04, 0.14, size=(learners, 1))
        lucky = chance.uniform(0.02, 0.12, size=(learners, 1))
        learns = np.clip(chance.lognormal(np.log(0.12), 0.6, size=(learners, 1)), 0.01, 0.6)
        begins = chance.random((learners, 1)) < 0.3
        moment = chance.geometric(learns)
        known = begins | (np.arange(QUESTIONS) >= moment)
        z = np.where(known, np.log((1 - slip) / slip), np.log(lucky / (1 - lucky)))
        later = known & (chance.random(shape) < 0.5 ** (REST_DAYS / 60))
        z_later = np.where(later, np.log((1 - slip) / slip), np.log(lucky / (1 - lucky)))
    else:
        threshold = np.log(known_from / (1 - known_from))
        start = chance.normal(-1.2, 1.3, size=(learners, 1))
        grows = chance.lognormal(np.log(0.22), 0.6, size=(learners, 1))
        z = start + grows * np.arange(QUESTIONS)
        known = z >= threshold
        z_later = start + (z - start) * (1 + REST_DAYS / 30) ** -0.2
        later = z_later >= threshold
    p = guess + (1 - guess) * sigmoid(z - true)
    right = chance.random(shape) < p
    return Practice(
        right=right, known=np.broadcast_to(known, shape), open=is_open, item=item,
        guess=np.where(is_open, 0.05, guess), difficulty=LABELS[item % 3],
        retried=~right & (chance.random(shape) < 1 / 3), retry=chance.random(shape) < np.maximum(p, 0.6),
        later_known=later, later_right=chance.random(shape) < sigmoid(z_later - chance.normal(0, 0.4, shape)),
    )  # fmt: skip


def traced(practice: Practice, p1: Floats, p0: Floats, t: float, *, retries: bool = False) -> Floats:
    """P(known) after each question."""
    known, after = np.full(len(practice.right), L0), np.empty(practice.right.shape)
    for n in range(QUESTIONS):
        tries = [(practice.right[:, n], np.ones(len(known), dtype=bool))]
        if retries:
            tries.append((practice.retry[:, n], practice.retried[:, n]))
        for right, made in tries:
            ratio = np.where(right, p1[:, n] / p0[:, n], (1 - p1[:, n]) / (1 - p0[:, n]))
            odds = known / (1 - known) * ratio
            moved = odds / (1 + odds)
            known = np.where(made, np.minimum(moved + (1 - moved) * t, MOST), known)
        after[:, n] = known
    return after


def ours(practice: Practice) -> Floats:
    """The gate's L, for where its last two answers open it; 0 elsewhere."""
    guess, difficulty = practice.guess, practice.difficulty
    p1, p0 = (guess + (1 - guess) * sigmoid(a - difficulty) for a in (A1, A0))
    value = traced(practice, p1, p0, T)
    last_two = np.zeros(practice.right.shape, dtype=bool)
    last_two[:, 1:] = (
        practice.right[:, 1:] & practice.right[:, :-1]
        & (practice.item[:, 1:] != practice.item[:, :-1]) & (practice.open[:, 1:] | practice.open[:, :-1])
    )  # fmt: skip
    return np.where(last_two, value, 0.0)


def plain(practice: Practice, *, retries: bool = False) -> Floats:
    """Plain knowledge tracing: one guess and one slip for all items."""
    whole = np.ones(practice.right.shape)
    return traced(practice, whole * (1 - PLAIN["slip"]), whole * PLAIN["guess"], PLAIN["t"], retries=retries)


def in_a_row(practice: Practice, *, retries: bool = False) -> Floats:
    """How many right answers in a row after each question; a right retry counts as one where retries do."""
    row, after = np.zeros(len(practice.right)), np.empty(practice.right.shape)
    for n in range(QUESTIONS):
        again = practice.retried[:, n] & practice.retry[:, n]
        row = np.where(practice.right[:, n], row + 1, np.where(again, 1.0, 0.0) if retries else 0.0)
        after[:, n] = row
    return after


def opened(value: Floats, threshold: float) -> NDArray[np.int64]:
    """The question after which the value is first at the threshold; QUESTIONS where it never is."""
    there = value >= threshold
    return np.where(there.any(axis=1), there.argmax(axis=1), QUESTIONS)


def practice_of(value: Floats, threshold: float) -> float:
    return float(np.minimum(opened(value, threshold) + 1, QUESTIONS).mean())


def matched(value: Floats, aim: float) -> float:
    """The threshold at which a criterion asks for as much practice as `aim`."""
    low, high = 0.0, 50.0  # in logits or, for a value in [0, 1], far beyond
    logits = np.log(np.clip(value, 1e-12, 1 - 1e-12) / (1 - np.clip(value, 1e-12, 1 - 1e-12)))
    for _ in range(50):
        middle = (low + high) / 2
        low, high = (middle, high) if practice_of(logits, middle) < aim else (low, middle)
    return float(1 / (1 + np.exp(-(low + high) / 2)))


def told(practice: Practice, at: NDArray[np.int64]) -> dict[str, object]:
    """What became of learners who were let through after these questions."""
    through = at < QUESTIONS
    rows = np.flatnonzero(through)
    columns = at[rows]
    after = np.c_[practice.known[:, 1:], practice.known[:, -1]]
    false = ~(practice.known[rows, columns] | after[rows, columns])
    since = np.where(practice.known.any(axis=1), practice.known.argmax(axis=1), QUESTIONS)
    long = since <= QUESTIONS - LONG
    passes = practice.later_right[rows, columns]
    mastered = ~practice.later_known[rows, columns][passes]
    over = np.maximum(columns - np.maximum(since[rows], 0), 0)[~false]
    return {
        "false_mastery": interval(int(false.sum()), len(rows)),
        "over_practice": round(float(over.mean()), 3) if len(over) else None,
        "missed": interval(int((long & ~through).sum()), int(long.sum())),
        "practice": round(float(np.minimum(at + 1, QUESTIONS).mean()), 3),
        "after_later_session": interval(int(mastered.sum()), int(passes.sum())),
    }


def interval(count: int, of: int) -> list[float]:
    """A share with its 95% interval (Wilson 1927)."""
    if not of:
        return [float("nan")] * 3
    p, z = count / of, 1.96
    centre, half = (p + z * z / (2 * of)), z * np.sqrt(p * (1 - p) / of + z * z / (4 * of * of))
    whole = 1 + z * z / of
    return [round(float(x), 5) for x in (p, max(0.0, (centre - half) / whole), (centre + half) / whole)]


def compared(
    world: str, learners: int, seed: int, *, closed: int, known_from: float
) -> dict[str, dict[str, object]]:
    """All criteria on the same learners of a world."""
    tuned, seen = (
        practised(world, learners, s, closed=closed, known_from=known_from) for s in (seed + 1_000, seed)
    )
    aim = practice_of(in_a_row(tuned), 3)
    values: dict[str, tuple[Callable[[Practice], Floats], float]] = {
        "3 in a row, clean": (in_a_row, 3.0),
        "3 in a row, retries count": (lambda p: in_a_row(p, retries=True), 3.0),
        "5 in a row, clean": (in_a_row, 5.0),
        "plain tracing at .95, clean": (plain, 0.95),
        "plain tracing at .95, retries count": (lambda p: plain(p, retries=True), 0.95),
        "plain tracing, equal practice": (plain, matched(plain(tuned), aim)),
        "our gate at .95": (ours, 0.95),
        "our gate at .98": (ours, 0.98),
        "our gate, equal practice": (ours, matched(ours(tuned), aim)),
    }
    return {
        name: {**told(seen, opened(value(seen), threshold)), "threshold": round(threshold, 5)}
        for name, (value, threshold) in values.items()
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--learners", type=int, default=20_000, help="in each world, and as many to tune on")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--closed", type=int, default=2, help="so many of six items are picked (default: 2)")
    parser.add_argument(
        "--known", type=float, default=0.7, help="graded: known from this chance (default: .7)"
    )
    given = parser.parse_args()
    results = {
        world: compared(world, given.learners, given.seed, closed=given.closed, known_from=given.known)
        for world in ("all-or-none", "graded")
    }
    for world, criteria in results.items():
        print(
            f"\n{world:36}{'false mastery':>24}{'over':>7}{'missed':>8}{'practice':>10}{'later session':>24}"
        )
        for name, row in criteria.items():
            shares = {key: row[key] for key in ("false_mastery", "after_later_session", "missed")}
            false, later, missed = (list(map(float, shares[key])) for key in shares)  # type: ignore[call-overload]
            print(
                f"{name:36}{false[0]:10.4f} ({false[1]:.4f}–{false[2]:.4f}){row['over_practice']:7.2f}"
                f"{missed[0]:8.4f}{row['practice']:10.2f}{later[0]:8.4f} ({later[1]:.4f}–{later[2]:.4f})"
            )
    print(json.dumps(results))


if __name__ == "__main__":
    main()
