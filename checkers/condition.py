"""On which calls a function goes wrong: where the list is empty, where the number is negative …"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise, permutations, product
from typing import Any, Final

from checkers.alike import alike
from checkers.tried import Evidence, Tried

Asks = Callable[[Any], bool]
Row = tuple[str, str, Asks, bool]
"""A key, the condition in words, the condition, and whether one wrong call is enough to name it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A condition that parts the wrong calls from the right ones."""

    key: str
    words: str
    params: dict[str, object]


OF_RUN: Final[tuple[Row, ...]] = (
    ("empty-input", "`{where}` is empty", lambda a: len(a) == 0, True),
    ("one-element", "`{where}` has one element", lambda a: len(a) == 1, True),
    ("one-element", "`{where}` has at most one element", lambda a: len(a) < 2, True),
    ("longer-input", "`{where}` has more than one element", lambda a: len(a) > 1, False),
    ("longer-input", "`{where}` has more than two elements", lambda a: len(a) > 2, False),
    ("non-empty-input", "`{where}` is not empty", lambda a: len(a) > 0, False),
    ("even-length", "`{where}` has an even number of elements", lambda a: len(a) % 2 == 0, False),
    ("odd-length", "`{where}` has an odd number of elements", lambda a: len(a) % 2 == 1, False),
    ("repeats", "something is in `{where}` more than once", lambda a: len(set(a)) < len(a), False),
    ("no-repeats", "everything in `{where}` is there once", lambda a: len(set(a)) == len(a), False),
)
OF_LIST: Final[tuple[Row, ...]] = (
    ("negatives", "`{where}` holds negative numbers", lambda a: any(x < 0 for x in a), False),
    (
        "all-negative",
        "`{where}` holds only negative numbers",
        lambda a: bool(a) and all(x < 0 for x in a),
        True,
    ),
    (
        "no-positives",
        "`{where}` holds no positive number",
        lambda a: bool(a) and all(x <= 0 for x in a),
        True,
    ),
    (
        "holds-zero",
        "`{where}` holds a 0",
        lambda a: any(type(x) in (int, float) and x == 0 for x in a),
        False,
    ),
    ("largest-first", "the largest of `{where}` comes first", lambda a: a[0] == max(a), False),
    ("largest-last", "the largest of `{where}` comes last", lambda a: a[-1] == max(a), False),
    ("not-largest-last", "the largest of `{where}` does not come last", lambda a: a[-1] != max(a), False),
    ("smallest-first", "the smallest of `{where}` comes first", lambda a: a[0] == min(a), False),
    ("smallest-last", "the smallest of `{where}` comes last", lambda a: a[-1] == min(a), False),
    ("sorted-input", "`{where}` is sorted already", lambda a: all(x <= y for x, y in pairwise(a)), False),
    ("unsorted-input", "`{where}` is not sorted", lambda a: any(x > y for x, y in pairwise(a)), False),
    ("lists-inside", "`{where}` holds lists", lambda a: any(isinstance(x, list) for x in a), False),
    (
        "deep-lists",
        "lists in `{where}` hold lists",
        lambda a: any(isinstance(y, list) for x in a if isinstance(x, list) for y in x),
        False,
    ),
    (
        "wide",
        "the rows and columns of `{where}` differ in number",
        lambda a: any(len(x) != len(a) for x in a),
        False,
    ),
)
OF_TEXT: Final[tuple[Row, ...]] = (
    ("capitals", "`{where}` has capital letters", lambda a: a != a.lower(), False),
    ("small-letters", "`{where}` has small letters", lambda a: a != a.upper(), False),
    ("spaces", "`{where}` has spaces", lambda a: " " in a, False),
    (
        "other-signs",
        "`{where}` has other signs than letters",
        lambda a: any(not c.isalpha() for c in a),
        False,
    ),
    ("palindrome", "`{where}` reads the same both ways", lambda a: a == a[::-1], False),
    ("first-and-last", "`{where}` begins and ends with different signs", lambda a: a[0] != a[-1], False),
)
OF_NUMBER: Final[tuple[Row, ...]] = (
    ("zero", "`{where}` is 0", lambda a: bool(a == 0), True),
    ("one", "`{where}` is 1", lambda a: bool(a == 1), True),
    ("two", "`{where}` is 2", lambda a: bool(a == 2), True),
    ("small", "`{where}` is 0 or 1", lambda a: a in (0, 1), True),
    ("positive", "`{where}` is above 0", lambda a: bool(a > 0), False),
    ("from-two", "`{where}` is above 1", lambda a: bool(a > 1), False),
    ("from-three", "`{where}` is above 2", lambda a: bool(a > 2), False),
    ("negative", "`{where}` is negative", lambda a: bool(a < 0), True),
    ("even", "`{where}` is even", lambda a: a % 2 == 0, False),
    ("odd", "`{where}` is odd", lambda a: a % 2 == 1, False),
    ("even", "`{where}` is even and above 0", lambda a: a % 2 == 0 and a > 0, False),
    ("odd", "`{where}` is odd and above 1", lambda a: a % 2 == 1 and a > 1, False),
    *(
        (f"multiple-of-{k}", f"`{{where}}` can be divided by {k}", lambda a, k=k: a > 0 and a % k == 0, False)
        for k in (3, 5, 10, 15)
    ),
    ("several-digits", "`{where}` has more than one digit", lambda a: abs(a) > 9, False),
    (
        "square",
        "`{where}` is the square of a whole number",
        lambda a: a > 0 and round(a**0.5) ** 2 == a,
        False,
    ),
)
OF_TWO: Final[tuple[tuple[str, str, Callable[[Any, Any], bool], bool], ...]] = (
    ("equal", "`{where}` and `{beside}` are equal", lambda a, b: bool(a == b), True),
    ("first-smaller", "`{where}` is smaller than `{beside}`", lambda a, b: bool(a < b), False),
    ("first-larger", "`{where}` is larger than `{beside}`", lambda a, b: bool(a > b), False),
    ("other-lengths", "`{where}` and `{beside}` differ in length", lambda a, b: len(a) != len(b), False),
    ("found", "`{where}` is in `{beside}`", lambda a, b: a in b, False),
    ("not-found", "`{where}` is not in `{beside}`", lambda a, b: a not in b, False),
    ("found-first", "`{where}` is the first of `{beside}`", lambda a, b: bool(a == b[0]), False),
    ("found-last", "`{where}` is the last of `{beside}`", lambda a, b: bool(a == b[-1]), False),
    ("beyond", "`{where}` is larger than all of `{beside}`", lambda a, b: bool(a > max(b)), False),
    ("below", "`{where}` is smaller than all of `{beside}`", lambda a, b: bool(a < min(b)), False),
    (
        "longer-first",
        "`{where}` is longer than `{beside}`",
        lambda a, b: len(a) > len(b),
        False,
    ),
    ("shorter-first", "`{where}` is shorter than `{beside}`", lambda a, b: len(a) < len(b), False),
)


OF_ONE: Final[tuple[tuple[tuple[type, ...], tuple[Row, ...]], ...]] = (
    ((list, tuple, dict, set), OF_RUN),
    ((str,), tuple((key, words.replace("element", "letter"), *rest) for key, words, *rest in OF_RUN)),  # type: ignore[misc]
    ((list, tuple), OF_LIST),
    ((str,), OF_TEXT),
    ((int, float), OF_NUMBER),
)


def condition(evidence: Evidence) -> Found | None:
    """What all wrong calls tried share and no right one does, if there is such a thing."""
    wrong, right = evidence.wrong, evidence.right
    if not wrong or len(right) < 2:
        return None
    places = range(min(len(t.args) for t in (*wrong, *right)))
    for kinds, table in OF_ONE:
        for (key, words, asks, alone), place in product(table, places):
            if (alone or len(wrong) > 1) and _splits(evidence, _one(kinds, asks, place)):
                return Found(key=key, words=words, params={"where": evidence.name(place)})
    for (key, words, both, alone), (one, two) in product(OF_TWO, permutations(places, 2)):
        if (alone or len(wrong) > 1) and _splits(evidence, _two(both, one, two)):
            params: dict[str, object] = {"where": evidence.name(one), "beside": evidence.name(two)}
            return Found(key=key, words=words, params=params)
    return _of_expected(wrong, right)


def _one(kinds: tuple[type, ...], asks: Asks, place: int) -> Callable[[Tried], bool]:
    return lambda t: type(t.args[place]) in kinds and asks(t.args[place])


def _two(both: Callable[[Any, Any], bool], one: int, two: int) -> Callable[[Tried], bool]:
    return lambda t: both(t.args[one], t.args[two])


def _of_expected(wrong: Sequence[Tried], right: Sequence[Tried]) -> Found | None:
    """Where one and the same result is expected, and no right call has it."""
    first = wrong[0].wanted
    if type(first) not in (bool, int, str, type(None), list) or any(alike(t.wanted, first) for t in right):
        return None
    if not all(alike(t.wanted, first) for t in wrong):
        return None
    if len(wrong) < 2 and first not in (None, 0, -1, 1, "", []):
        return None
    text = repr(first)
    if len(text) > 40:
        return None
    return Found(key="one-result", words="`{result}` is expected", params={"result": text})


def _splits(evidence: Evidence, asks: Callable[[Tried], bool]) -> bool:
    """Whether it holds for all wrong calls and for no right one; what cannot be asked does not hold."""
    return all(_holds(asks, t) for t in evidence.wrong) and not any(_holds(asks, t) for t in evidence.right)


def _holds(asks: Callable[[Tried], bool], tried: Tried) -> bool:
    try:
        return bool(asks(tried))
    except Exception:
        return False
