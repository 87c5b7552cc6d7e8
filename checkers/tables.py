"""Two tables side by side: where they differ, and what was done to one that was not done to the other."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from checkers.alike import ABS, alike, is_plain

Kind = Literal["number", "yes/no", "text", "date", "duration", "mixed"]

LOOKED_AT: Final = 200_000
"""Up to so many rows are sorted to find out whether the right rows are there in another order."""
WIDE: Final = 100
"""From so many columns on, those of numbers are compared together: one by one takes too long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell that differs: its row's place (from 0), its column, and both values as short texts."""

    row: int
    column: str
    yours: str
    expected: str


def kind_of_column(column: pd.Series[Any]) -> Kind:
    """What a column holds, in a learner's terms (numbers are numbers, with or without a point)."""
    kinds = pd.api.types
    if kinds.is_bool_dtype(column.dtype):
        return "yes/no"
    if kinds.is_complex_dtype(column.dtype):
        return "mixed"
    if kinds.is_numeric_dtype(column.dtype):
        return "number"
    if kinds.is_datetime64_any_dtype(column.dtype) or isinstance(column.dtype, pd.PeriodDtype):
        return "date"
    if kinds.is_timedelta64_dtype(column.dtype):
        return "duration"
    if isinstance(column.dtype, pd.CategoricalDtype):
        return kind_of_column(column.cat.categories.to_series())
    if kinds.is_object_dtype(column.dtype):
        inferred = pd.api.types.infer_dtype(column, skipna=True)
        words: dict[str, Kind] = {"string": "text", "empty": "text", "boolean": "yes/no", "date": "date"}
        numbers = ("integer", "floating", "mixed-integer-float", "decimal")
        return words.get(inferred, "number" if inferred in numbers else "mixed")
    return "text"


def is_number(column: pd.Series[Any]) -> bool:
    """Whether a column is stored as numbers (or True and False), so that they can be worked with at once."""
    kinds = pd.api.types
    return bool(kinds.is_numeric_dtype(column.dtype)) and not kinds.is_complex_dtype(column.dtype)


def strange_cell(table: pd.DataFrame) -> object | None:
    """A cell that is not plain data, if a column of objects holds one."""
    for place, dtype in enumerate(table.dtypes):  # a column is taken out only where it has to be
        if pd.api.types.is_object_dtype(dtype):
            for value in table.iloc[:, place].to_numpy():
                if not is_plain(value, 1000):
                    return value  # type: ignore[no-any-return]
    return None


def differing(yours: pd.Series[Any], expected: pd.Series[Any], rel: float) -> NDArray[np.bool_]:
    """For each row whether two columns of equal length differ there. A missing value is like another."""
    missing, missing2 = _missing(yours), _missing(expected)
    kind, kind2 = kind_of_column(yours), kind_of_column(expected)
    numbers = ("number", "yes/no")
    if kind in numbers and kind2 in numbers and not _of_objects(yours, expected):
        unequal = _other_numbers(yours, expected, rel)
    elif kind == kind2 and (both := _of_times(yours, expected)) is not None:
        unequal = both[0] != both[1]
    else:
        ours, theirs = (np.array(c.astype(object), dtype=object) for c in (yours, expected))
        ours[missing], theirs[missing2] = None, None
        if kind == kind2 == "text":
            unequal = ours != theirs
        else:
            pairs = zip(ours, theirs, strict=True)
            same = (a is b or alike(a, b, rel=rel) for a, b in pairs)
            unequal = ~np.fromiter(same, dtype=bool, count=len(ours))
    result: NDArray[np.bool_] = np.where(missing | missing2, missing != missing2, unequal)
    return result


def _other_numbers(yours: pd.Series[Any], expected: pd.Series[Any], rel: float) -> NDArray[np.bool_]:
    if _whole(yours) and _whole(expected):
        return np.asarray(yours.to_numpy() != expected.to_numpy())
    ours = yours.to_numpy(dtype="float64", na_value=np.nan)
    theirs = expected.to_numpy(dtype="float64", na_value=np.nan)
    with np.errstate(all="ignore"):
        return np.asarray(~((ours == theirs) | (np.abs(ours - theirs) <= rel * np.abs(theirs) + ABS)))


def _of_times(*columns: pd.Series[Any]) -> list[NDArray[Any]] | None:
    """The columns as NumPy's own times; None unless all are times, with a time zone or all without."""
    if all(isinstance(c.dtype, np.dtype) and c.dtype.kind in "mM" for c in columns):
        return [c.to_numpy() for c in columns]
    if all(isinstance(c.dtype, pd.DatetimeTZDtype) for c in columns):
        return [c.dt.tz_convert("UTC").dt.tz_localize(None).to_numpy() for c in columns]
    return None


