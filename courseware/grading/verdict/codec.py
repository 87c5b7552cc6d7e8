"""Values as plain trees and buffers, and back: exact types alone, nothing that could act.

A tree is JSON: None, bool, int of 64 bits, float and str stand for themselves, all else is ``[tag, …]``.
Lists, dicts and other things that can change are numbered as they come, and ``["r", n]`` is the nth of them
once more: so aliases and cycles stay what they are. NumPy and pandas are in tables.py.
"""

from __future__ import annotations

import collections
import datetime
import decimal
import fractions
import keyword
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from courseware.grading.verdict.channel import Buffer

DEEPEST: Final = 120
LONGEST_INT: Final = 1 << 22
"""Hexadecimal digits."""
LONGEST_DECIMAL: Final = 5_000
MOST_FIELDS: Final = 64
MOST_KINDS: Final = 500
"""So many kinds of named tuples one notebook may make."""

PLAIN: Final = frozenset({type(None), bool, int, float, str})
FACTORIES: Final[Mapping[str, Any]] = {
    "int": int, "float": float, "str": str, "list": list, "dict": dict, "set": set, "tuple": tuple,
    "bool": bool,
}  # fmt: skip
DICTS: Final[Mapping[str, Any]] = {
    "d": dict, "cn": collections.Counter, "od": collections.OrderedDict, "dd": collections.defaultdict,
}  # fmt: skip
SEQUENCES: Final[Mapping[str, Any]] = {"l": list, "t": tuple, "s": set, "f": frozenset}
VIEWS: Final = {type({}.keys()): "dk", type({}.values()): "dv", type({}.items()): "di"}
TAGS: Final = {kind: tag for tag, kind in [*DICTS.items(), *SEQUENCES.items()]}
CHANGING: Final = frozenset({list, set, bytearray, collections.deque, *DICTS.values()})
CHANGING_TAGS: Final = frozenset({"l", "s", "ba", "dq", *DICTS, "a", "ao", "D", "S"})
"""What is numbered (with arrays and tables, of which tables.py knows the types)."""
TABLE_TAGS: Final = frozenset({"a", "ao", "n", "D", "S", "I", "X", "ts", "td", "pe", "iv", "na", "ndt"})
"""What tables.py reads."""
_Kinds = dict[tuple[str, tuple[str, ...]], type]


class CodecError(Exception):
    """What came is not of this language."""


class Unsendable(Exception):
    """A value that cannot be handed over; the message says what it is."""


Other = Callable[["Encoder", Any], Any]
OtherBack = Callable[["Decoder", list[Any]], Any]


