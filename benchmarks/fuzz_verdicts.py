# ruff: noqa: E501 - tables of what is thrown
"""Throws all that a submission's process could say at the side that runs the tests.

Trees of every tag, mutated trees of real values, frames, descriptions of figures, and whole conversations with
a forged submission. Whatever comes must be read or refused: no other exception, no time without end, no memory
beyond what came. Anything else ends it (exit 1), and tells with which seed it can be repeated. Last line of output:
one JSON object.

Example: python benchmarks/fuzz_verdicts.py --minutes 1
"""

from __future__ import annotations

import argparse
import collections
import contextlib
import datetime
import decimal
import fractions
import io
import json
import random
import resource
import socket
import struct
import sys
import threading
import time
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from courseware.grading.verdict import figures
from courseware.grading.verdict.channel import Channel, ChannelError
from courseware.grading.verdict.codec import CodecError, Decoder, Encoder
from courseware.grading.verdict.refusal import Gone, Refused
from courseware.grading.verdict.remote import Remote
from courseware.grading.verdict.sites import Sites

TAGS = (
    "l", "t", "s", "f", "d", "cn", "od", "dd", "r", "i", "u", "b", "ba", "c", "rg", "sl", "da", "dt", "ti", "de",
    "tz", "dc", "fr", "el", "ni", "dq", "dk", "dv", "di", "nt", "a", "ao", "n", "D", "S", "I", "X", "ts", "td", "pe",
    "iv", "na", "ndt", "R", "M", "x", "np", "ob", "st", "ca", "per", "ivl", "ma", "blk", "fn", "cl", "in", "it",
    "ge", "ex", "mo", "ty", "cb", "mpl", "h",
)  # fmt: skip
WORDS = (
    "", "a", "int", "builtins", "os", "system", "numpy", "ndarray", "__eq__", "__class__", "<i8", "|b1", "|O", "<U3",
    "<M8[ns]", "C", "F", "ns", "UTC", "python", "pyarrow", "period[M]", "MS", "left", "ValueError", "Refused", "\ud800",
    "0x" + "f" * 100, "2020-01-01", "1e999999", "NaN",
)  # fmt: skip
FACT = (0, 1, 2, 3, -1, 7, 64, 1 << 31, 1 << 62, 1 << 64, 0.5, float("nan"), True, False, None)
TIMES = pd.to_datetime(["2020-01-01", None])
SEEDS: list[Any] = [
    [1, [2, "x"], {"a": (1, 2)}, {3}], collections.Counter("ab"), collections.deque([1], 3), 1 << 90, b"bytes",
    datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC), decimal.Decimal("1.5"), fractions.Fraction(1, 3), range(3),
    np.arange(6.0).reshape(2, 3), np.array(["a", "bc"]), np.array([1, None], dtype=object), np.float32(1),
    pd.DataFrame({"a": [1, 2], "b": ["x", None], "c": TIMES, "d": pd.Categorical(["u", "v"]), "e": [1.5, 2]}),
    pd.Series(pd.array([1, None], dtype="Int64"), index=pd.MultiIndex.from_tuples([(1, "a"), (2, "b")])),
    pd.Series(TIMES.tz_localize("UTC")), pd.period_range("2020", periods=2, freq="M"), pd.Timestamp("2020-01-01"),
    pd.interval_range(0, 2), pd.array(["a", None], dtype="string"), collections.namedtuple("N", "x y")(1, [2]),
]  # fmt: skip
EXPECTED = (CodecError, ChannelError, Gone, Refused)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=None, help="begin here (by default: the time)")
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    first = options.seed if options.seed is not None else time.time_ns() % 10**9
    until = time.monotonic() + options.minutes * 60
    targets: list[Callable[[random.Random], None]] = [tree, mutated, frame, conversation, figure]
    done: collections.Counter[str] = collections.Counter()
    number, slowest, before = first, (0.0, 0), _memory()
    while time.monotonic() < until:
        chance = random.Random(number)
        target = targets[4 if number % 50 == 0 else number % 4]
        began = time.perf_counter()
        try:
            target(chance)
        except EXPECTED:
            done["refused"] += 1
        except BaseException as error:
            print(f"{target.__name__} --seed {number}: {type(error).__name__}: {error}", file=sys.stderr)
            raise
        slowest = max(slowest, (time.perf_counter() - began, number))
        done[target.__name__] += 1
        number += 1
    grown = _memory() - before
    told = {"minutes": options.minutes, "first_seed": first, "inputs": number - first, **done}
    print(
        json.dumps(
            {
                **told,
                "slowest_s": round(slowest[0], 2),
                "slowest_seed": slowest[1],
                "grown_mb": round(grown),
                "crashes": 0,
            }
        )
    )
    if grown > 1500 or slowest[0] > 30:
        raise SystemExit("memory or time without bounds")


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _node(chance: random.Random, depth: int = 0) -> Any:
    roll = chance.random()
    if depth > 5 or roll < 0.25:
        return chance.choice(chance.choice((WORDS, FACT)))
    if roll < 0.3:
        return [_node(chance, depth + 1) for _ in range(chance.randrange(4))]
    return [chance.choice(TAGS), *(_node(chance, depth + 1) for _ in range(chance.randrange(5)))]


