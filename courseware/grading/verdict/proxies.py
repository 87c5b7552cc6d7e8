"""What stands in the tests' process for a submission's functions, classes, objects and generators.

They look like what they stand for, and hold nothing but a number: all that they do is asked for.
"""

from __future__ import annotations

import builtins
import inspect
import types
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from courseware.grading.verdict.codec import CodecError
from courseware.grading.verdict.refusal import Refused

if TYPE_CHECKING:
    from courseware.grading.verdict.remote import Remote

OPERATORS: Final = frozenset(
    f"__{name}__"
    for name in (
        "add", "radd", "sub", "rsub", "mul", "rmul", "truediv", "rtruediv", "floordiv", "rfloordiv", "mod",
        "rmod", "pow", "rpow", "matmul", "rmatmul", "and", "rand", "or", "ror", "xor", "rxor", "lshift",
        "rlshift", "rshift", "rrshift", "neg", "pos", "abs", "invert", "lt", "le", "gt", "ge", "eq", "ne",
        "getitem", "setitem", "delitem", "contains", "len", "bool", "str", "repr", "int", "float", "hash",
        "index", "iter", "next", "round", "call", "iadd", "isub", "imul", "enter", "exit", "format",
        "reversed", "complex", "bytes",
    )
)  # fmt: skip
RESULTS: Final = {
    "__bool__": bool, "__len__": int, "__str__": str, "__repr__": str, "__hash__": int, "__int__": int,
    "__float__": float, "__index__": int, "__contains__": bool, "__format__": str,
}  # fmt: skip
MOST_CLASSES: Final = 500
COPIES: Final = "the test copies an object of the submission"


class Function:
    """A function of the submission. `__code__` and the source come from the text that was handed in."""

    __module__ = "__main__"

    def __init__(self, remote: Remote, number: int, name: str, doc: str | None, signature: Any) -> None:
        self._remote, self._number = remote, number
        self.__name__ = self.__qualname__ = name
        self.__doc__ = doc
        self._signature = signature

    @property  # type: ignore[misc]
    def __class__(self) -> type:
        return types.FunctionType

    def __call__(self, *given: Any, **named: Any) -> Any:
        return self._remote.call(self._number, "call", given, named, self.__name__)

    def __get__(self, owner: Any, kind: Any = None) -> Any:
        return self if owner is None else types.MethodType(self, owner)

    def __repr__(self) -> str:
        return f"<function {self.__name__}>"

    @property
    def __signature__(self) -> inspect.Signature:
        if self._signature is None:
            raise AttributeError("__signature__")
        empty = inspect.Parameter.empty
        return inspect.Signature(
            [
                inspect.Parameter(name, inspect._ParameterKind(kind), default=value if has else empty)
                for name, kind, has, value in self._signature
            ]
        )

    @property
    def __code__(self) -> types.CodeType:
        found = self._remote.sources.code(self.__name__)
        if found is None:
            raise AttributeError("__code__")
        return found

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            fixed: dict[str, Any] = {
                "__defaults__": None,
                "__kwdefaults__": None,
                "__annotations__": {},
                "__closure__": None,
            }
            if name in fixed:
                return fixed[name]
            raise AttributeError(name)
        return self._remote.call(self._number, "getattr", (name,), {}, name)


class Kind(type):
    """The class of the submission's classes: a metaclass, as calling one makes its objects over there."""

    _courseware_line: Remote
    _courseware_number: int

    def __call__(cls, *given: Any, **named: Any) -> Any:
        return cls._courseware_line.call(cls._courseware_number, "call", given, named, cls.__name__)

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return cls._courseware_line.call(cls._courseware_number, "getattr", (name,), {}, name)

    def __iter__(cls) -> Iterator[Any]:
        return iter(cls._courseware_line.call(cls._courseware_number, "__iter__", (), {}, cls.__name__))

    def __getitem__(cls, key: Any) -> Any:
        return cls._courseware_line.call(cls._courseware_number, "__getitem__", (key,), {}, cls.__name__)

    def __len__(cls) -> int:
        return _checked(  # type: ignore[no-any-return]
            "__len__", cls._courseware_line.call(cls._courseware_number, "__len__", (), {}, cls.__name__)
        )


class Thing:
    """An object of one of the submission's classes."""

    _courseware_line: Remote
    _courseware_number: int

    @property
    def __dict__(self) -> Any:  # type: ignore[override]
        return self._courseware_line.call(self._courseware_number, "getattr", ("__dict__",), {}, "__dict__")

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self._courseware_line.call(self._courseware_number, "getattr", (name,), {}, name)

    def __setattr__(self, name: str, value: Any) -> None:
        self._courseware_line.call(self._courseware_number, "setattr", (name, value), {}, name)

    def __delattr__(self, name: str) -> None:
        self._courseware_line.call(self._courseware_number, "delattr", (name,), {}, name)

    def __reduce_ex__(self, protocol: Any) -> Any:
        raise self._courseware_line.refuse(COPIES)

    def __deepcopy__(self, memo: Any) -> Any:
        raise self._courseware_line.refuse(COPIES)

    __copy__ = __reduce__ = __deepcopy__  # type: ignore[assignment]


def _refused(self: Any, *_: Any, **__: Any) -> Any:
    remote, why = object.__getattribute__(self, "_remote"), object.__getattribute__(self, "_why")
    raise remote.refuse(why)