class Encoder:
    """Values to trees. `other` is asked for what is no data; `known` are numbered already, from 0."""

    def __init__(self, other: Other | None = None, known: Sequence[Any] = ()) -> None:
        self.buffers: list[Buffer] = []
        self.table: list[Any] = list(known)  # also keeps them alive, so that their ids stay theirs
        self._other = other
        self._numbers = {id(value): number for number, value in enumerate(self.table)}
        self._inside: set[int] = set()
        self._depth = 0

    def node(self, value: Any) -> Any:
        """Raises Unsendable."""
        kind = type(value)
        if kind in PLAIN:
            return self._plain(value)
        number = self._numbers.get(id(value))
        if number is not None:
            if number in self._inside:
                raise Unsendable(f"{kind.__name__} that holds itself")
            return ["r", number]
        if kind in CHANGING or changing(kind):
            number = self._numbers[id(value)] = len(self.table)
            self.table.append(value)
            if kind is list or kind is dict:
                return self.body(value)
            self._inside.add(number)
            try:
                return self.body(value)
            finally:
                self._inside.discard(number)
        return self.body(value)

    def can(self, value: Any) -> bool:
        """Whether a value can be handed over. Leaves no trace."""
        try:
            Encoder(self._other).node(value)
        except Unsendable:
            return False
        return True

    def body(self, value: Any) -> Any:
        """The tree of what is in a value, whether or not it has a number."""
        self._depth += 1
        try:
            if self._depth > DEEPEST:
                raise Unsendable("something nested too deeply")
            return self._body(value)
        finally:
            self._depth -= 1

    def buffer(self, data: Buffer) -> int:
        self.buffers.append(data)
        return len(self.buffers) - 1

    def nodes(self, values: Iterable[Any]) -> list[Any]:
        given = list(values)
        kinds = set(map(type, given))
        if kinds <= PLAIN and _as_they_are(given, kinds):
            return given
        return [self.node(value) for value in given]

    def other(self, value: Any) -> Any:
        if self._other is None:
            raise Unsendable(f"an object of the type {type(value).__name__}")
        return self._other(self, value)

    def _plain(self, value: Any) -> Any:
        if type(value) is int and not -(1 << 63) <= value < 1 << 64:
            return ["i", hex(value)]
        if type(value) is str and not value.isascii():
            try:
                value.encode()
            except UnicodeEncodeError:
                return ["u", [ord(letter) for letter in value]]
        return value

    def _body(self, value: Any) -> Any:
        kind = type(value)
        if kind in SEQUENCES.values():
            return [TAGS[kind], self.nodes(value)]
        if kind is collections.defaultdict:
            name = next((n for n, made in FACTORIES.items() if made is value.default_factory), None)
            if name is None and value.default_factory is not None:
                raise Unsendable("a defaultdict with a function of its own")
            return ["dd", self.nodes(value.keys()), self.nodes(value.values()), name]
        if kind in TAGS:
            return [TAGS[kind], self.nodes(value.keys()), self.nodes(value.values())]
        if kind in _SIMPLE:
            tag, parts = _SIMPLE[kind]
            return [tag, *(self.node(part) for part in parts(value))]
        if kind is bytes or kind is bytearray:
            return ["b" if kind is bytes else "ba", self.buffer(bytes(value))]
        if kind is collections.deque:
            return ["dq", self.nodes(value), value.maxlen]
        if kind in VIEWS:
            return [VIEWS[kind], self.nodes(value)]
        if value is Ellipsis or value is NotImplemented:
            return ["el" if value is Ellipsis else "ni"]
        if _top(kind) in ("numpy", "pandas"):
            from courseware.grading.verdict import tables

            made = tables.encode(self, value)
            return self.other(value) if made is None else made
        if kind.__bases__ == (tuple,) and type(getattr(kind, "_fields", None)) is tuple:
            return ["nt", kind.__name__, list(kind._fields), self.nodes(value)]
        return self.other(value)


def _as_they_are(values: list[Any], kinds: set[type]) -> bool:
    """Whether plain values need no tree: ints of 64 bits, and text that UTF-8 can write."""
    if int in kinds and not all(-(1 << 63) <= v < 1 << 64 for v in values if type(v) is int):
        return False
    if str in kinds:
        try:
            "".join([v for v in values if type(v) is str]).encode()
        except UnicodeEncodeError:
            return False
    return True


def _top(kind: type) -> str:
    module = kind.__module__
    return module.partition(".")[0] if type(module) is str else ""


def changing(kind: type) -> bool:
    """Whether it is an array or table that can change in place."""
    return (
        kind.__name__ in ("ndarray", "DataFrame", "Series")
        and _top(kind) in ("numpy", "pandas")
        and kind in _changing()
    )


def _changing() -> tuple[type, ...]:
    from courseware.grading.verdict import tables

    return tables.CHANGING


