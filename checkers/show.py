"""A value as a learner is shown it: as Python writes it, and short."""

from __future__ import annotations

from typing import Final

from checkers.alike import is_plain
from checkers.explain import quoted
from checkers.kinds import kind_of, plain

LONGEST: Final = 80


def shown(value: object, most: int = LONGEST) -> str:
    """A value as Python writes it, short; plain data only (a foreign object is not asked)."""
    if not is_plain(value, 10_000):
        return kind_of(value).strip("`")
    try:
        return quoted(repr(plain(value)), most)
    except Exception:
        return "…"
