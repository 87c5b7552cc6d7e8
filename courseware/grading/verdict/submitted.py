"""The submission's process: runs the cells, and serves values and calls. Nothing that it says is believed."""

from __future__ import annotations

import builtins
import json
import operator
import os
import random
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from courseware.grading.engine.cells import limited, ran
from courseware.grading.engine.shell import GradingShell
from courseware.grading.verdict.channel import MOST_OUTPUT, Channel, ChannelError
from courseware.grading.verdict.codec import Decoder, Encoder, Unsendable
from courseware.grading.verdict.files import marks, written
from courseware.grading.verdict.opaque import Held

ANSWERS: Final = 5.0
"""Seconds for what is not a call of the submission's own code."""


class Submitted:
    """Answers requests until the other side is gone."""

    def __init__(self, channel: Channel, shell: GradingShell, budget: Mapping[str, Any]) -> None:
        self._channel, self._shell = channel, shell
        self._left = int(budget["output_bytes"])
        self._most = int(budget["cell_output_bytes"])
        self._held = Held(self._ask)
        self._told: dict[str, tuple[Any, Any, bool]] = {}
        self._number = 0
        self._marks = marks()

    def serve(self) -> None:
        while True:
            try:
                message, buffers = self._channel.receive()
            except ChannelError:
                return
            self._answer(message, buffers)

    def _answer(self, message: Mapping[str, Any], buffers: Sequence[bytes]) -> None:
        self._number = message["n"]
        to = Encoder(self._held.describe)
        with self._shell.keeping(MOST_OUTPUT) as kept:
            try:
                reply, to = getattr(self, f"_{message['do']}")(message, buffers)
            except BaseException as error:
                to = Encoder(self._held.describe)
                reply = {"raised": self._raised(to, error)}
        reply |= {"is": "return", "n": message["n"], "out": _stdout(kept.done())}
        try:
            self._channel.send(reply, to.buffers)
        except OverflowError:
            self._channel.send(
                {"is": "return", "n": message["n"], "unsendable": "more than can be handed over"}
            )

    def _raised(self, to: Encoder, error: BaseException) -> list[Any]:
        try:
            return self._held.exception(to, error)
        except BaseException:
            to.buffers.clear()
            return ["builtins", "RuntimeError", [], "an exception that cannot be shown", None]

    # ---- before each request ---------------------------------------------------------------------------

    def _prepare(self, message: Mapping[str, Any], buffers: Sequence[bytes]) -> Decoder:
        """What the tests did meanwhile: names that they bound and deleted, seeds, files."""
        of = Decoder(buffers, self._held.resolve)
        for name, node in message.get("bind", {}).items():
            self._shell.user_ns[name] = of.value(node)
        for name in message.get("delete", ()):
            self._shell.user_ns.pop(name, None)
        for whose, node in message.get("seed", ()):
            _seed(whose, of.value(node))
        if "figures" in message:
            from courseware.grading.verdict import figures

            figures.do(message["figures"])
        for name, number in message.get("files", {}).items():
            _write(name, of.buffer(number))
        return of

    # ---- requests --------------------------------------------------------------------------------------

    def _cell(self, message: Mapping[str, Any], buffers: Sequence[bytes]) -> tuple[dict[str, Any], Encoder]:
        self._prepare(message, buffers)
        most = min(self._most, self._left)
        told, size = ran(self._shell, message["source"], message["test"], message["seconds"], most)
        self._left = max(0, self._left - size)
        return {"told": told}, Encoder()

    def _get(self, message: Mapping[str, Any], buffers: Sequence[bytes]) -> tuple[dict[str, Any], Encoder]:
        self._prepare(message, buffers)
        name = message["name"]
        to = Encoder(self._held.describe)
        if name not in self._shell.user_ns:
            return {"missing": True}, to
        value = self._shell.user_ns[name]
        with limited(ANSWERS):
            try:
                node = to.node(value)
            except Unsendable as error:
                return {"unsendable": str(error)}, Encoder()
        key = json.dumps(node), [bytes(each) for each in to.buffers]
        before = self._told.get(name)
        if message["known"] and before is not None and before[0] is value and before[1] == key:
            return {"same": True}, Encoder()
        self._told[name] = value, key, bool(to.table)
        return {"value": node, "at": self._held.number(value) if to.table else None}, to

    def _call(self, message: Mapping[str, Any], buffers: Sequence[bytes]) -> tuple[dict[str, Any], Encoder]:
        of = self._prepare(message, buffers)
        given = of.values(message["given"])
        named = {name: of.value(node) for name, node in message["named"].items()}
        snapshots = [_snapshot(number, of.table, self._held) for number in range(len(of.table))]
        to = Encoder(self._held.describe, of.table)
        reply: dict[str, Any] = {}
        patched = message.get("input")
        before = builtins.input
        try:
            if patched:
                builtins.input = lambda prompt="": self._ask(0, (str(prompt),), {})
            with limited(message["seconds"]):
                do: Callable[..., Any] = _DO[message["what"]]
                value = do(self._held[message["on"]], *given, **named)
                try:
                    reply["value"] = to.node(value)
                except Unsendable as error:
                    to.buffers.clear()
                    reply["unsendable"] = str(error)
        except BaseException as error:
            to = Encoder(self._held.describe, of.table)
            reply = {"raised": self._raised(to, error)}
        finally:
            if patched:
                builtins.input = before
        changed = {}
        with limited(ANSWERS):
            for number, snapshot in enumerate(snapshots):
                if _changed(number, of.table, self._held, snapshot):
                    try:
                        changed[str(number)] = to.body(of.table[number])
                    except Unsendable as error:
                        return {"unsendable": str(error)}, Encoder()
        if changed:
            reply["changed"] = changed
        reply["stale"] = [
            name
            for name, (value, _, can_change) in self._told.items()
            if can_change or self._shell.user_ns.get(name, self) is not value
        ]
        return reply, to

    def _figures(
        self, message: Mapping[str, Any], buffers: Sequence[bytes]
    ) -> tuple[dict[str, Any], Encoder]:
        from courseware.grading.verdict.figures import describe

        self._prepare(message, buffers)
        to = Encoder()
        with limited(ANSWERS):
            return {"value": to.node(describe())}, to

    def _files(self, message: Mapping[str, Any], buffers: Sequence[bytes]) -> tuple[dict[str, Any], Encoder]:
        self._prepare(message, buffers)
        to = Encoder()
        with limited(ANSWERS):
            found = written(self._marks)
            self._marks = marks()
            return {"value": to.node(found)}, to

    # ---- callbacks -------------------------------------------------------------------------------------

    def _ask(self, number: int, given: Sequence[Any], named: dict[str, Any]) -> Any:
        """Call a function of the tests, and answer what they ask meanwhile."""
        to = Encoder(self._held.describe)
        mine = self._number
        message = {
            "is": "callback",
            "n": mine,
            "callback": number,
            "given": [to.node(value) for value in given],
            "named": {name: to.node(value) for name, value in named.items()},
            "out": "",
        }
        self._channel.send(message, to.buffers)
        while True:
            answer, buffers = self._channel.receive()
            if answer["do"] != "callback":
                self._answer(answer, buffers)
                continue
            self._number = mine
            of = Decoder(buffers, self._held.resolve)
            if "raised" in answer:
                name, args = answer["raised"]
                raise getattr(builtins, name)(*of.values(args))
            return of.value(answer["value"])


