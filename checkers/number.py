"""A number: with a tolerance, with a unit, and with the slip named where there is one."""

from __future__ import annotations

import decimal
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Final

from checkers.checker import Checker
from checkers.kinds import kind_of, library_of, plain
from checkers.message import Message
from checkers.result import FormatError, Result, refused, right, unreadable, wrong
from checkers.run import Runner
from checkers.slip import slip_of_digits, slip_of_nearness, slip_of_parts, slip_of_size, slip_of_two

MOST_DIGITS: Final = 64
MOST_POWER: Final = 200
SPACES: Final = "    \t"
MINUSES: Final = "−–‒"

NUMBER: Final = re.compile(
    r"""(?P<sign>[+-]?)\s*
        (?: (?P<over>[0-9]+) \s*/\s* (?P<under>[0-9]+)
          | (?P<digits> [0-9][0-9_,\s'’]* (?:\.[0-9]*)? | \.[0-9]+ ) (?:[eE](?P<power>[+-]?[0-9]+))?
        )""",
    re.VERBOSE,
)
GROUPED: Final = re.compile(r"[0-9]{1,3}(?:[\s'’_][0-9]{3})+(?:\.[0-9]*)?|[0-9]+(?:_[0-9]+)*(?:\.[0-9]*)?")
COMMAS: Final = re.compile(r"[0-9]{1,3}(?:,[0-9]{3}){2,}(?:\.[0-9]*)?|[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]*")
DECIMAL_COMMA: Final = re.compile(r"([0-9]*),([0-9]+)")

BLANK: Final = "There is no number here yet. Write one, like 84 or 3.5, then check."
NOT_NUMBER: Final = (
    "`{found}` cannot be read as a number. Write digits, with a point for the decimals: 84, -3 or 3.5."
)
COMMA: Final = "`{found}` has a comma. Write the decimals with a point: {point}."
TWO_WAYS: Final = (
    "`{found}` can be read in two ways. Write {whole} for the whole number, or {point} for the decimals."
)
NOT_FINITE: Final = (
    "`{found}` is no number that can be checked: infinite, or not a number at all. Look for a division by "
    "zero or a missing value on the way."
)
TOO_LONG: Final = (
    "That number has more than {most} digits, and is not read. Round it to what the question asks for."
)
BY_ZERO: Final = "`{found}` divides by zero, so it is no number yet. Write the number that you mean."
NO_UNIT: Final = (
    "The number is there and its unit is missing. Write the unit behind it, for instance in {unit}: 84 "
    "{unit}."
)
ALONE: Final = "Write the number alone: the question asks for no unit, and `{extra}` stands behind it."
UNKNOWN_UNIT: Final = (
    "The unit `{unit}` is not one that is known here. Check how it is written, or use {asked}."
)
NOT_A_VALUE: Final = (
    "Your code ends with {kind}, and the question asks for one number. End it with that number."
)

