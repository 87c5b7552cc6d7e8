"""In the process of the submission: what is no data is described, and stays there under a number."""

from __future__ import annotations

import functools
import importlib
import inspect
import sys
import types
from collections.abc import Callable, Sequence
from typing import Any, Final

from courseware.grading.verdict.codec import PLAIN, CodecError, Decoder, Encoder, Unsendable

LIBRARIES: Final = frozenset(
    {"builtins", "collections", "datetime", "decimal", "fractions", "numpy", "pandas", "uuid", "pathlib"}
)
"""Packages whose types both processes have."""
MODULES: Final = frozenset(
    {
        "collections", "datetime", "functools", "itertools", "json", "math", "matplotlib", "numpy",
        "operator", "pandas", "random", "re", "scipy", "statistics", "string", "time",
    }
)  # fmt: skip
Ask = Callable[[int, Sequence[Any], dict[str, Any]], Any]
"""Calls a function of the tests, by its number, with arguments."""
MOST_ARGUMENTS: Final = 8
LONGEST: Final = 4_000
FUNCTIONS: Final = (
    types.FunctionType, types.BuiltinFunctionType, types.MethodType, types.MethodWrapperType,
    types.WrapperDescriptorType, types.MethodDescriptorType, functools.partial,
)  # fmt: skip


class Callback:
    """A function of the tests, as the submission sees it: calling it asks them."""

    def __init__(self, number: int, name: str, ask: Ask) -> None:
        self.number, self.__name__, self._ask = number, name, ask

    def __call__(self, *given: Any, **named: Any) -> Any:
        return self._ask(self.number, given, named)

    def __get__(self, owner: Any, kind: Any = None) -> Any:
        return self if owner is None else types.MethodType(self, owner)


class Held:
    """The objects that stay here, by their numbers."""

    def __init__(self, ask: Ask) -> None:
        self._objects: list[Any] = []
        self._numbers: dict[int, int] = {}
        self._callbacks: dict[int, Callback] = {}
        self._ask = ask

    def number(self, value: Any) -> int:
        if id(value) not in self._numbers:
            self._numbers[id(value)] = len(self._objects)
            self._objects.append(value)
        return self._numbers[id(value)]

    def __getitem__(self, number: int) -> Any:
        return self._objects[number]

    def describe(self, to: Encoder, value: Any) -> Any:
        """The tree of an object that is no data."""
        kind = type(value)
        if kind is Callback:
            return ["cb", value.number]
        if isinstance(value, types.ModuleType):
            return ["mo", str(value.__name__)]
        if isinstance(value, type):
            return self._type(value)
        if isinstance(value, FUNCTIONS) or (callable(value) and kind.__module__ in ("functools", "numpy")):
            name, doc = getattr(value, "__name__", "?"), getattr(value, "__doc__", None)
            text = doc[:LONGEST] if type(doc) is str else None
            return ["fn", self.number(value), str(name)[:100], text, _signature(value)]
        if kind is types.GeneratorType:
            return ["ge", self.number(value)]
        if kind.__module__ in ("builtins", "itertools") and hasattr(kind, "__next__"):
            return ["it", self.number(value)]
        if isinstance(value, BaseException):
            return ["ex", *self.exception(to, value)]
        if kind.__module__.startswith("matplotlib."):
            from courseware.grading.verdict.figures import place

            return place(to, value)
        if kind.__module__ in sys.stdlib_module_names and not isinstance(value, types.SimpleNamespace):
            raise Unsendable(f"an object of the type {kind.__module__}.{kind.__qualname__}")
        return ["ob", self.number(value), self._class(kind)]

    def exception(self, to: Encoder, error: BaseException) -> list[Any]:
        """Module and name of its class, arguments, message; of a class of the submission its description."""
        kind = type(error)
        given = []
        for value in error.args[:MOST_ARGUMENTS]:
            try:
                given.append(to.node(value))
            except Exception:
                given.append(_shown(value))
        own = None if _ours(kind) else [self.number(error), self._class(kind)]
        return [str(kind.__module__), kind.__qualname__, given, _shown(error), own]

    def _type(self, kind: type) -> Any:
        if (
            kind.__module__.partition(".")[0] in LIBRARIES
            and _found(kind.__module__, kind.__qualname__) is kind
        ):
            return ["ty", kind.__module__, kind.__qualname__]
        return self._class(kind)

    def _class(self, kind: type) -> list[Any]:
        """Name, the classes above it, which operators it has."""
        above: list[Any] = []
        for base in kind.__mro__[1:]:
            if base.__module__ == "builtins":
                above.append(["ty", "builtins", base.__name__])
                break
            above.append(["cl", self.number(base), base.__name__, [], _operators(base)])
        return ["cl", self.number(kind), kind.__name__[:100], above, _operators(kind)]

    # ---- what comes back ------------------------------------------------------------------------------

    def resolve(self, _: Decoder, node: list[Any]) -> Any:
        tag = node[0]
        if tag == "h":
            return self._objects[node[1]]
        if tag == "cb":
            number, name = node[1:]
            if number not in self._callbacks:
                self._callbacks[number] = Callback(number, name, self._ask)
            return self._callbacks[number]
        if tag == "mo":
            return importlib.import_module(node[1])
        if tag == "ty":
            return _found(node[1], node[2])
        raise CodecError(f"no such kind: {tag}")


def _found(module: str, name: str) -> Any:
    found: Any = sys.modules.get(module)
    for part in name.split("."):
        found = getattr(found, part, None)
    return found


def _ours(kind: type) -> bool:
    return kind.__module__.partition(".")[0] in LIBRARIES | sys.stdlib_module_names - {"__main__"}


def _operators(kind: type) -> list[str]:
    """The special methods that a class has beyond those of every object."""
    return [
        name
        for name in dir(kind)
        if name.startswith("__")
        and name.endswith("__")
        and getattr(kind, name, None) is not getattr(object, name, None)
    ][:200]


def _shown(value: Any) -> str:
    try:
        return str(value)[:LONGEST]
    except BaseException:
        return "?"


def _signature(value: Any) -> list[Any] | None:
    """Name, kind, whether there is a default, and the default if it is plain, of each parameter."""
    try:
        parameters = inspect.signature(value).parameters.values()
        return [
            [
                each.name,
                int(each.kind),
                each.default is not each.empty,
                each.default if type(each.default) in PLAIN else "…",
            ]
            for each in parameters
        ]
    except Exception:
        return None
