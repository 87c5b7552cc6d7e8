"""The rules by which a gate may open, behind one small protocol; a course chooses one for each objective.

Whatever the rule, Proficient takes two right clean answers last, on two items, one of them open (levels.py):
a rule says how sure is sure enough. Criteria compared: Kelly et al. (2015), Pelánek & Řihák (2018).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Protocol

from courseware.mastery import gate
from courseware.rule import AVERAGE, BKT, Rule, Tracing, in_a_row

WINDOW: Final = 5
"""The moving average looks back on so many first tries."""


class Try(Protocol):
    """What a rule looks at in a clean answer."""

    @property
    def right(self) -> bool: ...
    @property
    def guess(self) -> float: ...
    @property
    def difficulty(self) -> float: ...
    @property
    def objectives(self) -> int: ...


class GateRule(Protocol):
    """A rule: a value in [0, 1] that moves with each clean answer, and opens the gate at `threshold`.

    One more right answer never lowers the value.
    """

    @property
    def start(self) -> float:
        """The value before any evidence."""

    @property
    def threshold(self) -> float:
        """Where the gate opens."""

    def after(self, value: float, tried: Try, before: Sequence[Try], /) -> float:
        """The value after one more clean answer; `before` are the last WINDOW − 1 or more, in order."""

    def read(self, value: float, days: float, /) -> float:
        """The value as it is read after so many days without a clean answer."""


@dataclass(frozen=True, slots=True)
class KnowledgeTracing:
    """P(known) by Bayesian knowledge tracing (gate.py)."""

    threshold: float
    tracing: Tracing

    @property
    def start(self) -> float:
        return self.tracing.l0

    def after(self, value: float, tried: Try, _before: Sequence[Try], /) -> float:
        return gate.updated(
            value,
            right=tried.right,
            guess=tried.guess,
            difficulty=tried.difficulty,
            objectives=tried.objectives,
            tracing=self.tracing,
        )

    def read(self, value: float, days: float, /) -> float:
        return gate.faded(value, days, self.tracing.l0)


@dataclass(frozen=True, slots=True)
class InARow:
    """So many right first tries in a row; the value is the share of them that is there."""

    count: int

    @property
    def start(self) -> float:
        return 0.0

    @property
    def threshold(self) -> float:
        return 1.0

    def after(self, value: float, tried: Try, _before: Sequence[Try], /) -> float:
        return min(self.count, round(value * self.count) + 1) / self.count if tried.right else 0.0

    def read(self, value: float, _days: float, /) -> float:
        return value


@dataclass(frozen=True, slots=True)
class MovingAverage:
    """The share of right ones among the last WINDOW first tries (those not yet made count as wrong)."""

    threshold: float

    @property
    def start(self) -> float:
        return 0.0

    def after(self, value: float, tried: Try, before: Sequence[Try], /) -> float:
        share = sum(t.right for t in (*before[-(WINDOW - 1) :], tried)) / WINDOW
        return max(value, share) if tried.right else share  # a placement may have found more than was tried

    def read(self, value: float, _days: float, /) -> float:
        return value


@lru_cache(maxsize=1024)
def of(rule: Rule) -> GateRule:
    """The rule that a course has set."""
    match rule.kind:
        case kind if kind == BKT:
            return KnowledgeTracing(rule.threshold, rule.tracing)
        case kind if kind == AVERAGE:
            return MovingAverage(rule.threshold)
        case kind:
            return InARow(in_a_row(kind))
