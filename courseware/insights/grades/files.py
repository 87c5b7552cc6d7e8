"""Grades as files that others read: a table, Canvas's import, Moodle's import.

Canvas: "How do I import grades in the Gradebook?" asks for Student, ID, SIS User ID, SIS Login ID and
Section, then one for each assignment; a row `Points Possible` says what each is worth; `EX` excuses.
Moodle: "Grade import" takes any CSV with a header, maps one column to the student (username, e-mail address
or ID number) and the others to grade items; an empty grade is not imported.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from typing import Final

from courseware.course import Course
from courseware.grading.roster import Person
from courseware.insights.grades.gradebook import Grade, Line
from courseware.insights.grades.policy import Policy

CANVAS: Final = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
POINTS_POSSIBLE: Final = "    Points Possible"
"""As Canvas writes it itself: indented, so that no student is called so."""
EXCUSED: Final = "EX"
MOODLE: Final = ("First name", "Last name", "Username", "ID number", "Email address")


class By(StrEnum):
    """What there is a grade for."""

    OBJECTIVE = "objective"
    LESSON = "lesson"
    COURSE = "course"


Columns = Sequence[tuple[str, float, Callable[[Line], Grade | None]]]


def columns(course: Course, policy: Policy, counting: Sequence[str], by: By) -> Columns:
    """Each column's name, what it is worth at most, and a student's grade in it (None: excused)."""
    if by is By.OBJECTIVE:
        return [(name, policy.most, _of_objective(policy, name)) for name in counting]
    if by is By.LESSON:
        return [
            (f"{lesson.id} {lesson.title}", policy.most * many, _of_lesson(lesson.id))
            for lesson in course.lessons
            if (many := sum(o in counting for o in lesson.teaches))
        ]
    return [(course.title, policy.most * len(counting), lambda line: line.whole if line.whole.most else None)]


def _of_objective(policy: Policy, name: str) -> Callable[[Line], Grade | None]:
    def of(line: Line) -> Grade | None:
        reached = next(each for each in line.objectives if each.objective == name)
        if reached.excused:
            return None
        return Grade(
            points=policy.points[reached.graded], most=policy.most, letter=policy.letter([reached.graded])
        )

    return of


def _of_lesson(lesson: str) -> Callable[[Line], Grade | None]:
    return lambda line: line.lessons[lesson]


def canvas(lines: Iterable[Line], some: Columns, *, letters: bool = False) -> str:
    """Canvas's import CSV. With `letters` each grade is a letter: for assignments of the type "letter
    grade".
    """
    rows: list[Sequence[object]] = [
        (*CANVAS, *(name for name, _, _ in some)),
        (POINTS_POSSIBLE, *[""] * (len(CANVAS) - 1), *(f"{most:g}" for _, most, _ in some)),
    ]
    for line in lines:
        person = line.person
        grades = [_shown(of(line), most, letters, EXCUSED) for _, most, of in some]
        rows.append((_sorted_name(person), "", person.student, person.student, "", *grades))
    return _text(rows)


def moodle(lines: Iterable[Line], some: Columns, *, letters: bool = False) -> str:
    """Moodle's import CSV. With `letters` each grade is a letter: for grade items with a scale of letters."""
    rows: list[Sequence[object]] = [(*MOODLE, *(name for name, _, _ in some))]
    for line in lines:
        person = line.person
        grades = [_shown(of(line), most, letters, "") for _, most, of in some]
        rows.append(
            (person.first_name, person.last_name, person.student, person.student, person.email, *grades)
        )
    return _text(rows)


def table(lines: Iterable[Line], counting: Sequence[str]) -> str:
    """All there is as CSV: a row for each student, with each objective's graded level in words."""
    rows: list[Sequence[object]] = [
        ("student", "first_name", "last_name", *counting, "points", "most", "letter")
    ]
    for line in lines:
        person = line.person
        levels = ["Excused" if each.excused else each.graded.word for each in line.objectives]
        whole = line.whole
        whose = (person.student, person.first_name, person.last_name)
        rows.append((*whose, *levels, f"{whole.points:g}", f"{whole.most:g}", whole.letter))
    return _text(rows)


def _shown(grade: Grade | None, most: float, letters: bool, excused: str) -> str:
    """A grade as it is imported: points of what the column is worth, also where part of it is excused."""
    if grade is None or grade.most == 0:
        return excused
    return grade.letter if letters else f"{round(grade.points * most / grade.most, 2):g}"


def _sorted_name(person: Person) -> str:
    return ", ".join(filter(None, [person.last_name, person.first_name])) or person.student


def _text(rows: Iterable[Sequence[object]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([[_safe(cell) for cell in row] for row in rows])
    return out.getvalue()


def _safe(cell: object) -> object:
    """A name that a spreadsheet would take for a formula is kept from being one."""
    if isinstance(cell, str) and cell.startswith(("=", "+", "@", "\t", "\r")):
        return "'" + cell
    return cell
