"""A submitted notebook, rebuilt from the instructor's cells: what is graded is what was released.

Of a submission come: the sources of solution cells, the cells that the student added, and the order of both.
All else is the instructor's: source, kind, points and tags of every other marked cell, and their order.
Pure: notebook JSON in, notebook JSON out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from courseware.grading.assignment import TrustedCell, TrustedNotebook

Cell = dict[str, Any]

SKIP: Final = "skip-execution"
LONGEST: Final = 1_000_000
"""Characters of one cell's source that are kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One cell of the rebuilt notebook: its JSON without outputs; what is trusted of it, if anything is;
    whether it is to be run."""

    cell: Cell
    trusted: TrustedCell | None = None
    runs: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebuilt:
    """The notebook to grade, and a sentence for each thing that was mended in it."""

    places: tuple[Place, ...]
    mended: tuple[str, ...] = ()


def rebuild(trusted: TrustedNotebook, submitted: Mapping[str, Any] | None) -> Rebuilt:
    """Put the instructor's cells around what a student handed in; None stands for nothing handed in."""
    mended: list[str] = []
    cells = [] if submitted is None else submitted.get("cells", [])
    head, segments = _segments(trusted, [cell for cell in cells if isinstance(cell, dict)], mended)
    released = [cell.grade_id for cell in trusted.cells]
    if list(segments) != [name for name in released if name in segments]:
        mended.append("The marked cells were in another order; they are in the released one again.")
    places = list(head)
    for known in trusted.cells:
        if known.grade_id in segments:
            places += segments[known.grade_id]
        elif known.ours or known.grade:
            mended.append(f"The cell {known.grade_id} was missing; it was put back.")
            # An untouched solution is for a person to see. Run, it would undo what stands elsewhere.
            cell = _trusted_cell(known, known.source)
            places.append(Place(cell=cell, trusted=known, runs=known.ours and known.cell_type == "code"))
    return Rebuilt(places=tuple(_named(places)), mended=tuple(mended))


def _segments(
    trusted: TrustedNotebook, cells: Sequence[Mapping[str, Any]], mended: list[str]
) -> tuple[list[Place], dict[str, list[Place]]]:
    """What comes before the first marked cell; then each marked cell with the student's cells behind it."""
    last = {
        name: number for number, cell in enumerate(cells) if (name := _grade_id(cell)) and trusted.cell(name)
    }
    head: list[Place] = []
    segments: dict[str, list[Place]] = {}
    now = head
    for number, cell in enumerate(cells):
        known = trusted.cell(_grade_id(cell) or "")
        if known is None:
            now.append(_free_place(cell))
        elif last[known.grade_id] != number:
            # As nbgrader does, the last one counts. A student's earlier copy stays, as code of their own.
            mended.append(f"The cell {known.grade_id} was there more than once; the last one counts.")
            if not known.ours:
                now.append(_free_place(cell))
        else:
            source = known.source if known.ours else _source(cell)
            if known.ours and _source(cell).rstrip() != known.source.rstrip() and known.locked:
                _tell_changed(known, cell, mended)
            if cell.get("cell_type") != known.cell_type:
                mended.append(f"The cell {known.grade_id} had become {cell.get('cell_type')!s:.20}.")
            runs = known.cell_type == "code"
            made = _trusted_cell(known, source)
            now = segments[known.grade_id] = [Place(cell=made, trusted=known, runs=runs)]
    return head, segments


def _tell_changed(known: TrustedCell, cell: Mapping[str, Any], mended: list[str]) -> None:
    """A locked cell differs from what was released also by its hidden tests, which is no news."""
    kept = set(known.source.splitlines())
    if any(line.strip() and line not in kept for line in _source(cell).splitlines()):
        mended.append(f"The cell {known.grade_id} had been changed; the released one was used.")


def _trusted_cell(known: TrustedCell, source: str) -> Cell:
    metadata = {**known.metadata, "nbgrader": known.marks}
    if known.ours:
        metadata |= {"deletable": False, "editable": False}
    return _cell(known.cell_type, source, metadata)


def _free_place(cell: Mapping[str, Any]) -> Place:
    """A cell of the student's own: its source, and the one tag that means something when it is run."""
    kind = cell.get("cell_type")
    tags = cell.get("metadata", {}).get("tags") if isinstance(cell.get("metadata"), dict) else None
    skipped = isinstance(tags, list) and SKIP in tags
    made = _cell(
        kind if kind in ("code", "markdown") else "raw", _source(cell), {"tags": [SKIP]} if skipped else {}
    )
    pictures = cell.get("attachments")
    if made["cell_type"] == "markdown" and isinstance(pictures, dict):
        made["attachments"] = _pictures(pictures)
    return Place(cell=made, runs=kind == "code" and not skipped)


def _pictures(attachments: Mapping[Any, Any]) -> dict[str, dict[str, str]]:
    """Attached pictures alone: anything else would be shown as what it says it is."""
    kept: dict[str, dict[str, str]] = {}
    for name, kinds in attachments.items():
        if isinstance(kinds, dict):
            kept[str(name)] = {
                kind: value
                for kind, value in kinds.items()
                if kind in ("image/png", "image/jpeg", "image/gif") and isinstance(value, str)
            }
    return kept


def _cell(kind: str, source: str, metadata: Mapping[str, Any]) -> Cell:
    made: Cell = {"cell_type": kind, "metadata": dict(metadata), "source": source}
    if kind == "code":
        made |= {"execution_count": None, "outputs": []}
    return made


def _named(places: Iterable[Place]) -> Iterable[Place]:
    """The places with ids for their cells, as nbformat 4.5 wants them: ours, and each once."""
    for number, place in enumerate(places):
        place.cell["id"] = f"cell-{number}"
        yield place


def _grade_id(cell: Mapping[str, Any]) -> str | None:
    metadata = cell.get("metadata")
    marks = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    name = marks.get("grade_id") if isinstance(marks, dict) else None
    return name if isinstance(name, str) else None


def _source(cell: Mapping[str, Any]) -> str:
    source = cell.get("source", "")
    if isinstance(source, list):
        source = "".join(line for line in source if isinstance(line, str))
    return source[:LONGEST] if isinstance(source, str) else ""
