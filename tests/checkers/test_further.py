"""Calls made from examples: more of the same kind, and nothing that the examples speak against."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkers.further import MOST, further


@pytest.mark.parametrize(
    ("examples", "holds"),
    [
        ([(0,), (3,), (9,)], lambda n: 0 <= n <= 9),
        ([(2,), (4,), (10,)], lambda n: n % 2 == 0),
        ([([1, 5, 10],), ([],), ([2, 3],)], lambda a: all(x < y for x, y in pairwise(a))),
        ([([3, 1],), ([2, 9, 4],)], lambda a: len(a) > 1 and len(set(a)) == len(a)),
        ([("ACGT",), ("GGA",)], lambda s: s and set(s) <= set("ACGT")),
        ([("2024-01-31",), ("1999-12-01",)], lambda s: s.count("-") == 2),
        ([("one two",), ("three",)], lambda s: s == s.strip() and "  " not in s),
        ([([("F", 18), ("M", 30)],), ([("M", 7)],)], lambda a: all(type(x) is str for x, _ in a)),
        ([([("F", 18), ("M", 30)],), ([("M", 7)],)], lambda a: len({y for _, y in a}) == len(a)),
        ([([[1, 2], [3, 4]],), ([[5]],)], lambda m: all(len(row) == len(m) for row in m)),
        ([(True,), (False,)], lambda b: type(b) is bool),
    ],
)
def test_what_holds_for_all_examples_holds_for_what_is_made_of_them(examples, holds):
    assert all(holds(*args) for args in further(examples))


@pytest.mark.parametrize(
    ("examples", "holds"),
    [
        ([(1, 5), (0, 9), (3, 4)], lambda a, b: a < b),
        ([([1, 2, 3], 2), ([4, 5], 1), ([7], 0)], lambda a, k: k < len(a)),
        ([([1, 2, 3], 3), ([4, 5], 4)], lambda a, x: x in a),
        ([("ab", "xy"), ("abc", "zzz")], lambda a, b: len(a) == len(b)),
        ([(12, 4), (9, 3), (10, 5)], lambda a, b: a % b == 0),
        ([(0, 1), (1, 0), (2, 2)], lambda a, b: a or b),
    ],
)
def test_what_holds_between_arguments_stays_so(examples, holds):
    made = further(examples)
    assert all(holds(*args) for args in made)


def test_they_reach_where_examples_point():
    made = [a for (a,) in further([([],), ([1],), ([2, 2],), ([3, -1, 2],)])]
    assert any(len(a) > 2 and len(set(a)) < len(a) for a in made)
    assert any(len(a) == 1 and a[0] < 0 for a in made)
    assert any(a == sorted(a) and len(a) > 2 for a in made)


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.tuples(inner, inner)
        | st.dictionaries(st.text(max_size=3), inner, max_size=3)
        | st.sets(st.integers(), max_size=3)
    ),
    max_leaves=8,
)


@given(st.lists(st.lists(values, max_size=3).map(tuple), min_size=1, max_size=5))
def test_whatever_the_examples_are_it_makes_the_same_calls_each_time_and_none_that_was_given(examples):
    made = further(examples)
    assert repr(made) == repr(further(examples))
    assert len(made) <= MOST
    assert not {repr(args) for args in made} & {repr(args) for args in examples}
    assert all(len(args) in {len(example) for example in examples} for args in made)


def test_foreign_objects_are_left_as_they_are():
    class Odd:
        def __repr__(self):
            return "Odd"

    odd = Odd()
    assert all(type(args[0]) is Odd for args in further([(odd, 1), (odd, 5)]))