def same_rows(yours: pd.DataFrame, expected: pd.DataFrame, rel: float) -> bool:
    """Whether two tables with the same columns hold the same in every row."""
    return len(yours) == len(expected) and next(differing_columns(yours, expected, rel), None) is None


def differing_columns(
    yours: pd.DataFrame, expected: pd.DataFrame, rel: float
) -> Iterator[tuple[int, NDArray[np.bool_]]]:
    """The places of the columns that differ, each with the rows in which it does. As many rows in both."""
    at_once = _numbers_at_once(yours, expected)
    ours, theirs = (_floats(table, at_once) for table in (yours, expected))
    with np.errstate(all="ignore"):
        unequal = ~((ours == theirs) | (np.abs(ours - theirs) <= rel * np.abs(theirs) + ABS))
    unequal &= ~(np.isnan(ours) & np.isnan(theirs))
    known = dict(zip(at_once, unequal.T, strict=True))
    for n in range(expected.shape[1]):
        if n in known:
            rows = known[n]
        else:
            one, other = yours.iloc[:, n], expected.iloc[:, n]
            if _plainly_equal(one, other):
                continue
            rows = differing(one, other, rel)
        if rows.any():
            yield n, rows


def _numbers_at_once(*tables: pd.DataFrame) -> list[int]:
    """The places of columns of floats in all tables; none where there are few, as each is fast enough."""
    if tables[0].shape[1] <= WIDE:
        return []
    kinds = (
        [dtype.kind if isinstance(dtype, np.dtype) else "-" for dtype in table.dtypes] for table in tables
    )
    return [n for n, each in enumerate(zip(*kinds, strict=True)) if set(each) == {"f"}]


def _floats(table: pd.DataFrame, places: Sequence[int]) -> NDArray[np.float64]:
    return table.iloc[:, list(places)].to_numpy(dtype="float64")


def _plainly_equal(yours: pd.Series[Any], expected: pd.Series[Any]) -> bool:
    """Whether two columns are the same to the bit, seen at once; if not, they may still be the same."""
    if yours.dtype != expected.dtype:
        return False
    if isinstance(yours.dtype, pd.StringDtype):
        return bool(yours.array.equals(expected.array))
    if not isinstance(yours.dtype, np.dtype) or yours.dtype.kind not in "biufmM":
        return False
    equal = yours.to_numpy() == expected.to_numpy()
    return bool(equal.all())


def same_in_some_order(yours: pd.DataFrame, expected: pd.DataFrame, rel: float) -> bool:
    """Whether two tables hold the same rows, in whatever order."""
    if len(yours) != len(expected):
        return False
    if not expected.shape[1]:
        return True
    half = len(yours)
    at_once = _numbers_at_once(yours, expected)
    both = np.concatenate([_floats(yours, at_once), _floats(expected, at_once)]) + 0.0  # no -0.0
    both[np.isnan(both)] = np.nan  # all NaN alike, to the bit
    # what is not the same column by column is not the same row by row
    if not _near(np.sort(both[:half], axis=0), np.sort(both[half:], axis=0), rel):
        return False
    known = dict(zip(at_once, np.ascontiguousarray(both.T), strict=True))
    keys = [
        known[n] if n in known else _key(yours.iloc[:, n], expected.iloc[:, n])
        for n in range(expected.shape[1])
    ]
    hashes = np.zeros(2 * half, dtype="uint64")
    for key in keys:
        hashes = hashes * np.uint64(1_000_003) ^ pd.util.hash_array(key)
    if np.array_equal(np.sort(hashes[:half]), np.sort(hashes[half:])):
        return True
    for n, key in enumerate(keys):
        if n not in known and not _near(np.sort(key[:half]), np.sort(key[half:]), rel):
            return False
    keys.sort(key=lambda key: key.dtype.kind != "f")  # lexsort looks at the last key first: exact ones
    one = np.lexsort([key[:half] for key in keys])
    two = np.lexsort([key[half:] for key in keys])
    return same_rows(yours.iloc[one], expected.iloc[two], rel)


def _near(one: NDArray[Any], other: NDArray[Any], rel: float) -> bool:
    return bool(np.allclose(one, other, rtol=rel, atol=ABS, equal_nan=True))


