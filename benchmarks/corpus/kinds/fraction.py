"""Calculations with fractions, and fractions to read off: what each known misconception leads to.

The misconceptions are those of the literature on fractions as a natural-number bias (Ni & Zhou 2005;
Braithwaite, Pyke & Siegler 2017): adding across, keeping the denominator, inverting the wrong one, larger is
larger. To these come fractions near the right one, so that not all wrong answers have a known way to them.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction as Value
from math import gcd, lcm

from corpus.told import Told, judged

from checkers import Fraction

CALCULATIONS = (
    ("1/2", "+", "1/3"), ("3/4", "-", "2/5"), ("2/3", "*", "5/7"), ("3/5", "/", "2/7"), ("5/8", "+", "1/8"),
    ("7/9", "-", "4/9"), ("1/6", "+", "3/4"), ("4/5", "*", "3/8"), ("5/6", "/", "1/4"), ("11/12", "-", "1/3"),
)  # fmt: skip
COMPARED = (("3/4", "5/8"), ("2/3", "3/5"), ("1/4", "1/6"), ("5/9", "1/2"), ("7/10", "3/4"), ("2/7", "3/8"))
READ = ("3/8", "2/5", "5/6", "7/12", "1/4")


def corpus(only: str | None) -> Iterator[Told]:
    for first, sign, second in CALCULATIONS:
        yield from _chosen(only, f"{first} {sign} {second}", _calculated(first, sign, second))
    for first, second in COMPARED:
        yield from _chosen(only, f"larger of {first}, {second}", _compared(first, second))
    for shown in READ:
        yield from _chosen(only, f"shaded {shown}", _read(shown))


def _chosen(only: str | None, name: str, told: Iterator[Told]) -> Iterator[Told]:
    if only in (None, name):
        yield from told


def _calculated(first: str, sign: str, second: str) -> Iterator[Told]:
    a, b = Value(first), Value(second)
    value = {"+": a + b, "-": a - b, "*": a * b, "/": a / b}[sign]
    name, key = f"{first} {sign} {second}", Fraction(value, of=(first, sign, second))
    for response in _same(value):
        yield judged("fraction", name, key, response, right=True)
    seen = {value}
    for slip, top, bottom in (*_misconceptions(a, b, sign), *_near(value)):
        if bottom > 0 and Value(top, bottom) not in seen:
            seen.add(Value(top, bottom))
            yield judged("fraction", name, key, f"{top}/{bottom}", slip)
    lowest = Fraction(value, lowest=True, of=(first, sign, second))
    yield judged(
        "fraction", name, lowest, f"{value.numerator * 3}/{value.denominator * 3}", "not in lowest terms"
    )


def _misconceptions(a: Value, b: Value, sign: str) -> Iterator[tuple[str, int, int]]:
    n, d, m, e = a.numerator, a.denominator, b.numerator, b.denominator
    yield "added across", n + m, d + e
    yield "subtracted across", abs(n - m), abs(d - e)
    yield "tops added, a common bottom", n + m, lcm(d, e)
    yield "tops subtracted, a common bottom", n - m, lcm(d, e)
    yield "tops added, first bottom", n + m, d
    yield "tops added, second bottom", n + m, e
    yield "bottom kept", n * m, d
    yield "bottom kept", n * m, lcm(d, e)
    yield "bottoms multiplied, tops added", n + m, d * e
    yield "tops multiplied, bottoms added", n * m, d + e
    yield "first one turned", d * m, n * e
    yield "second one turned", n * e, d * m
    yield "not turned", n * m, d * e
    for other, made in {"+": a + b, "-": a - b, "*": a * b, "/": a / b}.items():
        if other != sign:
            yield "another operation", made.numerator, made.denominator
    right = {"+": a + b, "-": a - b, "*": a * b, "/": a / b}[sign]
    yield "upside down", right.denominator, right.numerator
    yield "the other way round", (b - a).numerator, (b - a).denominator
    yield "sign", -right.numerator, right.denominator
    yield "one given back", n, d
    yield "one given back", m, e


def _near(value: Value) -> Iterator[tuple[str, int, int]]:
    yield "one part more", value.numerator + 1, value.denominator
    yield "one part fewer", value.numerator - 1, value.denominator
    yield "cut into one more", value.numerator, value.denominator + 1


def _compared(first: str, second: str) -> Iterator[Told]:
    a, b = Value(first), Value(second)
    name, key = f"larger of {first}, {second}", Fraction(max(a, b), of=(first, "larger", second))
    for response in _same(max(a, b)):
        yield judged("fraction", name, key, response, right=True)
    other = min(a, b)
    yield judged("fraction", name, key, f"{other.numerator}/{other.denominator}", "the smaller one")
    between = (a + b) / 2
    yield judged("fraction", name, key, f"{between.numerator}/{between.denominator}", "neither")
    yield judged("fraction", name, key, "1/2" if Value(1, 2) not in (a, b) else "1/3", "neither")


def _read(shown: str) -> Iterator[Told]:
    """A fraction that is drawn as parts of a shape."""
    value = Value(shown)
    name, key, top, bottom = f"shaded {shown}", Fraction(shown), value.numerator, value.denominator
    for response in _same(value):
        yield judged("fraction", name, key, response, right=True)
    wrong = (
        ("part to rest", f"{top}/{bottom - top}"), ("rest to part", f"{bottom - top}/{top}"),
        ("the rest", f"{bottom - top}/{bottom}"), ("upside down", f"{bottom}/{top}"), ("count", f"{top}"),
        ("one part more", f"{top + 1}/{bottom}"), ("one part fewer", f"{top - 1}/{bottom}"),
        ("one cut more", f"{top}/{bottom + 1}"), ("one cut fewer", f"{top}/{bottom - 1}"),
        ("percent", f"{100 * top // bottom}%"), ("decimal", f"{float(value):.3f}"), ("whole", f"{bottom}"),
    )  # fmt: skip
    seen = {value}
    for slip, response in wrong:
        made = (
            Value(response) if response.replace("/", "").isdigit() and not response.endswith("/0") else None
        )
        if made not in seen:
            seen.add(made or Value(-1, len(seen) + 1))
            yield judged("fraction", name, key, response, slip)


def _same(value: Value) -> Iterator[str]:
    """The same value, written otherwise."""
    for times in (1, 2, 3):
        yield f"{value.numerator * times}/{value.denominator * times}"
    yield f" {value.numerator} / {value.denominator} "
    whole, rest = divmod(value.numerator, value.denominator)
    if value > 1 and rest:
        assert gcd(rest, value.denominator) == 1
        yield f"{whole} {rest}/{value.denominator}"
