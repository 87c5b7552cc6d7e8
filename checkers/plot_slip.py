"""What became of the marks of a plot: the difference that a learner is told."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from checkers import plot_messages as say
from checkers.mark import (
    NAMED,
    Mark,
    Number,
    Place,
    alike_in_all,
    by_place,
    close,
    finite,
    in_groups,
    joined,
    left_over,
    near,
    same,
    same_bars,
    same_places,
    settled,
    shows,
)
from checkers.message import Message
from checkers.raised import nearest
from checkers.result import Result, wrong

ACROSS: Final = frozenset(("level", "upright"))
Pairs = list[tuple[Mark, Mark]]


def compared(yours: Sequence[Mark], expected: Sequence[Mark]) -> Result | Pairs:
    """What is wrong with the marks of one axes; where nothing is, which of yours is which."""
    mine, theirs = settled(yours), settled(expected)
    left, unmet, pairs = _met(mine, theirs)
    extra = [mark for mark in left if mark.kind not in ACROSS]
    if not unmet:
        if not extra:
            return pairs
        return wrong("extra-mark", say.EXTRA_MARK, yours=len(extra) + len(pairs), expected=len(pairs))
    if any(mark.kind in ACROSS for mark in unmet):
        extra = left
    return _slip(extra, unmet, len(pairs))


def _met(mine: Sequence[Mark], theirs: Sequence[Mark]) -> tuple[list[Mark], list[Mark], Pairs]:
    """Left over, unmet, and pairs; points in several colours are groups only where groups are asked for."""
    split, split2 = ([part for mark in marks for part in in_groups(mark)] for marks in (mine, theirs))
    whole = left_over(mine, theirs)
    if not whole[0] and not whole[1]:
        return whole
    parts = left_over(split, split2)
    if not parts[0] and not parts[1]:
        return parts
    asked = [mark for mark in theirs if mark.kind == "points"]
    dots = [mark for mark in mine if mark.kind == "points"]
    if len(asked) == 1 and asked[0].groups is None and len(dots) > 1 and same(joined(dots), asked[0]):
        others = [mark for mark in mine if mark.kind != "points"]
        return left_over([joined(dots), *others], theirs)
    several = len(split2) > len(theirs)
    return parts if several and any(m.groups is not None for m in mine) else whole


def _slip(left: Sequence[Mark], unmet: Sequence[Mark], met: int) -> Result:
    asked = [part for mark in unmet for part in in_groups(mark)]
    for kind, key, template in (
        ("points", "not-grouped", say.NOT_GROUPED),
        ("line", "one-line-for-all", say.ONE_LINE),
    ):
        of_kind = [m for m in asked if m.kind == kind]
        if len(of_kind) > 1 and len(left) == 1 and left[0].kind == kind:
            whole = joined(of_kind)
            if shows(left[0], whole):
                return wrong(key, template, expected=len(of_kind))
    for mark, other in itertools.product(unmet, left):
        if result := _same_data(other, mark):
            return result
    if len(left) < len(unmet) and (not left or met):
        mark = unmet[0]
        what = mark.what + (f" named {short(mark.label)}" if mark.label else "")
        return wrong(
            "mark-missing", say.MISSING_MARK, yours=met, expected=met + len(unmet), what=what
        )  # fmt: skip
    other, mark = _nearest(left, unmet)
    if other.kind != mark.kind:
        return wrong("other-plot-and-data", say.OTHER_PLOT, yours=other.what, expected=mark.what)
    result = _of_kind(other, mark)
    if result is not None and result.mistake is not None:
        return result
    if len(left) < len(unmet):
        what = mark.what + (f" named {short(mark.label)}" if mark.label else "")
        counts = {"yours": len(left) + met, "expected": len(unmet) + met}
        return wrong("mark-missing", say.MISSING_MARK, what=what, **counts)
    return result or Result(score=0.0, messages=(Message(key="other-data", template=say.OTHER_DATA),))


def _same_data(yours: Mark, expected: Mark) -> Result | None:
    """The data are right, and the kind of mark or the axes are not."""
    words = {"yours": yours.what, "expected": expected.what}
    kinds = {yours.kind, expected.kind}
    if yours.kind != expected.kind:
        if len({kind.removeprefix("flat ") for kind in kinds}) == 1:
            if yours.kind in NAMED and same_bars(replace(yours, kind=expected.kind), expected):
                return wrong("bars-turned", say.FLAT, **words)  # type: ignore[arg-type]
        elif kinds <= NAMED:
            if same_places(yours, expected) and _same_values(yours, expected):
                return wrong("other-plot", say.KIND, **words)  # type: ignore[arg-type]
        elif not kinds & ACROSS and "grid" not in kinds:
            flat = any(kind.startswith("flat") for kind in kinds)
            if shows(yours.turned if flat else yours, expected) or (
                same_places(yours, expected) and _same_values(yours, expected)
            ):
                return wrong("other-plot", say.KIND, **words)  # type: ignore[arg-type]
        if kinds == ACROSS and same(yours.turned, expected):
            return wrong("axes-exchanged", say.SWAPPED)
    elif yours.kind in ("line", "points") and shows(yours.turned, expected):
        return wrong("axes-exchanged", say.SWAPPED)
    return None


def _same_values(yours: Mark, expected: Mark) -> bool:
    mine, theirs = ([m.y[n] for n in by_place(m)] for m in (yours, expected))
    return near(mine, theirs)


def _nearest(left: Sequence[Mark], unmet: Sequence[Mark]) -> tuple[Mark, Mark]:
    """The pair that is told about: of one kind, of one name, with most in common."""

    def fit(pair: tuple[Mark, Mark]) -> tuple[bool, bool, bool, bool]:
        one, other = pair
        return (
            one.kind == other.kind,
            bool(one.label) and one.label.casefold() == other.label.casefold(),
            near(one.y, other.y) or near(one.x, other.x),
            len(one.x) == len(other.x),
        )

    return max(((one, other) for other in unmet for one in left), key=fit)


def _of_kind(yours: Mark, expected: Mark) -> Result | None:
    kind = yours.kind.removeprefix("flat ")
    if kind == "histogram":
        return _of_histogram(yours, expected)
    if kind in ("bars", "slices", "boxes"):
        return _of_bars(yours, expected)
    if kind == "grid":
        if near(yours.y, expected.y) or len(yours.y) == len(expected.y):
            return None
        return wrong("grid-shape", say.SHAPE_OF_GRID, yours=len(yours.y), expected=len(expected.y))
    if kind in ACROSS:
        return wrong("data-on-y" if kind == "level" else "data-on-x", say.OTHER_DATA)
    if kind == "area" and shows(yours, expected):
        return _stacking(yours, expected)
    return _of_points(yours, expected)


# Lines and points


def _of_points(yours: Mark, expected: Mark) -> Result | None:
    if yours.kind == "line" and shows(yours, expected):
        mine, theirs = yours.pairs, expected.pairs
        if near([x for x, _ in mine], [x for x, _ in theirs]) or near(
            [y for _, y in mine], [y for _, y in theirs]
        ):
            return wrong("joined-otherwise", say.BACKWARDS)
        return wrong("joined-otherwise", say.JOINED_OTHERWISE)
    drawn, asked = ({(f"{x:.7g}", f"{y:.7g}") for x, y in m.pairs} for m in (yours, expected))
    counts = {"yours": len(yours.pairs), "expected": len(expected.pairs)}
    if drawn and drawn < asked and len(yours.pairs) < len(expected.pairs):
        return wrong("rows-missing", say.ROWS_MISSING, **counts)
    if asked and drawn > asked and len(yours.pairs) > len(expected.pairs):
        return wrong("rows-extra", say.ROWS_EXTRA, **counts)
    x_words, y_words = (yours.x_words, expected.x_words), (yours.y_words, expected.y_words)
    for axis, (words, words2) in (("x", x_words), ("y", y_words)):
        if words2 is not None and near(yours.x, expected.x) and near(yours.y, expected.y):
            if words is None:
                return wrong("names-missing", say.NAMES_MISSING)
            return wrong("named-wrong", say.NAMED_WRONG, axis=axis)
    ordered = yours.kind in ("line", "area")
    fits: Callable[[Sequence[Number], Sequence[Number]], bool] = near if ordered else alike_in_all
    (x, y), (x2, y2) = ([[p[0] for p in m.pairs], [p[1] for p in m.pairs]] for m in (yours, expected))
    if fits(x, x2) and fits(y, y2):
        return wrong("broken-pairs", say.BROKEN_PAIRS)
    if ordered and alike_in_all(x, x2) and alike_in_all(y, y2):
        return wrong("broken-pairs", say.BROKEN_PAIRS)
    if fits(y, y2):
        if _row_numbers(x):
            return wrong("row-number", say.ROW_NUMBER)
        if alike_in_all(x, y2):
            return wrong("x-is-y", say.X_IS_Y)
        return _of_values(x, x2) or wrong("data-on-x", say.ON_X)
    if fits(x, x2):
        if alike_in_all(y, x2):
            return wrong("y-is-x", say.Y_IS_X)
        if result := _of_values(y, y2):
            return result
        good = sum(map(close, y, y2))
        if ordered and good >= max(len(y) // 2, 1) and len(y) > 2:
            return wrong("some-values", say.SOME, good=good, all=len(y))
        return wrong("data-on-y", say.ON_Y)
    if len(x) == len(x2) and alike_in_all(x, y2):
        return wrong("x-is-y", say.X_IS_Y)
    if len(x) == len(x2) and alike_in_all(y, x2):
        return wrong("y-is-x", say.Y_IS_X)
    if not ordered and alike_in_all(x, x2):
        return wrong("data-on-y", say.ON_Y)
    if not ordered and alike_in_all(y, y2):
        return wrong("row-number", say.ROW_NUMBER) if _row_numbers(x) else wrong("data-on-x", say.ON_X)
    if common := len(drawn & asked):
        return wrong("rows-other", say.ROWS_OTHER, good=common, yours=len(yours.pairs))
    if x and x2 and (max(x) < min(x2) or min(x) > max(x2)):
        return wrong("beyond", say.BEYOND, side="left" if max(x) < min(x2) else "right")
    if len(x) != len(x2):
        return wrong("how-many-values", say.HOW_MANY, yours=len(x), expected=len(x2))
    return None


def _row_numbers(x: Sequence[float]) -> bool:
    return len(x) > 1 and x[0] in (0.0, 1.0) and all(b - a == 1 for a, b in itertools.pairwise(x))


# Bars, slices, boxes


def _of_bars(yours: Mark, expected: Mark) -> Result | None:
    places, places2 = yours.places, expected.places
    if len(set(places)) < len(places) and len(set(places2)) == len(places2):
        return wrong("bars-on-top", say.BARS_ON_TOP, bars=len(places), places=len(set(places)))
    if same_places(yours, expected):
        return _of_lengths(yours, expected)
    names, names2 = ({p for p in each if type(p) is str} for each in (places, places2))
    if len(places) == len(places2) and alike_in_all(yours.y, expected.y):
        if names2 and not names:
            return wrong("names-missing", say.NAMES_MISSING)
        if set(places) == set(places2):
            return wrong("names-exchanged", say.NAMES_EXCHANGED)
        other = next((p for p in places if p not in set(places2)), places[0])
        return wrong("names-other", say.NAMES_OTHER, yours=_told(yours, other))
    known, asked = set(map(_key, places)), set(map(_key, places2))
    if known < asked:
        table = dict(zip(map(_key, places2), expected.y, strict=True))
        good = all(near([table[_key(p)]], [v]) for p, v in zip(places, yours.y, strict=True))
        counts = {"yours": len(known), "expected": len(asked)}
        if good:
            return wrong("places-missing", say.PLACES_MISSING, **counts)
        return wrong("places-missing", say.PLACES_MISSING_OTHERS, **counts)
    if known > asked:
        extra = next(p for p in places if _key(p) not in asked)
        return wrong("places-extra", say.PLACES_EXTRA, extra=_told(yours, extra))
    if not known & asked or len(known & asked) < len(asked) / 2:
        return wrong("places-other", say.PLACES_OTHER, yours=_told(yours, places[0]))
    return wrong(
        "places-missing", say.PLACES_MISSING_OTHERS, yours=len(known & asked), expected=len(asked)
    )  # fmt: skip


def _key(place: Place) -> str:
    return f"{place:.7g}" if type(place) is float else str(place)


def _told(mark: Mark, place: Place) -> str:
    """A place as the learner's plot names it."""
    names = dict(zip(mark.places, mark.x_words or (), strict=False))
    return short(names.get(place) or _key(place))


