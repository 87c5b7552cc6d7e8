"""Code judged by how it is written."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkers import FormatError, Function, Source
from checkers.source import CONSTRUCTS, count_lines

SAMPLES = {
    "loop": "while False: pass",
    "for": "for n in []: pass",
    "while": "while False: pass",
    "comprehension": "[n for n in []]",
    "recursion": "def f(n):\n    return f(n - 1)",
    "if": "1 if x else 2",
    "else": "if x:\n    1\nelse:\n    2",
    "match": "match x:\n    case 1: pass",
    "break": "for n in []:\n    break",
    "continue": "for n in []:\n    continue",
    "return": "def f(): return 1",
    "yield": "def f(): yield",
    "def": "def f(): pass",
    "lambda": "lambda: 0",
    "class": "class A: pass",
    "try": "try: pass\nexcept A: pass",
    "raise": "raise A",
    "with": "with a: pass",
    "import": "from math import pi",
    "global": "def f():\n    global x",
    "f-string": "f'{x}'",
    "slice": "a[1:]",
    "list": "[]",
    "dict": "{}",
    "set": "{1}",
    "and": "a and b",
    "or": "a or b",
    "not": "not a",
    "sum()": "sum([])",
    "math.sqrt()": "math.sqrt(2)",
    ".append()": "a.b.append(1)",
}
PLAIN = "x = 'for while sum() if'  # else sum()"


def test_every_construct_has_a_sample():
    assert set(SAMPLES) >= set(CONSTRUCTS)


@pytest.mark.parametrize("thing", SAMPLES)
def test_a_construct_is_seen_where_it_is_and_nowhere_else(thing):
    uses, avoids = Source(uses=[thing]), Source(avoids=[thing])
    assert uses.check(SAMPLES[thing]).correct
    assert avoids.check(PLAIN).correct
    for result, word in ((uses.check(PLAIN), "lacks"), (avoids.check("\n" + SAMPLES[thing]), "has")):
        assert result.score == 0
        assert result.mistake.startswith(word)
        assert len(result.feedback.split()) <= 60
    assert "Line " in avoids.check("\n" + SAMPLES[thing]).feedback


@pytest.mark.parametrize(
    ("key", "source", "mistake", "score"),
    [
        (Source(avoids=["sum()"]), "total.sum()", None, 1),
        (Source(avoids=[".sum()"]), "sum(a)", None, 1),
        (Source(uses=["sqrt()"]), "math.sqrt(2)", "lacks-sqrt", 0),
        (Source(names=["total"]), "totals = 1", "name-missing", 0),
        (Source(names=["total", "f", "np"]), "import numpy as np\ndef f(): total = 1", None, 1),
        (Source(most_lines=2), "a = 1\n\n# b\nc = 2", None, 1),
        (Source(most_lines=2), "a = 1\nb = [\n]", "too-many-lines", 0),
        (Source(uses=["for"], avoids=["while"]), "while x: pass", "lacks-for", 0),
        (Source(uses=["for"], avoids=["while"]), "x = 1", "lacks-for", 0.5),
    ],
)
def test_calls_names_and_lines_are_counted(key, source, mistake, score):
    result = key.check(source)
    assert (result.mistake, result.score) == (mistake, score)


def test_a_docstring_is_no_line_of_code():
    assert count_lines('def f():\n    """Long\n\n    text."""\n    return 1  # one\n') == 2


def test_a_function_that_is_right_is_told_to_go_another_way(worker):
    key = Function(name="f", examples=[((3,), 6), ((0,), 0)], requires=["for"], forbids=["sum()"])
    result = key.check("def f(n):\n    return sum(range(n + 1))", worker)
    assert (result.mistake, result.score) == ("lacks-for", 0.5)
    assert result.feedback.startswith(
        "That is right: your results are as expected. Now do it with a `for` loop."
    )
    both = "def f(n):\n    t = 0\n    for i in range(n + 1):\n        t = sum([t, i])\n    return t"
    assert "Now do it without `sum()`: line 4" in key.check(both, worker).feedback
    assert key.check(
        "def f(n):\n    t = 0\n    for i in range(n + 1):\n        t += i\n    return t", worker
    ).correct
    assert key.check("def f(n):\n    return sum(range(n))", worker).mistake != "lacks-for"


@pytest.mark.parametrize("response", [None, "", 3, [], {}, {"code": ""}, {"code": "x = ("}, {"code": "!ls"}])
def test_what_is_no_code_is_no_answer(response):
    assert isinstance(Source(uses=["for"]).parse(response), FormatError)
    assert Source(uses=["for"]).check(response).score == 0


def test_what_is_asked_is_code_and_tells_nothing():
    assert Source(uses=["for"]).asks() == {"kind": "code"}
    assert Source(uses=["for"]).right() is None


def test_the_same_code_written_with_other_spaces_is_the_same():
    key = Source(uses=["for"])
    assert key.same("x=(1)", "x = 1  # one")
    assert not key.same("x = 1", "y = 1")
    assert not key.same("x = 1", "x = (")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({}, "asks for nothing"),
        ({"uses": "for"}, "expected a list"),
        ({"uses": ["fro"]}, "one of loop, for"),
        ({"uses": ["if"], "avoids": ["if"]}, "in one of them"),
        ({"most_lines": 0}, "1 or more"),
    ],
)
def test_an_author_s_slip_is_refused_with_what_was_expected(arguments, says):
    with pytest.raises(ValueError, match=says):
        Source(**arguments)


@given(st.text() | st.sampled_from(list(SAMPLES.values())) | st.none() | st.integers())
def test_no_response_makes_it_raise_and_the_same_gets_the_same(response):
    key = Source(uses=["for", "sum()"], avoids=["slice"], names=["x"], most_lines=3)
    assert key.check(response) == key.check(response)
    json.dumps(key.check(response).to_json())
