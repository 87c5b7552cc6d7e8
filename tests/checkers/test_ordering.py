"""Lines to put in order."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkers import FormatError, Ordering, Result

LINES = ["total = 0", "for n in numbers:", "    total += n", "print(total)"]
KEY = Ordering(LINES, distractors=["total = n", "for n in total:"])


def test_the_lines_in_order_are_right():
    assert KEY.grade(KEY.right()).score == 1
    assert KEY.right() == LINES
    assert Ordering("\n".join(LINES)).grade(LINES).score == 1
    assert KEY.grade([line.replace("    ", "\t") for line in LINES]).score == 1


@pytest.mark.parametrize(
    ("placed", "mistake"),
    [
        ([*LINES, "total = n"], "distractor"),
        (LINES[:3], "missing-line"),
        ([LINES[1], LINES[0], LINES[2], LINES[3]], "order"),
        ([LINES[0], LINES[1], LINES[3], LINES[2]], "order"),
        ([LINES[0], LINES[1], "total += n", LINES[3]], "too-flat"),
        ([LINES[0], LINES[1], LINES[2], "    print(total)"], "too-deep"),
    ],
)
def test_what_is_wrong_is_told_one_thing_at_a_time(placed, mistake):
    result = KEY.grade(placed)
    assert result.mistake == mistake
    assert result.score < 1
    assert "{" not in result.feedback


def test_indentation_does_not_count_where_it_is_not_asked_for():
    flat = Ordering(LINES, indent=False)
    assert flat.grade([line.strip() for line in LINES]).score == 1
    assert flat.asks()["indent"] is False


def test_what_is_shown_is_stripped_and_never_in_the_right_order():
    for seed in range(200):
        shuffle = random.Random(seed)
        shown = KEY.arranged(lambda lines, s=shuffle: s.sample(lines, len(lines))).asks()["blocks"]
        assert sorted(shown) == sorted([*(line.strip() for line in LINES), "total = n", "for n in total:"])
        assert [line for line in shown if line not in KEY.distractors] != [line.strip() for line in LINES]


def test_several_orders_are_right_where_lines_do_not_depend_on_each_other():
    key = Ordering(["a = 1", "b = 2", "print(a + b)"], before={2: [0, 1]})
    assert key.grade(["b = 2", "a = 1", "print(a + b)"]).score == 1
    assert key.grade(["a = 1", "print(a + b)", "b = 2"]).mistake == "order"


def test_equal_lines_may_stand_for_each_other():
    key = Ordering(["x += 1", "print(x)", "x += 1"])
    assert key.grade(["x += 1", "print(x)", "x += 1"]).score == 1
    assert isinstance(key.grade(["x += 1"] * 3), FormatError)


@pytest.mark.parametrize(
    "response", [None, [], "", "total = 0", [3], ["total = 1"], {}, [LINES[0], LINES[0]]]
)
def test_what_are_not_the_lines_is_no_answer(response):
    assert isinstance(KEY.grade(response), FormatError)


@given(st.permutations(LINES), st.lists(st.integers(0, 3), min_size=4, max_size=4))
def test_only_the_right_order_and_indentation_is_right(order, levels):
    placed = [" " * 4 * level + line.strip() for line, level in zip(order, levels, strict=True)]
    assert KEY.grade(placed).correct == (placed == LINES)
    assert KEY.same(KEY.parse(placed), KEY.parse(placed))


@given(st.lists(st.text()) | st.text() | st.none() | st.lists(st.integers()))
def test_nothing_makes_it_raise(response):
    assert KEY.check(response) == KEY.check(response)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({"lines": ["a"]}, "at least two"),
        ({"lines": ["a", "b"], "distractors": ["a"]}, "as a distractor"),
        ({"lines": ["a", "b"], "before": {5: [0]}}, "places run"),
        ({"lines": ["a", "b"], "before": {0: [1]}}, "does not allow"),
    ],
)
def test_an_author_s_slip_is_refused_with_what_was_expected(arguments, says):
    with pytest.raises(ValueError, match=says):
        Ordering(**arguments)


# Help ----------------------------------------------------------------------------------------------

LONG = ["total = 0", "for n in numbers:", "    total += n", "    print(n)", "print(total)"]
STUCK = Ordering(LONG, distractors=["total = n", "n += 1"])


def shown(steps):
    return STUCK.helped(steps).asks()


def test_help_takes_lines_out_then_gives_indentation_then_joins_lines():
    assert [m.key for m in STUCK.helps] == [
        "help-line-out",
        "help-last-line-out",
        "help-indented",
        "help-joined",
        "help-joined",
    ]
    assert "help" not in shown(0)
    assert [len(shown(n)["blocks"]) for n in range(6)] == [7, 6, 5, 5, 4, 3]
    assert "total = n" not in shown(1)["blocks"]
    assert "    total += n" in shown(3)["blocks"]
    assert [shown(n)["indent"] for n in range(6)] == [True, True, True, False, False, False]
    assert shown(5)["help"] == [m.text for m in STUCK.helps]
    assert shown(9) == shown(5)


def test_keys_offer_only_the_help_that_they_have():
    assert [m.key for m in Ordering(["a", "b", "c", "d"]).helps] == ["help-joined"]
    assert Ordering(["a", "b"]).helps == ()
    assert [m.key for m in Ordering(["if a:", "    b"], distractors=["c"]).helps] == [
        "help-last-line-out",
        "help-indented",
    ]


@given(st.integers(0, 6), st.integers(0, 10_000))
def test_with_help_the_lines_are_still_there_never_in_the_right_order_and_judged_as_before(steps, seed):
    shuffle = random.Random(seed)
    key = STUCK.arranged(lambda lines: shuffle.sample(lines, len(lines))).helped(steps)
    blocks = key.asks()["blocks"]
    lines = [line for block in blocks for line in block.split("\n")]
    placed = [line for line in lines if line.strip() not in key.distractors]
    assert sorted(map(str.strip, placed)) == sorted(map(str.strip, LONG))
    assert [line.strip() for line in placed] != [line.strip() for line in LONG]
    if steps >= 3:
        assert key.grade(sorted(placed, key=LONG.index)).correct
    assert key.grade(LONG) == STUCK.grade(LONG)
    assert key.grade(placed) == STUCK.grade(placed)


# Texts that are no code ------------------------------------------------------------------------

FRACTIONS = Ordering(["1/8", "1/4", "1/2"], code=False)


@pytest.mark.parametrize(
    ("placed", "says"),
    [
        (
            ["1/2", "1/4", "1/8"],
            "All are there. The first one has to be another: which of them comes before 1/2?",
        ),
        (
            ["1/8", "1/2", "1/4"],
            "The first one is right. Then comes 1/2, and that is too early: which one is next?",
        ),
        (["1/8", "1/4"], "What is placed belongs there. One more to place: where does it go?"),
        ([], "Nothing is in place yet. Put all in order, then check."),
        (["1/3"], "What came in is not what is shown. Put that in order, then check."),
    ],
)
def test_texts_are_not_spoken_of_as_code(placed, says):
    told = FRACTIONS.grade(placed)
    assert (told.feedback if isinstance(told, Result) else told.message.text) == says
    assert not any(word in says for word in ("line", "run", "`"))


def test_texts_are_asked_for_as_such_and_are_never_joined():
    assert FRACTIONS.asks() | {"blocks": []} == {
        "kind": "ordering",
        "blocks": [],
        "indent": False,
        "code": False,
        "spare": False,
    }
    assert FRACTIONS.helps == ()
    spare = Ordering(["1/2 + 1/3", "3/6 + 2/6", "5/6"], distractors=["2/5"], code=False)
    assert spare.asks()["spare"]
    assert [help.key for help in spare.helps] == ["help-last-line-out"]
    assert "2/5" not in spare.helped(1).asks()["blocks"]