def _of_lengths(yours: Mark, expected: Mark) -> Result | None:
    """The places are right: what is wrong with what stands there."""
    order, order2 = by_place(yours), by_place(expected)
    y, y2 = [yours.y[n] for n in order], [expected.y[n] for n in order2]
    if near(y, y2):
        return _whiskers(yours, expected) if "boxes" in yours.kind else _stacking(yours, expected)
    if alike_in_all(y, y2):
        return wrong("names-exchanged", say.NAMES_EXCHANGED)
    if None not in y and None not in y2 and (result := _of_values(finite(y), finite(y2))):
        return result
    differ = sum(not near([a], [b]) for a, b in zip(y, y2, strict=True))
    if "boxes" in yours.kind:
        return wrong("boxes", say.BOXES, count=differ)
    if len(y) > 2 and differ <= len(y) // 2:
        return wrong("some-values", say.SOME, good=len(y) - differ, all=len(y))
    return wrong("lengths", say.LENGTHS)


def _whiskers(yours: Mark, expected: Mark) -> Result:
    counts = [sum(finite(mark.more[4])) if len(mark.more) > 4 else 0 for mark in (yours, expected)]
    ends = [[[m.more[at][n] for n in by_place(m)] for at in range(4)] for m in (yours, expected)]
    if all(map(near, *ends)):
        return wrong("outliers", say.OUTLIERS, yours=int(counts[0]), expected=int(counts[1]))
    return wrong("whiskers", say.WHISKERS)


