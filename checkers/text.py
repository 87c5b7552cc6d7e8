"""A short text: accepted in any way of writing that does not matter, a slip of spelling told as one."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import ClassVar, Final

from checkers.checker import Checker
from checkers.explain import quoted
from checkers.kinds import kind_of, plain
from checkers.message import Message
from checkers.result import FormatError, Result, refused, right, unreadable, wrong
from checkers.run import Runner

MOST: Final = 2_000

BLANK: Final = "There is nothing here yet. Write your answer, then check."
NOT_TEXT: Final = (
    "Your code ends with {kind}, and the question asks for a text. End it with that text, in quotes."
)
TOO_LONG: Final = (
    "Your answer has {found:,} characters, and the question asks for a short one. Give only what it asks for."
)
SPELLING: Final = (
    "`{found}` is very near: it looks like a slip of spelling. Compare it letter by letter with how the "
    "word is written in the lesson."
)
CASE: Final = "The letters of `{found}` fit, and here capitals matter. Check which letters are capitals."
ACCENTS: Final = "The letters of `{found}` fit, and here accents matter. Check which letters carry one."
QUOTES: Final = "The words fit. Leave the quotes around them out."
OTHER: Final = (
    "`{found}` is not what the question asks for. Read it once more: which word in it says what kind of "
    "answer is meant?"
)

TYPOGRAPHIC: Final = str.maketrans(
    {
        "‘": "'",
        "’": "'",
        "‚": "'",
        "“": '"',
        "”": '"',
        "„": '"',
        "«": '"',
        "»": '"',
        "–": "-",
        "—": "-",
        "−": "-",
        "…": "...",
    }
)


@dataclass(frozen=True, slots=True, init=False)
class Text(Checker):
    """One of the texts in `accept`.

    Spaces at the ends and how many stand between words never matter, nor do typographic quotes and dashes.
    `case` and `accents`: whether capitals and accents count. `spelling`: whether a near miss is told as
    a slip (turn it off where one letter makes another answer, as for names of methods).
    """

    kind: ClassVar[str] = "text"

    accept: tuple[str, ...]
    case: bool
    accents: bool
    spelling: bool

    def __init__(
        self, *accept: str, case: bool = False, accents: bool = False, spelling: bool = True
    ) -> None:
        if not accept or not all(isinstance(one, str) and one.strip() for one in accept):
            raise ValueError(
                f"Text is given {accept!r}; expected the texts that are right, like Text('mean', 'average')"
            )
        set_ = object.__setattr__
        set_(self, "accept", accept)
        set_(self, "case", case)
        set_(self, "accents", accents)
        set_(self, "spelling", spelling)

    def asks(self) -> dict[str, object]:
        return {"kind": self.kind}

    def right(self) -> str:
        return self.accept[0]

    def parse(self, response: object) -> str | FormatError:
        if response is None:
            return unreadable("blank", BLANK)
        if type(response) is not str:
            return unreadable("not-text", NOT_TEXT, kind=kind_of(response))
        if len(response) > MOST:
            return unreadable("too-long", TOO_LONG, found=len(response))
        return " ".join(response.split()) or unreadable("blank", BLANK)

    def respond(self, value: object) -> str | FormatError:
        value = plain(value)
        return value if type(value) is str else unreadable("not-text", NOT_TEXT, kind=kind_of(value))

    def check(self, answer: object, runner: Runner | None = None) -> Result:  # noqa: ARG002
        text = self.parse(plain(answer))
        if isinstance(text, FormatError):
            return refused(text)
        if self._is(text, case=self.case, accents=self.accents):
            return right()
        found = quoted(text, 60)
        if self._is(text, case=False, accents=self.accents):
            return wrong("case", CASE, found=found)
        if self._is(text, case=self.case, accents=False):
            return wrong("accents", ACCENTS, found=found)
        if text[0] in "'\"“‘„«" and self._is(text.strip("'\"“”‘’„«»"), case=self.case, accents=self.accents):
            return wrong("quotes", QUOTES)
        if self.spelling and any(_near_miss(normal(text), normal(one)) for one in self.accept):
            return wrong("spelling", SPELLING, found=found)
        return Result(score=0.0, messages=(Message(key="other", template=OTHER, params={"found": found}),))

    def same(self, one: object, other: object, runner: Runner | None = None) -> bool:  # noqa: ARG002
        first, second = self.parse(one), self.parse(other)
        if isinstance(first, FormatError) or isinstance(second, FormatError):
            return False
        return normal(first, case=self.case, accents=self.accents) == normal(
            second, case=self.case, accents=self.accents
        )

    def _is(self, text: str, *, case: bool, accents: bool) -> bool:
        return normal(text, case=case, accents=accents) in {
            normal(one, case=case, accents=accents) for one in self.accept
        }


def normal(text: str, *, case: bool = False, accents: bool = False) -> str:
    """A text in the one form in which texts are compared."""
    text = unicodedata.normalize("NFC", " ".join(text.split()).translate(TYPOGRAPHIC))
    if not accents:
        parts = unicodedata.normalize("NFD", text)
        text = unicodedata.normalize("NFC", "".join(c for c in parts if not unicodedata.combining(c)))
    return text if case else text.casefold()


def _near_miss(text: str, target: str) -> bool:
    """Whether a slip or two lie between: one in words of 4 letters or more, two from 8 on; numbers never."""
    most = 0 if len(target) < 4 else 1 if len(target) < 8 else 2
    digits = [c for c in text if c.isdigit()], [c for c in target if c.isdigit()]
    return digits[0] == digits[1] and distance(text, target, most) <= most


def distance(one: str, other: str, most: int) -> int:
    """How many letters are to be put in, left out, changed or swapped with the next; `most` + 1 if more.

    Optimal string alignment (Damerau 1964).
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        last, before_last = row, before
        row = [i]
        for j, b in enumerate(other, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, before_last[j - 2] + 1)
            row.append(cost)
        before = last
        if min(row) > most:
            return most + 1
    return row[-1]
