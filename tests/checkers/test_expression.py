"""Expressions: how they may be written, what is equal, in which form, and which slips are named."""

import json
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkers import FormatError
from checkers.formula import Unreadable, read, value, written

pytest.importorskip("sympy")

from checkers import Expression


@pytest.mark.parametrize(
    ("key", "response"),
    [
        ("x^2 + 2x", "x(x + 2)"),
        ("x^2 + 2x", "2x+x**2"),
        ("x^2 + 2x", "x² + 2·x"),
        ("x^2 + 2x", "(x+1)^2 - 1"),
        ("(x+1)(x-1)", "x^2 - 1"),
        ("x/2", "½x".replace("½", "1/2*")),
        ("sqrt(x)/2", "√x / 2"),
        ("sqrt(x)/2", "x^(1/2)/2"),
        ("2a b + a^2", "a(a+2b)"),
        ("2ab + a^2", "a*a + 2*b*a"),
        ("sin(x)^2", "1 - cos(x)^2"),
        ("ln(x^2)", "log(x^2)"),
        ("2 pi r", "2πr"),
        ("|x|", "abs(x)"),
        ("-x^2", "-(x^2)"),
        ("2^-1", "0.5"),
        ("e^(2x)", "exp(2x)"),
        ("(x^2 - 1)/(x - 1)", "x + 1"),
        ("x + 1", "(x^2 - 1)/(x - 1)"),
        ("v_0 t", "t*v_0"),
    ],
)
def test_what_has_the_same_value_everywhere_is_right(key, response):
    result = Expression(key).grade(response)
    assert result.correct, result.feedback


@pytest.mark.parametrize(
    ("key", "response"),
    [("x", "|x|"), ("(x)^2", "x"), ("x^3", "x^3 + (x-1)(x-2)(x-3)/1000"), ("-x^2", "(-x)^2")],
)
def test_what_agrees_in_places_only_is_not(key, response):
    assert not Expression(key).grade(response).correct


@pytest.mark.parametrize(
    ("key", "response", "mistake", "says"),
    [
        (Expression("2x + 6", start="2(x+3)"), "2x + 3", "distributed-once", "first term only"),
        (Expression("x^2 + 6x + 9", start="(x+3)^2"), "x^2 + 9", "power-of-sum", "the bracket times itself"),
        (Expression("x^2 - 6x + 9", start="(x-3)^2"), "x^2 - 9", "power-of-sum", "bracket"),
        (Expression("x^2 + 5x + 6", start="(x+2)(x+3)"), "x^2 + 6", "distributed-once", "Each term"),
        (
            Expression("5 - x + 3", start="5 - (x - 3)"),
            "5 - x - 3",
            "minus-bracket",
            "minus before the bracket",
        ),
        (Expression("sqrt(x^2 + 9)"), "x + 3", "root-of-sum", "√(9 + 16)"),
        (Expression("6/(x+3)"), "6/x + 2", "split-bottom", "below the line"),
        (Expression("x^5", start="x^2 * x^3"), "x^6", "powers-multiplied", "exponents are added"),
        (Expression("x^6", start="(x^2)^3"), "x^5", "powers-added", "multiplied"),
        (Expression("(x+2)/(x+5)"), "2/5", "cancelled-term", "cancelled a term"),
        (Expression("x^2 - 3x"), "3x - x^2", "sign", "signs are turned"),
        (Expression("x^2 - 3x + 1"), "x^2 + 3x + 1", "sign-of-term", "`3*x`"),
        (Expression("x^2 - 3x + 1"), "x^2 + 1", "term-lost", "`3*x`"),
        (Expression("x^2 - 3x + 1"), "2x^2 - 3x + 1", "term-twice", "`x^2`"),
        (Expression("x^2 - 3x + 1"), "x^2 - 3x + 5", "constant-apart", "everywhere: 4"),
        (Expression("x^2 + x"), "3x^2 + 3x", "factor", "3 times"),
        (Expression("x/(x+2)"), "(x+2)/x", "reciprocal", "upside down"),
        (Expression("x^3"), "3x^2", "derivative", "is the derivative"),
        (Expression("3x^2"), "x^3 + 7", "antiderivative", "derivative of yours"),
        (Expression("sin(x)"), "cos(x)", "derivative", "derivative"),
        (Expression("sqrt(x)"), "sqrt(-x^2-1)", "no-value", "no value"),
        (Expression("x^2"), "x^3 + 1", None, "For x = 2 yours comes to 9, and what is asked for to 4"),
        (Expression("x^2 - 1", form="expanded"), "(x+1)(x-1)", "not-expanded", "`(x + 1)*(x - 1)`"),
        (Expression("x^2 + 3x", form="expanded"), "x^2 + x + 2x", "not-collected", "put together"),
        (Expression("(x+1)(x-1)", form="factored"), "x^2 - 1", "not-factored", "has to be a product"),
        (Expression("2x(x+1)", form="factored"), "x(2x+2)", "more-factors", "`2*x + 2`"),
        (Expression("x + 1", form="simplified"), "(x^2-1)/(x-1)", "not-simplified", "more briefly"),
        (Expression("1/2", form="exact"), "0.5", "not-exact", "exact form"),
    ],
)
def test_a_slip_is_named(key, response, mistake, says):
    result = key.grade(response)
    assert (result.mistake, says in result.feedback) == (mistake, True), result.feedback
    assert result.score == (0.5 if result.feedback.startswith(("The value", "It is mult")) else 0)
    assert len(result.feedback.split()) <= 60