def _stacking(yours: Mark, expected: Mark) -> Result | None:
    base, base2 = yours.more[:1], expected.more[:1]
    if not base or not base2:
        return None
    if not any(base2[0]) and any(base[0]):
        return wrong("stacked", say.STACKED)
    if any(base2[0]) and not any(base[0]):
        return wrong("not-stacked", say.NOT_STACKED)
    return wrong("bases", say.BASES)


# Histograms


def _of_histogram(yours: Mark, expected: Mark) -> Result:
    count, count2 = sum(finite(yours.y)), sum(finite(expected.y))
    if len(yours.x) != len(expected.x):
        return wrong("bins", say.BINS, yours=len(yours.x), expected=len(expected.x))
    low, high = finite(yours.more[1])[0], finite(yours.more[1])[-1] + finite(yours.more[2])[-1]
    ends = {"low": f"{low:.4g}", "high": f"{high:.4g}"}
    if not all(map(near, yours.more[1:], expected.more[1:])):
        template = say.EDGES if close(count, count2) else say.EDGES_ALONE
        return wrong("edges", template, **ends)  # type: ignore[arg-type]
    if near(yours.y, expected.y):
        return _stacking(yours, expected) or wrong("bases", say.BASES)
    if result := _of_values(finite(yours.y), finite(expected.y)):
        return result
    if not close(count, count2) and count == int(count) and count2 == int(count2):
        return wrong("counted", say.COUNTED, yours=int(count), expected=int(count2))
    return wrong("lengths", say.LENGTHS)


