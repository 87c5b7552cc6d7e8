"""A value that code makes: a table, a column, an index, an array, or one plain value."""

from __future__ import annotations

import copy
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Final, Literal, cast

from checkers import frame_messages as say
from checkers.alike import NUMBERS, alike, is_plain
from checkers.checker import Checker
from checkers.code import read_code
from checkers.kinds import kind_of, library_of, plain
from checkers.message import Message
from checkers.number import Number
from checkers.raised import nearest
from checkers.result import FormatError, Result, refused, right, unreadable, wrong
from checkers.run import Runner

if TYPE_CHECKING:
    import pandas as pd

    from checkers.origin import Origin
    from checkers.tables import Cell

Dtypes = Literal["kind", "exact", "any"]

NOTHING_TO_JUDGE: Final = frozenset(
    (
        "NoneType", "function", "builtin_function_or_method", "method", "method-wrapper", "module", "type",
        "generator", "map", "filter", "zip", "dict_keys", "dict_values", "dict_items", "Axes", "Figure",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True, init=False)
class Frame(Checker):
    """A value that code makes, compared with `expected`: a DataFrame, Series, Index, array, or plain value.

    `row_order` and `column_order`: whether the order counts. `index`: whether the row labels count.
    `names`: whether the name of a Series counts. `dtypes`: "kind" (numbers are numbers, texts are texts),
    "exact", or "any". Floats may differ by `rel`; a missing value is like another.

    `source` is the table that the answer is made from, `conditions` those that its rows have to meet (one
    True or False for each row of it): with them more mistakes are recognised. They change no score.
    """

    kind: ClassVar[str] = "code"
    takes: ClassVar[Literal["answer", "value", "source"]] = "value"

    expected: Any
    row_order: bool
    column_order: bool
    index: bool
    names: bool
    dtypes: Dtypes
    rel: float
    origin: Any

    def __init__(
        self,
        expected: object,
        *,
        row_order: bool = True,
        column_order: bool = False,
        index: bool = False,
        names: bool = False,
        dtypes: Dtypes = "kind",
        rel: float = 1e-9,
        source: pd.DataFrame | None = None,
        conditions: Sequence[object] = (),
    ) -> None:
        if type(expected).__name__ in NOTHING_TO_JUDGE or not is_plain(expected, 1000):
            raise ValueError(f"Frame is given {kind_of(expected)}; expected a table, a column, or plain data")
        if dtypes not in ("kind", "exact", "any"):
            raise ValueError(f"Frame has dtypes={dtypes!r}; expected 'kind', 'exact' or 'any'")
        set_ = object.__setattr__
        set_(self, "expected", copy.deepcopy(plain(expected)))
        set_(self, "row_order", row_order)
        set_(self, "column_order", column_order)
        set_(self, "index", index)
        set_(self, "names", names)
        set_(self, "dtypes", dtypes)
        set_(self, "rel", rel)
        set_(self, "origin", None)
        if source is not None or conditions:
            from checkers.origin import origin_of

            set_(self, "origin", origin_of(source, conditions, rel))

    def asks(self) -> dict[str, object]:
        return {"kind": self.kind}

    def right(self) -> None:
        """Only the author knows code that makes it."""
        return

    def parse(self, response: object) -> str | FormatError:
        return read_code(response)

    def expects(self, value: object) -> FormatError | None:
        kind, asked = kind_of(value), kind_of(self.expected)
        name = type(value).__name__
        if name in ("function", "builtin_function_or_method", "method"):
            return unreadable("not-called", say.NOT_CALLED, kind=kind)
        if name in NOTHING_TO_JUDGE or "GroupBy" in name or kind == "a plot":
            return unreadable("no-value", say.NO_VALUE, kind=kind, asked=asked)
        if type(plain(value)) is str and type(self.expected) is not str:
            return unreadable("no-value", say.NO_VALUE, kind=kind, asked=asked)
        if not is_plain(value, 10_000) or not _own(value):
            return unreadable("foreign", say.FOREIGN, kind=kind)
        return None

    def check(self, answer: object, runner: Runner | None = None) -> Result:  # noqa: ARG002
        error = self.expects(answer)
        if error is not None:
            return refused(error)
        value = plain(answer)
        shape, asked_shape = _shape(value), _shape(self.expected)
        if asked_shape == "plain":
            return self._check_plain(value, shape)
        if shape != asked_shape:
            return self._other_kind(value, shape, asked_shape)
        if shape == "array" and (sizes := (value.shape, self.expected.shape)) and sizes[0] != sizes[1]:  # type: ignore[attr-defined]
            return wrong("array-shape", say.ARRAY_SHAPE, yours=str(sizes[0]), expected=str(sizes[1]))
        return self._check_table(_table(value), _table(self.expected))

    def same(self, one: object, other: object, runner: Runner | None = None) -> bool:  # noqa: ARG002
        if self.expects(one) is not None or self.expects(other) is not None:
            return False
        value, expected = plain(one), plain(other)
        theirs = copy.copy(self)
        object.__setattr__(theirs, "expected", expected)
        if _shape(value) != _shape(expected):
            return False
        if _shape(expected) == "plain":
            return theirs.check(value).correct
        return theirs._fits(_table(value), _table(expected))

    def _check_plain(self, value: object, shape: str) -> Result:
        asked = kind_of(self.expected)
        if shape != "plain":
            if shape in ("series", "array") and _is_mask(value) and type(self.expected) in NUMBERS:
                return wrong("mask-for-count", say.COUNT_MASK, asked=asked)
            return wrong("not-reduced", say.TO_REDUCE, kind=kind_of(value), asked=asked)
        if type(self.expected) in (int, float) and type(value) in (int, float):
            rel = None if type(self.expected) is int else self.rel
            try:
                result = Number(self.expected, rel=rel).check(value)
            except ValueError:
                pass  # NaN or infinite: compared below
            else:
                if result.correct:
                    return result
                return self._origin().of_number(cast("float", value), self.expected) or result
        same_kind = type(value) is type(self.expected)
        if (same_kind or bool not in (type(value), type(self.expected))) and alike(
            value, self.expected, rel=self.rel
        ):
            return right()
        if same_kind:
            if type(value) in (list, tuple) and _same_in_some_order(value, self.expected):
                return wrong("list-order", say.LIST_ORDER)
            if isinstance(value, list | tuple | dict | set) and len(value) != len(self.expected):
                return wrong(
                    "length", say.LENGTH, kind=kind_of(value), yours=len(value), expected=len(self.expected)
                )
            return Result(
                score=0.0,
                messages=(Message(key="other", template=say.OTHER_VALUE, params={"kind": kind_of(value)}),),
            )
        return wrong("other-kind", say.OTHER_KIND, kind=kind_of(value), asked=asked)

    def _other_kind(self, value: object, shape: str, asked_shape: str) -> Result:
        kind, asked = kind_of(value), kind_of(self.expected)
        if asked_shape == "frame" and shape == "series":
            if _is_mask(value):
                return wrong("mask-for-rows", say.MASK)
            return wrong("series-for-frame", say.SERIES_FOR_FRAME)
        if asked_shape == "series" and shape == "frame":
            return wrong("frame-for-series", say.FRAME_FOR_SERIES)
        if shape == "plain" and not isinstance(value, list | tuple | dict | set):
            return wrong("reduced", say.REDUCED, kind=kind, asked=asked)
        return wrong("other-kind", say.OTHER_KIND, kind=kind, asked=asked)

    def _check_table(self, yours: pd.DataFrame, expected: pd.DataFrame) -> Result:
        """Right if it fits; else what is told first: kind, columns, rows, dtypes, order, values, labels."""
        from checkers import tables

        if self._fits(yours, expected):
            return right()
        if (cell := tables.strange_cell(yours)) is not None:
            return wrong("foreign", say.FOREIGN_CELL, kind=kind_of(cell))
        one_column = _shape(self.expected) != "frame"
        if not one_column:
            if result := self._columns(yours, expected):
                return result
            if not self.column_order:
                yours = _in_order(yours, expected)
        elif yours.shape[1] != expected.shape[1]:
            return wrong("levels", say.LEVELS, yours=yours.shape[1], expected=expected.shape[1])
        if result := self._groups(yours, expected) or self._rows(yours, expected):
            return result
        if self.dtypes != "any" and (result := self._dtypes(yours, expected)):
            return result
        if not (self.index or self.names) or not self._same(yours, expected):  # nothing else is left
            origin = self._origin()
            if len(expected) <= tables.LOOKED_AT and self.row_order:
                if tables.same_rows(yours.iloc[::-1], expected, self.rel):
                    return wrong("reversed", say.REVERSED)
                if tables.same_in_some_order(yours, expected, self.rel):
                    return origin.of_order(yours, expected) or wrong("unsorted", say.UNSORTED)
            by_index = _shape(self.expected) == "series" or expected.index.names[0] is not None
            return (
                origin.of_groups(yours, expected, by_index=by_index)
                or origin.of_rows(yours, expected, ordered=self.row_order)
                or origin.of_cells(yours, expected)
                or self._cells(yours, expected)
            )
        if self.index and not _same_index(yours, expected, self.rel):
            return wrong("index", say.INDEX)
        names = tables.short(_name(yours)), tables.short(_name(expected))
        return wrong("name", say.COLUMN_NAME, found=names[0], expected=names[1])

    def _fits(self, yours: pd.DataFrame, expected: pd.DataFrame) -> bool:
        """Whether two tables are the same as far as this key looks."""
        from checkers import tables

        if yours.shape != expected.shape:
            return False
        one_column = _shape(self.expected) != "frame"
        if not one_column:
            have, want = tables.labels(yours.columns), tables.labels(expected.columns)
            if have != want and (self.column_order or Counter(have) != Counter(want)):
                return False
            yours = _in_order(yours, expected)
        elif self.names and _shape(self.expected) == "series" and _name(yours) != _name(expected):
            return False
        return (
            tables.strange_cell(yours) is None
            and (self.dtypes == "any" or self._dtypes(yours, expected) is None)
            and self._same(yours, expected)
            and (not (self.index and self.row_order) or _same_index(yours, expected, self.rel))
        )

    def _same(self, yours: pd.DataFrame, expected: pd.DataFrame) -> bool:
        from checkers import tables

        if self.index and not self.row_order:
            return (
                _same_index(yours, expected, self.rel) and tables.same_rows(yours, expected, self.rel)
            ) or (
                yours.index.nlevels == expected.index.nlevels
                and tables.same_in_some_order(_with_labels(yours), _with_labels(expected), self.rel)
            )

        if tables.same_rows(yours, expected, self.rel):
            return True
        return not self.row_order and tables.same_in_some_order(yours, expected, self.rel)

    def _columns(self, yours: pd.DataFrame, expected: pd.DataFrame) -> Result | None:
        from checkers.tables import labels, short

        have, want = labels(yours.columns), labels(expected.columns)
        counts, asked = Counter(have), Counter(want)
        missing = [c for c in want if c not in counts]
        extra = [c for c in have if c not in asked] or [c for c in counts if counts[c] > asked[c]]
        for name in missing:
            near = nearest(str(name), [str(c) for c in extra])
            if near is not None:
                return wrong("column-name", say.NEAR_COLUMN, found=short(near), expected=short(name))
        words: dict[str, object] = {"missing": _list(missing), "extra": _list(extra)}
        if missing and extra:
            return _miss("other-columns", say.OTHER_COLUMNS, words)
        if missing:
            return wrong("missing-columns", say.MISSING_COLUMNS, missing=_list(missing))
        if extra:
            return wrong("extra-columns", say.EXTRA_COLUMNS, extra=_list(extra))
        if self.column_order and have != want:
            return wrong("column-order", say.COLUMN_ORDER, order=_list(want, most=8))
        return None

    def _origin(self) -> Origin:
        from checkers.origin import Origin

        return cast("Origin", self.origin or Origin(table=None, rel=self.rel))

    def _groups(self, yours: pd.DataFrame, expected: pd.DataFrame) -> Result | None:
        """Grouped, and by something else."""
        found, asked = list(yours.index.names), list(expected.index.names)
        if not self.index or None in found or None in asked or found == asked:
            return None
        if set(map(str, found)) == set(map(str, asked)):
            return None
        if (
            len(found) == len(asked)
            and len(yours) == len(expected)
            and _same_index(yours, expected, self.rel)
        ):
            return None  # the same groups by another name
        words = {"found": _list(found), "expected": _list(asked)}
        return _miss("grouped-by-other", say.GROUPED_BY_OTHER, words)

    def _rows(self, yours: pd.DataFrame, expected: pd.DataFrame) -> Result | None:
        from checkers.tables import step_too_few

        if len(yours) == len(expected):
            return None
        if result := self._origin().of_rows(yours, expected, ordered=self.row_order):
            return result
        key = step_too_few(yours, expected, self.rel)
        counts: dict[str, object] = {"yours": len(yours), "expected": len(expected)}
        if key is not None:
            used = {name: n for name, n in counts.items() if f"{{{name}}}" in say.ROWS[key]}
            return Result(
                score=0.0, mistake=key, messages=(Message(key=key, template=say.ROWS[key], params=used),)
            )
        if len(yours) > len(expected):
            return _miss("too-many-rows", say.TOO_MANY, counts, named=False)
        return _miss("too-few-rows", say.TOO_FEW, counts, named=False)

    def _dtypes(self, yours: pd.DataFrame, expected: pd.DataFrame) -> Result | None:
        from checkers.tables import kind_of_column, short

        words = {"number": "numbers", "yes/no": "True and False", "text": "text", "date": "dates",
                 "duration": "lengths of time", "mixed": "a mix of types"}  # fmt: skip
        if not len(expected):
            return None
        pairs = zip(expected.columns, yours.dtypes, expected.dtypes, strict=True)
        for n, (name, dtype, dtype2) in enumerate(pairs):
            if dtype == dtype2 and getattr(dtype, "kind", "O") in "biufmM":
                continue  # a column is taken out only where it has to be
            mine, theirs = yours.iloc[:, n], expected.iloc[:, n]
            kind, kind2 = kind_of_column(mine), kind_of_column(theirs)
            if kind != kind2 and not (mine.isna().all() or theirs.isna().all()):
                return wrong("dtype", say.DTYPE, column=short(name), found=words[kind], expected=words[kind2])
            if self.dtypes == "exact" and mine.dtype != theirs.dtype:
                return wrong(
                    "dtype-exact",
                    say.DTYPE_EXACT,
                    column=short(name),
                    found=str(mine.dtype),
                    expected=str(theirs.dtype),
                )
        return None

    def _cells(self, yours: pd.DataFrame, expected: pd.DataFrame) -> Result:
        from checkers import tables

        differ = dict(tables.differing_columns(yours, expected, self.rel))
        cells = tables.first_cells(yours, expected, differ)
        wrong_ones = list(differ)
        params: dict[str, object] = {"count": sum(int(rows.sum()) for rows in differ.values())}
        if len(wrong_ones) == 1:
            template, params["column"] = say.SAME_SHAPE, tables.short(expected.columns[wrong_ones[0]])
        else:
            template, params["columns"] = say.SAME_SHAPE_MORE, len(wrong_ones)
        return _miss("cells", template + _cell_table(cells, params), params, named=False)


def _miss(key: str, template: str, params: Mapping[str, object], *, named: bool = True) -> Result:
    """Not right: `named`, if the message says what the mistake is; else it is the fallback."""
    message = Message(key=key, template=template, params=params)
    return Result(score=0.0, mistake=key if named else None, messages=(message,))


def _cell_table(cells: list[Cell], params: dict[str, object]) -> str:
    """The rows of a small Markdown table; the values go into the parameters, which are escaped."""
    lines = []
    for n, cell in enumerate(cells, 1):
        params |= {
            f"row{n}": cell.row,
            f"col{n}": cell.column,
            f"yours{n}": cell.yours,
            f"expected{n}": cell.expected,
        }
        lines.append(f"| {{row{n}}} | {{col{n}}} | {{yours{n}}} | {{expected{n}}} |")
    return say.HEAD + "\n".join(lines)


def _shape(value: object) -> str:
    """frame, series, index, array or plain."""
    library, name = library_of(value), type(value).__name__
    if library == "pandas" and name == "DataFrame":
        return "frame"
    if library == "pandas" and name == "Series":
        return "series"
    if library == "pandas" and name.endswith("Index"):
        return "index"
    if (library == "numpy" and name == "ndarray") or (library == "pandas" and name.endswith("Array")):
        return "array"
    return "plain"


def _own(value: object) -> bool:
    """Whether a value of NumPy or pandas is of a type that is compared here; others are foreign."""
    library = library_of(value)
    return library not in ("numpy", "pandas") or _shape(value) != "plain" or type(plain(value)).__name__ in (
        "Timestamp", "Timedelta", "NaTType", "NAType", "Period", "Interval", *(t.__name__ for t in NUMBERS),
        "str", "complex", "bytes", "datetime", "date", "timedelta",
    )  # fmt: skip


def _table(value: Any) -> pd.DataFrame:
    import pandas as pd

    shape = _shape(value)
    if shape == "frame":
        return cast("pd.DataFrame", value)
    if shape == "series":
        return cast("pd.DataFrame", value.to_frame())
    if shape == "index":
        return _labels(value)
    if getattr(value, "ndim", 1) > 2:
        value = value.reshape(value.shape[0], math.prod(value.shape[1:]))
    return pd.DataFrame(value)


def _labels(index: Any) -> pd.DataFrame:
    """An index as a table, a column for each of its levels (whose names may be there twice)."""
    names = list(range(index.nlevels)) if index.nlevels > 1 else 0
    return cast("pd.DataFrame", index.to_frame(index=False, name=names))


def _is_mask(value: Any) -> bool:
    return str(getattr(value, "dtype", "")) in ("bool", "boolean")


def _in_order(yours: pd.DataFrame, expected: pd.DataFrame) -> pd.DataFrame:
    """Your columns in the expected order (both have the same labels)."""
    if list(yours.columns) == list(expected.columns) or not expected.columns.is_unique:
        return yours
    return yours[list(expected.columns)]


def _same_in_some_order(one: Any, other: Any) -> bool:
    texts = [
        Counter(f"{type(v).__name__} {v}" for v in values if is_plain(v, 100)) for values in (one, other)
    ]
    return texts[0] == texts[1] and len(one) == len(other) == sum(texts[0].values())


def _same_index(yours: pd.DataFrame, expected: pd.DataFrame, rel: float) -> bool:
    from checkers.tables import same_rows

    one, two = _labels(yours.index), _labels(expected.index)
    return one.shape == two.shape and same_rows(one, two, rel)


def _with_labels(table: pd.DataFrame) -> pd.DataFrame:
    """A table and its row labels, as columns."""
    import pandas as pd

    both = pd.concat([_labels(table.index), table.reset_index(drop=True)], axis=1)
    return both.set_axis(range(both.shape[1]), axis=1)


def _name(table: pd.DataFrame) -> object:
    return table.columns[0]


def _list(names: list[Any], most: int = 4) -> str:
    from checkers.tables import short

    shown = [short(name) for name in names[:most]]
    return ", ".join(shown) + (f" and {len(names) - most} more" if len(names) > most else "")
