"""Elo over a whole log: what predicts an answer from the learner, what is asked for, and the item.

Pelánek (2016), with a part that follows the last few answers, and a drift with practice. All learners
take one step together, so a log of any size takes as many steps as its longest learner has answers.
The items of one set of objectives are a *skill* here: a log says more of the set than of its parts.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

import numpy as np

from courseware.mastery.attempts import Attempts, Bools, Floats, Ints, Rounds, occurrence

ITEM_PRIOR: Final = 0.8
SKILL_PRIOR: Final = 0.3
LEARNER_PRIOR: Final = 1.0
"""Precisions of the normal priors on difficulties and abilities (in 1/logits²): their pseudo-counts."""
SWEEPS: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Gains:
    """How far one answer moves what is predicted (all in logits).

    `learner / (1 + learner_ageing · n)` after n answers of the learner, and alike on one skill. `recent`:
    gain of a part that fades by `fading` with each answer. `drift`: what practice alone adds on a skill,
    times log(1 + n).
    """

    learner: float = 0.4
    learner_ageing: float = 0.02
    skill: float = 0.33
    skill_ageing: float = 0.005
    recent: float = 0.25
    fading: float = 0.75
    drift: float = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Tries:
    """What is looked at of a log: who tried which item of which skill, and whether it was right, in order.

    `guess`: the chance of a right answer by luck, of each row; `label`: what is thought of each
    item's difficulty beforehand (logits, against its skill). `skills`: how many sets of objectives there are.
    """

    learner: Ints
    item: Ints
    skill: Ints
    right: Bools
    guess: Floats
    label: Floats
    skills: int

    @classmethod
    def of(cls, attempts: Attempts) -> Tries:
        """The tries behind attempts; an item's label is the difficulty that it was last asked with."""
        skill, sets = attempts.sets()
        label = np.zeros(len(attempts.items))
        label[attempts.item] = attempts.difficulty
        return cls(
            learner=attempts.learner,
            item=attempts.item,
            skill=skill,
            right=attempts.right,
            guess=attempts.guess,
            label=label,
            skills=len(sets),
        )

    def where(self, rows: Bools) -> Tries:
        return replace(
            self,
            learner=self.learner[rows],
            item=self.item[rows],
            skill=self.skill[rows],
            right=self.right[rows],
            guess=self.guess[rows],
        )

    @property
    def pair(self) -> Ints:
        """A number for each learner and skill, from 0 without gaps."""
        pair: Ints = np.unique(self.learner * self.skills + self.skill, return_inverse=True)[1].ravel()
        return pair


@dataclass(frozen=True, slots=True, kw_only=True)
class Difficulties:
    """How much harder than nothing a skill is, and an item than its skill (logits of a wrong answer)."""

    skill: Floats
    item: Floats

    def of(self, tries: Tries) -> Floats:
        return self.skill[tries.skill] + self.item[tries.item]


def difficulties(tries: Tries, drift: float = 0.1) -> Difficulties:
    """What the answers say of skills and items when each learner's ability is allowed for.

    A one-parameter model (Rasch, 1960) with normal priors, fitted by Newton steps on one group of
    parameters after the other.
    """
    right = tries.right.astype(np.float64)
    start = logit((right.sum() + 1) / (len(right) + 2))
    skill, item = np.full(tries.skills, -start), tries.label.copy()
    ability = np.zeros(int(tries.learner.max(initial=-1)) + 1)
    drifted = drift * np.log1p(occurrence(tries.pair))
    groups = (
        (skill, tries.skill, -1.0, SKILL_PRIOR, -start),
        (item, tries.item, -1.0, ITEM_PRIOR, tries.label),
        (ability, tries.learner, 1.0, LEARNER_PRIOR, 0.0),
    )
    z = drifted + start - item[tries.item]
    for _ in range(SWEEPS):
        for values, key, sign, prior, centre in groups:
            p = sigmoid(z)
            slope = sign * np.bincount(key, right - p, minlength=len(values)) - prior * (values - centre)
            step = slope / (np.bincount(key, p * (1 - p), minlength=len(values)) + prior)
            values += step
            z += sign * step[key]
    return Difficulties(skill=skill, item=item)


