"""Blanks in texts and in code."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkers import FillIn, FormatError, Function, Number, Text

WORDS = FillIn(
    "The ___ is not moved by ___ outliers: ___ at most.", ["median", ["a few", "few"], Number(50, unit="%")]
)
CODE = FillIn("for n in ___:\n    total ___ n", ["range(1, 10)", "+="], code=True)
ADD = FillIn(
    "def add(a, b):\n    return ___", ["a + b"], by=Function(name="add", examples=[((1, 2), 3), ((5, 5), 10)])
)


@pytest.mark.parametrize(
    ("key", "filled"),
    [
        (WORDS, ["Median", "few", "50 %"]),
        (WORDS, [" median ", "a  few", "50%"]),
        (CODE, ["range( 1,10 )", "+="]),
        (CODE, ["(range(1, 10))", " += "]),
        (FillIn("df[___]", ["'mass'"], code=True), ['"mass"']),
    ],
)
def test_ways_of_writing_that_do_not_matter_are_right(key, filled):
    assert key.grade(filled).score == 1


@pytest.mark.parametrize(
    ("key", "filled", "mistake", "score", "says"),
    [
        (WORDS, ["medain", "few", "50 %"], "spelling", 2 / 3, "2 of 3 blanks are right. Blank 1: `medain`"),
        (WORDS, ["median", "few", "500 %"], "power-of-ten", 2 / 3, "Blank 3: The digits fit"),
        (WORDS, ["mean", "many", "50 %"], None, 1 / 3, "Blank 1: `mean`"),
        (CODE, ["range(1, 11)", "+="], "arguments", 0.5, "Blank 1: `range` fits"),
        (
            CODE,
            ["numbers", "+="],
            "other-kind",
            0.5,
            "Blank 1: `numbers` is a name. What belongs here is a call",
        ),
        (CODE, ["enumerate", "+="], "other-kind", 0.5, "Blank 1: `enumerate` is a name."),
        (FillIn("x = ___ + 1", ["len(xs)"], code=True), ["'len'"], "other-kind", 0, "is a text in quotes"),
        (FillIn("x = ___", ["10"], code=True), ["9"], "off-by-one", 0, "A number is right here"),
        (FillIn("x = ___", ["10"], code=True), ["'ten'"], "other-kind", 0, "What belongs here is a number."),
        (
            FillIn("a = 1\nb = a + ___", ["a"], code=True),
            ["c"],
            "not-here",
            0,
            "nothing in this code is called `c`",
        ),
        (FillIn("x ___ 3", [">"], code=True), [">>"], "not-asking", 0, "which sign compares"),
        (FillIn("x = 2 ___ 3", ["+"], code=True), ["<"], "not-working-out", 0, "gives True or False"),
        (
            FillIn("t = 'ab'.___()", ["upper"], code=True),
            ["lower"],
            "does-else",
            0,
            "converted to lowercase”",
        ),
        (FillIn("t = ___(xs)", ["max"], code=True), ["min"], "does-else", 0, "smallest"),
        (FillIn("m = df.mass.___()", ["mean"], code=True), ["median"], "does-else", 0, "the median of"),
        (
            FillIn("m = df.mass.___()", ["mean"], code=True),
            ["average"],
            "no-such-name",
            0,
            "method called `average`",
        ),
        (
            FillIn("r = math.___(2)", ["sqrt"], code=True),
            ["exp"],
            "does-else",
            0,
            "Is this what should happen",
        ),
        (FillIn("r = requests.___(u)", ["get"], code=True), ["post"], "no-such-name", 0, "method called"),
        (FillIn("import requests\nr = requests.___(u)", ["get"], code=True), ["post"], None, 0, "`post`"),
        (FillIn("class A:\n    ...\na = A()\na.___()", ["index"], code=True), ["place"], None, 0, "`place`"),
        (
            FillIn("Side 7, area ___, round ___.", [Number(49), Number(28)]),
            ["49", "7"],
            "given",
            0.5,
            "given in the",
        ),
        (FillIn("From ___ to ___.", ["A", "B"]), ["A", "A"], "elsewhere", 0.5, "belongs into blank 1"),
        (CODE, ["range[1, 10]", "+="], "square-brackets", 0.5, "round brackets"),
        (CODE, ["(1, 10)", "+="], "not-called", 0.5, "still to be done"),
        (CODE, ["range(1, 10)", "="], "assigns", 0.5, "in place of the old one"),
        (CODE, ["range(1, 10)", "-="], "other-operator", 0.5, "works something else out"),
        (FillIn("x ___ 3", [">"], code=True), ["<"], "turned", 0, "the other way round"),
        (FillIn("x ___ 3", [">"], code=True), [">="], "boundary", 0, "at the border"),
        (FillIn("x ___ 3", ["=="], code=True), ["="], "one-equals", 0, "gives a name a value"),
        (FillIn("x ___ 3", [">="], code=True), ["=>"], "no-operator", 0, "Python has no"),
        (FillIn("if ___:", ["x % 2 == 0"], code=True), ["x % 2 == 1"], "one-number", 0, "but one number"),
        (FillIn("if ___:", ["x % 2 == 0"], code=True), ["n % 2 == 0"], "one-name", 0, "but one name"),
        (FillIn("___ of ___", ["share", "whole"]), ["whole", "share"], "exchanged", 0, "another blank"),
        (CODE, ["range(1, 10", "+="], "spelling", 0.5, "Blank 1"),
        (CODE, ["Range(1, 10)", "+="], "case", 0.5, "capitals matter"),
        (FillIn("x = ___", ["[1, 2, 3, 4]"], code=True), ["[5, 6"], "no-python", 0, "no Python as it stands"),
    ],
)
def test_the_first_blank_that_does_not_fit_is_told(key, filled, mistake, score, says):
    result = key.grade(filled)
    assert (result.mistake, round(result.score, 6)) == (mistake, round(score, 6)), result.feedback
    assert says in result.feedback
    assert len(result.parts) == len(filled)


def test_code_may_be_judged_by_what_it_does(worker):
    assert ADD.check(["a + b"], worker).correct
    assert ADD.check(["sum((a, b))"], worker).correct
    assert ADD.check(["a - b"], worker).score < 1
    assert ADD.check(["a - b"], worker).feedback.startswith("`add(1, 2)` gives `-1`; expected is `3`.")
    assert ADD.check(["(a +"], worker).mistake == "syntax"
    assert ADD.same(["a - b"], ["-(b - a)"], worker)


def test_what_code_does_is_told_with_the_only_blank_that_is_not_as_the_author_filled_it(worker):
    text = "def total(xs):\n    t = ___\n    for x in xs:\n        t ___ x\n    return t"
    key = FillIn(text, ["0", "+="], by=Function(name="total", examples=[(([],), 0), (([1, 2],), 3)]))
    assert key.check(["1", "+="], worker).feedback.startswith("Blank 1: `total([])` gives `1`")
    assert key.check(["0", "-="], worker).feedback.startswith("Blank 2: ")
    assert "Blank" not in key.check(["1", "-="], worker).feedback


@pytest.mark.parametrize(
    ("filled", "key"),
    [
        (None, "blank"),
        ([], "blank"),
        (["", " ", ""], "blank"),
        (["median", "", "50 %"], "empty"),
        (["median"], "not-blanks"),
        ("median", "not-blanks"),
        ({"a": 1}, "not-blanks"),
        ([None, None, None], "not-blanks"),
        (["median", "few", "fifty"], "not-number"),
        (["x" * 501, "few", "50 %"], "too-long"),
    ],
)
def test_what_is_not_filled_in_is_no_answer(filled, key):
    error = WORDS.parse(filled)
    assert isinstance(error, FormatError)
    assert error.message.key == key


def test_what_is_asked_shows_the_text_and_not_what_belongs_into_it():
    assert WORDS.asks() == {
        "kind": "fill-in",
        "parts": ["The ", " is not moved by ", " outliers: ", " at most."],
        "code": False,
    }
    assert "range" not in json.dumps(CODE.asks())
    assert CODE.grade(CODE.right()).correct
    assert WORDS.grade(WORDS.right()).correct


def test_one_blank_takes_one_value():
    key = FillIn("2 + 2 = ___", [Number(4)])
    assert key.grade(key.respond(4)).correct
    assert isinstance(WORDS.respond(4), FormatError)


@pytest.mark.parametrize(
    ("text", "blanks", "more"),
    [
        ("no blank", [], {}),
        ("a ___", [], {}),
        ("a ___", "b", {}),
        ("a ___", [""], {}),
        ("a ___", [[]], {}),
        ("a ___", [3], {}),
        ("a ___", [CODE], {}),
        ("a ___", ["b"], {"by": Text("b")}),
    ],
)
def test_an_author_s_slip_is_refused_with_what_was_expected(text, blanks, more):
    with pytest.raises(ValueError, match=r"FillIn has"):
        FillIn(text, blanks, **more)


@given(st.lists(st.text() | st.none() | st.integers() | st.floats(), max_size=3) | st.text() | st.none())
def test_no_response_makes_it_raise_and_the_same_gets_the_same(filled):
    for key in (WORDS, CODE):
        assert key.check(filled) == key.check(filled)
        json.dumps(key.check(filled).to_json())
        assert key.same(filled, filled) == (not isinstance(key.parse(filled), FormatError))
