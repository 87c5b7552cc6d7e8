"""Several answers in one question."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkers import Choice, FormatError, Frame, Function, Matching, Number, Parts, Shade, Source, Text

MEAN = Choice(right="all values", wrong=["the middle one", "the largest"])
KEY = Parts({"Median": Number(3), "Mean": Number(4, unit="g"), "Uses": MEAN}, weights={"Median": 2})
RIGHT = {"Median": "3", "Mean": "4 g", "Uses": "all values"}
CODE = Parts(
    {
        "smaller": Function(name="smaller", examples=[((1, 2), 1), ((5, 3), 3)]),
        "larger": Function(name="larger", examples=[((1, 2), 2), ((5, 3), 5)]),
    }
)
VALUES = Parts({"How many": Frame(3), "Half": Shade("1/2", parts=4), "All": Frame([1, 2])})


def test_all_parts_right_is_right():
    result = KEY.grade(RIGHT)
    assert result.correct
    assert [(p.name, p.weight, p.score) for p in result.parts] == [
        ("Median", 0.5, 1),
        ("Mean", 0.25, 1),
        ("Uses", 0.25, 1),
    ]
    assert KEY.grade(KEY.right()).correct


def test_what_is_right_is_named_first_and_each_other_part_with_its_place():
    result = KEY.grade({**RIGHT, "Median": "-3", "Mean": "4 cm"})
    assert result.score == pytest.approx(0.25)
    assert result.mistake == "part-1-sign"
    texts = [message.text for message in result.messages]
    assert texts[0] == "1 of 3 is right: Uses."
    assert texts[1].startswith("Median: The size of your number fits")
    assert texts[2].startswith("Mean: Your unit `cm`")
    assert texts[1] == "Median: " + Number(3).grade("-3").feedback


def test_where_none_is_right_nothing_is_said_to_be():
    texts = [m.text for m in KEY.grade({"Median": "9", "Mean": "9 g", "Uses": "the largest"}).messages]
    assert [text.split(":")[0] for text in texts] == ["Median", "Mean", "Uses"]


@pytest.mark.parametrize(
    ("response", "key", "says"),
    [
        (None, "blank", "Nothing is answered"),
        ({}, "blank", "Nothing is answered"),
        ({"Median": "", "Uses": None}, "blank", "Nothing is answered"),
        ({**RIGHT, "Mean": ""}, "blank", "Mean: There is no number"),
        ({**RIGHT, "Mean": "4"}, "unit-missing", "Mean: The number is there"),
        ({**RIGHT, "Mode": "3"}, "no-parts", "parts that are shown"),
        (["3"], "no-parts", "parts that are shown"),
        ({1: 2}, "no-parts", "parts that are shown"),
    ],
)
def test_what_cannot_be_read_is_told_of_its_part(response, key, says):
    error = KEY.grade(response)
    assert isinstance(error, FormatError)
    assert error.message.key == key
    assert says in error.message.text


def test_it_is_open_if_one_of_the_parts_is_and_is_guessed_only_whole():
    closed = Parts({"a": MEAN, "b": Choice(right="x", wrong=["y"]), "c": Shade("1/2", parts=4)})
    assert not closed.open
    assert closed.guess == pytest.approx(1 / 3 * 1 / 2 * 1 / 4)
    assert KEY.open
    assert KEY.guess == pytest.approx(0.05 * 0.05 / 3)


def test_what_is_asked_is_what_the_parts_ask():
    asks = KEY.asks()
    assert asks == {
        "kind": "parts",
        "fields": [{"name": name, "ask": key.asks()} for name, key in KEY.keys],
    }
    assert json.loads(json.dumps(asks)) == asks
    turned = KEY.arranged(lambda options: sorted(options, reverse=True))
    assert dict(turned.keys)["Uses"].asks()["options"] == ["the middle one", "the largest", "all values"]


def test_two_answers_are_the_same_if_all_parts_are():
    assert KEY.same(RIGHT, {**RIGHT, "Mean": "0.004 kg"})
    assert not KEY.same(RIGHT, {**RIGHT, "Median": "4"})
    assert not KEY.same(RIGHT, None)
    assert not VALUES.same({"How many": 1}, {"How many": 1})
    ours = {"How many": 3, "Half": [1], "All": [1]}
    assert VALUES.same(ours, {**ours, "Half": [2]})


def test_parts_may_look_at_the_same_code(worker):
    for key in (CODE, CODE.arranged(lambda lines: lines)):
        assert (key.takes, key.kind, key.right()) == ("source", "code", None)
    both = "def smaller(a, b):\n    return min(a, b)\n\ndef larger(a, b):\n    return {}"
    assert CODE.grade({"code": both.format("max(a, b)")}, worker).correct
    result = CODE.grade({"code": both.format("a")}, worker)
    assert result.score == pytest.approx(0.75)
    assert [p.score for p in result.parts] == [1, 0.5]
    assert "larger: " in result.feedback
    assert isinstance(CODE.grade({"code": "def"}, worker), FormatError)


def test_code_may_make_all_parts_in_one_dict():
    assert VALUES.takes == "value"
    right = {"How many": 3, "Half": [1, 2], "All": [1, 2]}
    assert VALUES.expects(right) is None
    assert VALUES.check(right).correct
    result = VALUES.check({**right, "How many": 4})
    assert result.score == pytest.approx(2 / 3)
    assert "How many: " in result.feedback
    for value, says in (
        (3, "a whole number"),
        ({"Half": [1]}, "a part is missing"),
        ({**right, "Half": 3}, "Half: "),
    ):
        assert says in VALUES.expects(value).message.text
        assert not VALUES.check(value).correct


def test_what_code_makes_stands_for_a_response():
    assert KEY.respond({"Median": 3, "Mean": "4 g", "Uses": "all values"})["Uses"] == "all values"
    assert isinstance(KEY.respond([3, 4]), FormatError)
    assert KEY.respond({"Median": 3, "Mean": "4 g", "Uses": 7}).message.text.startswith("Uses: ")


@pytest.mark.parametrize(
    ("keys", "weights", "says"),
    [
        ({"a": Number(1)}, None, "2 to 12"),
        ([Number(1), Number(2)], None, "a dict"),
        ({"a": Number(1), "b": 2}, None, "expected a checker"),
        ({"a": Number(1), " ": Number(2)}, None, "a short text"),
        ({"a": Number(1), "{b}": Number(2)}, None, "without braces"),
        ({"a": Number(1), "b": Number(2)}, {"c": 1}, "above 0 for a, b"),
        ({"a": Number(1), "b": Number(2)}, {"a": 0}, "above 0"),
        ({"a": Number(1), "b": Source(uses=["for"])}, None, "one sort"),
    ],
)
def test_an_author_s_slip_is_refused_with_what_was_expected(keys, weights, says):
    with pytest.raises(ValueError, match=says):
        Parts(keys, weights=weights)


SOME = st.sampled_from(
    [
        Number(3),
        Text("median"),
        MEAN,
        Shade("3/4", parts=8),
        Matching({"a": "1", "b": "2"}),
        Parts({"x": Number(1), "y": MEAN}),
    ]
)
COMPOSED = st.lists(SOME, min_size=2, max_size=4).map(
    lambda keys: Parts({f"part {n}": k for n, k in enumerate(keys)})
)
NAMES = st.sampled_from(["part 0", "part 1", "x"])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner),
)


@given(COMPOSED, JSON, st.data())
def test_no_response_makes_it_raise_and_the_same_gets_the_same(key, response, data):
    some = {name: data.draw(st.sampled_from([part.right(), response, "3"])) for name, part in key.keys}
    for each in (response, some):
        result = key.check(each)
        assert result == key.check(each)
        json.dumps(result.to_json())


@given(COMPOSED, st.data())
def test_the_score_is_the_mean_of_the_parts_scores(key, data):
    some = {name: data.draw(st.sampled_from([part.right(), [1], "3"])) for name, part in key.keys}
    result = key.grade(some)
    if not isinstance(result, FormatError):
        scores = [part.grade(some[name]).score for name, part in key.keys]
        assert result.score == pytest.approx(sum(scores) / len(scores))
        assert result.correct == all(score == 1 for score in scores)
