"""Remedies and enrichment: they run where a learner finds them, and read the same data as a lesson."""

from __future__ import annotations

import nbformat
import pytest
from nbclient import NotebookClient

from courseware import workspace
from courseware.course import find_courses, load_course
from courseware.log import Log
from courseware.offering import ENRICHMENT, REMEDIES

COURSES = {name: load_course(path) for name, path in find_courses().items()}
BESIDE = sorted(
    {
        (course.id, lesson.id, name, folder)
        for course in COURSES.values()
        for lesson in course.lessons
        for folder, names in (
            (REMEDIES, [n for names in lesson.remedies.values() for n in names]),
            (ENRICHMENT, lesson.enrichment),
        )
        for name in names
    }
)


@pytest.mark.parametrize(("course_id", "lesson_id", "name", "folder"), BESIDE)
def test_it_runs_in_its_folder_of_a_workspace(tmp_path, course_id, lesson_id, name, folder):
    course = COURSES[course_id]
    lesson = course.lesson(lesson_id)
    space = workspace.create(tmp_path / "work", course)
    space.put_data(course)
    (wrote,) = space.sync(course, (), {}, [(lesson, name, f"{folder}/{name}")])
    notebook = nbformat.read(space.path / wrote.path, as_version=4)
    cwd = str((space.path / wrote.path).parent)
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": cwd}}).execute()
    for cell in notebook.cells:
        assert cell.source.count("\n") < 12 or cell.cell_type != "code"
    log: Log = space.open_log()
    assert not [e for _, e in log.read(space.learner, course.id) if e.kind == "answer"]
    log.close()


def test_there_is_a_remedy_and_something_more():
    assert {folder for *_, folder in BESIDE} == {REMEDIES, ENRICHMENT}
