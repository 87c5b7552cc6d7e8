"""Slips that two numbers show: the square, degrees for radians, decimals cut off, the sum for the mean."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import permutations
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


OF_TWO: Final = {
    "sum-of-two": "{one} plus {other}",
    "difference-of-two": "{one} minus {other}",
    "product-of-two": "{one} times {other}",
    "quotient-of-two": "{one} divided by {other}",
}
OTHER_STEP: Final = (
    "Your number is {made}, and the question asks for another thing. Which of the two goes into which, or "
    "what is done with them, and why?"
)
GIVEN_BACK: Final = (
    "`{part}` is one of the numbers that are given. Something is still to be done with it: what does the "
    "question ask for, and which of the others does it take?"
)
SWAPPED: Final = (
    "The digits of your number fit, and two of them have changed places. Compare what you worked out with "
    "what you wrote."
)
DIGIT_LOST: Final = "One digit is missing in your number. Compare what you worked out with what you wrote."
DIGIT_MORE: Final = (
    "There is one digit too much in your number. Compare what you worked out with what you wrote."
)
ONE_DIGIT: Final = (
    "All digits of your number fit but one. Compare what you worked out with what you wrote, or go through "
    "the carrying once more."
)
NEAR: Final = (
    "Your number is near: at most {share} % from the right one. Look for a value that was read a little off, "
    "or for a number that was rounded on the way."
)


def slip_of_two(value: Fraction, target: Fraction, parts: Sequence[Fraction]) -> Result | None:
    """What two given values lead to by another operation, or one of them given back."""
    for one, other in permutations(parts, 2) if 1 < len(parts) <= 4 else ():
        made = {
            "sum-of-two": one + other,
            "difference-of-two": one - other,
            "product-of-two": one * other,
            "quotient-of-two": one / other if other else None,
        }
        for key, result in made.items():
            if result and result != target and _alike(value, result):
                what = OF_TWO[key].format(one=_plain(one), other=_plain(other))
                return wrong(key, OTHER_STEP, made=what)
    for part in parts:
        if part == value:
            return wrong("given-back", GIVEN_BACK, part=_plain(part))
    return None


def slip_of_digits(text: str, target: Fraction) -> Result | None:
    """What went wrong in writing: digits swapped, lost, doubled, or one of them another.

    Numbers of at least three digits are looked at, with a value that ends within six decimals.
    """
    mine = re.sub(r"[^0-9.]", "", text)
    theirs = f"{abs(float(target)):.6f}".rstrip("0").rstrip(".")
    if Fraction(theirs) != abs(target) or len(theirs.replace(".", "")) < 3 or mine == theirs:
        return None
    if len(mine) == len(theirs):
        apart = [n for n in range(len(mine)) if mine[n] != theirs[n]]
        if len(apart) == 1 and mine[apart[0]] != "." != theirs[apart[0]]:
            return wrong("one-digit", ONE_DIGIT)
        if len(apart) == 2 and apart[1] - apart[0] == 1 and mine[apart[0]] == theirs[apart[1]]:
            return wrong("digits-swapped", SWAPPED) if mine[apart[1]] == theirs[apart[0]] else None
    if len(mine) == len(theirs) - 1 and any(mine == theirs[:n] + theirs[n + 1 :] for n in range(len(theirs))):
        return wrong("digit-missing", DIGIT_LOST)
    if len(mine) == len(theirs) + 1 and any(theirs == mine[:n] + mine[n + 1 :] for n in range(len(mine))):
        return wrong("digit-too-many", DIGIT_MORE)
    return None


def slip_of_nearness(value: Fraction, target: Fraction) -> Result | None:
    """Near, and nothing more is known."""
    for share in (1, 2, 5):
        if abs(value - target) <= abs(target) * share / 100:
            return wrong("near", NEAR, share=share)
    return None


def _plain(number: Fraction) -> str:
    return f"{float(number):.10g}"


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
