"""The engine inside nbgrader: for `nbgrader autograde` and formgrader's button.

A class's ``nbgrader_config.py`` names these in `Autograde.autograde_preprocessors` (class_folder.py).
nbgrader goes on doing what it does around them: its folders, its database, its order.
"""

from __future__ import annotations

import atexit
from pathlib import Path
from typing import Any

from nbformat import from_dict
from nbgrader.api import Gradebook as NbgradersGradebook
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import is_grade, is_solution, is_task

from courseware.grading import class_folder
from courseware.grading.assignment import Assignment
from courseware.grading.class_folder import ClassFolder
from courseware.grading.gradebook import Gradebook
from courseware.grading.grader import GRADED, Sandbox
from courseware.grading.submission import read_submission
from courseware.grading.tests_checked import budget_of, check_tests
from courseware.grading.trusted import imports_of, load_assignment

_warm: dict[tuple[Path, str], tuple[Sandbox, Assignment]] = {}
"""One engine for all submissions of an assignment that one nbgrader command grades."""


class RunSandboxed(NbGraderPreprocessor):  # type: ignore[misc]
    """In the place of nbgrader's Execute: the notebook as handed in, rebuilt and run behind the layers."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:  # noqa: ARG002 - read anew
        told = resources["nbgrader"]
        folder = class_folder.find(Path.cwd())
        engine, assignment = _engine(folder, told["assignment"])
        only = tuple(each for each in assignment.notebooks if each.name == told["notebook"])
        one = Assignment(
            name=assignment.name, notebooks=only, files=assignment.files, imports=assignment.imports
        )
        place = folder.submitted(told["student"], told["assignment"])
        graded = next(iter(engine.grade(one, [read_submission(told["student"], place)])))
        for sentence in (*graded.notebooks[0].mended, *graded.flags):
            self.log.warning("%s: %s", told["student"], sentence)
        made: Any = from_dict(graded.notebooks[0].notebook)  # type: ignore[no-untyped-call]
        return made, resources


class SaveScores(NbGraderPreprocessor):  # type: ignore[misc]
    """In the place of nbgrader's SaveAutoGrades: the scores that the engine gave."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        told = resources["nbgrader"]
        place = told["notebook"], told["assignment"], told["student"]
        with NbgradersGradebook(told["db_url"]) as book:
            for cell in nb.cells:
                if is_grade(cell) or is_task(cell):
                    grade = book.find_grade(cell.metadata.nbgrader.grade_id, *place)
                    if is_grade(cell):
                        grade.auto_score = cell.metadata.get(GRADED, {}).get("points", 0.0)
                    grade.needs_manual_grade = grade.manual_score is not None or grade.auto_score is None
                if is_solution(cell):
                    comment = book.find_comment(cell.metadata.nbgrader.grade_id, *place)
                    source = book.find_source_cell(cell.metadata.nbgrader.grade_id, *place[:2]).source
                    comment.auto_comment = "No response." if cell.source == source else None
            book.db.commit()
        return nb, resources


def _engine(folder: ClassFolder, name: str) -> tuple[Sandbox, Assignment]:
    key = folder.path, name
    if key not in _warm:
        engine = Sandbox(imports_of(folder, name), budget=budget_of(folder))
        atexit.register(engine.close)
        book = Gradebook(folder.gradebook_url)
        try:
            assignment = load_assignment(folder, name, book)
            if engine.verifies:
                assignment = check_tests(folder, assignment, engine).assignment
            _warm[key] = engine, assignment
        finally:
            book.close()
    return _warm[key]
