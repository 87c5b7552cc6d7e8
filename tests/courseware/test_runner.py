"""The warm worker, and the runner of a notebook's kernel."""

import threading
import time

import pytest

from checkers.run import Call, Job, Made
from courseware.runner import InKernel, Worker


@pytest.fixture
def worker():
    worker = Worker()
    yield worker
    worker.close()


def test_a_worker_keeps_its_process_until_a_job_reaches_its_limit(worker):
    pid = Job(source="import os\nos.getpid()")
    first = worker.run(pid).made.value
    assert worker.run(pid).made.value == first
    assert worker.run(Job(source="while True: pass", limit=0.2)).made.timed_out
    assert worker.run(pid).made.value != first


def test_a_warm_worker_answers_in_milliseconds(worker):
    worker.run(Job(source="1"))
    started = time.perf_counter()
    for _ in range(20):
        worker.run(Job(source="1 + 1"))
    assert (time.perf_counter() - started) / 20 < 0.05


def test_warming_up_imports_what_is_given_in_the_background(worker):
    worker.warm(("import json.tool",))
    assert worker.run(Job(source="import sys\n'json.tool' in sys.modules")).made.value is True


def test_any_thread_may_run_jobs_and_each_gets_its_own_answer(worker):
    answers = {}

    def ask(n):
        answers[n] = worker.run(Job(source=f"{n} * 2")).made.value

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == {n: n * 2 for n in range(12)}


def test_a_closed_worker_starts_again_when_it_is_asked(worker):
    assert worker.run(Job(source="1")).made.value == 1
    worker.close()
    worker.close()
    assert worker.run(Job(source="2")).made.value == 2


def test_what_a_cell_made_stands_in_for_exactly_its_source(worker):
    runner, value = InKernel(worker), object()
    with runner.holding("x = 1", Made(value=value)):
        assert runner.run(Job(source="x = 1")).made.value is value
        assert runner.run(Job(source="x = 2")).made.value == 2
        with runner.holding("y = 1", Made(value=7)):
            assert runner.run(Job(source="y = 1")).made.value == 7
        assert runner.run(Job(source="x = 1")).made.value is value
        calls = (Call(name="f", args=(1,)),)
        assert len(runner.run(Job(source="x = 1\nf = abs", calls=calls)).calls) == 1
    assert runner.run(Job(source="x = 1")).made.value == 1


def test_what_one_thread_holds_no_other_thread_is_given(worker):
    runner, seen = InKernel(worker), []
    with runner.holding("1", Made(value="held")):
        thread = threading.Thread(target=lambda: seen.append(runner.run(Job(source="1")).made.value))
        thread.start()
        thread.join()
    assert seen == [1]
