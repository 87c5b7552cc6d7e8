"""The rules of a lesson's graded task: what it is called, what it shows, and how it is tested."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from courseware.course import Course
from courseware.lint.finding import Finding
from courseware.lint.notebook import Cell, Page

HIDDEN: Final = re.compile(r"### BEGIN HIDDEN TESTS\n.*?### END HIDDEN TESTS", re.DOTALL)
TESTS: Final = re.compile(r"\bassert\b|\.points\(|\.require\(\)|\.check\(")
OWN_CODE: Final = re.compile(
    r"^\s*(#.*|(from|import)\b.*|lesson\s*=.*|lesson\.(check|progress|placement|hand_in)\(.*\)|)\s*$"
)
RULE: Final = "graded-task"


def has_code(page: Page, asks_code: bool) -> bool:
    """Whether a lesson is about code: an item of it is answered with code, or a cell does more than check."""
    return asks_code or any(
        cell.kind == "code" and any(not OWN_CODE.match(line) for line in cell.source.splitlines())
        for cell in page.cells
    )


def findings(course: Course, page: Page) -> Iterator[Finding]:
    """All that is wrong with the graded task of a lesson that has code."""
    marked = [(cell, _marks(cell)) for cell in page.cells]
    tests = [cell for cell, marks in marked if marks.get("grade") and cell.kind == "code"]
    if not tests:
        yield page.finding(
            RULE,
            None,
            "no graded cell",
            "a task that uses what the lesson teaches, graded by tests",
            "mark a cell as tests in nbgrader's Create Assignment panel",
        )
        return
    if not any(marks.get("solution") for _, marks in marked):
        yield page.finding(
            RULE,
            None,
            "tests without a cell to solve",
            "a cell marked as a solution, with ### BEGIN SOLUTION … ### END SOLUTION",
            "mark the cell that learners write in",
        )
    for cell in tests:
        yield from _cell(course, page, cell)
    joined = [HIDDEN.sub("", cell.source) for cell in tests]
    if not any(TESTS.search(source) for source in joined):
        yield page.finding(
            RULE, tests[0], "hidden tests alone", "visible tests that help", "show some of the tests"
        )
    if not any(HIDDEN.search(cell.source) for cell in tests):
        yield page.finding(
            RULE,
            tests[0],
            "no hidden tests",
            "hidden tests, so that what fits the visible ones alone does not pass",
            "add ### BEGIN HIDDEN TESTS … ### END HIDDEN TESTS with other cases",
        )


def _cell(course: Course, page: Page, cell: Cell) -> Iterator[Finding]:
    marks = _marks(cell)
    if not str(marks.get("grade_id", "")).startswith(f"{page.lesson.id}_"):
        yield page.finding(
            RULE,
            cell,
            f"grade_id {marks.get('grade_id')!r}",
            f"{page.lesson.id}_ and the task's name: a lesson's evidence is found by it",
            f"call it '{page.lesson.id}_…'",
        )
    if not marks.get("points"):
        yield page.finding(
            RULE, cell, f"{marks.get('points', 'no')} points", "one point or more", "give the cell points"
        )
    own = cell.metadata.get("courseware")
    objectives = own.get("objectives") if isinstance(own, Mapping) else None
    unknown = [o for o in objectives if o not in course.objectives] if isinstance(objectives, list) else []
    if not objectives or not isinstance(objectives, list) or unknown:
        yield page.finding(
            RULE,
            cell,
            f"the objective {unknown[0]!r}" if unknown else "no objectives in its metadata",
            "the objectives that the task shows",
            f'write "courseware": {{"objectives": ["{page.lesson.teaches[0]}"]}} into the cell\'s metadata',
        )


def _marks(cell: Cell) -> Mapping[str, Any]:
    marks = cell.metadata.get("nbgrader", {})
    return marks if isinstance(marks, Mapping) else {}
