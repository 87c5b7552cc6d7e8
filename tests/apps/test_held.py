"""Looking leaves no trace; what is done is on the disk at once."""

from __future__ import annotations

import uuid

import pytest

from courseware.apps.held import HeldLog
from courseware.clock import system_clock
from courseware.course import Course
from courseware.events import new_id
from courseware.local_tutor import LocalTutor
from courseware.log import Log
from courseware.runner import Worker
from courseware.tutor import Stale

LEARNER = str(uuid.UUID(int=7))


def tutor_of(sums: Course, log: Log) -> LocalTutor:
    return LocalTutor(sums, HeldLog(log), LEARNER, clock=system_clock(), runner=Worker())


def kinds(sums: Course, log: Log) -> list[str]:
    return [event.kind for _, event in log.read(LEARNER, sums.id)]


def test_a_question_that_is_only_looked_at_is_not_in_the_log(sums: Course, log: Log) -> None:
    tutor = tutor_of(sums, log)
    tutor.open(None)
    first = tutor.ask("two-numbers")
    assert tutor.ask("two-numbers") == first
    assert kinds(sums, log) == []


def test_the_same_question_is_shown_again_after_a_restart(sums: Course, log: Log) -> None:
    before, after = (tutor_of(sums, log).ask("two-numbers") for _ in range(2))
    assert before.prompt == after.prompt


def test_an_answer_brings_its_question_into_the_log_and_no_other(sums: Course, log: Log) -> None:
    tutor = tutor_of(sums, log)
    tutor.ask("other-numbers")
    card = tutor.ask("two-numbers")
    tutor.answer("two-numbers", card.variant, "0", id=new_id())
    assert kinds(sums, log) == ["asked", "answer"]
    assert {event.item for _, event in log.read(LEARNER, sums.id)} == {"two-numbers"}
    assert tutor_of(sums, log).ask("two-numbers").variant == card.variant


def test_another_variant_was_asked_for_and_is_in_the_log(sums: Course, log: Log) -> None:
    tutor = tutor_of(sums, log)
    card = tutor.ask("two-numbers")
    following = tutor.another("two-numbers", card.variant, id=new_id())
    assert kinds(sums, log) == ["asked", "asked"]
    assert tutor_of(sums, log).ask("two-numbers") == following


def test_a_hint_is_in_the_log_before_it_is_shown(sums: Course, log: Log) -> None:
    tutor = tutor_of(sums, log)
    card = tutor.ask("two-numbers")
    tutor.hint("two-numbers", card.variant, id=new_id())
    assert kinds(sums, log) == ["asked", "hint"]


def test_another_window_that_acted_first_is_followed(sums: Course, log: Log) -> None:
    here, there = tutor_of(sums, log), tutor_of(sums, log)
    shown = here.ask("two-numbers")
    card = there.ask("two-numbers")
    there.answer("two-numbers", card.variant, "0", id=new_id())
    with pytest.raises(Stale) as stale:
        here.answer("two-numbers", shown.variant, "0", id=new_id())
    assert stale.value.card.variant == card.variant
    assert stale.value.card.prompt == shown.prompt