@dataclass(frozen=True, slots=True, kw_only=True)
class Laid:
    """Tries laid out in rounds, with what a pass over them needs (worked out once for many passes)."""

    rounds: Rounds
    right: Floats
    pair: Ints
    practised: Ints

    @classmethod
    def out(cls, tries: Tries) -> Laid:
        rounds, pair = Rounds.of(tries.learner), tries.pair
        order = rounds.order
        practised = occurrence(pair)[order]
        return cls(
            rounds=rounds, right=tries.right[order].astype(np.float64), pair=pair[order], practised=practised
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Pass:
    """For each row, before its answer: the logit of a right one, and the part that is the learner's own."""

    logit: Floats
    ability: Floats


def passed(laid: Laid, gains: Gains, difficulty: Floats) -> Pass:
    """Go once over all tries, given the difficulty of each row (logits)."""
    order, bounds = laid.rounds.order, laid.rounds.bounds
    learner = np.zeros(bounds[1] if len(bounds) > 1 else 0)
    recent = np.zeros_like(learner)
    skill = np.zeros(int(laid.pair.max(initial=-1)) + 1)
    shift = gains.drift * np.log1p(laid.practised) - difficulty[order]
    gain = gains.skill / (1 + gains.skill_ageing * laid.practised)
    logits, ability = np.empty(len(order)), np.empty(len(order))
    for turn, (start, end) in enumerate(pairwise(bounds)):
        rows = slice(start, end)
        own, late, pair = learner[: end - start], recent[: end - start], laid.pair[rows]
        ability[rows] = own + late
        before = skill[pair]
        z = ability[rows] + before + shift[rows]
        logits[rows] = z
        error = laid.right[rows] - sigmoid(z)
        own += gains.learner / (1 + gains.learner_ageing * turn) * error
        late *= gains.fading
        late += gains.recent * error
        skill[pair] = before + gain[rows] * error
    return Pass(logit=laid.rounds.back(logits), ability=laid.rounds.back(ability))


TUNED: Final = (
    ("learner", 1.6), ("learner_ageing", 4.0), ("skill", 1.6), ("skill_ageing", 4.0), ("recent", 2.0),
    ("drift", 1.6),
)  # fmt: skip
"""The gains that are tuned, and the step of each (a factor)."""
MOST_TUNED: Final = 250
MOST_TURNS: Final = 200
"""So many learners, and so many answers of each, are looked at for tuning: it needs no more."""


def tuned(tries: Tries, difficulty: Floats) -> Gains:
    """The gains that predict best, found by steps from the ones that do well everywhere."""
    looked = (tries.learner % max(1, _learners(tries) // MOST_TUNED) == 0) & (
        occurrence(tries.learner) < MOST_TURNS
    )
    laid, right, rest = Laid.out(tries.where(looked)), tries.right[looked], difficulty[looked]

    def loss(gains: Gains) -> float:
        z = passed(laid, gains, rest).logit
        return float(np.logaddexp(0, np.where(right, -z, z)).mean())

    gains = Gains()
    best = loss(gains)
    for name, step in TUNED:
        for factor in (step, 1 / step):
            tried = replace(gains, **{name: getattr(gains, name) * factor})
            if (here := loss(tried)) < best:
                gains, best = tried, here
                break
    return gains


def _learners(tries: Tries) -> int:
    return int(tries.learner.max(initial=-1)) + 1


def sigmoid(x: Floats) -> Floats:
    return 1 / (1 + np.exp(-np.clip(x, -35, 35)))


def logit(p: float) -> float:
    return float(np.log(p / (1 - p)))
