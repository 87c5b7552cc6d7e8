"""A log in PostgreSQL keeps the same promises as one in a file."""

from __future__ import annotations

import dataclasses
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from courseware import workspace
from courseware.clock import system_clock
from courseware.events import Event, new_id
from courseware.local_tutor import LocalTutor
from courseware.log import ConflictError, Log, LogError, open_log


def event(learner: str, **more) -> Event:
    base = {
        "id": new_id(), "at": datetime.now(UTC), "learner": learner, "course": "c", "course_version": "1",
        "kind": "answer", "item": "i", "item_version": 1, "seed": 2**52 - 1, "objectives": ("a.b",),
        "open": True, "guess": 0.05, "response": {"code": "é\x00\ud800 :name %s"}, "score": 0.1 + 0.2,
        "detail": {"n": [1, None, 10**30]},
    }  # fmt: skip
    return Event(**(base | more))


@pytest.fixture
def learner() -> str:
    return new_id()


@pytest.fixture
def log(postgres: str) -> Iterator[Log]:
    log = open_log(postgres)
    yield log
    log.close()


def test_an_event_comes_back_as_it_was_written_once_and_under_its_id_alone(log, postgres, learner):
    one, two = event(learner), event(learner, open=None, response=None, score=None, kind="hint")
    log.append([one, two])
    log.append([one])
    with pytest.raises(ConflictError, match=one.id):
        log.append([event(learner), dataclasses.replace(one, score=1.0)])
    again = open_log(postgres)
    assert [e for _, e in again.read(learner, "c")] == [one, two]
    first = again.read(learner, "c")[0][0]
    assert [e for _, e in again.read(learner, "c", after=first)] == [two]
    assert again.find(one.id) == one
    again.close()


def test_processes_that_open_a_new_log_at_once_all_get_it(postgres):
    import psycopg

    with psycopg.connect(postgres, autocommit=True) as db:
        db.execute("CREATE DATABASE fresh")
    url = postgres.replace("/postgres?", "/fresh?")
    code = f"from courseware.log import open_log; open_log({url!r}).close()"
    all_of_them = [subprocess.Popen([sys.executable, "-c", code]) for _ in range(3)]
    assert [p.wait(60) for p in all_of_them] == [0, 0, 0]


def test_none_of_one_learners_events_turns_up_behind_a_place_that_was_read(log, postgres, learner):
    logs = [open_log(postgres) for _ in range(3)]
    done = threading.Event()

    def write(own: Log) -> None:
        for _ in range(60):
            own.append([event(learner), event(learner)])

    passed: list[str] = []

    def read() -> None:
        place = 0
        while True:
            last = done.is_set()
            new = log.read(learner, "c", place)
            passed.extend(seen.id for _, seen in new)
            place = new[-1][0] if new else place
            if last:
                return

    reader = threading.Thread(target=read)
    writers = [threading.Thread(target=write, args=(own,)) for own in logs]
    for thread in (reader, *writers):
        thread.start()
    for thread in writers:
        thread.join()
    done.set()
    reader.join()
    assert len(passed) == len(set(passed)) == 360
    for own in logs:
        own.close()


def test_two_tutors_on_one_log_see_what_the_other_recorded(space, postgres, clock, worker):
    toml = space.home / "workspace.toml"
    toml.write_text(toml.read_text() + f'log = "{postgres}"\n')
    space = workspace.load(space.path)
    logs = [space.open_log() for _ in range(2)]
    here, there = (
        LocalTutor(space.load_course(), each, space.learner, clock=clock, runner=worker, workspace=space)
        for each in logs
    )
    here.open(None)
    card = here.ask("sum.add")
    assert there.ask("sum.add") == card
    turn = 0
    while not here.progress().lessons[1].open:
        tutor, turn = (here, there)[turn % 2], turn + 1
        answer = tutor._current("sum.add").question.right
        card = tutor.answer("sum.add", tutor.ask("sum.add").variant, answer, id=new_id())
        card = tutor.another("sum.add", card.variant, id=new_id())
    assert there.progress() == here.progress()
    assert (space.path / "02-halves.ipynb").is_file()
    assert not (space.home / "events.sqlite").exists()
    for each in logs:
        each.close()


def test_tutors_that_answer_at_once_lose_nothing(space, postgres, worker):
    logs = [open_log(postgres) for _ in range(3)]
    tutors = [
        LocalTutor(space.load_course(), each, space.learner, clock=system_clock(), runner=worker)
        for each in logs
    ]
    given: list[str] = []

    def work(tutor: LocalTutor, target: str) -> None:
        for n in range(25):
            card = tutor.ask(target)
            given.append(click := new_id())
            tutor.answer(target, card.variant, str(n), id=click)
            tutor.another(target, card.variant, id=new_id())

    threads = [
        threading.Thread(target=work, args=each)
        for each in zip(tutors, ("add-two", "half", "add-code"), strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    answers = [e.id for _, e in logs[0].read(space.learner, "tiny") if e.kind == "answer"]
    assert sorted(answers) == sorted(given)
    for tutor in tutors:
        tutor.progress()
        assert sorted(e.id for e in tutor._events if e.kind == "answer") == sorted(given)
    for each in logs:
        each.close()


def test_a_database_that_went_away_is_told_in_a_sentence_and_found_again(log, postgres, learner):
    import psycopg

    def send_away() -> None:
        with psycopg.connect(postgres, autocommit=True) as db:
            db.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()")

    log.append([one := event(learner)])
    send_away()
    log.append([two := event(learner)])
    assert [e for _, e in log.read(learner, "c")] == [one, two]

    def cut_off() -> None:
        with log._connection.transaction([learner]):
            send_away()
            log._connection.run("SELECT 1", {})

    with pytest.raises(LogError, match=r"could not be written .*Look whether the database is up"):
        cut_off()
    assert [e for _, e in log.read(learner, "c")] == [one, two]
