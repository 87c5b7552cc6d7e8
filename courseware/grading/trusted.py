"""Reads what an assignment is graded by: from the gradebook, and from what the class released."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from courseware.course_graph import near
from courseware.grading import objectives
from courseware.grading.assignment import Assignment, TrustedCell, TrustedNotebook
from courseware.grading.cell_row import CellRow, NotebookRow
from courseware.grading.class_folder import ClassError, ClassFolder
from courseware.grading.gradebook import Gradebook
from courseware.grading.imports import cells_of, imported
from courseware.grading.objectives import Tags
from courseware.grading.verdict.profiles import FOLDER, stored


def load_assignment(folder: ClassFolder, name: str, book: Gradebook) -> Assignment:
    """The assignment as the gradebook has it, with the order, tags and objectives of what was released.

    Raises ClassError if it was never released, or if objectives.toml names cells or objectives that are not
    there.
    """
    notebooks = []
    tags = folder.tags()
    rows = book.notebooks(name)
    check_tags(folder, tags, name, rows)
    for row in rows:
        order, metadata = _released(folder, name, row.name)
        tagged = tags.of(name, row.name)
        cells = [
            _cell(
                cell,
                metadata.get(cell.grade_id, {}),
                folder.policy.partial_credit,
                tagged.get(cell.grade_id),
            )
            for cell in row.cells
        ]
        places = {grade_id: number for number, grade_id in enumerate(order)}
        cells.sort(key=lambda cell: places.get(cell.grade_id, len(places)))
        kernel = json.loads(row.kernelspec)
        notebooks.append(TrustedNotebook(name=row.name, cells=tuple(cells), kernelspec=kernel))
    made = Assignment(
        name=name, notebooks=tuple(notebooks), files=_files(folder, name), imports=imports_of(folder, name)
    )
    return stored(made, folder.source(name), profiles_of(folder, name))


def profiles_of(folder: ClassFolder, name: str) -> Path:
    """Where it is kept how an assignment's tests run apart from submissions."""
    return folder.path / FOLDER / f"{name}.json"


def imports_of(folder: ClassFolder, name: str) -> tuple[str, ...]:
    """The packages that an assignment's notebooks import, by the names of their tops."""
    places = (folder.source(name), folder.release(name))
    return imported(path for place in places for path in sorted(place.glob("*.ipynb")))


def digest(assignment: Assignment, folder: ClassFolder) -> str:
    """The same for the same course, tests, files and policy: what was graded by them need not be again."""
    plain = [replace(notebook, profile=None) for notebook in assignment.notebooks]
    sha = hashlib.sha256(repr((folder.course, plain, folder.policy)).encode())
    for (
        notebook
    ) in assignment.notebooks:  # as JSON: the same whether it was found out now, or read from a file
        told = None if notebook.profile is None else notebook.profile.told()
        sha.update(json.dumps(told, sort_keys=True).encode())
    for name, path in sorted(assignment.files.items()):
        sha.update(f"{name}\0".encode() + path.read_bytes())
    return sha.hexdigest()


def check_tags(folder: ClassFolder, tags: Tags, name: str, rows: Iterable[NotebookRow]) -> None:
    """Raises ClassError if objectives.toml names, for an assignment, what there is not."""
    file = folder.path / objectives.FILE
    graded = {row.name: [cell.grade_id for cell in row.cells if cell.points is not None] for row in rows}
    named = tags.cells.get(name, {})
    for notebook, cells in named.items():
        if notebook not in graded:
            raise ClassError(
                f"{file}: {name} has no notebook {notebook!r}; it has {', '.join(graded)}. Mend it there."
            )
        if unknown := [cell for cell in cells if cell not in graded[notebook]]:
            raise ClassError(
                f"{file}, {notebook}: found {unknown[0]!r}, which is no graded cell. Its graded cells: "
                f"{', '.join(graded[notebook])}."
            )
    if wanted := tags.taught(name):
        known = tags.objectives.keys() if folder.course is None else folder.load_course().objectives.keys()
        if unknown := [each for each in wanted if each not in known]:
            raise ClassError(
                f"{file}: found the objective {unknown[0]!r}{near(unknown[0], known)}; expected one of the "
                f"course, or one made in the file by [[objectives]]: {', '.join(known) or 'none'}."
            )


def _cell(
    row: CellRow, metadata: Mapping[str, Any], partial: bool, tagged: tuple[str, ...] | None
) -> TrustedCell:
    ours = metadata.get("courseware", {})
    ours = ours if isinstance(ours, dict) else {}
    names = ours.get("objectives", ()) if tagged is None else list(tagged)
    return TrustedCell(
        grade_id=row.grade_id,
        cell_type="markdown" if row.cell_type == "markdown" else "code",
        source=row.source,
        checksum=row.checksum,
        points=row.points,
        grade="GradeCell" in row.kinds,
        solution="SolutionCell" in row.kinds,
        locked=row.locked,
        task="TaskCell" in row.kinds,
        objectives=tuple(map(str, names)) if isinstance(names, list) else (),
        partial=bool(ours.get("partial", partial)),
        metadata={key: metadata[key] for key in ("tags", "courseware") if key in metadata},
    )


def _released(
    folder: ClassFolder, name: str, notebook: str
) -> tuple[list[str], dict[str, Mapping[str, Any]]]:
    """The marked cells' names in order, and their metadata: as released, else as in the source."""
    for place in (folder.release(name), folder.source(name)):
        metadata: dict[str, Mapping[str, Any]] = {}
        for cell in cells_of(place / f"{notebook}.ipynb"):
            given = cell.get("metadata", {})
            grade_id = given.get("nbgrader", {}).get("grade_id")
            if grade_id:
                metadata[grade_id] = given
        if metadata:
            return list(metadata), metadata
    return [], {}


def _files(folder: ClassFolder, name: str) -> dict[str, Path]:
    """The instructor's files beside the notebooks."""
    place = next((p for p in (folder.source(name), folder.release(name)) if p.is_dir()), None)
    if place is None:
        return {}
    return {
        path.relative_to(place).as_posix(): path
        for path in sorted(place.rglob("*"))
        if path.is_file()
        and path.suffix != ".ipynb"
        and not any(part.startswith((".", "__pycache__")) for part in path.relative_to(place).parts)
    }
