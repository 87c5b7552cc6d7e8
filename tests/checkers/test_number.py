"""Numbers: how they may be written, what counts as right, and which slips are named."""

import json
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkers import FormatError, Number

GRAM = Number(84, unit="g")


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("84", 84),
        (" 84 ", 84),
        ("+84", 84),
        ("-3", -3),
        ("−3", -3),
        ("- 3", -3),
        ("1e3", 1000),
        ("1.5E-2", 0.015),
        ("3.", 3),
        (".5", 0.5),
        ("3/4", 0.75),
        ("-3 / 4", -0.75),
        ("12 500", 12500),
        ("12\u202f500", 12500),
        ("12\u00a0500.5", 12500.5),
        ("1_000", 1000),
        ("1'234'567", 1234567),
        ("1,234,567", 1234567),
        ("1,234.5", 1234.5),
        ("25%", 0.25),
        ("25 %", 0.25),
        (84, 84),
        (0.1, 0.1),
        ("9" * 64, int("9" * 64)),
    ],
)
def test_numbers_are_read_as_people_write_them(written, value):
    assert Number(value).grade(written).score == 1


@pytest.mark.parametrize(
    ("response", "problem", "says"),
    [
        ("", "blank", "no number here yet"),
        ("   ", "blank", "no number"),
        (None, "blank", "no number"),
        ("3,5", "comma", "3.5"),
        (",5", "comma", "0.5"),
        ("0,125", "comma", "0.125"),
        ("3,500", "two-ways", "3500 for the whole number, or 3.500"),
        ("12,50,3", "not-number", "cannot be read"),
        ("1 2", "not-number", "cannot be read"),
        ("abc", "not-number", "cannot be read"),
        ("ten", "not-number", "cannot be read"),
        ("nan", "not-finite", "infinite"),
        ("-inf", "not-finite", "infinite"),
        (float("nan"), "not-finite", "infinite"),
        (float("inf"), "not-finite", "infinite"),
        ("1/0", "by-zero", "zero"),
        ("9" * 65, "too-long", "64 digits"),
        ("1e999999999", "too-long", "64 digits"),
        (10**80, "too-long", "64 digits"),
        (True, "not-a-number", "yes/no"),
        ([84], "not-a-number", "a list"),
        ({}, "not-a-number", "a dict"),
        ("84 g", "no-unit-asked", "`g`"),
        ("84; 85", "no-unit-asked", "alone"),
    ],
)
def test_what_cannot_be_read_is_told_with_how_to_write_it(response, problem, says):
    error = Number(84).grade(response)
    assert isinstance(error, FormatError)
    assert error.message.key == problem
    assert says in error.message.text


@pytest.mark.parametrize(
    ("key", "right", "wrong"),
    [
        (Number(84), ["84", "84.0", 84.0], ["84.1", "83.9999999"]),
        (Number(0.3), [0.1 + 0.2, "0.3", "0.30000001"], ["0.301", "0.3001"]),
        (Number(3.14159, abs=0.005), ["3.14", "3.14459"], ["3.15", "3.13"]),
        (Number(200, rel=0.01), ["199", "202", "198"], ["197.9", "203"]),
        (Number(1234, sig=2), ["1200", "1234", "1284"], ["1300", "1100"]),
        (Number(0), ["0", "-0", "0.0"], ["0.0001"]),
        (Number(1 / 3), ["1/3", "0.3333333"], ["0.333"]),
    ],
)
def test_right_is_what_lies_within_the_tolerance(key, right, wrong):
    assert [key.grade(r).score for r in right] == [1] * len(right)
    assert [key.grade(w).score for w in wrong] == [0] * len(wrong)


@pytest.mark.parametrize(
    ("key", "response", "slip"),
    [
        (Number(84), "-84", "sign"),
        (Number(84), "85", "off-by-one"),
        (Number(84), "83", "off-by-one"),
        (Number(0.25), "25", "percent-for-share"),
        (Number(25.5), "0.255", "share-for-percent"),
        (Number(84), "840", "power-of-ten"),
        (Number(84), "0.084", "power-of-ten"),
        (Number(4207, abs=5), "4.207", "power-of-ten"),
        (Number(3.14159), "3.14", "rounded-early"),
        (Number(84.37), "84", "rounded-early"),
        (Number(4), "0.25", "reciprocal"),
        (Number(84.7), "84", "cut-off"),
        (Number(45), "0.785398163", "radians"),
        (Number(0.785398163), "45", "degrees"),
        (Number(0.3), "0.7", "rest"),
        (Number(12), "144", "squared"),
        (Number(144), "12", "root"),
        (Number(84), "168", "doubled"),
        (Number(84), "42", "halved"),
        (Number(4, parts=[2, 3, 7]), "12", "sum-instead"),
        (Number(12, parts=[2, 3, 7]), "4", "mean-instead"),
        (Number(4, parts=[2, 3, 7]), "3", "median-instead"),
        (Number(4, parts=[2, 3, 7]), "7", "largest-instead"),
        (Number(4, parts=[2, 3, 7]), "5", "one-left-out"),
        (Number(12, parts=[2, 3, 7]), "10", "one-left-out"),
        (Number(25, parts=[10, 20, 30, 40]), "33.3333333", "miscounted"),
        (Number(84), "90", None),
        (Number(84.4), "85", "near"),
        (Number(0.4), "0", None),
        (Number(2), "1", None),
        (Number(84, abs=2), "87", "near"),
        (Number(60, parts=[12, 5]), "17", "sum-instead"),
        (Number(17, parts=[12, 5]), "7", "range-instead"),
        (Number(17, parts=[12, 5]), "60", "product-of-two"),
        (Number(60, parts=[12, 5]), "2.4", "quotient-of-two"),
        (Number(31, parts=[24, 7, 9, 2, 8]), "9", "given-back"),
        (Number(31, parts=[24, 7, 9]), "2", "difference-of-two"),
        (Number(1375), "1735", "digits-swapped"),
        (Number(1375), "375", "digit-missing"),
        (Number(1375), "13375", "digit-too-many"),
        (Number(1375), "1875", "one-digit"),
        (Number(480, unit="g"), "480 kg", "other-unit"),
        (Number(25, unit="m/s"), "25 km/h", "other-unit"),
        (Number(1), "2", None),
    ],
)
def test_only_a_true_slip_is_named(key, response, slip):
    result = key.grade(response)
    assert (result.score, result.mistake) == (0, slip)
    assert result.messages


