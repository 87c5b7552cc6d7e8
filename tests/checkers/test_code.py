"""Code as a response: what can be run, and what its last line leaves to look at."""

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkers import FormatError
from checkers.code import Last, last_value, read_code


@pytest.mark.parametrize(
    ("code", "key", "says"),
    [
        ("", "blank", "no code here yet"),
        ("  \n\n", "blank", "no code here yet"),
        ("# a thought", "blank", "no code here yet"),
        ("x" * 50_001, "code-too-long", "50,001 characters; at most 50,000"),
        ("x = 1\ny = (2", "syntax", "line 2"),
        ("x = 1\n  y = 2", "syntax", "line 2"),
        ("def f():\nreturn 1", "syntax", "line 2"),
        ("return 3", "syntax", "line 1"),
        ("x = 1\n%timeit x", "magic", "Line 2 (`%timeit x`)"),
        ("!ls", "magic", "Line 1"),
        ("files = !ls", "magic", "Line 1"),
        ("%%time\nx", "magic", "Line 1"),
        ("df.head?", "magic", "Line 1"),
        ("x = 1\nawait x", "await", "Line 2"),
        ("n = int(input('n'))", "input", "Line 1"),
        ("def f():\n    return input()\nf()", "input", "Line 2"),
        ("a\0b", "syntax" if sys.version_info >= (3, 11, 4) else "code-unreadable", "Python cannot read"),
        ("\ud800", "code-unreadable", "character"),
    ],
)
def test_what_cannot_be_run_is_told_with_its_line(code, key, says):
    error = read_code({"code": code})
    assert isinstance(error, FormatError)
    assert error.message.key == key
    assert says in error.message.text


@pytest.mark.parametrize(
    "code",
    [
        "1",
        "x % y",
        "x = 5 %2",
        "a = '!ls'",
        "async def f():\n    await g()",
        "def input(): return 3\ninput()",
        "def f(input):\n    return input()",
        "'\\d'",
        "x = 1  # input()",
    ],
)
def test_plain_python_is_taken_as_it_is(code):
    assert read_code({"code": code}) == code


def test_a_program_may_ask_for_input_where_that_is_meant():
    assert read_code({"code": "input()"}, may_input=True) == "input()"


@pytest.mark.parametrize(
    "response", [None, 3, "x = 1", [], {}, {"code": None}, {"code": ["x"]}, {"code": "1", "extra": 2}]
)
def test_what_is_not_code_is_told(response):
    error = read_code(response)
    assert isinstance(error, FormatError)
    assert error.message.key == "not-code"


@pytest.mark.parametrize(
    ("source", "last"),
    [
        ("x = 1\nx", Last(kind="expression")),
        ("print(3)", Last(kind="expression", text="print", prints=True)),
        ("x = y = 1", Last(kind="target", text="x")),
        ("x += 1", Last(kind="target", text="x")),
        ("x: int = 1", Last(kind="target", text="x")),
        ("df['a'] = df.columns = 1", Last(kind="target", text="df")),
        ("df.loc[0, 'a'].b = 1", Last(kind="target", text="df")),
        ("a, *b = 1, 2", Last(kind="target", text="(a, b)")),
        ("x: int", Last(kind="nothing", text="annassign")),
        ("def f(): pass", Last(kind="nothing", text="def")),
        ("class A: pass", Last(kind="nothing", text="class")),
        ("for n in []: n", Last(kind="nothing", text="for")),
        ("from a import b", Last(kind="nothing", text="import")),
        ("", Last(kind="nothing")),
        ("x = (", Last(kind="nothing")),
    ],
)
def test_the_last_statement_leaves_a_value_or_a_name_to_look_at(source, last):
    assert last_value(source) == last


@given(st.text() | st.text("()[]{}:=\n %!?'\"#xdef \0"))
def test_no_source_makes_it_raise(source):
    read_code({"code": source})
    last_value(source)
