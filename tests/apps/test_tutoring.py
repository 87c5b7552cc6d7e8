"""What kernels may ask of the server's tutor, and what is told to those who may not."""

from __future__ import annotations

import json
import uuid

import pytest

from courseware.apps.class_app import NO_CODE_HERE, WithoutCode
from courseware.apps.held import HeldLog
from courseware.apps.kernels import environment
from courseware.apps.tutoring import perform
from courseware.clock import system_clock
from courseware.course import Course
from courseware.events import new_id
from courseware.local_tutor import LocalTutor
from courseware.log import Log
from courseware.runner import Worker
from courseware.wire import card_of

LEARNER = str(uuid.UUID(int=9))


class NeverRuns(Worker):
    def run(self, job: object) -> object:
        raise AssertionError(f"code was run: {job}")


def ask(tutor: LocalTutor, act: str, **how: object) -> tuple[int, dict]:
    status, told = perform(lambda: tutor, json.dumps({"do": act, **how}).encode())
    return status, json.loads(json.dumps(told))


@pytest.fixture
def tutor(sums: Course, log: Log) -> LocalTutor:
    return LocalTutor(sums, HeldLog(log), LEARNER, clock=system_clock(), runner=NeverRuns())


def test_an_act_is_answered_with_what_the_tutor_tells(tutor: LocalTutor) -> None:
    status, told = ask(tutor, "ask", target="two-numbers")
    assert status == 200
    assert card_of(told) == tutor.ask("two-numbers")


def test_a_stale_variant_is_answered_with_the_one_that_is_open(tutor: LocalTutor) -> None:
    status, told = ask(
        tutor, "answer", target="two-numbers", variant="old", response="1", id=new_id(), ms=None
    )
    assert status == 409
    assert card_of(told["card"]).item == "two-numbers"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"[]", 400),
        (b'{"do": "restore", "lesson": "01-add"}', 400),
        (b'{"do": "_unlock_and_write"}', 400),
        (b'{"do": "ask"}', 400),
        (b'{"do": "ask", "target": 7}', 400),
        (b'{"do": "ask", "target": "nothing-of-the-kind"}', 404),
        (b'{"do": "hint", "target": "two-numbers", "variant": "", "id": "no-uuid"}', 400),
        (b'{"do": "answer", "target": "two-numbers", "variant": "", "id": "", "ms": "x"}', 400),
        (b'{"do": "open", "lesson": "../.."}', 404),
        (b'{"do": "hand_in", "lesson": "01-add", "notebook": "{}", "id": "%s"}' % new_id().encode(), 422),
        (b"[" * 100_000, 400),
    ],
)
def test_what_cannot_be_done_is_told_and_changes_nothing(
    tutor: LocalTutor, log: Log, sums: Course, body: bytes, status: int
) -> None:
    assert perform(lambda: tutor, body)[0] == status
    assert log.read(LEARNER, sums.id) == []


def test_code_is_refused_with_a_sentence_where_it_cannot_be_fenced_in(sums: Course, log: Log) -> None:
    tutor = WithoutCode(sums, HeldLog(log), LEARNER, clock=system_clock(), runner=NeverRuns())
    card = tutor.ask("two-numbers")
    how = {"target": "two-numbers", "variant": card.variant, "id": new_id(), "ms": None}
    assert ask(tutor, "answer", response={"code": "1 + 1"}, **how) == (422, {"says": NO_CODE_HERE})
    assert ask(tutor, "answer", response="0", **how)[0] == 200


def test_a_kernel_has_nothing_of_the_servers_own_in_its_environment() -> None:
    given = {"PATH": "/bin", "DATABASE_URL": "postgresql://u:p@h/d", "AWS_SECRET_ACCESS_KEY": "x",
             "PWD": "/classes/autumn", "OLDPWD": "/classes", "LC_ALL": "C.UTF-8"}  # fmt: skip
    assert environment(given) == {"PATH": "/bin", "LC_ALL": "C.UTF-8"}
