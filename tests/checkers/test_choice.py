"""Picking from options."""

import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkers import Choice, FormatError, MultipleChoice

ONE = Choice(right="`df.shape`", wrong=["`df.size`", "`len(df)`"])
SOME = MultipleChoice(right=["a", "b"], wrong=["c", "d", "e"])


def test_the_right_option_scores_one_and_every_other_one_nothing():
    assert ONE.grade("`df.shape`").score == 1
    assert [ONE.grade(o).score for o in ("`df.size`", "`len(df)`")] == [0, 0]


@pytest.mark.parametrize("key", [ONE, SOME])
def test_the_order_shown_comes_from_the_draw_and_not_from_the_key(key):
    orders = {
        tuple(key.arranged(lambda o, s=s: random.Random(s).sample(o, len(o))).asks()["options"])
        for s in range(60)
    }
    assert len(orders) >= 6
    assert key.asks()["options"] == sorted(key.asks()["options"])


@pytest.mark.parametrize(
    ("picked", "score", "mistake"),
    [
        (["a", "b"], 1, None),
        (["b", "a", "a"], 1, None),
        (["a"], 0.5, "missing"),
        (["a", "b", "c"], 0.5, "extra"),
        (["a", "c"], 0, "mixed"),
        (["c"], 0, "none-fits"),
        (["a", "b", "c", "d", "e"], 0, "extra"),
    ],
)
def test_each_wrong_pick_takes_away_what_a_right_one_gives(picked, score, mistake):
    result = SOME.grade(picked)
    assert (result.score, result.mistake) == (score, mistake)


@given(st.integers(1, 6), st.integers(1, 6))
def test_picking_all_options_earns_nothing(rights, wrongs):
    key = MultipleChoice(right=[f"r{n}" for n in range(rights)], wrong=[f"w{n}" for n in range(wrongs)])
    assert key.grade(key.asks()["options"]).score == 0


@pytest.mark.parametrize(
    ("key", "response", "problem"),
    [
        (ONE, "", "blank"),
        (ONE, None, "blank"),
        (ONE, "df.shape", "no-option"),
        (ONE, 3, "no-option"),
        (ONE, ["`df.shape`"], "no-option"),
        (SOME, [], "blank"),
        (SOME, ["a", "z"], "no-option"),
        (SOME, "a", "no-option"),
        (SOME, [["a"]], "no-option"),
    ],
)
def test_what_is_no_option_is_told_and_not_judged(key, response, problem):
    error = key.grade(response)
    assert isinstance(error, FormatError)
    assert error.message.key == problem


def test_the_chance_of_guessing_is_one_in_the_number_of_options_or_of_subsets():
    assert ONE.guess == pytest.approx(1 / 3)
    assert SOME.guess == pytest.approx(1 / 31)
    assert not ONE.open
    assert not SOME.open


def test_a_value_from_code_stands_for_the_option_of_that_text():
    assert ONE.respond("`df.size`") == "`df.size`"
    assert isinstance(ONE.respond(3), FormatError)
    assert SOME.respond(("b", "a")) == ["a", "b"]
    assert isinstance(SOME.respond([1]), FormatError)
    assert isinstance(SOME.respond(abs), FormatError)


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: Choice(right="a", wrong=[]), "at least one wrong"),
        (lambda: Choice(right="a", wrong="b"), "list"),
        (lambda: Choice(right="a", wrong=["b", "b "]), "twice"),
        (lambda: Choice(right="", wrong=["b"]), "expected a text"),
        (lambda: MultipleChoice(right=[], wrong=["b"]), "at least one"),
        (lambda: MultipleChoice(right=["a"], wrong=[]), "at least one"),
    ],
)
def test_an_author_s_slip_is_refused_with_what_was_expected(make, says):
    with pytest.raises(ValueError, match=says):
        make()


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda v: st.lists(v, max_size=3) | st.dictionaries(st.text(), v, max_size=3),
)


@given(json_values)
def test_no_response_makes_it_raise(response):
    for key in (ONE, SOME):
        assert 0 <= key.check(response).score <= 1
        key.grade(response)
        json.dumps(key.asks())


def test_what_the_author_says_of_a_wrong_option_is_told():
    key = Choice(right="float", wrong={"int": "Divide 3 by 2 first.", "str": "Quotes make a text."})
    result = key.grade("str")
    assert (result.score, result.mistake, result.feedback) == (0, "option-2", "Quotes make a text.")
    assert key.arranged(lambda options: [*options][::-1]).grade("str").mistake == "option-2"


def test_of_several_wrong_picks_the_first_is_told():
    key = MultipleChoice(right=["2", "10"], wrong={"7": "7 leaves 1 over.", "15": "15 leaves 1 over."})
    result = key.grade(["2", "15", "10", "7"])
    assert result.mistake == "option-1"
    assert "“7”" in result.feedback
    assert "7 leaves 1 over." in result.feedback
    assert key.grade(["2"]).mistake == "missing"


@pytest.mark.parametrize("says", ["", None, 3])
def test_an_option_that_comes_with_nothing_to_tell_is_an_author_error(says):
    with pytest.raises(ValueError, match="what is told of it"):
        Choice(right="a", wrong={"b": says})
