"""What is graded by: an assignment's notebooks, cell by cell, as the class released them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from courseware.grading.verdict.profile import Profile

CellType = Literal["code", "markdown", "raw"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrustedCell:
    """One cell that the instructor marked. Nothing of it is taken from a submission, but a solution's source.

    `source` has hidden tests in and solutions out; `points` is None where there is nothing to grade;
    `checksum` is nbgrader's, by which an untouched solution is known. `objectives` are those of the course
    that it is evidence for, `partial` is its points for single assertions, if the instructor wants that.
    """

    grade_id: str
    cell_type: CellType
    source: str
    checksum: str | None = None
    points: float | None = None
    grade: bool = False
    solution: bool = False
    locked: bool = False
    task: bool = False
    objectives: tuple[str, ...] = ()
    partial: bool = False
    metadata: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_test(self) -> bool:
        """Whether running it says what it is worth."""
        return self.grade and not self.solution and self.cell_type == "code"

    @property
    def ours(self) -> bool:
        """Whether its source is the instructor's."""
        return not self.solution

    @property
    def marks(self) -> dict[str, Any]:
        """Its nbgrader metadata, as formgrader reads it."""
        marks: dict[str, Any] = {
            "schema_version": 3,
            "grade_id": self.grade_id,
            "grade": self.grade,
            "solution": self.solution,
            "locked": self.locked,
            "task": self.task,
            "cell_type": self.cell_type,
            "checksum": self.checksum,
        }
        return marks if self.points is None else {**marks, "points": self.points}


@dataclass(frozen=True, slots=True, kw_only=True)
class TrustedNotebook:
    """One notebook of an assignment: its marked cells, in their order.

    `profile` says how its tests run apart from a submission; None where they cannot.
    """

    name: str
    cells: tuple[TrustedCell, ...]
    kernelspec: Mapping[str, Any] = field(default_factory=dict)
    profile: Profile | None = None

    def cell(self, grade_id: str) -> TrustedCell | None:
        return next((cell for cell in self.cells if cell.grade_id == grade_id), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """An assignment: its notebooks, the instructor's own files (name in the folder → where it lies), and the
    packages that its notebooks import."""

    name: str
    notebooks: tuple[TrustedNotebook, ...]
    files: Mapping[str, Path] = field(default_factory=dict)
    imports: tuple[str, ...] = ()