class Unexpected:
    """An object of the submission where the solution had none: fine as long as nothing is made of it."""

    def __init__(self, remote: Remote, why: str) -> None:
        object.__setattr__(self, "_remote", remote)
        object.__setattr__(self, "_why", why)

    __getattribute__ = __setattr__ = __delattr__ = _refused


for _name in (*OPERATORS, "__reduce_ex__", "__copy__", "__deepcopy__"):
    setattr(Unexpected, _name, _refused)


class Stream:
    """An iterator of the submission."""

    def __init__(self, remote: Remote, number: int) -> None:
        self._remote, self._number, self._over = remote, number, False

    def __iter__(self) -> Stream:
        return self

    def __next__(self) -> Any:
        if self._over:
            raise StopIteration
        got = self._remote.call(self._number, "next", (1,), {}, "next")
        if type(got) is not tuple or len(got) != 2 or type(got[0]) is not list:
            raise self._remote.broken("an iterator that is none")
        values, self._over = got[0], got[1] is True
        if not values:
            raise StopIteration
        return values[0]


def generator(stream: Stream) -> Iterator[Any]:
    """A real generator over a stream, for those who look at its type."""
    for value in stream:
        sent = yield value
        while sent is not None:
            sent = yield stream._remote.call(stream._number, "send", (sent,), {}, "send")


def _operator(name: str) -> Any:
    def run(self: Any, *given: Any, **named: Any) -> Any:
        if name == "__exit__":
            given = (None, None, None)
        made = self._courseware_line.call(self._courseware_number, name, given, named, name)
        return _checked(name, made)

    run.__name__ = name
    return run


def _checked(name: str, value: Any) -> Any:
    wanted = RESULTS.get(name)
    if wanted is not None and type(value) is not wanted:
        raise TypeError(f"{name} returned {type(value).__name__}")
    return value


_RUN: Final = {name: _operator(name) for name in OPERATORS}


class Classes:
    """The submission's classes, as classes of this process."""

    def __init__(self, remote: Remote) -> None:
        self._remote = remote
        self._known: dict[int, type] = {}

    def of(self, node: Any) -> type:
        """The class that a description means. Raises CodecError for no description."""
        tag, number, name, above, operators = node
        if tag != "cl" or type(number) is not int or type(name) is not str or len(name) > 100:
            raise CodecError("no class")
        if number in self._known:
            return self._known[number]
        if len(self._known) >= MOST_CLASSES or type(above) is not list or len(above) > 20:
            raise CodecError("too many classes")
        made: type | None = None
        base: type = Thing
        for each in reversed(above):
            if each[0] == "ty":
                found = getattr(builtins, each[2], None) if type(each[2]) is str else None
                if isinstance(found, type) and issubclass(found, BaseException):
                    base = found
            else:
                made = self._class(each[1], each[2], each[4], base)
                base = made
        return self._class(number, name, operators, base)

    def _class(self, number: Any, name: Any, operators: Any, base: type) -> type:
        if type(number) is not int or type(name) is not str:
            raise CodecError("no class")
        if number not in self._known:
            given: dict[str, Any] = {"__module__": "__main__", "_courseware_line": self._remote}
            if issubclass(base, BaseException):
                self._known[number] = type(
                    name, (base,), given | {"__str__": _message, "__getattr__": _detail}
                )
            else:
                has = {each: _RUN[each] for each in operators if type(each) is str and each in OPERATORS}
                self._known[number] = Kind(name, (base,), {**has, **given, "_courseware_number": number})
        return self._known[number]

    def thing(self, number: int, node: Any) -> Any:
        kind = self.of(node)
        made = object.__new__(kind) if not issubclass(kind, BaseException) else kind()
        object.__setattr__(made, "_courseware_number", number)
        return made

    def exception(self, node: list[Any], given: tuple[Any, ...]) -> BaseException:
        """The exception that a description (Held.exception) means."""
        module, name, _, message, own = node
        if own is not None:
            number, described = own
            kind = self.of(described)
            if not issubclass(kind, BaseException):
                raise CodecError("no exception")
            made = kind.__new__(kind)
            made.args = given
            object.__setattr__(made, "_courseware_number", number if type(number) is int else -1)
            object.__setattr__(made, "_message", str(message)[:4000])
            return made
        found: Any = _library_exception(module, name)
        if found is None:
            return RuntimeError(f"{str(name)[:100]}: {str(message)[:2000]}")
        try:
            made = found.__new__(found, *given)
            made.args = given
        except Exception:
            return RuntimeError(str(message)[:2000])
        return made  # type: ignore[no-any-return]


def _message(error: Any) -> str:
    return str(error.__dict__.get("_message", ""))


def _detail(error: Any, name: str) -> Any:
    if name.startswith("_"):
        raise AttributeError(name)
    return error._courseware_line.call(error.__dict__["_courseware_number"], "getattr", (name,), {}, name)


LIBRARIES: Final = frozenset(
    {"builtins", "numpy", "pandas", "json", "decimal", "statistics", "re", "csv", "zoneinfo", "subprocess"}
)


def _library_exception(module: Any, name: Any) -> type | None:
    import sys

    if type(module) is not str or type(name) is not str or module.partition(".")[0] not in LIBRARIES:
        return None
    found: Any = sys.modules.get(module)
    for part in name.split("."):
        found = getattr(found, part, None)
    allowed = (Exception, SystemExit, KeyboardInterrupt, GeneratorExit)
    fine = isinstance(found, type) and issubclass(found, allowed) and not issubclass(found, Refused)
    return found if fine else None
