"""Right answers that are refused: many ways to be right, tested in one process and apart from it.

Each style of test in tests/grading/answers.toml has a solution, by which its test is released, and other
answers that are right as well. All are run in both ways. `refused` names those that pass beside the test and
not apart from it; `wrong` those that pass neither way: mistakes of the corpus. Last line of output:
one JSON object.

Example: python benchmarks/refusals.py
"""

from __future__ import annotations

import argparse
import json
import sys
import time
import tomllib
from pathlib import Path
from typing import Any

from courseware.grading.assignment import TrustedCell, TrustedNotebook
from courseware.grading.engine.job import Budget, Job
from courseware.grading.engine.launch import open_launcher
from courseware.grading.verdict.reference import Reference

CORPUS = Path(__file__).resolve().parents[1] / "tests" / "grading" / "answers.toml"


def main() -> None:
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter).parse_args()
    print(json.dumps(measured()))


def measured() -> dict[str, Any]:
    return measure(tomllib.loads(CORPUS.read_text(encoding="utf-8"))["style"])


def measure(styles: list[dict[str, Any]]) -> dict[str, Any]:
    trusted = TrustedNotebook(name="styles", cells=tuple(_cells(styles)))
    launcher = open_launcher(["pandas", "matplotlib", "numpy"], workers=1)
    try:
        if not launcher.layers.strong:
            raise SystemExit(f"this machine cannot keep tests apart: {dict(launcher.layers.missing)}")
        job = Job(steps=(), budget=Budget(cell_seconds=10, notebook_seconds=120))
        reference = Reference(launcher, trusted, job)
        found = reference.find(_notebook(styles, None))
        right, refused, wrong, spent = 0, [], [], [0.0, 0.0]
        for number in range(max(len(style["right"]) for style in styles)):
            notebook = _notebook(styles, number)
            began = time.perf_counter()
            beside = reference.run(notebook, None)
            middle = time.perf_counter()
            apart = reference.run(notebook, found.profile)
            spent[0] += middle - began
            spent[1] += time.perf_counter() - middle
            for place, style in enumerate(styles):
                name = f"s{place}-test"
                if number >= len(style["right"]):
                    continue
                if beside[name] is not None:
                    wrong.append([style["name"], number, beside[name]])
                    continue
                right += 1
                if apart[name] is not None:
                    refused.append([style["name"], number, apart[name]])
        return {
            "styles": len(styles),
            "right": right,
            "refused": refused,
            "wrong": wrong,
            "unverified": {styles[int(n[1:-5])]["name"]: f.why for n, f in found.profile.fallbacks.items()},
            "apart_over_beside": round(spent[1] / spent[0], 2),
        }
    finally:
        launcher.close()


def _cells(styles: list[dict[str, Any]]) -> list[TrustedCell]:
    cells = []
    for number, style in enumerate(styles):
        cells.append(TrustedCell(grade_id=f"s{number}", cell_type="code", source="", solution=True))
        cells.append(
            TrustedCell(
                grade_id=f"s{number}-test",
                cell_type="code",
                source=style["test"],
                points=1,
                grade=True,
                locked=True,
            )
        )
    return cells


def _notebook(styles: list[dict[str, Any]], number: int | None) -> dict[str, Any]:
    """Every style's solution, or its answer of this number (the last one where there are not so many)."""
    cells = []
    for place, style in enumerate(styles):
        chosen = style["solution"] if number is None else style["right"][min(number, len(style["right"]) - 1)]
        for name, source, grade in ((f"s{place}", chosen, False), (f"s{place}-test", style["test"], True)):
            marks = {"grade_id": name, "grade": grade, "solution": not grade, "locked": grade}
            cells.append({"cell_type": "code", "source": source, "metadata": {"nbgrader": marks}})
    return {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


if __name__ == "__main__":
    sys.exit(main())
