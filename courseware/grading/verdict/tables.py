"""NumPy's and pandas' values as trees and buffers, and back. Imported with the first of them.

Arrays travel as their bytes; what they mean (type, shape, order) is checked against the bytes that came. No
object arrays from bytes: their elements are values of their own.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
from pandas.tseries.frequencies import to_offset

from courseware.grading.verdict.codec import CodecError, Unsendable

if TYPE_CHECKING:
    from courseware.grading.verdict.codec import Decoder, Encoder

CHANGING: Final = (np.ndarray, pd.DataFrame, pd.Series)
KINDS: Final = frozenset("biufcMmSU")
DTYPES: Final = frozenset(np.dtype(letter).str for letter in "?bBhHiIlLqQefdgFDG")
TIMES: Final = re.compile(r"[<|][Mm]8(\[(Y|M|W|D|h|m|s|ms|us|ns|ps)\])?")
TEXTS: Final = re.compile(r"<U\d{1,6}|\|S\d{1,6}")
UNIT: Final = frozenset({"s", "ms", "us", "ns"})
LAST_CODE_POINT: Final = 0x10FFFF
MOST_AXES: Final = 16
MOST_LEVELS: Final = 64


def encode(to: Encoder, value: Any) -> Any:
    """The tree of a value of NumPy or pandas; None for what is not known here (an object of a subclass …)."""
    kind = type(value)
    if kind is np.ndarray:
        return _array_or_objects(to, value)
    if value is pd.NaT or value is pd.NA:
        return ["na", value is pd.NaT]
    if isinstance(value, np.generic):
        if value.dtype.kind in KINDS and value.dtype.type is kind:
            return ["n", value.dtype.str, to.buffer(np.asarray(value).tobytes())]
        return None
    if kind in _ENCODE:
        return _ENCODE[kind](to, value)
    if isinstance(value, pd.Index) and kind in _INDEXES:
        return ["I", _index(to, value)]
    if isinstance(value, pd.api.extensions.ExtensionArray) and kind.__module__.partition(".")[0] == "pandas":
        return ["X", _column(to, pd.Series(value))]
    if isinstance(value, np.dtype):
        return ["ndt", value.str] if value.kind in KINDS or value.kind == "O" else None
    if isinstance(value, pd.api.extensions.ExtensionDtype) and kind.__module__.split(".")[0] == "pandas":
        return ["X", _column(to, pd.Series([], dtype=value)), True]
    return None


_STEPPED: Final = (pd.DatetimeIndex, pd.TimedeltaIndex)
_INDEXES: Final = frozenset(
    {
        pd.Index, pd.RangeIndex, pd.MultiIndex, pd.DatetimeIndex, pd.TimedeltaIndex, pd.PeriodIndex,
        pd.CategoricalIndex, pd.IntervalIndex,
    }
)  # fmt: skip


def _frame(to: Encoder, table: pd.DataFrame) -> Any:
    columns, place = [], 0
    types = list(table.dtypes)
    while place < len(types):
        end, kind = place + 1, types[place]
        if isinstance(kind, np.dtype) and kind.kind in "biufcMm":
            while end < len(types) and types[end] == kind:
                end += 1
            block = np.ascontiguousarray(table.iloc[:, place:end].to_numpy().T)
            columns.append(["blk", end - place, _array(to, block)])
        else:
            columns.append(_column(to, table.iloc[:, place]))
        place = end
    return ["D", _index(to, table.columns), _index(to, table.index), columns]


def _period(_: Encoder, value: Any) -> Any:
    return ["pe", int(value.ordinal), str(pd.PeriodDtype(value.freq))]


_ENCODE: Final[Mapping[type, Callable[[Any, Any], Any]]] = {
    pd.DataFrame: _frame,
    pd.Series: lambda to, v: ["S", to.node(v.name), _index(to, v.index), _column(to, v)],
    pd.Timestamp: lambda _, v: ["ts", int(v._value), v.unit, None if v.tz is None else _zone(v.tz)],
    pd.Timedelta: lambda _, v: ["td", int(v._value), v.unit],
    pd.Period: _period,
    pd.Interval: lambda to, v: ["iv", to.node(v.left), to.node(v.right), v.closed],
}


def _zone(zone: Any) -> str:
    return str(zone)


def _array_or_objects(to: Encoder, array: np.ndarray[Any, Any]) -> Any:
    if array.dtype.kind == "O":
        return ["ao", list(array.shape), to.nodes(list(array.ravel()))]
    if not array.dtype.isnative:
        array = array.astype(array.dtype.newbyteorder("="))
    if array.dtype.kind not in KINDS:
        raise Unsendable(f"an array of {array.dtype}")
    return _array(to, array)


def _array(to: Encoder, array: np.ndarray[Any, Any]) -> Any:
    order = "F" if array.flags.f_contiguous and not array.flags.c_contiguous else "C"
    data = array.T if order == "F" else array
    return ["a", array.dtype.str, list(array.shape), order, to.buffer(data.tobytes())]


def _column(to: Encoder, column: Any) -> Any:
    """A Series or a flat Index."""
    kind = column.dtype
    if isinstance(kind, np.dtype):
        values = column.to_numpy()
        if kind.kind in "biufcMm":
            return ["np", _array(to, np.ascontiguousarray(values))]
        return ["ob", to.nodes(list(values))]
    array = column.array
    if isinstance(kind, pd.StringDtype):
        texts = [text if type(text) is str else None for text in column.tolist()]
        return ["st", kind.storage, kind.na_value is pd.NA, to.nodes(texts)]
    if isinstance(kind, pd.CategoricalDtype):
        return ["ca", _array(to, np.ascontiguousarray(array.codes)), _index(to, kind.categories),
                bool(kind.ordered)]  # fmt: skip
    if isinstance(kind, pd.DatetimeTZDtype):
        return ["tz", _array(to, array.asi8), kind.unit, _zone(kind.tz)]
    if isinstance(kind, pd.PeriodDtype):
        return ["per", _array(to, array.asi8), str(kind)]
    if isinstance(kind, pd.IntervalDtype):
        return ["ivl", _column(to, pd.Index(array.left)), _column(to, pd.Index(array.right)), kind.closed]
    if hasattr(array, "_mask") and type(kind).__module__.split(".")[0] == "pandas":
        return ["ma", _array(to, np.ascontiguousarray(array._data)),
                _array(to, np.ascontiguousarray(array._mask))]  # fmt: skip
    raise Unsendable(f"a column of the type {kind}")


def _index(to: Encoder, index: Any) -> Any:
    kind = type(index)
    if kind is pd.RangeIndex:
        return ["R", index.start, index.stop, index.step, to.node(index.name)]
    if kind is pd.MultiIndex:
        codes = [_array(to, np.ascontiguousarray(each)) for each in index.codes]
        return ["M", [_index(to, level) for level in index.levels], codes, to.nodes(index.names)]
    if kind not in _INDEXES:
        raise Unsendable(f"an index of the type {kind.__name__}")
    steps = getattr(index, "freqstr", None) if kind in _STEPPED else None
    return ["x", _column(to, index), to.node(index.name), steps]


# ---- back ---------------------------------------------------------------------------------------------


def dtype(text: Any) -> np.dtype[Any]:
    """A type of elements, if it is one that travels as bytes."""
    if type(text) is str and (text in DTYPES or TIMES.fullmatch(text) or TEXTS.fullmatch(text)):
        return np.dtype(text)
    raise CodecError("no type of elements")


def _read_array(of: Decoder, kind: Any, shape: Any, order: Any, number: Any) -> np.ndarray[Any, Any]:
    elements, data = dtype(kind), of.buffer(number)
    if math.prod(_shape(shape)) * elements.itemsize != len(data) or order not in ("C", "F"):
        raise CodecError("an array whose size does not fit")
    if not data:
        return np.empty(shape, elements, order=order)
    if elements.kind == "b":  # a byte that is neither 0 nor 1 would be both
        array: np.ndarray[Any, Any] = np.frombuffer(data, "u1") != 0
    else:
        array = np.frombuffer(data, elements).copy()
    if elements.kind == "U" and int(np.frombuffer(data, "<u4").max()) > LAST_CODE_POINT:
        raise CodecError("no text")
    return array.reshape(shape[::-1]).T if order == "F" else array.reshape(shape)


def _shape(shape: Any) -> list[int]:
    if type(shape) is not list or len(shape) > MOST_AXES:
        raise CodecError("no shape")
    if any(type(length) is not int or not 0 <= length < 1 << 62 for length in shape):
        raise CodecError("no shape")
    return shape


def _inner(of: Decoder, node: Any, kinds: str = "biufcMm") -> np.ndarray[Any, Any]:
    """An array inside something else: it has no number of its own."""
    if type(node) is not list or len(node) != 5 or node[0] != "a":
        raise CodecError("no array")
    array = _read_array(of, *node[1:])
    if array.dtype.kind not in kinds:
        raise CodecError("an array of another kind")
    return array


def _flat(of: Decoder, node: Any, kinds: str = "biufcMm") -> np.ndarray[Any, Any]:
    array = _inner(of, node, kinds)
    if array.ndim != 1:
        raise CodecError("no flat array")
    return array


def _objects(values: list[Any]) -> np.ndarray[Any, Any]:
    array = np.empty(len(values), object)
    for place, value in enumerate(values):
        array[place] = value
    return array


def _read_objects(of: Decoder, shape: Any, nodes: Any) -> np.ndarray[Any, Any]:
    array = _objects(of.values(nodes))
    if math.prod(_shape(shape)) != len(array):
        raise CodecError("an array whose size does not fit")
    return array.reshape(shape)


def _read_number(of: Decoder, kind: Any, number: Any) -> Any:
    array = np.frombuffer(of.buffer(number), dtype(kind))
    if array.shape != (1,):
        raise CodecError("no single number")
    return _read_array(of, kind, [], "C", number)[()]


def _read_column(of: Decoder, node: Any) -> Any:
    tag, *parts = node
    if tag == "np":
        return _flat(of, *parts)
    if tag == "ob":
        (nodes,) = parts
        return _objects(of.values(nodes))
    if tag == "st":
        storage, pandas_na, nodes = parts
        if type(nodes) is not list or not {type(text) for text in of.values(nodes)} <= {str, type(None)}:
            raise CodecError("no texts")
        texts: Any = pd.StringDtype("pyarrow" if storage == "pyarrow" else "python",
                              na_value=pd.NA if pandas_na is True else np.nan)  # fmt: skip
        return pd.array(of.values(nodes), dtype=texts)
    if tag == "ca":
        codes, categories, ordered = parts
        kind: Any = pd.CategoricalDtype(_read_index(of, categories), ordered=ordered is True)
        return pd.Categorical.from_codes(_flat(of, codes, "i"), dtype=kind)
    if tag == "tz":
        numbers, unit, zone = parts
        if unit not in UNIT or type(zone) is not str or len(zone) > 100:
            raise CodecError("no time zone")
        times = _flat(of, numbers, "i").astype("i8").view(f"M8[{unit}]")
        return pd.DatetimeIndex(times).tz_localize("UTC").tz_convert(zone).array
    if tag == "per":
        numbers, name = parts
        return pd.arrays.PeriodArray(_flat(of, numbers, "i").astype("i8"), dtype=_period_type(name))
    if tag == "ivl":
        left, right, closed = parts
        return pd.arrays.IntervalArray.from_arrays(
            _read_column(of, left), _read_column(of, right), closed=closed
        )
    if tag == "ma":
        values, mask = _flat(of, parts[0], "biuf"), _flat(of, parts[1], "b")
        return _MASKED[values.dtype.kind](values, mask)
    raise CodecError("no column")


_MASKED: Final[Mapping[str, Any]] = {
    "b": pd.arrays.BooleanArray, "i": pd.arrays.IntegerArray, "u": pd.arrays.IntegerArray,
    "f": pd.arrays.FloatingArray,
}  # fmt: skip


def _period_type(name: Any) -> Any:
    if type(name) is not str or len(name) > 40 or not re.fullmatch(r"period\[[\w-]+\]", name):
        raise CodecError("no period")
    return pd.PeriodDtype(name[7:-1])


def _read_index(of: Decoder, node: Any) -> Any:
    tag, *parts = node
    if tag == "R":
        start, stop, step, name = parts
        return pd.RangeIndex(start, stop, step, name=_label(of, name))
    if tag == "M":
        levels, codes, names = parts
        if len(levels) > MOST_LEVELS:
            raise CodecError("too many levels")
        return pd.MultiIndex(
            levels=[_read_index(of, level) for level in levels],
            codes=[_flat(of, each, "i") for each in codes],  # type: ignore[misc]
            names=of.values(names),
            verify_integrity=True,
        )
    if tag != "x":
        raise CodecError("no index")
    column, name, steps = parts
    values = _read_column(of, column)
    objects = isinstance(values, np.ndarray) and values.dtype == object
    index = pd.Index(values, name=_label(of, name), dtype=object if objects else None, copy=False)
    if steps is not None:
        if type(steps) is not str or len(steps) > 40 or type(index) not in _STEPPED:
            raise CodecError("no frequency")
        index.freq = to_offset(steps)
    return index


def _label(of: Decoder, node: Any) -> Any:
    name = of.value(node)
    hash(name)
    return name


def _read_frame(of: Decoder, columns: Any, index: Any, parts: Any) -> pd.DataFrame:
    labels, rows = _read_index(of, columns), _read_index(of, index)
    arrays: list[Any] = []
    for part in parts:
        if part[0] == "blk":
            _, many, node = part
            block = _inner(of, node)
            if block.ndim != 2 or block.shape != (many, len(rows)):
                raise CodecError("a block whose size does not fit")
            if len(parts) == 1 and many == len(labels):
                return pd.DataFrame(block.T, index=rows, columns=labels, copy=False)
            arrays += list(block)
        else:
            arrays.append(_read_column(of, part))
    if len(arrays) != len(labels) or any(len(array) != len(rows) for array in arrays):
        raise CodecError("a table whose size does not fit")
    made = pd.DataFrame(
        {number: _as_series(array, rows) for number, array in enumerate(arrays)},
        index=rows,
        columns=range(len(arrays)),
    )
    made.columns = labels
    return made


def _as_series(values: Any, index: Any, name: Any = None) -> pd.Series:
    objects = isinstance(values, np.ndarray) and values.dtype == object
    return pd.Series(values, index=index, name=name, copy=False, dtype=object if objects else None)


def _read_series(of: Decoder, name: Any, index: Any, column: Any) -> pd.Series:
    label = _label(of, name)
    rows, values = _read_index(of, index), _read_column(of, column)
    if len(values) != len(rows):
        raise CodecError("a column whose size does not fit")
    return _as_series(values, rows, label)


def _read_extension(of: Decoder, node: Any, of_type: Any = False) -> Any:
    array = pd.Series(_read_column(of, node)).array
    return array.dtype if of_type is True else array


def _read_time(_: Decoder, number: Any, unit: Any, zone: Any) -> Any:
    if unit not in UNIT or type(number) is not int:
        raise CodecError("no time")
    made = pd.Timestamp(np.datetime64(number, unit))
    return made if zone is None else made.tz_localize("UTC").tz_convert(str(zone)[:100])


def _read_span(_: Decoder, number: Any, unit: Any) -> Any:
    if unit not in UNIT or type(number) is not int:
        raise CodecError("no length of time")
    return pd.Timedelta(np.timedelta64(number, unit))


def _read_missing(_: Decoder, is_time: Any) -> Any:
    return pd.NaT if is_time is True else pd.NA


def _read_interval(of: Decoder, left: Any, right: Any, closed: Any) -> Any:
    return pd.Interval(of.value(left), of.value(right), closed)


def _read_dtype(_: Decoder, name: Any) -> Any:
    return np.dtype(object) if name == "|O" else dtype(name)


def _read_period(_: Decoder, number: Any, name: Any) -> Any:
    if type(number) is not int:
        raise CodecError("no period")
    return pd.Period(ordinal=number, freq=_period_type(name)._freqstr)


READ: Final[Mapping[str, Callable[..., Any]]] = {
    "a": _read_array,
    "ao": _read_objects,
    "n": _read_number,
    "D": _read_frame,
    "S": _read_series,
    "I": _read_index,
    "X": _read_extension,
    "ts": _read_time,
    "td": _read_span,
    "pe": _read_period,
    "iv": _read_interval,
    "na": _read_missing,
    "ndt": _read_dtype,
}


def put_in(target: Any, value: Any) -> None:
    """Make an array or table what another one is, in place. Raises CodecError if it cannot become that."""
    if type(target) is not type(value):
        raise CodecError("an object that became another kind")
    if isinstance(target, np.ndarray):
        if target.shape != value.shape or target.dtype != value.dtype:
            raise CodecError("an array that became another kind")
        target[...] = value
    else:
        target._update_inplace(value)
        if isinstance(target, pd.Series):
            target.name = value.name
