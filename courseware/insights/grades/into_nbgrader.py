"""Mastery in nbgrader's gradebook: the assignment `mastery`, with one cell for each objective.

nbgrader's own exporter and formgrader see it like any other. A score that a person gave there stays; the
level is kept as the cell's comment, so that a grade that is kept is kept whatever changes later.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from typing import Any, Final

import sqlalchemy as sa

from courseware.course import Course
from courseware.grading.class_folder import ClassError, ClassFolder
from courseware.grading.gradebook import (
    ASSIGNMENT,
    COMMENT,
    GRADE,
    KNOWN,
    NOTEBOOK,
    STUDENT,
    SUBMITTED,
    SUBMITTED_NOTEBOOK,
)
from courseware.insights.grades.gradebook import Line
from courseware.insights.grades.policy import WORDS, Policy
from courseware.mastery.levels import Level

NAME: Final = "mastery"
"""The assignment's name, and its notebook's."""
CELL: Final = sa.table("base_cell", sa.column("id"), sa.column("name"), sa.column("notebook_id"))
EXCUSED: Final = "Excused"


def write(folder: ClassFolder, course: Course, policy: Policy, lines: Iterable[Line]) -> int:
    """Write all students' levels, each student's whole or not at all; how many students.

    Raises ClassError where nbgrader is missing, or its gradebook is of a version that is not known.
    """
    if not (folder.path / "gradebook.db").is_file():
        raise ClassError(
            f"{folder.path} has no gradebook of nbgrader's yet. `courseware class release LESSON` makes it."
        )
    some = list(lines)
    names = {each.objective: each.objective.replace(".", "_") for line in some for each in line.objectives}
    _ensure_assignment(folder, course, policy, names)
    engine = sa.create_engine(folder.gradebook_url, connect_args={"timeout": 60})
    try:
        with engine.connect() as db:
            version = db.scalar(sa.text("SELECT version_num FROM alembic_version"))
            if version != KNOWN:
                raise ClassError(
                    f"the gradebook has the version {version!r}; this Courseware knows {KNOWN!r}. Copy "
                    f"the file, then run "
                    "`nbgrader db upgrade` in the class's folder."
                )
            assignment = db.execute(sa.select(ASSIGNMENT.c.id).where(ASSIGNMENT.c.name == NAME)).scalar_one()
            notebook = db.execute(
                sa.select(NOTEBOOK.c.id).where(NOTEBOOK.c.assignment_id == assignment)
            ).scalar_one()
            query = sa.select(CELL.c.name, CELL.c.id).where(CELL.c.notebook_id == notebook)
            cells = {row.name: row.id for row in db.execute(query)}
        for line in some:
            with engine.begin() as db:
                _write_one(
                    db, assignment, notebook, {o: cells[name] for o, name in names.items()}, policy, line
                )
    finally:
        engine.dispose()
    return len(some)


def _ensure_assignment(folder: ClassFolder, course: Course, policy: Policy, names: Mapping[str, str]) -> None:
    """The assignment with a cell for each objective, made or brought up to date by nbgrader itself."""
    from courseware.grading.nbgraders import open_gradebook

    with open_gradebook(folder) as book:
        book.update_or_create_assignment(NAME)
        book.update_or_create_notebook(NAME, NAME)
        for objective, name in names.items():
            says = course.objectives[objective].can
            book.update_or_create_task_cell(name, NAME, NAME, max_score=policy.most, cell_type="markdown")
            book.update_or_create_source_cell(
                name, NAME, NAME, cell_type="markdown", source=says, locked=True
            )


def _write_one(
    db: sa.Connection, assignment: str, notebook: str, cells: Mapping[str, str], policy: Policy, line: Line
) -> None:
    student = line.person.student
    _ensure(db, STUDENT, {"id": student})
    submitted = _ensure(db, SUBMITTED, {"assignment_id": assignment, "student_id": student}, id=_new())
    own = _ensure(
        db,
        SUBMITTED_NOTEBOOK,
        {"assignment_id": submitted, "notebook_id": notebook},
        id=_new(),
        flagged=False,
    )
    for each in line.objectives:
        place = {"notebook_id": own, "cell_id": cells[each.objective]}
        before = db.execute(_where(COMMENT, place)).one_or_none()
        best = max(
            each.best, WORDS.get(before.auto_comment or "", Level.NOT_STARTED) if before else each.best
        )
        level = policy.kept(each.graded, best)
        says = EXCUSED if each.excused else level.word
        values: dict[str, Any] = {
            # An objective that a student is excused from costs nothing: its points count as reached.
            "auto_score": policy.most if each.excused else policy.points[level],
            "needs_manual_grade": False,
        }
        grade = _ensure(db, GRADE, place, id=_new(), **values)
        db.execute(sa.update(GRADE).where(GRADE.c.id == grade).values(values))
        comment = _ensure(db, COMMENT, place, id=_new(), auto_comment=says)
        db.execute(sa.update(COMMENT).where(COMMENT.c.id == comment).values(auto_comment=says))


def _where(table: sa.TableClause, key: Mapping[str, Any]) -> sa.Select[Any]:
    return sa.select(table).where(*(table.c[name] == value for name, value in key.items()))


def _ensure(db: sa.Connection, table: sa.TableClause, key: Mapping[str, Any], **more: Any) -> str:
    """The id of the row with this key, made if missing."""
    row = db.execute(_where(table, key)).one_or_none()
    if row is None:
        db.execute(sa.insert(table).values(**key, **more))
        return str({**key, **more}["id"])
    return str(row.id)


def _new() -> str:
    return uuid.uuid4().hex
