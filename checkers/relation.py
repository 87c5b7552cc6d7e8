"""What all wrong results have in common: each twice too large, each the first element."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from checkers.alike import alike
from checkers.tried import Evidence, Tried

Params = dict[str, object]
Found = tuple[str, str, Params]
"""A mistake's key, what is said of it, and the parameters of that."""
RUNS: Final = (list, tuple, str)

EARLY: Final = "The `return` in line {line} stands inside a loop: in which round is it reached?"


@dataclass(frozen=True, slots=True)
class _Of:
    """A wrong way as a function: what a call gives that makes `key`'s mistake."""

    key: str
    says: str
    gives: Callable[[Any], object]


OF_EXPECTED: Final[tuple[_Of, ...]] = (
    _Of("sign", "The size fits, the sign does not. Look at what is subtracted from what.", lambda e: -e),
    _Of(
        "off-by-one",
        "That is 1 too much in every wrong call. Look at where counting starts and stops, and "
        "at the start value.",
        lambda e: e + 1,
    ),
    _Of(
        "off-by-one",
        "That is 1 too little in every wrong call. Look at where counting starts and stops: "
        "`range(n)` ends before n.",
        lambda e: e - 1 if type(e) is not bool else None,
    ),
    _Of(
        "reciprocal", "It is the right number upside down. Look at what is divided by what.", lambda e: 1 / e
    ),
    _Of(
        "wrapped",
        "The right value is there, in a list of its own. Look at a `[…]` or an `append` that puts it there.",
        lambda e: [e],
    ),
    _Of(
        "length-for-all",
        "That is how long the expected result is. Return the thing itself, not its length.",
        lambda e: len(e) if type(e) in (list, tuple, set, dict) else None,
    ),
    _Of(
        "first-for-all",
        "That is only the first part of the expected result. Look at whether a `return` comes "
        "in the first round.",
        lambda e: e[0] if type(e) in RUNS and len(e) > 1 else None,
    ),
    _Of(
        "last-for-all",
        "That is only the last part of the expected result. Look at whether each round adds, or "
        "puts in place of.",
        lambda e: e[-1] if type(e) in RUNS and len(e) > 1 else None,
    ),
    _Of(
        "last-for-all",
        "Only the last part of the expected result is there. Look at whether each round adds to "
        "what there is.",
        lambda e: e[-1:] if type(e) in RUNS and len(e) > 1 else None,
    ),
    _Of(
        "elements-as-text",
        "The elements fit, and are of another type. Look at where `str(…)` or `int(…)` is "
        "missing or too much.",
        lambda e: [str(one) for one in e] if type(e) is list and e else None,
    ),
    _Of(
        "elements-as-text",
        "The elements fit, and are of another type. Look at where `str(…)` or `int(…)` is "
        "missing or too much.",
        lambda e: [int(one) if one.lstrip("-").isdigit() else one for one in e],
    ),
    _Of(
        "nested",
        "Each element is in a list of its own. Look at what is appended: the element, or a list with it.",
        lambda e: [[one] for one in e] if type(e) is list and e else None,
    ),
    _Of(
        "squared",
        "It is the square of the expected number. Look for a step that is done once too often.",
        lambda e: e * e,
    ),
    _Of("root", "It is the square root of the expected number. Look for a step too few.", lambda e: e**0.5),
    _Of(
        "keys-only",
        "Those are the keys alone; the values belong to them. Look at what is returned.",
        lambda e: list(e) if type(e) is dict and e else None,
    ),
    _Of(
        "values-only",
        "Those are the values alone; the keys belong to them. Look at what is returned.",
        lambda e: list(e.values()) if type(e) is dict and e else None,
    ),
    _Of(
        "spaces-missing",
        "The letters fit, the spaces are gone. Look for what takes them out, or leaves them out.",
        lambda e: "".join(e.split()) if type(e) is str else None,
    ),
)

