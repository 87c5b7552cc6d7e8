"""Whether two values are the same, by exact types: no object is asked what it thinks of another."""

from __future__ import annotations

import datetime
import decimal
import math
from collections import ChainMap, Counter, OrderedDict, defaultdict, deque
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any, Final, cast

from checkers.kinds import library_of, plain

REL: Final = 1e-9
ABS: Final = 1e-12

NUMBERS: Final = frozenset((bool, int, float, Fraction, decimal.Decimal))
ATOMS: Final = frozenset(
    (
        type(None), bool, int, float, complex, str, bytes, range, Fraction, decimal.Decimal,
        datetime.date, datetime.datetime, datetime.time, datetime.timedelta, type(Ellipsis),
    )
)  # fmt: skip
MAPPINGS: Final = frozenset((dict, OrderedDict, defaultdict, Counter, ChainMap))
SETS: Final = frozenset((set, frozenset))
LISTS: Final = frozenset((list, tuple, deque))
PANDAS_ATOMS: Final = frozenset(("Timestamp", "Timedelta", "NaTType", "NAType", "Period", "Interval"))


def alike(one: object, other: object, *, rel: float = REL) -> bool:
    """Whether two values are the same as Python's ``==`` would say of plain data.

    Except that floats may differ by `rel`, NaN is NaN, and arrays and tables are compared as a whole.
    Objects of foreign types are never the same. Never raises.
    """
    try:
        return _alike(one, other, rel, set())
    except RecursionError:
        return False


def is_plain(value: object, most: int = 1_000_000) -> bool:
    """Whether a value is data of known types all the way down (at most `most` of them are looked at)."""
    waiting, seen = [value], set[int]()
    while waiting and len(seen) < most:
        value = waiting.pop()
        if id(value) in seen:
            continue
        seen.add(id(value))
        if type(value) in MAPPINGS:
            mapping = cast("Mapping[object, object]", value)
            waiting += [*mapping.keys(), *mapping.values()]
        elif type(value) in LISTS or type(value) in SETS:
            waiting += list(cast("Iterable[object]", value))
        elif type(value) not in ATOMS and library_of(value) not in ("numpy", "pandas"):
            return False
    return True


def _alike(one: object, other: object, rel: float, seen: set[tuple[int, int]]) -> bool:
    one, other = plain(one), plain(other)
    kind, kind2 = type(one), type(other)
    if kind in NUMBERS and kind2 in NUMBERS:
        return _same_number(one, other, rel)
    if complex in (kind, kind2):
        return {kind, kind2} <= NUMBERS | {complex} and _same_complex(one, other, rel)
    if (id(one), id(other)) in seen:
        return True  # a list that holds itself, in both in the same place
    if kind in LISTS and kind is kind2:
        seen = seen | {(id(one), id(other))}
        ours, theirs = list(cast("Iterable[object]", one)), list(cast("Iterable[object]", other))
        return len(ours) == len(theirs) and all(
            _alike(a, b, rel, seen) for a, b in zip(ours, theirs, strict=True)
        )
    if kind in MAPPINGS and kind2 in MAPPINGS:
        seen = seen | {(id(one), id(other))}
        left, right = cast("Mapping[object, object]", one), cast("Mapping[object, object]", other)
        if not (_hashable(left) and _hashable(right)) or left.keys() != right.keys():
            return False
        return all(_alike(value, right[key], rel, seen) for key, value in left.items())
    if kind in SETS and kind2 in SETS:
        left_set, right_set = cast("set[object]", one), cast("set[object]", other)
        return _hashable(left_set) and _hashable(right_set) and left_set == right_set
    if kind in ATOMS and kind2 in ATOMS:
        return kind is kind2 and one == other
    return _same_in_library(one, other, rel)


def _same_number(one: Any, other: Any, rel: float) -> bool:
    if type(one) in (int, bool) and type(other) in (int, bool):
        return bool(one == other)
    try:
        left, right = float(one), float(other)
    except OverflowError:
        return bool(one == other)
    if math.isnan(left) or math.isnan(right):
        return math.isnan(left) and math.isnan(right)
    return left == right or math.isclose(left, right, rel_tol=rel, abs_tol=ABS)


def _same_complex(one: Any, other: Any, rel: float) -> bool:
    try:
        left, right = complex(one), complex(other)
    except OverflowError:
        return False
    return left == right or abs(left - right) <= rel * abs(right) + ABS


def _hashable(values: Iterable[object]) -> bool:
    """Whether keys or members are of types whose own ``==`` can be trusted."""
    return all(
        type(v) in ATOMS
        or (type(v) in (tuple, frozenset) and _hashable(cast("Iterable[object]", v)))
        or library_of(v) in ("numpy", "pandas")
        for v in values
    )


def _same_in_library(one: Any, other: Any, rel: float) -> bool:
    """NumPy's and pandas' values; the same kind of thing holding the same."""
    library = library_of(one)
    if library != library_of(other) or type(one) is not type(other):
        return False
    if library == "numpy" and type(one).__name__ == "ndarray":
        return bool(
            one.shape == other.shape
            and all(
                _alike(a, b, rel, set())
                for a, b in zip(one.ravel().tolist(), other.ravel().tolist(), strict=True)
            )
        )
    if library != "pandas":
        return False
    if type(one).__name__ in PANDAS_ATOMS:
        return one is other or bool(one == other)
    if type(one).__name__ in ("DataFrame", "Series") or type(one).__name__.endswith("Index"):
        from checkers.frame import Frame

        return Frame(one, index=True, column_order=True, rel=rel).check(other).correct
    return False