def _next(iterator: Any, many: int) -> tuple[list[Any], bool]:
    got = []
    for _ in range(many):
        try:
            got.append(next(iterator))
        except StopIteration:
            return got, True
    return got, False


def _reflected(name: str) -> Callable[[Any, Any], Any]:
    plain = getattr(operator, name)
    return lambda right, left: plain(left, right)


_BINARY: Final = (
    "add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "matmul", "and_", "or_", "xor",
    "lshift", "rshift",
)  # fmt: skip
_OTHERS: Final = (
    "lt", "le", "gt", "ge", "eq", "ne", "neg", "pos", "abs", "invert", "contains", "index", "iadd", "isub",
    "imul",
)  # fmt: skip
_DO: Final[Mapping[str, Callable[..., Any]]] = {
    "call": lambda function, *given, **named: function(*given, **named),
    "getattr": getattr,
    "setattr": setattr,
    "delattr": delattr,
    "next": _next,
    "send": lambda generator, value: generator.send(value),
    **{f"__{name.rstrip('_')}__": getattr(operator, name) for name in _BINARY},
    **{f"__r{name.rstrip('_')}__": _reflected(name) for name in _BINARY},
    **{f"__{name}__": getattr(operator, name) for name in _OTHERS},
    "__getitem__": operator.getitem, "__setitem__": operator.setitem, "__delitem__": operator.delitem,
    "__len__": len, "__bool__": bool, "__str__": str, "__repr__": repr, "__int__": int, "__float__": float,
    "__hash__": hash, "__iter__": iter, "__next__": next, "__round__": round, "__format__": format,
    "__complex__": complex, "__bytes__": bytes, "__reversed__": reversed,
    "__call__": lambda thing, *given, **named: thing(*given, **named),
    "__enter__": lambda thing: type(thing).__enter__(thing),
    "__exit__": lambda thing, *_: type(thing).__exit__(thing, None, None, None),
}  # fmt: skip


