"""Chance that is the same on every machine: seeds, and draws from them."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


def seed_of(learner: str, course: str, item: str, version: int, n: int) -> int:
    """The seed of a learner's n-th variant of an item (n from 0): the first 52 bits of a SHA-256.

    Seeds follow from who asks what for which time; nobody chooses one.
    """
    text = f"{learner}/{course}/{item}/{version}/{n}"
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8]) >> 12


class Draw:
    """What an item draws its variant from.

    Built on ``random.Random(seed).random()`` alone, whose sequence Python keeps the same for good;
    so a variant can be made again from its seed on any machine and any version of Python.
    """

    def __init__(self, seed: int) -> None:
        self._next = random.Random(seed).random

    def integers(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        if high < low:
            raise ValueError(f"there is no whole number from {low} to {high}")
        return low + int(self._next() * (high - low + 1))

    def choice(self, options: Sequence[T]) -> T:
        """One of the options (a sequence with an order of its own: not a set)."""
        _ordered(options)
        return options[self.integers(0, len(options) - 1)]

    def sample(self, options: Sequence[T], count: int) -> list[T]:
        """So many of the options, each at most once, in a random order."""
        _ordered(options)
        if not 0 <= count <= len(options):
            raise ValueError(f"cannot draw {count} of {len(options)} options")
        rest = list(options)
        return [rest.pop(self.integers(0, len(rest) - 1)) for _ in range(count)]

    def shuffle(self, options: Sequence[T]) -> list[T]:
        """All the options in a random order; what was given stays as it is."""
        return self.sample(options, len(options))


def _ordered(options: Sequence[object]) -> None:
    if isinstance(options, set | frozenset):
        raise TypeError("a set has no order of its own: draw from sorted(...) instead")
    if len(options) == 0:
        raise ValueError("there is nothing to draw from")
