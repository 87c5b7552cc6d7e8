"""The tests' side of the channel: names, calls and objects of the submission. All that it says is checked."""

from __future__ import annotations

import builtins
import sys
import time
import types
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from courseware.grading.engine.cells import OutOfTime
from courseware.grading.verdict.channel import MOST_OUTPUT, Channel, ChannelError, Message
from courseware.grading.verdict.codec import CodecError, Decoder, Encoder, Unsendable
from courseware.grading.verdict.opaque import LIBRARIES, MODULES
from courseware.grading.verdict.proxies import Classes, Function, Kind, Stream, Thing, Unexpected, generator
from courseware.grading.verdict.refusal import Gone, Refused
from courseware.grading.verdict.sites import Sites
from courseware.grading.verdict.sources import Sources

MARGIN: Final = 0.4
"""Seconds by which a submission's own limit is shorter than that of the channel."""
INPUT: Final = builtins.input
OWN_CLASS: Final = "the submission has an object of its own class"
ITERATING: Final = frozenset({"next", "send", "__next__"})
Prefix = Callable[[Message, Encoder], None]


class Remote:
    """What a submission answers. `refusals` and `gone` say what happened even if a test caught it."""

    def __init__(self, channel: Channel, sites: Sites) -> None:
        self._channel, self._sites = channel, sites
        self.sources = Sources()
        self.refusals: list[str] = []
        self.gone: ChannelError | None = None
        self.calls = 0
        self.leaned = False
        self.prefix: Prefix = lambda _message, _to: None
        self.after_call: Callable[[], None] = lambda: None
        self.until = 0.0
        self._n = 0
        self._names: dict[str, Any] = {}
        self._stale: set[str] = set()
        self._functions: dict[int, Function] = {}
        self._things: dict[int, Any] = {}
        self._numbers: dict[int, int] = {}
        self._classes = Classes(self)
        self._callbacks: dict[int, Any] = {}
        self._callback_of: dict[int, int] = {}
        self._site = ""

    def begin(self, cell: str, seconds: float) -> None:
        """A cell begins: so long may it last, and only functions passed from now on may be called back."""
        self._sites.begin(cell)
        self.until = time.monotonic() + seconds
        self.refusals.clear()
        self._callbacks = {0: lambda *given: builtins.input(*given)}
        self._callback_of.clear()
        self._stale.update(self._names)
        self.leaned = False

    # ---- asking ----------------------------------------------------------------------------------------

    def run_cell(self, source: str, test: bool, seconds: float, grace: float) -> Mapping[str, Any] | None:
        """Have a cell run over there; what is told of it, unchecked. None if nothing can be told."""
        self.until = time.monotonic() + seconds + grace
        to = Encoder(self._describe)
        message: Message = {"do": "cell", "source": source, "test": test, "seconds": seconds}
        self.prefix(message, to)
        if not test:
            self.sources.add(source)
        self._stale.update(self._names)
        reply, _ = self._asked(message, to)
        told = reply.get("told")
        return told if type(told) is dict else None

    def get(self, name: str) -> Any:
        """The value of a name of the submission. Raises KeyError where there is none."""
        if name in self._names and name not in self._stale:
            return self._names[name]
        to = Encoder(self._describe)
        message: Message = {"do": "get", "name": name, "known": name in self._names}
        self.prefix(message, to)
        self._site = f"name {name}"
        reply, buffers = self._asked(message, to)
        if reply.get("missing"):
            self._names.pop(name, None)
            raise KeyError(name)
        if not (reply.get("same") and name in self._names):
            self._names[name] = self._value(reply, buffers)
        self._stale.discard(name)
        return self._names[name]

    def forget(self, name: str) -> None:
        self._names.pop(name, None)

    def call(self, on: int, what: str, given: Sequence[Any], named: Mapping[str, Any], name: str) -> Any:
        """Have something done with an object over there; arguments that it changes are changed here."""
        if what.startswith("__"):
            self._allow_operator(what, given)
        self.calls += 1
        self._site = f"{what} {name}"
        to = Encoder(self._describe)
        message: Message = {"do": "call", "on": on, "what": what}
        self.prefix(message, to)
        try:
            message["given"] = to.nodes(given)
            message["named"] = {key: to.node(value) for key, value in named.items()}
        except Unsendable as error:
            raise self.refuse(f"the test hands {error} to the submission") from None
        if builtins.input is not INPUT:
            message["input"] = True
        message["seconds"] = max(0.05, self.until - MARGIN - time.monotonic())
        reply, buffers = self._asked(message, to)
        self._site = f"{what} {name}"
        of = Decoder(buffers, self._resolve, to.table)
        stale = reply.get("stale")
        self._stale.update(
            stale if type(stale) is list and all(type(s) is str for s in stale) else self._names
        )
        raised = self._read(lambda: self._raised(reply["raised"], of)) if "raised" in reply else None
        if isinstance(raised, StopIteration | GeneratorExit) and what not in ITERATING:
            raised = RuntimeError(
                f"{name} raised {type(raised).__name__}"
            )  # in map() it would end a test early
        value = None if raised is not None else self._value(reply, buffers, of)
        if "changed" in reply:
            self._read(lambda: self._change(reply["changed"], of, to.table))
        self.after_call()
        if raised is not None:
            raise raised
        return value

    def figures(self) -> Any:
        reply, buffers = self._asked({"do": "figures"}, Encoder())
        return self._value(reply, buffers)

    def files(self) -> dict[str, Any]:
        """Files that the submission wrote since the last time, by name; unchecked."""
        reply, buffers = self._asked({"do": "files"}, Encoder())
        made = self._value(reply, buffers)
        return made if type(made) is dict else {}

    def refuse(self, why: str) -> Refused:
        self.refusals.append(why)
        return Refused(why)

    def broken(self, why: str, end: str = "broken") -> Gone:
        """From now on nothing is asked any more."""
        if self.gone is None:
            self.gone = ChannelError(why, end)
            self._channel.close()
        return Gone(why)

    # ---- messages --------------------------------------------------------------------------------------

    def _asked(self, message: Message, to: Encoder) -> tuple[Message, list[bytes]]:
        if self.gone is not None:
            raise Gone(str(self.gone))
        self._n += 1
        number = self._n
        try:
            self._channel.deadline = self.until
            self._channel.send({**message, "n": number}, to.buffers)
            while True:
                reply, buffers = self._channel.receive()
                shown = reply.get("out")
                if type(shown) is str and shown:
                    sys.stdout.write(shown[:MOST_OUTPUT])
                if reply.get("is") == "callback" and message["do"] == "call":
                    self._call_back(reply, buffers)
                    continue
                if reply.get("is") != "return" or reply.get("n") != number:
                    raise ChannelError("an answer to something that was not asked")
                return reply, buffers
        except OverflowError as error:
            raise self.refuse(f"the test hands {error} to the submission") from None
        except ChannelError as error:
            raise self.broken(str(error), error.end) from None
        except (
            BaseException
        ) as error:  # the time is up, or the memory: whatever comes next would be out of step
            if not isinstance(error, Gone | Refused):
                self.broken(f"{type(error).__name__}", "time" if isinstance(error, OutOfTime) else "broken")
            raise

    def _call_back(self, reply: Message, buffers: list[bytes]) -> None:
        number = reply.get("callback")
        if type(number) is not int or number not in self._callbacks:
            raise ChannelError("a call of a function that was not handed over")
        site = self._site
        self._site = "callback"
        of = Decoder(buffers, self._resolve)
        try:
            given = of.values(reply.get("given"))
            named = {str(key): of.value(node) for key, node in dict(reply.get("named", {})).items()}
        except (CodecError, TypeError, ValueError) as error:
            raise ChannelError(f"arguments that cannot be read: {error}") from None
        self._site = site
        to = Encoder(self._describe)
        answer: Message = {"do": "callback"}
        try:
            answer["value"] = to.node(self._callbacks[number](*given, **named))
        except Unsendable as error:
            raise self.refuse(f"a function of the test gives {error} to the submission") from None
        except Exception as error:
            to = Encoder(self._describe)
            kind = type(error).__name__ if hasattr(builtins, type(error).__name__) else "RuntimeError"
            answer["raised"] = [kind, [str(arg) for arg in error.args]]
        self._channel.deadline = self.until
        self._channel.send({**answer, "n": 0}, to.buffers)

    def _value(self, reply: Message, buffers: list[bytes], of: Decoder | None = None) -> Any:
        if "unsendable" in reply:
            raise self.refuse(f"the submission has {str(reply['unsendable'])[:200]} here, which is no data")
        if (
            "value" not in reply
        ):  # also what raises where nothing was called: it could end a test's loop early
            raise self.broken("an answer without a value")
        reader = of if of is not None else Decoder(buffers, self._resolve)
        return self._read(lambda: reader.value(reply["value"]))

    def _read(self, read: Callable[[], Any]) -> Any:
        try:
            return read()
        except (CodecError, TypeError, ValueError, LookupError, AttributeError) as error:
            raise self.broken(f"an answer that cannot be read: {error}") from None

    def _raised(self, node: Any, of: Decoder) -> BaseException:
        module, name = node[0], node[1]
        given = tuple(of.values(node[2]))
        if name == OutOfTime.__name__ and module == OutOfTime.__module__:
            self.refusals.append("it ran too long")
            return Refused("it ran too long")
        return self._classes.exception(node, given)

    def _change(self, changed: Any, of: Decoder, table: Sequence[Any]) -> None:
        for key in sorted(changed, key=int):
            number = int(key)
            if not 0 <= number < len(table):
                raise CodecError("no such argument")
            put_in(table[number], of.body(changed[key]))

    # ---- objects ---------------------------------------------------------------------------------------

    def _allow_operator(self, name: str, given: Sequence[Any]) -> None:
        with_ = ",".join("its own" if isinstance(type(each), Kind) else "data" for each in given)
        if not self._sites.operator(name, with_):
            raise self.refuse(
                f"{name} of an object of the submission would decide, where the solution has none"
            )
        self.leaned = self.leaned or name in ("__eq__", "__ne__")

    def _resolve(self, of: Decoder, node: list[Any]) -> Any:
        """What a description of the submission's stands for here."""
        tag, *parts = node
        if tag == "fn":
            number, name, doc, signature = parts
            if number not in self._functions:
                text = doc if type(doc) is str else None
                made = Function(self, _number(number), str(name)[:100], text, _signature(signature))
                self._functions[number] = made
            return self._functions[number]
        if tag == "cl":
            return self._classes.of(node)
        if tag == "ob":
            number, described = parts
            return self._thing(_number(number), described)
        if tag == "it":
            return Stream(self, _number(parts[0]))
        if tag == "ge":
            return self._generator(_number(parts[0]))
        if tag == "ex":
            return self._raised(parts, of)
        if tag == "cb":
            if type(parts[0]) is int and parts[0] in self._callbacks:
                return self._callbacks[parts[0]]
            raise CodecError("no function that was handed over")
        if tag == "ty":
            return _library_type(*parts)
        if tag == "mo":
            if parts[0] in sys.modules and str(parts[0]).partition(".")[0] in MODULES:
                return sys.modules[parts[0]]
            raise self.refuse(f"the submission has the module {str(parts[0])[:60]} here")
        if tag == "mpl":
            from courseware.grading.verdict import figures

            return figures.find(of, *parts)
        raise CodecError(f"no such kind: {tag[:20]}")

    def _thing(self, number: int, described: Any) -> Any:
        kind = self._classes.of(described)
        if not self._sites.thing(self._site, kind.__name__):
            return Unexpected(self, f"{OWN_CLASS} {kind.__name__} here, and the solution data")
        if number not in self._things:
            self._things[number] = self._classes.thing(number, described)
        return self._things[number]

    def _generator(self, number: int) -> Any:
        if number not in self._things:
            made = self._things[number] = generator(Stream(self, number))
            self._numbers[id(made)] = number
        return self._things[number]

    def _describe(self, _: Encoder, value: Any) -> Any:
        """How an object of the tests is told to the submission."""
        kind = type(value)
        if kind is Function or kind is Stream:
            return ["h", value._number]
        if isinstance(value, Kind):
            return ["h", value._courseware_number]
        if isinstance(kind, Kind) and issubclass(kind, Thing):
            return ["h", value._courseware_number]
        if id(value) in self._numbers:
            return ["h", self._numbers[id(value)]]
        if kind is Unexpected:
            raise Unsendable(f"{value!s}")
        if isinstance(value, types.ModuleType):
            return ["mo", value.__name__]
        module = getattr(value, "__module__", None)
        top = module.partition(".")[0] if type(module) is str else ""
        if isinstance(value, type | types.BuiltinFunctionType) and top in LIBRARIES | {"math", "operator"}:
            return ["ty", module, value.__qualname__]
        if callable(value) and not isinstance(value, type):
            if id(value) not in self._callback_of:
                number = len(self._callbacks)
                self._callbacks[number] = value
                self._callback_of[id(value)] = number
            return ["cb", self._callback_of[id(value)], str(getattr(value, "__name__", "function"))]
        raise Unsendable(f"an object of the type {kind.__name__}")


