"""When two values are the same."""

import datetime
from collections import Counter, deque
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkers.alike import alike, is_plain


class Liar:
    def __eq__(self, other):
        return True

    __hash__ = None


class Number(int):
    def __eq__(self, other):
        return True

    __hash__ = int.__hash__


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (1, 1.0),
        (0.1 + 0.2, 0.3),
        (True, 1),
        (float("nan"), float("nan")),
        (Fraction(1, 2), 0.5),
        (Decimal("0.5"), 0.5),
        (1 + 0j, 1),
        ([1, [2.0]], [1.0, [2]]),
        ((1,), (1,)),
        ({"a": [1]}, {"a": [1]}),
        (Counter("aa"), {"a": 2}),
        ({1, (2, 3)}, frozenset([(2, 3), 1])),
        (deque([1]), deque([1])),
        (np.float64(1), 1),
        (np.array([1, np.nan]), np.array([1, np.nan])),
        (pd.Series([1, None]), pd.Series([1, None])),
        (pd.Timestamp("2020"), pd.Timestamp("2020")),
        (10**400, 10**400),
    ],
)
def test_plain_data_are_the_same_as_python_says(one, other):
    assert alike(one, other)
    assert alike(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (1, 2),
        (1, 1.001),
        (1, "1"),
        (0, None),
        (0, ""),
        ([1], (1,)),
        ([1], [1, 2]),
        ({"a": 1}, {"a": 1, "b": 2}),
        ({"a": 1}, {"b": 1}),
        ({1}, {2}),
        (float("nan"), 1.0),
        (10**400, 1.0),
        (10**400, 10**400 + 1),
        (b"a", "a"),
        (datetime.date(2020, 1, 1), datetime.datetime(2020, 1, 1)),
        (np.array([1, 2]), np.array([[1, 2]])),
        (np.array([1, 2]), [1, 2]),
        (pd.Series([1]), pd.Series([2])),
        (Liar(), 1),
        (1, Liar()),
        ([1], [Liar()]),
        ({"a": Liar()}, {"a": 1}),
        (Number(3), 4),
        (Number(3), 3),
        (type, type),
    ],
)
def test_what_differs_or_is_foreign_is_not_the_same(one, other):
    assert not alike(one, other)
    assert not alike(other, one)


def test_lists_that_hold_themselves_and_deep_ones_come_to_an_end():
    loop: list[object] = [1]
    loop.append(loop)
    twin: list[object] = [1]
    twin.append(twin)
    assert alike(loop, twin)
    deep: object = 1
    for _ in range(100_000):
        deep = [deep]
    assert not alike(deep, 1)
    alike(deep, [deep])
    assert is_plain(deep)
    assert is_plain(loop)


data = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary(),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3) | st.tuples(inner)
    ),
)


@given(data, data)
def test_it_is_symmetric_and_everything_is_the_same_as_itself(one, other):
    assert alike(one, one)
    assert alike(one, other) == alike(other, one)
    assert is_plain(one)
