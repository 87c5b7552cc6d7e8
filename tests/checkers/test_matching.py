"""Matching pairs."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkers import FormatError, Matching

PAIRS = {
    "mean": "sum by count",
    "median": "in the middle",
    "mode": "most frequent",
    "range": "last minus first",
}
KEY = Matching(PAIRS, distractors=["square root of the variance"])


def swapped(one, other, **more):
    return {**PAIRS, one: PAIRS[other], other: PAIRS[one], **more}


def test_where_partners_may_be_shared_the_one_that_is_wrong_is_named():
    key = Matching({"owl": "bird", "hawk": "bird", "bat": "mammal", "newt": "amphibian"})
    one = key.grade({"owl": "bird", "hawk": "mammal", "bat": "mammal", "newt": "amphibian"})
    assert one.mistake == "one-wrong"
    assert "“hawk” is not “mammal”" in one.feedback
    two = key.grade({"owl": "mammal", "hawk": "mammal", "bat": "mammal", "newt": "amphibian"})
    assert two.mistake is None
    assert "2 of 4 fit. Begin with “owl”" in two.feedback


@pytest.mark.parametrize(
    ("response", "mistake", "score", "says"),
    [
        (PAIRS, None, 1, ""),
        (swapped("mean", "median"), "exchanged", 1 / 3, "“mean” and “median”"),
        ({**PAIRS, "mode": "square root of the variance"}, "distractor", 2 / 3, "belongs to none"),
        ({**PAIRS, "mode": "in the middle"}, "twice", 2 / 3, "for “mode” and for “median”"),
        (
            dict(zip(PAIRS, [*list(PAIRS.values())[1:], "sum by count"], strict=True)),
            "none-fits",
            0,
            "None fits",
        ),
        (
            {**PAIRS, "mean": "in the middle", "median": "most frequent", "mode": "sum by count"},
            "in-a-circle",
            0,
            "All fit but 3, which have each other's partners. Begin with “mean”",
        ),
    ],
)
def test_what_fits_gives_credit_and_what_does_not_is_told(response, mistake, score, says):
    result = KEY.grade(response)
    assert (result.mistake, round(result.score, 6)) == (mistake, round(score, 6)), result.feedback
    assert says in result.feedback


@pytest.mark.parametrize(
    ("response", "key"),
    [
        (None, "blank"),
        ({}, "blank"),
        ({"mean": ""}, "blank"),
        ({"mean": "in the middle"}, "incomplete"),
        ({**PAIRS, "mean": None}, "incomplete"),
        ({**PAIRS, "mean": "new"}, "no-pairs"),
        ({**PAIRS, "new": "in the middle"}, "no-pairs"),
        ([["mean", "in the middle"]], "no-pairs"),
        ("mean", "no-pairs"),
    ],
)
def test_what_is_not_complete_is_no_answer(response, key):
    error = KEY.parse(response)
    assert isinstance(error, FormatError)
    assert error.message.key == key


def test_guessing_gains_nothing_on_average():
    from itertools import permutations

    key = Matching({"a": "1", "b": "2", "c": "3"})
    scores = [key.check(dict(zip("abc", p, strict=True))).score for p in permutations("123")]
    assert sum(scores) / len(scores) < 1 / 3
    assert key.guess == pytest.approx(1 / 6)
    assert KEY.guess == pytest.approx(1 / 120)


def test_several_may_share_a_partner():
    key = Matching({"list": "changes", "dict": "changes", "tuple": "stays"})
    assert key.grade({"list": "changes", "dict": "changes", "tuple": "stays"}).correct
    assert key.grade({"list": "changes", "dict": "stays", "tuple": "stays"}).score < 1
    assert key.guess == pytest.approx(1 / 8)


def test_what_is_shown_does_not_tell_what_belongs_together():
    assert KEY.asks() == {
        "kind": "matching",
        "left": sorted(PAIRS),
        "right": sorted([*PAIRS.values(), *KEY.distractors]),
    }
    turned = KEY.arranged(lambda options: list(reversed(options)))
    assert turned.asks()["left"] == sorted(PAIRS, reverse=True)
    assert turned.grade(KEY.right()).correct


@pytest.mark.parametrize(
    ("pairs", "distractors"),
    [
        ({"a": "1"}, []),
        ({"a": "1", "b": ""}, []),
        ({"a": "1", "b": "2"}, ["1"]),
        ({"a": "1", "b": "2"}, "3"),
        ({"a": "1", "b": "1"}, []),
    ],
)
def test_an_author_s_slip_is_refused_with_what_was_expected(pairs, distractors):
    with pytest.raises(ValueError, match="expected"):
        Matching(pairs, distractors=distractors)


@given(
    st.dictionaries(st.sampled_from([*PAIRS, "x"]), st.sampled_from([*PAIRS.values(), "x", ""])) | st.text()
)
def test_no_response_makes_it_raise_and_the_same_gets_the_same(response):
    assert KEY.check(response) == KEY.check(response)
    json.dumps(KEY.check(response).to_json())
    assert KEY.check(json.loads(json.dumps(KEY.right()))).correct
