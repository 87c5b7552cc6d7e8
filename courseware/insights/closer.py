"""One item looked at closely: which of its questions are odd, what learners wrote, what never came up."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import numpy as np

from courseware.course import Course
from courseware.draw import seed_of
from courseware.insights.columns import ANSWER, ASKED, NONE, Columns
from courseware.insights.derived import ITEMS
from courseware.insights.items import ENOUGH, at_least, mistakes
from courseware.insights.tables import Tables
from courseware.mastery.attempts import Ints

HARDER: Final = 0.1
"""A question is odd if first tries surely miss it so much more often than the item's others."""
SEEDS: Final = 24
"""So many variants of an item are looked at for the mistakes that it names and the options that it has."""
PICKS: Final = 500
"""So many wrong answers are looked through for options that somebody picked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VariantRow:
    """One question of an item, as several learners had it: first tries, how many were right, and the place of
    one of them in the log."""

    tries: int
    right: int
    example: int


def odd_variants(tables: Tables, item: int) -> list[VariantRow]:
    """The questions of an item that first tries miss more than its others, the surest first.

    Only of questions that several learners had in the same form.
    """
    columns = tables.columns
    rows = np.flatnonzero(np.asarray(columns["item"]) == item)
    first = _first_tries(columns, rows)
    asked, right = np.asarray(columns["asked_as"])[first], np.asarray(columns["right"])[first]
    there = asked != 0
    names, place = np.unique(asked[there], return_inverse=True)
    tries = np.bincount(place, minlength=len(names))
    rights = np.bincount(place, right[there], len(names)).astype(np.int64)
    whole = right.mean() if len(right) else 0.0
    _, example = np.unique(place, return_index=True)
    seq = np.asarray(columns["seq"])[first][there]
    found = [
        VariantRow(tries=int(tries[n]), right=int(rights[n]), example=int(seq[example[n]]))
        for n in range(len(names))
        if tries[n] >= ENOUGH and at_least(int(tries[n] - rights[n]), int(tries[n])) > 1 - whole + HARDER
    ]
    return sorted(found, key=lambda row: row.right / row.tries)


def _first_tries(columns: Columns, rows: Ints) -> Ints:
    """The clean answers among an item's events: no earlier answer, hint or solution of the variant."""
    learner, variant = np.asarray(columns["learner"])[rows], np.asarray(columns["variant"])[rows]
    kind = np.asarray(columns["kind"])[rows]
    order = np.lexsort((np.asarray(columns["at"])[rows], variant, learner))
    learner, variant, kind = learner[order], variant[order], kind[order]
    asked = kind == ASKED
    new = np.r_[True, (learner[1:] != learner[:-1]) | (variant[1:] != variant[:-1])] if len(rows) else asked
    touched = np.cumsum(~asked)
    start = np.maximum.accumulate(np.where(new, np.arange(len(rows)), 0))
    before = touched - ~asked - (touched - ~asked)[start] if len(rows) else touched
    clean = (kind == ANSWER) & (before == 0)
    tries: Ints = rows[order[clean]]
    return tries


def responses(tables: Tables, items: Sequence[int], mistake: str | None, most: int = 3) -> list[str]:
    """What learners wrote, as text: the latest different responses that went wrong so."""
    columns, words = tables.columns, list(tables.columns.words["mistake"])
    if mistake is not None and mistake not in words:
        return []
    number = NONE if mistake is None else words.index(mistake)
    chosen = np.isin(np.asarray(columns["item"]), np.asarray(items))
    wrong = (np.asarray(columns["kind"]) == ANSWER) & ~np.asarray(columns["right"])
    rows = np.flatnonzero(chosen & wrong & (np.asarray(columns["mistake"]) == number))
    found: list[str] = []
    for response in _given(tables, rows[::-1][: 8 * most]):
        text = as_text(response)
        if text and text not in found:
            found.append(text)
        if len(found) == most:
            break
    return found


def _given(tables: Tables, rows: Ints) -> Iterator[object]:
    """The responses of these rows, one after the other, from the log."""
    course, log = tables.source.course.id, tables.source.open_log()
    try:
        for seq in np.asarray(tables.columns["seq"])[rows].tolist():
            for _, text in log.columns(course, ("response",), after=seq - 1, most=1):
                yield json.loads(text)
    finally:
        log.close()


def as_text(response: object) -> str:
    """A response as a person would read it; code as its source."""
    match response:
        case {"code": str(code)}:
            return code
        case str(text):
            return text
        case bool() | int() | float():
            return str(response)
        case list() if all(isinstance(each, str | int | float) for each in response):
            return "\n".join(map(str, response))
        case {**pairs} if all(isinstance(each, str | int | float) for each in pairs.values()):
            return "; ".join(f"{key}: {value}" for key, value in pairs.items())
        case None:
            return ""
        case _:
            return json.dumps(response, ensure_ascii=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What an item's author foresaw: the mistakes that it names, and the options besides the right one.

    `says` maps a mistake to what a learner is told, of some variant.
    """

    mistakes: tuple[str, ...]
    options: tuple[str, ...]
    says: Mapping[str, str]


def named(course: Course, item: str) -> Named | None:
    """What some variants of an item have; None where the course has the item no more."""
    found = course.items.get(item)
    return None if found is None else _named(course, found.id)


@lru_cache(maxsize=512)
def _named(course: Course, name: str) -> Named:
    item = course.items[name]
    keys: dict[str, str] = {}
    options: Counter[str] = Counter()
    for number in range(SEEDS):
        seed = seed_of("insight", course.id, item.id, item.version, number)
        question = item.question(seed, course.data)
        for mistake in question.mistakes:
            message = question.message(mistake.key, mistake.says)
            keys.setdefault(mistake.key, message.text)
        ask = question.answer.asks()
        if ask.get("kind") in ("choice", "choices"):
            shown: Any = ask["options"]
            options.update(str(each) for each in shown if each != question.right)
    always = tuple(text for text, count in options.items() if count >= SEEDS // 2)
    return Named(mistakes=tuple(keys), options=always, says=keys)


def never_picked(tables: Tables, item: int, foreseen: Named) -> list[str]:
    """Of the options that an item always has, those that nobody picked; nothing where little went wrong."""
    if not foreseen.options or tables.counts.items[item][ITEMS.index("wrong")] < ENOUGH:
        return []
    columns, picked = tables.columns, set[str]()
    chosen = (np.asarray(columns["item"]) == item) & (np.asarray(columns["kind"]) == ANSWER)
    rows = np.flatnonzero(chosen & ~np.asarray(columns["right"]))[::-1]
    for response in _given(tables, rows[:PICKS]):
        picked.update(map(str, response) if isinstance(response, list) else [str(response)])
        if picked.issuperset(foreseen.options):
            break
    return [option for option in foreseen.options if option not in picked]


def never_triggered(tables: Tables, item: int, foreseen: Named) -> list[str]:
    """Of the mistakes that an item names, those that nobody made; nothing where little went wrong."""
    if tables.counts.items[item][ITEMS.index("wrong")] < ENOUGH:
        return []
    made = {row.key for row in mistakes(tables, [item])}
    return [key for key in foreseen.mistakes if key not in made]
