"""Reviews, placements and offers, by the tutor that a learner's page talks to."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import pytest

from courseware.course import load_course
from courseware.events import new_id
from courseware.local_tutor import LocalTutor
from courseware.mastery.alarms import Kind, alarms
from courseware.offering import row
from courseware.tutor import PLACEMENT, REVIEW, NotFound, to_json


def right(tutor, card):
    return tutor._current(card.target).question.right


def answer(tutor, card, response, **more):
    return tutor.answer(card.target, card.variant, response, id=new_id(), **more)


def another(tutor, card):
    return tutor.another(card.target, card.variant, id=new_id())


def wrong(card):
    match card.ask["kind"]:
        case "number":
            return "-12345"
        case "choice":
            question = [str(option) for option in card.ask["options"]]
            return max(question, key=lambda text: "+ 1" in text)
    raise AssertionError(card.ask)


def become_proficient(tutor, objective="sum.add"):
    card = tutor.ask(objective)
    for _ in range(8):
        card = answer(tutor, card, right(tutor, card))
        if card.standing.level >= 3:
            return card
        card = another(tutor, card)
    raise AssertionError("two or three right first tries make Proficient")


# Review ------------------------------------------------------------------------------------------


def test_a_review_is_due_the_next_day_is_dealt_anew_and_masters(tutor, clock):
    with pytest.raises(NotFound, match="Nothing is due"):
        tutor.ask(REVIEW)
    become_proficient(tutor)
    seen = {e.fingerprint for e in tutor._events if e.kind == "asked"}
    assert tutor.progress().due is None
    clock.forward(days=1)
    due = tutor.progress().due
    assert (due.questions, due.objectives) == (1, ("I can add two numbers",))
    assert due.minutes <= 10
    card = tutor.ask(REVIEW)
    assert tutor.ask(REVIEW) == card
    asked = tutor._events[-1]
    assert (asked.kind, asked.source) == ("asked", "review")
    assert asked.fingerprint not in seen
    card = answer(tutor, card, right(tutor, card))
    assert card.standing.word == "Mastered"
    assert card.round.over
    assert tutor._events[-1].source == "review"
    assert tutor.progress().due is None
    assert json.dumps(to_json(card))


def test_a_failed_review_lowers_the_level_offers_practice_and_locks_nothing(tutor, clock):
    become_proficient(tutor)
    clock.forward(days=7)
    card = tutor.ask(REVIEW)
    card = answer(tutor, card, wrong(card))
    assert card.standing.word == "Familiar"
    (practice,) = [offer for offer in card.offers if offer.kind == "practice"]
    assert practice.notebook == "01-sums.ipynb"
    assert tutor.progress().lessons[1].open
    assert tutor.progress().due is None
    become_proficient(tutor)


def test_a_review_goes_through_what_is_due_and_takes_other_lessons_in_between(tutor, clock):
    become_proficient(tutor)
    card = tutor.ask("sum.half")
    for _ in range(2):
        card = another(tutor, answer(tutor, card, right(tutor, card)))
    assert card.standing.word == "Familiar", "one item alone does not open the gate"
    clock.forward(days=2)
    assert tutor.progress().due.questions == 1
    card = tutor.ask(REVIEW)
    assert (card.round.number, card.round.most, card.round.over) == (1, 1, False)
    card = answer(tutor, card, right(tutor, card))
    assert another(tutor, card).variant == card.variant, "there is no next one"


def test_a_review_question_left_open_comes_back_as_it_was(tutor, clock):
    become_proficient(tutor)
    clock.forward(days=1)
    card = tutor.hint(REVIEW, tutor.ask(REVIEW).variant, id=new_id())
    clock.forward(hours=5)
    assert tutor.ask(REVIEW).variant == card.variant


# Placement ---------------------------------------------------------------------------------------


def place(tutor, knows, lesson=None):
    """Go through a placement as somebody who knows these objectives."""
    tutor.place(lesson, id=new_id())
    card, count = tutor.ask(PLACEMENT), 0
    while not card.round.over and count < 30:
        count += 1
        known = card.standing.objective in knows
        card = answer(tutor, card, right(tutor, card) if known else wrong(card))
        if not card.round.over:
            card = another(tutor, card)
    return card, count


def test_a_placement_skips_what_is_known_opens_what_follows_and_certifies_nothing(tutor, space, clock):
    assert tutor.progress().placing.offered
    card, count = place(tutor, {"sum.add"})
    assert count <= tutor.progress().placing.most
    first, second = tutor.progress().lessons
    assert first.objectives[0].word == "Proficient"
    assert second.objectives[0].level < 3
    assert second.open
    assert (space.path / "02-halves.ipynb").exists()
    assert "skip" in card.round.told
    assert tutor.progress().placing.known == ("I can add two numbers",)
    clock.forward(hours=13)
    assert tutor.progress().due.questions == 1, "what was skipped is looked at early"


def test_who_knows_nothing_skips_nothing(tutor):
    place(tutor, set())
    assert not tutor.progress().lessons[1].open
    assert all(o.level < 3 for lesson in tutor.progress().lessons for o in lesson.objectives)


def test_who_knows_all_skips_all_and_is_mastered_in_nothing(tutor):
    place(tutor, {"sum.add", "sum.half"})
    assert {o.word for lesson in tutor.progress().lessons for o in lesson.objectives} == {"Proficient"}


def test_a_lesson_is_skipped_by_what_it_teaches_and_builds_on(tutor):
    place(tutor, {"sum.add", "sum.half"}, "02-halves")
    assert tutor.progress().lessons[1].objectives[0].word == "Proficient"


def test_a_placement_can_be_left_at_any_time_with_nothing_lost(tutor):
    tutor.place(None, id=new_id())
    card = tutor.ask(PLACEMENT)
    card = another(tutor, answer(tutor, card, right(tutor, card)))
    left = tutor.leave(id=new_id())
    assert not left.placing.open
    assert left.placing.offered
    answers = [e for e in tutor._events if e.kind == "answer"]
    assert len(answers) == 1
    assert tutor._fold.standing(answers[0].objectives[0]).clean == 1
    assert tutor.ask(PLACEMENT).round.over
    again = tutor.place(None, id=new_id())
    assert again.placing.open


def test_not_learned_yet_is_no_answer_and_skips_nothing(tutor):
    tutor.place(None, id=new_id())
    card = tutor.ask(PLACEMENT)
    for _ in range(6):
        if card.round.over:
            break
        card = another(tutor, card)
    assert card.round.over
    assert not [e for e in tutor._events if e.kind == "answer"]
    assert all(o.word == "Not started" for lesson in tutor.progress().lessons for o in lesson.objectives)


def test_a_placement_that_was_begun_twice_by_one_click_is_one(tutor):
    click = new_id()
    assert tutor.place(None, id=click) == tutor.place(None, id=click)
    assert [e.kind for e in tutor._events].count("placement") == 1


# Offers ------------------------------------------------------------------------------------------

REMEDY = '{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": []}'


@pytest.fixture
def helped(make_course, space, log, clock, worker) -> LocalTutor:
    """A tutor of a course with a remedy for sums, and something more for who has mastered it."""
    path: Path = make_course(**{"01-sums/remedy-sums.ipynb": REMEDY, "01-sums/enrich-sums.ipynb": REMEDY})
    toml = path / "course.toml"
    lines = 'opens_when = []\nremedies = { "sum.add" = ["remedy-sums.ipynb"] }\n'
    lines += 'enrichment = ["enrich-sums.ipynb"]'
    toml.write_text(toml.read_text().replace("opens_when = []", lines))
    return LocalTutor(load_course(path), log, space.learner, clock=clock, runner=worker, workspace=space)


def test_ten_wrong_answers_bring_the_remedy_and_no_blame(helped, space, clock):
    helped.open(None)
    card = helped.ask("sum.add")
    for _ in range(10):
        clock.forward(seconds=40)
        card = answer(helped, card, wrong(card))
        last = card
        card = another(helped, card)
    kinds = [offer.kind for offer in last.offers]
    assert {"remedy", "example", "person"} <= set(kinds)
    remedy = last.offers[kinds.index("remedy")]
    assert (space.path / remedy.notebook).is_file()
    assert remedy.notebook in {offer.notebook for offer in helped.progress().offers}
    for offer in last.offers:
        assert len(offer.text.split()) <= 60
        assert "!" not in offer.text
        assert not {"wrong", "failed", "unfortunately"} & set(offer.text.lower().split())
    (alarm,) = alarms(helped._fold, clock.now)
    assert alarm.kind == Kind.SPINNING
    said = row(helped.course, alarm)
    assert (
        said["sentence"] == "10 questions on “I can add two numbers” without three right first tries in a row"
    )
    assert json.dumps(said)


@pytest.mark.parametrize(("known", "remedy"), [(True, "remedy-minus"), (False, "remedy-sums")])
def test_the_remedy_is_that_of_the_mistake_that_was_made(
    make_course, space, log, clock, worker, known, remedy
):
    path: Path = make_course(**{f"01-sums/remedy-{name}.ipynb": REMEDY for name in ("sums", "minus")})
    toml = path / "course.toml"
    of = '"sum.add" = ["remedy-sums.ipynb"], "sum.add:minus-for-plus" = ["remedy-minus.ipynb"]'
    toml.write_text(toml.read_text().replace("opens_when = []", f"opens_when = []\nremedies = {{ {of} }}"))
    tutor = LocalTutor(load_course(path), log, space.learner, clock=clock, runner=worker, workspace=space)
    tutor.open(None)
    card = tutor.ask("add-two")
    for _ in range(10):
        minus = tutor._current("add-two").question.mistakes[0].response
        last = answer(tutor, card, str(minus) if known else "1000")
        card = another(tutor, last)
    offered = [offer.notebook for offer in last.offers if offer.kind == "remedy"]
    assert offered == [f"remedies/{remedy}.ipynb"]


def test_ten_wrong_tries_at_one_question_bring_it_too(helped, space):
    helped.open(None)
    card = helped.ask("add-two")
    for n in range(10):
        card = answer(helped, card, str(-n - 100))
    assert "remedy" in [offer.kind for offer in card.offers]
    assert (space.path / "remedies" / "remedy-sums.ipynb").is_file()
    assert card.may_solve


def test_an_early_warning_comes_after_four_and_a_footing_ends_it(helped):
    card = helped.ask("sum.add")
    for n in range(4):
        card = answer(helped, card, wrong(card))
        assert bool(card.offers) is (n == 3)
        card = another(helped, card)
    for _ in range(3):
        card = another(helped, answer(helped, card, right(helped, card)))
    assert card.offers == ()


def test_answers_faster_than_reading_and_hints_in_a_row_are_noticed(tutor, clock):
    card = tutor.ask("sum.add")
    for _ in range(4):
        card = another(tutor, answer(tutor, card, wrong(card), ms=200))
    assert Kind.HASTE in {a.kind for a in alarms(tutor._fold, clock.now)}
    for _ in range(8):
        for _ in range(2):
            card = tutor.hint("sum.add", card.variant, id=new_id())
        clock.forward(seconds=30)
        card = another(tutor, answer(tutor, card, right(tutor, card), ms=20_000))
    kinds = {a.kind for a in alarms(tutor._fold, clock.now)}
    assert Kind.HINTS in kinds
    assert Kind.HASTE not in kinds


def test_who_takes_time_raises_no_alarm(tutor, clock):
    become_proficient(tutor)
    assert alarms(tutor._fold, clock.now) == ()


def test_after_a_long_absence_there_is_a_welcome_and_a_row(tutor, clock):
    become_proficient(tutor)
    clock.forward(days=20)
    (alarm,) = alarms(tutor._fold, clock.now)
    assert (alarm.kind, alarm.evidence["days"]) == (Kind.ABSENCE, 20)
    (offer,) = tutor.progress().offers
    assert offer.text.startswith("Welcome back after 20 days")
    tutor.ask("add-two")
    another(tutor, tutor.ask("add-two"))
    assert tutor.progress().offers == (offer,), "it stands for this sitting, not for the first second of it"
    clock.forward(hours=2)
    another(tutor, tutor.ask("add-two"))
    assert tutor.progress().offers == ()


def test_enrichment_comes_when_all_of_a_lesson_is_mastered(helped, space, clock):
    become_proficient(helped)
    clock.forward(days=1)
    assert not (space.path / "enrichment").exists()
    card = helped.ask(REVIEW)
    answer(helped, card, right(helped, card))
    assert (space.path / "enrichment" / "enrich-sums.ipynb").is_file()
    assert helped.progress().lessons[0].extras == ("enrichment/enrich-sums.ipynb",)


def test_the_next_item_is_never_the_last_one_again_and_no_question_comes_twice(tutor):
    card = tutor.ask("sum.add")
    items, prompts = [card.item], []
    for _ in range(12):
        card = another(tutor, card)
        items.append(card.item)
    assert all(a != b for a, b in itertools.pairwise(items))
    prompts = [e.fingerprint for e in tutor._events if e.kind == "asked"]
    assert len(set(prompts)) == len(prompts)


def test_a_lesson_asked_for_gives_its_next_objective(tutor):
    assert tutor.ask("01-sums").standing.objective == "sum.add"
