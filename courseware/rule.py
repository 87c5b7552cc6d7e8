"""The gate's rule for one objective, as its course sets it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """The gate of one objective: where it opens, and whether Mastered asks for a later session."""

    threshold: float = 0.95
    later_session: bool = True
