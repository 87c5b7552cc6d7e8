"""Numbers worked out from givens: every other way to take two of them, slips of units and of fingers.

Wrong are all values that one operation makes of two of the givens, the givens themselves, the right value
with another sign, point, unit or rounding, and what one slip of a finger makes of its digits.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.keyboard import typed
from corpus.told import Told, judged

from checkers import Number


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question with a number as its answer."""

    name: str
    value: float
    givens: tuple[float, ...]
    unit: str | None = None
    rel: float | None = None
    units: tuple[str, ...] = ()
    """Other units, of the same dimension and of others."""
    same: tuple[str, ...] = ()
    """Other ways to write it that are right."""


QUESTIONS = (
    Asked(name="perimeter", value=34, givens=(12, 5), same=("34.0", "+34", " 34 ", "3.4e1", "68/2", "34.")),
    Asked(name="area", value=391, givens=(17, 23), same=("391.0", "3.91e2", "782/2", "+391")),
    Asked(name="mean of marks", value=72.5, givens=(61, 70, 75, 84), same=("72.50", "145/2", "7.25e1")),
    Asked(name="median of marks", value=68, givens=(55, 64, 72, 95), same=("68.0", "136/2", "6.8e1")),
    Asked(
        name="share of women", value=0.375, givens=(24, 64), same=("3/8", "37.5%", ".375", "24/64", "37.5 %")
    ),
    Asked(name="price with tax", value=94.01, givens=(79, 0.19), rel=1e-3, same=("94.01", "94", "94.0")),
    Asked(name="days in seconds", value=259200, givens=(3, 86400), same=("259 200", "259_200", "259200.0")),
    Asked(name="difference", value=-13.5, givens=(22.5, 36), same=("-13.50", "−13.5", "-27/2")),
    Asked(name="hypotenuse", value=13, givens=(5, 12), same=("13.0", "26/2")),
    Asked(
        name="speed",
        value=25,
        givens=(90, 3.6),
        unit="m/s",
        units=("km/h", "m", "s", "mm/s", "kg"),
        same=("25 m/s", "90 km/h", "25.0 m/s", "2500 cm/s", "0.025 km/s"),
    ),
    Asked(
        name="mass",
        value=480,
        givens=(1.6, 300),
        unit="g",
        units=("kg", "mg", "cm", "ml", "l"),
        same=("480 g", "0.48 kg", "480000 mg", "480.0 g"),
    ),
    Asked(
        name="volume",
        value=2.4,
        givens=(20, 12, 10),
        unit="l",
        units=("ml", "m", "g", "m^2", "cl"),
        same=("2.4 l", "2400 ml", "2.40 l", "240 cl"),
    ),
    Asked(name="angle", value=math.pi / 3, givens=(60,), rel=1e-4, same=("1.0472", "1.04720", "1.047198")),
    Asked(name="slope", value=-0.75, givens=(-6, 8), same=("-3/4", "-.75", "-0.750", "-6/8")),
    Asked(name="how many pages", value=58, givens=(118, 175), same=("58.0",)),
)


def key_of(asked: Asked) -> Number:
    return Number(asked.value, unit=asked.unit, rel=asked.rel, parts=asked.givens)


def corpus(only: str | None) -> Iterator[Told]:
    for asked in QUESTIONS:
        if only in (None, asked.name):
            yield from _of(asked)


def _of(asked: Asked) -> Iterator[Told]:
    key, seen = key_of(asked), set()
    for response in asked.same:
        yield judged("number", asked.name, key, response, right=True)
    for slip, value in _values(asked):
        response = _written(value) + (f" {asked.unit}" if asked.unit else "")
        if not _close(value, asked.value, asked.rel) and response not in seen:
            seen.add(response)
            yield judged("number", asked.name, key, response, slip)
    for unit in asked.units:
        yield judged("number", asked.name, key, f"{_written(asked.value)} {unit}", "other unit")
    digits = _written(asked.value)
    for slip, text in itertools.islice(typed(digits), 0, None, 3):
        response = text + (f" {asked.unit}" if asked.unit else "")
        if response not in seen and text not in asked.same and not _same_number(text, asked):
            seen.add(response)
            yield judged("number", asked.name, key, response, slip)


def _values(asked: Asked) -> Iterator[tuple[str, float]]:
    """Wrong values: other operations on the givens, and what is often done to a right one."""
    for one, other in itertools.permutations(asked.givens, 2):
        yield "added", one + other
        yield "subtracted", one - other
        yield "multiplied", one * other
        yield "divided", one / other
        yield "divided in whole numbers", float(one // other)
    for one in asked.givens:
        yield "given back", one
    right = asked.value
    yield "sign", -right
    yield "upside down", 1 / right
    for times in (10, 100, 1000):
        yield "point", right * times
        yield "point", right / times
    yield "doubled", right * 2
    yield "halved", right / 2
    yield "squared", right * right
    if right > 0:
        yield "root", math.sqrt(right)
    yield "one more", right + 1
    yield "one less", right - 1
    yield "rounded", float(round(right))
    yield "cut off", float(math.trunc(right))
    yield "degrees", math.degrees(right)
    if 0 < right < 1:
        yield "the rest", 1 - right


def _written(value: float) -> str:
    return str(int(value)) if value == int(value) else f"{value:.7g}"


def _close(value: float, target: float, rel: float | None) -> bool:
    return math.isclose(value, target, rel_tol=rel or 1e-6) or value == 0


def _same_number(text: str, asked: Asked) -> bool:
    try:
        return _close(float(text), asked.value, asked.rel)
    except ValueError:
        return False
