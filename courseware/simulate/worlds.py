"""What simulated learners really know, in two worlds: all-or-none, and by degrees.

In the first an objective is known or it is not, learned at one stroke and lost at one stroke (Corbett &
Anderson 1994). In the second skill grows and fades (a logistic model), and *known* means that a typical
question that cannot be guessed goes right four times of five. No world takes the gate's own word for it.
"""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Final, Protocol

Needs = Mapping[str, Sequence[str]]

PRIOR: Final = 0.25
"""The chance that a newcomer knows an objective, given what it builds on."""
UNREADY: Final = 0.3
"""Learning goes so much slower where what an objective builds on is not known."""
BY_LUCK: Final = 0.05
"""How often an answer that cannot be picked goes right without knowing."""
HALF_LIFE: Final = 120.0
"""Days until half of what was learned is lost, in the all-or-none world, if nothing is done about it."""
KNOWN_FROM: Final = math.log(4)
"""The skill (logits) from which an objective counts as known by degrees: right four times of five."""


class World(Enum):
    """Which of the two worlds."""

    ALL_OR_NONE = "all-or-none"
    GRADED = "graded"


class Mind(Protocol):
    """What one learner knows."""

    def chance(self, objectives: Sequence[str], difficulty: float) -> float:
        """P(right) on a question that cannot be guessed."""

    def knows(self, objective: str) -> bool: ...

    def practise(self, objectives: Sequence[str], chance: random.Random) -> None:
        """One question worked on, with its feedback."""

    def rest(self, days: float, chance: random.Random) -> None:
        """So many days without practice."""

    def after(self, objective: str, days: float) -> float:
        """P(known) after so many days more without practice."""


class AllOrNone:
    """Objectives are known or not. A slip happens with `slip`, learning at each question with `learns`."""

    def __init__(self, needs: Needs, chance: random.Random, *, learns: float, prior: float = PRIOR) -> None:
        self._needs, self._learns = needs, learns
        self.slip = chance.uniform(0.04, 0.14)
        self._known: set[str] = set()
        for objective in ordered(needs):
            if all(need in self._known for need in needs[objective]) and chance.random() < prior:
                self._known.add(objective)

    def chance(self, objectives: Sequence[str], difficulty: float) -> float:
        if not all(o in self._known for o in objectives):
            return BY_LUCK
        return 1 / (1 + math.exp(difficulty - math.log((1 - self.slip) / self.slip)))

    def knows(self, objective: str) -> bool:
        return objective in self._known

    def practise(self, objectives: Sequence[str], chance: random.Random) -> None:
        for objective in objectives:
            ready = all(need in self._known for need in self._needs[objective])
            if chance.random() < self._learns * (1 if ready else UNREADY):
                self._known.add(objective)

    def rest(self, days: float, chance: random.Random) -> None:
        kept = 0.5 ** (days / HALF_LIFE)
        self._known = {o for o in sorted(self._known) if chance.random() < kept}

    def after(self, objective: str, days: float) -> float:
        kept: float = 0.5 ** (days / HALF_LIFE)
        return kept if self.knows(objective) else 0.0


class Graded:
    """Skills in logits. Each question adds to them, less the more there is; they fade by a power of time."""

    def __init__(self, needs: Needs, chance: random.Random, *, learns: float, prior: float = PRIOR) -> None:
        self._needs, self._learns = needs, 4 * learns
        ability = chance.gauss(0, 0.7)
        centre = -2.2 + 2 * (prior - PRIOR)
        self._start = {o: ability + chance.gauss(centre, 1.2) for o in ordered(needs)}
        self._skill = dict(self._start)

    def chance(self, objectives: Sequence[str], difficulty: float) -> float:
        skill = sum(self._skill[o] for o in objectives) / len(objectives)
        return 1 / (1 + math.exp(difficulty - skill))

    def knows(self, objective: str) -> bool:
        return self._skill[objective] >= KNOWN_FROM

    def practise(self, objectives: Sequence[str], chance: random.Random) -> None:
        for objective in objectives:
            ready = all(self.knows(need) for need in self._needs[objective])
            skill = self._skill[objective]
            step = self._learns * chance.uniform(0.5, 1.5) * (1 if ready else UNREADY)
            self._skill[objective] = skill + step * 2 / (1 + math.exp(skill - KNOWN_FROM))

    def rest(self, days: float, chance: random.Random) -> None:  # noqa: ARG002 - fading is certain
        self._skill = {o: self._faded(o, days) for o in self._skill}

    def after(self, objective: str, days: float) -> float:
        return float(self._faded(objective, days) >= KNOWN_FROM)

    def _faded(self, objective: str, days: float) -> float:
        start, skill = self._start[objective], self._skill[objective]
        return skill if skill <= start else start + (skill - start) * math.pow(1 + days / 30, -0.2)


def ordered(needs: Needs) -> list[str]:
    """Objectives, each behind those that it needs."""
    placed: list[str] = []

    def place(objective: str) -> None:
        for need in needs[objective]:
            place(need)
        if objective not in placed:
            placed.append(objective)

    for objective in needs:
        place(objective)
    return placed
