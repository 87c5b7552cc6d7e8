"""Parts of a drawing to shade, and places on a number line."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkers import FormatError, Shade
from checkers.drawing import MOST_PARTS

BAR = Shade("3/4", parts=8)
LINE = Shade("3/4", parts=8, shape="line", wholes=2)
UNEQUAL = Shade("1/2", parts=[2, 1, 1])
TWO = Shade("5/4", parts=4, shape="circle", wholes=2)
HALF_OF_TWO = Shade("1/4", parts=4, wholes=2)
DIAGONAL = Shade(exactly=[1, 6, 11], parts=12, shape="grid", columns=4)


def first(count):
    return list(range(1, count + 1))


@pytest.mark.parametrize(
    ("key", "response"),
    [
        (BAR, first(6)),
        (BAR, [8, 7, 6, 3, 2, 1]),
        (Shade("6/8", parts=4), [2, 3, 4]),
        (Shade("1", parts=4), first(4)),
        (Shade("1 1/4", parts=4, wholes=2), [1, 2, 3, 4, 8]),
        (UNEQUAL, [1]),
        (UNEQUAL, [2, 3]),
        (LINE, 6),
        (Shade("1 3/4", parts=4, shape="line", wholes=2), 7),
        (DIAGONAL, [11, 6, 1]),
    ],
)
def test_every_equivalent_amount_is_right(key, response):
    assert key.grade(response).score == 1


@pytest.mark.parametrize(
    ("key", "response", "mistake"),
    [
        (BAR, first(2), "complement"),
        (BAR, first(3), "numerator-counted"),
        (BAR, first(4), "denominator-counted"),
        (BAR, first(5), "one-fewer"),
        (BAR, first(7), "one-more"),
        (BAR, first(8), "everything"),
        (BAR, first(1), "other-side-of-half"),
        (Shade("5/6", parts=6), first(3), "other-number-of-shares"),
        (Shade("2/3", parts=9), first(8), "broken-share"),
        (Shade("1/3", parts=[2, 1, 3]), [1, 2], None),
        (Shade("2", parts=3, wholes=3), [1], None),
        (Shade("2/5", parts=20), first(12), "complement"),
        (Shade("3/4", parts=[3, 3, 6]), [1, 2, 3], "unequal-parts"),
        (UNEQUAL, [2], "unequal-parts"),
        (Shade("3/4", parts=4, wholes=2), first(6), "all-as-one"),
        (Shade("2/3", parts=6, wholes=2), first(9), "inverted"),
        (Shade("1/3", parts=12), first(3), "denominator-counted"),
        (Shade("2/3", parts=15), first(6), "part-to-rest"),
        (TWO, first(1), "whole-left-out"),
        (TWO, first(3), "complement"),
        (HALF_OF_TWO, [1, 5, 6, 7, 8, 2], "other-whole"),
        (Shade("2", parts=4, wholes=3), first(2), "parts-for-wholes"),
        (LINE, 5, "marks-counted"),
        (LINE, 7, "one-more"),
        (LINE, 3, "numerator-counted"),
        (LINE, 4, "denominator-counted"),
        (LINE, 10, "from-the-end"),
        (LINE, 12, "all-as-one"),
        (LINE, 8, "at-a-whole"),
        (LINE, 13, "other-whole"),
        (LINE, 1, "broken-share"),
        (LINE, 2, "other-number-of-shares"),
        (Shade("7/4", parts=4, shape="line", wholes=3), 3, "whole-left-out"),
        (DIAGONAL, [2, 7, 12], "shifted"),
        (DIAGONAL, [1, 6], "incomplete"),
        (DIAGONAL, [1, 6, 11, 12], "too-many"),
        (DIAGONAL, [n for n in range(1, 13) if n not in (1, 6, 11)], "complement"),
        (DIAGONAL, [2, 3], "none-fits"),
        (DIAGONAL, [1, 6, 10], "other-parts"),
        (DIAGONAL, [1, 2], None),
    ],
)
def test_a_slip_is_named(key, response, mistake):
    result = key.grade(response)
    assert result.mistake == mistake
    assert not result.correct
    assert "{" not in result.feedback
    assert len(result.feedback.split()) <= 60


@pytest.mark.parametrize(
    ("key", "response"),
    [
        *((BAR, r) for r in (None, "", [], [0], [9], ["1"], [True], "123", {}, 3, [1.0], [1] * 9, [[1]])),
        *((LINE, r) for r in (None, "", [], -1, 17, True, 1.0, "3", [3])),
    ],
    ids=str,
)
def test_what_are_no_parts_is_no_answer(key, response):
    assert isinstance(key.grade(response), FormatError)


def test_part_of_particular_parts_is_part_of_the_credit_and_shading_all_gains_nothing():
    assert DIAGONAL.grade([1, 6]).score == pytest.approx(2 / 3)
    assert DIAGONAL.grade(first(12)).score == pytest.approx(0)


def test_code_may_make_the_parts():
    assert BAR.respond({1, 2}) == [1, 2]
    assert BAR.respond(range(1, 7)) == first(6)
    assert LINE.respond(6) == 6
    for key, value in ((BAR, 6), (LINE, [6]), (LINE, "6")):
        assert isinstance(key.respond(value), FormatError)


def test_two_answers_are_the_same_if_they_are_the_same_amount_or_the_same_parts_where_these_count():
    assert BAR.same(first(3), [6, 7, 8])
    assert not BAR.same(first(3), first(2))
    assert not BAR.same(first(3), None)
    assert not DIAGONAL.same([1, 2], [2, 3])
    assert LINE.same(3, 3)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({"amount": "3/4", "parts": 6}, "parts=6 can make"),
        ({"amount": "1/3", "parts": [2, 2, 4]}, "can make"),
        ({"amount": "3/2", "parts": 4}, "above 0"),
        ({"amount": "x", "parts": 4}, "a fraction above 0"),
        ({"amount": 0, "parts": 4}, "above 0"),
        ({"parts": 4}, "one of them"),
        ({"amount": "1/2", "exactly": [1], "parts": 4}, "one of them"),
        ({"exactly": [5], "parts": 4}, "parts 1 to 4"),
        ({"exactly": [1, 2, 3, 4], "parts": 4}, "parts 1 to 4"),
        ({"exactly": [1], "parts": 4, "shape": "line"}, "expected some"),
        ({"amount": "1/2", "parts": 4, "shape": "star"}, "bar, circle, grid, line"),
        ({"amount": "1/2", "parts": "4"}, "how many there are"),
        ({"amount": "1/2", "parts": [0, 1]}, "their sizes"),
        ({"amount": "1/2", "parts": [2, 1, 1], "shape": "grid"}, "bars and circles"),
        ({"amount": "1/2", "parts": 4, "wholes": 0}, "from 1 to"),
        ({"amount": "1/2", "parts": 100}, "2 to 24 for a bar"),
        ({"amount": "1/2", "parts": 12, "shape": "grid", "columns": 5}, "divides the 12"),
        ({"amount": "1/2", "parts": 12, "columns": 4}, "of a grid"),
        ({"amount": "1/2", "parts": 46, "shape": "grid"}, "a side"),
    ],
)
def test_an_author_s_slip_is_refused_with_what_was_expected(arguments, says):
    with pytest.raises(ValueError, match=says):
        Shade(**arguments)


@st.composite
def keys(draw):
    """Any key that an author may write."""
    shape = draw(st.sampled_from(sorted(MOST_PARTS)))
    wholes = draw(st.integers(1, 3))
    count = draw(st.integers(2, MOST_PARTS[shape] // wholes if shape != "grid" else 20))
    if draw(st.booleans()) and shape != "line":
        some = draw(st.sets(st.integers(1, count * wholes), min_size=1, max_size=count * wholes - 1))
        return Shade(exactly=some, parts=count, shape=shape, wholes=wholes)
    return Shade(f"{draw(st.integers(1, count * wholes))}/{count}", parts=count, shape=shape, wholes=wholes)


@given(keys())
def test_the_right_response_is_right_and_what_is_asked_does_not_hold_it(key):
    assert key.grade(key.right()).correct
    assert json.loads(json.dumps(key.asks())) == key.asks()
    if key.exactly is None:
        # What is drawn is the same whatever amount of it is asked for.
        each = len(key.drawing.sizes)
        other = Shade(f"1/{each}", parts=each, shape=key.drawing.shape, wholes=key.drawing.wholes)
        assert other.asks() == key.asks()
    assert 0 < key.guess <= 0.5


@given(keys(), st.lists(st.integers(-1, 40)) | st.integers(-1, 60) | st.text() | st.none())
def test_no_response_makes_it_raise_and_the_same_gets_the_same(key, response):
    result = key.check(response)
    assert result == key.check(response)
    assert "{" not in result.feedback
    json.dumps(result.to_json())


@given(keys(), st.data())
def test_only_the_amount_counts_unless_particular_parts_are_asked_for(key, data):
    if key.drawing.shape == "line":
        return
    some = data.draw(st.sets(st.integers(1, key.drawing.parts), min_size=1))
    right = some == set(key.exactly) if key.exactly else key.drawing.amount(some) == key.amount.value
    assert key.grade(sorted(some)).correct == right
