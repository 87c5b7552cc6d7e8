"""What a submission may do where it runs, and what it may not. Each rule is tried by code that breaks it."""

from __future__ import annotations

import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import pytest

from courseware.grading.engine.job import Budget, Job, Run, Step
from courseware.grading.engine.launch import Launcher, open_launcher
from courseware.grading.engine.pool import run_all, run_one

SHORT = Budget(cell_seconds=2, notebook_seconds=6, memory_mb=512, disk_mb=8, output_bytes=200_000)

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the layers are those of Linux")


@pytest.fixture(scope="module")
def fenced(engine: Launcher, lacking: Callable[[str], NoReturn]) -> Launcher:
    if not engine.layers.strong:
        lacking(f"this machine has not the layers: {dict(engine.layers.missing)}")
    return engine


def run(engine: Launcher, *sources: str, budget: Budget = SHORT, files: dict[str, str] | None = None) -> Run:
    steps = tuple(Step(source=s, test=s.startswith("assert")) for s in sources)
    return run_one(engine, 0, Job(steps=steps, budget=budget, files=files or {}))


def shown(done: Run, number: int) -> str:
    return str(done.steps[number].outputs)


def test_cells_run_in_order_and_show_what_a_notebook_shows(engine):
    done = run(engine, "x = 2\nprint('hi')\nx * 3", "import sys; sys.stderr.write('careful')", "x / 0", "x")
    assert done.end == "finished"
    assert [o["output_type"] for o in done.steps[0].outputs] == ["stream", "execute_result"]
    assert done.steps[0].outputs[1]["data"] == {"text/plain": "6"}
    assert done.steps[1].outputs[0]["name"] == "stderr"
    assert done.steps[2].error == "ZeroDivisionError"
    assert not done.steps[2].ok
    assert done.steps[3].ok


def test_a_test_says_which_of_its_assertions_hold(engine):
    source = "assert True\nassert 1 == 2, 'one is not two'\nassert True\nassert 3 == 4, 'nor three four'\n"
    told = run(engine, source, source + "x = 1\nassert x == 2, 'never reached'", "assert [].x").steps
    assert [(a.line, a.holds, a.says) for a in told[0].assertions] == [
        (1, True, ""),
        (2, False, "one is not two"),
        (3, True, ""),
        (4, False, "nor three four"),
    ]
    assert [(a.line, a.holds) for a in told[1].assertions][-1] == (6, False)
    assert told[2].assertions[0].says.startswith("AttributeError")


@pytest.mark.parametrize(
    "source",
    [
        "import os; os.fork()",
        "import subprocess; subprocess.run(['ls'])",
        "import os; os.system('ls') and 1/0",
        "!ls",
        "import socket; socket.socket()",
        "import os; os.kill(1, 9)",
        "import ctypes; assert ctypes.CDLL(None).ptrace(0, 0, 0, 0) != -1",
        "open('/proc/1/environ').read()",
        "open('/etc/passwd').read()",
        "open('/root/x', 'w')",
        "open('/usr/lib/x', 'w')",
        "open('/etc/x', 'w')",
        "import os; os.listdir('/')",
        "import os; os.chroot('/tmp')",
        "import os; os.setuid(0)",
        "import os; os.symlink('/', 'up'); open('up/etc/passwd')",
        "from multiprocessing import shared_memory as s; s.SharedMemory(create=True, size=10)",
    ],
)
def test_no_way_out_is_open(fenced, source):
    """Not to processes, programs, the network, nor to files outside."""
    done = run(fenced, source, "'still here'")
    assert not done.steps[0].ok
    assert shown(done, 1).count("still here") == 1


def test_nothing_of_the_grader_is_seen(fenced, tmp_path):
    secret = tmp_path / "gradebook.db"
    secret.write_text("marks")
    done = run(
        fenced,
        f"open({str(secret)!r}).read()",
        f"open({str(Path(__file__))!r}).read()",
        "import os; sorted(os.environ)",
        "import os\n[fd for fd in range(3, 200) if not __import__('contextlib').suppress(OSError).__exit__]",
    )
    assert not done.steps[0].ok
    assert not done.steps[1].ok
    assert "SECRET" not in shown(done, 2)


def test_the_solutions_of_installed_courses_are_not_there(fenced):
    done = run(
        fenced,
        "import courseware, pathlib\nfolder = pathlib.Path(courseware.__file__).parent\n"
        "print(list((folder / '_courses').glob('*')), list(folder.parent.glob('lessons/*')))",
    )
    step = done.steps[0]
    assert not step.ok or "[] []" in shown(done, 0)


