"""Figures worked out from a table: which function, of which column, over which rows gives what was given."""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from checkers.rows import MOST_COLUMNS, Found, Mask
from checkers.tables import differing, is_number, short

FUNCTIONS: Final[dict[str, Callable[[Any], Any]]] = {
    "mean": lambda v: v.mean(),
    "sum": lambda v: v.sum(),
    "median": lambda v: v.median(),
    "count": lambda v: v.count(),
    "min": lambda v: v.min(),
    "max": lambda v: v.max(),
    "size": lambda v: v.size() if hasattr(v, "ngroups") else v.size,
    "std": lambda v: v.std(),
    "std with ddof=0": lambda v: v.std(ddof=0),
    "var": lambda v: v.var(),
    "nunique": lambda v: v.nunique(),
    "first": lambda v: v.first() if hasattr(v, "ngroups") else (v.iloc[0] if len(v) else None),
    "last": lambda v: v.last() if hasattr(v, "ngroups") else (v.iloc[-1] if len(v) else None),
}
ANY_COLUMN: Final = frozenset(("count", "size", "nunique", "first", "last"))
NOT_FOR_TEXT: Final = frozenset(FUNCTIONS) - ANY_COLUMN
COUNTS: Final = frozenset(("rows", "size", "cells", "columns"))
GROUPED_ROWS: Final = 300_000
SAMPLE: Final = 60
"""On so many rows it is tried first how a column may be made."""
PAIRS: Final[dict[str, Callable[[Any, Any], Any]]] = {
    "-": lambda a, b: a - b,
    "+": lambda a, b: a + b,
    "/": lambda a, b: a / b,
    "*": lambda a, b: a * b,
}
NAMED: Final = 12
"""A column of texts with up to so many different ones may be what rows are chosen by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way to a figure: the function, the column, the rows."""

    function: str
    column: str
    rows: str


def number_mistake(
    yours: float, expected: float, source: pd.DataFrame, conditions: Sequence[Mask], rel: float
) -> Found | None:
    """How one number came about, where one thing was done otherwise than for the expected one."""
    ways: dict[bool, list[Way]] = {True: [], False: []}
    for way, value in _numbers(source, conditions):
        for mine, target in ((True, yours), (False, expected)):
            if math.isclose(value, target, rel_tol=max(rel, 1e-9), abs_tol=1e-12):
                ways[mine].append(way)
    best = _nearest(ways[True], ways[False])
    if best is not None:
        return _found(*best)
    counts = 0 < expected < len(source) and float(expected).is_integer()
    if counts and yours == len(source) - expected:
        return Found(key="counted-complement", params={})
    if counts and yours == 0:
        return Found(key="counted-none", params={})
    return None


def _numbers(source: pd.DataFrame, conditions: Sequence[Mask]) -> Iterator[tuple[Way, float]]:
    every = np.ones(len(source), dtype=bool)
    groups = [] if conditions else list(_named_rows(source))
    for rows, mask in [
        ("asked", _asked(conditions, every)),
        *_other_rows(source, conditions, every),
        *groups,
    ]:
        table = source.iloc[mask]
        yield Way(function="rows", column="", rows=rows), float(len(table))
        if not len(table):
            continue
        for n in range(table.shape[1]):
            column = table.iloc[:, n]
            name = short(table.columns[n])
            for function, work in FUNCTIONS.items():
                if function == "size" or (
                    not is_number(column) and function != "nunique" and function != "count"
                ):
                    continue
                if (value := _one(work, column)) is not None:
                    yield Way(function=function, column=name, rows=rows), value
            if is_number(column) and column.isna().any():
                filled = column.fillna(0)
                yield Way(function="mean with 0 for missing", column=name, rows=rows), float(filled.mean())
    yield Way(function="cells", column="", rows="all"), float(source.size)
    yield Way(function="columns", column="", rows="all"), float(source.shape[1])


def _asked(conditions: Sequence[Mask], every: Mask) -> Mask:
    return np.logical_and.reduce(conditions) if conditions else every


