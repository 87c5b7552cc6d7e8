"""A short text: accepted in any way of writing that does not matter, a slip of spelling told as one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
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
MORE: Final = (
    "The answer is in what you wrote, and there is more around it. Give only what the question asks for: "
    "leave the rest out."
)
PART: Final = "`{found}` is part of the answer, and something is missing. What makes it exact?"
FORM: Final = (
    "`{found}` has the right stem, and the question asks for another form of the word. Read once more "
    "whether one or several, a thing or an action are meant."
)
TWO: Final = "You give more than one answer, and one of them fits. Decide for one: what speaks for it?"
NEGATED: Final = (
    "The word that is asked for is in your answer, and “{word}” turns it into its opposite. Say what it is."
)
BEGINNING: Final = "`{found}` is how the answer begins. Write it out."
NUMBER: Final = "`{found}` is a number, and the question asks for a word. Read once more what it asks for."
TERM: Final = (
    "`{found}` is a term of this subject, and it names something else. Say in your own words what it "
    "means: in what does that differ from what is asked for?"
)
OTHER: Final = (
    "`{found}` is not what the question asks for. Read it once more: which word in it says what kind of "
    "answer is meant?"
)

NEGATIVE: Final = frozenset(("no", "not", "never", "without", "isn't", "none"))
OR: Final = frozenset(("or", "/", "nor"))
NUMERIC: Final = re.compile(r"[-+]?[0-9][0-9., ]*%?")

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
    a slip (turn it off where one letter makes another answer, as for names of methods). `matches` are
    regular expressions of which one has to fit the whole answer, for what a list cannot hold. `wrong` are
    answers to expect: a dict says what is told of each, a list names terms that mean something else.
    """

    kind: ClassVar[str] = "text"

    accept: tuple[str, ...]
    case: bool
    accents: bool
    spelling: bool
    matches: tuple[re.Pattern[str], ...]
    wrong: tuple[tuple[str, str | None], ...]

    def __init__(
        self,
        *accept: str,
        case: bool = False,
        accents: bool = False,
        spelling: bool = True,
        matches: Sequence[str] = (),
        wrong: Sequence[str] | Mapping[str, str] = (),
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
        set_(self, "matches", tuple(_pattern(one, case) for one in matches))
        known = tuple(wrong.items()) if isinstance(wrong, Mapping) else tuple((one, None) for one in wrong)
        for one, says in known:
            if not isinstance(one, str) or not (says is None or isinstance(says, str)):
                raise ValueError(f"Text has {one!r} in wrong, with {says!r}; expected texts")
            if self._is(" ".join(one.split()), case=case, accents=accents):
                raise ValueError(f"Text has {one!r} in wrong, and accepts it; take it out of one of the two")
        set_(self, "wrong", known)

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
        for place, (known, says) in enumerate(self.wrong):
            if normal(text) == normal(known):
                return (
                    wrong("other-term", TERM, found=found)
                    if says is None
                    else wrong(f"wrong-{place + 1}", says)
                )
        if self._is(text, case=False, accents=self.accents):
            return wrong("case", CASE, found=found)
        if self._is(text, case=self.case, accents=False):
            return wrong("accents", ACCENTS, found=found)
        if text[0] in "'\"“‘„«" and self._is(text.strip("'\"“”‘’„«»"), case=self.case, accents=self.accents):
            return wrong("quotes", QUOTES)
        if self.spelling and any(_near_miss(normal(text), normal(one)) for one in self.accept):
            return wrong("spelling", SPELLING, found=found)
        if found_part := self._of_words(text, found):
            return found_part
        return Result(score=0.0, messages=(Message(key="other", template=OTHER, params={"found": found}),))

    def same(self, one: object, other: object, runner: Runner | None = None) -> bool:  # noqa: ARG002
        first, second = self.parse(one), self.parse(other)
        if isinstance(first, FormatError) or isinstance(second, FormatError):
            return False
        return normal(first, case=self.case, accents=self.accents) == normal(
            second, case=self.case, accents=self.accents
        )

    def _of_words(self, text: str, found: str) -> Result | None:
        """The answer among other words, a part of it, or its stem with another ending."""
        words = normal(text).split()
        for one in self.accept:
            target = normal(one).split()
            if len(words) > len(target) and any(
                words[n : n + len(target)] == target for n in range(len(words) - len(target) + 1)
            ):
                around = {*words} - {*target}
                if around & OR:
                    return wrong("two-answers", TWO)
                if around & NEGATIVE:
                    return wrong("negated", NEGATED, word=next(w for w in words if w in around & NEGATIVE))
                return wrong("more-around", MORE)
        for one in self.accept:
            target = normal(one).split()
            if len(words) < len(target) and {*words} <= {*target} and len(text) > 3:
                return wrong("part", PART, found=found)
            if self.spelling and len(words[0]) > 2 and normal(one).startswith(normal(text)):
                return wrong("beginning", BEGINNING, found=found)
            if self.spelling and len(words) == len(target) == 1 and _same_stem(words[0], target[0]):
                return wrong("other-form", FORM, found=found)
        if NUMERIC.fullmatch(text) and not any(c.isdigit() for one in self.accept for c in one):
            return wrong("number", NUMBER, found=found)
        return None

    def _is(self, text: str, *, case: bool, accents: bool) -> bool:
        if any(pattern.fullmatch(text.translate(TYPOGRAPHIC)) for pattern in self.matches):
            return True
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


def _pattern(one: str, case: bool) -> re.Pattern[str]:
    try:
        return re.compile(one, 0 if case else re.IGNORECASE)
    except (re.error, TypeError) as error:
        raise ValueError(f"Text has {one!r} in matches, which is no regular expression: {error}") from None


def _same_stem(text: str, target: str) -> bool:
    """Whether two words are alike but for an ending: filter and filtering, column and columns."""
    shared = next(
        (n for n, (a, b) in enumerate(zip(text, target, strict=False)) if a != b), min(len(text), len(target))
    )
    return shared >= 4 and max(len(text), len(target)) - shared <= 3 and shared * 3 >= 2 * len(target)


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
