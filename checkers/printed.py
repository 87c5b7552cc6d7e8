"""Printed output compared, exactly or as people read it, and the first difference named."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from checkers.explain import quoted

NUMBER: Final = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?")
TOKEN: Final = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?|\w+|[^\w\s]")
PUNCTUATION: Final = frozenset(".,:;!?…\"'`()[]>-–—=")

SHOWS: Final = "Line {line} of the output is `{yours}`; expected is `{expected}`. "
CAPITALS: Final = SHOWS + "Only capitals differ. Copy the text letter by letter."
SPACES: Final = SHOWS + "Only spaces differ: `print(a, b)` puts one between, `+` none. Compare them."
PUNCTUATED: Final = SHOWS + "The words fit, the signs between them do not. Compare them one by one."
DECIMALS: Final = (
    SHOWS + "The number fits, it is written another way. Look at `round(…)`, `int(…)` or a format."
)
SIGN: Final = SHOWS + "The size of a number fits, its sign does not. Look at what is subtracted from what."
OFF_BY_ONE: Final = SHOWS + "The words fit, a number is one apart. Look at where counting starts and ends."
NUMBERS: Final = (
    SHOWS + "The words fit, a number does not. Go through the calculation with these values by hand."
)
WORDS: Final = SHOWS + "The numbers fit, the words do not. Compare them with the task."
WORDS_MISSING: Final = (
    SHOWS + "What is there fits, and more belongs in this line. What is missing in `print`?"
)
WORDS_EXTRA: Final = (
    SHOWS + "All that is expected is there, and more beside it. Take out what is not asked for."
)
LINE: Final = SHOWS + "Which of your lines prints it, and what goes into it?"
NOTHING: Final = "Your program prints nothing. Show its result with `print(…)`."
LACKS_LAST: Final = (
    "What is printed is right, and ends too early: expected next is `{expected}`. What ends your loop?"
)
LACKS_FIRST: Final = "The first line is missing: expected is `{expected}`. Look at where counting starts."
LACKS_ONE: Final = (
    "Line {line} is missing: expected is `{expected}`. Look at the condition under which it is printed."
)
GOES_ON: Final = "It begins right, and goes on: line {line} is `{yours}`, and nothing is expected there."
EXTRA: Final = "Line {line}, `{yours}`, should not be there; the rest fits. Which `print` shows it?"
REVERSED: Final = "The right lines are there, the other way round. Look at which way your loop counts."
ORDER: Final = "The right lines are there, in another order. Look at when each is printed."
ONE_LINE: Final = (
    "The right things are there, all in one line. `print` begins a new line unless `end=` says otherwise."
)
MANY_LINES: Final = (
    "The right things are there, on lines of their own. `end=` or one `print` keeps them together."
)
BLANKS: Final = "The lines fit, blank lines do not. Look for `print()` and for `\\n`."

Found = tuple[str, str, dict[str, object]]


def same_output(yours: str, expected: str, *, exact: bool) -> bool:
    """Whether two outputs are the same: exactly (but for spaces at the ends of lines), or for people.

    For people capitals, spaces, blank lines and punctuation make no difference, nor does how a number is
    written (7, 7.0, 7.00).
    """
    if exact:
        return _lines(yours) == _lines(expected)
    one, two = _plain(yours), _plain(expected)
    return len(one) == len(two) and all(_same_line(a, b) for a, b in zip(one, two, strict=True))


def difference(yours: str, expected: str, *, exact: bool) -> Found:
    """The first difference between two outputs that are not the same: key, what is said, parameters."""
    if not yours.strip():
        return "no-output", NOTHING, {}
    one = _lines(yours) if exact else [line for line in _lines(yours) if line.strip()]
    two = _lines(expected) if exact else [line for line in _lines(expected) if line.strip()]
    return _by_lines(one, two, exact) or _in_line(one, two, exact)


def _by_lines(one: Sequence[str], two: Sequence[str], exact: bool) -> Found | None:
    if len(one) != len(two):
        if _tokens(" ".join(one)) == _tokens(" ".join(two)):
            if [line for line in one if line] == [line for line in two if line]:
                return "blank-lines", BLANKS, {}
            return ("one-line", ONE_LINE, {}) if len(one) < len(two) else ("many-lines", MANY_LINES, {})
        return _length(one, two, exact)
    if _agree(one, two[::-1], exact) and len(one) > 1:
        return "reversed", REVERSED, {}
    if len(one) > 1 and sorted(one) == sorted(two):
        return "order", ORDER, {}
    return None


def _length(one: Sequence[str], two: Sequence[str], exact: bool) -> Found | None:
    """Lines too many or too few, the others right."""
    start = next((n for n, (a, b) in enumerate(zip(one, two, strict=False)) if not _is(a, b, exact)), None)
    if start is None:
        if len(one) < len(two):
            return "lacks-last", LACKS_LAST, {"expected": quoted(two[len(one)], 60)}
        return "goes-on", GOES_ON, {"line": len(two) + 1, "yours": quoted(one[len(two)], 60)}
    if len(one) + 1 == len(two) and _agree(one[start:], two[start + 1 :], exact):
        if start == 0:
            return "lacks-first", LACKS_FIRST, {"expected": quoted(two[0], 60)}
        return "lacks-line", LACKS_ONE, {"line": start + 1, "expected": quoted(two[start], 60)}
    if len(one) == len(two) + 1 and _agree(one[start + 1 :], two[start:], exact):
        return "extra-line", EXTRA, {"line": start + 1, "yours": quoted(one[start], 60)}
    return None


def _in_line(one: Sequence[str], two: Sequence[str], exact: bool) -> Found:
    place = next((n for n, (a, b) in enumerate(zip(one, two, strict=False)) if not _is(a, b, exact)), 0)
    yours, wanted = one[place], two[place] if two else ""
    key, says = _line(yours, wanted)
    return key, says, {"line": place + 1, "yours": quoted(yours, 60), "expected": quoted(wanted, 60)}


def _line(yours: str, wanted: str) -> tuple[str, str]:
    if yours.casefold() == wanted.casefold():
        return "capitals", CAPITALS
    if "".join(yours.split()).casefold() == "".join(wanted.split()).casefold():
        return "spaces", SPACES
    mine, theirs = _words(yours), _words(wanted)
    numbers, theirs_too = _numbers(yours), _numbers(wanted)
    if mine == theirs:
        if numbers == theirs_too:
            return "punctuation", PUNCTUATED
        if len(numbers) == len(theirs_too):
            off = [(a, b) for a, b in zip(numbers, theirs_too, strict=True) if a != b]
            if all(round(a, 2) == round(b, 2) or round(a) == b or a == round(b) for a, b in off):
                return "decimals", DECIMALS
            if all(a == -b for a, b in off):
                return "sign", SIGN
            if all(abs(a - b) == 1 for a, b in off):
                return "off-by-one", OFF_BY_ONE
            return "numbers", NUMBERS
    if numbers == theirs_too and numbers and len(mine) == len(theirs):
        return "words", WORDS
    if _within(_tokens(yours), _tokens(wanted)):
        return "words-missing", WORDS_MISSING
    if _within(_tokens(wanted), _tokens(yours)):
        return "words-extra", WORDS_EXTRA
    if numbers == theirs_too and numbers:
        return "words", WORDS
    return "line", LINE


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.rstrip().splitlines()]


def _plain(text: str) -> list[list[str]]:
    return [tokens for line in text.splitlines() if (tokens := _tokens(line))]


def _tokens(text: str) -> list[str]:
    return [t.casefold() for t in TOKEN.findall(text) if t not in PUNCTUATION]


def _words(text: str) -> list[str]:
    return [t for t in _tokens(text) if not NUMBER.fullmatch(t)]


def _numbers(text: str) -> list[float]:
    return [float(t) for t in _tokens(text) if NUMBER.fullmatch(t)]


def _is(a: str, b: str, exact: bool) -> bool:
    return a == b if exact else _same_line(_tokens(a), _tokens(b))


def _agree(one: Sequence[str], two: Sequence[str], exact: bool) -> bool:
    return len(one) == len(two) and all(_is(a, b, exact) for a, b in zip(one, two, strict=True))


def _same_line(one: Sequence[str], two: Sequence[str]) -> bool:
    return len(one) == len(two) and all(_same(a, b) for a, b in zip(one, two, strict=True))


def _same(a: str, b: str) -> bool:
    if NUMBER.fullmatch(a) and NUMBER.fullmatch(b):
        return abs(float(a) - float(b)) <= 1e-9 * max(abs(float(a)), abs(float(b)), 1e-3) or a == b
    return a == b


def _within(part: Sequence[str], whole: Sequence[str]) -> bool:
    """Whether all of `part` is in `whole`, in this order."""
    rest = iter(whole)
    return all(one in rest for one in part)