def _other_rows(source: pd.DataFrame, conditions: Sequence[Mask], every: Mask) -> Iterator[tuple[str, Mask]]:
    """Rows that are taken by mistake, with the name of the mistake."""
    if not conditions:
        return
    asked = np.logical_and.reduce(conditions)
    yield "all", every
    yield "complement", ~asked
    if len(conditions) > 1:
        yield "or", np.logical_or.reduce(conditions)
        for condition in conditions:
            yield "one", condition
    for n in range(source.shape[1]):
        column = source.iloc[:, n]
        if not is_number(column) or not asked.any():
            continue
        numbers = column.to_numpy(dtype="float64", na_value=np.nan)
        values, rest = numbers[asked], numbers[~asked]
        if len(rest) == 0 or np.isnan(values).any() or np.isnan(rest).all():
            continue
        low, high = values.min(), values.max()
        if np.nanmax(rest) < low:
            yield "boundary", numbers >= np.nanmax(rest)
            yield "boundary", numbers > low
            yield "complement", numbers < low
        elif np.nanmin(rest) > high:
            yield "boundary", numbers <= np.nanmin(rest)
            yield "boundary", numbers < high
            yield "complement", numbers > high


def _named_rows(source: pd.DataFrame) -> Iterator[tuple[str, Mask]]:
    """The rows with one value of a column of texts, by that value."""
    for n in range(source.shape[1]):
        column = source.iloc[:, n]
        if is_number(column) or len(column) > GROUPED_ROWS // 10 or column.nunique() > NAMED:
            continue
        objects = column.to_numpy(dtype=object)
        for value in column.dropna().unique():
            mask = np.asarray(objects == value, dtype=bool)
            yield f"`{short(value)}` in `{short(source.columns[n])}`", mask


def _one(work: Callable[[Any], Any], column: Any) -> float | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            value = float(work(column))
    except (TypeError, ValueError, OverflowError):
        return None
    return value if math.isfinite(value) else None


def _nearest(mine: Sequence[Way], theirs: Sequence[Way]) -> tuple[Way, Way | None] | None:
    """The pair of ways that differ in the fewest things; a way of yours alone if there is no pair."""
    best: tuple[int, Way, Way | None] | None = None
    for one in sorted(mine, key=lambda way: way.function != "rows"):  # whoever counts, counts rows
        for other in theirs:
            apart = (one.function != other.function) + (one.column != other.column) + (one.rows != other.rows)
            if one.function in COUNTS or other.function in COUNTS:
                apart += 0 if one.rows == other.rows or one.function == other.function else 1
            if best is None or apart < best[0]:
                best = (apart, one, other)
    if best is None and mine:
        own = [way for way in mine if way.rows == "asked"] or list(mine)
        return own[0], None
    return (best[1], best[2]) if best else None


def _found(one: Way, other: Way | None) -> Found:
    params: dict[str, object] = {"function": one.function, "column": one.column, "rows": one.rows}
    named = other is not None and other.rows.startswith("`"), one.rows.startswith("`")
    if one.function in COUNTS and any(named):
        return Found(key=f"{one.function}-counted", params={})
    if other is not None and any(named) and one.rows != other.rows:
        if one.function == other.function and one.column == other.column:
            return Found(key="rows-value" if named[1] else "rows-all", params=params)
        return Found(key="worked-out", params=params)
    if one.function in ("rows", "cells", "columns"):
        if other is not None and other.function == "rows":
            if one.function == "cells":
                return Found(key="cells-for-rows", params={})
            if one.function == "columns":
                return Found(key="columns-for-rows", params={})
            return Found(key=f"counted-{one.rows}", params={})
        return Found(key=f"{one.function}-counted", params={})
    if other is None:
        return Found(key="worked-out", params=params)
    if one.function == other.function and one.column == other.column:
        return Found(key=f"rows-{one.rows}", params=params)
    if one.function == other.function:
        return Found(key="of-other-column", params=params)
    if one.column == other.column and one.function == "mean with 0 for missing":
        return Found(key="missing-as-zero", params={"column": one.column})
    if one.column == other.column and {one.function, other.function} == {"std", "std with ddof=0"}:
        return Found(key="ddof", params={"column": one.column})
    if one.column == other.column:
        return Found(key="other-function", params=params)
    return Found(key="worked-out-for" if named[1] else "worked-out", params=params)