def _buffers(chance: random.Random) -> list[bytes]:
    return [chance.randbytes(chance.choice((0, 1, 8, 12, 16, 24, 48))) for _ in range(chance.randrange(4))]


def tree(chance: random.Random) -> None:
    """Any tree, read as values."""
    Decoder(_buffers(chance)).value(_node(chance))


def mutated(chance: random.Random) -> None:
    """A tree of a real value with something changed, read; and used, as a test would use it."""
    to = Encoder()
    node = json.loads(json.dumps(to.node(chance.choice(SEEDS))))
    buffers = [bytearray(each) for each in to.buffers]
    for _ in range(chance.randrange(1, 4)):
        node = _changed(chance, node)
        if buffers and chance.random() < 0.4:
            data = chance.choice(buffers)
            if data and chance.random() < 0.7:
                data[chance.randrange(len(data))] = chance.randrange(256)
            else:
                data.extend(chance.randbytes(chance.randrange(9)))
    value = Decoder([bytes(each) for each in buffers]).value(node)
    with contextlib.suppress(Exception):
        repr(value)
        value == value  # noqa: B015 - a test would
        value.sum()
        value.sort_index()


def _changed(chance: random.Random, node: Any) -> Any:
    if type(node) is not list or not node or chance.random() < 0.15:
        return _node(chance, 3)
    place = chance.randrange(len(node))
    made = list(node)
    if chance.random() < 0.1:
        del made[place]
    else:
        made[place] = _changed(chance, node[place])
    return made


def _framed(chance: random.Random, message: Any, buffers: list[bytes]) -> bytes:
    sizes = [len(each) for each in buffers]
    if isinstance(message, dict):
        message = {**message, "b": sizes if chance.random() < 0.95 else _node(chance)}
    text = json.dumps(message).encode()
    bulk = sum(sizes) if chance.random() < 0.97 else chance.choice((0, 1, 1 << 40))
    length = len(text) if chance.random() < 0.97 else chance.choice((0, 5, 1 << 31))
    return struct.pack("<IQ", length, bulk) + text + b"".join(buffers)


def frame(chance: random.Random) -> None:
    """Frames, and bytes that are none, over a socket."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        data = _framed(chance, {"n": 1, "value": _node(chance)}, _buffers(chance))
        if chance.random() < 0.3:
            data = bytearray(data)
            for _ in range(3):
                data[chance.randrange(len(data))] = chance.randrange(256)
        theirs.sendall(data)
        theirs.shutdown(socket.SHUT_WR)
        channel = Channel(ours)
        channel.deadline = time.monotonic() + 2
        channel.receive()


def conversation(chance: random.Random) -> None:
    """A test that looks up names and calls them, and a submission that answers as it likes."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        peer = threading.Thread(target=_forged, args=(random.Random(chance.random()), theirs), daemon=True)
        peer.start()
        remote = Remote(Channel(ours), Sites({} if chance.random() < 0.5 else None, ["f"]))
        remote.begin("cell", 2.0)
        got: Any = None
        shown = contextlib.redirect_stdout(io.StringIO())
        try:
            shown.__enter__()
            for _ in range(4):
                got = remote.get(chance.choice(("f", "x")))
                with contextlib.suppress(Exception):
                    if callable(got):
                        got = got([1, {"a": np.arange(3)}], lambda *_: 1)
                    for value in (got.name, got + 1, got == 1, list(got)[:3], str(got)):
                        repr(value)
        except KeyError:
            pass
        finally:
            shown.__exit__(None, None, None)
            with contextlib.suppress(OSError):  # the channel closes it when it is broken
                ours.shutdown(socket.SHUT_RDWR)
            peer.join(5)