_SIMPLE: Final[Mapping[type, tuple[str, Callable[[Any], Sequence[Any]]]]] = {
    complex: ("c", lambda v: (v.real, v.imag)),
    range: ("rg", lambda v: (v.start, v.stop, v.step)),
    slice: ("sl", lambda v: (v.start, v.stop, v.step)),
    datetime.date: ("da", lambda v: (v.isoformat(),)),
    datetime.datetime: ("dt", lambda v: (v.replace(tzinfo=None).isoformat(), v.fold, _zone(v.tzinfo))),
    datetime.time: ("ti", lambda v: (v.replace(tzinfo=None).isoformat(), _zone(v.tzinfo))),
    datetime.timedelta: ("de", lambda v: (v.days, v.seconds, v.microseconds)),
    datetime.timezone: ("tz", lambda v: (_zone(v),)),
    decimal.Decimal: ("dc", lambda v: (str(v),)),
    fractions.Fraction: ("fr", lambda v: (v.numerator, v.denominator)),
}


def _zone(zone: datetime.tzinfo | None) -> int | str | None:
    """Microseconds from UTC, or the name of a zone."""
    if zone is None:
        return None
    if type(zone) is datetime.timezone:
        return zone.utcoffset(None) // datetime.timedelta(microseconds=1)
    name = getattr(zone, "key", None)
    if type(name) is str:
        return name
    raise Unsendable(f"a time zone of the type {type(zone).__name__}")


class Decoder:
    """Trees to values. Every node is checked; anything unknown raises CodecError."""

    def __init__(
        self, buffers: Sequence[bytes], other: OtherBack | None = None, known: Sequence[Any] = ()
    ) -> None:
        self._buffers = buffers
        self._other = other
        self.table: list[Any] = list(known)
        self._depth = 0

    def value(self, node: Any) -> Any:
        if type(node) in PLAIN:
            return node
        if type(node) is list and node and type(node[0]) is str and node[0] in CHANGING_TAGS:
            self.table.append(_UNMADE)
            return self._made(node, len(self.table) - 1)
        return self._made(node, None)

    def body(self, node: Any) -> Any:
        """What Encoder.body made."""
        return self._made(node, None)

    def values(self, nodes: Any) -> list[Any]:
        if type(nodes) is not list:
            raise CodecError("no list of values")
        return [node if type(node) in PLAIN else self.value(node) for node in nodes]

    def buffer(self, number: Any) -> bytes:
        if type(number) is not int or not 0 <= number < len(self._buffers):
            raise CodecError("no such buffer")
        return self._buffers[number]

    def _made(self, node: Any, number: int | None) -> Any:
        if type(node) is not list or not node or type(node[0]) is not str:
            raise CodecError("no node")
        tag, *parts = node
        self._depth += 1
        try:
            if self._depth > DEEPEST + 10:
                raise CodecError("nested too deeply")
            if tag == "l" or tag == "d":
                return self._filled(tag, parts, number)
            made = self._read(tag, parts, node)
        except (CodecError, MemoryError):
            raise
        except Exception as error:  # whatever Python, NumPy or pandas say to it
            raise CodecError(f"no {tag[:20]}: {type(error).__name__}") from None
        finally:
            self._depth -= 1
        if number is not None:
            self.table[number] = made
        return made

    def _filled(self, tag: str, parts: list[Any], number: int | None) -> Any:
        """A list or dict, which may hold itself."""
        made: Any = [] if tag == "l" else {}
        if number is not None:
            self.table[number] = made
        if tag == "l":
            (nodes,) = parts
            made.extend(self.values(nodes))
        else:
            made.update(self._pairs(*parts))
        return made

    def _pairs(self, keys: Any, values: Any) -> list[tuple[Any, Any]]:
        return list(zip(self.values(keys), self.values(values), strict=True))

    def _read(self, tag: str, parts: list[Any], node: list[Any]) -> Any:
        if tag in SEQUENCES:
            (nodes,) = parts
            return SEQUENCES[tag](self.values(nodes))
        if tag == "r":
            return self._again(*parts)
        if tag == "dd":
            keys, values, name = parts
            factory = None if name is None else FACTORIES[name]
            return collections.defaultdict(factory, self._pairs(keys, values))
        if tag in DICTS:
            keys, values = parts
            return DICTS[tag](dict(self._pairs(keys, values)))
        if tag in _READ:
            return _READ[tag](*(self.value(part) for part in parts))
        if tag == "b" or tag == "ba":
            (number,) = parts
            return (bytes if tag == "b" else bytearray)(self.buffer(number))
        if tag == "dq":
            nodes, most = parts
            return collections.deque(self.values(nodes), _whole(most, optional=True))
        if tag in ("dk", "dv", "di"):
            return self._view(tag, *parts)
        if tag == "nt":
            return self._named(*parts)
        if tag == "u":
            (codes,) = parts
            return "".join(map(chr, codes))
        if tag in TABLE_TAGS:
            from courseware.grading.verdict import tables

            return tables.READ[tag](self, *parts)
        if self._other is None:
            raise CodecError(f"no such kind: {tag[:20]}")
        return self._other(self, node)

    def _again(self, number: Any) -> Any:
        if type(number) is not int or not 0 <= number < len(self.table) or self.table[number] is _UNMADE:
            raise CodecError("no such object")
        return self.table[number]

    def _view(self, tag: str, nodes: Any) -> Any:
        values = self.values(nodes)
        if tag == "dv":
            return dict(enumerate(values)).values()
        return dict.fromkeys(values).keys() if tag == "dk" else dict(values).items()

    def _named(self, name: Any, fields: Any, nodes: Any) -> Any:
        values = self.values(nodes)
        if type(fields) is not list or len(fields) != len(values) or len(fields) > MOST_FIELDS:
            raise CodecError("no named tuple")
        for each in (name, *fields):
            if type(each) is not str or len(each) > 100 or not each.isidentifier() or keyword.iskeyword(each):
                raise CodecError("no named tuple")
        return named_tuple(name, tuple(fields))(*values)