SIGN: Final = (
    "The size of your number fits, its sign does not. Check which of the two you subtract from which, or "
    "which direction counts as positive."
)
OFF_BY_ONE: Final = (
    "Your number is off by one. Check where counting starts and where it stops: is the first one counted, "
    "and the last?"
)
PERCENT: Final = (
    "The digits fit. Your number is written in percent, and the question asks for the share itself, a "
    "number from 0 to 1. Divide by 100."
)
SHARE: Final = (
    "The digits fit. Your number is a share from 0 to 1, and the question asks for percent. Multiply by 100."
)
POWER: Final = (
    "The digits fit, the size does not: your number is {times} times too {side}. Check the point, and "
    "whether something still has to be converted."
)
ROUNDED: Final = (
    "Your number goes the right way and is rounded too early. Keep more decimals until the end, and round "
    "only the result."
)
RECIPROCAL: Final = (
    "Your number is the right one upside down: 1 divided by it. Check which of the two is divided by the "
    "other."
)
DIMENSION: Final = (
    "Your unit `{unit}` measures {dimension}, and the question asks for something in {asked}. Check what "
    "your calculation works out."
)
OTHER_UNIT: Final = (
    "The digits fit, and the unit does not: `{found}` is {moved} {asked}. Check which unit your "
    "calculation ends in."
)
OTHER: Final = (
    "`{found}` is not the number that the question asks for. Go through your steps once more: what goes "
    "in, what is done with it, and in which order?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A number as someone wrote it: its value, its decimals (None where it is not written out), its unit."""

    value: Fraction
    text: str
    decimals: int | None = None
    unit: str | None = None
    percent: bool = False


@dataclass(frozen=True, slots=True, init=False)
class Number(Checker):
    """A number.

    Right is what lies within `abs` of the value, within `rel` of it (a share, 0.01 is one percent), or agrees
    in `sig` significant digits; without any of these a whole number has to be met exactly, another one
    to a millionth. With a `unit`, the response needs one; the right value in another unit is right as well.
    `parts` are the values that it is worked out from, so that a sum instead of a mean is told as such.
    """

    kind: ClassVar[str] = "number"

    value: Fraction
    abs: Fraction | None
    rel: Fraction | None
    sig: int | None
    unit: str | None
    whole: bool
    parts: tuple[Fraction, ...]

    def __init__(
        self,
        value: object,
        *,
        abs: float | None = None,
        rel: float | None = None,
        sig: int | None = None,
        unit: str | None = None,
        parts: Sequence[object] = (),
    ) -> None:
        read = number_of(value)
        if not isinstance(read, Given):
            raise ValueError(f"Number is given {value!r}; expected a finite number, like 84 or 3.5")
        for name, limit in (("abs", abs), ("rel", rel), ("sig", sig)):
            if limit is not None and not (math.isfinite(limit) and limit > 0):
                raise ValueError(f"Number has {name}={limit!r}; expected a number above 0")
        if unit is not None:
            from checkers import units

            if not units.known(unit):
                raise ValueError(
                    f"Number has unit={unit!r}, which pint does not know; expected one like 'g' or 'm/s'"
                )
        set_ = object.__setattr__
        set_(self, "value", read.value)
        set_(self, "abs", None if abs is None else _exact(abs))
        set_(self, "rel", None if rel is None else _exact(rel))
        set_(self, "sig", sig)
        set_(self, "unit", unit)
        set_(self, "whole", read.decimals == 0)
        set_(self, "parts", tuple(_part(one) for one in parts))

    def asks(self) -> dict[str, object]:
        return {"kind": self.kind, "unit": self.unit}

    def right(self) -> object:
        number = _written(self.value)
        return number if self.unit is None else f"{number} {self.unit}"

    def parse(self, response: object) -> Given | FormatError:
        if response is None or (isinstance(response, str) and not response.strip()):
            return unreadable("blank", BLANK)
        if type(response) is not str:
            # A number that code made: it has no place for a unit, and stands for the one that is asked for.
            read = number_of(response)
            return read if isinstance(read, FormatError) else _with_unit(read, self.unit)
        return self._read(response)

    def _read(self, text: str) -> Given | FormatError:
        read = read_number(text)
        if isinstance(read, FormatError):
            return read
        if self.unit is None:
            if read.unit is not None:
                return unreadable("no-unit-asked", ALONE, extra=read.unit)
            return read
        if read.percent:
            return _with_unit(read, "%")
        if read.unit is None:
            return unreadable("unit-missing", NO_UNIT, unit=self.unit)
        from checkers import units

        if read.unit != self.unit and not units.known(read.unit):
            return unreadable("unit-unknown", UNKNOWN_UNIT, unit=read.unit, asked=self.unit)
        return read

    def respond(self, value: object) -> object | FormatError:
        value = plain(value)
        if type(value) is str:
            return value
        read = number_of(value)
        if isinstance(read, FormatError):
            return read
        return value if type(value) in (int, float) else read.text

    def check(self, answer: object, runner: Runner | None = None) -> Result:  # noqa: ARG002
        given = answer if isinstance(answer, Given) else self.parse(plain(answer))
        if isinstance(given, FormatError):
            return refused(given)
        value = given.value
        if self.unit is not None and given.unit not in (None, self.unit):
            from checkers import units

            try:
                value = _exact(units.convert(float(value), str(given.unit), self.unit))
            except units.OtherDimension as other:
                return wrong(
                    "dimension", DIMENSION, unit=str(given.unit), dimension=other.dimension, asked=self.unit
                )
            if self.whole and abs(value - self.value) <= abs(self.value) * _exact(1e-9):
                return right()  # what a conversion in floating point may lose
            if self._near(given.value) and not self._near(value):
                moved = f"{float(value):.6g}"
                return wrong("other-unit", OTHER_UNIT, found=given.text, moved=moved, asked=self.unit)
        elif given.percent and self._near(value / 100):
            return right()
        if self._near(value):
            return right()
        return self._slip(given, value) or Result(
            score=0.0, messages=(Message(key="other", template=OTHER, params={"found": given.text}),)
        )

    def same(self, one: object, other: object, runner: Runner | None = None) -> bool:  # noqa: ARG002
        first = one if isinstance(one, Given) else self.parse(one)
        second = other if isinstance(other, Given) else self.parse(other)
        if isinstance(first, FormatError) or isinstance(second, FormatError):
            return False
        if first.unit != second.unit and self.unit is not None:
            from checkers import units

            try:
                moved = units.convert(float(second.value), second.unit or self.unit, first.unit or self.unit)
            except ValueError:
                return False
            return _alike(first.value, _exact(moved))
        return self._within(first.value, second.value)

    def _near(self, value: Fraction) -> bool:
        return self._within(value, self.value)

    def _within(self, value: Fraction, target: Fraction) -> bool:
        """Whether `value` counts as `target` by the tolerance of this key."""
        miss = abs(value - target)
        if miss == 0:
            return True
        if self.abs is None and self.rel is None and self.sig is None:
            return not self.whole and _alike(value, target)
        slack = abs(target) * _exact(1e-12)  # 0.1 + 0.2 is meant to be 0.3
        if self.abs is not None and miss <= self.abs + slack:
            return True
        if self.rel is not None and miss <= abs(target) * self.rel + slack:
            return True
        return self.sig is not None and miss <= _last_digit(target, self.sig) / 2 + slack

    def _slip(self, given: Given, value: Fraction) -> Result | None:
        """The slip that leads from the right number to this one, if one does."""
        target = self.value
        if target == 0 or value == 0:
            return None
        if self._near(-value):
            return wrong("sign", SIGN)
        if found := slip_of_parts(value, target, self.parts):
            return found
        if (
            self.whole
            and self.unit is None
            and self.abs is None
            and abs(value - target) == 1 < abs(target) - 1
        ):
            return wrong("off-by-one", OFF_BY_ONE)
        if self.unit is None and self._near(value / 100) and abs(target) <= 1:
            return wrong("percent-for-share", PERCENT)
        if (
            self.unit in (None, "%")
            and self._near(value * 100)
            and 1 < abs(target) <= 100
            and abs(value) <= 1
        ):
            return wrong("share-for-percent", SHARE)
        for times in (10, 100, 1000):
            if self._near(value / times):
                return wrong("power-of-ten", POWER, times=times, side="large")
            if self._near(value * times):
                return wrong("power-of-ten", POWER, times=times, side="small")
        if abs(target) != 1 and not self._near(1 / target) and _alike(1 / value, target):
            return wrong("reciprocal", RECIPROCAL)
        if given.unit in (None, self.unit) and _rounded_early(given, target):
            return wrong("rounded-early", ROUNDED)
        as_asked = given.unit in (None, self.unit) and not given.percent
        return (
            slip_of_two(value, target, self.parts)
            or slip_of_size(value, target, whole=self.whole, share=self.unit is None, near=self._within)
            or (slip_of_digits(given.text, target) if as_asked else None)
            or slip_of_nearness(value, target)
        )


def _part(one: object) -> Fraction:
    read = number_of(one)
    if not isinstance(read, Given):
        raise ValueError(f"Number has {one!r} in parts; expected numbers, like parts=[3, 4.5]")
    return read.value


def read_number(text: str) -> Given | FormatError:
    """Read a number as people write it: ``84``, ``-3``, ``1e3``, ``3/4``, ``12 500``, ``12 %``.

    What follows the number is its unit. A format error says how to write what cannot be read, or
    what could be read in two ways ("3,500").
    """
    found = text.strip()
    if not found:
        return unreadable("blank", BLANK)
    short = found[:40].replace("`", "'")
    if len(found) > 4 * MOST_DIGITS:
        return unreadable("too-long", TOO_LONG, most=MOST_DIGITS)
    for minus in MINUSES:
        found = found.replace(minus, "-")
    if found.lower().lstrip("+-") in ("nan", "inf", "infinity", "∞"):
        return unreadable("not-finite", NOT_FINITE, found=short)
    match = NUMBER.match(found)
    if match is None:
        comma = DECIMAL_COMMA.fullmatch(found.lstrip("+- "))
        if comma:
            return unreadable("comma", COMMA, found=short, point=f"0.{comma[2]}")
        return unreadable("not-number", NOT_NUMBER, found=short)
    sign = -1 if match["sign"] == "-" else 1
    percent, unit = _behind(found[match.end() :])
    if match["over"] is not None:
        if len(match["over"] + match["under"]) > MOST_DIGITS:
            return unreadable("too-long", TOO_LONG, most=MOST_DIGITS)
        if int(match["under"]) == 0:
            return unreadable("by-zero", BY_ZERO, found=short)
        value = Fraction(int(match["over"]), int(match["under"]))
        return Given(value=sign * value, text=short, unit=unit, percent=percent)
    digits = match["digits"].rstrip(SPACES)
    plain_digits = _ungrouped(digits, short)
    if isinstance(plain_digits, FormatError):
        return plain_digits
    power = int(match["power"] or 0) if len(match["power"] or "") < 6 else MOST_POWER + 1
    if len(plain_digits) > MOST_DIGITS or abs(power) > MOST_POWER:
        return unreadable("too-long", TOO_LONG, most=MOST_DIGITS)
    decimals = len(plain_digits.partition(".")[2]) if not power else None
    value = Fraction(plain_digits.rstrip(".") or "0") * Fraction(10) ** power
    return Given(value=sign * value, text=short, decimals=decimals, unit=unit, percent=percent)


def number_of(value: object) -> Given | FormatError:
    """Read a number that Python made: int, float, Fraction, Decimal or a NumPy scalar. No bool, nothing "
    "else."""
    value = plain(value)
    if type(value) is int:
        if value.bit_length() > MOST_DIGITS * 3.33:
            return unreadable("too-long", TOO_LONG, most=MOST_DIGITS)
        return Given(value=Fraction(value), text=str(value), decimals=0)
    if type(value) is float or type(value) is decimal.Decimal:
        if not math.isfinite(value):
            return unreadable("not-finite", NOT_FINITE, found=str(value))
        if isinstance(value, decimal.Decimal) and abs(value.adjusted()) > MOST_POWER + 10:
            return unreadable("too-long", TOO_LONG, most=MOST_DIGITS)
        return Given(value=_exact(value), text=str(value))
    if type(value) is Fraction and value.denominator.bit_length() + value.numerator.bit_length() < 400:
        return Given(value=value, text=str(value))
    if type(value) is str and library_of(value) == "builtins":
        return read_number(value)
    return unreadable("not-a-number", NOT_A_VALUE, kind=kind_of(value))


def _behind(rest: str) -> tuple[bool, str | None]:
    """What stands behind the digits: a percent sign, a unit, or nothing."""
    rest = rest.strip()
    return rest == "%", None if rest in ("", "%") else rest[:40].replace("`", "'")


def _ungrouped(digits: str, found: str) -> str | FormatError:
    """The digits without what groups them in threes."""
    if "," in digits:
        if COMMAS.fullmatch(digits):
            return digits.replace(",", "")
        match = DECIMAL_COMMA.fullmatch(digits)
        if match and len(match[2]) == 3 and 1 <= len(match[1]) <= 3 and match[1] != "0":
            return unreadable(
                "two-ways", TWO_WAYS, found=found, whole=match[1] + match[2], point=f"{match[1]}.{match[2]}"
            )
        if match:
            return unreadable("comma", COMMA, found=found, point=f"{match[1] or 0}.{match[2]}")
        return unreadable("not-number", NOT_NUMBER, found=found)
    if digits.startswith(".") or GROUPED.fullmatch(digits):
        return re.sub(r"[\s'’_]", "", digits)
    return unreadable("not-number", NOT_NUMBER, found=found)


def _with_unit(given: Given, unit: str | None) -> Given:
    return Given(value=given.value, text=given.text, decimals=given.decimals, unit=unit)


def _exact(number: float | decimal.Decimal) -> Fraction:
    """The fraction that is meant by a number as Python prints it: 1/10 for 0.1."""
    return Fraction(repr(number)) if isinstance(number, float) else Fraction(number)


def _alike(one: Fraction, other: Fraction) -> bool:
    return abs(one - other) <= abs(other) * _exact(1e-6)


def _last_digit(value: Fraction, sig: int) -> Fraction:
    """The worth of the last of `sig` significant digits: 10 for 1234 in three of them."""
    if value == 0:
        return Fraction(0)
    lead = math.floor(math.log10(abs(float(value))))
    return Fraction(10) ** (lead - sig + 1)


def _rounded_early(given: Given, target: Fraction) -> bool:
    """Whether the number is the right one with digits left out: 84 for 84.37, and not 0 for 0.4."""
    if given.decimals is None or given.percent:
        return False
    step = Fraction(1, 10**given.decimals)
    if target % step == 0:
        return False
    return abs(given.value - target) <= step / 2 and abs(given.value - target) <= abs(target) / 20


def _written(value: Fraction) -> object:
    """A number as a response: an int, else a float, else the fraction."""
    if value.denominator == 1:
        return int(value)
    return float(value)
