"""The gate's rule for one objective, as its course sets it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

BKT: Final = "bkt"
IN_A_ROW: Final = "n-in-a-row"
AVERAGE: Final = "moving-average"
STREAK: Final = re.compile(r"(n|[2-9]|10)-in-a-row")
ROW: Final = 3
"""N of `n-in-a-row`; `5-in-a-row` asks for five."""
AVERAGE_THRESHOLD: Final = 0.8
NEITHER: Final = 0.08317269649392238
"""σ(−2.4): the expert's guess and slip, picking from options apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tracing:
    """What Bayesian knowledge tracing takes as given of an objective: chances, all in (0, 1).

    `l0`: known before any evidence. `t`: learned at each clean try. `guess`: right without knowing, on an
    item of typical difficulty, picking from options apart. `slip`: wrong although known, on the same.
    """

    l0: float = 0.30
    t: float = 0.10
    guess: float = NEITHER
    slip: float = NEITHER

    def __hash__(self) -> int:
        return hash(self.slip)  # it is a key on the path of every answer; the rest is left to equality


EXPERT: Final = Tracing()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One objective's gate: by which rule and where it opens, and whether Mastered asks for a later session.

    `kind` is ``bkt``, ``n-in-a-row`` (or ``2-in-a-row`` to ``10-in-a-row``) or ``moving-average``.
    """

    threshold: float = 0.95
    later_session: bool = True
    kind: str = BKT
    tracing: Tracing = EXPERT

    def __hash__(self) -> int:
        return hash(self.threshold)


def is_kind(name: object) -> bool:
    """Whether there is a rule of this name."""
    return isinstance(name, str) and (name in {BKT, AVERAGE} or STREAK.fullmatch(name) is not None)


def in_a_row(kind: str) -> int:
    """How many an `n-in-a-row` rule asks for."""
    asked = kind.partition("-")[0]
    return ROW if asked == "n" else int(asked)
