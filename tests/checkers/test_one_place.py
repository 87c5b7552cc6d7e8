"""A formula that one change would mend is told which place that is, and not what should stand there."""

import pytest

from checkers import Expression


@pytest.mark.parametrize(
    ("asked", "given", "key", "part"),
    [
        ("3x^2 - 4x", "5x^2 - 4x", "one-number", "5"),
        ("x^2 + 6x + 9", "x^4 + 6x + 9", "one-power", "x^4"),
        ("(x + 1)(x + 2)", "(x - 1)(x + 2)", "one-sign", "x - 1"),
        ("s/t + 1", "s*t + 1", "one-operation", "s*t"),
        ("K(1 + p)^n", "K(1 + n)^n", "one-letter", "n"),
        ("2cos(2x)", "2sin(2x)", "one-function", "sin(2*x)"),
    ],
)
def test_the_place_is_told_and_not_what_belongs_there(asked, given, key, part):
    result = Expression(asked).grade(given)
    assert result.mistake == key, result.feedback
    assert result.messages[0].params == {"part": part}
    assert len(result.feedback.split()) <= 60


def test_two_changed_places_are_told_by_a_value():
    assert Expression("3x^2 - 4x").grade("5x^3 - 7x").mistake is None
