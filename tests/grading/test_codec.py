# ruff: noqa: E501 - a table of programs and trees, one a line
"""What crosses between the two processes: typed data, as it was, and nothing else."""

from __future__ import annotations

import collections
import contextlib
import datetime
import decimal
import fractions
import json
import math
import random
import socket
import struct
import threading
import time
import zoneinfo
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courseware.grading.verdict import codec, tables
from courseware.grading.verdict.channel import Channel, ChannelError
from courseware.grading.verdict.codec import CodecError, Decoder, Encoder, Unsendable

Pair = collections.namedtuple("Pair", "a b")


def crossed(value: Any) -> Any:
    to = Encoder()
    node = json.loads(json.dumps(to.node(value)))
    return Decoder([bytes(each) for each in to.buffers]).value(node)


def told(value: Any) -> tuple[str, list[bytes]]:
    """All that is to be known of a value; the order in a set is nothing to be known."""
    to = Encoder()
    return json.dumps(ordered(to.node(value))), [bytes(each) for each in to.buffers]


def ordered(node: Any) -> Any:
    if type(node) is not list:
        return node
    parts = [ordered(part) for part in node]
    if node[:1] in (["s"], ["f"]):
        parts[1] = sorted(parts[1], key=json.dumps)
    return parts


def same(one: Any, other: Any) -> bool:
    """Equal, of the same exact types, NaN like NaN."""
    return type(one).__name__ == type(other).__name__ and told(one) == told(other)


TIMES = pd.to_datetime(["2020-01-01", None, "2021-05-06"]) + pd.Timedelta("3h")
TABLE = pd.DataFrame(
    {
        "whole": [1, 2, 3],
        "real": [0.5, math.nan, -math.inf],
        "text": ["a", "é", None],
        "truth": [True, False, True],
        "kind": pd.Categorical(["x", None, "y"], categories=["y", "x"], ordered=True),
        "time": TIMES,
        "zoned": TIMES.tz_localize("Europe/Berlin"),
        "maybe": pd.array([1, None, 3], dtype="Int64"),
        "flag": pd.array([True, None, False], dtype="boolean"),
        "month": pd.PeriodIndex(["2020-01", "2020-02", "2020-03"], freq="M"),
        "range": pd.interval_range(0, 3),
        "span": pd.to_timedelta([1, 2, 3], unit="h"),
        "mixed": pd.Series([1, "a", (2, 3)], dtype=object),
    }
)
VALUES = [
    1 << 80, -(1 << 70), 2 + 3j, "lone \ud800", "\ud83d\ude00 two", b"bytes", bytearray(b"more"), range(1, 9, 2),
    slice(1, None), frozenset({1, 2}), collections.deque([1, 2], 5), collections.Counter("abba"),
    collections.OrderedDict(a=1), collections.defaultdict(list, a=[1]), Pair(1, [2]), {"a": 1}.keys(),
    {"a": 1}.items(), datetime.date(2020, 2, 29), datetime.datetime(2020, 1, 1, 2, 3, 4, 5),
    datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC), datetime.time(1, 2),
    datetime.datetime(2020, 7, 1, tzinfo=zoneinfo.ZoneInfo("Europe/Berlin")), datetime.timedelta(1, 2, 3),
    decimal.Decimal("1.50"), decimal.Decimal("NaN"), fractions.Fraction(1, 3), ..., NotImplemented,
    np.float32(1.5), np.int8(-3), np.bool_(True), np.str_("é"), np.datetime64("2020-01-01"), np.arange(6).reshape(2, 3),
    np.asfortranarray(np.arange(6.0).reshape(2, 3)), np.array([]), np.zeros((0, 3)), np.array(5), np.array(["a", "bc"]),
    np.array([b"x"]), np.array([1, "a", None], dtype=object), np.array([1], dtype=">i4").astype("<i4"), np.dtype("f4"),
    TABLE, TABLE.iloc[:0], pd.DataFrame(), TABLE.set_index("kind"), TABLE.set_index(["whole", "text"]),
    TABLE.groupby("truth")[["whole", "real"]].agg(["min", "max"]), TABLE[["whole", "whole"]], TABLE["zoned"],
    *(TABLE[name] for name in TABLE), pd.date_range("2020", periods=3, freq="MS"), pd.RangeIndex(2, 8, 3, name="n"),
    pd.Series([1.0], name=("a", 1)), pd.Series(range(3), index=pd.date_range("2020", periods=3)),
    pd.Timestamp("2020-01-01 01:02:03.004", tz="Asia/Tokyo"), pd.Timedelta("3h"), pd.Period("2020Q1"),
    pd.Period("2020-01-06", freq="W-SUN"), pd.Interval(1, 2, "left"), pd.NaT, pd.NA, pd.Categorical(["a"]),
    pd.CategoricalDtype(["a", "b"]), pd.array([1.5, None], dtype="Float64"), pd.array(["a", None], dtype="string"),
]  # fmt: skip