class _Unmade:
    """Stands for an object of which only the beginning is known."""


_UNMADE: Final = _Unmade()
_kinds: _Kinds = {}


def named_tuple(name: str, fields: tuple[str, ...]) -> Any:
    """One type for one name and fields, as long as the process lives."""
    if (name, fields) not in _kinds:
        if len(_kinds) >= MOST_KINDS:
            raise CodecError("too many kinds of named tuples")
        _kinds[name, fields] = collections.namedtuple(name, fields)
    return _kinds[name, fields]


def _whole(value: Any, *, optional: bool = False) -> Any:
    if (value is None and optional) or (type(value) is int and value >= 0):
        return value
    raise CodecError("no whole number")


def _text(value: Any, most: int = 100) -> str:
    if type(value) is not str or len(value) > most:
        raise CodecError("no text")
    return value


def _int(text: Any) -> int:
    return int(_text(text, LONGEST_INT), 16)


def _timezone(zone: Any) -> datetime.tzinfo | None:
    if zone is None:
        return None
    if type(zone) is int:
        return datetime.timezone(datetime.timedelta(microseconds=zone))
    import zoneinfo

    return zoneinfo.ZoneInfo(_text(zone))


def _datetime(text: Any, fold: Any, zone: Any) -> datetime.datetime:
    made = datetime.datetime.fromisoformat(_text(text))
    return made.replace(fold=fold, tzinfo=_timezone(zone))


_READ: Final[Mapping[str, Callable[..., Any]]] = {
    "i": _int,
    "c": lambda real, imag: complex(float(real), float(imag)),
    "rg": range,
    "sl": slice,
    "da": lambda text: datetime.date.fromisoformat(_text(text)),
    "dt": _datetime,
    "ti": lambda text, zone: datetime.time.fromisoformat(_text(text)).replace(tzinfo=_timezone(zone)),
    "de": lambda days, seconds, micros: datetime.timedelta(days, seconds, micros),
    "tz": _timezone,
    "dc": lambda text: decimal.Decimal(_text(text, LONGEST_DECIMAL)),
    "fr": fractions.Fraction,
    "el": lambda: Ellipsis,
    "ni": lambda: NotImplemented,
}