@pytest.mark.parametrize(
    ("response", "key"),
    [
        (None, "blank"),
        ("  ", "blank"),
        ("x +", "ends"),
        ("(x + 1", "bracket"),
        ("x + 1)", "bracket"),
        ("x ++ * 2", "sign"),
        ("x = 2", "sign"),
        ("y + 1", "name"),
        ("__import__('os')", "sign"),
        ("x.real", "sign"),
        ("lambda x", "name"),
        ("9^9^9^9", "too-large"),
        ("(x^9)^9", "too-large"),
        ("x^1000000", "too-large"),
        ("9" * 30, "too-large"),
        ("(" * 100 + "x" + ")" * 100, "too-deep"),
        ("-" * 200 + "x", "too-deep"),
        ("x+" * 200, "too-long"),
        ([1], "not-text"),
        (True, "not-text"),
    ],
)
def test_what_cannot_be_read_is_told_and_nothing_is_run(response, key):
    error = Expression("x^2").parse(response)
    assert isinstance(error, FormatError)
    assert error.message.key == key


def test_what_sympy_makes_is_read():
    import sympy

    x = sympy.Symbol("x")
    key = Expression("x^2/2 + sqrt(x)")
    assert key.grade(key.respond(sympy.integrate(x, x) + sympy.sqrt(x))).correct


def test_what_is_asked_tells_names_and_form_alone():
    key = Expression("(x+1)(x-1)", form="factored")
    assert key.asks() == {"kind": "expression", "names": ["x"], "form": "factored"}
    assert key.grade(key.right()).correct


def test_two_ways_to_write_an_expression_are_the_same_answer():
    key = Expression("x^2")
    assert key.same("2(x+1)", "2x + 2")
    assert not key.same("2(x+1)", "2x + 1")
    assert not Expression("x^2 - 1", form="expanded").same("(x+1)(x-1)", "x^2 - 1")


@pytest.mark.parametrize(
    ("text", "more"),
    [("x +", {}), ("x", {"form": "nice"}), ("x(x+1)", {"form": "expanded"}), ("y", {"names": ["x"]})],
)
def test_an_author_s_slip_is_refused_with_what_was_expected(text, more):
    with pytest.raises(ValueError, match="Expression"):
        Expression(text, **more)


numbers = st.integers(0, 9).map(str)
formulas = st.recursive(
    numbers | st.sampled_from(["x", "y"]),
    lambda inner: (
        st.tuples(inner, st.sampled_from("+-*/"), inner).map(lambda t: f"({t[0]}{t[1]}{t[2]})")
        | inner.map(lambda t: f"-{t}")
        | inner.map(lambda t: f"({t})^2")
        | inner.map(lambda t: f"sqrt({t})")
    ),
    max_leaves=6,
)


@given(formulas)
def test_a_formula_written_and_read_again_is_the_same(text):
    try:
        tree = read(text, ["x", "y"])
        at = {"x": Fraction(3), "y": Fraction(7)}
        one = value(tree, at)
    except (Unreadable, ArithmeticError, ValueError):
        return
    again = value(read(written(tree), ["x", "y"]), at)
    assert abs(complex(one) - complex(again)) <= 1e-9 * max(abs(complex(one)), 1)


@given(formulas, st.text() | formulas | st.text("xy+-*/^()|0123456789. ", max_size=20))
def test_no_response_makes_it_raise_and_the_same_gets_the_same(text, response):
    try:
        key = Expression(text, names=["x", "y"])
    except ValueError:
        return
    assert key.check(response) == key.check(response)
    json.dumps(key.check(response).to_json())
