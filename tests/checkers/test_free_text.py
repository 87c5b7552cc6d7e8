"""Texts that their writers assess."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkers import FormatError, FreeText

KEY = FreeText(
    criteria=["It names the median.", "It says why outliers do not move it."],
    exemplar="I take the median, as a few very large values leave the middle one where it is.",
)
MINE = "I would take the median of all incomes."


def test_a_text_alone_is_no_answer_yet_and_brings_the_example_and_the_points():
    for response in ({"text": MINE}, MINE, {"text": MINE, "met": []}):
        error = KEY.parse(response)
        assert isinstance(error, FormatError)
        assert error.message.key == "assess"
        assert error.begun
        assert "> I take the median" in error.message.text
        assert "2. It says why" in error.message.text


@pytest.mark.parametrize(
    ("met", "mistake", "score", "says"),
    [
        ([True, True], None, 1, ""),
        ([True, False], "criterion-2", 0.5, "does 1 of 2. The next to bring in: *It says why"),
        ([False, True], "criterion-1", 0.5, "It names the median"),
        ([False, False], "criterion-1", 0, "is a beginning"),
    ],
)
def test_the_score_is_the_share_of_what_is_met(met, mistake, score, says):
    result = KEY.grade({"text": MINE, "met": met})
    assert (result.mistake, result.score) == (mistake, score)
    assert says in result.feedback


@pytest.mark.parametrize(
    ("response", "key"),
    [
        (None, "blank"),
        ("", "blank"),
        ({"text": "  "}, "blank"),
        ({}, "blank"),
        ({"text": "The median"}, "too-short"),
        ({"text": "a " * 2501}, "too-long"),
        ({"text": 3}, "not-text"),
        ([MINE], "not-text"),
        ({"text": MINE, "met": [True]}, "not-met"),
        ({"text": MINE, "met": ["yes", "no"]}, "not-met"),
        ({"text": MINE, "met": 3}, "not-met"),
    ],
)
def test_what_cannot_be_read_is_no_answer(response, key):
    error = KEY.parse(response)
    assert isinstance(error, FormatError)
    assert error.message.key == key


def test_what_is_asked_holds_neither_the_example_nor_the_points():
    assert KEY.asks() == {"kind": "free-text", "criteria": 2, "least": 5}
    assert KEY.grade(KEY.right()).correct


def test_two_answers_are_the_same_if_they_lack_the_same():
    assert KEY.same({"text": MINE, "met": [True, False]}, {"text": MINE + " Yes.", "met": [True, False]})
    assert not KEY.same({"text": MINE, "met": [True, False]}, {"text": MINE, "met": [True, True]})
    assert not KEY.same({"text": MINE}, {"text": MINE})


def test_it_weighs_little_as_its_writer_is_its_judge():
    assert KEY.guess == 0.5


@pytest.mark.parametrize(
    "arguments",
    [
        {"criteria": [], "exemplar": "a"},
        {"criteria": "It", "exemplar": "a"},
        {"criteria": ["It"], "exemplar": " "},
    ],
)
def test_an_author_s_slip_is_refused_with_what_was_expected(arguments):
    with pytest.raises(ValueError, match="expected"):
        FreeText(**arguments)


@given(st.text() | st.fixed_dictionaries({"text": st.text(), "met": st.lists(st.booleans() | st.none())}))
def test_no_response_makes_it_raise_and_the_same_gets_the_same(response):
    assert KEY.check(response) == KEY.check(response)
    json.dumps(KEY.check(response).to_json())
