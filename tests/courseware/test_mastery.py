"""The gate, the levels and the fold, by their rules."""

from __future__ import annotations

import pickle
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courseware.events import Event, new_id
from courseware.mastery import gate
from courseware.mastery.explain import left, tries_needed, why
from courseware.mastery.fold import Fold
from courseware.mastery.levels import Evidence, Level, Standing, after
from courseware.rule import Rule

START = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
RULE = Rule()


def evidence(right=True, item="a", *, is_open=True, clean=True, minutes=0.0, session=0, **more) -> Evidence:
    return Evidence(
        at=START + timedelta(minutes=minutes), item=item, right=right, clean=clean, open=is_open,
        guess=more.pop("guess", 0.05 if is_open else 0.25), difficulty=more.pop("difficulty", 0.0),
        session=session, **more,
    )  # fmt: skip


def run(*steps: Evidence, rule: Rule = RULE) -> Standing:
    standing = Standing()
    for step in steps:
        standing = after(standing, step, rule)
    return standing


def test_a_row_of_right_first_tries_on_open_items_moves_l_as_the_formula_says():
    known, seen = gate.L0, []
    for _ in range(4):
        known = gate.updated(known, right=True, guess=0.05, difficulty=0.0)
        seen.append(round(known, 4))
    # By hand: p1 = .05 + .95 σ(2.4) = .92095, p0 = .05 + .95 σ(−2.4) = .12905;
    # odds × 7.1366, then + .1 (1 − L).
    assert seen == [0.7783, 0.9655, 0.9955, 0.999]


def test_a_wrong_answer_to_an_item_of_two_objectives_takes_less_from_each():
    alone = gate.updated(0.8, right=False, guess=0.05, difficulty=0.0)
    shared = gate.updated(0.8, right=False, guess=0.05, difficulty=0.0, objectives=2)
    assert alone < shared < 0.8


@given(st.floats(0.001, 0.998), st.floats(0, 0.5), st.sampled_from([-0.7, 0, 0.7]), st.integers(1, 3))
def test_a_right_answer_never_lowers_and_always_beats_a_wrong_one(known, guess, difficulty, objectives):
    right = gate.updated(known, right=True, guess=guess, difficulty=difficulty, objectives=objectives)
    wrong = gate.updated(known, right=False, guess=guess, difficulty=difficulty, objectives=objectives)
    assert right >= known
    assert right > wrong


@given(st.lists(st.tuples(st.booleans(), st.booleans(), st.floats(0, 500)), max_size=12), st.floats(0, 500))
def test_one_more_right_clean_answer_never_gives_a_lower_l_at_the_same_now(history, gap):
    steps, at = [], 0.0
    for right, is_open, days in history:
        at += days
        steps.append(evidence(right, is_open=is_open, minutes=at * 24 * 60))
    before = run(*steps)
    more = after(before, evidence(True, "b", minutes=(at + gap / 2) * 24 * 60), RULE)
    now = START + timedelta(days=at + gap)
    assert more.known_at(now) >= before.known_at(now) - 1e-12
    assert more.level_at(now) >= before.level_at(now)


@pytest.mark.parametrize(
    ("steps", "level"),
    [
        ([], Level.NOT_STARTED),
        ([evidence(False)], Level.ATTEMPTED),
        ([evidence(True, clean=False)], Level.ATTEMPTED),
        ([evidence(True, is_open=False)], Level.ATTEMPTED),
        ([evidence(True)], Level.FAMILIAR),
        ([evidence(True, is_open=False), evidence(True, "b", is_open=False)], Level.FAMILIAR),
        ([evidence(True, "a"), evidence(True, "b")], Level.PROFICIENT),
        ([evidence(True, "a"), evidence(True, "a"), evidence(True, "a")], Level.FAMILIAR),
        ([evidence(True, f"{n}", is_open=False) for n in range(9)], Level.FAMILIAR),
        ([evidence(True, "a", is_open=False), evidence(True, "b"), evidence(True, "c")], Level.PROFICIENT),
        ([evidence(True, "a"), evidence(False, "b"), evidence(True, "c")], Level.FAMILIAR),
    ],
)
def test_levels_follow_their_rules(steps, level):
    assert run(*steps).level_at(START) == level


