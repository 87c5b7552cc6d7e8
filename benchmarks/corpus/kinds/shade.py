"""Every amount that can be shaded, and every mark of a line: by counting, at one end or scattered.

What an amount is, is counted here with fractions of our own; parts to be met exactly are met, moved,
mirrored, left out and added.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from fractions import Fraction

from corpus.told import Told, judged

from checkers import Shade

Parts = int | list[int]
AMOUNTS: tuple[tuple[str, str, str, Parts, int], ...] = (
    ("three quarters of eight", "3/4", "bar", 8, 1),
    ("two thirds of nine", "2/3", "bar", 9, 1),
    ("two fifths of a circle", "2/5", "circle", 10, 1),
    ("five sixths of a circle", "5/6", "circle", 6, 1),
    ("three eighths of a grid", "3/8", "grid", 16, 1),
    ("five quarters", "5/4", "bar", 4, 2),
    ("one and two thirds", "1 2/3", "circle", 3, 3),
    ("half of one of two", "1/2", "bar", 6, 2),
    ("half of unequal parts", "1/2", "bar", [1, 2, 3, 6], 1),
    ("a third of unequal parts", "1/3", "circle", [2, 1, 3], 1),
    ("two wholes", "2", "bar", 3, 3),
)
PLACES: tuple[tuple[str, str, int, int], ...] = (
    ("three quarters on a line", "3/4", 8, 1),
    ("two thirds on a line to two", "2/3", 6, 2),
    ("five quarters on a line", "5/4", 4, 2),
    ("one and a half on a line", "1 1/2", 4, 3),
    ("seven tenths on a line", "7/10", 10, 1),
)
EXACT: tuple[tuple[str, list[int], str, int], ...] = (
    ("a diagonal", [1, 5, 9], "grid", 9),
    ("every other part", [1, 3, 5, 7], "bar", 8),
    ("a corner", [1, 2, 4, 5], "grid", 9),
    ("the right half", [1, 2, 3], "circle", 6),
)


def value(text: str) -> Fraction:
    return sum((Fraction(part) for part in text.split()), Fraction(0))


def corpus(only: str | None) -> Iterator[Told]:
    chance = random.Random(11)
    for name, amount, shape, parts, wholes in AMOUNTS:
        if only in (None, name):
            sizes = ([1] * parts if isinstance(parts, int) else parts) * wholes
            key = Shade(amount, parts=parts, shape=shape, wholes=wholes)
            every = list(range(1, len(sizes) + 1))
            for count in every:
                for slip, shaded in (
                    ("from the start", every[:count]),
                    ("from the end", every[-count:]),
                    ("scattered", chance.sample(every, count)),
                ):
                    much = Fraction(sum(sizes[part - 1] for part in shaded), sum(sizes) // wholes)
                    yield judged("shade", name, key, shaded, slip, right=much == value(amount))
    for name, amount, parts, wholes in PLACES:
        if only in (None, name):
            key = Shade(amount, parts=parts, shape="line", wholes=wholes)
            for mark in range(parts * wholes + 1):
                yield judged("shade", name, key, mark, "marked", right=Fraction(mark, parts) == value(amount))
    for name, these, shape, count in EXACT:
        if only in (None, name):
            key = Shade(exactly=these, parts=count, shape=shape)
            others = [part for part in range(1, count + 1) if part not in these]
            yield judged("shade", name, key, these, right=True)
            yield judged("shade", name, key, these[::-1], right=True)
            yield judged("shade", name, key, others, "the others")
            for part in these:
                yield judged("shade", name, key, [p for p in these if p != part], "one left out")
                yield judged("shade", name, key, [p for p in these if p != part] + others[:1], "one instead")
            for part in others:
                yield judged("shade", name, key, [*these, part], "one added")
            for step in (1, -1):
                moved = [part + step for part in these]
                if all(1 <= part <= count for part in moved):
                    yield judged("shade", name, key, moved, "moved")
            mirrored = [count + 1 - part for part in these]
            if set(mirrored) != set(these):
                yield judged("shade", name, key, mirrored, "mirrored")