@pytest.mark.parametrize("value", VALUES, ids=lambda v: f"{type(v).__name__}")
def test_a_value_comes_as_it_was(value):
    came = crossed(value)
    assert same(came, value)
    if isinstance(value, pd.DataFrame):
        pd.testing.assert_frame_equal(came, value)


PLAIN = st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(codec=None))
NESTED = st.recursive(
    PLAIN | st.binary(max_size=20) | st.complex_numbers() | st.dates() | st.datetimes() | st.decimals()
    | st.fractions(),
    lambda inner: st.lists(inner)
    | st.lists(inner).map(tuple)
    | st.dictionaries(PLAIN, inner)
    | st.sets(PLAIN)
    | st.frozensets(PLAIN),
    max_leaves=30,
)  # fmt: skip


@given(NESTED)
@settings(deadline=None)
def test_any_data_comes_as_it_was(value):
    assert same(crossed(value), value)


def test_aliases_and_cycles_stay_what_they_are():
    row = [0]
    made = crossed([row, row, {"again": row}])
    assert made[0] is made[1] is made[2]["again"]
    ring: list[Any] = [1]
    ring.append(ring)
    came = crossed(ring)
    assert came[1] is came
    table = pd.DataFrame({"a": [1]})
    came = crossed([table, (table,), np.array([1])])
    assert came[0] is came[1][0]


class Liar(int):
    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = int.__hash__


class Sly(pd.DataFrame):
    pass


@pytest.mark.parametrize(
    "value",
    [Liar(3), [Liar(3)], Sly({"a": [1]}), object(), len, type("str", (str,), {})("x"), {1: Liar(2)},
     pd.Series([Liar(1)], dtype=object), np.array([Liar(1)], dtype=object), collections.defaultdict(lambda: 1),
     np.array([(1, 2)], dtype="i4,i4"), Exception("x"), np.ma.array([1]), np.array([1]).view(np.recarray)],
)  # fmt: skip
def test_what_could_act_does_not_cross(value):
    with pytest.raises(Unsendable):
        Encoder().node(value)


def test_depth_has_an_end():
    deep: list[Any] = []
    for _ in range(10_000):
        deep = [deep]
    with pytest.raises(Unsendable):
        Encoder().node(deep)
    node: Any = ["l", []]
    for _ in range(400):
        node = ["l", [node]]
    with pytest.raises(CodecError):
        Decoder([]).value(node)


A = ["a", "<i8", [3], "C", 0]
FORGED: list[Any] = [
    ["l"], ["l", 3], ["l", [["nothing"]]], [], [3], ["r", 0], ["r", -1], ["r", True], ["l", [["r", 5]]], {"a": 1},
    ["i", "zz"], ["i", 5], ["u", ["x"]], ["u", [1 << 40]], ["rg", "a", 2, 3], ["b", 2], ["b", -1],
    ["b", "0"], ["s", [["l", []]]], ["d", [1], []], ["d", [["l", []]], [1]], ["dd", [], [], "eval"], ["dd", [], [], ["l", []]],
    ["dq", [], -1], ["nt", "a b", ["x"], [1]], ["nt", "class", ["x"], [1]], ["nt", "N", ["__class__", "y"], [1]],
    ["nt", "N", ["import"], [1]], ["dt", "now", 0, None], ["dt", "2020-01-01", 7, None], ["tz", "../../etc/passwd"],
    ["dc", "x" * 10_000], ["fr", 1, 0], ["a", "|O", [3], "C", 0], ["a", "<i8", [4], "C", 0], ["a", "<i8", [1 << 61, 8], "C", 0],
    ["a", "<i8", [-3], "C", 0], ["a", "<i8", [3], "K", 0], ["a", "<i8,<i8", [3], "C", 0], ["a", "<U6", [1], "C", 1],
    ["a", "<i8", [True] * 3, "C", 0], ["n", "<i8", 0], ["ao", [2], [1]], ["ndt", "O,O"], ["ndt", "M8[fs]"],
    ["D", ["R", 0, 1, 1, None], ["R", 0, 9, 1, None], [["np", A]]], ["D", ["R", 0, 2, 1, None], ["R", 0, 3, 1, None], [["np", A]]],
    ["D", ["R", 0, 1, 1, None], ["R", 0, 3, 1, None], [["blk", 1, A]]], ["S", ["l", []], ["R", 0, 3, 1, None], ["np", A]],
    ["S", None, ["R", 0, 3, 0, None], ["np", A]], ["I", ["x", ["np", A], None, "nonsense"]], ["I", ["x", ["np", A], None, "MS"]],
    ["X", ["ca", ["a", "<i8", [3], "C", 0], ["R", 0, 1, 1, None], False]], ["X", ["ma", A, A]], ["X", ["per", A, "period[eval]"]],
    ["X", ["tz", A, "ns", "Nowhere/Else"]], ["X", ["tz", A, "Y", "UTC"]], ["X", ["st", "python", True, [1]]],
    ["I", ["M", [["R", 0, 1, 1, None]], [["a", "<i8", [3], "C", 0]], [None]]], ["ts", "1", "ns", None], ["ts", 1, "Y", None],
    ["pe", 1, "period[import os]"], ["iv", 2, 1, "left"], ["iv", 1, 2, "upside"], ["X", ["ivl", ["np", A], ["np", A], 3]],
    ["l", [["fn", 1]]], ["ob", 1, 2], ["__class__"], ["dk", [["l", []]]],
]  # fmt: skip
BUFFERS = [struct.pack("<3q", 5, 6, 7), struct.pack("<6I", *([0x110000] * 6))]