def _key(yours: pd.Series[Any], expected: pd.Series[Any]) -> NDArray[Any]:
    """Two columns, one after the other, as numbers that are equal where the values are."""
    if (times := _of_times(yours, expected)) is not None and times[0].dtype == times[1].dtype:
        return np.concatenate([times[0].view("int64"), times[1].view("int64")])
    if all(isinstance(c.dtype, pd.StringDtype) for c in (yours, expected)):
        texts = [c.to_numpy(dtype=object) for c in (yours, expected)]
        return np.asarray(pd.factorize(np.concatenate(texts), sort=False)[0])
    both = pd.concat([yours, expected], ignore_index=True)
    if _whole(both):
        return both.to_numpy().astype("int64")
    if kind_of_column(both) in ("number", "yes/no") and not _of_objects(both):
        numbers = both.to_numpy(dtype="float64", na_value=np.nan) + 0.0  # no -0.0
        numbers[np.isnan(numbers)] = np.nan  # all NaN alike, to the bit
        return numbers
    if _of_objects(both):
        both = both.astype(object).map(_written, na_action="ignore")
    return np.asarray(pd.factorize(both, sort=False)[0])


def _written(value: object) -> str:
    """An object's value as a text that equal values share: 1 and 1.0 do, 1 and "1" do not."""
    return f"number {float(value)}" if isinstance(value, int | float) else f"{type(value).__name__} {value}"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was done to a table and should not have been, or the other way round."""

    key: str
    done: Callable[[pd.DataFrame], pd.DataFrame]


MORE: Final = (
    Step("missing-kept", lambda t: t.dropna()),
    Step("missing-kept", lambda t: t.dropna(how="all")),
    Step("duplicates-kept", lambda t: t.drop_duplicates()),
)
FEWER: Final = (
    Step("missing-dropped", lambda t: t.dropna()),
    Step("duplicates-dropped", lambda t: t.drop_duplicates()),
)


def step_too_few(yours: pd.DataFrame, expected: pd.DataFrame, rel: float) -> str | None:
    """What would make your longer table the expected one, or has made it shorter; None if neither is seen."""
    longer = len(yours) > len(expected)
    if max(len(yours), len(expected)) > LOOKED_AT:
        return None
    for step in MORE if longer else FEWER:
        try:
            one, two = (step.done(yours), expected) if longer else (yours, step.done(expected))
        except TypeError:
            continue  # lists in cells cannot be compared for duplicates
        if same_rows(one, two, rel) or same_in_some_order(one, two, rel):
            return step.key
    if not longer:
        if len(yours) and same_rows(yours, expected.iloc[: len(yours)], rel):
            return "last-lost"
        return "first-lost" if len(yours) and same_rows(yours, expected.iloc[-len(yours) :], rel) else None
    if same_rows(yours.iloc[: len(expected)], expected, rel):
        return "first-rows"
    joined = yours.iloc[np.sort(np.unique(_row_codes(yours), return_index=True)[1])]
    return "duplicates-kept" if same_in_some_order(joined, expected, rel) else None


def _row_codes(table: pd.DataFrame) -> NDArray[Any]:
    try:
        return table.groupby(list(range(table.shape[1])), dropna=False).ngroup().to_numpy()
    except (TypeError, ValueError, KeyError):
        return np.arange(len(table))


def first_cells(
    yours: pd.DataFrame,
    expected: pd.DataFrame,
    differ: Mapping[int, NDArray[np.bool_]],
    most: int = 3,
) -> list[Cell]:
    """The first cells that differ, row by row, at most `most` of them."""
    found = [(int(row), n) for n, rows in differ.items() for row in np.flatnonzero(rows)[:most]]
    return [
        Cell(
            row=row,
            column=short(expected.columns[n]),
            yours=short(yours.iat[row, n]),
            expected=short(expected.iat[row, n]),
        )
        for row, n in sorted(found)[:most]
    ]


def short(value: object, most: int = 30) -> str:
    """A cell's value as a short text for a Markdown table (plain data only: its own repr is asked)."""
    if not is_plain(value, 1000):
        return "?"
    text = value if isinstance(value, str) else _number(value)
    text = " ".join(text.replace("|", "¦").replace("`", "'").split())
    return text if len(text) <= most else text[: most - 1] + "…"


def _number(value: object) -> str:
    if isinstance(value, float | np.floating):
        return "NaN" if np.isnan(value) else f"{float(value):.6g}"
    return str(value)


def labels(columns: pd.Index[Any]) -> list[Hashable]:
    return list(columns)


def _missing(column: pd.Series[Any]) -> NDArray[np.bool_]:
    return np.asarray(pd.isna(column), dtype=bool)


def _whole(column: pd.Series[Any]) -> bool:
    return isinstance(column.dtype, np.dtype) and column.dtype.kind in "iub"


def _of_objects(*columns: pd.Series[Any]) -> bool:
    return any(
        pd.api.types.is_object_dtype(c.dtype) or isinstance(c.dtype, pd.CategoricalDtype) for c in columns
    )