def _number(value: Any) -> int:
    if type(value) is int:
        return value
    raise CodecError("no number of an object")


def _signature(told: Any) -> Any:
    """A signature whose parts are what they should be; None for any other."""
    if type(told) is not list or len(told) > 100:
        return None
    for each in told:
        if type(each) is not list or len(each) != 4 or type(each[0]) is not str or not each[0].isidentifier():
            return None
        if type(each[1]) is not int or not 0 <= each[1] < 5 or type(each[3]) is list:
            return None
    return told


def _library_type(module: Any, name: Any) -> Any:
    if type(module) is not str or module.partition(".")[0] not in LIBRARIES or type(name) is not str:
        raise CodecError("no type")
    found: Any = sys.modules.get(module)
    for part in name.split("."):
        found = getattr(found, part, None)
    if not isinstance(found, type):
        raise CodecError("no type")
    return found


def put_in(target: Any, value: Any) -> None:
    """Make an argument what it became over there, in place."""
    if type(target) is not type(value):
        raise CodecError("an argument that became another kind")
    if isinstance(target, list | bytearray):
        target[:] = value
    elif isinstance(target, dict | set):
        target.clear()
        target.update(value)
    elif hasattr(target, "maxlen"):
        target.clear()
        target.extend(value)
    else:
        from courseware.grading.verdict import tables

        tables.put_in(target, value)
