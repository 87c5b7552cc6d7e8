"""Words asked for: slips of fingers, other forms of the word, more words and fewer, the lesson's other words.

Each question knows the terms of its own subject that a learner may take it for; wrong are also the terms of
all other questions, which it does not know.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from corpus.keyboard import typed
from corpus.told import Told, judged

from checkers import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A word or two that are asked for."""

    name: str
    accept: tuple[str, ...]
    others: tuple[str, ...]
    forms: tuple[str, ...] = ()
    case: bool = False
    accents: bool = False


QUESTIONS = (
    Asked(name="middle", accept=("median", "the median"), others=("mean", "mode"), forms=("medians",)),
    Asked(
        name="below the line",
        accept=("denominator",),
        others=("numerator",),
        forms=("denominators", "denominate"),
    ),
    Asked(
        name="how y changes", accept=("slope", "gradient"), others=("intercept",), forms=("slopes", "sloping")
    ),
    Asked(
        name="repeats code",
        accept=("loop", "for loop"),
        others=("function", "condition"),
        forms=("loops", "looping"),
    ),
    Asked(
        name="gives back",
        accept=("return",),
        others=("print", "yield"),
        forms=("returns", "returning"),
        case=True,
    ),
    Asked(name="longest side", accept=("hypotenuse",), others=("leg", "cathetus"), forms=("hypotenuses",)),
    Asked(name="city of light", accept=("Paris",), others=("London", "Lyon")),
    Asked(name="coffee house", accept=("café",), others=("bar",), forms=("cafés",), accents=True),
    Asked(
        name="spread",
        accept=("standard deviation",),
        others=("variance", "range"),
        forms=("standard deviations",),
    ),
    Asked(name="makes sugar", accept=("photosynthesis",), others=("respiration",), forms=("photosynthetic",)),
    Asked(
        name="a row that stands out",
        accept=("outlier",),
        others=("mean", "quartile"),
        forms=("outliers", "outlying"),
    ),
    Asked(
        name="table's rows meet",
        accept=("merge", "join"),
        others=("concat", "filter"),
        forms=("merging", "joined"),
    ),
)


def corpus(only: str | None) -> Iterator[Told]:
    terms = {other for asked in QUESTIONS for other in (*asked.others, asked.accept[0])}
    for asked in QUESTIONS:
        if only not in (None, asked.name):
            continue
        key = Text(*asked.accept, case=asked.case, accents=asked.accents, wrong=asked.others)
        taken = {one.casefold() for one in asked.accept}
        for one in asked.accept:
            same = (one, f" {one} ", one.replace(" ", "  "), f"{one}\n")
            for response in (*same, *(() if asked.case else (one.upper(), one.title()))):
                yield judged("text", asked.name, key, response, right=True)
        for slip, response in _wrong(asked):
            if response.casefold() not in taken:
                yield judged("text", asked.name, key, response, slip)
        for term in sorted(terms - set(asked.others)):
            if term.casefold() not in taken:
                yield judged("text", asked.name, key, term, "a term of another question")
                break
        if asked.case:
            yield judged("text", asked.name, key, asked.accept[0].title(), "capitals")
        if asked.accents:
            yield judged("text", asked.name, key, "cafe", "accents")


def _wrong(asked: Asked) -> Iterator[tuple[str, str]]:
    word = asked.accept[0]
    for n, (slip, made) in enumerate(typed(word)):
        if n % 7 == 0:
            yield slip, made
    for other in asked.others:
        yield "another term", other
    for form in asked.forms:
        yield "another form", form
    yield "a sentence", f"It is the {word} of the values"
    yield "two answers", f"{word} or {asked.others[0]}"
    yield "negated", f"not the {word}"
    yield "quotes", f'"{word}"'
    yield "half of it", word.split()[0] if " " in word else word[: len(word) // 2]
    yield "a number", "42"
