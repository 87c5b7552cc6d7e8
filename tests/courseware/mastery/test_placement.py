"""Placement: few questions, seldom wrong, nothing skipped that is not known."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courseware.mastery import gate
from courseware.mastery.placement import (
    MOST,
    SURE,
    Asked,
    Outcome,
    chances,
    found,
    information,
    limit,
    next_objective,
)

CHAIN = tuple(f"o.{n:02}" for n in range(12))
CHAIN_NEEDS = {name: CHAIN[n - 1 : n] for n, name in enumerate(CHAIN) if n}


def question(objective, outcome=Outcome.RIGHT, guess=0.05) -> Asked:
    return Asked(objectives=(objective,), guess=guess, difficulty=0.0, outcome=outcome)


def simulated(learners: int, seed: int, *, guess: float = 0.05) -> tuple[float, float, float]:
    """Questions asked, share of objectives placed rightly, share of those skipped that are not known."""
    chance = random.Random(seed)
    asked_in_all = right_in_all = skipped = falsely = 0
    p1, p0 = gate.likelihoods(guess, 0.0)
    for _ in range(learners):
        knows = set(CHAIN[: chance.randrange(13)])
        asked: list[Asked] = []
        while (objective := next_objective(CHAIN, CHAIN_NEEDS, asked)) is not None:
            is_right = chance.random() < (p1 if objective in knows else p0)
            asked.append(question(objective, Outcome.RIGHT if is_right else Outcome.WRONG, guess))
        known = set(found(CHAIN, CHAIN_NEEDS, asked))
        asked_in_all += len(asked)
        right_in_all += sum((o in known) == (o in knows) for o in CHAIN)
        skipped += len(known)
        falsely += len(known - knows)
    return asked_in_all / learners, right_in_all / learners / len(CHAIN), falsely / max(1, skipped)


@pytest.mark.parametrize(("guess", "questions", "accuracy"), [(0.05, 8.1, 0.90), (0.25, 12.0, 0.88)])
def test_on_a_chain_of_twelve_few_questions_place_rightly_and_skip_little_falsely(guess, questions, accuracy):
    asked, rightly, falsely = simulated(200, seed=7, guess=guess)
    assert asked <= questions
    assert rightly >= accuracy
    assert falsely < 0.05


def test_who_knows_all_or_nothing_is_soon_told():
    for outcome, known in ((Outcome.RIGHT, set(CHAIN)), (Outcome.WRONG, set()), (Outcome.PASSED, set())):
        asked: list[Asked] = []
        while (objective := next_objective(CHAIN, CHAIN_NEEDS, asked)) is not None:
            asked.append(question(objective, outcome))
        assert len(asked) <= 8
        assert set(found(CHAIN, CHAIN_NEEDS, asked)) == known


GRAPH = (
    st.integers(1, 9)
    .flatmap(
        lambda n: st.tuples(
            *(st.sets(st.integers(0, max(0, k - 1)), max_size=2) if k else st.just(set()) for k in range(n))
        )
    )
    .map(
        lambda needs: {
            f"o.{k}": tuple(f"o.{below}" for below in sorted(each)) for k, each in enumerate(needs)
        }
    )
)


@given(GRAPH, st.data())
def test_what_is_skipped_takes_in_all_that_it_builds_on(needs, data):
    scope = tuple(needs)
    outcomes = st.tuples(st.sampled_from(scope), st.sampled_from(list(Outcome)))
    asked = [question(o, how) for o, how in data.draw(st.lists(outcomes, max_size=10))]
    known = set(found(scope, needs, asked))
    assert all(need in known for o in known for need in needs[o])
    each = chances(scope, needs, asked)
    assert all(-1e-9 <= p <= 1 + 1e-9 for p in each.values())
    assert all(each[need] >= each[o] - 1e-9 for o in scope for need in needs[o])


@given(GRAPH, st.randoms(use_true_random=False))
def test_a_placement_ends_whatever_is_answered(needs, chance):
    scope, asked = tuple(needs), []
    while (objective := next_objective(scope, needs, asked)) is not None:
        asked.append(question(objective, chance.choice(list(Outcome))))
        assert len(asked) <= limit(len(scope)) <= MOST


def test_one_lucky_guess_skips_nothing():
    scope = ("a.x",)
    assert found(scope, {}, []) == ()
    assert found(scope, {}, [question("a.x", guess=0.5)]) == ()


def test_a_large_course_is_placed_too():
    """Thirty objectives side by side have a thousand million states: a fixed sample stands for them."""
    scope = tuple(f"o.{n}" for n in range(30))
    first = next_objective(scope, {}, [])
    assert first == next_objective(scope, {}, [])
    assert chances(scope, {}, [question("o.3"), question("o.3")])["o.3"] > SURE


def test_what_is_half_known_tells_most():
    assert information(0.5) > information(0.8) > information(0.99)
    assert information(1.0) == pytest.approx(0.0)
