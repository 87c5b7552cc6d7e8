"""No submission gains a point, leaks, survives, or stops an honest one beside it, whatever it tries."""

from __future__ import annotations

import importlib.util
import json
import os
import socket
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NoReturn

import pytest

from courseware.grading.assignment import Assignment, TrustedCell, TrustedNotebook
from courseware.grading.engine.job import Budget, Job
from courseware.grading.grader import Graded, Sandbox
from courseware.grading.submission import Submission
from courseware.grading.verdict.reference import Reference

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="tests are kept apart on Linux"),
    pytest.mark.xdist_group("attacks"),
]

_spec = importlib.util.spec_from_file_location("attacks", Path(__file__).with_name("attacks.py"))
assert _spec is not None
assert _spec.loader is not None
attacks = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(attacks)

SOLUTIONS = {
    "square": "def square(x):\n    return x * x",
    "count": "how_many = len(rows)",
    "keep": "def keep(table, least):\n    return table[table['a'] >= least]",
    "account": "class Account:\n    def __init__(self, money):\n        self.money = money\n"
    "    def pay(self, much):\n        if much > self.money:\n            raise ValueError('too much')\n"
    "        self.money -= much",
}
TESTS = {
    "square": "assert square(2) == 4\nexpected = 9\nassert square(-3) == expected\n"
    "assert [square(n) for n in range(5)] == [0, 1, 4, 9, 16]\n"
    "for got, want in zip(map(square, [7]), [49]):\n"
    "    assert got == want\nassert len(list(map(square, [1, 2]))) == 2\n"
    "assert all(map(lambda n: square(n) == n * n, range(6)))",
    "count": "assert how_many == 3",
    "keep": "kept = keep(rows, 3)\n"
    "pd.testing.assert_frame_equal(kept, rows[rows['a'] >= 3])\nassert len(kept) == 2",
    "account": "account = Account(10)\naccount.pay(4)\nassert account.money == 6\ntry:\n    account.pay(7)\n"
    "    raise AssertionError\nexcept ValueError:\n    pass",
}
FREE = "import pandas as pd\nrows = pd.read_csv('rows.csv')"
POINTS = {"square": 4, "count": 1, "keep": 1, "account": 1}
SHORT = Budget(cell_seconds=1, notebook_seconds=8, memory_mb=512, disk_mb=8, output_bytes=200_000)


def notebook(sources: Mapping[str, str]) -> dict[str, Any]:
    cells: list[dict[str, Any]] = [{"cell_type": "code", "source": FREE, "metadata": {}}]
    for name, source in sources.items():
        marks = {"grade_id": name, "grade": False, "solution": True, "locked": False}
        cells.append({"cell_type": "code", "source": source, "metadata": {"nbgrader": marks}})
        marks = {"grade_id": f"{name}-test", "grade": True, "solution": False, "locked": True}
        cells.append({"cell_type": "code", "source": TESTS[name], "metadata": {"nbgrader": marks}})
    return {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


@pytest.fixture(scope="module")
def engine() -> Iterator[Sandbox]:
    made = Sandbox(["pandas"], workers=2, budget=SHORT)
    yield made
    made.close()


@pytest.fixture(scope="module")
def assignment(
    engine: Sandbox, lacking: Callable[[str], NoReturn], tmp_path_factory: pytest.TempPathFactory
) -> Assignment:
    if not engine.verifies:
        lacking(f"this machine cannot keep tests apart: {dict(engine.layers.missing)}")
    cells: list[TrustedCell] = []
    for name in SOLUTIONS:
        cells.append(TrustedCell(grade_id=name, cell_type="code", source="", solution=True))
        cells.append(
            TrustedCell(
                grade_id=f"{name}-test",
                cell_type="code",
                source=TESTS[name],
                points=POINTS[name],
                grade=True,
                locked=True,
            )
        )
    data = tmp_path_factory.mktemp("data") / "rows.csv"
    data.write_text("a,b\n1,2\n3,4\n5,6\n")
    files = {"rows.csv": str(data)}
    trusted = TrustedNotebook(name="n", cells=tuple(cells))
    reference = Reference(engine.launcher, trusted, Job(steps=(), files=files, own=files))
    found = reference.find(notebook(SOLUTIONS))
    assert not found.profile.fallbacks
    made = TrustedNotebook(name="n", cells=tuple(cells), profile=found.profile)
    return Assignment(name="a", notebooks=(made,), files={"rows.csv": data}, imports=("pandas",))


def submission(student: str, made: dict[str, Any], folder: Path) -> Submission:
    return Submission(student=student, folder=folder, notebooks={"n": made})


class Listening:
    """A server outside that counts who comes."""

    def __init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.came = 0
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                self.socket.accept()
            except OSError:
                return
            self.came += 1


def offspring(pid: int) -> set[int]:
    """All processes below one."""
    found: set[int] = set()
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = [int(child) for child in task.read_text().split()]
        except OSError:
            continue
        found.update(children)
        for child in children:
            found |= offspring(child)
    return found


@pytest.fixture(scope="module")
def outcome(
    engine: Sandbox, assignment: Assignment, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Any]:
    """All attacks graded in one warm engine, an honest submission after every ten; what was seen around."""
    home = tmp_path_factory.mktemp("outside")
    (home / "gradebook.db").write_text("marks")
    listening = Listening()
    watched = [home, Path.home(), Path("/etc"), Path(sys.prefix)]
    before = [{path.name: path.stat().st_mtime_ns for path in folder.iterdir()} for folder in watched]
    processes = len(offspring(os.getpid()))
    many = []
    for number, (name, source) in enumerate(attacks.ATTACKS.items()):
        made = source.replace("{port}", str(listening.port)).replace("{{}}", "{}")
        many.append(submission(name, notebook({**SOLUTIONS, "square": made}), home))
        if number % 10 == 0:
            many.append(submission(f"honest {number}", notebook(SOLUTIONS), home))
    graded = {each.submission.student: each for each in engine.grade(assignment, many)}
    left = len(offspring(os.getpid())) - processes
    after = [{path.name: path.stat().st_mtime_ns for path in folder.iterdir()} for folder in watched]
    listening.socket.close()
    return {"graded": graded, "left": left, "before": before, "after": after, "came": listening.came}


def points(graded: Graded) -> dict[str, float | None]:
    return {score.grade_id.removesuffix("-test"): score.points for score in graded.notebooks[0].scores}


@pytest.mark.parametrize("name", attacks.ATTACKS)
def test_an_attack_gains_nothing(outcome, name):
    graded = outcome["graded"][name]
    got = points(graded)
    assert got["square"] == 0
    if name not in attacks.KILLS:
        assert got == {**POINTS, "square": 0}
    square = next(s for s in graded.notebooks[0].scores if s.grade_id == "square-test")
    assert square.verified


def test_no_hidden_test_is_in_what_an_attack_shows(outcome):
    for graded in outcome["graded"].values():
        for cell in graded.notebooks[0].notebook["cells"]:
            if cell["metadata"].get("nbgrader", {}).get("grade"):
                continue
            assert "square(-3)" not in json.dumps(cell.get("outputs", [])), graded.submission.student


def test_honest_work_beside_them_gets_all_its_points(outcome):
    honest = {name: points(each) for name, each in outcome["graded"].items() if name.startswith("honest")}
    assert len(honest) >= 6
    assert all(got == POINTS for got in honest.values()), honest


def test_nothing_of_an_attack_is_left(outcome):
    """No process, no file outside, no connection."""
    assert outcome["left"] <= 1  # the worker's pidfd may still be reaped
    assert outcome["after"] == outcome["before"]
    assert outcome["came"] == 0
