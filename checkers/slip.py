"""Slips that two numbers show: the square, degrees for radians, decimals cut off, the sum for the mean."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Final

from checkers.result import Result, wrong

HALF_TURN: Final = Fraction(180) / Fraction(repr(math.pi))
PARTS: Final = {
    "sum": "the sum",
    "mean": "the mean",
    "median": "the median (the one in the middle)",
    "largest": "the largest",
    "smallest": "the smallest",
    "range": "the distance from the smallest to the largest",
    "count": "the number",
}

CUT_OFF: Final = (
    "Your number is the right one with its decimals cut off. Look for a whole division (`//`) or a step that "
    "drops what is behind the point."
)
DEGREES: Final = (
    "Your number is the right angle in degrees, and the question asks for radians. Multiply by "
    "π and divide by "
    "180."
)
RADIANS: Final = (
    "Your number is the right angle in radians, and the question asks for degrees. Multiply by "
    "180 and divide by "
    "π."
)
REST: Final = (
    "Your number and the right one make 1 together: yours is the share of the rest. Read once "
    "more which of the "
    "two is asked for."
)
SQUARED: Final = (
    "Your number is the square of the right one. Is a root still to be taken, or a step done twice?"
)
ROOT: Final = (
    "Your number is the square root of the right one. Is a square missing, or a root taken too much?"
)
DOUBLED: Final = (
    "Your number is twice the right one. Is something counted from both sides, or a half still to be taken?"
)
HALVED: Final = (
    "Your number is half of the right one. Is something counted from one side only, or halved twice?"
)
OF_PARTS: Final = (
    "Your number is {what} of the values, and the question asks for another thing. Say in your "
    "own words what "
    "each of the two tells."
)
ONE_LEFT_OUT: Final = (
    "Your number comes out if {part} is left out of the values. Go through them one by one: is each "
    "of them in?"
)
OVER_MISSING: Final = (
    "Your sum is right, and it is divided by {by} values. Count once more how many there are."
)


def slip_of_size(
    value: Fraction,
    target: Fraction,
    *,
    whole: bool,
    share: bool,
    near: Callable[[Fraction, Fraction], bool],
) -> Result | None:
    """What the two numbers alone show. `share`: whether the right one may be a share of a whole."""
    if not whole and value == math.trunc(target) and abs(target) > 1:
        return wrong("cut-off", CUT_OFF)
    if _alike(value, target * HALF_TURN):
        return wrong("degrees", DEGREES)
    if _alike(value, target / HALF_TURN):
        return wrong("radians", RADIANS)
    if share and 0 < target < 1 and _alike(value, 1 - target):
        return wrong("rest", REST)
    if abs(target) > 2 and _alike(value, target * target):
        return wrong("squared", SQUARED)
    if target > 2 and _alike(value * value, target):
        return wrong("root", ROOT)
    if abs(target) > 4 and near(value / 2, target):
        return wrong("doubled", DOUBLED)
    if abs(target) > 4 and near(value * 2, target):
        return wrong("halved", HALVED)
    return None


def slip_of_parts(value: Fraction, target: Fraction, parts: Sequence[Fraction]) -> Result | None:
    """What else the same values lead to: their sum, their middle, what comes without one of them."""
    if not parts:
        return None
    count, total = len(parts), sum(parts, Fraction(0))
    others = {
        "sum": total,
        "mean": total / count,
        "median": _median(parts),
        "largest": max(parts),
        "smallest": min(parts),
    }
    for name, other in others.items():
        if other != target and _alike(value, other):
            return wrong(f"{name}-instead", OF_PARTS.replace("{what}", PARTS[name]))
    if target in (total, total / count) and count > 2:
        mean = target != total
        for part in parts:
            rest = total - part
            if part and (
                _alike(value, rest / (count - 1 if mean else 1)) or (mean and _alike(value, rest / count))
            ):
                return wrong("one-left-out", ONE_LEFT_OUT, part=float(part) if part % 1 else int(part))
        for by in (count - 1, count + 1) if mean else ():
            if _alike(value, total / by):
                return wrong("miscounted", OVER_MISSING, by=by)
    for name, other in (("range", max(parts) - min(parts)), ("count", Fraction(count))):
        if other != target and _alike(value, other):
            return wrong(f"{name}-instead", OF_PARTS.replace("{what}", PARTS[name]))
    return None


def _median(parts: Sequence[Fraction]) -> Fraction:
    low, high = sorted(parts)[(len(parts) - 1) // 2], sorted(parts)[len(parts) // 2]
    return (low + high) / 2


def _alike(one: Fraction, other: Fraction) -> bool:
    return abs(one - other) <= abs(other) / 1_000_000
