"""Rows of a table that were kept and should not have been, or the other way round, and what they share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from checkers.tables import LOOKED_AT, is_number, same_rows, short, strange_cell

Mask = NDArray[np.bool_]

SHARED: Final = 40
"""A column with up to so many different values may be what a condition asks for."""

MOST_COLUMNS: Final = 100
"""Rows are told by the first columns only: in more, something fits by chance, and it takes long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A mistake: its key, and what its template needs."""

    key: str
    params: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Which rows of a source a table holds (how often each), and the columns by which that is certain."""

    times: NDArray[np.int64]
    columns: Sequence[int]

    @property
    def mask(self) -> Mask:
        return np.asarray(self.times > 0)


def kept(table: pd.DataFrame, source: pd.DataFrame, rel: float) -> Kept | None:
    """The source's rows that a table holds; None if one of its rows is not found there.

    By row labels if the rows so named hold the same, else by what they hold. Columns that the source does
    not have are left out of account.
    """
    if not source.columns.is_unique or not table.columns.is_unique:
        return None
    shared = [name for name in table.columns if name in source.columns]
    if not shared:
        return None
    every = list(range(source.shape[1]))
    if source.index.is_unique and table.index.nlevels == source.index.nlevels:
        places = source.index.get_indexer(table.index)
        if (places >= 0).all():
            there = source.iloc[places]
            alike = all(is_number(table[name]) == is_number(there[name]) for name in shared)
            if alike and same_rows(table[shared], there[shared], rel):
                return Kept(times=np.bincount(places, minlength=len(source)), columns=every)
    if len(table) + len(source) > LOOKED_AT or strange_cell(table[shared]) is not None:
        return None
    codes = _codes(source[shared], table[shared])
    if codes is None:
        return None
    ours, theirs = codes[: len(source)], codes[len(source) :]
    if not np.isin(theirs, ours).all():
        return None
    alone = len(np.unique(ours)) == len(ours)
    have = np.bincount(theirs, minlength=codes.max(initial=-1) + 1)
    nth = pd.Series(ours).groupby(ours).cumcount().to_numpy()
    left = have[ours]
    times = np.where(nth < left, 1, 0)
    held = np.bincount(ours, minlength=len(have))
    times += np.where((nth == 0) & (left > held[ours]), left - held[ours], 0)
    certain = every if alone else [source.columns.get_loc(name) for name in shared]
    return Kept(times=times, columns=certain)  # type: ignore[arg-type]


def _codes(source: pd.DataFrame, table: pd.DataFrame) -> NDArray[np.int64] | None:
    """A number for each row of both, the same where they hold the same."""
    codes = np.zeros(len(source) + len(table), dtype="int64")
    for name in table.columns:
        ours, theirs = source[name], table[name]
        if is_number(ours) != is_number(theirs):
            return None
        if is_number(ours):
            values: Any = np.concatenate([_floats(ours), _floats(theirs)])
        else:
            values = np.concatenate([ours.to_numpy(dtype=object), theirs.to_numpy(dtype=object)])
        try:
            each = pd.factorize(values, use_na_sentinel=True)[0] + 1
        except TypeError:
            return None
        codes = pd.factorize(codes * (each.max(initial=0) + 1) + each)[0].astype("int64")
    return codes


def _floats(column: pd.Series[Any]) -> NDArray[np.float64]:
    return column.to_numpy(dtype="float64", na_value=np.nan)


def row_mistake(
    yours: Kept, asked: Kept, source: pd.DataFrame, conditions: Sequence[Mask], *, ordered: bool
) -> Found | None:
    """What is wrong with which rows are there; None where nothing can be said for certain."""
    mine, theirs = yours.mask, asked.mask
    counts: dict[str, object] = {"yours": int(mine.sum()), "expected": int(theirs.sum())}
    if np.array_equal(mine, theirs):
        return (
            Found(key="repeated", params={"rows": int((yours.times > asked.times).sum())})
            if (yours.times > asked.times).any()
            else None
        )
    if (yours.times > 1).any() and not (asked.times > 1).any():
        return Found(key="repeated-too", params={"rows": int((yours.times > 1).sum())})
    extra, lost = mine & ~theirs, theirs & ~mine
    columns = [n for n in yours.columns if n in asked.columns][:MOST_COLUMNS]
    look = Look(source=source, columns=columns, mine=mine, theirs=theirs)
    if len(source) > LOOKED_AT:
        return _at_once(mine, theirs, conditions)
    if mine.all():
        if ordered and (found := look.nothing_cut()):
            return found
        return Found(key="not-filtered", params={"rows": len(source), "expected": counts["expected"]})
    if found := _by_conditions(mine, theirs, conditions):
        return found
    if ordered and (found := look.ends()):
        return found
    if np.array_equal(mine, ~theirs):
        return Found(key="complement", params={})
    if not lost.any() and (found := look.shared(extra, theirs, "in")):
        return found
    if not extra.any() and (found := look.shared(lost, mine, "out")):
        return found
    if found := look.simple():
        return found
    if not (mine & theirs).any():
        return Found(key="disjoint", params={})
    if extra.any() and lost.any():
        right = mine & theirs
        one, two = look.shared(extra, theirs, "in"), look.shared(lost, mine, "out")
        if found := one or two:
            return found
        return Found(key="some-right", params={**counts, "right": int(right.sum()), "extra": int(extra.sum()),
                                               "lost": int(lost.sum())})  # fmt: skip
    return None