OF_ARGUMENT: Final[tuple[_Of, ...]] = (
    _Of(
        "unchanged",
        "That is `{name}`, given back as it came in. Look at whether the steps in between are reached.",
        lambda a: a,
    ),
    _Of(
        "first-element",
        "That is the first element of `{name}`. Look at whether the others are compared or taken in.",
        lambda a: a[0],
    ),
    _Of(
        "last-element",
        "That is the last element of `{name}`. Look at whether each round keeps what the rounds "
        "before found.",
        lambda a: a[-1],
    ),
    _Of("smallest", "That is the smallest of `{name}`. Look at which way round the comparison is.", min),
    _Of(
        "largest-of",
        "That is the largest of `{name}`. Look at what is asked for, and at the comparison.",
        max,
    ),
    _Of("sum-of", "That is the sum of `{name}`. A step is still to come: what is done with the sum?", sum),
    _Of(
        "length-of", "That is how long `{name}` is. Look at what is counted, and under which condition.", len
    ),
    _Of("sorted-of", "That is `{name}`, sorted. Look at whether its order has to stay.", sorted),
    _Of(
        "different-of",
        "Those are the different ones in `{name}`, in another order or another place than expected.",
        lambda a: sorted(set(a)),
    ),
    _Of(
        "reversed-of",
        "That is `{name}` the other way round. Look at whether its order has to stay.",
        lambda a: a[::-1],
    ),
    _Of("kept-case", "That is `{name}` in small letters, and nothing else has changed.", lambda a: a.lower()),
)


def relation(evidence: Evidence) -> Found | None:
    """What holds for every wrong call; None if nothing that is known here does."""
    wrong = evidence.wrong
    if not wrong or not all(t.has_values and t.made.value is not None for t in wrong):
        return None
    for of in OF_EXPECTED:
        if all(_gives(t, of.gives, t.wanted) for t in wrong):
            return of.key, of.says, {}
    for place in range(min(len(t.args) for t in wrong)):
        for of in OF_ARGUMENT:
            if all(_gives(t, of.gives, t.args[place]) for t in wrong):
                params: Params = {"name": evidence.name(place)}
                if of.key in ("first-element", "unchanged") and evidence.early is not None:
                    return (
                        "too-early",
                        "That is the first element of `{name}`. " + EARLY
                        if (of.key == "first-element")
                        else of.says,
                        {**params, "line": evidence.early},
                    )
                return of.key, of.says, params
    return _apart(wrong)


def alone(evidence: Evidence, tried: Tried) -> Found | None:
    """What one wrong result is, where all of them together show nothing."""
    for place, argument in enumerate(tried.args):
        for of in OF_ARGUMENT:
            if _gives(tried, of.gives, argument):
                return of.key, "Here that" + of.says.removeprefix("That"), {"name": evidence.name(place)}
    return None


def _gives(tried: Tried, gives: Callable[[Any], object], of: object) -> bool:
    try:
        value = gives(of)
        return value is not None and type(value) is type(tried.yours) and alike(value, tried.yours)
    except Exception:
        return False  # not a thing that could be done with this value


def _apart(wrong: Sequence[Tried]) -> Found | None:
    """Numbers that all lie as far away, or all are as many times too large."""
    numbers = [
        (t.yours, t.wanted) for t in wrong if type(t.yours) in (int, float) and type(t.wanted) in (int, float)
    ]
    if len(numbers) < max(2, len(wrong)) or len({wanted for _, wanted in numbers}) < 2:
        return None
    try:
        pairs = [(Fraction(repr(y)), Fraction(repr(w))) for y, w in numbers]
    except (ValueError, OverflowError):
        return None
    apart = pairs[0][0] - pairs[0][1]
    if all(y - w == apart for y, w in pairs):
        says = "Each wrong result is {apart} too {side}. Look at the start value, and at what is added once."
        return (
            "offset",
            says,
            {"apart": _number(abs(apart)), "side": "large" if apart > 0 else "small"},
        )
    if all(w for _, w in pairs) and len({abs(y / w) for y, w in pairs}) == 1 and pairs[0][0]:
        times = pairs[0][0] / pairs[0][1]
        if times > 1:
            says = "Each wrong result is {times} times too large. Look for a step that is done too often."
            return "factor", says, {"times": _number(times)}
        if 0 < times < 1:
            says = "Each wrong result is too small, by a factor of {times}. Look for a step too few."
            return "factor", says, {"times": _number(1 / times)}
    return None


def _number(value: Fraction) -> object:
    return int(value) if value.denominator == 1 else round(float(value), 4)