def _forged(chance: random.Random, line: socket.socket) -> None:
    channel = Channel(line)
    channel.deadline = time.monotonic() + 3
    with contextlib.suppress(ChannelError, OSError):
        while True:
            asked, _ = channel.receive()
            reply: dict[str, Any] = {"is": "return", "n": asked["n"], "out": ""}
            node = _node(chance)
            if chance.random() < 0.5:
                dunders = chance.sample(("__eq__", "__len__", "__iter__", "__add__", "__bool__"), 3)
                kind = [
                    "cl",
                    chance.randrange(5),
                    "K",
                    [["ty", "builtins", chance.choice(("object", "Exception"))]],
                    dunders,
                ]
                node = chance.choice((["fn", 3, "f", None, None], ["ob", chance.randrange(4), kind], kind, ["it", 2],
                                      ["ge", 3], ["ex", "builtins", "ValueError", [1], "m", None], [["l", []]]))  # fmt: skip
            key = chance.choice(("value", "value", "value", "raised", "unsendable", "missing", "same"))
            reply[key] = node
            if chance.random() < 0.2:
                reply["changed"] = {str(_node(chance, 6)): _node(chance), "0": ["l", [_node(chance)]]}
            if chance.random() < 0.1:
                reply |= {
                    "is": _node(chance, 6),
                    "n": _node(chance, 6),
                    "stale": _node(chance),
                    "out": _node(chance),
                }
            if chance.random() < 0.1:
                reply |= {
                    "is": "callback",
                    "callback": chance.choice((0, 1, 2)),
                    "given": [_node(chance)],
                    "named": {},
                }
            line.setblocking(True)
            line.settimeout(3)
            line.sendall(_framed(chance, reply, _buffers(chance)))
            line.setblocking(False)


FIGURE: dict[str, Any] = {
    "number": 1, "current": True, "size": [4.0, 3.0], "title": "t",
    "axes": [{
        "place": [0.1, 0.1, 0.8, 0.8], "title": "a", "labels": ["x", "y"], "scales": ["linear", "log"],
        "limits": [[0.0, 1.0], [0.1, 1.0]], "ticks": [{"at": [0.0, 1.0], "text": ["a", "b"]}, {"at": [], "text": []}],
        "lines": [{"x": np.arange(3.0), "y": np.arange(3.0), "label": "l", "color": "red", "style": "-",
                   "marker": "o", "width": 1.0}],
        "patches": [{"color": [0.1, 0.2, 0.3, 1.0], "label": "", "box": [0.0, 0.0, 1.0, 2.0]}],
        "points": [{"at": np.zeros((2, 2)), "sizes": np.array([3.0]), "label": ""}],
        "texts": [[0.5, 0.5, "t"]], "legend": ["l"], "visible": True,
    }],
}  # fmt: skip


def figure(chance: random.Random) -> None:
    """A description of a figure with something changed, drawn."""

    def change(value: Any) -> Any:
        if chance.random() < 0.04:
            return chance.choice((*WORDS, *FACT, [], {}, np.array(["x"])))
        if isinstance(value, dict):
            return {key: change(each) for key, each in value.items()}
        return [change(each) for each in value] if isinstance(value, list) else value

    figures.draw([change(FIGURE)])


if __name__ == "__main__":
    main()
