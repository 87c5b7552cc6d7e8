"""Help that comes unasked after tries that differ, and texts that are kept: both from the log."""

from __future__ import annotations

import json

import pytest

from courseware.course import load_course
from courseware.events import new_id
from courseware.local_tutor import LocalTutor
from courseware.replay import replay
from courseware.verdict import Bench

ITEMS = """
from checkers import FreeText, Ordering
from courseware.items import Question, item


@item(objective="sum.add", version=1, hints=["What has to be there first?", "For b: b = 1, then print(b)."])
def add_two(draw, data):
    n = draw.integers(2, 900)
    return Question(
        prompt="Put the lines in order.",
        answer=Ordering(
            [f"a = {n}", "for b in c:", "    a += b", "print(a)"], distractors=[f"a == {n}", "return a"]
        ),
        solution="From the top.",
    )


@item(objective="sum.half", version=1, hints=["Name it.", "Say why."])
def say_why(draw, data):
    n = draw.integers(2, 900)
    return Question(
        prompt="Why is half of {n} less than {n}?",
        values={"n": n},
        answer=FreeText(criteria=["It names both."], exemplar="Two halves make the whole, so one is less."),
        solution="Two halves make a whole.",
    )
"""
HELP = ["help-line-out", "help-last-line-out", "help-indented", "help-joined"]


@pytest.fixture
def course(make_course):
    return load_course(make_course(**{"01-sums/items.py": ITEMS}))


@pytest.fixture
def tutor(course, log, clock, worker):
    return LocalTutor(course, log, "someone", clock=clock, runner=worker)


def ask(tutor, target="add-two"):
    return tutor.ask(target)


def wrong_ways(card):
    """Wrong answers, each another: two of the lines that are shown, turned about."""
    lines = [line.strip() for block in card.ask["blocks"] for line in block.split("\n")]
    return [[one, other] for one in lines for other in lines if one != other]


def answer(tutor, response, target="add-two"):
    return tutor.answer(target, tutor.ask(target).variant, response, id=new_id())


def right(tutor):
    item = tutor.course.items["add-two"]
    return item.question(tutor._fold.current["add-two"].seed, tutor.course.data).right


def hints(tutor):
    return [event for event in tutor._events if event.kind == "hint"]


def test_help_comes_with_the_third_way_and_each_further_one_and_is_logged_before_it_is_shown(tutor):
    ways = wrong_ways(ask(tutor))[:8]
    given = []
    for one in ways:
        card = answer(tutor, one)
        given.append(len(card.ask.get("help", [])))
        assert given[-1] == len(hints(tutor))
    assert given == [0, 0, 1, 2, 3, 4, 4, 4]
    assert [event.detail["message"]["key"] for event in hints(tutor)] == HELP
    assert card.ask["help"][0] == "One line that does not belong is taken out."
    assert len(card.ask["blocks"]) == 3
    assert card.hints_left == 2


def test_the_same_try_again_brings_no_help(tutor):
    one, other, *_ = wrong_ways(ask(tutor))
    for response in (one, one, other, one, other):
        assert "help" not in answer(tutor, response).ask


def test_help_is_found_again_by_a_new_tutor_and_not_carried_to_another_variant(
    tutor, course, log, clock, worker
):
    for one in wrong_ways(ask(tutor))[:4]:
        card = answer(tutor, one)
    again = LocalTutor(course, log, "someone", clock=clock, runner=worker)
    assert ask(again).ask == card.ask
    assert ask(again).response == card.response
    assert "help" not in again.another("add-two", card.variant, id=new_id()).ask


def test_what_follows_help_is_practice_and_can_be_replayed(tutor, course, worker):
    before = tutor._fold.standing("sum.add").known
    for one in wrong_ways(ask(tutor))[:6]:
        answer(tutor, one)
    after_first = tutor._fold.standing("sum.add").known
    card = answer(tutor, right(tutor))
    assert card.told.key == "right-helped"
    assert tutor._fold.standing("sum.add").known == after_first != before
    replayed = list(replay(tutor._events, course, Bench(runner=worker)))
    assert [each.outcome for each in replayed] == ["same"] * 7


def test_a_right_answer_brings_no_help(tutor):
    one, other, *_ = wrong_ways(ask(tutor))
    for response in (one, other, right(tutor)):
        card = answer(tutor, response)
    assert hints(tutor) == []
    json.dumps(card.ask)


def test_a_text_that_is_begun_is_kept_through_a_restart_and_is_no_attempt(tutor, course, log, clock, worker):
    mine = {"text": "Half of it is one of two equal parts."}
    card = answer(tutor, mine, "say-why")
    assert card.told.key == "assess"
    again = LocalTutor(course, log, "someone", clock=clock, runner=worker).ask("say-why")
    assert (again.response, again.told) == (mine, card.told)
    assert [e.kind for e in tutor._events if e.item == "say-why"] == ["asked", "run"]
    done = answer(tutor, {**mine, "met": [True]}, "say-why")
    assert done.told.key == "right-first"
