"""Lessons come into an nbgrader course, and its assignments into mastery; no notebook of it is changed."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import nbgrader
import pytest
from nbgrader.api import Gradebook

from courseware.course import bundled, load_course
from courseware.grading import adopting, class_folder, objectives, roster
from courseware.grading.adopting import adopt, adopt_course
from courseware.grading.class_folder import ClassError, ClassFolder
from courseware.grading.grading_run import grade_class
from courseware.grading.released import release_assignment
from courseware.grading.standing import decide, rows

PANDAS = load_course(bundled() / "pandas")
GUIDE = Path(nbgrader.__file__).parent / "docs" / "source" / "user_guide"
# As `nbgrader quickstart course101` writes it.
CONFIG = """c = get_config()
c.CourseDirectory.course_id = "course101"
c.IncludeHeaderFooter.header = "source/header.ipynb"
"""
OWN = """
[[objectives]]
id = "functions.write"
can = "I can write a function that gives what is asked for"
"""

pytestmark = [
    pytest.mark.filterwarnings("ignore"),  # nbgrader's own
    pytest.mark.skipif(not GUIDE.is_dir(), reason="this nbgrader came without its documentation"),
]


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.fixture(scope="module")
def course101(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """nbgrader's documentation course, with what its two students handed in."""
    path = tmp_path_factory.mktemp("nbgrader") / "course101"
    shutil.copytree(GUIDE / "source", path / "source", ignore=shutil.ignore_patterns("ps1_autotest"))
    shutil.copytree(GUIDE / "submitted", path / "submitted")
    (path / "nbgrader_config.py").write_text(CONFIG)
    with Gradebook(f"sqlite:///{path / 'gradebook.db'}", "course101") as book:
        book.add_assignment("ps1")
        book.add_student("bitdiddle", first_name="Ben", last_name="Bitdiddle")
        book.add_student("hacker", first_name="Alyssa", last_name="Hacker")
    return path


def events(folder: ClassFolder) -> dict[str, tuple[str, float, str]]:
    """By student and item: the score, and the objectives that it is evidence of."""
    people = {person.learner: person.student for person in roster.read(folder.roster)}
    with sqlite3.connect(folder.path / "class.sqlite") as db:
        found = db.execute("SELECT learner, item, score, objectives FROM events WHERE kind = 'answer'")
        return {f"{people[who]} {item}": (score, json.loads(ids)) for who, item, score, ids in found}


def test_an_nbgrader_course_is_graded_into_mastery_and_takes_a_lesson(course101: Path):
    """Its assignment: adopted, tagged, released, graded, reached. Then one lesson of ours beside it."""
    before = bytes_of(course101)
    folder = adopt_course(course101, None)
    assert [(p.student, p.last_name) for p in roster.read(folder.roster)] == [
        ("bitdiddle", "Bitdiddle"),
        ("hacker", "Hacker"),
    ]
    told = adopt(folder, "ps1")
    assert not told.released
    assert {row.points == {} for row in rows(folder, datetime.now(UTC))} == {True}
    assert set(told.untagged) == set(told.cells)
    assert {"problem1/correct_squares", "problem2/part-a"} <= told.cells.keys()
    tags = folder.path / objectives.FILE
    tags.write_text(tags.read_text().replace("squares = []", 'squares = ["functions.write"]') + OWN)
    assert not adopt(folder, "source/ps1/problem1.ipynb").came
    made = release_assignment(folder, "ps1")
    assert (made.graded, made.points) == (9, 13)
    text = (made.folder / "problem1.ipynb").read_text()
    assert "raise NotImplementedError" in text  # as its own configuration says, and with its header
    assert "nbgrader" in text
    assert "BEGIN SOLUTION" not in text
    assert not grade_class(folder, "ps1", workers=2).failed
    found = events(folder)
    assert found["hacker ps1.problem1.correct_squares"] == (1.0, ["functions.write"])
    assert found["bitdiddle ps1.problem1.correct_squares"][0] == 0.0
    assert found["hacker ps1.problem1.squares_invalid_input"] == (1.0, [])
    reached = {row.student: row.reached for row in rows(folder, datetime.now(UTC))}
    assert reached == {"bitdiddle": (), "hacker": ("functions.write",)}
    decide(folder, "bitdiddle", "ps1", "excuse", "was ill")
    after = bytes_of(course101)
    assert {name: after[name] for name in before if not name.startswith("gradebook")} == {
        name: data for name, data in before.items() if not name.startswith("gradebook")
    }

    toml = folder.path / class_folder.FILE
    with pytest.raises(ClassError, match='course = "pandas"'):
        adopt_course(course101, PANDAS)
    toml.write_text(toml.read_text().replace("# course =", "course ="))
    folder = adopt_course(course101, PANDAS)
    told = adopt(folder, "02-select")
    assert told.lesson
    assert not told.untagged
    made = release_assignment(folder, "02-select")
    assert "Write your code here" in (made.folder / "02-select.ipynb").read_text()
    solved = folder.submitted("hacker", "02-select")
    shutil.copytree(folder.source("02-select"), solved)
    report = grade_class(folder, "02-select")
    assert report.graded == ["hacker"]
    assert not report.flags
    lesson = {name: each for name, each in events(folder).items() if " 02-select." in name}
    assert lesson
    assert all(score == 1 and ids for score, ids in lesson.values())
    with Gradebook(folder.gradebook_url, "course101") as book:
        assert [(a.name, a.course_id) for a in book.assignments] == [
            ("02-select", "course101"),
            ("ps1", "course101"),
        ]
    assert len(grade_class(folder, "ps1").graded) == 2  # what counts for the course is told anew
    (row,) = (row for row in rows(folder, datetime.now(UTC)) if row.student == "hacker")
    assert "functions.write" in row.reached


