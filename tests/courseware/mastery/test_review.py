"""Reviews: when they are due, how they rate, what they do to a level."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from courseware.events import Event, new_id
from courseware.mastery.fold import Fold
from courseware.mastery.levels import Level
from courseware.mastery.review import Rating, Reviews, due, due_at
from courseware.rule import Rule

START = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
RULES = {"x.y": Rule()}


def event(kind="answer", days=0.0, item="a", seed=1, score=1.0, source="check", **more) -> Event:
    base = Event(
        id=new_id(), at=START + timedelta(days=days), learner="u", course="c", course_version="1", kind=kind,
        item=item, item_version=1, seed=seed, objectives=("x.y",), open=True, guess=0.05, difficulty=0.0,
        score=score if kind == "answer" else None, source=source,
    )  # fmt: skip
    return replace(base, **more)


PROFICIENT = [event(days=0.0), event(days=0.001, item="b")]


def review(days, *, score=1.0, seed=9, hint=False, **more) -> list[Event]:
    steps = [event("asked", days, "c", seed, source="review", **more)]
    if hint:
        steps.append(event("hint", days + 0.0001, "c", seed, source="review", **more))
    return [*steps, event("answer", days + 0.0002, "c", seed, score, "review", **more)]


def dues(events, days) -> list[str]:
    fold = Fold.of(events, RULES)
    return due(fold.reviews, fold.standings, RULES, START + timedelta(days=days))


def test_what_is_proficient_is_due_the_next_day_and_not_before():
    assert dues(PROFICIENT[:1], 30) == []
    assert dues(PROFICIENT, 0.5) == []
    assert dues(PROFICIENT, 1.01) == ["x.y"]


@pytest.mark.parametrize(
    ("steps", "rating"),
    [
        (review(1), Rating.GOOD),
        (review(1, hint=True), Rating.HARD),
        (review(1, score=0.0), Rating.AGAIN),
        ([*review(1, score=0.0), event("answer", 1.001, "c", 9, 1.0, "review")], Rating.HARD),
        ([*review(1, score=0.0), *review(1.001, seed=10)], Rating.AGAIN),
        (review(1, difficulty=0.7), Rating.EASY),
    ],
)
def test_the_first_question_of_a_review_rates_it(steps, rating):
    fold = Fold.of([*PROFICIENT, event(days=0.002, item="e"), *steps], RULES)
    assert [r.rating for r in fold.reviews["x.y"].ratings] == [rating]


def test_better_remembered_is_due_later_and_never_after_half_a_year():
    at = [
        due_at(Fold.of([*PROFICIENT, *review(1, **how)], RULES).reviews["x.y"], Rule())
        for how in ({"score": 0.0}, {"hint": True}, {})
    ]
    assert at == sorted(at)
    assert at[0] < at[-1]
    fold, days = Fold.of(PROFICIENT, RULES), 1.0
    for n in range(12):
        for step in review(days, seed=20 + n):
            assert fold.add(step)
        days = (due_at(fold.reviews["x.y"], Rule()) - START) / timedelta(days=1)
    last = fold.reviews["x.y"].ratings[-1].at
    assert due_at(fold.reviews["x.y"], Rule()) - last <= timedelta(days=180)


def test_a_right_review_masters_and_a_failed_one_lowers_and_never_locks():
    assert Fold.of([*PROFICIENT, *review(1)], RULES).standing("x.y").reached == Level.MASTERED
    failed = Fold.of([*PROFICIENT, *review(1, score=0.0)], RULES)
    assert failed.standing("x.y").reached == Level.FAMILIAR
    assert failed.standing("x.y").ever_proficient
    assert dues([*PROFICIENT, *review(1, score=0.0)], 30) == [], "it is practised, not reviewed"
    again = [*PROFICIENT, *review(1), *review(20, score=0.0, seed=3)]
    assert Fold.of(again, RULES).standing("x.y").reached == Level.PROFICIENT


def test_a_review_of_one_objective_rates_and_lowers_no_other_of_its_item():
    both = {"objectives": ("x.y", "x.z")}
    start = [replace(e, **both) for e in PROFICIENT]
    steps = review(1, score=0.0, detail={"objective": "x.y"}, **both)
    fold = Fold.of([*start, *steps], {"x.y": Rule(), "x.z": Rule()})
    assert fold.standing("x.y").reached == Level.FAMILIAR
    assert fold.standing("x.z").reached == Level.PROFICIENT
    assert fold.reviews["x.z"].ratings == ()


def test_where_there_is_no_later_session_a_review_is_due_at_once():
    assert due_at(Reviews(since=START), Rule(later_session=False)) - START < timedelta(days=1)
    fold = Fold.of(PROFICIENT, {"x.y": Rule(later_session=False)})
    assert due(fold.reviews, fold.standings, fold.rules, START + timedelta(minutes=5)) == ["x.y"]


def test_the_schedule_is_the_same_whoever_computes_it_and_fsrs_is_loaded_only_then():
    program = (
        "import sys; from courseware.local_tutor import LocalTutor; assert 'fsrs' not in sys.modules;"
        "from datetime import *; from courseware.mastery.review import *; from courseware.rule import Rule;"
        "at = datetime(2026, 1, 6, tzinfo=UTC);"
        "print(due_at(Reviews(since=at, ratings=(Rated(at=at, rating=Rating.GOOD, session=1,"
        " variant=('a', 1, 1)),)), Rule()).isoformat())"
    )
    runs = {
        subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
        for _ in range(2)
    }
    assert runs == {"2026-01-08T00:00:00+00:00\n"}


def test_a_placement_makes_proficient_but_never_mastered_and_queues_an_early_review():
    begin = event("placement", 0, None, None, detail={"do": "begin", "scope": ["x.y", "x.z"]})
    end = event("placement", 0.01, None, None, detail={"do": "end", "known": ["x.y"]})
    fold = Fold.of([begin, end], RULES)
    assert fold.placement is not None
    assert fold.placement.over
    assert fold.standing("x.y").level_at(START, Rule()) == Level.PROFICIENT
    assert fold.standing("x.y").placed
    assert fold.standing("x.z").level_at(START, Rule()) == Level.NOT_STARTED
    early, usual = fold.reviews["x.y"], Fold.of(PROFICIENT, RULES).reviews["x.y"]
    assert due_at(early, Rule()) - early.since < due_at(usual, Rule()) - usual.since
    assert Fold.of([begin, end, *review(1)], RULES).standing("x.y").reached == Level.MASTERED