def grouped_mistake(
    yours: pd.DataFrame,
    expected: pd.DataFrame,
    keys: Mapping[str, NDArray[Any]],
    source: pd.DataFrame,
    rel: float,
) -> Found | None:
    """How the first column that differs came about: another function, another column, missing as 0.

    `yours` and `expected` hold one row for each group, in the same order; `keys` are their labels by the
    names of the source's columns.
    """
    names = list(keys)
    if len(source) > GROUPED_ROWS or any(name not in source.columns for name in names) or not names:
        return None
    places = [
        n for n in range(expected.shape[1]) if differing(yours.iloc[:, n], expected.iloc[:, n], rel).any()
    ]
    places = [n for n in places if expected.columns[n] not in names]
    if not places or not is_number(yours.iloc[:, places[0]]):
        return None
    mine, theirs = yours.iloc[:, places[0]], expected.iloc[:, places[0]]
    order = pd.MultiIndex.from_arrays(list(keys.values())) if len(names) > 1 else pd.Index(keys[names[0]])
    ways: dict[bool, list[Way]] = {True: [], False: []}
    for way, values in _grouped(source, names):
        try:
            column = values.reindex(order).reset_index(drop=True)
        except (TypeError, ValueError):
            return None
        for own, target in ((True, mine), (False, theirs)):
            if (
                is_number(column)
                and not differing(target.reset_index(drop=True), column, max(rel, 1e-9)).any()
            ):
                ways[own].append(way)
    best = _nearest(ways[True], ways[False])
    return _found(*best) if best else None


def _grouped(source: pd.DataFrame, names: Sequence[str]) -> Iterator[tuple[Way, Any]]:
    groups = source.groupby(list(names), observed=True)
    twice = set(source.columns[source.columns.duplicated()])
    for n, name in enumerate(source.columns[:MOST_COLUMNS]):
        if name in names or name in twice:
            continue
        column = source.iloc[:, n]
        for function, work in FUNCTIONS.items():
            if not is_number(column) and function not in ("count", "nunique", "size"):
                continue
            try:
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    yield Way(function=function, column=short(name), rows="asked"), work(groups[name])
            except (TypeError, ValueError, AttributeError):  # the last from pandas, for sparse columns
                continue
        if is_number(column) and not pd.api.types.is_bool_dtype(column.dtype) and column.isna().any():
            filled = (
                source.assign(**{str(name): column.fillna(0)})
                .groupby(list(names), observed=True)[name]
                .mean()
            )
            yield Way(function="mean with 0 for missing", column=short(name), rows="asked"), filled


def column_mistake(
    yours: pd.Series[Any], expected: pd.Series[Any], source: pd.DataFrame | None
) -> Found | None:
    """What was done to every value of a column, or only to the missing ones."""
    column = short(expected.name)
    gone, gone2 = yours.isna().to_numpy(), expected.isna().to_numpy()
    before = None
    if source is not None and len(source) == len(expected) and expected.name in source.columns:
        before = source[expected.name].isna().to_numpy()
    other = differing(yours, expected, 1e-9)
    if (gone2 & ~gone).any() and not (other & ~gone2).any():
        values = yours[gone2 & ~gone]
        shown = short(values.iloc[0]) if values.nunique() == 1 else "other values"
        return Found(
            key="missing-filled",
            params={"column": column, "value": shown, "count": int((gone2 & ~gone).sum())},
        )
    if (gone & ~gone2).any() and not (other & ~gone).any():
        key = "missing-left" if before is not None and not (other & ~before).any() else "missing-made"
        return Found(key=key, params={"column": column, "count": int((gone & ~gone2).sum())})
    if before is not None and before.any() and not (other & ~before).any():
        values = yours[other]
        shown = short(values.iloc[0]) if values.nunique() == 1 else "other values"
        return Found(key="filled-otherwise", params={"column": column, "value": shown})
    if not is_number(yours) or not is_number(expected):
        return _taken(yours, column, source) or _text_mistake(yours, expected, column, gone | gone2)
    ours, theirs = (c.to_numpy(dtype="float64", na_value=np.nan)[~(gone | gone2)] for c in (yours, expected))
    if not np.array_equal(gone, gone2) or len(ours) < 2:
        return None
    with np.errstate(all="ignore"):
        if np.allclose(ours, -theirs, rtol=1e-9, atol=1e-12):
            return Found(key="sign", params={"column": column})
        for digits in range(4):
            if np.array_equal(ours, np.round(theirs, digits)):
                return Found(key="rounded", params={"column": column})
        whole = np.array_equal(ours, np.round(ours)) and (ours != theirs).any()
        if whole and (np.abs(theirs - ours) < 1).all() and (np.abs(ours) <= np.abs(theirs) + 1e-9).all():
            return Found(key="cut-off", params={"column": column})
        used = theirs != 0
        ratios = ours[used] / theirs[used]
        if len(ratios) > 1 and np.allclose(ratios, ratios[0], rtol=1e-9) and not ours[~used].any():
            return Found(key="factor", params={"column": column, "factor": f"{ratios[0]:.6g}"})
        if np.allclose(ours - theirs, ours[0] - theirs[0], rtol=1e-9, atol=1e-9):
            return Found(key="offset", params={"column": column, "offset": f"{ours[0] - theirs[0]:+.6g}"})
    return _taken(yours, column, source)


