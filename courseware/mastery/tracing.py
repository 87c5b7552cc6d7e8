"""Bayesian knowledge tracing as a *predictor*: with the item's difficulty, the learner's ability, forgetting.

Corbett & Anderson (1994); difficulty and ability shift guess and slip (Pardos & Heffernan, 2011; Khajah et
al., 2014). Ability comes from elsewhere (elo.py), and none of this enters the gate. Fitted by expectation
maximisation, with priors as pseudo-counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from courseware.mastery.attempts import Bools, Floats, Ints, Rounds
from courseware.mastery.elo import Tries, sigmoid

LEARN: Final = 0.10
LEARN_COUNT: Final = 20.0
"""P(learning) that a skill without answers gets, and for how many opportunities that stands."""
FORGET_COUNT: Final = 50.0
START_COUNT: Final = 2.0
ANSWER_COUNT: Final = 3.0
"""How strongly a skill's start, guess and slip are held to those of all skills (in 1/logits²)."""
ROUNDS_OF_EM: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Skills:
    """What was fitted, for each skill: logits of knowing at the start, P(learn), logits of a right answer.

    `right_known` and `right_unknown` are for an item of difficulty 0 and a learner of ability 0. `forget`
    is P(forgetting) between one answer and the next, for all skills alike.
    """

    start: Floats
    learn: Floats
    right_known: Floats
    right_unknown: Floats
    forget: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Traces:
    """Tries laid out in rounds of learner and skill; `ends`: the last row of each trace."""

    rounds: Rounds
    skill: Ints
    right: Bools
    guess: Floats
    ends: Bools

    @classmethod
    def out(cls, tries: Tries) -> Traces:
        rounds = Rounds.of(tries.pair)
        bounds = rounds.bounds
        ends = np.zeros(len(rounds.order), dtype=np.bool_)
        for start, end, after in zip(bounds, bounds[1:], [*bounds[2:], bounds[-1]], strict=False):
            ends[start + (after - end) : end] = True
        order = rounds.order
        return cls(
            rounds=rounds,
            skill=tries.skill[order],
            right=tries.right[order],
            guess=tries.guess[order],
            ends=ends,
        )

    @property
    def first(self) -> int:
        """How many traces there are: so many rows come first."""
        return self.rounds.bounds[1] if len(self.rounds.bounds) > 1 else 0


def predicted(traces: Traces, skills: Skills, ability: Floats, difficulty: Floats) -> Floats:
    """The logit of a right answer of each row (in the rows' own order), before it is given."""
    order = traces.rounds.order
    known, unknown = _emitted(traces, skills, (ability - difficulty)[order])
    before, _ = _forward(traces, skills, ability[order], known, unknown)
    p = before * known + (1 - before) * unknown
    return traces.rounds.back(np.log(p / (1 - p)))


