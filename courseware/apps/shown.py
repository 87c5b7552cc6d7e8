"""A lesson's notebook as the app shows it: pages are read and answered, not edited."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, Final

CHECK: Final = re.compile(r"^\s*%%check[ \t]+([\w.:-]+)")
SETTING_UP: Final = re.compile(r"^\s*(from courseware import Lesson|lesson\s*=\s*Lesson\()", re.MULTILINE)
ALONE: Final = re.compile(r"""\s*lesson\.check\(\s*["']([\w.:-]+)["']\s*\)\s*\Z""")
TARGET: Final = "courseware_check"
"""Of a cell that shows one check and nothing else, the metadata say which."""
TASK: Final = (
    "This task is handed in from the notebook: open the lesson in JupyterLab to write it there. "
    "With pencil and paper you can begin here."
)


def shown(released: str) -> dict[str, Any]:
    """The notebook (as JSON data) to run behind a page, of a released one.

    A cell for ``%%check`` becomes the check's card, which is left out where the same check stands already;
    cells of a graded task give way to one sentence. A cell whose code is worth reading (any that is not
    there for our widgets) is tagged ``show-source``.
    """
    notebook: dict[str, Any] = json.loads(released)
    cells: list[dict[str, Any]] = []
    checks: set[str] = set()
    told = False
    for written in notebook["cells"]:
        source = "".join(written["source"])
        cell = {**written, "source": source}
        if cell["cell_type"] != "code":
            cells.append(cell)
            continue
        graded = cell["metadata"].get("nbgrader", {})
        if graded.get("grade") or graded.get("solution"):
            if not told:
                cells.append(_markdown(cell, TASK))
            told = True
        elif found := CHECK.match(source):
            if found[1] not in checks:
                cells.append(_check({**cell, "source": f"lesson.check({found[1]!r})"}, found[1]))
            checks.add(found[1])
        else:
            checks.update(re.findall(r"lesson\.check\(\s*[\"']([^\"']+)", source))
            if alone := ALONE.match(source):
                cells.append(_check(cell, alone[1]))
            else:
                cells.append(cell if _is_ours(source) else _tagged(cell, "show-source"))
    return {**notebook, "cells": cells}


def checks_of(notebook: Mapping[str, Any]) -> list[str]:
    """The checks that have a cell to themselves, in order."""
    return [cell["metadata"][TARGET] for cell in notebook["cells"] if TARGET in cell["metadata"]]


def _is_ours(source: str) -> bool:
    return bool(SETTING_UP.search(source)) or source.lstrip().startswith("lesson.")


def _tagged(cell: dict[str, Any], tag: str) -> dict[str, Any]:
    tags = [*cell["metadata"].get("tags", ()), tag]
    return {**cell, "metadata": {**cell["metadata"], "tags": tags}}


def _check(cell: dict[str, Any], target: str) -> dict[str, Any]:
    return {**cell, "metadata": {**cell["metadata"], TARGET: target}}


def _markdown(cell: dict[str, Any], text: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "id": cell.get("id", "task"), "metadata": {}, "source": text}
