"""Texts of all sorts, with every way to say yes and no; texts that are none.

What is right is what its writer says: each point met.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from corpus.told import Told, judged

from checkers import FreeText

QUESTIONS: dict[str, tuple[list[str], str, list[str]]] = {
    "median or mean": (
        ["It names the median.", "It says why outliers do not move it."],
        "I take the median: a few very large values leave the middle one where it is.",
        [
            "I would take the median of all incomes.",
            "The mean, as it uses every value\nand is quick to work out.",
            "¿Por qué no la mediana? Es la de en medio.",
            "median because 3 very rich people change the mean a lot",
            "Ich nehme den Median, denn Ausreißer bewegen ihn nicht.",
            "* the median\n* it stays where it is, `[1, 2, 900]` shows it",
            "{median} is in the middle, whatever {the others} are.",
        ],
    ),
    "what a bar chart hides": (
        ["It names the scale.", "It says where the scale begins.", "It says what that does to the bars."],
        "The scale begins at 90, so that a small difference looks like a large one.",
        [
            "The axis starts at 90 and not at 0, so bars look different.",
            "You cannot see how many people were asked at all.",
            "The scale is odd and it has no zero on it.",
            "  The first bar looks twice as high, and is 2% larger.  ",
        ],
    ),
}


def corpus(only: str | None) -> Iterator[Told]:
    for name, (criteria, exemplar, texts) in QUESTIONS.items():
        if only not in (None, name):
            continue
        key = FreeText(criteria=criteria, exemplar=exemplar)
        for text in (*texts, exemplar, " ".join(texts), " ".join(reversed(texts))):
            yield judged("free_text", name, key, {"text": text}, "not assessed")
            for met in itertools.product((True, False), repeat=len(criteria)):
                slip = "" if all(met) else "not all met"
                yield judged("free_text", name, key, {"text": text, "met": list(met)}, slip, right=all(met))
            # The same by other hands: more words before and after, other spaces.
            for other in (f"I think: {text}", f"{text}\n\nThat is all.", text.replace(" ", "  ")):
                response = {"text": other, "met": [True] * len(criteria)}
                yield judged("free_text", name, key, response, right=True)
        for text in ("", "  \n", "Because.", "I do not know", "x" * 5_001, 3):
            yield judged("free_text", name, key, {"text": text, "met": [True] * len(criteria)}, "no text")
