"""Every way to give the partners out to those on the left, and each distractor at each place."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from corpus.told import Told, judged

from checkers import Matching

QUESTIONS: dict[str, tuple[dict[str, str], list[str]]] = {
    "means": (
        {"mean": "sum by count", "median": "in the middle", "mode": "most frequent"},
        ["largest by smallest"],
    ),
    "types": ({"`3`": "int", "`3.0`": "float", "`'3'`": "str", "`[3]`": "list"}, ["dict", "tuple"]),
    "pandas": (
        {
            "`df.head()`": "first rows",
            "`df.shape`": "rows and columns",
            "`df.dtypes`": "kinds",
            "`len(df)`": "rows",
        },
        ["last rows"],
    ),
    "fractions": ({"1/2": "50%", "1/4": "25%", "3/4": "75%", "1/10": "10%"}, ["14%", "12.5%"]),
    "animals": ({"owl": "bird", "hawk": "bird", "bat": "mammal", "newt": "amphibian"}, ["fish"]),
    "signs": ({"`==`": "is equal", "`=`": "gets"}, []),
}


def corpus(only: str | None) -> Iterator[Told]:
    for name, (pairs, distractors) in QUESTIONS.items():
        if only not in (None, name):
            continue
        key = Matching(pairs, distractors=distractors)
        for order in itertools.islice(itertools.permutations(pairs.items()), 8):
            yield judged("matching", name, key, dict(order), right=True)
        seen = [pairs]
        for partners in itertools.permutations(pairs.values()):
            _add(seen, dict(zip(pairs, partners, strict=True)))
        for one, other in itertools.product(pairs, {*pairs.values(), *distractors}):
            _add(seen, {**pairs, one: other})
        for other in sorted({*pairs.values(), *distractors}):
            _add(seen, dict.fromkeys(pairs, other))
        for response in seen[1:]:
            yield judged("matching", name, key, response, "given out otherwise")
        for one in pairs:
            yield judged("matching", name, key, {k: v for k, v in pairs.items() if k != one}, "one left out")


def _add(seen: list[dict[str, str]], response: dict[str, str]) -> None:
    if response not in seen:
        seen.append(response)
