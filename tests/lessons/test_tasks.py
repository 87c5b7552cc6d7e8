"""The graded tasks of every course: the author's solutions get all points, an untouched notebook none."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import Any

import pytest

from courseware import workspace
from courseware.course import find_courses, load_course
from courseware.grading.counter import OnTheSpot

COURSES = {name: load_course(path) for name, path in find_courses().items()}
TASKS = [(name, lesson.id) for name, course in COURSES.items() for lesson in course.lessons]
MARKER = re.compile(r"(?m)^[ \t]*### (BEGIN|END) SOLUTION\n?")


def told(results: tuple[Any, ...]) -> list[str]:
    return [message.text for result in results for message in result.told.messages]


@pytest.fixture(scope="module")
def counters(tmp_path_factory):
    made = {}
    for name, course in COURSES.items():
        space = workspace.create(tmp_path_factory.mktemp(name) / "space", course, by_path=True)
        space.sync(course, course.lessons, {})
        space.put_data(course)
        made[name] = OnTheSpot(course, space), space
    yield made
    for counter, _ in made.values():
        counter.close()


@pytest.mark.parametrize(("name", "lesson_id"), TASKS)
def test_the_authors_solutions_get_all_points_and_an_untouched_notebook_none(counters, name, lesson_id):
    course, (counter, space) = COURSES[name], counters[name]
    source = json.loads(course.source(course.lesson(lesson_id)).read_text(encoding="utf-8"))
    released = json.loads((space.path / f"{lesson_id}.ipynb").read_text(encoding="utf-8"))

    untouched = counter.take(lesson_id, json.dumps(released), at=datetime.now(UTC), history=()).receipt
    assert untouched.points == 0
    assert {result.told.key for result in untouched.results} <= {"task-blank", "task-for-a-person"}

    for mine, theirs in zip(released["cells"], source["cells"], strict=True):
        if mine["metadata"].get("nbgrader", {}).get("solution"):
            mine["source"] = MARKER.sub("", "".join(theirs["source"]))
    solved = counter.take(lesson_id, json.dumps(released), at=datetime.now(UTC), history=()).receipt
    assert solved.points == solved.most > 0, told(solved.results)