def _taken(yours: pd.Series[Any], column: str, source: pd.DataFrame | None) -> Found | None:
    """A column of the source that yours is, under another name."""
    if source is None or len(source) != len(yours):
        return None
    for n in range(source.shape[1]):
        other = source.iloc[:, n]
        if is_number(other) == is_number(yours) and not differing(yours, other, 1e-9).any():
            return Found(key="taken-from", params={"column": column, "other": short(source.columns[n])})
    return _made_from(yours, column, source) if is_number(yours) else None


def _made_from(yours: pd.Series[Any], column: str, source: pd.DataFrame) -> Found | None:
    """The one or two columns of the source that yours is worked out from."""
    ours = yours.to_numpy(dtype="float64", na_value=np.nan)
    there = {
        short(source.columns[n]): source.iloc[:, n].to_numpy(dtype="float64", na_value=np.nan)
        for n in range(min(source.shape[1], 12))
        if is_number(source.iloc[:, n])
    }
    if np.isfinite(ours).sum() < 3:
        return None
    some = np.flatnonzero(np.isfinite(ours))
    some = some[:: max(1, len(some) // SAMPLE)]
    few = {name: values[some] for name, values in there.items()}
    with np.errstate(all="ignore"):
        for name, values in there.items():
            if _constant(ours[some], few[name]) and _constant(ours, values):
                return Found(key="made-from", params={"column": column, "other": name})
        for (one, left), (two, right) in permutations(there.items(), 2):
            for sign, work in PAIRS.items():
                sample = work(few[one], few[two])
                same = _equal(ours[some], sample)
                if not same and (sign in "-+" or _constant(ours[some], sample) is None):
                    continue
                params = {"column": column, "one": one, "two": two, "sign": sign}
                if same and _equal(ours, work(left, right)):
                    return Found(key="made-from-two", params=params)
                if sign in "/*" and (factor := _constant(ours, work(left, right))) is not None:
                    return Found(key="made-from-three", params={**params, "factor": factor})
    return None


def _equal(one: NDArray[Any], other: NDArray[Any]) -> bool:
    return np.allclose(one, other, rtol=1e-9, atol=1e-12, equal_nan=True)


def _constant(ours: NDArray[Any], made: NDArray[Any]) -> str | None:
    """How many times `made` each of `ours` is, where it is the same for all."""
    ratio = ours / made
    some = ratio[np.isfinite(ratio)]
    if len(some) < 3 or len(np.unique(made)) < 3 or not np.allclose(some, some[0], rtol=1e-9, atol=0):
        return None
    return f"{some[0]:.6g}"


def _text_mistake(
    yours: pd.Series[Any], expected: pd.Series[Any], column: str, gone: NDArray[np.bool_]
) -> Found | None:
    ours, theirs = (c[~gone].tolist() for c in (yours, expected))
    if not all(type(v) is str for v in (*ours, *theirs)):
        return None
    if [v.casefold().strip() for v in ours] == [v.casefold().strip() for v in theirs]:
        return Found(key="spelling", params={"column": column})
    return None
