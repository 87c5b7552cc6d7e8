"""A fraction: any of the same value, or the one in lowest terms; with the slip named where there is one.

Slips from the literature on how fractions are misread: each number taken by itself (added across, the larger
denominator taken for the larger fraction: Stafylidou & Vosniadou 2004, Ni & Zhou 2005), a rule of one
operation used in another (a denominator kept in multiplication, none turned in division: Siegler & Pyke 2013,
Braithwaite, Pyke & Siegler 2017), parts compared with the rest instead of with the whole.
"""

from __future__ import annotations

import fractions
import math
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Final, Literal

from checkers.checker import Checker
from checkers.explain import quoted
from checkers.fraction_slip import shown_by_calculation, shown_by_parts, shown_by_value
from checkers.kinds import kind_of, plain
from checkers.message import Message
from checkers.result import FormatError, Result, refused, right, unreadable, wrong
from checkers.run import Runner

Value = fractions.Fraction
Operation = Literal["+", "-", "*", "/", "larger", "smaller"]
OPERATIONS: Final = ("+", "-", "*", "/", "larger", "smaller")
NAMES: Final = {"+": "added", "-": "subtracted", "*": "multiplied", "/": "divided"}
MOST_DIGITS: Final = 12
WRITTEN: Final = re.compile(
    r"(?P<sign>[+-]?)\s*(?:(?:(?P<whole>\d+)\s*\+?\s+)?(?P<top>\d+)\s*/\s*(?P<bottom>\d+)|(?P<alone>\d+))"
)
DECIMAL: Final = re.compile(r"[+-]?\d*[.,]\d+|[+-]?\d+(?:[.,]\d+)?\s*%")

BLANK: Final = "There is no fraction here yet. Write one, like 3/4, then check."
NOT_FRACTION: Final = (
    "`{found}` cannot be read as a fraction. Write two whole numbers with a slash between: 3/4, or 1 3/4."
)
AS_DECIMAL: Final = (
    "`{found}` is no fraction yet. Write it with two whole numbers and a slash: 3/4, or 1 3/4."
)
BY_ZERO: Final = (
    "`{found}` has 0 below the line: nothing can be cut into 0 parts. What is the whole cut into?"
)
TOO_LONG: Final = "That fraction has more than {most} digits in a number. Make both numbers smaller."
NOT_VALUE: Final = "Your code ends with {kind}. End it with a text like '3/4', or with a `Fraction`."

