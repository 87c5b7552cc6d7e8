"""What the two numbers of a wrong fraction show: parts miscounted, what was done above and below the line."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction
from typing import Final

Slip = tuple[str, str, dict[str, object]]

NOTHING: Final = "{found} is nothing at all. How many parts are meant?"
COUNT_ALONE: Final = (
    "{found} says how many parts are meant. A fraction says as well into how many parts the whole is cut: "
    "write both."
)
BOTTOM_ALONE: Final = (
    "{found} says into how many parts the whole is cut. How many of them are meant? Write both numbers."
)
REST_TO_PART: Final = (
    "You compare the rest with the part. Above the line belongs the part, below it the whole: the part and "
    "the rest together."
)
COUNT: Final = (
    "The parts have the right size: {bottom} to a whole. Their number is not right: count once more."
)
SIZE: Final = (
    "The number of parts fits: {top}. Their size does not: into how many equal parts is the whole cut?"
)
GIVEN_BACK: Final = (
    "{found} is one of the two that are given. Something is still to be done with it: what, and with which "
    "other?"
)
CAME_ABOUT: Final = (
    "Your numbers come out if those above the line are {above}, and those below {below}. {rule} Draw it, or "
    "try it with 1/2 and 1/2."
)
DONE: Final = {
    "+": "added",
    "-": "subtracted",
    "*": "multiplied",
    "lcm": "brought to a common multiple",
    "first": "left as in {first}",
    "second": "left as in {second}",
}
RULES: Final = {
    "+": "To add, both need the same number below, which then stays.",
    "-": "To subtract, both need the same number below, which then stays.",
    "*": "To multiply is to take a part of a part: above and below alike.",
    "/": "To divide is to ask how often the second fits into the first.",
}


def shown_by_value(value: Fraction, target: Fraction, bottom: int) -> Iterator[Slip]:
    """Slips of reading and counting. `bottom` is the number below as it was written."""
    proper = 0 < target < 1
    if value == 0:
        yield "nothing", NOTHING, {}
    if bottom == 1 and target.denominator > 1 and value == target.numerator:
        yield "count-alone", COUNT_ALONE, {}
    if bottom == 1 and target.denominator > 1 and value == target.denominator:
        yield "whole-alone", BOTTOM_ALONE, {}
    if proper and value == (1 - target) / target:
        yield "rest-to-part", REST_TO_PART, {}


def shown_by_parts(value: Fraction, target: Fraction, top: int, bottom: int) -> Iterator[Slip]:
    """The right size or number of parts, where nothing says more."""
    if value < 0 or bottom == 1 or target.denominator == 1:
        return
    if bottom == target.denominator:
        yield "count-of-parts", COUNT, {"bottom": bottom}
    elif top == target.numerator and value > 0:
        yield "size-of-parts", SIZE, {"top": top}


def shown_by_calculation(
    value: Fraction, operation: str, first: tuple[int, int], second: tuple[int, int], texts: tuple[str, str]
) -> Iterator[Slip]:
    """What was done above the line and what below, if the fraction comes about in one such way."""
    (a, b), (c, d) = first, second
    if value in (Fraction(a, b), Fraction(c, d)):
        yield "given-back", GIVEN_BACK, {}
    above = {"+": a + c, "-": a - c, "*": a * c}
    below = {"lcm": math.lcm(b, d), "*": b * d, "first": b, "second": d, "+": b + d, "-": b - d}
    for how, top in above.items():
        for way, bottom in below.items():
            if bottom and Fraction(top, bottom) == value:
                did = DONE[way].format(first=texts[0], second=texts[1])
                yield "parts-of-calculation", CAME_ABOUT, {
                    "above": DONE[how], "below": did, "rule": RULES[operation]
                }  # fmt: skip
                return