def fitted(
    traces: Traces, count: int, ability: Floats, difficulty: Floats, *, expert: Skills | None = None
) -> Skills:
    """The skills (so many) that the answers speak for, by a few rounds of expectation maximisation.

    Skills with few answers are held to the `expert`'s values (who also says how much is forgotten), or to
    the mean of all skills without one.
    """
    order, first = traces.rounds.order, traces.first
    ability, offset = ability[order], (ability - difficulty)[order]
    skills = expert or Skills(
        start=np.full(count, -0.4),
        learn=np.full(count, LEARN),
        right_known=np.full(count, 1.2),
        right_unknown=np.full(count, -1.0),
        forget=0.02,
    )
    begun = skills.learn
    goes_on, at_first = ~traces.ends, slice(0, first)

    def summed(values: Floats, rows: Bools | slice = slice(None)) -> Floats:
        return np.bincount(traces.skill[rows], values[rows], minlength=count).astype(np.float64)

    def moved(name: str, slope: Floats, weight: Floats, held: float) -> Floats:
        """One Newton step, held by so many pseudo-counts."""
        values: Floats = getattr(skills, name)
        centre = values.mean() if expert is None else getattr(expert, name)
        step: Floats = (slope - held * (values - centre)) / (weight + held)
        return values + step

    def answered(name: str, chance: Floats, p: Floats) -> Floats:
        """The step for P(right | known) or P(right | not known); picking blindly stays as it is."""
        steep = (p - traces.guess) * (1 - (p - traces.guess) / (1 - traces.guess)) / (p * (1 - p))
        error, weight = chance * steep * (traces.right - p), chance * steep**2 * p * (1 - p)
        return moved(name, summed(error), summed(weight), ANSWER_COUNT)

    for _ in range(ROUNDS_OF_EM):
        known, unknown = _emitted(traces, skills, offset)
        before, after = _forward(traces, skills, ability, known, unknown)
        smooth, learnt, forgot = _smoothed(traces, skills, before, after)
        not_known = 1 - smooth
        skills = Skills(
            start=moved(
                "start",
                summed(smooth - before, at_first),
                summed(before * (1 - before), at_first),
                START_COUNT,
            ),
            learn=(summed(learnt, goes_on) + LEARN_COUNT * begun)
            / (summed(not_known, goes_on) + LEARN_COUNT),
            right_known=answered("right_known", smooth, known),
            right_unknown=answered("right_unknown", not_known, unknown),
            forget=expert.forget
            if expert
            else float((forgot[goes_on].sum() + 1) / (smooth[goes_on].sum() + FORGET_COUNT)),
        )
    return skills


def _emitted(traces: Traces, skills: Skills, offset: Floats) -> tuple[Floats, Floats]:
    """P(right | known) and P(right | not known) of each row; the first is the larger one."""
    guess = traces.guess
    known = guess + (1 - guess) * np.clip(sigmoid(skills.right_known[traces.skill] + offset), 0.01, 0.995)
    unknown = guess + (1 - guess) * np.clip(sigmoid(skills.right_unknown[traces.skill] + offset), 0.005, 0.99)
    return known, np.minimum(unknown, known - 0.001)


def _forward(
    traces: Traces, skills: Skills, ability: Floats, known: Floats, unknown: Floats
) -> tuple[Floats, Floats]:
    """P(known) before and after each answer, given those before it. A start leans on ability."""
    before, after = np.empty_like(known), np.empty_like(known)
    against = np.where(traces.right, unknown / known, (1 - unknown) / (1 - known))
    learn, stay = skills.learn[traces.skill], 1 - skills.forget - skills.learn[traces.skill]
    first, bounds = traces.first, traces.rounds.bounds
    now = sigmoid(skills.start[traces.skill[:first]] + ability[:first])
    for start, end in pairwise(bounds):
        rows = slice(start, end)
        now = now[: end - start]
        before[rows] = now
        now = now / (now + (1 - now) * against[rows])
        after[rows] = now
        now = learn[rows] + now * stay[rows]
    return before, after


def _smoothed(traces: Traces, skills: Skills, before: Floats, after: Floats) -> tuple[Floats, Floats, Floats]:
    """P(known) at each answer given all of them, and P(learnt) and P(forgot) on the way to the next."""
    smooth = after.copy()
    learnt, forgot = np.zeros_like(after), np.zeros_like(after)
    learn, bounds = skills.learn[traces.skill], traces.rounds.bounds
    for turn in range(len(bounds) - 3, -1, -1):
        start, next_start, next_end = bounds[turn : turn + 3]
        here, there = slice(start, start + next_end - next_start), slice(next_start, next_end)
        to_known = smooth[there] / before[there]
        to_unknown = (1 - smooth[there]) / (1 - before[there])
        now = after[here]
        forgot[here] = now * skills.forget * to_unknown
        smooth[here] = now * (1 - skills.forget) * to_known + forgot[here]
        learnt[here] = (1 - now) * learn[here] * to_known
    return smooth, learnt, forgot
