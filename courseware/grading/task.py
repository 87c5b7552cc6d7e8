"""The graded task of a lesson, from the installed course: for learners who have no instructor."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from courseware.course import Course, LessonEntry
from courseware.grading.assignment import Assignment, TrustedCell, TrustedNotebook
from courseware.grading.imports import imported
from courseware.release import ReleaseError, with_tests
from courseware.tutor import Task


class Tasks:
    """The graded tasks of a course. Each is read once, when it is first asked for."""

    def __init__(self, course: Course) -> None:
        self._course = course
        self.of = cache(self._read)

    def shown(self, lesson: str) -> Task | None:
        """What a learner is told of a lesson's task; None if it has none."""
        found = self.of(lesson)
        points = () if found is None else [c.points for c in found.notebooks[0].cells if c.points]
        return Task(lesson=lesson, graded=len(points), points=sum(points)) if points else None

    def _read(self, lesson: str) -> Assignment | None:
        try:
            return task_of(self._course, self._course.lesson(lesson))
        except (LookupError, OSError, ReleaseError):
            return None


def task_of(course: Course, lesson: LessonEntry) -> Assignment:
    """What a lesson's hand-in is graded by: the source's tests, and the course's data files.

    Raises ReleaseError for a source that cannot be released.
    """
    source = course.source(lesson)
    notebook = with_tests(json.loads(source.read_text(encoding="utf-8")))
    trusted = TrustedNotebook(
        name=lesson.id,
        cells=tuple(_cell(cell) for cell in notebook["cells"] if _marked(cell)),
        kernelspec=notebook["metadata"].get("kernelspec", {}),
    )
    return Assignment(
        name=lesson.id, notebooks=(trusted,), files=data_files(course), imports=imported([source])
    )


def digest_of(task: Assignment) -> str:
    """The same for the same tests."""
    return hashlib.sha256(repr(task.notebooks).encode()).hexdigest()


def _marked(cell: Mapping[str, Any]) -> bool:
    marks = cell["metadata"].get("nbgrader", {})
    return any(marks.get(flag) for flag in ("grade", "solution", "locked", "task"))


def _cell(cell: Mapping[str, Any]) -> TrustedCell:
    metadata = cell["metadata"]
    marks, ours = metadata["nbgrader"], metadata.get("courseware", {})
    source = cell["source"] if isinstance(cell["source"], str) else "".join(cell["source"])
    worth = marks["grade"] or marks.get("task")
    return TrustedCell(
        grade_id=marks["grade_id"],
        cell_type=cell["cell_type"],
        source=source,
        checksum=marks.get("checksum"),
        points=float(marks.get("points", 0)) if worth else None,
        grade=marks["grade"],
        solution=marks["solution"],
        locked=not marks["solution"] and bool(marks["grade"] or marks["locked"]),
        task=bool(marks.get("task")),
        objectives=tuple(map(str, ours.get("objectives", ()))),
        partial=bool(ours.get("partial", False)),
        metadata={key: metadata[key] for key in ("tags", "courseware") if key in metadata},
    )


def data_files(course: Course) -> dict[str, Path]:
    """The course's data, by its names in a learner's folder."""
    folder = course.path / "data"
    return {
        f"data/{path.relative_to(folder).as_posix()}": path
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    }
