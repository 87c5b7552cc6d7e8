"""Calls that were tried: what went in, what came out, what should have."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from checkers.kinds import plain
from checkers.run import NOTHING, Made

Ask = Callable[[Sequence[tuple[object, ...]]], Sequence[Made]]
"""Makes calls of the reference; fewer come back where one of them did not end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """One call: its arguments, what it came to, what it should come to, and whether that is right."""

    args: tuple[object, ...]
    made: Made
    expected: Made
    good: bool

    @property
    def has_values(self) -> bool:
        """Whether there are two values to compare (and no exception, time-out or strange thing)."""
        return _is_value(self.made) and _is_value(self.expected)

    @property
    def yours(self) -> object:
        return plain(self.made.value)

    @property
    def wanted(self) -> object:
        return plain(self.expected.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """All that is known of a function that is not right yet.

    `calls`: every call tried; `names`: what its parameters are called; `early`: the line of a ``return``
    inside a loop, if there is one; `ask`: makes calls of the reference, if there is one.
    """

    calls: Sequence[Tried]
    names: Sequence[str] = ()
    early: int | None = None
    ask: Ask | None = None
    wrong: Sequence[Tried] = field(init=False)
    right: Sequence[Tried] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "wrong", [t for t in self.calls if not t.good])
        object.__setattr__(self, "right", [t for t in self.calls if t.good])

    def name(self, place: int) -> str:
        """What the argument at this place (from 0) is called."""
        return self.names[place] if place < len(self.names) else f"argument {place + 1}"


def _is_value(made: Made) -> bool:
    return not made.raised and not made.timed_out and made.strange is None and made.value is not NOTHING
