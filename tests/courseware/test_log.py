"""The log: what is acknowledged is there, once, for good."""

from __future__ import annotations

import dataclasses
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courseware import log as logs
from courseware.events import Event, new_id
from courseware.log import HEAD, ConflictError, LogError, open_log

TEN_TIMES = 10


def event(**more) -> Event:
    base = {
        "id": new_id(), "at": datetime.now(UTC), "learner": "u", "course": "c", "course_version": "1",
        "kind": "answer", "item": "i", "item_version": 1, "seed": 2**52 - 1, "objectives": ("a.b",),
        "open": True, "guess": 0.05, "response": {"code": "é\x00\ud800"}, "score": 0.1 + 0.2,
        "detail": {"n": [1, None]},
    }  # fmt: skip
    return Event(**(base | more))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "new folder" / "events.sqlite"


def test_an_event_comes_back_as_it_was_written(file):
    one, two = event(), event(open=None, response=None, score=None, kind="hint")
    log = open_log(file)
    log.append([one, two])
    log.close()
    again = open_log(f"sqlite:///{file.as_posix()}")
    assert again.read("u", "c") == [(1, one), (2, two)]
    assert again.read("u", "c", after=1) == [(2, two)]
    assert again.find(one.id) == one
    assert again.read("someone else", "c") == []
    again.close()


def test_the_same_event_twice_is_there_once(file):
    log, one = open_log(file), event()
    log.append([one])
    log.append([one, event()])
    assert len(log.read("u", "c")) == 2
    log.close()


def test_the_same_id_with_other_content_is_an_error_and_writes_nothing(file):
    log, one = open_log(file), event()
    log.append([one])
    with pytest.raises(ConflictError, match=one.id):
        log.append([event(), dataclasses.replace(one, score=1.0)])
    assert [e for _, e in log.read("u", "c")] == [one]
    log.close()


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), max_size=5), st.text(max_size=50))
def test_any_json_response_round_trips(numbers, text):
    one = event(response={"n": numbers, "t": text}, mistake=None)
    assert logs._from_row([1, *logs._to_row(one).values()])[1] == one


def test_ids_sort_by_time_and_never_repeat():
    ids = []
    for _ in range(20):
        ids.append(new_id())
        time.sleep(0.002)
    assert ids == sorted(ids)
    assert len({new_id() for _ in range(10_000)}) == 10_000


def test_the_newest_migration_is_the_one_that_an_open_log_is_stamped_with(file):
    from alembic.script import ScriptDirectory

    assert ScriptDirectory(str(Path(logs.__file__).parent / "migrations")).get_current_head() == HEAD
    open_log(file).close()
    with sqlite3.connect(file) as db:
        assert db.execute("SELECT version_num FROM alembic_version").fetchone() == (HEAD,)
    db.close()


def test_a_log_of_a_newer_courseware_is_refused_with_a_sentence(file):
    open_log(file).close()
    with sqlite3.connect(file) as db:
        db.execute("UPDATE alembic_version SET version_num = '9999'")
    db.close()
    with pytest.raises(LogError, match="newer Courseware"):
        open_log(file)


def test_a_log_that_cannot_be_opened_says_what_to_check(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(LogError, match="Check that its folder exists"):
        open_log(tmp_path / "file" / "events.sqlite")
    with pytest.raises(LogError, match="Check the address"):
        open_log("postgresql://nobody:hidden@127.0.0.1:1/nothing")
    with pytest.raises(LogError, match="SQLite or PostgreSQL, not in mysql"):
        open_log("mysql://somewhere/log")
    with pytest.raises(LogError, match="It looks like postgresql://"):
        open_log("://")


def test_no_password_is_told():
    with pytest.raises(LogError) as caught:
        open_log("postgresql://nobody:hidden@127.0.0.1:1/nothing")
    assert "hidden" not in str(caught.value)


def test_a_full_disk_is_told_with_what_to_do_and_once_there_is_room_all_goes_on(file):
    log = open_log(file)
    log.append([kept := event()])
    db = log._connection._db
    db.execute("PRAGMA max_page_count = 9")
    with pytest.raises(LogError, match=r"(?s)full.*disk has room"):
        log.append([event(response="x" * 100_000)])
    db.execute("PRAGMA max_page_count = 100000")
    log.append([after := event()])
    assert [e for _, e in log.read("u", "c")] == [kept, after]
    log.close()


def test_a_disk_too_full_for_a_new_log_is_told_with_what_to_do(file):
    resource = pytest.importorskip("resource", reason="this system does not limit the size of files")
    code = f"""if True:
        import resource
        from pathlib import Path
        from courseware.log import LogError, open_log
        resource.setrlimit(resource.RLIMIT_FSIZE, (6000, {resource.RLIM_INFINITY}))
        try:
            open_log(Path({str(file)!r}))
        except LogError as told:
            print(told)
    """
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "the disk has room" in ran.stdout, ran.stderr


def test_a_commit_that_fails_leaves_the_log_usable(file):
    log, reader = open_log(file), sqlite3.connect(file)
    db = log._connection._db
    db.execute("PRAGMA journal_mode = DELETE")
    db.execute("PRAGMA busy_timeout = 50")
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM events").fetchall()
    with pytest.raises(LogError, match="locked"):
        log.append([event()])
    reader.close()
    log.append([event()])
    log.close()


def test_a_folder_may_have_any_name(tmp_path):
    odd = tmp_path / "50% of what? #1 & 'more'" / "events.sqlite"
    log = open_log(odd)
    log.append([event()])
    log.close()
    assert [p.name for p in tmp_path.iterdir()] == [odd.parent.name]


@pytest.mark.parametrize("url", ["sqlite:///{}", "sqlite+pysqlite:///{}", "{}"])
def test_a_file_may_be_named_as_a_url(file, url):
    open_log(url.format(file.as_posix())).close()
    assert file.is_file()


def test_two_processes_that_open_a_new_log_at_once_both_get_it(file):
    code = f"from courseware.log import open_log; from pathlib import Path; open_log(Path({str(file)!r}))"
    both = [subprocess.Popen([sys.executable, "-c", code]) for _ in range(3)]
    assert [p.wait(60) for p in both] == [0, 0, 0]


def test_threads_and_connections_that_write_at_once_lose_nothing(file):
    shared, other = open_log(file), open_log(file)

    def write(log) -> None:
        for _ in range(50):
            log.append([event()])

    threads = [threading.Thread(target=write, args=(log,)) for log in (shared, shared, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(shared.read("u", "c")) == 150
    shared.close()
    other.close()


WRITER = """
import sys
from pathlib import Path
from datetime import UTC, datetime
from courseware.events import Event, new_id
from courseware.log import open_log

log = open_log(Path(sys.argv[1]))
for n in range(1000):
    e = Event(id=new_id(), at=datetime.now(UTC), learner="u", course="c", course_version="1", kind="answer")
    log.append([e])
    print(e.id, flush=True)  # acknowledged
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no kill -9")
def test_a_killed_writer_loses_no_acknowledged_event(file):
    acknowledged: list[str] = []
    for round_ in range(TEN_TIMES):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(file)], stdout=subprocess.PIPE, text=True
        )
        assert writer.stdout is not None
        acknowledged += [writer.stdout.readline().strip() for _ in range(5 + 13 * round_)]
        os.kill(writer.pid, signal.SIGKILL)
        acknowledged += writer.stdout.read().split()
        writer.wait()
        writer.stdout.close()
    log = open_log(file)
    there = [e.id for _, e in log.read("u", "c")]
    log.close()
    assert len(there) == len(set(there))
    assert set(acknowledged) <= set(there)
