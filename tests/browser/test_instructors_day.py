"""A class's day, from the first command to the lesson that opens at a learner: every part is the real one."""

from __future__ import annotations

import json
import os
import re
import secrets
import socket
import sqlite3
import subprocess
import sys
import sysconfig
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from typer.testing import CliRunner

from courseware import workspace
from courseware.cli import app
from courseware.clock import system_clock
from courseware.course import Course, bundled, load_course
from courseware.events import new_id
from courseware.grading.sending import ToClass
from courseware.handing import WHERE
from courseware.local_tutor import LocalTutor
from courseware.runner import Worker
from courseware.tutor import Receipt
from courseware.workspace import Workspace

LESSON, NEXT = "01-tables", "02-select"
WHY = f"{LESSON}_why"
WRITTEN = {
    "cell_type": "markdown",
    "id": WHY,
    "metadata": {
        "courseware": {"objectives": ["tables.read"]},
        "nbgrader": {
            "schema_version": 3, "grade_id": WHY, "grade": True, "solution": True, "locked": False,
            "task": False, "points": 2,
        },
    },
    "source": "### BEGIN SOLUTION\nOne line, one day.\n### END SOLUTION",
}  # fmt: skip

pytestmark = [
    pytest.mark.filterwarnings("ignore"),  # nbgrader's own
    pytest.mark.skipif(sys.platform == "win32", reason="nbgrader's exchange is not there on Windows"),
]


def command(*args: object) -> str:
    """A command as it is typed, in this process: importing nbgrader once is enough."""
    done = CliRunner().invoke(app, [str(each) for each in args])
    assert done.exit_code == 0, (args, done.output, done.exception)
    return done.stdout


class Learner:
    """One learner in a folder of their own; the tutor is made anew for each visit, as a kernel does."""

    def __init__(self, name: str, folder: Path, course: Course, runner: Worker) -> None:
        self.name, self._course, self._runner = name, course, runner
        self.space: Workspace = workspace.create(folder, course)

    @contextmanager
    def tutor(self, inbound: Path) -> Iterator[LocalTutor]:
        log = self.space.open_log()
        counter = ToClass(self._course, self.space, str(inbound))
        made = partial(LocalTutor, self._course, log, self.space.learner, clock=system_clock())
        yield made(runner=self._runner, workspace=self.space, counter=counter)
        log.close()

    @property
    def notebook(self) -> Path:
        return self.space.path / f"{LESSON}.ipynb"

    def write(self, written: dict[str, str]) -> None:
        """Write into cells, by their names."""
        made = json.loads(self.notebook.read_text(encoding="utf-8"))
        for cell in made["cells"]:
            name = cell["metadata"].get("nbgrader", {}).get("grade_id")
            if name in written:
                cell["source"] = written[name]
        self.notebook.write_text(json.dumps(made), encoding="utf-8")

    def hand_in(self, inbound: Path) -> Receipt:
        with self.tutor(inbound) as tutor:
            return tutor.hand_in(LESSON, self.notebook.read_text(encoding="utf-8"), id=new_id())

    def answer(self, inbound: Path, *items: str) -> None:
        with self.tutor(inbound) as tutor:
            tutor.open(LESSON)
            for item in items:
                card = tutor.ask(item)
                tutor.answer(item, card.variant, tutor._current(item).question.right, id=new_id())

    def known(self, inbound: Path) -> dict[str, float]:
        with self.tutor(inbound) as tutor:
            return {o.objective: o.value for each in tutor.progress().lessons for o in each.objectives}


@pytest.fixture(scope="module")
def solutions() -> dict[str, str]:
    """The author's solution for each solution cell."""
    source = json.loads((bundled() / "pandas" / LESSON / "lesson.ipynb").read_text(encoding="utf-8"))
    return {
        marks["grade_id"]: re.sub(r"(?m)^\s*### (BEGIN|END) SOLUTION\n?", "", "".join(cell["source"]))
        for cell in source["cells"]
        if (marks := cell["metadata"].get("nbgrader", {})).get("solution")
    }


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


