"""How code is written: programs for and against each rule, most of them from the exercises for functions.

Wrong are programs that a rule forbids, by a search for the word in the text apart from the checker: what it
has to have is not written there, or what it may not have is. Right are the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.told import Told, judged

from checkers import Source

EXERCISES = Path(__file__).resolve().parents[1] / "exercises.md"
BLOCK = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A key, and the pattern that tells in the text whether there is such a thing."""

    name: str
    key: Source
    pattern: str
    wanted: bool


RULES = (
    Rule(name="a for loop", key=Source(uses=["for"]), pattern=r"^\s*for\b[^\n]*:", wanted=True),
    Rule(name="no for loop", key=Source(avoids=["for"]), pattern=r"^\s*for\b[^\n]*:", wanted=False),
    Rule(name="a while loop", key=Source(uses=["while"]), pattern=r"^\s*while\b", wanted=True),
    Rule(name="no while loop", key=Source(avoids=["while"]), pattern=r"^\s*while\b", wanted=False),
    Rule(name="an if", key=Source(uses=["if"]), pattern=r"^\s*(el)?if\b|\bif\b[^\n]*\belse\b", wanted=True),
    Rule(name="sum", key=Source(uses=["sum()"]), pattern=r"(?<![.\w])sum\(", wanted=True),
    Rule(name="no sum", key=Source(avoids=["sum()"]), pattern=r"(?<![.\w])sum\(", wanted=False),
    Rule(name="no sorted", key=Source(avoids=["sorted()"]), pattern=r"(?<![.\w])sorted\(", wanted=False),
    Rule(name="range", key=Source(uses=["range()"]), pattern=r"(?<![.\w])range\(", wanted=True),
    Rule(name="len", key=Source(uses=["len()"]), pattern=r"(?<![.\w])len\(", wanted=True),
    Rule(name="append", key=Source(uses=[".append()"]), pattern=r"\.append\(", wanted=True),
    Rule(name="no import", key=Source(avoids=["import"]), pattern=r"^\s*(from|import)\b", wanted=False),
)


def corpus(only: str | None) -> Iterator[Told]:
    """Every program as each rule judges it."""
    written = programs()
    for rule in RULES:
        if only and rule.name != only:
            continue
        for program in written:
            there = re.search(rule.pattern, program, re.MULTILINE) is not None
            right = there == rule.wanted
            slip = "" if right else "has it" if there else "lacks it"
            yield judged("source", rule.name, rule.key, {"code": program}, slip, right=right)


def programs() -> Sequence[str]:
    """The right programs of all exercises: written by people who thought of no rule."""
    text = EXERCISES.read_text(encoding="utf-8")
    sections = (BLOCK.findall(section)[1:] for section in text.split("\n## ")[1:])
    return [program for section in sections for program in section]
