"""A workspace holds what is open, and nothing of a learner's is ever overwritten."""

from __future__ import annotations

import json
import uuid

import pytest

from courseware import workspace
from courseware.course import CourseError, load_course
from courseware.mastery.fold import Written
from courseware.workspace import WorkspaceError


def everything(space) -> dict[str, str]:
    return {
        p.relative_to(space.path).as_posix(): p.read_text(encoding="utf-8", errors="replace")
        for p in space.path.rglob("*")
        if p.is_file() and p.suffix != ".sqlite"
    }


def test_a_new_workspace_holds_the_first_lesson_and_the_data_and_no_solution_or_hidden_test(space, tutor):
    tutor.open(None)
    files = everything(space)
    assert {"01-sums.ipynb", "data/numbers.csv", ".courseware/workspace.toml"} <= set(files)
    assert "02-halves.ipynb" not in files
    assert not [name for name, text in files.items() if "secret" in text]


def test_the_learner_is_a_random_uuid_and_the_same_when_it_is_made_again(make_course, tmp_path):
    course = load_course(make_course())
    one = workspace.create(tmp_path / "w", course, name='Ada "L" \\ é')
    again = workspace.create(tmp_path / "w", course)
    assert again == one
    assert uuid.UUID(one.learner).version == 4
    assert workspace.find(tmp_path / "w" / "data") == one
    assert workspace.create(tmp_path / "v", course).learner != one.learner


def test_what_a_learner_edited_or_deleted_stays_as_the_learner_left_it(space, tutor):
    tutor.open(None)
    file = space.path / "01-sums.ipynb"
    mine = file.read_text().replace("lesson.check", "my.check")
    file.write_text(mine)
    tutor.open(None)
    assert file.read_text() == mine
    file.unlink()
    tutor.open(None)
    assert not file.exists()


def test_restoring_brings_a_deleted_notebook_back_and_puts_it_beside_an_edited_one(space, tutor):
    tutor.open(None)
    file = space.path / "01-sums.ipynb"
    original = file.read_text()
    file.unlink()
    assert tutor.restore("01-sums").path == "01-sums.ipynb"
    assert file.read_text() == original
    file.write_text("{}")
    assert tutor.restore("01-sums").path == "01-sums.new.ipynb"
    assert (space.path / "01-sums.new.ipynb").read_text() == original
    assert file.read_text() == "{}"


def test_a_notebook_written_by_a_run_that_crashed_before_its_event_is_taken_for_written(space):
    course = space.load_course()
    (lesson, *_) = course.lessons
    first = space.sync(course, [lesson], {})
    assert space.sync(course, [lesson], {}) == first
    assert space.sync(course, [lesson], {w.path: w for w in first}) == []


@pytest.mark.parametrize("name", ["Ada 🐧", "\x00\x1f\x7f\x85", 'a"b\\c\n', "\udc80"])
def test_a_learner_may_be_called_anything(make_course, tmp_path, name):
    made = workspace.create(tmp_path / "w", load_course(make_course()), name=name)
    assert workspace.load(tmp_path / "w") == made
    assert made.name == name.replace("\udc80", "?")


def test_a_workspace_file_saved_by_an_editor_that_marks_its_encoding_is_read(space):
    file = space.home / "workspace.toml"
    file.write_text(file.read_text(), encoding="utf-8-sig")
    assert workspace.load(space.path) == space


@pytest.mark.parametrize("log", ["log/mine.sqlite", "sqlite:///log/mine.sqlite"])
def test_a_log_named_as_a_file_is_seen_from_the_workspace(space, log, tmp_path, monkeypatch):
    file = space.home / "workspace.toml"
    file.write_text(file.read_text() + f'log = "{log}"\n')
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    workspace.load(space.path).open_log().close()
    assert (space.path / "log" / "mine.sqlite").is_file()


def test_data_are_as_the_course_has_them_now_and_what_was_changed_is_kept_beside(space, tutor):
    tutor.open(None)
    data, source = space.path / "data", tutor.course.path / "data" / "numbers.csv"
    (data / "own.csv").write_text("mine")
    (data / "numbers.csv").write_text("n\n9\n9\n")
    tutor.open(None)
    tutor.open(None)
    source.write_text("n\n3\n4\n")
    tutor.open(None)
    (data / "numbers.csv").unlink()
    tutor.open(None)
    assert {p.name: p.read_text() for p in data.iterdir()} == {
        "numbers.csv": "n\n3\n4\n",
        "numbers.before.csv": "n\n9\n9\n",
        "numbers.before-2.csv": "n\n1\n2\n",
        "own.csv": "mine",
    }


def test_what_cannot_be_written_is_told_with_what_to_do_and_the_answers_are_kept(space, tutor):
    (space.path / "data").write_text("a file in the folder's place")
    with pytest.raises(WorkspaceError, match=r"could not be written .*Your answers are kept"):
        tutor.open(None)
    assert not list(space.path.glob("**/.*.part"))


def test_a_workspace_that_cannot_keep_what_it_checked_still_opens_its_course(space):
    (space.home / "checked").unlink()
    (space.home / "checked").mkdir()
    assert space.load_course().id == "tiny"


def test_a_course_that_is_gone_says_which_folder_it_was_in(space):
    course = space.load_course().path
    course.rename(course.with_name("moved"))
    with pytest.raises(CourseError, match=course.name):
        space.load_course()


def test_a_file_of_the_same_name_that_was_there_before_is_left_alone(space):
    course = space.load_course()
    (space.path / "01-sums.ipynb").write_text("mine")
    assert space.sync(course, course.lessons[:1], {}) == []
    assert (space.path / "01-sums.ipynb").read_text() == "mine"


def test_a_newer_version_of_a_lesson_is_noticed(tutor):
    tutor.open(None)
    assert tutor.outdated() == []
    source = tutor.course.source(tutor.course.lessons[0])
    nb = json.loads(source.read_text())
    nb["cells"][0]["source"] += "\n# new"
    source.write_text(json.dumps(nb))
    assert tutor.outdated() == ["01-sums"]
    tutor.restore("01-sums")
    assert tutor.outdated() == []


def test_outputs_do_not_make_a_notebook_another_version(space, tutor):
    tutor.open(None)
    file = space.path / "01-sums.ipynb"
    nb = json.loads(file.read_text())
    nb["cells"][0]["execution_count"] = 3
    file.write_text(json.dumps(nb))
    course = space.load_course()
    assert space.sync(course, course.lessons[:1], {}) == [
        Written(path="01-sums.ipynb", sha256=tutor._fold.written["01-sums.ipynb"].sha256)
    ]


@pytest.mark.parametrize("text", ["", "learner = 1", "learner = 'x'\ncourse = 'c'", "\x00"])
def test_a_broken_workspace_file_says_that_the_answers_are_safe(space, text):
    (space.home / "workspace.toml").write_text(text)
    with pytest.raises(WorkspaceError, match="your answers are safe"):
        workspace.load(space.path)


def test_a_folder_that_is_no_workspace_says_how_to_start_one(tmp_path):
    with pytest.raises(WorkspaceError, match="courseware learn"):
        workspace.load(tmp_path)
    assert workspace.find(tmp_path) is None


def test_the_course_is_checked_once_for_each_state_of_its_files(space, monkeypatch):
    space.load_course()
    monkeypatch.setattr("courseware.course_check.checked", lambda _: pytest.fail("checked again"))
    assert space.load_course().id == "tiny"