def test_wrong_retries_hints_and_solutions_move_nothing():
    before = run(evidence(True))
    for right in (True, False):
        moved = after(before, evidence(right, "b", clean=False), RULE)
        assert moved.known == before.known
        assert (moved.clean, moved.recent) == (before.clean, before.recent)


def test_from_proficient_a_level_falls_only_by_a_failed_review_or_two_wrongs_in_a_row():
    start = run(evidence(True, "a"), evidence(True, "b"))
    one_wrong = after(start, evidence(False, "c"), RULE)
    assert one_wrong.reached == Level.PROFICIENT
    assert after(one_wrong, evidence(False, "d"), RULE).level_at(START) == Level.FAMILIAR
    assert after(one_wrong, evidence(True, "d"), RULE).reached == Level.PROFICIENT
    failed = after(start, evidence(False, "c", review=True), RULE)
    assert failed.level_at(START + timedelta(days=900)) == Level.FAMILIAR
    assert failed.ever_proficient
    assert start.level_at(START + timedelta(days=900)) == Level.PROFICIENT


def test_mastered_takes_a_right_review_in_a_later_session_at_least_twelve_hours_on():
    start = run(evidence(True, "a"), evidence(True, "b"))
    review = {"review": True, "item": "c"}
    assert after(start, evidence(minutes=60, session=1, **review), RULE).reached == Level.PROFICIENT
    assert after(start, evidence(minutes=800, session=0, **review), RULE).reached == Level.PROFICIENT
    mastered = after(start, evidence(minutes=800, session=1, **review), RULE)
    assert mastered.reached == Level.MASTERED
    failed = after(mastered, evidence(False, minutes=900, session=1, review=True), RULE)
    assert failed.reached == Level.PROFICIENT
    at_once = after(start, evidence(minutes=1, **review), Rule(later_session=False))
    assert at_once.reached == Level.MASTERED


def test_l_is_read_lower_after_a_long_gap_and_comes_back_with_practice():
    familiar = run(evidence(True))
    soon, late = START + timedelta(hours=11), START + timedelta(days=90)
    assert familiar.known_at(soon) == familiar.known
    assert familiar.known_at(late) == pytest.approx(gate.L0 + (familiar.known - gate.L0) / 2)


@pytest.mark.parametrize("threshold", [0.95, 0.98])
@pytest.mark.parametrize(
    "steps",
    [[], [evidence(False)], [evidence(True)], [evidence(False), evidence(False), evidence(False)],
     [evidence(True), evidence(False), evidence(True)]],
)  # fmt: skip
def test_the_number_of_tries_told_is_the_number_that_opens_the_gate(steps, threshold):
    rule = Rule(threshold=threshold)
    standing = run(*steps, rule=rule)
    needed = tries_needed(standing, rule)
    assert needed is not None
    for n in range(needed):
        assert standing.reached < Level.PROFICIENT
        standing = after(standing, evidence(True, f"next {n}"), rule)
    assert standing.reached == Level.PROFICIENT


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        ([], "No answer yet."),
        ([evidence(True)], "Your first try was right."),
        (
            [evidence(True, "a"), evidence(True, "b")],
            "Both of your last two first tries were right, on two different questions",
        ),
        (
            [
                evidence(item="a"),
                evidence(False, "b", mistake="or-for-and"),
                evidence(item="c"),
                evidence(item="d"),
            ],
            "Three of your last four first tries were right, on three different questions; "
            "the one with “or for and” went wrong.",
        ),
        (
            [evidence(False), evidence(False, mistake="and")],
            "None of your last two first tries was right yet.",
        ),
        ([evidence(True), evidence(True)], "all on the same question"),
        ([evidence(True, "a", is_open=False), evidence(True, "b", is_open=False)], "without options"),
        ([evidence(False, clean=False)], "practice"),
    ],
)
def test_why_names_the_evidence(steps, said):
    assert said in why(run(*steps))


def test_left_names_the_work_that_is_left():
    assert left(Standing(), Rule(threshold=0.98)) == "three more right first tries to Proficient"
    assert left(run(evidence()), RULE) == "one more right first try to Proficient"
    assert left(run(evidence(), evidence()), RULE) == "one right first try on another question to Proficient"
    assert "one review in a later session" in left(run(evidence(), evidence(item="b")), RULE)