def _at_once(mine: Mask, theirs: Mask, conditions: Sequence[Mask]) -> Found | None:
    """What is seen from the masks alone, however long they are."""
    if mine.all():
        params = {"rows": len(mine), "expected": int(theirs.sum())}
        return Found(key="not-filtered", params=params)
    if found := _by_conditions(mine, theirs, conditions):
        return found
    return Found(key="complement", params={}) if np.array_equal(mine, ~theirs) else None


def without_source(yours: pd.DataFrame, expected: pd.DataFrame) -> Found | None:
    """What the rows share that are too many, or that are not there, seen from the two tables alone."""
    if not expected.columns.is_unique or list(yours.columns) != list(expected.columns):
        return None
    if len(yours) + len(expected) > LOOKED_AT or strange_cell(yours) is not None:
        return None
    codes = _codes(expected, yours)
    if codes is None:
        return None
    asked, have = codes[: len(expected)], codes[len(expected) :]
    extra, lost = ~np.isin(have, asked), ~np.isin(asked, have)
    if extra.any() == lost.any():
        if not extra.any() and len(have) > len(asked):
            return Found(key="repeated", params={"rows": len(have) - len(asked)})
        return always_the_same(yours, expected)
    both = pd.concat([expected, yours[extra]], ignore_index=True)
    theirs = np.arange(len(both)) < len(expected)
    mine = np.concatenate([~lost, np.ones(int(extra.sum()), dtype=bool)])
    look = Look(source=both, columns=range(both.shape[1])[:MOST_COLUMNS], mine=mine, theirs=theirs)
    if extra.any():
        return look.shared(mine & ~theirs, theirs, "in") or always_the_same(yours, expected)
    return look.shared(theirs & ~mine, mine, "out")


def always_the_same(yours: pd.DataFrame, expected: pd.DataFrame) -> Found | None:
    """A column with one value in all rows asked for, and others in yours."""
    best: tuple[int, Found] | None = None
    for n in range(expected.shape[1])[:MOST_COLUMNS] if len(expected) > 1 else ():
        theirs, mine = expected.iloc[:, n], yours.iloc[:, n]
        if theirs.isna().any() or theirs.nunique() != 1 or is_number(theirs) != is_number(mine):
            continue
        other = int((mine.to_numpy(dtype=object) != theirs.iloc[0]).sum())
        if other and (best is None or other > best[0]):
            params = {"column": short(expected.columns[n]), "value": short(theirs.iloc[0]), "rows": other}
            best = (other, Found(key="always-the-same", params=params))
    return best[1] if best else None


def _by_conditions(mine: Mask, theirs: Mask, conditions: Sequence[Mask]) -> Found | None:
    """Conditions that were joined otherwise, left out, or turned round."""
    if not conditions:
        return None
    every, some = np.logical_and.reduce(conditions), np.logical_or.reduce(conditions)
    together = np.array_equal(theirs, every)
    if len(conditions) > 1:
        if together and np.array_equal(mine, some):
            return Found(key="or-for-and", params={})
        if np.array_equal(theirs, some) and np.array_equal(mine, every):
            return Found(key="and-for-or", params={})
        for size in range(len(conditions) - 1, 0, -1):
            for chosen in combinations(conditions, size):
                join = np.logical_and if together else np.logical_or
                if np.array_equal(mine, join.reduce(chosen)):
                    return Found(key="condition-missing", params={"held": size, "all": len(conditions)})
        if together and any(np.array_equal(mine, joined) for joined in _mixed(conditions)):
            return Found(key="and-or-mixed", params={})
        for n in range(len(conditions)):
            turned = [~c if n == m else c for m, c in enumerate(conditions)]
            join = np.logical_and if together else np.logical_or
            if np.array_equal(mine, join.reduce(turned)):
                return Found(key="condition-turned", params={})
    return None


