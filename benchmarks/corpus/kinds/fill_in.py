"""Blanks in code and in sentences: what beginners write instead, slips of fingers, blanks exchanged."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.keyboard import typed
from corpus.told import Told, judged

from checkers import Checker, FillIn, Function, Number
from checkers.run import Runner
from courseware.runner import Worker


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A text with blanks: what is right, other right ways, and for each blank what beginners put there."""

    name: str
    text: str
    blanks: tuple[str | Checker, ...]
    right: tuple[tuple[str, ...], ...]
    instead: tuple[tuple[str, ...], ...]
    code: bool = False
    by: Function | None = None


ADD = Function(name="add", examples=[((1, 2), 3), ((5, 5), 10), ((-1, 4), 3)])
TOTAL = Function(name="total", examples=[(([1, 2],), 3), (([],), 0), (([5],), 5)])
EVENS = Function(name="evens", examples=[(([1, 2, 4],), [2, 4]), (([],), []), (([3],), [])])
QUESTIONS = (
    Asked(
        name="sum of 1 to 9",
        text="for n in ___:\n    total ___ n",
        blanks=("range(1, 10)", "+="),
        code=True,
        right=(("range(1, 10)", "+="), ("range(1,10)", "+="), (" range( 1, 10 ) ", " += ")),
        instead=(
            ("range(10)", "range(1, 9)", "range(9)", "(1, 10)", "range[1, 10]", "range(1, 10"),
            ("=", "=+", "-="),
        ),
    ),
    Asked(
        name="keep the heavy",
        text="heavy = birds[birds.mass ___ 4000]",
        blanks=(">",),
        code=True,
        right=((">",), (" > ",)),
        instead=(("<", ">=", "==", "=", "=>"),),
    ),
    Asked(
        name="mean by group",
        text="birds.___('species').mass.___()",
        blanks=("groupby", "mean"),
        code=True,
        right=(("groupby", "mean"), (" groupby", "mean ")),
        instead=(
            ("group", "group_by", "sort_values", "Groupby", "filter"),
            ("average", "sum", "median", "Mean"),
        ),
    ),
    Asked(
        name="add",
        text="def add(a, b):\n    return ___",
        blanks=("a + b",),
        by=ADD,
        right=(("a + b",), ("b + a",), ("sum([a, b])",), ("a - -b",), ("sum((a, b))",)),
        instead=(("a - b", "a * b", "a, b", "a", "print(a + b)", "a +", "'a + b'", "a + b + 1", "c"),),
    ),
    Asked(
        name="total",
        text="def total(xs):\n    t = ___\n    for x in xs:\n        ___\n    return t",
        blanks=("0", "t += x"),
        by=TOTAL,
        right=(("0", "t += x"), ("0", "t = t + x"), ("0", "t = x + t")),
        instead=(
            ("1", "[]", "xs", "''", "None"),
            ("t = x", "t + x", "t =+ x", "return t", "t += 1", "t += xs"),
        ),
    ),
    Asked(
        name="evens",
        text="def evens(xs):\n    return [x for x in xs if ___]",
        blanks=("x % 2 == 0",),
        by=EVENS,
        right=(("x % 2 == 0",), ("not x % 2",), ("x % 2 != 1",), ("x // 2 * 2 == x",)),
        instead=(("x % 2", "x % 2 == 1", "x / 2", "x // 2 == 0", "x % 2 = 0", "xs % 2 == 0", "x"),),
    ),
    Asked(
        name="parts of a fraction",
        text="Above the line is the ___, below it the ___.",
        blanks=("numerator", "denominator"),
        right=(("numerator", "denominator"), ("Numerator", "DENOMINATOR"), (" numerator", "denominator ")),
        instead=(("number", "numerators", "top"), ("nominator", "denominators", "bottom")),
    ),
    Asked(
        name="a square",
        text="A square with side ___ cm has an area of 49 cm² and a perimeter of ___ cm.",
        blanks=(Number(7), Number(28)),
        right=(("7", "28"), ("7.0", "28.0"), ("+7", "56/2")),
        instead=(("49", "-7", "24.5", "14", "8"), ("-28", "280", "14", "29", "49")),
    ),
    Asked(
        name="water",
        text="Water boils at ___ °C and freezes at ___ °C.",
        blanks=(Number(100), Number(0)),
        right=(("100", "0"), ("100.0", "0.0"), ("1e2", "0")),
        instead=(("-100", "1000", "10", "212"), ("32", "-1", "100")),
    ),
)


def corpus(only: str | None) -> Iterator[Told]:
    worker = Worker()
    try:
        for asked in QUESTIONS:
            if only in (None, asked.name):
                yield from _of(asked, worker)
    finally:
        worker.close()


def _of(asked: Asked, runner: Runner) -> Iterator[Told]:
    key = FillIn(asked.text, list(asked.blanks), code=asked.code, by=asked.by)
    first = asked.right[0]
    for response in asked.right:
        yield judged("fill_in", asked.name, key, list(response), right=True, runner=runner)
        spaced = [f" {one}  " for one in response]
        yield judged("fill_in", asked.name, key, spaced, right=True, runner=runner)
    for place, others in enumerate(asked.instead):
        for other in others:
            yield judged("fill_in", asked.name, key, _put(first, place, other), "instead", runner=runner)
    for pair in itertools.islice(itertools.product(*asked.instead), 0, None, 4):
        if len(pair) > 1:
            yield judged("fill_in", asked.name, key, list(pair), "instead, in all", runner=runner)
    if len(first) > 1:
        yield judged("fill_in", asked.name, key, list(first[::-1]), "exchanged", runner=runner)
        yield judged("fill_in", asked.name, key, _put(first, 1, ""), "left empty", runner=runner)
    if asked.by is None and not isinstance(asked.blanks[0], Number):
        for slip, text in itertools.islice(typed(first[0]), 0, None, 9):
            if text.strip().casefold() != first[0].casefold() and "".join(text.split()) != "".join(
                first[0].split()
            ):
                yield judged("fill_in", asked.name, key, _put(first, 0, text), slip, runner=runner)


def _put(filled: tuple[str, ...], place: int, text: str) -> list[str]:
    return [*filled[:place], text, *filled[place + 1 :]]
