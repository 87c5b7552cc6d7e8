"""One mark of a plot as it is compared: a line, points, bars, boxes, an area, slices."""

from __future__ import annotations

import datetime
import itertools
import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

REL: Final = 1e-6
EPOCH: Final = datetime.datetime(1970, 1, 1)
PERIODS: Final = {"M": 1, "Q": 3, "Y": 12, "A": 12}
"""Pandas' periods of more than a day, in months."""
WORDS: Final = {
    "line": "a line",
    "points": "points",
    "bars": "bars",
    "flat bars": "horizontal bars",
    "histogram": "a histogram",
    "flat histogram": "a horizontal histogram",
    "boxes": "a box plot",
    "flat boxes": "a horizontal box plot",
    "area": "an area",
    "slices": "a pie",
    "grid": "a picture of coloured cells",
    "level": "a horizontal line across the plot",
    "upright": "a vertical line across the plot",
}
BARS: Final = frozenset(("bars", "flat bars", "histogram", "flat histogram"))
NAMED: Final = BARS | {"boxes", "flat boxes", "slices"}
"""Marks with a place of its own for each value, which may have a name."""

Number = float | None
Place = float | str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What one call drew. `x` are places and `y` values; `more`, `x_words` … as in `checkers.marks`."""

    kind: str
    label: str
    x: tuple[Number, ...]
    y: tuple[Number, ...]
    more: tuple[tuple[Number, ...], ...] = ()
    x_words: tuple[str | None, ...] | None = None
    y_words: tuple[str | None, ...] | None = None
    every: str | None = None
    groups: tuple[int, ...] | None = None
    near: float = 0.0
    """So far from its place a bar may stand (bars of several series stand side by side)."""

    @property
    def what(self) -> str:
        return WORDS[self.kind]

    @property
    def places(self) -> list[Place]:
        """Where its values stand: by name where it has one (a name that is a number or a date as number)."""
        if self.x_words is None:
            return list(self.x)
        return [x if word is None else as_place(word) for x, word in zip(self.x, self.x_words, strict=True)]

    @property
    def pairs(self) -> list[tuple[float, float]]:
        """Its points in their order; those with a missing value are not drawn."""
        both = zip(self.x, self.y, strict=True)
        return [(x, y) for x, y in both if x is not None and y is not None]

    @property
    def turned(self) -> Mark:
        """With both axes exchanged."""
        kind = {"level": "upright", "upright": "level"}.get(self.kind, self.kind)
        return replace(
            self, kind=kind, x=self.y, y=self.x, x_words=self.y_words, y_words=self.x_words, every=None
        )


def read(told: object) -> Mark | None:
    """A mark as `checkers.marks` describes it; None if that is something else."""
    if type(told) is not dict:
        return None
    x: Any
    y: Any
    more: Any
    groups: Any
    kind, label, every, groups = (told.get(name) for name in ("kind", "label", "every", "groups"))
    x, y, more = told.get("x"), told.get("y"), told.get("more")
    if kind not in WORDS or type(label) is not str or not (every is None or type(every) is str):
        return None
    if not (_numbers(x) and _numbers(y) and type(more) is list and all(map(_numbers, more))):
        return None
    words = [told.get("x_words"), told.get("y_words")]
    for names, column in zip(words, (x, y), strict=True):
        if names is not None and not (_texts(names) and len(names) == len(column)):
            return None
    if kind not in ("level", "upright", "grid") and len({len(column) for column in (x, y, *more)}) != 1:
        return None
    if not (groups is None or (type(groups) is list and len(groups) == len(x))):
        return None
    return Mark(
        kind=kind, label=label, x=tuple(x), y=tuple(y), more=tuple(map(tuple, more)), every=every,
        x_words=_tuple(words[0]), y_words=_tuple(words[1]), groups=_tuple(groups),
    )  # fmt: skip


def _tuple(values: Any) -> Any:
    return None if values is None else tuple(values)


def _numbers(values: object) -> bool:
    return type(values) is list and all(v is None or type(v) is float for v in values)


def _texts(values: object) -> bool:
    return type(values) is list and all(v is None or type(v) is str for v in values)


def in_groups(mark: Mark) -> list[Mark]:
    """The points of each colour as a mark of their own."""
    if mark.groups is None:
        return [mark]
    return [_some(mark, [n for n, g in enumerate(mark.groups) if g == group]) for group in set(mark.groups)]


def _some(mark: Mark, at: Sequence[int]) -> Mark:
    def pick(values: Any) -> Any:
        return None if values is None else tuple(values[n] for n in at)

    return replace(
        mark,
        x=pick(mark.x),
        y=pick(mark.y),
        groups=None,
        x_words=pick(mark.x_words),
        y_words=pick(mark.y_words),
    )


def joined(marks: Sequence[Mark]) -> Mark:
    """All points of several marks as one."""
    x, y = tuple(v for m in marks for v in m.x), tuple(v for m in marks for v in m.y)
    return replace(marks[0], x=x, y=y, x_words=None, y_words=None, groups=None)


def settled(marks: Sequence[Mark]) -> list[Mark]:
    """Marks with bars of several series brought to the places that they share."""
    series = [m for m in marks if m.kind in ("bars", "flat bars") and m.x_words is None]
    if len(series) < 2 or len({m.x for m in series}) == 1 or len({len(m.x) for m in series}) > 1:
        return list(marks)
    columns = zip(*(m.x for m in series), strict=True)
    means = tuple(None if None in c else sum(v for v in c if v is not None) / len(c) for c in columns)
    at = sorted(v for v in means if v is not None)
    near = 0.45 * min((b - a for a, b in itertools.pairwise(at)), default=1.0)
    return [replace(m, x=means, near=near) if m in series else m for m in marks]


def same(one: Mark, other: Mark) -> bool:
    """Whether two marks of a kind show the same."""
    if one.kind != other.kind:
        return False
    if one.kind in NAMED:
        return same_bars(one, other)
    if one.kind in ("level", "upright"):
        return near(one.x, other.x) and near(one.y, other.y)
    if one.kind == "grid":
        return near(one.x, other.x) and near(one.y, other.y)
    return shows(one, other, in_order=one.kind == "line") and (
        one.kind != "area" or all(map(near, one.more, other.more))
    )


def shows(one: Mark, other: Mark, *, in_order: bool = False) -> bool:
    """Whether the same points are drawn, whatever the kind of mark; a line may be drawn from either end."""
    if _names_differ(one.x, one.x_words, other.x, other.x_words):
        return False
    if _names_differ(one.y, one.y_words, other.y, other.y_words):
        return False
    mine, theirs = ([*_floored(m, one.every or other.every)] for m in (one, other))
    if len(mine) != len(theirs):
        return False
    if not in_order:
        mine, theirs = sorted(mine, key=_rounded), sorted(theirs, key=_rounded)
    return _near_pairs(mine, theirs) or (in_order and _near_pairs(mine[::-1], theirs))


def _names_differ(
    places: Sequence[Number],
    words: Sequence[str | None] | None,
    others: Sequence[Number],
    expected: Sequence[str | None] | None,
) -> bool:
    """Whether an axis has names, and some place has none or another."""
    if expected is None:
        return False
    if words is None:
        numbers = [as_place(word) for word in expected if word]
        return any(type(n) is str for n in numbers) or bool(set(others) ^ set(places))
    mine = {p: folded(w) for p, w in zip(places, words, strict=True) if w}
    theirs = {p: folded(w) for p, w in zip(others, expected, strict=True) if w}
    return any(mine[place] != theirs[place] for place in mine.keys() & theirs.keys())


def same_bars(one: Mark, other: Mark) -> bool:
    """Whether bars (boxes, slices) of the same lengths stand at the same places, in any order."""
    if len(one.x) != len(other.x):
        return False
    one, other = (_paced(mark, one.every or other.every) for mark in (one, other))
    order, order2 = by_place(one), by_place(other)
    columns = [(one.y, other.y), *zip(one.more, other.more, strict=False)]
    if one.kind in ("bars", "flat bars"):
        columns = columns[:2]  # how wide a bar is, and where its left edge is, tells nothing
    return same_places(one, other) and all(
        near([mine[n] for n in order], [theirs[n] for n in order2]) for mine, theirs in columns
    )


def same_places(one: Mark, other: Mark) -> bool:
    mine, theirs = ([m.places[n] for n in by_place(m)] for m in (one, other))
    slack = max(one.near, other.near)
    if slack and all(type(p) is float for p in (*mine, *theirs)):
        return len(mine) == len(theirs) and all(
            abs(a - b) <= slack  # type: ignore[operator]
            for a, b in zip(mine, theirs, strict=True)
        )
    return len(mine) == len(theirs) and all(_same_place(a, b) for a, b in zip(mine, theirs, strict=True))


def by_place(mark: Mark) -> list[int]:
    """The positions of its values, ordered by their places."""

    def place(n: int) -> tuple[bool, float, str]:
        at = places[n]
        return type(at) is str, round(at, 6) if type(at) is float else 0.0, at if type(at) is str else ""

    places = mark.places
    return sorted(range(len(places)), key=place)


def _same_place(one: Place, other: Place) -> bool:
    if type(one) is float and type(other) is float:
        return near([one], [other])
    return one == other


def as_place(word: str) -> Place:
    """A name as a place: a number or a date as a number (days since 1970), any other folded."""
    try:
        return float(word)
    except ValueError:
        pass
    try:
        when = datetime.datetime.fromisoformat(word)
    except ValueError:
        return folded(word)
    return (when.replace(tzinfo=None) - EPOCH).total_seconds() / 86400


def _paced(mark: Mark, every: str | None) -> Mark:
    """Bars with their days brought to the start of their period, where the other's are periods."""
    places = mark.places
    if every not in PERIODS or any(type(place) is not float for place in places):
        return mark
    return replace(mark, x=tuple(_start(p, every) for p in places if type(p) is float), x_words=None)


