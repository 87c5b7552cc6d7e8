"""Lines that cannot be meant: found in the source, told where the calls alone say less."""
# ruff: noqa: E501 - programs on one line

import ast

import pytest

from checkers import Function
from checkers.pitfall import pitfalls

FOUND = {
    "first-round": "def f(xs):\n    for x in xs:\n        if x > 2:\n            return True\n        else:\n            return False",
    "changes-while-looping": "def f(xs):\n    for x in xs:\n        if x > 2:\n            xs.remove(x)\n    return xs",
    "not-called": "def f(xs):\n    xs.sort\n    return xs",
    "keeps-none": "def f(xs):\n    ys = xs.append(1)\n    return ys",
    "kept-nowhere": "def f(xs):\n    sorted(xs)\n    return xs",
    "or-alone": "def f(x):\n    if x == 1 or 2:\n        return True\n    return False",
    "start-in-loop": "def f(xs):\n    for x in xs:\n        t = 0\n        t += x\n    return t",
    "overwritten": "def f(xs):\n    xs = [1, 2]\n    return xs[0]",
    "not-used": "def f(x, k):\n    y = x + 1\n    return y",
}
FINE = (
    "def f(xs):\n    for x in xs:\n        if x > 2:\n            return True\n    return False",
    "def f(xs):\n    for x in xs[:]:\n        xs.remove(x)\n    return xs",
    "def f(xs, k):\n    ys = []\n    for i in range(len(xs)):\n        ys.append(max(xs))\n        xs.remove(ys[-1])\n    return ys[:k]",
    "def f(xs):\n    for x in xs:\n        if x > 2:\n            xs.remove(x)\n            break\n    return xs",
    "import numpy as np\ndef f(xs):\n    ys = np.append(xs, 1)\n    return ys",
    "def f(x):\n    if x == 1 or x == 2:\n        return True\n    return False",
    "def f(xss):\n    best = 0\n    for xs in xss:\n        t = 0\n        for x in xs:\n            t += x\n        best = max(best, t)\n    return best",
    "def f(xs):\n    for x in xs:\n        if x < 2:\n            continue\n        return x\n    return None",
    "def f(xs):\n    xs = list(xs)\n    xs.sort()\n    return xs",
)


def found(source):
    return [one.key for one in pitfalls(ast.parse(source).body[-1])]


@pytest.mark.parametrize("key", FOUND)
def test_a_line_that_cannot_be_meant_is_found(key):
    assert found(FOUND[key])[0] == key


@pytest.mark.parametrize("source", FINE)
def test_a_line_that_may_be_meant_is_not_told(source):
    assert found(source) == []


def test_the_call_is_told_first_then_the_line():
    key = Function(
        name="f", examples=[(([1, 2, 3],), True), (([1],), False), (([5, 1],), True), (([1, 9, 5, 7],), True)]
    )
    result = key.check(FOUND["first-round"])
    assert result.mistake == "first-round"
    assert "`f([1, 2, 3])` gives `False`; expected is `True`. Line 6 ends the loop" in result.feedback
    assert len(result.feedback.split()) <= 60


def test_an_exception_is_told_with_the_line_that_leads_to_just_that_one():
    key = Function(name="f", examples=[(([1, 2],), 1)])
    source = "def f(xs):\n    ys = xs.append(1)\n    return ys[0]\n"
    assert key.check(source).mistake == "keeps-none"
    assert key.check("def f(xs):\n    xs == 1\n    return xs[9]\n").mistake == "index-error"


@pytest.mark.parametrize(
    ("line", "mistake"),
    [
        ("xs + 1", "types-joined"),
        ("sum(3)", "number-for-run"),
        ("xs < 3", "types-compared"),
        ("xs.copy[0]", "square-brackets"),
        ("xs.copy.sort()", "function-itself"),
    ],
)
def test_what_python_says_of_types_is_told_in_plain_words(line, mistake):
    key = Function(name="f", examples=[(([1, 2],), 1)])
    assert key.check(f"def f(xs):\n    return {line}\n").mistake == mistake
