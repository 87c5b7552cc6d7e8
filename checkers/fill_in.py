"""Blanks to fill in, in a text or in code."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar, Final

from checkers.checker import Checker
from checkers.code import problem
from checkers.explain import quoted
from checkers.kinds import kind_of, plain
from checkers.message import Message
from checkers.number import Number
from checkers.result import FormatError, Part, Result, refused, right, unreadable
from checkers.run import Runner
from checkers.snippet import Snippet
from checkers.text import Text

GAP: Final = re.compile(r"_{3,}")
MOST: Final = 500

BLANK: Final = "Nothing is filled in yet. Write something into each blank, then check."
EMPTY: Final = "Blank {blank} is still empty. Write something into each blank, then check."
NOT_TEXTS: Final = (
    "What came in are not {count} texts, one for each blank. Fill in the blanks that are shown."
)
NOT_LIST: Final = "Your code ends with {kind}. End it with a list of texts, one for each blank."
TOO_LONG: Final = "Blank {blank} has more than {most} characters. Write only what belongs there."
ONE: Final = "Blank {blank}: "
LEAD: Final = "{good} of {count} blanks are right. "
ELSEWHERE: Final = "`{found}` is what belongs into blank {other}. What does this one ask for?"
GIVEN: Final = (
    "`{found}` is given in the text already. What belongs here has to be worked out: in which steps?"
)
NUMBERS: Final = re.compile(r"(?<![\w.])\d+(?:\.\d+)?(?![\w])")
EXCHANGED: Final = "`{found}` belongs into another blank. What is this one for?"

Filled = tuple[str, ...]


@dataclass(frozen=True, slots=True, init=False)
class FillIn(Checker):
    """A text with blanks (three or more underscores each) and what belongs into them.

    Each of `blanks` is a text, a list of texts that are right, or a checker (`Number`, `Text` …). With `code`
    the text is Python, and blanks are compared as such: spaces, quotes and brackets that change nothing make
    no difference. With `by` (a `Function`, `Program` or `Source`) the filled-in code is judged by that
    instead, so that whatever works is right. The response is the list of what was filled in.
    """

    kind: ClassVar[str] = "fill-in"

    parts: tuple[str, ...]
    blanks: tuple[Checker, ...]
    first: tuple[str, ...]
    code: bool
    by: Checker | None

    def __init__(
        self,
        text: str,
        blanks: Sequence[str | Sequence[str] | Checker],
        *,
        code: bool = False,
        by: Checker | None = None,
    ) -> None:
        parts = GAP.split(text)
        if len(parts) < 2:
            raise ValueError(f"FillIn has no blank in {text[:60]!r}; expected ___ where one belongs")
        if isinstance(blanks, str) or len(blanks) != len(parts) - 1:
            raise ValueError(
                f"FillIn has {len(parts) - 1} blanks in its text and is given {blanks!r}; "
                f"expected a list with "
                "what belongs into each"
            )
        if by is not None and by.takes != "source":
            raise ValueError(f"FillIn has by={by!r}; expected a Function, a Program or a Source")
        keys = tuple(
            _key(blank, code or by is not None, "___".join(parts[: n + 1]), parts[n + 1])
            for n, blank in enumerate(blanks)
        )
        set_ = object.__setattr__
        set_(self, "parts", tuple(parts))
        set_(self, "blanks", keys)
        set_(self, "first", tuple(str(key.right()) for key in keys))
        set_(self, "code", code or by is not None)
        set_(self, "by", by)

    def asks(self) -> dict[str, object]:
        return {"kind": self.kind, "parts": list(self.parts), "code": self.code}

    def right(self) -> list[str]:
        return list(self.first)

    def parse(self, response: object) -> Filled | FormatError:
        if response is None or response in ("", [], ()):
            return unreadable("blank", BLANK)
        if type(response) not in (list, tuple) or len(response) != len(self.blanks):  # type: ignore[arg-type]
            return unreadable("not-blanks", NOT_TEXTS, count=len(self.blanks))
        filled = []
        for n, one in enumerate(response, 1):  # type: ignore[arg-type, var-annotated]
            value = plain(one)
            text = str(value) if type(value) in (int, float, str) else None
            if text is None:
                return unreadable("not-blanks", NOT_TEXTS, count=len(self.blanks))
            if len(text) > MOST:
                return unreadable("too-long", TOO_LONG, blank=n, most=MOST)
            filled.append(text.strip())
        if not any(filled):
            return unreadable("blank", BLANK)
        for n, (text, key) in enumerate(zip(filled, self.blanks, strict=True), 1):
            if not text:
                return unreadable("empty", EMPTY, blank=n)
            if isinstance(error := key.parse(text), FormatError):
                return FormatError(message=_placed(error.message, n))
        return tuple(filled)

    def respond(self, value: object) -> object | FormatError:
        if type(value) in (list, tuple):
            return list(value)  # type: ignore[call-overload, no-any-return]
        return [value] if len(self.blanks) == 1 else unreadable("not-list", NOT_LIST, kind=kind_of(value))

    def source(self, filled: Sequence[str]) -> str:
        """The whole text with its blanks filled in."""
        return self.parts[0] + "".join(
            f"{one}{part}" for one, part in zip(filled, self.parts[1:], strict=True)
        )

    def check(self, answer: object, runner: Runner | None = None) -> Result:
        filled = self.parse(answer)
        if isinstance(filled, FormatError):
            return refused(filled)
        results = [key.check(text) for key, text in zip(self.blanks, filled, strict=True)]
        if all(result.correct for result in results):
            return right()
        if self.by is not None:
            source = self.source(filled)
            error = problem(source, may_input=True)
            result = refused(error) if error else self.by.check(source, runner)
            return self._placed_by(result, results)
        good = [result.correct for result in results]
        place = good.index(False)
        others = [n for n in range(len(good)) if n != place and not good[n]]
        if any(self.blanks[n].check(filled[place]).correct for n in others):
            found = quoted(filled[place], 60)
            mixed = Message(key="exchanged", template=EXCHANGED, params={"found": found})
            results[place] = Result(score=0.0, mistake="exchanged", messages=(mixed,))
        elif results[place].mistake is None and (found_out := self._of_others(filled, place)):
            results[place] = Result(score=0.0, mistake=found_out.key, messages=(found_out,))
        message = _placed(results[place].messages[0], place + 1)
        if any(good):
            params = {"good": sum(good), "count": len(good), **message.params}
            message = Message(key=message.key, template=LEAD + message.template, params=params)
        parts = tuple(Part(name=f"blank {n}", weight=1.0, score=r.score) for n, r in enumerate(results, 1))
        score = sum(r.score for r in results) / len(results)
        return Result(score=score, mistake=results[place].mistake, messages=(message,), parts=parts)

    def _placed_by(self, result: Result, results: Sequence[Result]) -> Result:
        """What code does, told with the blank where just one differs from what the author filled in."""
        off = [n for n, one in enumerate(results, 1) if not one.correct]
        if result.correct or len(self.blanks) == 1 or len(off) > 1 or not result.messages:
            return result
        first, *others = result.messages
        return replace(result, messages=(_placed(first, off[0]), *others))

    def _of_others(self, filled: Filled, place: int) -> Message | None:
        """What belongs into another blank, or stands in the text already."""
        found = quoted(filled[place], 60)
        for n, key in enumerate(self.blanks):
            if n != place and key.check(filled[place]).correct:
                return Message(key="elsewhere", template=ELSEWHERE, params={"found": found, "other": n + 1})
        key = self.blanks[place]
        given = {number for part in self.parts for number in NUMBERS.findall(part)}
        if isinstance(key, Number) and any(key.same(filled[place], number) for number in given):
            return Message(key="given", template=GIVEN, params={"found": found})
        return None

    def same(self, one: object, other: object, runner: Runner | None = None) -> bool:
        first, second = self.parse(one), self.parse(other)
        if isinstance(first, FormatError) or isinstance(second, FormatError):
            return False
        if self.by is not None:
            return self.by.same(self.source(first), self.source(second), runner)
        return all(key.same(a, b) for key, a, b in zip(self.blanks, first, second, strict=True))


def _placed(message: Message, blank: int) -> Message:
    return Message(
        key=message.key, template=ONE + message.template, params={**message.params, "blank": blank}
    )


def _key(blank: object, code: bool, before: str, after: str) -> Checker:
    if isinstance(blank, Checker):
        if blank.takes != "answer" or blank.kind not in ("text", "number"):
            raise ValueError(
                f"FillIn has a blank {blank!r}; expected a text, a list of texts, Text or Number"
            )
        return blank
    texts = [blank] if isinstance(blank, str) else list(blank) if isinstance(blank, list | tuple) else []
    if not texts or not all(isinstance(one, str) and one.strip() for one in texts):
        raise ValueError(f"FillIn has a blank {blank!r}; expected a text, a list of texts, or a checker")
    return Snippet(*texts, before=before, after=after) if code else Text(*texts)