def _floored(mark: Mark, every: str | None) -> list[tuple[float, float]]:
    """Its points, with days brought to the start of their period where the other's are periods."""
    if every not in PERIODS:
        return mark.pairs
    return [(_start(x, every), y) for x, y in mark.pairs]


def _start(day: float, every: str) -> float:
    """The first day of the period (months, quarters, years) that a day is in."""
    when, step = EPOCH + datetime.timedelta(days=max(-700_000.0, min(day, 2_900_000.0))), PERIODS[every]
    first = datetime.datetime(when.year, (when.month - 1) // step * step + 1, 1)
    return (first - EPOCH).total_seconds() / 86400


def _rounded(pair: tuple[float, float]) -> tuple[float, float]:
    return float(f"{pair[0]:.9g}"), float(f"{pair[1]:.9g}")


def _near_pairs(one: Sequence[tuple[float, float]], other: Sequence[tuple[float, float]]) -> bool:
    return all(close(a[0], b[0]) and close(a[1], b[1]) for a, b in zip(one, other, strict=True))


def close(one: float, other: float) -> bool:
    return abs(one - other) <= REL * max(abs(one), abs(other)) + 1e-12


def near(one: Sequence[Number], other: Sequence[Number]) -> bool:
    """Whether two columns are the same number by number."""
    return len(one) == len(other) and all(
        a is b or (a is not None and b is not None and close(a, b)) for a, b in zip(one, other, strict=True)
    )


def alike_in_all(one: Sequence[Number], other: Sequence[Number]) -> bool:
    """Whether two columns hold the same numbers, in whatever order."""
    return near(_sorted(one), _sorted(other))


def _sorted(values: Sequence[Number]) -> list[float]:
    return sorted((v for v in values if v is not None), key=lambda v: float(f"{v:.9g}"))


def folded(text: str) -> str:
    """A text by its letters and digits: capitals, spaces, brackets and underscores tell nothing."""
    kept = "".join(c if c.isalnum() or c in "%+-°/€$" else " " for c in text.casefold())
    return " ".join(kept.split()) or " ".join(text.split())


def left_over(
    yours: Sequence[Mark], expected: Sequence[Mark], fits: Callable[[Mark, Mark], bool] = same
) -> tuple[list[Mark], list[Mark], list[tuple[Mark, Mark]]]:
    """Of yours and of the expected marks those without a partner, and the pairs."""
    left, unmet, pairs = list(yours), [], []
    for mark in expected:
        found = next((n for n, m in enumerate(left) if fits(m, mark)), None)
        if found is None:
            unmet.append(mark)
        else:
            pairs.append((left.pop(found), mark))
    return left, unmet, pairs


def counted(marks: Sequence[Mark]) -> Mapping[str, int]:
    return Counter(mark.kind for mark in marks)


def finite(values: Sequence[Number]) -> list[float]:
    return [v for v in values if v is not None and math.isfinite(v)]
