"""A notebook's marked cells, as a gradebook has them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class CellRow:
    """One marked cell, as the gradebook has it. `points` is None where nothing is graded."""

    grade_id: str
    cell_type: str
    source: str
    checksum: str | None
    locked: bool
    points: float | None
    kinds: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class NotebookRow:
    name: str
    kernelspec: str
    cells: tuple[CellRow, ...]
