"""Tests run apart from submissions wherever they can, and are told of where they cannot."""

from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest

from courseware.course import find_course, load_course
from courseware.grading.assignment import Assignment, TrustedCell, TrustedNotebook
from courseware.grading.engine.job import Budget, Job
from courseware.grading.grader import Graded, Sandbox
from courseware.grading.outputs import UNVERIFIED
from courseware.grading.submission import Submission
from courseware.grading.task import Tasks
from courseware.grading.verdict.interface import of_notebook
from courseware.grading.verdict.profile import read
from courseware.grading.verdict.reference import Found, Reference

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="tests are kept apart on Linux")
ROOT = Path(__file__).resolve().parents[2]
SHORT = Budget(cell_seconds=3, notebook_seconds=20)


@pytest.fixture(scope="module")
def engine(lacking: Callable[[str], NoReturn]) -> Iterator[Sandbox]:
    made = Sandbox(["pandas"], budget=SHORT)
    if not made.verifies:
        lacking(f"this machine cannot keep tests apart: {dict(made.layers.missing)}")
    yield made
    made.close()


def cells_of(*cells: tuple[str, str]) -> dict[str, Any]:
    """A source notebook: kinds (`solve`, `test`, `locked`, `free`) and sources; named s0, t1, …"""
    made = []
    for number, (kind, source) in enumerate(cells):
        marks = {"grade_id": f"{kind[0]}{number}", "grade": kind == "test", "solution": kind == "solve",
                 "locked": kind in ("test", "locked")}  # fmt: skip
        metadata = {} if kind == "free" else {"nbgrader": marks}
        made.append({"cell_type": "code", "source": source, "metadata": metadata})
    return {"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


def trusted_of(notebook: dict[str, Any]) -> TrustedNotebook:
    cells = []
    for cell in notebook["cells"]:
        marks = cell["metadata"].get("nbgrader")
        if marks:
            points = 1.0 if marks["grade"] else None
            source = "" if marks["solution"] else cell["source"]
            cells.append(TrustedCell(cell_type="code", source=source, points=points, **marks))
    return TrustedNotebook(name="n", cells=tuple(cells))


def found(
    engine: Sandbox, notebook: dict[str, Any], right: list[Any] | None = None, wrong: list[Any] | None = None
) -> Found:
    reference = Reference(engine.launcher, trusted_of(notebook), Job(steps=(), budget=SHORT))
    return reference.find(notebook, right or (), wrong or ())


def graded(engine: Sandbox, notebook: dict[str, Any], told: Found, submitted: dict[str, Any]) -> Graded:
    trusted = trusted_of(notebook)
    made = TrustedNotebook(name="n", cells=trusted.cells, profile=told.profile)
    one = Submission(student="s", folder=Path(), notebooks={"n": submitted})
    return next(iter(engine.grade(Assignment(name="a", notebooks=(made,)), [one])))


@pytest.mark.parametrize(
    ("test", "why"),
    [
        ("assert eval(text) == 3", "evaluates text"),
        ("exec(text)", "evaluates text"),
        ("import copy\nassert copy.deepcopy(Box()).x == 1", "copies an object"),
        ("class Mine:\n    x = 1\nassert get(Mine()) == 1", "an object of the type Mine"),
        ("import pandas as pd\nassert pd.eval(text) == 3", "evaluates text"),
        ("try:\n    eval(text)\nexcept BaseException:\n    pass", "evaluates text"),
        ("assert text == 'no'", "does not pass it"),
    ],
)
def test_a_test_that_cannot_run_apart_says_why_and_what_to_write(engine, test, why):
    solution = "text = '1 + 2'\nclass Box:\n    x = 1\ndef get(o): return o.x"
    told = found(engine, cells_of(("solve", solution), ("test", test), ("test", "assert get(Box()) == 1")))
    assert set(told.profile.fallbacks) == {"t1"}
    assert why in told.profile.fallbacks["t1"].why
    assert len(told.profile.fallbacks["t1"].mend) > 20


def test_what_ran_beside_a_submission_shows_as_unverified_even_if_it_passed(engine):
    notebook = cells_of(
        ("solve", "text = '1 + 2'"), ("test", "assert eval(text) == 3"), ("test", "assert text")
    )
    made = graded(engine, notebook, found(engine, notebook), notebook)
    scores = {score.grade_id: (score.points, score.verified) for score in made.notebooks[0].scores}
    assert scores == {"t1": (1, False), "t2": (1, True)}
    assert made.unverified == ("t1",)
    shown = [json.dumps(cell["outputs"]) for cell in made.notebooks[0].notebook["cells"]]
    assert [UNVERIFIED in text for text in shown] == [False, True, False]


LIAR = "class Liar:\n    def __eq__(self, o): return True\ndef f(x): return Liar()"


def test_a_variant_loosens_what_objects_may_stand_where_and_a_wrong_one_is_told_of(engine):
    plain = "def point():\n    return Pair(1)\nclass Pair:\n    def __init__(self, x): self.x = x"
    test = "p = point()\nassert p.x == 1\nassert not (p == point()) or True"
    other = plain + "\n    def __eq__(self, o): return self.x == o.x"
    notebook = cells_of(("solve", plain), ("test", test))
    variant = cells_of(("solve", other), ("test", test))
    strict = found(engine, notebook)
    assert graded(engine, notebook, strict, variant).points == 0
    loose = found(engine, notebook, [variant])
    assert not loose.unfair
    made = graded(engine, notebook, loose, variant)
    assert made.points == 1
    assert any("==" in flag for flag in made.flags)
    weak = cells_of(("solve", "def f(x): return x"), ("test", "assert f(1)"))
    wrong = cells_of(("solve", "def f(x): return 5"), ("test", "assert f(1)"))
    assert found(engine, weak, wrong=[wrong]).blind
    strong = cells_of(("solve", "def f(x): return x"), ("test", "assert f(1) == 1"))
    assert not found(engine, strong, wrong=[cells_of(("solve", LIAR), ("test", ""))]).blind


def test_an_unexpected_object_costs_nothing_until_something_is_made_of_it(engine):
    test = "f(1)\nassert g(2) == 2"
    notebook = cells_of(("solve", "def f(x): pass\ndef g(x): return x"), ("test", test))
    own = "class Own: pass\ndef f(x): return Own()\ndef g(x): return x"
    told = found(engine, notebook)
    assert graded(engine, notebook, told, cells_of(("solve", own), ("test", test))).points == 1
    lie = LIAR + "\ng = f"
    made = graded(engine, notebook, told, cells_of(("solve", lie), ("test", test)))
    assert made.points == 0
    assert "own class Liar" in made.notebooks[0].scores[0].says


@pytest.mark.parametrize(
    ("cells", "names", "own"),
    [
        ([("solve", "x = 1"), ("test", "assert x")], ("x",), ()),
        ([("free", "import math\ny = math.pi\nz = 5"), ("solve", "x = y"), ("test", "assert x == y")], ("x",),
         ("import math", "y = math.pi")),
        ([("free", "t = [1]"), ("solve", "t.append(2)"), ("test", "assert t")], ("t",), ()),
        ([("free", "t = [1]"), ("solve", "n = t.count(1)"), ("test", "assert n == t.count(1)")],
         ("n",), ("t = [1]",)),
        ([("solve", "def f(x):\n    local = x\n    return local"), ("free", "made = f(2)\nother = 3"),
          ("test", "assert made == other")], ("f", "made"), ("other = 3",)),
        ([("solve", "import numpy as np\ndef f():\n    global g\n    g = np.pi"),
          ("test", "f()\nassert g == np.pi")],
         ("f", "g"), ("import numpy as np",)),
        ([("free", "%%check a\nbad code"), ("free", "%matplotlib inline\nd = {}"), ("solve", "d['k'] = 1"),
          ("test", "assert d")], ("d",), ()),
    ],
)  # fmt: skip
def test_names_are_the_submissions_or_the_instructors_by_the_source_alone(cells, names, own):
    profile = of_notebook(cells_of(*cells))
    assert profile.names == names
    assert tuple(text for texts in profile.own.values() for text in texts) == own
    assert read(json.loads(json.dumps(profile.told()))) == profile


@pytest.mark.usefixtures("engine")
def test_right_answers_in_many_forms_pass_as_they_do_beside_the_test():
    """Over two hundred of them, over more than forty styles of test."""
    spec = importlib.util.spec_from_file_location("refusals", ROOT / "benchmarks" / "refusals.py")
    assert spec is not None
    assert spec.loader is not None
    refusals = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(refusals)
    told = refusals.measured()
    assert told["wrong"] == told["refused"] == []
    assert told["unverified"] == {}
    assert told["styles"] >= 40
    assert told["right"] >= 200


REDRAWS = {"09-plot_ranking-test"}
"""It clears a figure between two calls, and looks at both: so far it runs beside what is handed in."""


def test_every_test_of_our_lessons_runs_apart_from_what_is_handed_in(engine):
    course = load_course(find_course("pandas"))
    tasks = Tasks(course)
    tested = 0
    for lesson in course.lessons:
        task = tasks.of(lesson.id)
        if task is None:
            continue
        files = {name: str(path) for name, path in task.files.items()}
        reference = Reference(engine.launcher, task.notebooks[0], Job(steps=(), files=files, own=files))
        told = reference.find(json.loads(course.source(lesson).read_text(encoding="utf-8")))
        assert told.broken == {}, lesson.id
        assert set(told.profile.fallbacks) <= REDRAWS
        tested += sum(cell.is_test for cell in task.notebooks[0].cells)
    assert tested >= 18
