"""`courseware class grade`: every submission gets its scores, whatever is in the one beside it."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from courseware.events import Event, last_judged
from courseware.grading import class_folder, roster, standing
from courseware.grading.class_folder import ClassError, ClassFolder
from courseware.grading.feedback import write_feedback
from courseware.grading.gradebook import Gradebook
from courseware.grading.grading_run import Report, grade_class
from courseware.grading.nbgraders import open_gradebook
from courseware.grading.released import release_assignment
from courseware.mastery.attempts import Attempts
from courseware.mastery.fold import Fold

RIGHT = {"square": "def square(x):\n    return x * x", "count": "how_many = len(rows)"}
Scores = dict[str, tuple[float, ...]]


def grade(folder: ClassFolder, **more: Any) -> Report:
    return grade_class(folder, "squares", workers=2, **more)


def scores(folder: ClassFolder) -> Scores:
    """Points of square-test and count-test by student."""
    book = Gradebook(folder.gradebook_url)
    try:
        found: dict[str, dict[str, float]] = {}
        for mark in book.marks("squares"):
            found.setdefault(mark.student, {})[mark.grade_id] = mark.points
    finally:
        book.close()
    return {who: (cells["square-test"], cells["count-test"]) for who, cells in found.items()}


def rows(folder: ClassFolder, query: str, name: str = "gradebook.db") -> list[tuple[Any, ...]]:
    with sqlite3.connect(folder.path / name) as db:
        return db.execute(query).fetchall()


def cell_of(made: dict[str, Any], name: str) -> dict[str, Any]:
    return next(c for c in made["cells"] if c["metadata"].get("nbgrader", {}).get("grade_id") == name)


@pytest.fixture
def mixed(squares, hand_in):
    """Honest work beside all that a submission can be; and what each of them is worth."""
    worth: Scores = {"honest": (2, 1), "half": (2, 0), "untouched": (0, 0)}
    hand_in("honest", **RIGHT)
    hand_in("half", square=RIGHT["square"])
    hand_in("untouched")

    def mess(student: str, points: tuple[float, ...], change: Any = None, **sources: str) -> Path:
        worth[student] = points
        return hand_in(student, change, **{**RIGHT, **sources})

    mess("exits", (0, 0), square="import os; os._exit(0)")
    mess("loops", (0, 1), square="while True: pass")
    mess("forks", (0, 1), square="import os\nwhile True: os.fork()")
    mess("hungry", (0, 1), square="square = bytearray(8 << 30)")
    mess("writes", (0, 1), square="f = open('x', 'wb')\nwhile True: f.write(bytes(1 << 20))")
    mess("shouts", (2, 1), square=RIGHT["square"] + "\nfor _ in range(10**5): print('x' * 1000)")
    mess("stderr", (2, 1), square=RIGHT["square"] + "\nimport sys; sys.stderr.write('careful')")
    mess("fakes", (2, 1), square=RIGHT["square"] + "\nimport sys; sys.displayhook(1); 1/0")
    mess("long", (0, 0), lambda made: made["cells"].extend([cell_of(made, "count")] * 20_000))
    mess("doubled", (2, 1), lambda made: made.update(cells=made["cells"] * 2))
    mess("deleted", (2, 1), lambda made: made["cells"].remove(cell_of(made, "square-test")))
    mess("skips", (0, 1), lambda made: cell_of(made, "square-test")["metadata"].update(
        tags=["skip-execution"]), square="square = None")  # fmt: skip
    mess("changes", (0, 1), lambda made: cell_of(made, "square-test").update(source="pass"), square="")
    mess(
        "solution", (0, 1), square=f"print(open({str(squares.source('squares') / 'squares.ipynb')!r}).read())"
    )
    mess("gradebook", (0, 1), square=f"open({str(squares.path / 'gradebook.db')!r}, 'w').write('')")
    mess("network", (0, 1), square="import socket\nsocket.create_connection(('127.0.0.1', 80))")
    place = mess("shadow", (2, 1))
    (place / "pandas.py").write_text("raise SystemExit")
    (place / "json.py").write_text("raise SystemExit")
    (place / "sitecustomize.py").write_text("raise SystemExit")
    place = mess("data", (2, 1))
    (place / "data" / "rows.csv").write_text("a,b\n")
    place = mess("links", (2, 1))
    (place / "up").symlink_to(squares.path)
    os.mkfifo(place / "pipe")
    place = mess("linked", (0, 0))
    (place / "squares.ipynb").unlink()
    (place / "squares.ipynb").symlink_to(squares.submitted("honest", "squares") / "squares.ipynb")
    (mess("broken", (0, 0)) / "squares.ipynb").write_text('{"cells": [')
    (mess("nothing", (0, 0)) / "squares.ipynb").unlink()
    (mess("odd", (0, 0)) / "squares.ipynb").write_text('{"cells": [3, {"metadata": 7}, {"source": {}}]}')
    return squares, worth


@pytest.mark.skipif(sys.platform != "linux", reason="the layers are those of Linux")
def test_each_gets_its_own_outcome_and_the_honest_their_full_score(mixed):
    folder, worth = mixed
    before = (folder.source("squares") / "squares.ipynb").read_bytes()
    report = grade(folder)
    assert scores(folder) == worth
    assert not report.failed
    assert set(report.graded) == set(worth)
    assert report.flags.keys() >= {"exits", "long", "broken", "linked"}
    assert not {"honest", "half", "untouched"} & (report.flags.keys() | report.noticed.keys())
    assert report.points == {who: sum(points) for who, points in worth.items()}
    noticed = {who: " ".join(sentences) for who, sentences in report.noticed.items()}
    told = {
        "loops": "OutOfTime", "forks": "Error", "hungry": "MemoryError", "writes": "OSError",
        "doubled": "more than once", "deleted": "put back", "changes": "had been changed",
        "solution": "squares.ipynb", "gradebook": "gradebook.db", "network": "PermissionError",
        "shadow": "json.py", "links": "a link",
    }  # fmt: skip
    assert {who: says for who, says in told.items() if says not in noticed.get(who, "")} == {}
    assert (folder.source("squares") / "squares.ipynb").read_bytes() == before
    shown = (folder.autograded("solution", "squares") / "squares.ipynb").read_text()
    assert "HIDDEN" not in shown.replace("### BEGIN HIDDEN", "").replace("### END HIDDEN", "")
    mark = json.loads((folder.autograded("changes", "squares") / ".graded.json").read_text())
    assert any("square-test" in sentence for sentence in mark["mended"])
    mark = json.loads((folder.autograded("shadow", "squares") / ".graded.json").read_text())
    assert any("json.py" in sentence for sentence in mark["left_out"])


def test_only_what_changed_is_graded_again(squares, hand_in):
    hand_in("ada", **RIGHT)
    hand_in("bo", count=RIGHT["count"])
    assert sorted(grade(squares).graded) == ["ada", "bo"]
    assert grade(squares).unchanged == ["ada", "bo"]
    hand_in("bo", **RIGHT)
    again = grade(squares)
    assert (again.graded, again.unchanged) == (["bo"], ["ada"])
    assert scores(squares) == {"ada": (2, 1), "bo": (2, 1)}
    assert sorted(grade(squares, force=True).graded) == ["ada", "bo"]
    source = squares.source("squares") / "squares.ipynb"
    source.write_text(source.read_text().replace("square(-3) == 9", "square(-3) == 10"))
    release_assignment(squares, "squares")
    assert sorted(grade(squares).graded) == ["ada", "bo"]
    assert scores(squares) == {"ada": (0, 1), "bo": (0, 1)}


def test_each_attempt_is_an_answer_for_each_graded_cell_and_is_logged_once(squares, hand_in):
    place = hand_in("ada", square="def square(x):\n    return 0", count="how_many = 4")
    kept = squares.path / "attempts" / "squares" / "ada" / "first"
    shutil.copytree(place, kept)
    hand_in("ada", **RIGHT)
    assert grade(squares).earlier == 1
    grade(squares, force=True)
    learner = roster.learners(squares.roster, ["ada"])["ada"]
    log = squares.open_log()
    events = [event for _, event in log.read(learner, "")]
    log.close()
    assert sorted((e.item, e.score) for e in events) == [
        ("squares.count", 0.0),
        ("squares.count", 1.0),
        ("squares.square", 0.0),
        ("squares.square", 1.0),
    ]
    assert all(e.open and e.source == "nbgrader" and e.lesson == "squares" for e in events)
    assert {str(e.response) for e in events} >= {str({"code": RIGHT["square"]})}


def test_what_a_person_gave_stays_and_is_to_be_looked_at_again(squares, hand_in):
    hand_in("ada", **RIGHT)
    grade(squares)
    with sqlite3.connect(squares.path / "gradebook.db") as db:
        db.execute("UPDATE grade SET manual_score = 0.5, extra_credit = 1 WHERE auto_score = 2")
    grade(squares, force=True)
    assert scores(squares)["ada"] == (1.5, 1)
    assert rows(squares, "SELECT needs_manual_grade FROM grade ORDER BY auto_score") == [(0,), (1,)]


def test_an_attempt_that_is_graded_again_counts_as_it_came_out_last(squares, hand_in):
    """By tests that were mended, or by a person: the same attempt stays one first try."""
    tags = squares.path / "objectives.toml"
    tags.write_text(
        "[[objectives]]\nid = 'f.write'\ncan = 'I can'\n[cells.squares.squares]\n"
        "square-test = ['f.write']\ncount-test = ['f.write']\n"
    )
    source = squares.source("squares") / "squares.ipynb"
    right = source.read_text()
    source.write_text(right.replace("square(-3) == 9", "square(-3) == 10"))
    release_assignment(squares, "squares")
    hand_in("ada", square=RIGHT["square"], count="how_many = 4")
    grade(squares)

    def answers() -> list[Event]:
        log = squares.open_log()
        found = [event for _, event in log.read(roster.learners(squares.roster, ["ada"])["ada"], "")]
        log.close()
        return found

    def known(events: list[Event]) -> float:
        fold = Fold.of(events)
        added = Fold()
        in_order = all(added.add(event) for event in sorted(events, key=lambda e: (e.at, e.id)))
        assert not in_order or added.standings == fold.standings
        assert Attempts.of(events).clean.all()
        return fold.standing("f.write").known

    wrong = known(answers())
    source.write_text(right)
    release_assignment(squares, "squares")
    grade(squares)
    assert [e.score for e in last_judged(answers()) if e.item == "squares.square"] == [1.0]
    mended = known(answers())
    assert mended > wrong
    with sqlite3.connect(squares.path / "gradebook.db") as db:
        db.execute("UPDATE grade SET manual_score = 1 WHERE auto_score = 0")
    write_feedback(squares, "squares")
    many = len(answers())
    assert [e.score for e in last_judged(answers()) if e.item == "squares.count"] == [1.0]
    assert known(answers()) > mended
    write_feedback(squares, "squares")
    grade(squares, force=True)
    assert len(answers()) == many


@pytest.mark.filterwarnings("ignore")  # nbgrader's own
def test_late_work_costs_what_the_class_says(squares, hand_in):
    with open_gradebook(squares) as book:
        book.update_or_create_assignment("squares", duedate=datetime(2026, 1, 1))
    (squares.path / "nbgrader_config.py").write_text(
        "c = get_config()\nc.LateSubmissionPlugin.penalty_method = 'zero'\n"
    )
    for student, day in (("early", "2025-12-31"), ("late", "2026-01-02")):
        (hand_in(student, **RIGHT) / "timestamp.txt").write_text(f"{day} 10:00:00.000000 UTC")
    grade(squares)
    penalties = dict(
        rows(
            squares,
            "SELECT student_id, late_submission_penalty FROM submitted_notebook "
            "JOIN submitted_assignment s ON s.id = submitted_notebook.assignment_id",
        )
    )
    assert penalties == {"early": None, "late": 3}
    assert {row.student: row.points["squares"] for row in standing.rows(squares, datetime.now(UTC))} == {
        "early": (3, 3),
        "late": (0, 3),
    }
    write_feedback(squares, "squares")
    page = (squares.feedback("late", "squares") / "squares.html").read_text()
    assert "0 of 3 points. 3 for the answers; 3 are taken off for handing in late." in page
    learner = roster.learners(squares.roster, ["late"])["late"]
    log = squares.open_log()
    assert log.read(learner, "")[0][1].at == datetime(2026, 1, 2, 10, tzinfo=UTC)
    log.close()


def test_points_for_single_assertions_where_the_class_wants_them(squares, hand_in):
    with (squares.path / "class.toml").open("a") as file:
        file.write("partial_credit = true\n")
    hand_in("ada", square="def square(x):\n    return 2 * x", count="how_many = 4")
    grade_class(class_folder.load(squares.path), "squares")
    assert scores(squares)["ada"] == (pytest.approx(4 / 3), 0)


def test_who_is_on_no_roster_is_graded_only_where_that_is_wanted(squares, hand_in):
    hand_in("ada", **RIGHT)
    hand_in("stranger", **RIGHT)
    roster.join(squares.roster, [roster.Person(student="ada")])
    config = squares.path / "nbgrader_config.py"
    config.write_text("c = get_config()\nc.Autograde.create_student = False\n")
    for report in (grade(squares, create_students=False), grade(squares)):
        assert [*report.graded, *report.unchanged] == ["ada"]
        assert list(report.failed) == ["stranger"]
    assert grade(squares, create_students=True).graded == ["stranger"]


def test_nothing_to_grade_is_said(squares):
    with pytest.raises(ClassError, match="nothing has come in"):
        grade(squares)
    (squares.path / "submitted" / "ada" / "other").mkdir(parents=True)
    with pytest.raises(ClassError, match="is not in the gradebook"):
        grade_class(squares, "other")


BOOK = """SELECT s.student_id, c.name, g.auto_score, g.manual_score, g.needs_manual_grade, n.flagged
FROM grade g JOIN base_cell c ON c.id = g.cell_id JOIN submitted_notebook n ON n.id = g.notebook_id
JOIN submitted_assignment s ON s.id = n.assignment_id ORDER BY 1, 2"""
LOGGED = "SELECT id, learner, item, score, at FROM events ORDER BY id"


def start(folder: ClassFolder) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "courseware", "class", "grade", "squares", "--workers", "2"]
    return subprocess.Popen(command, cwd=folder.path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@pytest.mark.skipif(os.name != "posix", reason="no kill -9 here")
def test_a_power_cut_loses_nothing_and_a_second_run_carries_on(squares, hand_in):
    """Killed at random moments; all equals an undisturbed run (more of it: benchmarks/power_cut.py)."""
    chance, students = random.Random(4), [f"s{number:02}" for number in range(12)]
    for student in students:
        hand_in(student, **{name: s for name, s in RIGHT.items() if chance.random() < 0.7})
    roster.learners(squares.roster, students)
    calm = ClassFolder(path=squares.path.with_name("calm"), course=None, policy=squares.policy)
    shutil.copytree(squares.path, calm.path)
    began = time.monotonic()
    assert start(calm).wait(300) == 0
    whole = time.monotonic() - began
    killed = 0
    for _ in range(5):
        child = start(squares)
        try:
            child.wait(chance.uniform(0.3, 1.0) * whole)
        except subprocess.TimeoutExpired:
            child.send_signal(signal.SIGKILL)
            killed += 1
        child.wait()
    assert killed
    assert start(squares).wait(300) == 0
    assert rows(squares, BOOK) == rows(calm, BOOK)
    assert len(rows(squares, BOOK)) == 2 * len(students)
    assert rows(squares, LOGGED, "class.sqlite") == rows(calm, LOGGED, "class.sqlite")
    assert not list((squares.path / "autograded").glob("*/.*"))
    assert rows(squares, "PRAGMA integrity_check") == [("ok",)]


@pytest.mark.skipif(os.name != "posix", reason="no SIGINT for one process here")
def test_ctrl_c_leaves_a_whole_state(squares, hand_in):
    for number in range(6):
        slow = "import time; time.sleep(1)\n" + RIGHT["square"]
        hand_in(f"s{number}", square=slow, count=RIGHT["count"])
    child = start(squares)
    deadline = time.monotonic() + 120
    while not list((squares.path / "autograded").glob("*/squares")) and time.monotonic() < deadline:
        time.sleep(0.1)
    child.send_signal(signal.SIGINT)
    assert child.wait(30) != 0
    assert start(squares).wait(300) == 0
    assert set(scores(squares).values()) == {(2, 1)}
