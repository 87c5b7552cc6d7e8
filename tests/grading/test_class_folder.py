"""A class is a folder that nbgrader knows, with a roster; what can be mended is told."""

from __future__ import annotations

import json
import subprocess
import sys
import uuid
from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from nbgrader.apps.generateassignmentapp import GenerateAssignmentApp

from courseware.course import bundled, load_course
from courseware.grading import class_folder, roster
from courseware.grading.class_folder import ClassError
from courseware.grading.released import fetch_source, release_assignment
from courseware.grading.roster import Person, RosterError

PANDAS = load_course(bundled() / "pandas")


@pytest.fixture
def made(tmp_path: Path) -> class_folder.ClassFolder:
    people = tmp_path / "people.csv"
    people.write_text("id;First name;email\nada;Ada;a@b.c\nbo;Bo;\n", encoding="utf-8")
    return class_folder.create(tmp_path / "autumn", PANDAS, people=people)


def test_a_class_has_its_people_and_its_course(made):
    assert [p.student for p in roster.read(made.roster)] == ["ada", "bo"]
    assert roster.read(made.roster)[0].first_name == "Ada"
    assert class_folder.find(made.source("x")).load_course().id == "pandas"


def test_making_it_again_changes_nothing_and_newcomers_join(made, tmp_path):
    (made.path / "class.toml").write_text(
        'course = "pandas"\n[grading]\ncell_seconds = 5\n[mastery]\nthresholds = {"select.rows" = 0.9}\n'
    )
    more = tmp_path / "more.csv"
    more.write_text("student\nbo\ncy\n")
    again = class_folder.create(made.path, PANDAS, people=more)
    assert again.policy.cell_seconds == 5
    assert again.rules(PANDAS)["select.rows"].threshold == 0.9
    assert again.rules(PANDAS)["select.combine"] == PANDAS.rules["select.combine"]
    assert [p.student for p in roster.read(made.roster)] == ["ada", "bo", "cy"]


@pytest.mark.parametrize(
    ("toml", "names"),
    [
        ("[grading]\ncell_second = 5", "cell_second"),
        ("[grading]\ncell_seconds = -1", "cell_seconds"),
        ("[grading]\nmemory_mb = true", "memory_mb"),
        ("[mastery]\nthresholds = {a = 2}", "thresholds.a"),
        ("course = 3", "course"),
        ("course = ", "class.toml"),
    ],
)
def test_what_is_wrong_in_class_toml_is_named(made, toml, names):
    (made.path / "class.toml").write_text(toml)
    with pytest.raises(ClassError, match=names):
        class_folder.load(made.path)


def test_no_name_leads_out_of_the_folder(made):
    for name in ("..", "a/b", "", ".x", "a\\b"):
        with pytest.raises(ClassError):
            made.submitted(name, "01-tables")


def test_a_learner_belongs_to_one_student():
    one, two = str(uuid.uuid4()), str(uuid.uuid4())
    people = roster.claim((Person(student="ada"), Person(student="bo")), {"ada": one})
    assert people[0].learner == one
    assert roster.claim(people, {"ada": one}) == people
    with pytest.raises(RosterError, match="ada"):
        roster.claim(people, {"bo": one})
    with pytest.raises(RosterError, match="another machine"):
        roster.claim(people, {"ada": two})


def test_who_has_no_learner_gets_one_and_keeps_it(made):
    first = roster.learners(made.roster, ["ada", "cy"])
    assert roster.learners(made.roster, ["cy", "ada", "bo"]).items() >= first.items()


@pytest.mark.parametrize("text", ["name\nada\n", "student\nada\nada\n", "student,learner\nada,7\n"])
def test_a_roster_that_cannot_be_is_refused(tmp_path, text):
    (tmp_path / "r.csv").write_text(text)
    with pytest.raises(RosterError, match=r"line \d"):
        roster.read(tmp_path / "r.csv")


def gradebook_of(url: str, assignment: str) -> list[object]:
    with Gradebook(url, "pandas") as book:
        return [
            (
                notebook.name,
                notebook.kernelspec,
                sorted((c.name, c.cell_type, c.locked, c.source, c.checksum) for c in notebook.source_cells),
                sorted((c.name, c.max_score, c.cell_type) for c in notebook.grade_cells),
                sorted(c.name for c in notebook.solution_cells),
            )
            for notebook in book.find_assignment(assignment).notebooks
        ]


def test_a_release_is_in_the_gradebook_as_nbgrader_would_have_put_it(made, monkeypatch):
    fetch_source(made, PANDAS, "02-select")
    told = release_assignment(made, "02-select")
    ours = gradebook_of(made.gradebook_url, "02-select")
    assert told.graded == 2
    assert told.points == 4
    assert (made.release("02-select") / "data" / "penguins.csv").is_file()
    text = (made.release("02-select") / "02-select.ipynb").read_text(encoding="utf-8")
    assert "HIDDEN TESTS" not in text
    assert "BEGIN SOLUTION" not in text

    (made.path / "gradebook.db").unlink()
    monkeypatch.chdir(made.path)
    app = GenerateAssignmentApp.instance()
    try:
        app.initialize(["02-select", "--force"])
        app.start()
    finally:
        GenerateAssignmentApp.clear_instance()
    assert gradebook_of(made.gradebook_url, "02-select") == ours


# nbgrader warns of what it does itself.
@pytest.mark.filterwarnings("ignore:Object of type <Submitted")
def test_a_changed_source_is_released_again_but_no_cell_goes_once_handed_in(made):
    fetch_source(made, PANDAS, "02-select")
    release_assignment(made, "02-select")
    path = made.source("02-select") / "02-select.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    test = next(c for c in notebook["cells"] if "heavy-test" in str(c["metadata"]))
    test["source"] = "assert callable(heavy_on)"
    path.write_text(json.dumps(notebook), encoding="utf-8")
    with Gradebook(made.gradebook_url, "pandas") as book:
        book.add_student("ada")
        book.add_submission("02-select", "ada")
    release_assignment(made, "02-select")
    assert "assert callable(heavy_on)" in str(gradebook_of(made.gradebook_url, "02-select"))
    notebook["cells"].remove(test)
    path.write_text(json.dumps(notebook), encoding="utf-8")
    before = gradebook_of(made.gradebook_url, "02-select")
    with pytest.raises(ClassError, match="heavy-test"):
        release_assignment(made, "02-select")
    assert gradebook_of(made.gradebook_url, "02-select") == before


def run(*args: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "courseware", *map(str, args)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


def test_the_commands_make_a_class_and_release_a_lesson(tmp_path):
    assert run("class", "new", tmp_path / "c", "--course", "pandas").returncode == 0
    done = run("class", "release", "01-tables", "--class", tmp_path / "c", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["points"] == 6
    wrong = run("class", "release", "09-none", "--class", tmp_path / "c")
    assert wrong.returncode == 2
    assert "01-tables" in wrong.stderr
    assert run("class", "release", "01-tables", "--class", tmp_path).returncode == 2
