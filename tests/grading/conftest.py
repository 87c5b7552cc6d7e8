"""A class to grade, with small notebooks; and one warm engine for all that is run."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from courseware.grading import class_folder
from courseware.grading.class_folder import ClassFolder
from courseware.grading.engine.launch import Launcher, open_launcher
from courseware.grading.released import release_assignment

Cell = dict[str, Any]


def code(source: str, name: str = "", **marks: Any) -> Cell:
    """A code cell; with a name it is marked: `points` makes it a test, else it is a solution."""
    return _cell("code", source, name, marks) | {"outputs": [], "execution_count": None}


def text(source: str, name: str = "", **marks: Any) -> Cell:
    return _cell("markdown", source, name, marks)


def _cell(kind: str, source: str, name: str, marks: Mapping[str, Any]) -> Cell:
    metadata: dict[str, Any] = {}
    if name:
        tests = "points" in marks
        known = {"grade": tests, "solution": not tests, "locked": tests, "task": False, **marks}
        metadata["nbgrader"] = {"schema_version": 3, "grade_id": name, **known}
    return {"cell_type": kind, "id": name or f"free-{abs(hash(source)) % 10**8}", "metadata": metadata,
            "source": source}  # fmt: skip


def notebook(cells: Sequence[Cell]) -> dict[str, Any]:
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return {"nbformat": 4, "nbformat_minor": 5, "metadata": {"kernelspec": kernel}, "cells": list(cells)}


SQUARE = [
    code("import pandas as pd\nrows = pd.read_csv('data/rows.csv')"),
    code("def square(x):\n    ### BEGIN SOLUTION\n    return x * x\n    ### END SOLUTION", "square"),
    code(
        "assert square(2) == 4, 'two squared is four'\n"
        "### BEGIN HIDDEN TESTS\nassert square(-3) == 9\nassert len(rows) == 3\n### END HIDDEN TESTS",
        "square-test",
        points=2,
    ),
    code("### BEGIN SOLUTION\nhow_many = len(rows)\n### END SOLUTION", "count"),
    code("assert how_many == 3", "count-test", points=1),
]


@pytest.fixture(scope="session")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The class of `squares`, made once: nbgrader takes its time to make a gradebook."""
    path = tmp_path_factory.mktemp("squares") / "class"
    path.mkdir()
    (path / class_folder.FILE).write_text("[grading]\ncell_seconds = 3\nnotebook_seconds = 20\n")
    source = path / "source" / "squares"
    (source / "data").mkdir(parents=True)
    (source / "data" / "rows.csv").write_text("a,b\n1,2\n3,4\n5,6\n")
    (source / "squares.ipynb").write_text(json.dumps(notebook(SQUARE)))
    release_assignment(class_folder.load(path), "squares")
    return path


@pytest.fixture
def squares(released: Path, tmp_path: Path) -> ClassFolder:
    """A class with the assignment `squares` released: square (2 points) and count (1 point)."""
    return class_folder.load(Path(shutil.copytree(released, tmp_path / "class")))


HandIn = Callable[..., Path]


@pytest.fixture
def hand_in(squares: ClassFolder) -> HandIn:
    """Hand in for a student: sources by cell names, and what else should be done to the notebook."""

    def put(student: str, change: Callable[[dict[str, Any]], None] | None = None, **sources: str) -> Path:
        place = squares.submitted(student, "squares")
        (place / "data").mkdir(parents=True, exist_ok=True)
        made = json.loads((squares.release("squares") / "squares.ipynb").read_text())
        for cell in made["cells"]:
            name = cell["metadata"].get("nbgrader", {}).get("grade_id")
            if name in sources:
                cell["source"] = sources[name]
        if change is not None:
            change(made)
        (place / "squares.ipynb").write_text(json.dumps(made))
        return place

    return put


RIGHT = {"square": "def square(x):\n    return x * x", "count": "how_many = len(rows)"}


@pytest.fixture(scope="session")
def engine() -> Iterator[Launcher]:
    """The engine of this machine, warm."""
    launcher = open_launcher(["pandas"], workers=1)
    assert launcher.layers is not None
    yield launcher
    launcher.close()
