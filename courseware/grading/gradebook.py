"""nbgrader's gradebook, read and written directly: one connection for all, one transaction for a student.

The tables are nbgrader's (0.9; tests hold the two equal). Its own objects commit after every change and
take seconds to import; what is done seldom goes through them (nbgraders.py).
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa

from courseware.grading.cell_row import CellRow, NotebookRow
from courseware.grading.class_folder import ClassError
from courseware.grading.grader import Graded, GradedNotebook

KNOWN: Final = "e43177bfe90b"
"""The version of nbgrader's tables that is known here."""

Penalty = Callable[[str, float, float], float | None]
"""Student, points, and seconds late in; the points that are taken off out."""

_TEXT, _FLOAT, _BOOL, _TIME = sa.String(), sa.Float(), sa.Boolean(), sa.DateTime()


def _table(name: str, /, **columns: Any) -> sa.TableClause:
    return sa.table(name, *(sa.column(each, kind) for each, kind in columns.items()))


STUDENT = _table("student", id=_TEXT)
ASSIGNMENT = _table("assignment", id=_TEXT, name=_TEXT, duedate=_TIME)
NOTEBOOK = _table("notebook", id=_TEXT, name=_TEXT, assignment_id=_TEXT, kernelspec=_TEXT)
CELL = _table("base_cell", id=_TEXT, name=_TEXT, notebook_id=_TEXT, type=_TEXT)
SOURCE = _table(
    "source_cell", id=_TEXT, name=_TEXT, cell_type=_TEXT, locked=_BOOL, source=_TEXT, checksum=_TEXT,
    notebook_id=_TEXT,
)  # fmt: skip
GRADED = _table("grade_cells", id=_TEXT, max_score=_FLOAT)
TASK = _table("task_cells", id=_TEXT, max_score=_FLOAT)
SUBMITTED = _table(
    "submitted_assignment", id=_TEXT, assignment_id=_TEXT, student_id=_TEXT, timestamp=_TIME,
    extension=sa.Interval(),
)  # fmt: skip
SUBMITTED_NOTEBOOK = _table(
    "submitted_notebook", id=_TEXT, assignment_id=_TEXT, notebook_id=_TEXT, flagged=_BOOL,
    late_submission_penalty=_FLOAT,
)  # fmt: skip
GRADE = _table(
    "grade", id=_TEXT, notebook_id=_TEXT, cell_id=_TEXT, auto_score=_FLOAT, manual_score=_FLOAT,
    extra_credit=_FLOAT, needs_manual_grade=_BOOL,
)  # fmt: skip
COMMENT = _table(
    "comment", id=_TEXT, notebook_id=_TEXT, cell_id=_TEXT, auto_comment=_TEXT, manual_comment=_TEXT
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What one student got for one cell; whether a person gave it, and whether it waits for one."""

    student: str
    notebook: str
    grade_id: str
    points: float
    most: float
    by_person: bool
    waits: bool


class EmptyGradebook(ClassError):
    """Nothing was released yet, so there is no gradebook."""


class Gradebook:
    """A class's gradebook, open. Raises ClassError with what to do where it cannot be used."""

    def __init__(self, url: str) -> None:
        self._engine = sa.create_engine(url, connect_args={"timeout": 60} if url.startswith("sqlite") else {})
        try:
            with self._engine.connect() as db:
                if not sa.inspect(db).has_table("grade"):
                    raise EmptyGradebook(
                        "the gradebook is empty. Release a lesson first: `courseware class release LESSON`."
                    )
                version = db.scalar(sa.text("SELECT version_num FROM alembic_version"))
        except sa.exc.SQLAlchemyError as error:
            raise ClassError(f"the gradebook cannot be opened ({error.args[0]}).") from error
        if version != KNOWN:
            raise ClassError(
                f"the gradebook has the version {version!r}; this Courseware knows {KNOWN!r}. Copy the file, "
                "then run `nbgrader db upgrade` in the class's folder."
            )

    def close(self) -> None:
        self._engine.dispose()

    def notebooks(self, assignment: str) -> tuple[NotebookRow, ...]:
        """An assignment's notebooks with their marked cells. Raises ClassError if it was never released."""
        with self._engine.connect() as db:
            found = db.execute(sa.select(ASSIGNMENT.c.id).where(ASSIGNMENT.c.name == assignment)).scalar()
            if found is None:
                names = db.scalars(sa.select(ASSIGNMENT.c.name).order_by(ASSIGNMENT.c.name)).all()
                raise ClassError(
                    f"{assignment!r} is not in the gradebook; {', '.join(names) or 'nothing'} is. Release it "
                    f"first: `courseware class release {assignment}`."
                )
            rows = db.execute(
                sa.select(NOTEBOOK).where(NOTEBOOK.c.assignment_id == found).order_by(NOTEBOOK.c.name)
            ).all()
            return tuple(
                NotebookRow(name=row.name, kernelspec=row.kernelspec or "{}", cells=self._cells(db, row.id))
                for row in rows
            )

    def _cells(self, db: sa.Connection, notebook: str) -> tuple[CellRow, ...]:
        kinds: dict[str, set[str]] = {}
        points: dict[str, float] = {}
        worth = sa.func.coalesce(GRADED.c.max_score, TASK.c.max_score).label("worth")
        graded = CELL.outerjoin(GRADED, GRADED.c.id == CELL.c.id).outerjoin(TASK, TASK.c.id == CELL.c.id)
        query = sa.select(CELL.c.name, CELL.c.type, worth).select_from(graded)
        for row in db.execute(query.where(CELL.c.notebook_id == notebook)):
            kinds.setdefault(row.name, set()).add(row.type)
            if row.worth is not None:
                points[row.name] = row.worth
        return tuple(
            CellRow(
                grade_id=row.name,
                cell_type=row.cell_type,
                source=row.source or "",
                checksum=row.checksum,
                locked=bool(row.locked),
                points=points.get(row.name),
                kinds=frozenset(kinds.get(row.name, ())),
            )
            for row in db.execute(sa.select(SOURCE).where(SOURCE.c.notebook_id == notebook))
        )

    def students(self) -> set[str]:
        """The ids of all students that the gradebook knows."""
        with self._engine.connect() as db:
            return set(db.scalars(sa.select(STUDENT.c.id)))

    def record(self, assignment: str, graded: Graded, *, penalty: Penalty) -> None:
        """Write all of one student's scores for an assignment: all of them, or none.

        As nbgrader does: scores that a person gave stay, and are to be looked at again; a cell without a
        verdict of the machine waits for a person. The student is added if new.
        """
        with self._engine.begin() as db:
            _Recording(db, assignment, graded).write(penalty)

    def marks(self, assignment: str) -> tuple[Mark, ...]:
        """What every graded cell of an assignment got, by student, notebook and cell."""
        worth = sa.func.coalesce(GRADED.c.max_score, TASK.c.max_score).label("worth")
        query = (
            sa.select(SUBMITTED.c.student_id, NOTEBOOK.c.name.label("notebook"), CELL.c.name, GRADE, worth)
            .select_from(GRADE)
            .join(SUBMITTED_NOTEBOOK, SUBMITTED_NOTEBOOK.c.id == GRADE.c.notebook_id)
            .join(SUBMITTED, SUBMITTED.c.id == SUBMITTED_NOTEBOOK.c.assignment_id)
            .join(ASSIGNMENT, ASSIGNMENT.c.id == SUBMITTED.c.assignment_id)
            .join(CELL, CELL.c.id == GRADE.c.cell_id)
            .join(NOTEBOOK, NOTEBOOK.c.id == CELL.c.notebook_id)
            .outerjoin(GRADED, GRADED.c.id == CELL.c.id)
            .outerjoin(TASK, TASK.c.id == CELL.c.id)
            .where(ASSIGNMENT.c.name == assignment)
            .order_by(SUBMITTED.c.student_id, NOTEBOOK.c.name, CELL.c.name)
        )
        with self._engine.connect() as db:
            return tuple(
                Mark(
                    student=row.student_id,
                    notebook=row.notebook,
                    grade_id=row.name,
                    points=_points(row),
                    most=row.worth or 0.0,
                    by_person=row.manual_score is not None,
                    waits=bool(row.needs_manual_grade),
                )
                for row in db.execute(query)
            )

    def penalties(self, assignment: str) -> Mapping[tuple[str, str], float]:
        """The points that late work lost, by student and notebook."""
        lost = SUBMITTED_NOTEBOOK.c.late_submission_penalty.label("lost")
        query = (
            sa.select(SUBMITTED.c.student_id, NOTEBOOK.c.name, lost)
            .select_from(SUBMITTED_NOTEBOOK)
            .join(SUBMITTED, SUBMITTED.c.id == SUBMITTED_NOTEBOOK.c.assignment_id)
            .join(ASSIGNMENT, ASSIGNMENT.c.id == SUBMITTED.c.assignment_id)
            .join(NOTEBOOK, NOTEBOOK.c.id == SUBMITTED_NOTEBOOK.c.notebook_id)
            .where(ASSIGNMENT.c.name == assignment, lost > 0)
        )
        with self._engine.connect() as db:
            return {(row.student_id, row.name): row.lost for row in db.execute(query)}

    def comments(self, assignment: str) -> Mapping[tuple[str, str, str], str]:
        """The words under cells, by student, notebook and cell: a person's before the machine's."""
        says = sa.func.coalesce(COMMENT.c.manual_comment, COMMENT.c.auto_comment).label("says")
        query = (
            sa.select(SUBMITTED.c.student_id, NOTEBOOK.c.name.label("notebook"), CELL.c.name, says)
            .select_from(COMMENT)
            .join(SUBMITTED_NOTEBOOK, SUBMITTED_NOTEBOOK.c.id == COMMENT.c.notebook_id)
            .join(SUBMITTED, SUBMITTED.c.id == SUBMITTED_NOTEBOOK.c.assignment_id)
            .join(ASSIGNMENT, ASSIGNMENT.c.id == SUBMITTED.c.assignment_id)
            .join(CELL, CELL.c.id == COMMENT.c.cell_id)
            .join(NOTEBOOK, NOTEBOOK.c.id == CELL.c.notebook_id)
            .where(ASSIGNMENT.c.name == assignment, says.is_not(None))
        )
        with self._engine.connect() as db:
            return {(row.student_id, row.notebook, row.name): row.says for row in db.execute(query)}


def _points(row: Any) -> float:
    """A grade's points, as nbgrader counts them: a person's before the machine's, and what is extra."""
    own = row.manual_score if row.manual_score is not None else row.auto_score
    return 0.0 if own is None else own + (row.extra_credit or 0.0)


class _Recording:
    """One student's submission of one assignment on its way into the gradebook."""

    def __init__(self, db: sa.Connection, assignment: str, graded: Graded) -> None:
        self._db, self._graded = db, graded
        self._student = graded.submission.student
        row = db.execute(sa.select(ASSIGNMENT).where(ASSIGNMENT.c.name == assignment)).one()
        self._assignment, self._due = row.id, row.duedate

    def write(self, penalty: Penalty) -> None:
        self._ensure(STUDENT, {"id": self._student})
        submitted = self._ensure(
            SUBMITTED, {"assignment_id": self._assignment, "student_id": self._student}, id=_new()
        )
        if self._graded.submission.at is not None:
            at = {"timestamp": self._graded.submission.at}
            self._db.execute(sa.update(SUBMITTED).where(SUBMITTED.c.id == submitted.id).values(at))
        late = _seconds_late(
            self._graded.submission.at or submitted.timestamp, self._due, submitted.extension
        )
        known = {n.name: n for n in self._graded.notebooks}
        query = sa.select(NOTEBOOK).where(NOTEBOOK.c.assignment_id == self._assignment)
        for row in self._db.execute(query).all():
            place = {"assignment_id": submitted.id, "notebook_id": row.id}
            notebook = self._ensure(SUBMITTED_NOTEBOOK, place, id=_new(), flagged=False)
            cells = self._cells(row.id)
            self._write_grades(notebook.id, cells, known[row.name])
            self._write_comments(notebook.id, cells, known[row.name])
            values: dict[str, Any] = {"late_submission_penalty": None}
            if any(score.flag for score in known[row.name].scores) or known[row.name].outcome:
                values["flagged"] = True
            if late > 0 and known[row.name].there:
                values["late_submission_penalty"] = self._penalty(notebook.id, late, penalty)
            own = SUBMITTED_NOTEBOOK.c.id == notebook.id
            self._db.execute(sa.update(SUBMITTED_NOTEBOOK).where(own).values(values))

    def _cells(self, notebook: str) -> Sequence[Any]:
        query = sa.select(CELL.c.id, CELL.c.name, CELL.c.type).where(CELL.c.notebook_id == notebook)
        return self._db.execute(query).all()

    def _write_grades(self, notebook: str, cells: Sequence[Any], graded: GradedNotebook) -> None:
        there = self._there(GRADE, notebook)
        scores = {score.grade_id: score for score in graded.scores}
        new, changed = [], []
        for cell in cells:
            if cell.type not in ("GradeCell", "TaskCell"):
                continue
            score, before = scores.get(cell.name), there.get(cell.id)
            points = score.points if score is not None else 0.0
            person = before is not None and before.manual_score is not None
            look = graded.there and (person or points is None)
            if before is None:
                new.append(
                    {"id": _new(), "notebook_id": notebook, "cell_id": cell.id, "auto_score": points,
                     "needs_manual_grade": look}
                )  # fmt: skip
            else:
                changed.append({"of": before.id, "points": points, "look": look})
        if new:
            self._db.execute(sa.insert(GRADE), new)
        if changed:
            statement = sa.update(GRADE).where(GRADE.c.id == sa.bindparam("of"))
            values: dict[str, Any] = {
                "auto_score": sa.bindparam("points"),
                "needs_manual_grade": sa.bindparam("look"),
            }
            self._db.execute(statement.values(values), changed)

    def _write_comments(self, notebook: str, cells: Sequence[Any], graded: GradedNotebook) -> None:
        there = self._there(COMMENT, notebook)
        new, changed = [], []
        for cell in cells:
            if cell.type not in ("SolutionCell", "TaskCell"):
                continue
            says = "No response." if cell.type == "SolutionCell" and cell.name in graded.untouched else None
            before = there.get(cell.id)
            if before is None:
                new.append({"id": _new(), "notebook_id": notebook, "cell_id": cell.id, "auto_comment": says})
            elif graded.there:
                changed.append({"of": before.id, "says": says})
        if new:
            self._db.execute(sa.insert(COMMENT), new)
        if changed:
            statement = sa.update(COMMENT).where(COMMENT.c.id == sa.bindparam("of"))
            self._db.execute(statement.values(auto_comment=sa.bindparam("says")), changed)

    def _there(self, table: sa.TableClause, notebook: str) -> Mapping[str, Any]:
        rows: Iterable[Any] = self._db.execute(sa.select(table).where(table.c.notebook_id == notebook))
        return {row.cell_id: row for row in rows}

    def _penalty(self, notebook: str, late: float, penalty: Penalty) -> float | None:
        points = sum(_points(row) for row in self._there(GRADE, notebook).values())
        taken = penalty(self._student, points, late)
        return None if taken is None else min(max(taken, 0.0), points)

    def _ensure(self, table: sa.TableClause, key: Mapping[str, Any], **more: Any) -> Any:
        """The row with this key, made if missing."""
        query = sa.select(table).where(*(table.c[name] == value for name, value in key.items()))
        row = self._db.execute(query).one_or_none()
        if row is None:
            self._db.execute(sa.insert(table).values(**key, **more))
            row = self._db.execute(query).one()
        return row


def _seconds_late(at: datetime | None, due: datetime | None, extension: timedelta | None) -> float:
    if at is None or due is None:
        return 0.0
    return max(0.0, (at - due - (extension or timedelta())).total_seconds())


def _new() -> str:
    """An id as nbgrader makes them."""
    return uuid.uuid4().hex