@pytest.mark.parametrize(
    ("source", "end", "error"),
    [
        ("while True: pass", "finished", "OutOfTime"),
        ("try:\n    while True: pass\nexcept Exception: pass", "finished", "OutOfTime"),
        ("sum(range(10**12))", "time", None),
        ("import signal; signal.setitimer(signal.ITIMER_REAL, 0)\nwhile True: pass", "time", None),
        ("b = bytearray(2 << 30)", "finished", "MemoryError"),
        ("x = []\nwhile True: x.append(bytearray(1 << 20))", "finished", "MemoryError"),
        ("import os; os._exit(0)", "ended", None),
        ("import os; os.abort()", "ended", None),
        ("import ctypes; ctypes.string_at(0)", "ended", None),
        ("exit()", "finished", "SystemExit"),
        ("import sys; sys.exit(0)", "finished", "SystemExit"),
        ("f = lambda: f()\nf()", "finished", "RecursionError"),
        ("f = open('big', 'wb')\nfor _ in range(100): f.write(bytes(1 << 20))", "finished", "OSError"),
        ("for n in range(100): open(f'f{n}', 'wb').write(bytes(1 << 20))", "finished", "OSError"),
        ("import threading\n[threading.Thread(target=__import__('time').sleep, args=(60,), daemon=True)"
         ".start() for _ in range(1000)]", "finished", "RuntimeError"),
        ("raise BaseException()", "finished", "BaseException"),
    ],
)  # fmt: skip
def test_what_takes_too_much_has_its_own_end(fenced, source, end, error):
    began = time.monotonic()
    # A machine with much else to do may take seconds to hand out all that memory.
    done = run(fenced, source, budget=replace(SHORT, cell_seconds=10) if error == "MemoryError" else SHORT)
    assert done.end == end
    assert (done.steps[0].error if 0 in done.steps else None) == error
    assert time.monotonic() - began < 15


def test_an_exception_that_cannot_be_shown_is_one(engine):
    done = run(engine, "class E(Exception):\n    def __str__(self): return 1 / 0\nraise E", "1")
    assert not done.steps[0].ok
    assert done.steps[1].ok


def test_a_cell_after_one_that_ran_out_of_time_runs(fenced):
    assert run(fenced, "while True: pass", "assert 1").steps[1].ok


def test_output_is_kept_up_to_a_limit(engine):
    done = run(engine, "for _ in range(10000): print('x' * 1000)", "print('later')")
    assert done.end == "finished"
    assert len(shown(done, 0)) < 250_000
    assert "left out" in shown(done, 0)


def test_a_word_that_is_not_ours_is_not_believed(fenced):
    """What is written where results are told ends the run: no cell gets a verdict by it."""
    forged = (
        "import os, json, struct\n"
        "d = json.dumps({'end': 1, 'ok': True, 'outputs': [], 'error': None}).encode()\n"
        "for fd in range(3, 1024):\n    try: os.write(fd, struct.pack('<I', len(d)) + d)\n"
        "    except OSError: pass\n"
    )
    done = run(fenced, forged, "assert False")
    assert not done.steps.get(1) or not done.steps[1].ok
    noise = (
        "import os\n"
        "for fd in range(3, 1024):\n    try: os.write(fd, b'\\xff' * 100)\n"
        "    except OSError: pass\n"
    )
    assert run(fenced, noise, "assert True").end in {"output", "ended"}


def test_nothing_survives(fenced):
    """No name, module, file or patch of one submission is there in the next."""
    keep = "import tempfile\nx = 1\nfor at in '.', tempfile.gettempdir(): open(at + '/kept', 'w').write('1')"
    first = run(fenced, keep, "import json; json.dumps = None")
    assert first.steps[0].ok, shown(first, 0)
    look = (
        "import json, os, tempfile\nprint(json.dumps(1), os.listdir('.'), os.listdir(tempfile.gettempdir()))"
    )
    done = run(fenced, look, "x")
    assert "1 [] []" in shown(done, 0)
    assert done.steps[1].error == "NameError"


def test_files_come_along_and_a_helper_module_can_be_imported(fenced, tmp_path):
    (tmp_path / "a.py").write_text("y = 5")
    (tmp_path / "r.csv").write_text("a\n1\n")
    files = {"helper.py": str(tmp_path / "a.py"), "data/r.csv": str(tmp_path / "r.csv")}
    done = run(fenced, "import helper, pandas; (helper.y, len(pandas.read_csv('data/r.csv')))", files=files)
    assert "(5, 1)" in shown(done, 0)
    (tmp_path / "link").symlink_to("/etc/passwd")
    assert run(fenced, "1", files={"x": str(tmp_path / "link")}).end == "started"


def test_the_network_is_not_there_even_without_the_filter_of_calls(fenced):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        done = run(fenced, f"import urllib.request as r; r.urlopen('http://127.0.0.1:{port}', timeout=1)")
        server.settimeout(0.2)
        with pytest.raises(TimeoutError):
            server.accept()
    assert not done.steps[0].ok


def test_honest_ones_beside_a_hostile_one_are_done(fenced):
    jobs: Iterator[tuple[int, Job]] = iter(
        (n, Job(steps=(Step(source="while True: pass" if n == 1 else "1 + 1"),), budget=SHORT))
        for n in range(6)
    )
    done = dict(run_all(fenced, jobs, workers=2))
    assert [done[n].steps[0].ok for n in range(6)] == [True, False, True, True, True, True]


def test_stopping_half_way_leaves_no_process(engine):
    jobs = ((n, Job(steps=(Step(source="import time; time.sleep(30)"),))) for n in range(4))
    results = run_all(engine, jobs, workers=2)
    timer = threading.Timer(0.5, lambda: None)
    timer.start()
    began = time.monotonic()
    stopped = threading.Thread(target=results.close)
    stopped.start()
    stopped.join(30)
    assert time.monotonic() - began < 25


def test_where_nothing_can_be_forked_a_worker_of_its_own_does_it():
    launcher = open_launcher(["pandas"], workers=1, fork=False)
    try:
        assert "seccomp" in launcher.layers.missing
        assert not launcher.layers.strong
        done = run(launcher, "x = 1\nx", "while True: pass", "assert x == 1")
        assert [step.ok for step in done.steps.values()] == [True, False, True]
        assert run(launcher, "import os; os._exit(3)").end == "ended"
    finally:
        launcher.close()
