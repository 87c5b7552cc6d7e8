"""The words of a course: their tone, and formulae that can be shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from courseware.lint.prose import Formula

Fault = tuple[str, str, str, str]
"""A rule, and what was found, expected and would mend it."""

CODE: Final = re.compile(r"(`{3,}|~{3,}).*?\1|(`+)(?!`).+?(?<!`)\2(?!`)", re.DOTALL)
MATHS: Final = re.compile(r"\$\$.+?\$\$|\$[^$\n]+\$", re.DOTALL)
PICTURE: Final = re.compile(r"!\[")
EXCLAMATION: Final = re.compile(r"(?<!\d)!(?![=\[])")
"""Not a picture, not an unequal, not a factorial behind a number."""
WORDS_THAT_HURT: Final = re.compile(r"\b(simply|just|obviously)\b", re.IGNORECASE)
BLAME: Final = re.compile(
    r"\b(great (job|effort|work)|well done|good job|so close|incorrect|you failed|stupid|lazy|careless)\b",
    re.IGNORECASE,
)
COLUMNS: Final = re.compile(
    r"\\begin\{(aligned|align|align\*|eqnarray|eqnarray\*|gather|gathered|split|multline)\}"
)


def plain(markdown: str) -> str:
    """A text without its code and formulae."""
    return MATHS.sub(" ", CODE.sub(" ", markdown))


def tone(markdown: str, language: str) -> Iterator[Fault]:
    """Words that do not help, in a text as a learner reads it."""
    text = plain(markdown)
    said = (
        "nothing about the person, plain words, a full stop",
        "say what was done, why it misses, what next",
    )
    if match := EXCLAMATION.search(text):
        yield ("tone", f"“…{text[max(0, match.start() - 30) : match.end()].strip()}”", *said)
    if not language.startswith("en"):
        return
    for pattern in (WORDS_THAT_HURT, BLAME):
        if match := pattern.search(text):
            yield ("tone", f"“{match[0]}”", *said)


def formulas(of: Iterable[Formula]) -> Iterator[Fault]:
    """Formulae that a screen cannot show as they are meant."""
    for formula in of:
        if fault := broken(formula):
            yield (
                "maths",
                f"${_short(formula.tex)}$: {fault}",
                "a formula that becomes MathML",
                "write each line as a formula of its own"
                if COLUMNS.search(formula.tex)
                else "correct the formula; `\\$` is a dollar sign",
            )


def broken(formula: Formula) -> str:
    """Why a formula cannot be shown; empty if it can."""
    from latex2mathml.converter import convert  # only where there is a formula

    if match := COLUMNS.search(formula.tex):
        return f"`{match[1]}` loses its columns"
    if formula.tex.replace(r"\{", "").count("{") != formula.tex.replace(r"\}", "").count("}"):
        return "a brace without its partner"
    try:
        made = convert(formula.tex, display="block" if formula.display else "inline")
    except Exception as error:  # whatever the converter cannot read, in whatever way it says so
        return f"{type(error).__name__} {error}".strip()
    unknown = re.search(r"<m[io]>\\(\w+)</m[io]>", made)
    return f"`\\{unknown[1]}` is not known" if unknown else ""


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 60 else flat[:57] + "…"
