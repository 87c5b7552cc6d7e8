"""The gate's estimate: Bayesian knowledge tracing with expert priors that a sentence can explain.

Corbett & Anderson (1994), with guess and slip from the item's format and difficulty instead of fitted
ones, so that no learner's gate depends on what other learners did.
"""

from __future__ import annotations

import math
from typing import Final

L0: Final = 0.30
"""P(known) before any evidence."""
T: Final = 0.10
"""P(learning) at each opportunity."""
A1: Final = 2.4
A0: Final = -2.4
"""Logits of a right answer (guessing apart) for someone who knows and someone who does not."""
MOST: Final = 0.999
FORGETTING_DAYS: Final = 30.0
REST_DAYS: Final = 0.5


def likelihoods(guess: float, difficulty: float) -> tuple[float, float]:
    """P(right | known) and P(right | not known) for an item; `guess` in [0, 1), `difficulty` in logits."""
    return (
        guess + (1 - guess) * _sigmoid(A1 - difficulty),
        guess + (1 - guess) * _sigmoid(A0 - difficulty),
    )


def updated(known: float, *, right: bool, guess: float, difficulty: float, objectives: int = 1) -> float:
    """P(known) after one more clean answer.

    An item of several objectives credits each in full when right; a wrong answer spreads the blame
    (exponent 1/objectives).
    """
    p1, p0 = likelihoods(guess, difficulty)
    ratio = p1 / p0 if right else ((1 - p1) / (1 - p0)) ** (1 / objectives)
    odds = known / (1 - known) * ratio
    known = odds / (1 + odds)
    return min(known + (1 - known) * T, MOST)


def faded(known: float, days: float) -> float:
    """P(known) as it is read after so many days without a clean answer (a power law; never below L0)."""
    if days <= REST_DAYS or known <= L0:
        return known
    return L0 + (known - L0) / math.sqrt(1 + days / FORGETTING_DAYS)


def _sigmoid(x: float) -> float:
    return 1 / (1 + math.exp(-x))
