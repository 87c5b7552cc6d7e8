"""Programs: what they print for what is typed in."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checkers import FormatError, Program
from checkers.printed import difference, same_output

ADD = "a = int(input('a? '))\nb = int(input('b? '))\nprint('Sum:', a + b)"
SUMS = Program(reference=ADD, examples=[(["3", "4"],), (["10", "-2"],), ([0, 0],)])


@pytest.mark.parametrize(
    "source",
    [
        ADD,
        "print('sum', int(input()) + int(input()))",
        "import sys\na, b = map(int, sys.stdin)\nprint(f'Sum = {a + b}')",
        "def main():\n    a, b = float(input()), float(input())\n    print('Sum:', a + b, '\\n')\n"
        "if __name__ == '__main__':\n    main()",
        "t = 0\nfor _ in range(2):\n    t += int(input())\nprint('SUM:')if 0 else print(f'SUM:{t}')",
        ADD + "\nexit()",
    ],
)
def test_a_right_program_is_right_however_it_is_written(worker, source):
    result = SUMS.check(source, worker)
    assert result.score == 1, result.feedback


@pytest.mark.parametrize(
    ("source", "mistake", "says"),
    [
        ("a = input()\nb = input()\nprint('Sum:', a + b)", "joined", "`int(…)`"),
        ("a = int(input())\nprint('Sum:', a)", "unread", "lines left: 1"),
        ("for i in range(3):\n    a = int(input())\nprint(a)", "asks-too-often", "more than the 2 lines"),
        ("def main():\n    print('Sum:', 7)", "never-called", "never calls it"),
        ("a, b = int(input()), int(input())", "no-output", "prints nothing"),
        ("a, b = int(input()), int(input())\nprint('Sum:', a + b + 1)", "off-by-one", "one apart"),
        ("a, b = int(input()), int(input())\nprint('Sum:', -(a + b))", "sign", "its sign does not"),
        ("a, b = int(input()), int(input())\nprint('Sum:', a * b + 9)", "numbers", "a number does not"),
        ("a, b = int(input()), int(input())\nprint('Total:', a + b)", "words", "the words do not"),
        ("a, b = int(input()), int(input())\nprint(a + b)", "words-missing", "more belongs"),
        ("a, b = int(input()), int(input())\nprint('Sum:', a, '+', b, a + b)", "words-extra", "beside it"),
        ("a, b = int(input()), int(input())\nprint('Hi')\nprint('Sum:', a + b)", "extra-line", "`Hi`"),
        ("a, b = int(input()), int(input())\nprint('Sum:', 11)", "always-same", "whatever is typed in"),
        ("a, b = int(input()), int(input())\nprint('Sum:', a / 0)", "zero-division", "Line 2"),
        ("while True: pass", "endless", "was stopped"),
        ("a = int(input('x'", "syntax", "Python cannot read"),
    ],
)  # fmt: skip
def test_a_wrong_program_is_told_what_its_output_shows(worker, source, mistake, says):
    key = Program(reference=ADD, examples=[(["3", "4"],), (["10", "-2"],), ([0, 0],)], limit=0.4)
    result = key.check(source, worker)
    assert (result.mistake, says in result.feedback) == (mistake, True), result.feedback
    assert len(result.feedback.split()) <= 60
    assert result.score < 1


@pytest.mark.parametrize(
    ("yours", "expected", "exact", "key"),
    [
        ("1\n2\n", "1\n2\n3\n", True, "lacks-last"),
        ("2\n3\n", "1\n2\n3\n", True, "lacks-first"),
        ("1\n3\n", "1\n2\n3\n", True, "lacks-line"),
        ("1\n2\n3\n4\n", "1\n2\n3\n", True, "goes-on"),
        ("1\n2\n2\n3\n", "1\n2\n3\n", True, "extra-line"),
        ("3\n2\n1\n", "1\n2\n3\n", True, "reversed"),
        ("2\n3\n1\n", "1\n2\n3\n", True, "order"),
        ("1 2 3\n", "1\n2\n3\n", True, "one-line"),
        ("1\n2\n3\n", "1 2 3\n", True, "many-lines"),
        ("1\n\n2\n", "1\n2\n", True, "blank-lines"),
        ("HELLO", "Hello", True, "capitals"),
        ("a:b", "a: b", True, "spaces"),
        ("a, b", "a; b", True, "punctuation"),
        ("7.0", "7", True, "punctuation"),
        ("3.1", "3.14159", False, "numbers"),
        ("3.142", "3.14159", False, "decimals"),
        ("x", "y", False, "line"),
    ],
)
def test_the_first_difference_has_a_name(yours, expected, exact, key):
    assert not same_output(yours, expected, exact=exact)
    assert difference(yours, expected, exact=exact)[0] == key


@pytest.mark.parametrize(
    ("yours", "expected"), [("SUM = 7.00", "Sum: 7"), ("a\n\n b ", "a\nb"), ("1e3", "1000"), ("Yes!", "yes")]
)
def test_as_people_read_it_two_outputs_may_be_the_same_and_exactly_not(yours, expected):
    assert same_output(yours, expected, exact=False)
    assert not same_output(yours, expected, exact=True)


def test_the_end_of_a_line_never_counts():
    assert same_output("a \nb", "a\nb\n\n", exact=True)


def test_prompts_count_where_that_is_asked(worker):
    key = Program(examples=[(["Ada"], "Name? Hello Ada")], prompts=True, exact=True)
    assert key.check("n = input('Name? ')\nprint('Hello', n)", worker).correct
    assert not key.check("n = input()\nprint('Hello', n)", worker).correct


def test_a_program_that_is_right_is_told_to_go_another_way(worker):
    key = Program(examples=[((), "1\n2\n3")], requires=["for"])
    assert key.check("for n in range(1, 4): print(n)", worker).correct
    assert key.check("print(1); print(2); print(3)", worker).mistake == "lacks-for"
    assert key.check("for n in range(1, 4): print(n, input())", worker).mistake == "asks-for-nothing"


def test_the_score_is_the_share_of_runs_that_are_right(worker):
    result = SUMS.check("a, b = int(input()), int(input())\nprint('Sum:', abs(a + b - 1) + 1)", worker)
    assert result.score == pytest.approx(2 / 3)
    assert result.feedback.startswith("Right for 2 of 3 runs. With `0 ⏎ 0` typed in:")


def test_two_programs_are_the_same_if_they_print_the_same(worker):
    assert SUMS.same(ADD, "print('sum', int(input()) + int(input()))", worker)
    assert not SUMS.same(ADD, "print(3)", worker)
    assert not SUMS.same(ADD, "print(", worker)


def test_it_works_alone():
    assert Program(examples=[("3", "9")]).check("print(int(input()) ** 2)").correct


@pytest.mark.parametrize("response", [None, "", 3, [], {"code": ""}, {"code": "print("}, {"code": "!ls"}])
def test_what_is_no_code_is_no_answer(response):
    assert isinstance(SUMS.parse(response), FormatError)
    assert SUMS.check(response).score == 0


def test_what_is_asked_is_code_and_the_model_answer_is_the_reference():
    assert SUMS.asks() == {"kind": "code"}
    assert SUMS.right() == {"code": ADD}
    assert Program(examples=[((), "x")]).right() is None


@pytest.mark.parametrize("examples", [[], [5], [("3",)], [(3, "4")], [(["3"], 4)]])
def test_an_author_s_slip_is_refused_with_what_was_expected(examples):
    with pytest.raises(ValueError, match="expected"):
        Program(examples=examples)


texts = st.text(st.sampled_from("aB 1.-\n:"), max_size=30) | st.text(max_size=20)


@given(texts, texts, st.booleans())
def test_any_two_outputs_are_the_same_or_differ_in_a_way_that_can_be_told(yours, expected, exact):
    assert same_output(yours, yours, exact=exact)
    if not same_output(yours, expected, exact=exact):
        _, says, params = difference(yours, expected, exact=exact)
        json.dumps(params)
        assert says


@settings(max_examples=15)
@given(st.text(max_size=30) | st.none() | st.sampled_from([ADD, "print(1)", "input()", "1/0"]))
def test_no_response_makes_it_raise_and_the_same_gets_the_same(worker, response):
    assert SUMS.check(response, worker) == SUMS.check(response, worker)
