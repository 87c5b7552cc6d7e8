"""First this, then that; and where a message is about."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkers import Choice, First, FormatError, Frame, Function, Number, Source
from checkers.message import Message
from checkers.result import right

TOTAL = Function(name="total", examples=[(([1, 2],), 3), (([5],), 5)])
LOOP = First(Source(avoids=["sum()"])).then(TOTAL)
WITH = "def total(numbers):\n    return sum(numbers)"
WRONG = "def total(numbers):\n    return numbers[0]"
RIGHT = "def total(numbers):\n    result = 0\n    for n in numbers:\n        result += n\n    return result"
WHOLE = First(Number(84, abs=10), credit=0.5).then(Number(84))


def test_the_first_key_that_is_not_passed_speaks(worker):
    result = LOOP.grade({"code": WITH}, worker)
    assert result.feedback == Source(avoids=["sum()"]).grade({"code": WITH}).feedback
    assert result.score == 0
    assert LOOP.grade({"code": WRONG}, worker).feedback == TOTAL.grade({"code": WRONG}, worker).feedback
    assert LOOP.grade({"code": RIGHT}, worker).correct


def test_passing_a_key_is_worth_its_credit():
    assert WHOLE.grade("84").score == 1
    assert WHOLE.grade("80").score == pytest.approx(0.5)
    assert WHOLE.grade("20").score == 0
    assert WHOLE.grade("80").feedback == Number(84).grade("80").feedback


def test_it_looks_like_its_last_key():
    assert (LOOP.takes, LOOP.kind, LOOP.open) == ("source", "code", True)
    assert LOOP.asks() == TOTAL.asks()
    assert WHOLE.right() == Number(84).right()
    assert WHOLE.respond(84) == Number(84).respond(84)
    closed = First(Choice(right="a", wrong=["b", "c"])).then(Choice(right="a", wrong=["b"]))
    assert not closed.open
    assert closed.guess == pytest.approx(1 / 3)
    same = LOOP.arranged(lambda lines: lines)
    assert (same.takes, same.kind, same.open) == ("source", "code", True)
    assert closed.arranged(lambda o: sorted(o, reverse=True)).asks()["options"] == ["b", "a"]


def test_what_one_key_cannot_read_is_no_answer(worker):
    assert isinstance(WHOLE.grade("many"), FormatError)
    assert isinstance(LOOP.grade({"code": "def"}, worker), FormatError)
    assert First(Frame(3)).then(Frame(3)).expects(object()) is not None


def test_keys_for_values_are_passed_one_after_the_other():
    key = First(Frame(3.5, rel=0.5), credit=0.5).then(Frame(3.5))
    assert [key.check(value).score for value in (3.5, 4.5, 9.5)] == [1, 0.5, 0]


def test_two_answers_are_the_same_if_every_key_says_so(worker):
    assert WHOLE.same("84", "84.0")
    assert not WHOLE.same("84", "20")
    assert not WHOLE.same("84", "")
    assert LOOP.same(RIGHT, RIGHT, worker)


def test_adding_a_key_leaves_the_shorter_one_as_it_was():
    one = First(Number(84))
    one.then(Number(84), credit=0.5)
    assert len(one.keys) == 1
    assert one.grade("84").correct


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: First(3), "expected a checker"),
        (lambda: First(Number(1)).then("x"), "expected a checker"),
        (lambda: First(Number(1)).then(Source(uses=["for"])), "look at the same"),
        (lambda: First(Number(1), credit=1), "less than 1"),
        (lambda: First(Number(1), credit=0.6).then(Number(1), credit=0.6).then(Number(1)), "less than 1"),
    ],
)
def test_an_author_s_slip_is_refused_with_what_was_expected(make, says):
    with pytest.raises(ValueError, match=says):
        make()


@given(st.text() | st.integers() | st.none() | st.lists(st.text()))
def test_no_response_makes_it_raise_and_the_same_gets_the_same(response):
    result = WHOLE.check(response)
    assert result == WHOLE.check(response)
    json.dumps(result.to_json())


# Places --------------------------------------------------------------------------------------------


def test_a_message_may_be_told_where_it_is_about():
    result = Number(3).grade("-3")
    placed = result.at("In your {nth} call of `{name}`", nth="second", name="merge")
    assert placed.feedback == "In your second call of `merge`: " + result.feedback
    assert (placed.score, placed.mistake) == (result.score, result.mistake)
    assert placed.at("Part 2").feedback.startswith("Part 2: In your second call of `merge`: ")
    assert right().at("Here") == right()


@given(
    st.dictionaries(st.sampled_from("nab"), st.text(), min_size=1),
    st.dictionaries(st.sampled_from("nab"), st.text()),
)
def test_a_place_never_takes_a_message_s_own_values(own, params):
    message = Message(key="k", template=" ".join(f"{{{name}}}" for name in own), params=own)
    place = "At " + " ".join(f"<{{{name}}}>" for name in params)
    placed = message.at(place, **params)
    assert placed.text == "At " + " ".join(f"<{value}>" for value in params.values()) + ": " + message.text
