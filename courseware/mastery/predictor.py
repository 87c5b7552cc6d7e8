"""The predictor: how likely the next answer is right, for choosing items, calibration and alarms.

Elo over learner, objective and item (Pelánek 2016). It never enters the gate. Items' difficulties are
fixed while learners work: they come from the course's parameter file.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

GAIN: Final = 0.4
"""How far a first answer moves a learner's ability; an objective's part moves by OWN_GAIN."""
OWN_GAIN: Final = 0.5
AGEING: Final = 0.05


class Predictor:
    """One learner's ability, in all and on each objective, in logits; moved by clean answers alone.

    `intercept` is b: the logit of a right answer to an item of difficulty 0 before any evidence.
    """

    __slots__ = ("ability", "answers", "answers_on", "intercept", "on")

    def __init__(self, intercept: float = 0.0) -> None:
        self.intercept = intercept
        self.ability = 0.0
        self.answers = 0
        self.on: dict[str, float] = {}
        """What an objective adds to the ability."""
        self.answers_on: dict[str, int] = {}

    def chance(self, objectives: Sequence[str], difficulty: float) -> float:
        """P(right) at a first try: σ(b + θ_learner + mean θ_objective − difficulty)."""
        own = sum(self.on.get(o, 0.0) for o in objectives) / len(objectives) if objectives else 0.0
        return 1 / (1 + math.exp(difficulty - self.intercept - self.ability - own))

    def learn(self, objectives: Sequence[str], difficulty: float, right: bool) -> None:
        """Take in one clean answer."""
        on, counts = self.on, self.answers_on
        if len(objectives) == 1:
            (objective,) = objectives
            own, count = on.get(objective, 0.0), counts.get(objective, 0)
            error = right - 1 / (1 + math.exp(difficulty - self.intercept - self.ability - own))
            on[objective] = own + OWN_GAIN / (1 + AGEING * count) * error
            counts[objective] = count + 1
        else:
            error = right - self.chance(objectives, difficulty)
            for objective in objectives:
                count = counts.get(objective, 0)
                on[objective] = on.get(objective, 0.0) + OWN_GAIN / (1 + AGEING * count) * error
                counts[objective] = count + 1
        self.ability += GAIN / (1 + AGEING * self.answers) * error
        self.answers += 1

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Predictor):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in self.__slots__)

    __hash__ = None  # type: ignore[assignment]
