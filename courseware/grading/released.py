"""Releasing an assignment: from the class's source notebooks to what learners get, and to the gradebook."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from courseware.course import Course
from courseware.grading import nbgraders
from courseware.grading.class_folder import ClassError, ClassFolder
from courseware.grading.gradebook import Gradebook
from courseware.grading.nbgraders import open_gradebook
from courseware.release import ReleaseError, release, with_tests

if TYPE_CHECKING:
    from nbgrader.api import Gradebook as NbgradersGradebook


@dataclass(frozen=True, slots=True, kw_only=True)
class Released:
    """What was released: the assignment, its notebooks and their graded cells, and where they lie."""

    assignment: str
    folder: Path
    notebooks: tuple[str, ...]
    graded: int
    points: float


def fetch_source(folder: ClassFolder, course: Course, lesson_id: str, *, update: bool = False) -> Path:
    """Put a lesson's source into the class, to be changed there. One that is there stays, unless `update`.

    Raises LookupError if the course has no such lesson.
    """
    lesson = course.lesson(lesson_id)
    there = folder.source(lesson.id)
    if update or not there.exists():
        there.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(course.source(lesson), there / lesson.notebook)
        if (course.path / "data").is_dir():
            shutil.copytree(course.path / "data", there / "data", dirs_exist_ok=True)
    return there


def release_assignment(folder: ClassFolder, assignment: str) -> Released:
    """Make the learners' version of an assignment from the class's source, and tell the gradebook of it.

    The gradebook changes only if every notebook can be released. An assignment of the instructor's own in a
    course whose nbgrader_config.py makes another release than ours is released by nbgrader itself. Raises
    ReleaseError with file, cell and mend, and ClassError if cells would come or go although work has been
    handed in.
    """
    source = folder.source(assignment)
    texts = _notebooks(source)
    if not _is_lesson(folder, assignment) and nbgraders.releases_otherwise(folder):
        nbgraders.generate(folder, assignment)
        return _told(folder, assignment)
    made: dict[str, tuple[str, Mapping[str, Any]]] = {}
    for name, text in texts.items():
        try:
            made[name] = release(text), with_tests(json.loads(text))
        except ReleaseError as error:
            raise ReleaseError(
                f"{source / name}.ipynb, {error.cell}",
                found=error.found,
                expected=error.expected,
                mend=error.mend,
            ) from error
    graded, points = _save(folder, assignment, {name: cells for name, (_, cells) in made.items()})
    there = folder.release(assignment)
    there.mkdir(parents=True, exist_ok=True)
    for stale in set(there.glob("*.ipynb")) - {there / f"{name}.ipynb" for name in made}:
        stale.unlink()
    for name, (text, _) in made.items():
        (there / f"{name}.ipynb").write_text(text, encoding="utf-8", newline="\n")
    for file in source.rglob("*"):
        inside = file.relative_to(source)
        hidden = any(part.startswith((".", "__pycache__")) for part in inside.parts)
        if file.is_file() and file.suffix != ".ipynb" and not hidden:
            (there / inside).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, there / inside)
    return Released(assignment=assignment, folder=there, notebooks=tuple(made), graded=graded, points=points)


def _is_lesson(folder: ClassFolder, assignment: str) -> bool:
    """Whether an assignment is a lesson of the class's course, and so made for our release."""
    if folder.course is None:
        return False
    return any(lesson.id == assignment for lesson in folder.load_course().lessons)


def _told(folder: ClassFolder, assignment: str) -> Released:
    """What nbgrader released, as its gradebook has it."""
    book = Gradebook(folder.gradebook_url)
    try:
        rows = book.notebooks(assignment)
    finally:
        book.close()
    points = [cell.points for row in rows for cell in row.cells if cell.points is not None]
    return Released(
        assignment=assignment,
        folder=folder.release(assignment),
        notebooks=tuple(row.name for row in rows),
        graded=len(points),
        points=sum(points),
    )


def _notebooks(source: Path) -> dict[str, str]:
    files = sorted(source.glob("*.ipynb"))
    if not files:
        raise ClassError(
            f"{source} holds no notebook, so nothing can be released. Put the source notebook there (with "
            "its solutions and tests), or name a lesson of the course."
        )
    return {file.stem: file.read_text(encoding="utf-8-sig") for file in files}


def _save(
    folder: ClassFolder, assignment: str, notebooks: Mapping[str, Mapping[str, Any]]
) -> tuple[int, float]:
    """Tell nbgrader's gradebook of the assignment; how many graded cells it has, and their points."""
    graded, points = 0, 0.0
    with open_gradebook(folder) as book:
        book.update_or_create_assignment(assignment)
        before = book.find_assignment(assignment)
        handed_in = bool(before.submissions)
        there = {notebook.name for notebook in before.notebooks}
        if handed_in and there != set(notebooks):
            raise _fixed(assignment, "notebooks", sorted(there ^ set(notebooks)))
        for name in there - set(notebooks):
            book.remove_notebook(name, assignment)
        for name, notebook in notebooks.items():
            kernel = json.dumps(notebook["metadata"].get("kernelspec", {}))
            cells = [cell for cell in notebook["cells"] if _used(cell)]
            if name in there:
                _keep_or_clear(book, name, assignment, cells, handed_in=handed_in)
            book.update_or_create_notebook(name, assignment, kernelspec=kernel)
            for cell in cells:
                worth = _save_cell(book, cell, name, assignment)
                graded, points = graded + (worth is not None), points + (worth or 0)
    return graded, points


def _keep_or_clear(
    book: NbgradersGradebook, name: str, assignment: str, cells: list[dict[str, Any]], *, handed_in: bool
) -> None:
    """Cells can come and go only as long as nobody has handed anything in, as in nbgrader."""
    notebook = book.find_notebook(name, assignment)
    there = {cell.name for cell in notebook.source_cells}
    now = {cell["metadata"]["nbgrader"]["grade_id"] for cell in cells}
    if there == now:
        return
    if handed_in:
        raise _fixed(assignment, f"cells of {name}", sorted(there ^ now))
    book.remove_notebook(name, assignment)


def _fixed(assignment: str, what: str, names: list[str]) -> ClassError:
    return ClassError(
        f"{assignment} has been handed in by somebody, so its {what} can be changed but none can come or go: "
        f"{', '.join(names)}. Give the changed version another name, or put back what is missing."
    )


def _used(cell: Mapping[str, Any]) -> bool:
    marks = cell["metadata"].get("nbgrader", {})
    return any(marks.get(flag) for flag in ("grade", "solution", "locked", "task"))


def _save_cell(
    book: NbgradersGradebook, cell: Mapping[str, Any], notebook: str, assignment: str
) -> float | None:
    """Tell the gradebook of one cell; its points, if it has any to give."""
    marks = cell["metadata"]["nbgrader"]
    name, kind = marks["grade_id"], cell["cell_type"]
    source = cell["source"] if isinstance(cell["source"], str) else "".join(cell["source"])
    worth = float(marks["points"]) if marks["grade"] or marks.get("task") else None
    if marks["grade"]:
        book.update_or_create_grade_cell(name, notebook, assignment, max_score=worth, cell_type=kind)
    if marks["solution"]:
        book.update_or_create_solution_cell(name, notebook, assignment)
    if marks.get("task"):
        book.update_or_create_task_cell(name, notebook, assignment, max_score=worth, cell_type=kind)
    locked = not marks["solution"] and bool(marks["grade"] or marks["locked"])
    book.update_or_create_source_cell(
        name,
        notebook,
        assignment,
        cell_type=kind,
        locked=locked,
        source=source,
        checksum=marks.get("checksum"),
    )
    return worth
