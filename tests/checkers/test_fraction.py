"""Fractions."""

import fractions
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkers import FormatError, Fraction


@pytest.mark.parametrize(
    ("key", "response"),
    [
        (Fraction("3/4"), "3/4"),
        (Fraction("3/4"), " 6 / 8 "),
        (Fraction("3/4"), "¾"),
        (Fraction("3/4"), fractions.Fraction(3, 4)),
        (Fraction("-3/4"), "−3/4"),
        (Fraction("7/4"), "1 3/4"),
        (Fraction("7/4"), "1¾"),
        (Fraction("7/4"), "1 + 3/4"),
        (Fraction("7/4"), "14/8"),
        (Fraction(2), "2"),
        (Fraction(2), 2),
        (Fraction(2), "4/2"),
        (Fraction("-7/4", mixed=True), "-1 3/4"),
        (Fraction("3/4", lowest=True), "3/4"),
        (Fraction(fractions.Fraction(3, 4)), "3/4"),
    ],
)
def test_a_fraction_may_be_written_in_any_way_that_has_its_value(key, response):
    assert key.grade(response).score == 1


SUM = Fraction("5/6", of=("1/2", "+", "1/3"))


@pytest.mark.parametrize(
    ("key", "response", "mistake", "says"),
    [
        (Fraction("3/4"), "4/3", "inverted", "upside down"),
        (Fraction("3/4"), "-3/4", "sign", "the sign does not"),
        (Fraction("3/8"), "3/5", "part-to-part", "with the rest"),
        (Fraction("3/8"), "5/8", "complement", "That is the rest"),
        (Fraction("3/4"), "1/5", None, "1/5 is smaller"),
        (Fraction("3/4"), "1/3", "rest-to-part", "the rest with the part"),
        (Fraction("3/8"), "3", "count-alone", "how many parts are meant"),
        (Fraction("3/8"), "8", "whole-alone", "into how many parts"),
        (Fraction("3/8"), "0/8", "nothing", "nothing at all"),
        (Fraction("3/8"), "4/8", "count-of-parts", "8 to a whole"),
        (Fraction("3/8"), "3/9", "size-of-parts", "Their size"),
        (
            Fraction("10/21", of=("2/3", "*", "5/7")),
            "7/10",
            "parts-of-calculation",
            "above the line are added",
        ),
        (Fraction("10/21", of=("2/3", "*", "5/7")), "5/7", "given-back", "one of the two"),
        (Fraction("3/4"), "7/8", None, "7/8 is larger"),
        (SUM, "2/5", "added-across", "1/2 and 1/3 are parts of different size"),
        (SUM, "2/6", "not-converted", "still those of 1/2 and 1/3"),
        (SUM, "1/6", "other-operation", "when they are subtracted"),
        (Fraction("4/8", of=("3/8", "+", "1/8")), "4/16", "added-across", "Below, 8 has changed"),
        (Fraction("1/6", of=("1/2", "-", "1/3")), "-1/6", "sign", "the sign"),
        (Fraction("7/20", of=("3/5", "-", "1/4")), "2/1", "subtracted-across", "subtracted above and below"),
        (Fraction("3/25", of=("3/5", "*", "1/5")), "3/5", "denominator-kept", "stayed 5"),
        (Fraction("3/2", of=("1/2", "/", "1/3")), "1/6", "not-turned", "divide by 1/3"),
        (Fraction("3/2", of=("1/2", "/", "1/3")), "2/3", "turned-first", "you turned 1/2"),
        (Fraction("1/3", of=("1/3", "larger", "1/4")), "1/4", "larger-bottom", "the smaller is each"),
        (Fraction("2/3", of=("2/3", "larger", "3/5")), "3/5", "larger-top", "larger number above"),
        (Fraction("1/4", of=("1/3", "smaller", "1/4")), "1/3", "other-of-two", "the other of the two"),
        (Fraction("1/4", of=("1/3", "smaller", "1/4")), "1/2", "neither", "neither of the two"),
    ],
)
def test_a_slip_is_named(key, response, mistake, says):
    result = key.grade(response)
    assert (result.mistake, result.score, says in result.feedback) == (mistake, 0, True), result.feedback
    assert len(result.feedback.split()) <= 60


@pytest.mark.parametrize(
    ("key", "response", "mistake", "says"),
    [
        (Fraction("3/4", lowest=True), "6/8", "not-lowest", "6 and 8 can both be divided by 2"),
        (Fraction("7/4", mixed=True), "7/4", "not-mixed", "how often does 4 go into 7"),
    ],
)
def test_the_right_value_in_another_form_is_half_the_way(key, response, mistake, says):
    result = key.grade(response)
    assert (result.mistake, result.score, says in result.feedback) == (mistake, 0.5, True)


@pytest.mark.parametrize(
    ("response", "key"),
    [
        (None, "blank"),
        (" ", "blank"),
        ("0.75", "decimal"),
        ("0,75", "decimal"),
        ("75 %", "decimal"),
        (0.75, "decimal"),
        ("3/0", "by-zero"),
        ("three quarters", "not-fraction"),
        ("3/4/5", "not-fraction"),
        ("3:4", "not-fraction"),
        ("٣/٤", "not-fraction"),
        ("1" * 13 + "/2", "too-long"),
        ([3, 4], "not-fraction"),
        (True, "not-fraction"),
    ],
)
def test_what_cannot_be_read_is_told_with_how_to_write_it(response, key):
    error = SUM.parse(response)
    assert isinstance(error, FormatError)
    assert error.message.key == key
    assert error.message.text


@pytest.mark.parametrize(
    "arguments",
    [
        ("x",),
        (0.5,),
        ("1/0",),
        ("5/6", ("1/2", "+", "1/4")),
        ("5/6", ("1/2", "^", "1/3")),
        ("5/6", "1/2 + 1/3"),
    ],
)
def test_an_author_s_slip_is_refused_with_what_was_expected(arguments):
    with pytest.raises(ValueError, match="expected"):
        Fraction(arguments[0], of=arguments[1] if len(arguments) > 1 else None)


parts = st.integers(-50, 50)
wholes = st.integers(1, 50)


@given(parts, wholes, wholes, st.booleans(), st.booleans())
def test_the_key_s_own_answer_is_right_and_so_is_every_equal_fraction(top, bottom, by, lowest, mixed):
    key = Fraction(f"{top}/{bottom}", lowest=lowest, mixed=mixed)
    assert key.grade(json.loads(json.dumps(key.right()))).score == 1
    assert Fraction(f"{top}/{bottom}").grade(f"{top * by}/{bottom * by}").score == 1
    assert key.asks() == {"kind": "fraction", "mixed": mixed, "lowest": lowest}


@given(parts, wholes, parts, wholes, st.sampled_from("+-*/"), st.text() | st.from_regex(r"-?\d{1,3}/\d{1,3}"))
def test_no_response_makes_it_raise_and_the_same_gets_the_same(a, b, c, d, operation, response):
    one, two = fractions.Fraction(a, b), fractions.Fraction(c, d)
    if operation == "/" and not two:
        return
    value = {"+": one + two, "-": one - two, "*": one * two, "/": one / (two or 1)}[operation]
    key = Fraction(value, of=(f"{a}/{b}", operation, f"{c}/{d}"))
    assert key.check(response) == key.check(response)
    assert key.grade(str(value)).correct
