"""Parts of a drawing to shade, or a place on a number line, with the slip named where there is one.

Slips from the literature on how fractions are drawn: the numbers taken one by one instead of together
(Ni & Zhou 2005), the rest compared with the part, parts counted that are not equal, the whole of several
wholes mistaken (Behr, Lesh, Post & Silver 1983), marks of a number line counted instead of the steps between
them (Mitchell & Horne 2008).
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction as Value
from typing import ClassVar, Final

from checkers.checker import Checker
from checkers.drawing import Drawing, Shape, drawn
from checkers.fraction import Written, read_fraction
from checkers.kinds import kind_of, plain
from checkers.message import Message
from checkers.result import FormatError, Result, refused, right, unreadable, wrong
from checkers.run import Runner

BLANK: Final = "Nothing is shaded yet. Shade the parts that are asked for, then check."
NO_PLACE: Final = "No place is marked yet. Mark the one that is asked for, then check."
NOT_PARTS: Final = "What came in are not parts of this drawing. Shade the parts that are shown, then check."
NOT_A_MARK: Final = "What came in is not a mark of this line. Choose one that is shown, then check."
NOT_LIST: Final = (
    "Your code ends with {kind}. End it with a list of the parts to shade, counted from 1: [1, 2, 3]."
)
NOT_MARK: Final = "Your code ends with {kind}. End it with the mark's number, counted from 0."

REST: Final = (
    "You shaded the rest: what you left empty is what is asked for. Which of the two does {asked} name?"
)
TOP_COUNTED: Final = (
    "The {top} of {asked} is there. The whole has {parts} parts here, though, and not {bottom}: how many of "
    "them make one of {bottom} equal shares?"
)
BOTTOM_COUNTED: Final = (
    "You shaded {bottom} parts. The number below the line says into how many equal shares the whole is cut; "
    "the one above, how many of them are meant."
)
UNEQUAL: Final = (
    "You shaded {count} of {parts} parts. These are of different size, though: which of them are as "
    "large as two or more of the others together?"
)
INVERTED: Final = (
    "Those are the right numbers, upside down: {asked} is not as much as that. Below the line is how many "
    "shares one whole has."
)
TO_REST: Final = (
    "What you shaded and what you left empty are as {top} to {bottom}. Below the line belongs the whole: "
    "shaded and empty together."
)
ALL: Final = "Everything is shaded now, and that is {wholes}. How much less is {asked}?"
ALL_AS_ONE: Final = (
    "You took all that is drawn as one whole. There are {wholes} wholes: {asked} counts parts of one of them."
)
WHOLE_LEFT: Final = (
    "The part of a whole fits. {asked} is more than one whole, though: what has to be there before this part?"
)
ONE_FEWER: Final = "One part is missing. Count once more: how many parts has {asked} here?"
ONE_MORE: Final = "That is one part too many. Count once more: how many parts has {asked} here?"
SHARES: Final = (
    "You shaded {found}: the shares are of the right size. Which number of {asked} says how many are meant?"
)
HALF: Final = (
    "You shaded {side} than one half, and {asked} is not. Into how many equal shares does it cut a whole?"
)
BROKEN_SHARE: Final = (
    "What you shaded is no whole number of shares: {asked} cuts a whole into {bottom} of them. How many of "
    "the {parts} parts make one?"
)
OTHER_WHOLE: Final = (
    "That is {side} than one whole. Is {asked} more than one whole, or less? Compare the number above the "
    "line with the one below."
)
PARTS_FOR_WHOLES: Final = (
    "You shaded {count} of {all} parts. {asked} without a fraction line counts wholes: how many parts is one?"
)
ENOUGH: Final = (
    "You shaded {count} of {all} parts, and that is {side} than {asked}. Into how many equal shares does "
    "{asked} cut a whole, and how many parts make one share?"
)
ENOUGH_WHOLES: Final = (
    "You shaded {count} of {all} parts, and that is {side} than {asked}. How many parts is one whole here?"
)

OTHER_PARTS: Final = (
    "The number of shaded parts fits. The question asks for particular ones: take the ones that you "
    "shaded in turn, "
    "and ask of each whether it is meant."
)
REST_OF_PARTS: Final = "You shaded all but those that are asked for. Which of the two does the question name?"
ONE_ON: Final = (
    "Each of your parts is one {side} where it should be. Where does counting start: is the first part 1?"
)
MISSING: Final = "All that you shaded belongs there: {hits}. It is not complete yet: which are still empty?"
TOO_MANY: Final = (
    "All that is asked for is shaded, and more. Go through the shaded parts one by one: what speaks for each?"
)
SOME: Final = (
    "Of the shaded parts {hits} belong there. Read once more what is asked for, and go through the "
    "parts one by one."
)
NO_PART: Final = (
    "None of the shaded parts is meant yet. Read once more what is asked for, and begin with one part."
)

MARKS: Final = (
    "You are one mark before it: that happens when the mark of 0 is counted as the first. Count the steps "
    "between the marks instead."
)
STEP_MORE: Final = "You are one step past it. Put a finger on 0 and count each step as you take it."
FROM_END: Final = (
    "You are as far from {end} as {asked} is from 0. From which end of the line are numbers counted?"
)
LINE_TOP: Final = (
    "Your mark is at step {top}. One whole has {parts} steps here, though, and not {bottom}: how many of "
    "them make one of {bottom} equal shares?"
)
LINE_BOTTOM: Final = (
    "You went {bottom} steps. The number below the line says into how many shares one whole is cut; the one "
    "above, how many of them to go."
)
LINE_AS_ONE: Final = (
    "You took the whole line as one. It goes from 0 to {wholes}: {asked} counts shares of the piece "
    "from 0 to 1."
)
LINE_WHOLE_LEFT: Final = (
    "The part of a whole fits. {asked} is more than 1, though: where does this part begin?"
)
PAST_WHOLE: Final = (
    "Your mark is at more than 1. Is {asked} more than one whole, or less? Compare the number above the line "
    "with the one below."
)
SHORT_OF_WHOLE: Final = (
    "Your mark is at less than 1. Is {asked} more than one whole, or less? Compare the number above the line "
    "with the one below."
)
LINE_SHARES: Final = (
    "Your mark is at {found}: the shares are of the right size. Which number of {asked} says how many to go?"
)
LINE_BROKEN_SHARE: Final = (
    "Your mark, at step {count}, lies inside a share: {asked} cuts a whole into {bottom}. How many of the "
    "{parts} steps make one share?"
)
AT_WHOLE: Final = "You marked {found}, a whole number. Between which two whole numbers does {asked} lie?"
STEPS: Final = (
    "Your mark is at step {count}, and {asked} lies further to the {side}. One whole has {parts} steps here: "
    "how many of them are {asked}?"
)

Slip = tuple[str, bool, str]
"""A mistake's key, whether the answer shows it, and what is said."""