def _snapshot(number: int, table: list[Any], held: Held) -> Any:
    """What an argument is before a call, apart from the other arguments inside it."""
    value = table[number]
    if (blocks := _blocks(value)) is not None:
        return blocks, value.copy(deep=False)
    return _told(number, table, held)


def _changed(number: int, table: list[Any], held: Held, before: Any) -> bool:
    value = table[number]
    if (
        type(before) is tuple
        and len(before) == 2
        and type(before[0]) is list
        and (now := _blocks(value)) is not None
    ):
        old = before[1]
        same = len(now) == len(before[0]) and all(map(operator.is_, now, before[0]))
        axes = value.index is old.index or value.index.identical(old.index)
        heads = value.name is old.name if value.ndim == 1 else value.columns.identical(old.columns)
        return not (same and axes and heads)
    return bool(_told(number, table, held) != before)


def _blocks(value: Any) -> list[Any] | None:
    """The arrays of a table that cannot change without becoming others (copy on write); None if they can."""
    pandas = sys.modules.get("pandas")
    if pandas is None or type(value) not in (pandas.DataFrame, pandas.Series) or pandas.__version__ < "3":
        return None
    arrays = [block.values for block in value._mgr.blocks]
    return None if any(array.dtype == object for array in arrays) else arrays


def _told(number: int, table: list[Any], held: Held) -> Any:
    to = Encoder(held.describe, table)
    try:
        return json.dumps(to.body(table[number])), [bytes(each) for each in to.buffers]
    except Unsendable:
        return None


def _stdout(outputs: Sequence[Mapping[str, Any]]) -> str:
    return "".join(each["text"] for each in outputs if each.get("name") == "stdout")[:MOST_OUTPUT]


def _seed(whose: str, value: Any) -> None:
    if whose == "random":
        random.seed(value)
    elif "numpy" in sys.modules:
        sys.modules["numpy"].random.seed(value)


def _write(name: str, data: bytes) -> None:
    folder = name.rpartition("/")[0]
    if folder:
        os.makedirs(folder, exist_ok=True)  # noqa: PTH103 - the submission may have patched pathlib
    with open(name, "wb") as file:  # noqa: PTH123
        file.write(data)