def test_an_assignment_from_elsewhere_comes_into_a_class_of_ours(tmp_path: Path):
    folder = class_folder.create(tmp_path / "autumn", PANDAS)
    notebook = GUIDE / "source" / "ps1" / "problem1.ipynb"
    told = adopt(folder, str(notebook), ["select.rows"])
    assert told.came
    assert told.assignment == "ps1"
    assert {p.name for p in told.folder.iterdir()} == {"problem1.ipynb", "jupyter.png"}
    assert notebook.read_bytes() == (told.folder / "problem1.ipynb").read_bytes()
    assert not told.untagged
    assert release_assignment(folder, "ps1").points == 10
    assert [Path(each).name for each in adopting.assignments(folder, str(GUIDE))] == ["ps1", "ps1_autotest"]
    told = adopt(folder, str(notebook.with_name("problem2.ipynb")), ["select.rows"])
    assert told.came
    assert set(told.cells) >= {"problem1/correct_squares", "problem2/part-a"}
    assert not told.untagged
    assert release_assignment(folder, "ps1").points == 13
    (folder.path / "submitted" / "ada").mkdir()
    shutil.copytree(folder.source("ps1"), folder.submitted("ada", "ps1"))
    assert grade_class(folder, "ps1").graded == ["ada"]
    assert events(folder)["ada ps1.problem1.correct_squares"] == (1.0, ["select.rows"])
    tags = folder.path / objectives.FILE
    mended = tags.read_text()
    for wrong, says in (("correct_square ", "correct_squares"), ("correct_squares", None)):
        tags.write_text(mended.replace("correct_squares =", f"{wrong}=", 1))
        if says is None:
            grade_class(folder, "ps1")
        else:
            with pytest.raises(ClassError, match=says):
                grade_class(folder, "ps1")
    tags.write_text(mended.replace("select.rows", "select.row", 1))
    with pytest.raises(ClassError, match=r"perhaps 'select\.rows'"):
        grade_class(folder, "ps1")


def test_what_cannot_be_adopted_is_said_with_what_there_is(tmp_path: Path):
    with pytest.raises(ClassError, match="neither a class nor an nbgrader course"):
        adopt_course(tmp_path, None)
    folder = class_folder.create(tmp_path / "autumn", PANDAS)
    with pytest.raises(ClassError, match="perhaps '02-select'"):
        adopt(folder, "02-selekt")
    with pytest.raises(ClassError, match=r"perhaps 'select\.rows'"):
        adopt(folder, "02-select", ["select.row"])
    (folder.path / "source" / "empty").mkdir()
    with pytest.raises(ClassError, match="no graded cell"):
        adopt(folder, "empty")
    other = tmp_path / "other"
    other.mkdir()
    (other / "nbgrader_config.py").write_text(
        "c = get_config()\nc.CourseDirectory.source_directory = 'instructor'\n"
    )
    with pytest.raises(ClassError, match="source_directory"):
        adopt_course(other, None)
    (other / "nbgrader_config.py").write_text(
        "c = get_config()\nc.CourseDirectory.db_url = 'sqlite:////srv/b.db'\n"
    )
    assert adopting._gradebook(other) == "sqlite:////srv/b.db"


@pytest.mark.parametrize(
    ("toml", "says"),
    [
        ("x = 1", "'x'"),
        ("[[objectives]]\nid = 'loops'\ncan = 'I can'", "dot"),
        ("[[objectives]]\nid = 'a.b'", "can = None"),
        ("[[objectives]]\nid = 'a.b'\ncan = 'c'\nthreshold = 2", "threshold"),
        ("[[objectives]]\nid = 'a.b'\ncan = 'c'\n[[objectives]]\nid = 'a.b'\ncan = 'c'", "again"),
        ("[cells.ps1]\nproblem1 = 3", "a table"),
        ("[cells.ps1.problem1]\nx = 3", "a list"),
        ("[cells", "cannot be read"),
    ],
)
def test_what_is_wrong_in_objectives_toml_is_named(tmp_path: Path, toml: str, says: str):
    (tmp_path / objectives.FILE).write_text(toml)
    with pytest.raises(ValueError, match=says):
        objectives.read(tmp_path)


def test_the_command_makes_a_class_of_the_course_that_one_is_in(tmp_path: Path):
    path = Path(shutil.copytree(GUIDE / "source", tmp_path / "c" / "source")).parent
    (path / "nbgrader_config.py").write_text(CONFIG)
    command = [sys.executable, "-m", "courseware", "class", "adopt", "ps1", "--json"]
    done = subprocess.run(command, cwd=path / "source", capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (told,) = json.loads(done.stdout)
    assert told["assignment"] == "ps1"
    assert class_folder.load(path).course is None
    done = subprocess.run([*command[:-2], "none"], cwd=path, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "ps1" in done.stderr