@dataclass(frozen=True, slots=True, init=False)
class Shade(Checker):
    """Parts to shade so that they make `amount` ("3/4"), any of them; or with `exactly` these parts.

    `parts` is how many equal parts a whole has, or their sizes ([2, 1, 1]); `shape` one of "bar", "circle",
    "grid" (with `columns`) and "line": a number line from 0 to `wholes`, on which one place is marked. With
    `wholes` the shape is drawn so often. The response is the list of shaded parts, counted from 1 and on
    through the wholes (a grid row by row, a circle clockwise from the top); on a line, the mark's
    number, counted from 0.
    """

    kind: ClassVar[str] = "shade"
    open: ClassVar[bool] = False

    amount: Written
    drawing: Drawing
    exactly: tuple[int, ...] | None

    def __init__(
        self,
        amount: object = None,
        *,
        parts: int | Sequence[int],
        shape: Shape = "bar",
        wholes: int = 1,
        columns: int | None = None,
        exactly: Collection[int] | None = None,
    ) -> None:
        drawing = drawn(shape, parts, wholes, columns)
        if (amount is None) == (exactly is None):
            raise ValueError(
                f"Shade is given {amount!r} and exactly={exactly!r}; expected one of them: an amount, like "
                "'3/4', or exactly the parts that are to be shaded, like [1, 2, 3]"
            )
        if exactly is not None:
            one = tuple(sorted(set(exactly)))
            if shape == "line" or not one or not _are_parts(one, drawing) or len(one) == drawing.parts:
                raise ValueError(
                    f"Shade has exactly={exactly!r}; expected some of the parts 1 to {drawing.parts}"
                )
            amount = drawing.amount(one)
        else:
            one = None
        text = f"{amount.numerator}/{amount.denominator}" if isinstance(amount, Value) else str(amount)
        read = read_fraction(text)
        if isinstance(read, FormatError) or not 0 < read.value <= wholes or not drawing.filled(read.value):
            raise ValueError(
                f"Shade is given {amount!r}; expected a fraction above 0 that parts={parts!r} can make"
            )
        object.__setattr__(self, "amount", read)
        object.__setattr__(self, "drawing", drawing)
        object.__setattr__(self, "exactly", one)

    @property
    def guess(self) -> float:
        """Who does not know shades some number of parts, and for `exactly` some parts of this number."""
        if self.exactly is None:
            return 1 / (self.drawing.parts + (self.drawing.shape == "line"))
        return 1 / (self.drawing.parts * math.comb(self.drawing.parts, len(self.exactly)))

    def asks(self) -> dict[str, object]:
        return {"kind": self.kind, **self.drawing.asks()}

    def right(self) -> list[int] | int:
        if self.drawing.shape == "line":
            return self._steps()
        return list(self.exactly or self.drawing.filled(self.amount.value) or ())

    def parse(self, response: object) -> tuple[int, ...] | int | FormatError:
        if self.drawing.shape == "line":
            if response is None or response == "" or response == []:
                return unreadable("blank", NO_PLACE)
            if type(response) is not int or not 0 <= response <= self.drawing.parts:
                return unreadable("no-mark", NOT_A_MARK)
            return response
        if response is None or response == "" or response == [] or response == ():
            return unreadable("blank", BLANK)
        if type(response) not in (list, tuple) or not _are_parts(response, self.drawing):  # type: ignore[arg-type]
            return unreadable("no-parts", NOT_PARTS)
        return tuple(sorted(set(response)))  # type: ignore[call-overload]

    def respond(self, value: object) -> object | FormatError:
        if self.drawing.shape == "line":
            mark = plain(value)
            return mark if type(mark) is int else unreadable("not-mark", NOT_MARK, kind=kind_of(value))
        if type(value) in (set, frozenset, range):
            value = list(value)[: self.drawing.parts + 1]  # type: ignore[call-overload]
        if type(value) in (list, tuple):
            return [plain(one) for one in value]  # type: ignore[attr-defined]
        return unreadable("not-parts", NOT_LIST, kind=kind_of(value))

    def check(self, answer: object, runner: Runner | None = None) -> Result:  # noqa: ARG002
        given = self.parse(answer)
        if isinstance(given, FormatError):
            return refused(given)
        if self._is_right(given):
            return right()
        if isinstance(given, int):
            slips, template = self._on_line(given), STEPS
            side = "right" if given < self._steps() else "left"
        elif self.exactly is not None:
            return self._of_these(set(given), set(self.exactly))
        else:
            slips = self._of_amount(given)
            template = ENOUGH if self.amount.bottom > 1 else ENOUGH_WHOLES
            side = "less" if self.drawing.amount(given) < self.amount.value else "more"
        found = {
            **self._names(),
            "side": side,
            "count": given if isinstance(given, int) else len(given),
            "found": self._found(given),
        }
        key = None
        for name, holds, says in slips:
            if holds:
                key, template = name, says
                break
        params = {name: value for name, value in found.items() if f"{{{name}}}" in template}
        message = Message(key=key or "other", template=template, params=params)
        return Result(score=0.0, mistake=key, messages=(message,))

    def same(self, one: object, other: object, runner: Runner | None = None) -> bool:  # noqa: ARG002
        first, second = self.parse(one), self.parse(other)
        if isinstance(first, FormatError) or isinstance(second, FormatError):
            return False
        if isinstance(first, int) or isinstance(second, int) or self.exactly is not None:
            return first == second
        return self.drawing.amount(first) == self.drawing.amount(second)

    def _is_right(self, given: tuple[int, ...] | int) -> bool:
        if isinstance(given, int):
            return given == self._steps()
        return given == self.exactly if self.exactly else self.drawing.amount(given) == self.amount.value

    def _steps(self) -> int:
        return int(self.amount.value * len(self.drawing.sizes))

    def _found(self, given: tuple[int, ...] | int) -> str:
        """The amount that was shaded or marked, in the shares of the one asked for where it can be."""
        amount = (
            Value(given, len(self.drawing.sizes)) if isinstance(given, int) else self.drawing.amount(given)
        )
        shares = amount * self.amount.bottom
        if amount.denominator == 1 or shares.denominator > 1:
            return str(amount)
        return f"{shares}/{self.amount.bottom}"

    def _names(self) -> dict[str, object]:
        """What messages may name: the fraction as it is written, its numbers, and the drawing's."""
        asked, drawing = self.amount, self.drawing
        return {
            "asked": asked.text,
            "top": asked.top,
            "bottom": asked.bottom,
            "parts": len(drawing.sizes),
            "all": drawing.parts,
            "wholes": drawing.wholes,
            "end": drawing.wholes,
        }

    def _of_amount(self, given: tuple[int, ...]) -> Iterator[Slip]:
        asked, drawing, count = self.amount, self.drawing, len(given)
        target, wholes, shaded = asked.value, drawing.wholes, drawing.amount(given)
        each = len(drawing.sizes)
        as_one = wholes > 1 and shaded == target * wholes
        shares = asked.bottom > 1
        yield "unequal-parts", not drawing.equal and (count == asked.top or count == target * each), UNEQUAL
        yield "complement", shaded == wholes - target, REST
        yield "all-as-one", as_one, ALL_AS_ONE
        yield "whole-left-out", target > 1 and shaded == target % 1, WHOLE_LEFT
        yield "parts-for-wholes", not shares and count == asked.top, PARTS_FOR_WHOLES
        yield "numerator-counted", shares and count == asked.top and asked.bottom != each, TOP_COUNTED
        yield "everything", count == drawing.parts, ALL
        yield "inverted", target != 1 and shaded == 1 / target, INVERTED
        yield "denominator-counted", shares and count == asked.bottom, BOTTOM_COUNTED
        yield "part-to-rest", shaded * (1 + target) == wholes * target, TO_REST
        yield "one-fewer", drawing.equal and shaded == target - Value(1, each), ONE_FEWER
        yield "one-more", drawing.equal and shaded == target + Value(1, each), ONE_MORE
        yield "other-whole", shares and (shaded - 1) * (target - 1) < 0, OTHER_WHOLE
        if shares and drawing.equal:
            yield "other-number-of-shares", (shaded * asked.bottom).denominator == 1, SHARES
            yield "other-side-of-half", target < 1 and (shaded * 2 - 1) * (target * 2 - 1) < 0, HALF
            yield "broken-share", True, BROKEN_SHARE

    def _on_line(self, mark: int) -> Iterator[Slip]:
        asked, wholes, each = self.amount, self.drawing.wholes, len(self.drawing.sizes)
        target, steps = asked.value, self._steps()
        yield "from-the-end", mark == each * wholes - steps, FROM_END
        yield "all-as-one", wholes > 1 and mark == steps * wholes, LINE_AS_ONE
        yield "whole-left-out", target > 1 and 0 < mark == steps % each, LINE_WHOLE_LEFT
        yield "numerator-counted", asked.bottom > 1 and mark == asked.top and asked.bottom != each, LINE_TOP
        yield "inverted", target != 1 and mark == each / target, INVERTED
        yield "denominator-counted", mark == asked.bottom > 1 and mark % each != 0, LINE_BOTTOM
        yield "marks-counted", mark == steps - 1, MARKS
        yield "one-more", mark == steps + 1, STEP_MORE
        yield "at-a-whole", mark % each == 0 and steps % each != 0, AT_WHOLE
        yield "other-whole", steps < each < mark, PAST_WHOLE
        yield "other-whole", mark < each < steps, SHORT_OF_WHOLE
        if asked.bottom > 1 and each % asked.bottom == 0:
            yield "other-number-of-shares", mark * asked.bottom % each == 0, LINE_SHARES
            yield "broken-share", True, LINE_BROKEN_SHARE

    def _of_these(self, given: set[int], these: set[int]) -> Result:
        others = self.drawing.parts - len(these)
        hits, extra = len(given & these), len(given - these)
        score = max(0.0, hits / len(these) - extra / others)
        every = set(range(1, self.drawing.parts + 1))
        if given == every - these:
            return wrong("complement", REST_OF_PARTS)
        for step, side in ((1, "after"), (-1, "before")):
            if len(these) > 1 and given == {part + step for part in these}:
                return wrong("shifted", ONE_ON, side=side)
        if given < these:
            return wrong("incomplete", MISSING, score=score, hits=hits)
        if given > these:
            return wrong("too-many", TOO_MANY, score=score)
        if not hits:
            return wrong("none-fits", NO_PART)
        if len(given) == len(these):
            return wrong("other-parts", OTHER_PARTS, score=score)
        return Result(score=score, messages=(Message(key="some-fit", template=SOME, params={"hits": hits}),))


def _are_parts(response: Sequence[object], drawing: Drawing) -> bool:
    return len(response) <= drawing.parts and all(
        type(part) is int and 1 <= part <= drawing.parts for part in response
    )