# The fold ----------------------------------------------------------------------------------------


def happened(kind="answer", minutes=0.0, *, item="a", seed=1, score=1.0, **more) -> Event:
    return Event(
        id=new_id(), at=START + timedelta(minutes=minutes), learner="u", course="c", course_version="1",
        kind=kind, item=item, item_version=1, seed=seed, objectives=("x.y",), open=True, guess=0.05,
        difficulty=0.0, score=score if kind == "answer" else None, **more,
    )  # fmt: skip


KINDS = st.sampled_from(["asked", "hint", "solution", "run", "answer"])
HISTORY = st.lists(
    st.tuples(KINDS, st.sampled_from("abc"), st.integers(0, 2), st.booleans(), st.floats(0.01, 3000)),
    max_size=25,
)


def events_of(history) -> list[Event]:
    at, events = 0.0, []
    for kind, item, seed, right, gap in history:
        at += gap
        events.append(happened(kind, at, item=item, seed=seed, score=float(right)))
    return events


@given(HISTORY, st.randoms(use_true_random=False))
def test_the_fold_is_the_same_in_any_order_of_arrival_and_with_doubles(history, chance):
    events = events_of(history)
    shuffled = events + events[::2]
    chance.shuffle(shuffled)
    assert Fold.of(shuffled).standings == Fold.of(events).standings


@given(HISTORY)
def test_only_a_first_answer_without_help_is_clean(history):
    events = events_of(history)
    fold = Fold.of(events)
    touched, clean = set(), 0
    for e in events:
        key = (e.item, e.seed)
        if e.kind == "answer" and key not in touched:
            clean += 1
        if e.kind == "answer" or (
            e.kind in {"hint", "solution"}
            and any(x.kind in {"asked", "answer"} and (x.item, x.seed) == key and x.at < e.at for x in events)
        ):
            touched.add(key)
    assert fold.standing("x.y").clean == clean


@given(HISTORY)
def test_wrong_retries_hints_and_runs_never_raise_l(history):
    events = events_of(history)
    fold = Fold()
    for e in sorted(events, key=lambda e: (e.at, e.id)):
        before = fold.standing("x.y")
        fold.add(e)
        now = fold.standing("x.y")
        if now.known > before.known:
            assert e.kind == "answer"
            assert now.clean == before.clean + 1


def test_a_late_event_is_told_so_that_the_learner_is_folded_anew():
    fold = Fold()
    assert fold.add(happened(minutes=5))
    assert not fold.add(happened(minutes=1))
    assert fold.standing("x.y").answers == 1


def test_a_session_ends_after_half_an_hour_without_an_event():
    steps = [happened(minutes=m, seed=n) for n, m in enumerate([0, 29, 60, 120])]
    recent = Fold.of(steps).standing("x.y").recent
    assert [e.session for e in recent] == [0, 0, 1, 2]
    assert all(a.at < b.at for a, b in pairwise(recent))


def test_a_standing_does_not_grow_with_the_history_behind_it():
    short, long = (run(*(evidence(n % 3 > 0, "ab"[n % 2]) for n in range(count))) for count in (9, 999))
    assert len(pickle.dumps(long)) <= len(pickle.dumps(short)) + 64
    assert long.clean == 999


def test_the_first_hand_in_of_a_task_is_clean_and_later_ones_are_practice():
    task = {"item": "02-select.heavy", "source": "nbgrader"}
    hand_ins = [
        replace(happened(minutes=m, score=s, **task), item_version=None, seed=None)
        for m, s in enumerate([0.5, 1.0])
    ]
    standing = Fold.of(hand_ins).standing("x.y")
    assert (standing.answers, standing.clean, standing.recent[0].right) == (2, 1, False)


@pytest.mark.parametrize("kind", ["placement", "override", "handed-in", "run", "hint", "solution", "asked"])
def test_events_that_say_nothing_of_an_answer_fold_without_harm_whatever_they_leave_out(kind):
    bare = Event(id=new_id(), at=START, learner="u", course="c", course_version="0.1", kind=kind)
    fold = Fold.of([bare, happened(minutes=1)])
    assert fold.standing("x.y").clean == 1