# Values, place by place


def _of_values(yours: Sequence[float], expected: Sequence[float]) -> Result | None:
    """One way in which all values differ; None where there is none."""
    if len(yours) != len(expected) or len(yours) < 2 or near(yours, expected):
        return None
    if near([-v for v in yours], expected):
        return wrong("negated", say.NEGATED)
    if near(yours[::-1], expected):
        return wrong("backwards", say.BACKWARDS)
    total, total2 = sum(yours), sum(expected)
    factors = [a / b for a, b in zip(yours, expected, strict=True) if b]
    steady = bool(factors) and all(close(f, factors[0]) for f in factors) and len(set(yours)) > 1
    if steady and all(a == 0 for a, b in zip(yours, expected, strict=True) if not b):
        if any(close(total, whole) for whole in (1, 100)) or (factors[0] < 1e-2 and total <= 1):
            return wrong("shares", say.SHARES)
        if any(close(total2, whole) for whole in (1, 100)):
            return wrong("not-shares", say.NOT_SHARES)
        return wrong("times", say.TIMES, factor=f"{factors[0]:.4g}")
    if near(yours, list(itertools.accumulate(expected))):
        return wrong("cumulated", say.CUMULATED)
    if near(list(itertools.accumulate(yours)), expected):
        return wrong("not-cumulated", say.NOT_CUMULATED)
    if all(v > 0 for v in expected) and _logged(yours, expected):
        return wrong("logged", say.LOGGED)
    for digits in range(-3, 4):
        if near([round(v, digits) for v in expected], yours):
            return wrong("rounded", say.ROUNDED)
    by = yours[0] - expected[0]
    if all(close(a, b + by) for a, b in zip(yours, expected, strict=True)) and len(set(expected)) > 1:
        return wrong("shifted", say.SHIFTED, by=f"{abs(by):.4g}")
    return None


def _logged(yours: Sequence[float], expected: Sequence[float]) -> bool:
    return any(near([log(v) for v in expected], yours) for log in (math.log10, math.log, math.log2))


def short(text: str) -> str:
    return " ".join(text.replace("`", "'").replace("|", "¦").split())[:40]


def is_near(text: str, asked: str) -> bool:
    """Whether a text is all but the one asked for."""
    return nearest(text, [asked], cutoff=0.85) is not None
