"""The gate's estimate: Bayesian knowledge tracing with expert priors that a sentence can explain.

Corbett & Anderson (1994), with guess and slip from the item's format and difficulty instead of fitted
ones, so that no learner's gate depends on what other learners did. A course may have its own priors fitted
(`Tracing`). Other rules that a course may choose stand in rules.py.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Final

from courseware.rule import EXPERT, Tracing

L0: Final = EXPERT.l0
"""P(known) before any evidence."""
T: Final = EXPERT.t
"""P(learning) at each opportunity."""
A1: Final = 2.4
A0: Final = -2.4
"""Logits of a right answer (picking apart) for someone who knows and someone who does not."""
MOST: Final = 0.999
FORGETTING_DAYS: Final = 30.0
REST_DAYS: Final = 0.5


@lru_cache(maxsize=65_536)
def likelihoods(guess: float, difficulty: float, tracing: Tracing = EXPERT) -> tuple[float, float]:
    """P(right | known) and P(right | not known) for an item; `guess` in [0, 1), `difficulty` in logits."""
    a1, a0 = (A1, A0) if tracing == EXPERT else (_logit(1 - tracing.slip), _logit(tracing.guess))
    return (
        guess + (1 - guess) * _sigmoid(a1 - difficulty),
        guess + (1 - guess) * _sigmoid(a0 - difficulty),
    )


def updated(
    known: float,
    *,
    right: bool,
    guess: float,
    difficulty: float,
    objectives: int = 1,
    tracing: Tracing = EXPERT,
) -> float:
    """P(known) after one more clean answer.

    An item of several objectives credits each in full when right; a wrong answer spreads the blame
    (exponent 1/objectives).
    """
    p1, p0 = likelihoods(guess, difficulty, tracing)
    if right:
        ratio = p1 / p0
    elif objectives == 1:
        ratio = (1 - p1) / (1 - p0)
    else:
        ratio = ((1 - p1) / (1 - p0)) ** (1 / objectives)
    odds = known / (1 - known) * ratio
    known = odds / (1 + odds)
    known += (1 - known) * tracing.t
    return known if known < MOST else MOST


def faded(known: float, days: float, start: float = L0) -> float:
    """P(known) as it is read after so many days without a clean answer (a power law; never below `start`)."""
    if days <= REST_DAYS or known <= start:
        return known
    return start + (known - start) / math.sqrt(1 + days / FORGETTING_DAYS)


def _sigmoid(x: float) -> float:
    return 1 / (1 + math.exp(-x))


def _logit(p: float) -> float:
    return math.log(p / (1 - p))
