"""A whole cohort folded by columns comes to what each learner's own fold comes to."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from courseware.events import Event, new_id
from courseware.mastery.attempts import NONE, Attempts, Rounds, occurrence
from courseware.mastery.cohort import Cohort, folded
from courseware.mastery.fold import Fold
from courseware.rule import Rule, Tracing

START = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
OBJECTIVES = {"a": ("x.one",), "b": ("x.one",), "c": ("x.one", "x.two"), "d": ("x.two", "x.three", "x.one")}
RULES = {
    "x.one": Rule(),
    "x.two": Rule(kind="2-in-a-row", later_session=False),
    "x.three": Rule(kind="moving-average", threshold=0.6),
}
FITTED = {"x.one": Rule(threshold=0.9, tracing=Tracing(l0=0.2, t=0.15, guess=0.12, slip=0.2))}

HAPPENED = st.tuples(
    st.sampled_from(["asked", "hint", "solution", "answer", "answer", "answer", "answer"]),
    st.sampled_from("uvw"),
    st.sampled_from("abcd"),
    st.integers(0, 9),
    st.sampled_from([1.0, 1.0, 0.5]),
    st.sampled_from([1.0, 40.0, 800.0, 9000.0]),
    st.sampled_from(["check", "review"]),
)


def events_of(history: list[tuple[str, str, str, int, float, float, str]]) -> list[Event]:
    at, events = START, []
    for kind, learner, item, seed, score, minutes, source in history:
        at += timedelta(minutes=minutes)
        events.append(
            Event(
                id=new_id(), at=at, learner=learner, course="c", course_version="1", kind=kind, item=item,
                item_version=1, seed=seed, objectives=OBJECTIVES[item], open=item != "a",
                guess=0.25 if item == "a" else 0.05, difficulty={"b": -0.7, "d": 0.7}.get(item, 0.0),
                score=score if kind == "answer" else None, source=source,
            )
        )  # fmt: skip
    return events


def same(cohort: Cohort, attempts: Attempts, folds: dict[str, Fold]) -> None:
    rows = {
        (attempts.learners[u], attempts.objectives[o]): n
        for n, (u, o) in enumerate(zip(cohort.learner, cohort.objective, strict=True))
    }
    assert set(rows) == {(u, o) for u, fold in folds.items() for o in fold.standings}
    for (learner, objective), row in rows.items():
        fold = folds[learner]
        standing = fold.standings[objective]
        for name in ("answers", "clean", "row", "made_one", "reached", "ever_proficient"):
            assert getattr(cohort, name)[row] == getattr(standing, name), (name, learner, objective)
        assert cohort.known[row] == pytest.approx(standing.known, abs=1e-9)
        assert cohort.on[row] == pytest.approx(fold.predictor.on.get(objective, 0.0), abs=1e-9)
    for number, learner in enumerate(attempts.learners):
        assert cohort.ability[number] == pytest.approx(folds[learner].predictor.ability, abs=1e-9)


@given(st.lists(HAPPENED, max_size=60), st.sampled_from([{}, RULES, FITTED]))
def test_by_columns_it_comes_to_the_same_as_learner_by_learner(history, rules):
    events = events_of(history)
    attempts = Attempts.of(reversed(events))
    folds = {u: Fold.of([e for e in events if e.learner == u], rules, 0.3) for u in attempts.learners}
    same(folded(attempts, rules, 0.3), attempts, folds)


def test_long_histories_come_to_the_same_as_well():
    chance = np.random.default_rng(3)
    history = [
        ("answer", "uv"[n % 2], "abcd"[chance.integers(4)], n, float(chance.random() < 0.8), 3.0, "check")
        for n in range(2000)
    ]
    events = events_of(history)
    attempts = Attempts.of(events)
    folds = {u: Fold.of([e for e in events if e.learner == u], RULES) for u in attempts.learners}
    same(folded(attempts, RULES), attempts, folds)


def test_attempts_keep_what_the_fold_derives():
    events = events_of(
        [
            ("asked", "u", "a", 0, 1.0, 1.0, "check"),
            ("hint", "u", "a", 0, 1.0, 1.0, "check"),
            ("answer", "u", "a", 0, 1.0, 1.0, "check"),
            ("answer", "u", "c", 1, 0.5, 40.0, "review"),
            ("answer", "u", "c", 1, 1.0, 1.0, "review"),
        ]
    )
    attempts = Attempts.of([*events, *events])
    assert attempts.clean.tolist() == [False, True, False]
    assert attempts.right.tolist() == [True, False, True]
    assert attempts.session.tolist() == [0, 1, 1]
    assert attempts.objective.tolist() == [[0, NONE], [0, 1], [0, 1]]
    skill, sets = attempts.sets()
    assert [sets[n] for n in skill] == [("x.one",), ("x.one", "x.two"), ("x.one", "x.two")]


@given(st.lists(st.integers(0, 5), max_size=40))
def test_rounds_hold_every_row_once_and_each_sequence_in_its_order(sequence):
    rows = np.array(sequence, dtype=np.int64)
    rounds = Rounds.of(rows)
    assert sorted(rounds.order) == list(range(len(rows)))
    for turn in range(len(rounds.bounds) - 1):
        here = rounds.order[rounds.bounds[turn] : rounds.bounds[turn + 1]]
        assert len(set(rows[here])) == len(here)
        assert (occurrence(rows)[here] == turn).all()
        assert (rounds.rank[here] == np.arange(len(here))).all()
    assert (rounds.back(rows[rounds.order].astype(float)) == rows).all()