@contextmanager
def formgrader(folder: Path) -> Iterator[tuple[str, str]]:
    """A Jupyter server in the class's folder, with formgrader: its address and its token."""
    port, token = free_port(), secrets.token_hex(8)
    scripts = os.pathsep.join([sysconfig.get_path("scripts"), os.environ["PATH"]])
    env = {**os.environ, "JUPYTER_TOKEN": token, "JUPYTER_CONFIG_DIR": str(folder.parent / "jupyter")}
    said = folder.parent / "server.log"
    with said.open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "jupyter_server", "--no-browser", "--allow-root", "--ip=127.0.0.1",
             f"--port={port}", "--ServerApp.port_retries=0"],
            cwd=folder, env=env | {"PATH": scripts}, stdout=log, stderr=log,
        )  # fmt: skip
    address, end = f"http://127.0.0.1:{port}", time.monotonic() + 180
    try:
        while True:
            try:
                urllib.request.urlopen(f"{address}/api?token={token}", timeout=5).close()
                break
            except (urllib.error.URLError, OSError):
                assert process.poll() is None, said.read_text(errors="replace")
                assert time.monotonic() < end, said.read_text(errors="replace")
                time.sleep(0.2)
        yield address, token
    finally:
        process.terminate()
        process.wait(60)


def test_a_day_from_a_new_class_to_the_next_lesson_open_at_a_learner(
    tmp_path: Path, browser: Browser, solutions: dict[str, str], monkeypatch: pytest.MonkeyPatch
):
    # The instructor makes a class, adds a question of their own to the lesson, and releases it.
    people = tmp_path / "people.csv"
    people.write_text("student,first_name\nada,Ada\nbo,Bo\ncy,Cy\n")
    autumn = tmp_path / "autumn"
    command("class", "new", autumn, "--course", "pandas", "--roster", people)
    exchange = tmp_path / "exchange"
    exchange.mkdir(mode=0o777)
    exchange.chmod(0o777)
    with (autumn / "nbgrader_config.py").open("a") as config:
        config.write(f"c.Exchange.root = {str(exchange)!r}\n")
    command("class", "release", LESSON, "--class", autumn)
    source = autumn / "source" / LESSON / f"{LESSON}.ipynb"
    made = json.loads(source.read_text(encoding="utf-8"))
    source.write_text(json.dumps({**made, "cells": [*made["cells"], WRITTEN]}), encoding="utf-8")
    told = json.loads(command("class", "release", LESSON, "--class", autumn, "--json"))
    assert (told["graded"], told["points"]) == (5, 8)
    nbgrader = [sys.executable, "-m", "nbgrader", "release_assignment", LESSON]
    scripts = os.pathsep.join([sysconfig.get_path("scripts"), os.environ["PATH"]])
    done = subprocess.run(
        nbgrader, cwd=autumn, env=os.environ | {"PATH": scripts}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    inbound, outbound = (exchange / "pandas" / each for each in ("inbound", "outbound"))

    # Three learners, each in a folder of their own, fetch the lesson and hand in, some of them twice.
    course, runner = load_course(bundled() / "pandas", sound=True), Worker()
    learners = {name: Learner(name, tmp_path / name, course, runner) for name in ("ada", "bo", "cy")}
    ada, bo, cy = learners.values()
    right = {**solutions, WHY: "Because each line of the file is a day."}
    half = {f"{LESSON}_read": right[f"{LESSON}_read"]}

    def hand_in(learner: Learner) -> None:
        monkeypatch.setenv("LOGNAME", learner.name)
        assert learner.hand_in(inbound).points is None

    for learner in learners.values():
        learner.notebook.write_bytes((outbound / LESSON / f"{LESSON}.ipynb").read_bytes())
    ada.answer(inbound, "columns-printed", "column-lookup")
    for learner, written in ((ada, half), (bo, right), (cy, {WHY: "No idea."})):
        learner.write(written)
        hand_in(learner)
    first = json.loads(command("class", "collect", LESSON, "--class", autumn, "--json"))
    assert first["new"] == {"ada": 1, "bo": 1, "cy": 1}, first
    assert not first["refused"]
    assert not any(first["not_told"].values())
    for learner in (ada, cy):
        learner.write(right)
        hand_in(learner)
    second = json.loads(command("class", "collect", LESSON, "--class", autumn, "--json"))
    assert (second["new"], second["before"]) == ({"ada": 1, "cy": 1}, 3)
    kept = {path.parent.name for path in (autumn / "attempts" / LESSON).glob("*/*")}
    assert kept == {"ada", "bo", "cy"}
    assert len(list((autumn / "attempts" / LESSON).glob("*/*"))) == 5

    # Graded; what was written waits for a person, who reads it in formgrader.
    graded = json.loads(command("class", "grade", LESSON, "--class", autumn, "--workers", 2, "--json"))
    assert sorted(graded["graded"]) == ["ada", "bo", "cy"]
    assert graded["earlier"] == 2
    rows = {
        row["student"]: row for row in json.loads(command("class", "status", "--class", autumn, "--json"))
    }
    assert {who: (row["attempts"][LESSON], row["waiting"]) for who, row in rows.items()} == {
        "ada": (2, 1),
        "bo": (1, 1),
        "cy": (2, 1),
    }
    assert rows["ada"]["points"][LESSON] == [6, 8]
    with sqlite3.connect(autumn / "gradebook.db") as db:
        pages = dict(
            db.execute(
                "SELECT a.student_id, n.id FROM submitted_notebook n "
                "JOIN submitted_assignment a ON a.id = n.assignment_id"
            )
        )
    with formgrader(autumn) as (address, token):
        context = browser.new_context(extra_http_headers={"Authorization": f"token {token}"})
        page = context.new_page()
        page.goto(f"{address}/formgrader/gradebook/{LESSON}/{LESSON}")
        expect(page.locator("tbody tr td.score:visible, tbody tr:visible")).not_to_have_count(0)
        for who, points, words in (
            ("ada", 2, "Yes, exactly."),
            ("bo", 1, "And the first line?"),
            ("cy", 2, ""),
        ):
            page.goto(f"{address}/formgrader/submissions/{pages[who]}/")
            score = page.locator(f'input[id="{WHY}"]')
            expect(score).to_have_class(re.compile("needs_manual_grade"))  # the page knows the grade now
            score.fill(str(points))
            with page.expect_response(lambda r: "/api/grade/" in r.url and r.request.method == "PUT") as came:
                score.press("Tab")
            assert came.value.ok
            if words:
                comment = page.locator(f'.nbgrader_cell:has(input[id="{WHY}"]) textarea.comment')
                comment.fill(words)
                with page.expect_response(
                    lambda r: "/api/comment/" in r.url and r.request.method == "PUT"
                ) as came:
                    comment.press("Escape")
                    comment.blur()
                assert came.value.ok
        if shots := os.environ.get("COURSEWARE_SCREENSHOTS"):
            page.screenshot(path=Path(shots) / "formgrader.png")
        context.close()

    # Feedback goes back by the exchange; each learner fetches their own, and what it opens is there.
    given = json.loads(command("class", "feedback", LESSON, "--release", "--class", autumn, "--json"))
    assert (given["waiting"], given["released"]) == (0, 3)
    monkeypatch.setenv(WHERE, str(inbound))
    before = ada.known(inbound)
    assert not (ada.space.path / f"{NEXT}.ipynb").exists()
    for learner in learners.values():
        told = json.loads(command("fetch", "--dir", learner.space.path, "--json"))
        assert told["new"] > 0
    after = ada.known(inbound)
    assert all(after[each] > before[each] for each in ("tables.read", "tables.columns", "tables.types"))
    assert (ada.space.path / f"{NEXT}.ipynb").is_file()
    assert not (cy.space.path / f"{NEXT}.ipynb").exists()
    page_of_ada = (ada.space.path / "feedback" / f"{LESSON}.html").read_text(encoding="utf-8")
    assert "8 of 8 points" in page_of_ada
    assert "Yes, exactly." in page_of_ada
    assert "And the first line?" in (bo.space.path / "feedback" / f"{LESSON}.html").read_text(
        encoding="utf-8"
    )
    rows = {
        row["student"]: row for row in json.loads(command("class", "status", "--class", autumn, "--json"))
    }
    assert {who: row["points"][LESSON] for who, row in rows.items()} == {
        "ada": [8, 8],
        "bo": [7, 8],
        "cy": [8, 8],
    }
    runner.close()
