"""Short texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkers import FormatError, Text
from checkers.text import distance

KEY = Text("Série", "data frame")


@pytest.mark.parametrize(
    "written", ["Série", "  série ", "SERIE", "Se\u0301rie", "data   frame", "Data Frame", "data\u00a0frame"]
)
def test_ways_of_writing_that_do_not_matter_are_right(written):
    assert KEY.grade(written).score == 1


def test_typographic_quotes_and_dashes_are_like_plain_ones():
    assert Text("it's a-b").grade("it’s a–b").score == 1


@pytest.mark.parametrize(
    ("key", "written", "mistake"),
    [
        (Text("median"), "medain", "spelling"),
        (Text("median"), "mediann", "spelling"),
        (Text("median"), "mean", None),
        (Text("mean"), "maen", "spelling"),
        (Text("sum"), "sun", None),
        (Text("chinstrap"), "chnstrp", "spelling"),
        (Text("group 12"), "group 13", None),
        (Text("sort", spelling=False), "sorf", None),
        (Text("Adelie", case=True), "adelie", "case"),
        (Text("été", accents=True), "ete", "accents"),
        (Text("mean"), "'mean'", "quotes"),
        (Text("mean"), "mode", None),
    ],
)
def test_a_near_miss_is_told_for_what_it_is(key, written, mistake):
    result = key.grade(written)
    assert (result.score, result.mistake) == (0, mistake)


@pytest.mark.parametrize("response", [None, "", "  \n", 3, ["mean"], {}, "x" * 3000])
def test_what_is_no_short_text_is_no_answer(response):
    assert isinstance(KEY.grade(response), FormatError)


def test_feedback_and_what_is_asked_do_not_hold_the_answer():
    assert KEY.asks() == {"kind": "text"}
    assert "median" not in Text("median").grade("medain").feedback


@given(st.text(min_size=1).filter(lambda t: t.split()), st.text())
def test_the_key_s_own_answer_is_right_and_nothing_makes_it_raise(accept, response):
    for key in (Text(accept), Text(accept, case=True, accents=True)):
        assert key.grade(key.right()[:2000]).score == 1
        assert key.check(response) == key.check(response)
        assert key.same(key.parse(accept), key.parse(f"  {accept} "))


@pytest.mark.parametrize(
    ("one", "other", "steps"), [("ab", "ba", 1), ("abc", "abc", 0), ("abc", "", 3), ("kitten", "sitting", 3)]
)
def test_the_distance_counts_letters_put_in_left_out_changed_or_swapped(one, other, steps):
    assert distance(one, other, 5) == steps
    assert distance(one, other, 0) == min(steps, 1)


@pytest.mark.parametrize("accept", [(), ("",), (3,)])
def test_an_author_gives_texts(accept):
    with pytest.raises(ValueError, match="Text is given"):
        Text(*accept)


TERM = Text("standard deviation", wrong=["variance"])
STEM = Text("median", wrong={"mean": "The mean adds all up."})


@pytest.mark.parametrize(
    ("key", "response", "mistake"),
    [
        (TERM, "Variance", "other-term"),
        (TERM, "deviation", "part"),
        (TERM, "the standard deviation of the sample", "more-around"),
        (TERM, "standard deviation or variance", "two-answers"),
        (TERM, "not the standard deviation", "negated"),
        (TERM, "42", "number"),
        (STEM, "mean", "wrong-1"),
        (STEM, "medi", "beginning"),
        (STEM, "average", None),
        (Text("filter"), "filtering", "other-form"),
        (Text("column"), "row", None),
    ],
)
def test_how_a_word_misses_is_told(key, response, mistake):
    result = key.grade(response)
    assert (result.score, result.mistake) == (0, mistake)


def test_a_regular_expression_takes_what_a_list_cannot_hold():
    key = Text("2 hours", matches=[r"\d+ ?h(ours?)?"])
    assert [key.grade(one).score for one in ("2 H", "12hours", "2 hours", "h", "2 hours or so")] == [
        1,
        1,
        1,
        0,
        0,
    ]


@pytest.mark.parametrize(
    ("made", "says"),
    [
        (lambda: Text("a", matches=["("]), "no regular expression"),
        (lambda: Text("mean", wrong=["Mean"]), "accepts it"),
        (lambda: Text("mean", wrong={"mode": 3}), "expected texts"),
    ],
)
def test_what_cannot_be_a_key_is_told_to_its_author(made, says):
    with pytest.raises(ValueError, match=says):
        made()