@pytest.mark.parametrize("node", FORGED, ids=str)
def test_a_forged_tree_is_refused(node):
    with pytest.raises(CodecError):
        Decoder(BUFFERS).value(node)


def test_a_byte_that_is_no_truth_value_becomes_one():
    array = Decoder([bytes([0, 1, 7])]).value(["a", "|b1", [3], "C", 0])
    assert array.view("u1").tolist() == [0, 1, 1]


TAGS = [*codec._READ, *codec.SEQUENCES, *codec.DICTS, *tables.READ, "r", "u", "b", "dq", "nt", "R", "M", "x", "np", "ob",
        "st", "ca", "tz", "per", "ivl", "ma", "blk"]  # fmt: skip
LEAVES = st.none() | st.booleans() | st.integers(-3, 9) | st.floats() | st.sampled_from(
    ["<i8", "|b1", "<M8[ns]", "<U2", "C", "F", "ns", "UTC", "python", "period[M]", "int", "MS", "left"])  # fmt: skip
TREES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=4) | st.tuples(st.sampled_from(TAGS), inner, inner).map(list)
    | st.tuples(st.sampled_from(TAGS), st.lists(inner, max_size=3)).map(list), max_leaves=25,
)  # fmt: skip


@pytest.mark.filterwarnings("ignore")
@given(TREES, st.lists(st.binary(max_size=48), max_size=3))
@settings(deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_comes_is_read_or_refused(node, buffers):
    with contextlib.suppress(CodecError):
        Decoder(buffers).value(node)


# ---- the channel --------------------------------------------------------------------------------------


@pytest.fixture
def line() -> Iterator[tuple[Channel, socket.socket]]:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        channel = Channel(ours)
        channel.deadline = time.monotonic() + 5
        yield channel, theirs


def test_messages_come_whole_and_in_order():
    data = random.Random(1).randbytes(5_000_000)
    one, other = socket.socketpair()
    with one, other:
        sender, receiver = Channel(one), Channel(other)
        sending = threading.Thread(target=lambda: [sender.send({"n": n}, [data, b""]) for n in range(3)])
        sending.start()
        for number in range(3):
            message, buffers = receiver.receive()
            assert message["n"] == number
            assert buffers == [data, b""]
        sending.join()


def framed(text: bytes, bulk: int = 0) -> bytes:
    return struct.pack("<IQ", len(text), bulk) + text


@pytest.mark.parametrize(
    "data",
    [b"", b"\0\0", framed(b"")[:4], framed(b"x"), framed(b"[]"), framed(b"{}"), framed(b'{"b":3}'),
     framed(b'{"b":[1]}'), framed(b'{"b":[-1,1]}'), framed(b'{"b":[1.0]}', 1), framed(b'{"b":[true]}', 1),
     framed(b"\xff"), framed(b"[" * 100_000), struct.pack("<IQ", 2**32 - 1, 0), struct.pack("<IQ", 2, 2**60),
     framed(b'{"b":[5]}', 5) + b"123", framed(b'{"b":[' + b"0," * 30_000 + b"0]}"),
     framed(b'{"n":' + b"9" * 10_000 + b"}")],
)  # fmt: skip
def test_what_is_no_message_closes_the_channel(line, data):
    channel, theirs = line
    theirs.sendall(data)
    theirs.shutdown(socket.SHUT_WR)
    with pytest.raises(ChannelError):
        channel.receive()


def test_waiting_has_an_end(line):
    channel, _ = line
    channel.deadline = time.monotonic() + 0.05
    with pytest.raises(ChannelError, match="in time"):
        channel.receive()
    with pytest.raises(ChannelError, match="in time"):
        channel.send({}, [bytes(50_000_000)])