NOT_LOWEST: Final = (
    "The value fits. It can be written with smaller numbers: {top} and {bottom} can both be divided by {by}."
)
NOT_MIXED: Final = (
    "The value fits. It is more than one whole: how often does {bottom} go into {top}, and what is left?"
)
INVERTED: Final = (
    "Those are the right numbers, upside down. Below the line is how many parts the whole has, above it how "
    "many of them are meant."
)
SIGN: Final = "The size fits, the sign does not. Which of the two is taken from which?"
PART_TO_PART: Final = (
    "You compare the part with the rest. Below the line belongs the whole: the part and the rest together."
)
COMPLEMENT: Final = (
    "That is the rest: it and the fraction asked for make one whole. Which of the two is meant?"
)
ACROSS: Final = (
    "You {did} above and below the line. {first} and {second} are parts of different size: how could both be "
    "written with the same number below?"
)
NOT_CONVERTED: Final = (
    "There is one number below for both, as it should be. The numbers above are still those of {first} and "
    "{second}: what happens to them when the parts get smaller?"
)
KEPT: Final = (
    "The number below has stayed {bottom}. That is so when fractions are added: in this "
    "calculation the numbers "
    "below take part, too."
)
OTHER_OPERATION: Final = (
    "That is what {first} and {second} give when they are {did}. Read once more what the task does with them."
)
NOT_TURNED: Final = (
    "You multiplied as they stand. To divide by {second}, ask how often it fits in: which of "
    "the two fractions "
    "is turned upside down?"
)
TURNED_FIRST: Final = (
    "One of the fractions has to be turned upside down, and you turned {first}. By which of them is divided?"
)
LARGER_BOTTOM: Final = (
    "{found} has the larger number below. The more parts a whole is cut into, the smaller is each. Draw both."
)
LARGER_TOP: Final = (
    "{found} has the larger number above. What counts is how much of the whole it is. Draw both, or compare "
    "each with one half."
)
OTHER_OF_TWO: Final = "{found} is the other of the two. Compare each with one half, or draw both."
NOT_OF_TWO: Final = "{found} is neither of the two. Compare {first} and {second}, and give one of them."
OTHER: Final = (
    "{found} is {side} than what is asked for. Draw a bar for the whole: into how many parts is "
    "it cut, and how "
    "many are meant?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A fraction as someone wrote it: its value, and its numbers as they stand."""

    value: Value
    text: str
    whole: int | None
    top: int
    bottom: int


@dataclass(frozen=True, slots=True, init=False)
class Fraction(Checker):
    """A fraction, given as "3/4", a `fractions.Fraction` or an int.

    Any fraction of the same value is right: 6/8, or 7/4 and 1 3/4. With `lowest` it has to be in
    lowest terms, with `mixed` a whole and a proper fraction. `of` is the calculation that leads to it, like
    ("1/2", "+", "1/3") (or "larger", "smaller"), so that its slips can be named.
    """

    kind: ClassVar[str] = "fraction"

    value: Value
    lowest: bool
    mixed: bool
    of: tuple[Written, Operation, Written] | None

    def __init__(
        self,
        value: object,
        *,
        lowest: bool = False,
        mixed: bool = False,
        of: tuple[object, Operation, object] | None = None,
    ) -> None:
        read = _given(value)
        set_ = object.__setattr__
        set_(self, "value", read.value)
        set_(self, "lowest", lowest)
        set_(self, "mixed", mixed)
        set_(self, "of", None)
        if of is not None:
            if type(of) is not tuple or len(of) != 3 or of[1] not in OPERATIONS:
                known = ", ".join(OPERATIONS)
                raise ValueError(f"Fraction has of={of!r}; expected ('1/2', '+', '1/3'), with one of {known}")
            first, second = _given(of[0]), _given(of[2])
            if _result(first.value, of[1], second.value) != read.value:
                raise ValueError(f"Fraction has of={of!r}; expected a calculation that gives {read.value}")
            set_(self, "of", (first, of[1], second))

    def asks(self) -> dict[str, object]:
        return {"kind": self.kind, "mixed": self.mixed, "lowest": self.lowest}

    def right(self) -> str:
        whole, rest = divmod(abs(self.value), 1)
        sign = "-" if self.value < 0 else ""
        if self.mixed and whole and rest:
            return f"{sign}{whole} {rest.numerator}/{rest.denominator}"
        if self.value.denominator == 1:
            return str(self.value.numerator)
        return f"{self.value.numerator}/{self.value.denominator}"

    def parse(self, response: object) -> Written | FormatError:
        if response is None or (type(response) is str and not response.strip()):
            return unreadable("blank", BLANK)
        if type(response) is not str:
            response = self.respond(response)
            if isinstance(response, FormatError):
                return response
        return read_fraction(str(response))

    def respond(self, value: object) -> str | FormatError:
        value = plain(value)
        if type(value) is Value and value.denominator.bit_length() + value.numerator.bit_length() < 80:
            return f"{value.numerator}/{value.denominator}"
        if type(value) is int and value.bit_length() < 40:
            return str(value)
        if type(value) is float:
            return unreadable("decimal", AS_DECIMAL, found=quoted(str(value), 30))
        return value if type(value) is str else unreadable("not-fraction", NOT_VALUE, kind=kind_of(value))

    def check(self, answer: object, runner: Runner | None = None) -> Result:  # noqa: ARG002
        given = answer if isinstance(answer, Written) else self.parse(answer)
        if isinstance(given, FormatError):
            return refused(given)
        if given.value == self.value:
            return self._form(given) or right()
        for key, template, params in self._slips_of(given):
            used = {name: v for name, v in params.items() if f"{{{name}}}" in template}
            return Result(
                score=0.0, mistake=key, messages=(Message(key=key, template=template, params=used),)
            )
        side = "larger" if given.value > self.value else "smaller"
        message = Message(key="other", template=OTHER, params={"found": given.text, "side": side})
        return Result(score=0.0, messages=(message,))

    def same(self, one: object, other: object, runner: Runner | None = None) -> bool:  # noqa: ARG002
        first = one if isinstance(one, Written) else self.parse(one)
        second = other if isinstance(other, Written) else self.parse(other)
        if isinstance(first, FormatError) or isinstance(second, FormatError):
            return False
        if self.lowest or self.mixed:
            return (first.whole, first.top, first.bottom) == (second.whole, second.top, second.bottom)
        return first.value == second.value

    def _form(self, given: Written) -> Result | None:
        """What is not as asked about a fraction of the right value; half of the credit is for the value."""
        by = math.gcd(given.top, given.bottom)
        if self.lowest and by > 1:
            return wrong("not-lowest", NOT_LOWEST, score=0.5, top=given.top, bottom=given.bottom, by=by)
        if self.mixed and given.top >= given.bottom > 1:
            return wrong("not-mixed", NOT_MIXED, score=0.5, top=given.top, bottom=given.bottom)
        return None

    def _slips_of(self, given: Written) -> Iterator[tuple[str, str, dict[str, object]]]:
        """All slips that lead to this fraction, the surest first."""
        params: dict[str, object] = {"found": given.text}
        top, bottom = given.top + (given.whole or 0) * given.bottom, given.bottom
        yield from self._of_calculation(given)
        yield from self._of_value(given)
        more = [*shown_by_value(given.value, self.value, bottom)]
        if self.of is not None and self.of[1] in NAMES:
            first, operation, second = self.of
            ends = (_top(first), first.bottom), (_top(second), second.bottom)
            more += shown_by_calculation(given.value, operation, *ends, (first.text, second.text))
        more += shown_by_parts(given.value, self.value, top, bottom)
        for key, template, found in more:
            yield key, template, {**params, **found}

    def _of_value(self, given: Written) -> Iterator[tuple[str, str, dict[str, object]]]:
        value, target = given.value, self.value
        if value == -target:
            yield "sign", SIGN, {}
        if value and abs(target) != 1 and target == 1 / value:
            yield "inverted", INVERTED, {}
        if 0 < target < 1 and self.of is None:
            if target < Value(1) and value == target / (1 - target):
                yield "part-to-part", PART_TO_PART, {}
            if value == 1 - target:
                yield "complement", COMPLEMENT, {}

    def _of_calculation(self, given: Written) -> Iterator[tuple[str, str, dict[str, object]]]:
        if self.of is None:
            return
        first, operation, second = self.of
        params: dict[str, object] = {"first": first.text, "second": second.text, "found": given.text}
        if operation in ("larger", "smaller"):
            yield (
                self._compared(given, first, second),
                {
                    "larger-bottom": LARGER_BOTTOM,
                    "larger-top": LARGER_TOP,
                    "other-of-two": OTHER_OF_TWO,
                    "neither": NOT_OF_TWO,
                }[self._compared(given, first, second)],
                params,
            )
            return
        a, b, c, d = _top(first), first.bottom, _top(second), second.bottom
        for key, template, value, more in _slips(operation, a, b, c, d):
            if value == given.value:
                yield key, template, {**params, **more}

    def _compared(self, given: Written, first: Written, second: Written) -> str:
        if given.value not in (first.value, second.value):
            return "neither"
        chosen, other = (first, second) if given.value == first.value else (second, first)
        assert self.of is not None
        if self.of[1] == "larger":
            if chosen.bottom > other.bottom and chosen.top <= other.top:
                return "larger-bottom"
            return "larger-top" if chosen.top > other.top else "other-of-two"
        return "other-of-two"


def _slips(
    operation: str, a: int, b: int, c: int, d: int
) -> Iterator[tuple[str, str, Value | None, dict[str, object]]]:
    """What slips lead to: key, what is said, the value (None where there is none), parameters."""
    if operation in "+-":
        turn = 1 if operation == "+" else -1
        top = a + turn * c
        if b != d:
            yield f"{NAMES[operation]}-across", ACROSS, _over(top, b + turn * d), {"did": NAMES[operation]}
            for bottom in (math.lcm(b, d), b * d, b, d):
                yield "not-converted", NOT_CONVERTED, _over(top, bottom), {}
        else:
            yield f"{NAMES[operation]}-across", ACROSS_SAME, _over(top, b + d), {"bottom": b}
    if operation == "*":
        yield "denominator-kept", KEPT, _over(a * c, b) if b == d else None, {"bottom": b}
    if operation == "/":
        yield "not-turned", NOT_TURNED, _over(a * c, b * d), {}
        yield "turned-first", TURNED_FIRST, _over(b * c, a * d), {}
        yield "denominator-kept", KEPT, _over(a, c * b) if b == d else None, {"bottom": b}
    for other, did in NAMES.items():
        if other != operation and not (operation == "/" and other == "*"):
            value = None if other == "/" and not c else _result(Value(a, b), other, Value(c, d))
            yield "other-operation", OTHER_OPERATION, value, {"did": did}


ACROSS_SAME: Final = (
    "The parts above are right. Below, {bottom} has changed: it says how large a part is, and "
    "that stays as it is. "
    "Three eighths and one eighth are four eighths."
)


def _over(top: int, bottom: int) -> Value | None:
    return Value(top, bottom) if bottom else None


def _result(first: Value, operation: str, second: Value) -> Value:
    match operation:
        case "+":
            return first + second
        case "-":
            return first - second
        case "*":
            return first * second
        case "/":
            return first / second
        case "larger":
            return max(first, second)
    return min(first, second)


def _top(written: Written) -> int:
    """The number above the line, with what is whole put into parts."""
    return int(written.value * written.bottom)


def _given(value: object) -> Written:
    text = f"{value.numerator}/{value.denominator}" if isinstance(value, Value) else str(value)
    read = read_fraction(text) if type(value) in (str, int, Value) else None
    if not isinstance(read, Written):
        raise ValueError(f"Fraction is given {value!r}; expected a fraction like '3/4'")
    return read


def read_fraction(text: str) -> Written | FormatError:
    """Read a fraction as people write it: ``3/4``, ``-3 / 4``, ``1 3/4``, ``2``, ``¾``."""
    short = quoted(text.strip(), 30)
    # "1¾" is 1 3/4: a space goes between before the sign is taken apart
    spaced = re.sub(r"(\d)([\u00bc-\u00be\u2150-\u215e])", r"\1 \2", text.strip())
    found = unicodedata.normalize("NFKC", spaced).replace("\u2044", "/").replace("\u2212", "-").strip()
    match = WRITTEN.fullmatch(found) if found.isascii() else None
    if match is None:
        if DECIMAL.fullmatch(found):
            return unreadable("decimal", AS_DECIMAL, found=short)
        return unreadable("not-fraction", NOT_FRACTION, found=short)
    if any(len(part or "") > MOST_DIGITS for part in match.groups()):
        return unreadable("too-long", TOO_LONG, most=MOST_DIGITS)
    sign = -1 if match["sign"] == "-" else 1
    if match["alone"] is not None:
        whole = int(match["alone"])
        return Written(value=Value(sign * whole), text=short, whole=None, top=whole, bottom=1)
    top, bottom, whole_part = int(match["top"]), int(match["bottom"]), match["whole"]
    if bottom == 0:
        return unreadable("by-zero", BY_ZERO, found=short)
    value = sign * (int(whole_part or 0) + Value(top, bottom))
    return Written(
        value=value, text=short, whole=None if whole_part is None else int(whole_part), top=top, bottom=bottom
    )