@pytest.mark.parametrize("response", ["84 g", "84g", "0.084 kg", "84000 mg", "8.4e1 g", 84])
def test_the_right_value_in_another_unit_is_right(response):
    assert GRAM.grade(response).score == 1


@pytest.mark.parametrize(
    ("response", "key"),
    [
        ("84", "unit-missing"),
        ("84 grm", "unit-unknown"),
        ("84 import('os')", "unit-unknown"),
        ("84 g**99999", "unit-unknown"),
    ],
)
def test_a_unit_that_is_missing_or_unknown_is_no_answer_yet(response, key):
    error = GRAM.grade(response)
    assert isinstance(error, FormatError)
    assert error.message.key == key


def test_a_unit_of_another_dimension_is_told():
    result = GRAM.grade("84 cm")
    assert (result.score, result.mistake) == (0, "dimension")
    assert "a length" in result.feedback


def test_a_wrong_number_in_another_unit_is_wrong():
    assert GRAM.grade("84 kg").mistake == "other-unit"
    assert GRAM.grade("5 kg").mistake is None


def test_temperatures_are_converted_with_their_offset():
    assert Number(20, unit="degC", abs=0.1).grade("68 degF").score == 1


@pytest.mark.parametrize("percent", ["25 %", "25%", "0.25"])
def test_percent_may_be_written_as_percent_or_as_a_share(percent):
    assert Number(0.25).grade(percent).score == 1
    assert Number(25).grade("25%").score == 1


@pytest.mark.parametrize(
    "value", [np.int64(84), np.float64(84.0), np.array(84), 84, 84.0, Decimal(84), Fraction(84)]
)
def test_numbers_that_code_makes_are_taken_whatever_their_type(value):
    response = Number(84).respond(value)
    assert Number(84).grade(json.loads(json.dumps(response))).score == 1
    assert Number(84).check(value).score == 1


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        np.bool_(True),
        [84],
        pd.Series([84]),
        pd.DataFrame({"a": [84]}),
        abs,
        pd,
        int,
        84j,
        float("nan"),
        object(),
    ],
)
def test_what_code_makes_and_is_no_number_is_refused_with_a_sentence(value):
    error = Number(84).respond(value)
    assert isinstance(error, FormatError)
    assert error.message.text


def test_the_values_a_number_is_worked_out_from_are_numbers():
    with pytest.raises(ValueError, match="in parts"):
        Number(3, parts=["a"])


def test_two_ways_to_write_a_number_are_the_same_answer():
    key = Number(84)
    assert key.same(key.parse("120"), key.parse("120.0"))
    assert not key.same(key.parse("120"), key.parse("121"))
    assert GRAM.same(GRAM.parse("5 kg"), GRAM.parse("5000 g"))
    assert not GRAM.same(GRAM.parse("5 kg"), GRAM.parse("5 cm"))


@pytest.mark.parametrize("value", [True, float("nan"), "abc", None, [1]])
def test_an_author_gives_a_finite_number(value):
    with pytest.raises(ValueError, match="Number is given"):
        Number(value)


def test_an_author_s_unit_and_tolerance_make_sense():
    with pytest.raises(ValueError, match="pint does not know"):
        Number(3, unit="bananas")
    with pytest.raises(ValueError, match="above 0"):
        Number(3, abs=-1)


finite = st.floats(allow_nan=False, allow_infinity=False, min_value=-1e12, max_value=1e12)


@given(st.integers(-(10**30), 10**30) | finite)
def test_the_key_s_own_answer_is_right_and_what_is_asked_does_not_tell_it(value):
    key = Number(value)
    assert key.grade(key.right()).score == 1
    assert key.grade(json.loads(json.dumps(key.right()))).score == 1
    assert key.asks() == {"kind": "number", "unit": None}


@given(finite, st.text() | finite | st.integers() | st.text("0123456789.,e-+/% _"))
def test_no_response_makes_it_raise_and_the_same_gets_the_same(value, response):
    for key in (Number(value), Number(value, unit="m")):
        assert key.check(response) == key.check(response)
        assert key.grade(response) == key.grade(response)
