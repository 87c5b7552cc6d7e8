"""A formula as it is set in books says what was read, and no more."""

import pytest

from checkers.formula import read
from checkers.typeset import latex
from courseware.widgets import markup


@pytest.mark.parametrize(
    ("text", "set_as"),
    [
        ("2x^2 - 3(x+1)", r"2 {x}^{2} - 3 \left( x + 1 \right)"),
        ("√(x)/2", r"\frac{\sqrt{x}}{2}"),
        ("-(x-1)^2", r"-{\left( x - 1 \right)}^{2}"),
        ("2*3", r"2 \cdot 3"),
        ("0.5x", "0.5 x"),
        ("x-(-3)", r"x - \left( -3 \right)"),
        ("2^(x+1)", "{2}^{x + 1}"),
        ("2^x+1", "{2}^{x} + 1"),
        ("1/2x", r"\frac{1}{2} x"),
        ("1/(2x)", r"\frac{1}{2 x}"),
        ("ln(x) + abs(x) + exp(x)", r"\ln\left( x \right) + \left| x \right| + e^{x}"),
        ("asin(x)", r"\arcsin\left( x \right)"),
        ("theta_1 x", r"\theta_{1} x"),
    ],
)
def test_a_formula_is_set_as_it_was_read(text, set_as):
    made = latex(read(text, ["x", "theta_1"]))
    assert made == set_as
    shown = markup.inline(f"${made}$")
    assert shown.startswith("<math")
    assert "\\" not in shown
    assert "merror" not in shown
