"""The rules that a course may choose for its gates, and the predictor."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courseware.mastery import rules
from courseware.mastery.levels import Evidence, Level, Standing, after, at_start
from courseware.mastery.predictor import Predictor
from courseware.rule import Rule, Tracing, is_kind

START = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
ALL = [
    Rule(),
    Rule(threshold=0.98, tracing=Tracing(l0=0.5, t=0.02, guess=0.2, slip=0.15)),
    Rule(kind="n-in-a-row"),
    Rule(kind="5-in-a-row"),
    Rule(kind="moving-average", threshold=0.8),
]
STEP = st.tuples(st.booleans(), st.booleans(), st.sampled_from("abc"))


def tried(right=True, item="a", *, is_open=True, minutes=0.0, **more) -> Evidence:
    return Evidence(
        at=START + timedelta(minutes=minutes), item=item, right=right, clean=True, open=is_open,
        guess=0.05 if is_open else 0.25, difficulty=0.0, **more,
    )  # fmt: skip


def run(rule: Rule, steps) -> Standing:
    standing = at_start(rule)
    for step in steps:
        standing = after(standing, step, rule)
    return standing


@given(st.sampled_from(ALL), st.lists(STEP, max_size=12), st.floats(0, 400))
def test_by_any_rule_one_more_right_first_try_never_lowers_the_value_or_the_level(rule, history, days):
    before = run(rule, [tried(r, item, is_open=o) for r, o, item in history])
    now = START + timedelta(days=days)
    more = after(before, tried(True, "a", minutes=1), rule)
    assert more.known >= before.known
    assert more.known_at(now, rule) >= before.known_at(now, rule) - 1e-12
    assert more.level_at(now, rule) >= before.level_at(now, rule)


@given(st.sampled_from(ALL), st.lists(STEP, max_size=12))
def test_by_any_rule_the_gate_needs_two_right_ones_last_on_two_items_one_of_them_open(rule, history):
    standing = at_start(rule)
    for right, is_open, item in history:
        was = standing.reached
        standing = after(standing, tried(right, item, is_open=is_open), rule)
        if was < Level.PROFICIENT <= standing.reached:
            one, two = standing.recent[-2:]
            assert one.right
            assert two.right
            assert one.item != two.item
            assert one.open or two.open
            assert standing.known >= rules.of(rule).threshold


@pytest.mark.parametrize(
    ("kind", "rights", "opens"),
    [("n-in-a-row", 2, False), ("n-in-a-row", 3, True), ("2-in-a-row", 2, True), ("5-in-a-row", 4, False),
     ("5-in-a-row", 5, True), ("moving-average", 3, False), ("moving-average", 4, True), ("bkt", 2, True)],
)  # fmt: skip
def test_so_many_right_first_tries_open_a_gate(kind, rights, opens):
    rule = Rule(kind=kind, threshold=0.8 if kind == "moving-average" else 0.95)
    standing = run(rule, [tried(True, "ab"[n % 2]) for n in range(rights)])
    assert (standing.reached == Level.PROFICIENT) is opens


def test_a_wrong_one_starts_a_row_again_and_only_leaves_the_average_after_five():
    row, average = Rule(kind="n-in-a-row"), Rule(kind="moving-average", threshold=0.8)
    rights = [tried(True, "ab"[n % 2]) for n in range(4)]
    assert run(row, [*rights[:2], tried(False)]).known == 0
    assert run(average, [tried(False), *rights[:3]]).known == pytest.approx(3 / 5)
    assert run(average, [tried(False), *rights]).known == pytest.approx(4 / 5)


@pytest.mark.parametrize("name", ["n-in-a-row", "2-in-a-row", "10-in-a-row", "bkt", "moving-average"])
def test_a_rule_is_known_by_its_name(name):
    assert is_kind(name)
    assert not is_kind(name.upper())


def test_the_fitted_parameters_are_those_of_the_textbook():
    """Corbett & Anderson (1994), by hand: with l0 .4, t .1, guess .2, slip .1, one right answer."""
    rule = Rule(tracing=Tracing(l0=0.4, t=0.1, guess=0.2, slip=0.1))
    one = Evidence(at=START, item="a", right=True, clean=True, open=True, guess=0.0, difficulty=0.0)
    posterior = 0.4 * 0.9 / (0.4 * 0.9 + 0.6 * 0.2)
    assert run(rule, [one]).known == pytest.approx(posterior + (1 - posterior) * 0.1)


# The predictor -----------------------------------------------------------------------------------


def test_the_predictor_moves_as_its_formula_says():
    predictor = Predictor()
    predictor.learn(("x",), 0.7, True)
    error = 1 - 1 / (1 + math.exp(0.7))
    assert predictor.ability == pytest.approx(0.4 * error)
    assert predictor.on["x"] == pytest.approx(0.5 * error)
    z = 0.9 * error - 0.7
    assert predictor.chance(("x",), 0.7) == pytest.approx(1 / (1 + math.exp(-z)))
    predictor.learn(("x", "y"), 0.0, False)
    p = 1 / (1 + math.exp(-(0.4 * error + 0.25 * error)))
    assert predictor.ability == pytest.approx(0.4 * error - 0.4 / 1.05 * p)
    assert predictor.on["y"] == pytest.approx(-0.5 * p)
    assert predictor.on["x"] == pytest.approx(0.5 * error - 0.5 / 1.05 * p)


@given(st.lists(st.tuples(st.sampled_from("xyz"), st.booleans()), max_size=30), st.floats(-3, 3))
def test_a_right_answer_raises_what_is_predicted_and_a_wrong_one_lowers_it(history, difficulty):
    predictor = Predictor(0.3)
    for objective, right in history:
        before = predictor.chance((objective,), difficulty)
        predictor.learn((objective,), difficulty, right)
        now = predictor.chance((objective,), difficulty)
        assert now > before if right else now < before
