"""Loops that never run for an empty argument: told as such, and only where that is so."""
# ruff: noqa: E501 - programs on one line

import pytest

from checkers import Function

EXAMPLES = [(([],), 0), (([4],), 4), (([2, 3],), 5)]
TOLD = [
    ("def f(xs):\n    t = 0\n    for i in range(len(xs)):\n        t += xs[i]\n        if i == len(xs) - 1:\n            return t", "line 3 never runs, so nothing is returned"),
    ("def f(xs):\n    for i, x in enumerate(xs):\n        t = x if i == 0 else t + x\n    return t", "line 2 never runs, so `t` has no value yet"),
    ("def f(xs):\n    ys = list(xs)\n    while ys:\n        if len(ys) == 1:\n            return sum(xs)\n        ys.pop()", "line 3 never runs"),
]  # fmt: skip
NOT_TOLD = [
    "def f(xs):\n    if len(xs) == 1:\n        return xs[0]\n    if len(xs) == 2:\n        return sum(xs)",
    "def f(xs):\n    for i in range(len(xs) + 1):\n        if i and i == len(xs):\n            return sum(xs)",
    "def f(xs):\n    for x in xs:\n        pass\n    if xs:\n        return sum(xs)",
    "def f(xs):\n    for x in xs:\n        t = 0\n    if xs:\n        t = sum(xs)\n    return t",
]
KEY = Function(name="f", examples=EXAMPLES)


@pytest.mark.parametrize(("source", "says"), TOLD)
def test_what_is_missing_where_a_loop_never_runs_is_told(source, says, worker):
    result = KEY.check(source, worker)
    assert (result.mistake, says in result.feedback) == ("empty-loop", True), result.feedback
    assert "For an empty `xs`" in result.feedback
    assert len(result.feedback.split()) <= 60


@pytest.mark.parametrize("source", NOT_TOLD)
def test_what_does_not_come_from_a_loop_is_not_put_down_to_one(source, worker):
    result = KEY.check(source, worker)
    assert not result.correct
    assert result.mistake != "empty-loop", result.feedback


def test_where_nothing_is_returned_for_any_call_the_empty_one_is_not_to_blame(worker):
    assert (
        KEY.check("def f(xs):\n    for x in xs:\n        if x > 9:\n            return x", worker).mistake
        != "empty-loop"
    )


@pytest.mark.parametrize("call", ["xs.copy()[0] + xs.pop[0]", "sum[xs]", "f[xs]"])
def test_square_brackets_behind_a_function_are_told_as_such(call, worker):
    result = KEY.check(f"def f(xs):\n    if not xs:\n        return 0\n    return {call}", worker)
    assert result.mistake == "square-brackets"
    assert "A call takes round ones" in result.feedback