def _mixed(conditions: Sequence[Mask]) -> Iterator[Mask]:
    """Some of the conditions joined by *and*, the others by *or*."""
    for size in range(1, len(conditions)):
        for places in combinations(range(len(conditions)), size):
            inside = np.logical_and.reduce([conditions[n] for n in places])
            others = [c for n, c in enumerate(conditions) if n not in places]
            yield inside | np.logical_or.reduce(others)
            yield inside & np.logical_or.reduce(others)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """The rows that a learner has (`mine`) and those asked for (`theirs`), by a source's columns."""

    source: pd.DataFrame
    columns: Sequence[int]
    mine: Mask
    theirs: Mask

    def _numbers(self) -> Iterator[tuple[str, NDArray[np.float64]]]:
        for n in self.columns:
            column = self.source.iloc[:, n]
            if is_number(column):
                yield short(self.source.columns[n]), _floats(column)

    def shared(self, rows: Mask, others: Mask, way: str) -> Found | None:
        """What all rows that are wrongly in (or out) have in common, and the others have not."""
        count = int(rows.sum())
        for n in self.columns:
            missing = self.source.iloc[:, n].isna().to_numpy()
            if missing[rows].all() and not missing[others].any():
                return Found(key=f"missing-{way}", params={"rows": count, "column": self._name(n)})
        best: tuple[int, Found] | None = None
        for name, numbers in self._numbers():
            values, rest = numbers[rows], numbers[others]
            if not len(rest) or np.isnan(values).any():
                continue
            low, high = values.min(), values.max()
            if low == high and (np.nanmin(rest) > high or np.nanmax(rest) < low):
                cut = int((numbers < low).sum()) if np.nanmin(rest) > high else int((numbers > high).sum())
                found = Found(
                    key=f"boundary-{way}", params={"rows": count, "value": _shown(low), "column": name}
                )
                best = max(best, (cut + len(numbers), found), key=lambda b: b[0]) if best else (
                    cut + len(numbers), found)  # fmt: skip
        if best:
            return best[1]
        for n in self.columns:
            column = self.source.iloc[:, n]
            if is_number(column) and column.nunique() > SHARED:
                continue
            objects = column.to_numpy(dtype=object)
            first = objects[rows][0]
            same = np.asarray(objects == first, dtype=bool)
            alone = self.mine[same].all() if way == "in" and count > 1 else not same[others].any()
            if same[rows].all() and alone:
                params = {"rows": count, "value": short(first), "column": self._name(n)}
                return Found(key=f"value-{way}", params=params)
        for name, numbers in self._numbers():
            values, rest = numbers[rows], numbers[others]
            if not len(rest) or np.isnan(values).any() or np.isnan(rest).all():
                continue
            below, above = values.max() < np.nanmin(rest), values.min() > np.nanmax(rest)
            if below or above:
                cut = int((numbers < values.min()).sum() if below else (numbers > values.max()).sum())
                params = {
                    "rows": count,
                    "low": _shown(values.min()),
                    "high": _shown(values.max()),
                    "column": name,
                }
                if best is None or cut > best[0]:
                    best = (cut, Found(key=f"limit-{way}", params=params))
        return best[1] if best else None

    def simple(self) -> Found | None:
        """Your rows are those of one simple condition, and the rows asked for are not."""
        mine, theirs = list(self._meant(self.mine)), list(self._meant(self.theirs))
        if not mine:
            return None
        for name, sign, value in mine:
            for name2, sign2, value2 in theirs:
                if name == name2 and sign == sign2 == "==":
                    return Found(key="other-value", params={"column": name, "value": value})
                if name == name2 and {sign, sign2} in ({">=", "<="}, {"==", "!="}):
                    return Found(key="turned", params={"column": name})
                if name == name2 and sign == "==" and value2 != value:
                    return Found(key="only-equal", params={"column": name, "value": value})
        name, sign, value = mine[0]
        if sign == "any":
            return Found(key="all-pass", params={"column": name})
        words = {"==": "exactly", ">=": "at least", "<=": "at most", "!=": "anything but"}
        return Found(key="other-condition", params={"column": name, "value": value, "sign": words[sign]})

    def _meant(self, rows: Mask) -> Iterator[tuple[str, str, str]]:
        """The simple conditions on one column that keep exactly these rows: column, comparison, value."""
        if not rows.any() or rows.all():
            return
        for n in self.columns:
            column = self.source.iloc[:, n]
            objects, missing = column.to_numpy(dtype=object), column.isna().to_numpy()
            first = objects[rows][0]
            if not missing[rows].any():
                same = np.asarray(objects == first, dtype=bool)
                if same.sum() > 1 and np.array_equal(rows, same):
                    yield self._name(n), "==", short(first)
            left = objects[~rows]
            if (
                len(left)
                and not missing[~rows].any()
                and np.array_equal(~rows, objects == left[0])
                and len(left) > 1
            ):
                yield self._name(n), "!=", short(left[0])
        for name, numbers in self._numbers():
            values = numbers[rows]
            if np.isnan(values).any():
                continue
            if np.array_equal(rows, ~np.isnan(numbers)):
                yield name, "any", ""
            elif np.array_equal(rows, numbers >= values.min()):
                yield name, ">=", _shown(values.min())
            elif np.array_equal(rows, numbers <= values.max()):
                yield name, "<=", _shown(values.max())

    def _top(self, rows: Mask) -> Iterator[tuple[str, bool]]:
        """The columns by which these rows are the highest (True) or the lowest ones."""
        for name, numbers in self._numbers():
            values, rest = numbers[rows], numbers[~rows]
            if (
                np.isnan(values).any()
                or np.isnan(rest).all()
                or not len(values)
                or values.min() == values.max()
            ):
                continue
            if values.min() >= np.nanmax(rest):
                yield name, True
            elif values.max() <= np.nanmin(rest):
                yield name, False

    def _piece(self, rows: Mask) -> str | None:
        """first or last, where these rows are the first or the last ones of the source."""
        size = int(rows.sum())
        if size and rows[:size].all():
            return "first"
        return "last" if size and rows[-size:].all() else None

    def nothing_cut(self) -> Found | None:
        few = self.theirs.sum() * 5 < len(self.theirs) and self.theirs.sum() <= 50
        if few and (self._piece(self.theirs) or any(self._top(self.theirs))):
            return Found(key="not-cut", params={"rows": len(self.theirs), "expected": int(self.theirs.sum())})
        return None

    def ends(self) -> Found | None:
        """The first for the last, the highest for the lowest, or as many of others."""
        size = int(self.theirs.sum())
        mine, theirs = int(self.mine.sum()), size
        if size > 50 or size * 5 > len(self.theirs) or not mine:
            return None
        asked, have = self._piece(self.theirs), self._piece(self.mine)
        counts = {"yours": mine, "expected": theirs}
        if asked and have:
            if asked != have and mine < len(self.mine) / 2:
                return Found(key="other-end", params={"which": have, "asked": asked})
            return Found(key="how-many", params=counts)
        tops, ours = dict(self._top(self.theirs)), dict(self._top(self.mine))
        if not tops:
            return None
        if have and mine <= 50:
            return Found(key="cut-unsorted", params={"rows": mine, "which": have})
        for name, high in tops.items():
            if ours.get(name) is (not high):
                return Found(
                    key="other-extreme", params={"column": name, "which": "lowest" if high else "highest"}
                )
        inside = not (self.mine & ~self.theirs).any() or not (self.theirs & ~self.mine).any()
        if inside and any(ours.get(name) is high for name, high in tops.items()) and mine != theirs:
            return Found(key="how-many", params=counts)
        for name, high in ours.items():
            if name not in tops:
                return Found(
                    key="extreme-of-other", params={"column": name, "which": "highest" if high else "lowest"}
                )
        return None

    def _name(self, n: int) -> str:
        return short(self.source.columns[n])


def _shown(number: float) -> str:
    return f"{number:.10g}"


def order_mistake(yours: pd.DataFrame, expected: pd.DataFrame) -> Found | None:
    """By what the right rows are sorted, where that is to be seen."""
    by: str | None = None
    for n in range(expected.shape[1])[:MOST_COLUMNS]:
        one, two = yours.iloc[:, n].dropna(), expected.iloc[:, n].dropna()
        try:
            falling, rising = two.is_monotonic_decreasing, two.is_monotonic_increasing
            if falling == rising:
                if falling or by is not None or one.nunique() < 2:
                    continue
                if one.is_monotonic_increasing or one.is_monotonic_decreasing:
                    by = short(expected.columns[n])
                continue
            if one.is_monotonic_increasing if falling else one.is_monotonic_decreasing:
                return Found(key="reversed", params={})
        except TypeError:
            continue
    return Found(key="sorted-by-other", params={"column": by}) if by else None
