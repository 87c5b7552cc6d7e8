"""The command line, run as a user runs it."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from courseware.cli import app
from courseware.events import new_id


def courseware(*args, cwd=None, **environment) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "courseware", *map(str, args)],
        capture_output=True, text=True, cwd=cwd, timeout=120, check=False, env={**os.environ, **environment},
    )  # fmt: skip


@pytest.fixture
def answered(tutor, space):
    tutor.open(None)
    card = tutor.ask("add-two")
    tutor.answer("add-two", card.variant, "-5", id=new_id())
    return space


def test_every_command_has_a_help_with_an_example():
    names = [c.name or c.callback.__name__ for c in app.registered_commands]
    assert {"learn", "progress", "courses", "verify", "lock"} <= set(names)
    for command in app.registered_commands:
        assert "Example: `courseware " in (command.epilog or "")
        assert command.callback.__doc__


def test_progress_shows_each_objective_with_its_level_and_why(answered):
    ran = courseware("progress", "--dir", answered.path)
    assert ran.returncode == 0, ran.stderr
    assert "I can add two numbers" in ran.stdout
    assert "Attempted" in ran.stdout
    assert "Locked" in ran.stdout
    data = json.loads(courseware("progress", "--json", cwd=answered.path).stdout)
    assert data["lessons"][0]["objectives"][0]["word"] == "Attempted"


def test_review_says_what_is_due_and_when_something_will_be(tutor, space, clock):
    tutor.open(None)
    nothing = courseware("review", "--dir", space.path)
    assert "Nothing is due" in nothing.stdout
    card = tutor.ask("sum.add")
    while card.standing.level < 3:
        right = tutor._current("sum.add").question.right
        card = tutor.answer("sum.add", card.variant, right, id=new_id())
        if card.standing.level < 3:
            card = tutor.another("sum.add", card.variant, id=new_id())
    assert "Next:" in courseware("review", cwd=space.path, COURSEWARE_CLOCK=clock.now.isoformat()).stdout
    clock.forward(days=7)
    shown = courseware("review", cwd=space.path, COURSEWARE_CLOCK=clock.now.isoformat())
    assert shown.returncode == 0, shown.stderr
    assert "1 question" in shown.stdout
    assert "I can add two numbers" in shown.stdout
    data = courseware("review", "--json", cwd=space.path, COURSEWARE_CLOCK=clock.now.isoformat()).stdout
    assert json.loads(data)["objectives"] == ["I can add two numbers"]


def test_what_is_shown_reaches_a_terminal_that_knows_ascii_alone(answered):
    shown = courseware("progress", cwd=answered.path, PYTHONIOENCODING="ascii")
    assert (shown.returncode, "I can add two numbers" in shown.stdout) == (0, True)
    data = courseware("progress", "--json", cwd=answered.path, PYTHONIOENCODING="ascii").stdout
    assert "“I can add two numbers”" in json.loads(data)["lessons"][1]["opens_when"]


def test_a_file_that_cannot_be_written_is_told_without_a_traceback(make_course):
    path = make_course()
    (path / "items.lock").mkdir()
    ran = courseware("lock", path)
    assert ran.returncode == 2
    assert "items.lock" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_verify_says_same_and_exits_0(answered):
    ran = courseware("verify", "--dir", answered.path)
    assert (ran.returncode, ran.stdout.strip()) == (0, "1 answer: 1 same.")
    assert json.loads(courseware("verify", "--dir", answered.path, "--json").stdout)["same"] == 1


def test_verify_names_a_different_answer_and_exits_1(answered):
    import sqlite3

    with sqlite3.connect(answered.home / "events.sqlite") as db:
        db.execute("UPDATE events SET score = 1.0 WHERE kind = 'answer'")
    db.close()
    ran = courseware("verify", "--dir", answered.path)
    assert ran.returncode == 1
    assert "add-two: different (scored 1.0, now 0.0)" in ran.stdout


def test_courses_lists_the_bundled_ones():
    ran = courseware("courses", "--json")
    assert "pandas" in [row["course"] for row in json.loads(ran.stdout)]


def test_lock_writes_and_checks(make_course):
    path = make_course()
    assert courseware("lock", path, "--check").returncode == 1
    assert courseware("lock", path).returncode == 0
    assert courseware("lock", path, "--check").returncode == 0


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["progress"], "courseware learn"),
        (["verify", "--dir", "nowhere"], "is not a workspace"),
        (["learn", "nothing"], "There is no course 'nothing' here"),
        (["learn", "--port", "x"], "an integer"),
    ],
)
def test_what_a_user_can_mend_is_told_in_a_sentence(tmp_path, args, says):
    ran = courseware(*args, cwd=tmp_path)
    assert ran.returncode == 2
    assert says.lower() in " ".join(ran.stderr.replace("│", " ").split()).lower()
    assert "Traceback" not in ran.stderr


def test_a_broken_course_is_told_with_all_its_problems(make_course, tmp_path):
    ran = courseware("learn", make_course(**{"course.toml": "id = 1"}), cwd=tmp_path)
    assert ran.returncode == 2
    assert "mend:" in ran.stderr


def test_learn_refuses_a_workspace_of_another_course(answered):
    ran = courseware("learn", "pandas", "--dir", answered.path)
    assert ran.returncode == 2
    assert "a workspace of the course 'tiny'" in ran.stderr


def test_learn_brings_back_a_deleted_notebook(answered):
    (answered.path / "01-sums.ipynb").unlink()
    ran = courseware("learn", "--dir", answered.path, "--restore", "01-sums")
    assert ran.returncode == 0, ran.stderr
    assert (answered.path / "01-sums.ipynb").is_file()
    locked = courseware("learn", "--dir", answered.path, "--restore", "02-halves")
    assert locked.returncode == 2
    assert "not open yet" in locked.stderr
