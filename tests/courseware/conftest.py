"""A small course to test with, and a learner in it."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from courseware import workspace
from courseware.course import load_course
from courseware.events import new_id
from courseware.local_tutor import LocalTutor
from courseware.log import Log
from courseware.runner import Worker
from courseware.workspace import Workspace

TOML = """
id = "tiny"
version = "1.0"
title = "Tiny"
given = ["import math"]

[[objectives]]
id = "sum.add"
can = "I can add two numbers"

[[objectives]]
id = "sum.half"
can = "I can halve a number"
needs = ["sum.add"]

[[lessons]]
id = "01-sums"
title = "Sums"
teaches = ["sum.add"]
opens_when = []

[[lessons]]
id = "02-halves"
title = "Halves"
teaches = ["sum.half"]
opens_when = ["sum.add"]
"""

SUMS = """
from checkers import Choice, Number
from courseware.items import Mistake, Question, item


@item(objective="sum.add", version=1, hints=["Count on from the larger one.", "2 + 3 is 5: 3, then 4, 5."])
def add_two(draw, data):
    a, b = draw.integers(2, 40), draw.integers(2, 40)
    return Question(
        prompt="What is {a} + {b}?",
        values={"a": a, "b": b},
        answer=Number(a + b),
        solution="{a} + {b} is counted on from {a}.",
        mistakes=[Mistake("minus-for-plus", a - b, says="You took {b} away from {a}. Plus puts it on top.")],
    )


@item(objective="sum.add", version=1, hints=["What is {a} + {b}, counted on?", "1 + 1 is 2."])
def add_code(draw, data):
    a, b = draw.integers(2, 40), draw.integers(2, 40)
    return Question(
        prompt="Add {a} and {b} in Python.",
        values={"a": a, "b": b},
        answer=Number(a + b),
        solution="{a} + {b}",
        given={"a": a, "b": b},
    )


@item(objective="sum.add", version=1, hints=["Look for the larger sum.", "1 + 2 is more than 1 + 1."])
def larger(draw, data):
    a = draw.integers(2, 400)
    return Question(
        prompt="Which is larger?",
        answer=Choice(right=f"{a} + 2", wrong=[f"{a} + 1", f"{a}"]),
        solution="The one with more put on top.",
        mistakes=[Mistake("nothing-added", f"{a}", says="Nothing is put on top there. Which adds most?")],
    )
"""

HALVES = """
from checkers import Number
from courseware.items import Mistake, Question, item


@item(objective="sum.half", version=1, hints=["Share it out.", "Half of 4 is 2."])
def half(draw, data):
    a = 2 * draw.integers(2, 40)
    return Question(
        prompt="What is half of {a}?",
        values={"a": a},
        answer=Number(a // 2),
        solution="{a} shared out by two.",
        mistakes=[Mistake("doubled", a * 2, says="That is twice {a}. Half is one of two equal parts.")],
    )
"""


def notebook(*cells: str) -> str:
    """A source notebook with these code cells, and a solution and a hidden test to be cleared."""
    told = [
        "from courseware import Lesson\nlesson = Lesson('01-sums')",
        *cells,
        "### BEGIN SOLUTION\nsecret_solution = 1\n### END SOLUTION",
        "### BEGIN HIDDEN TESTS\nassert secret_test\n### END HIDDEN TESTS",
    ]
    kinds = [{}] * (len(told) - 2) + [
        {"nbgrader": {"grade": False, "solution": True, "locked": False, "task": False,
                      "grade_id": "01-sums_own", "schema_version": 3}},
        {"nbgrader": {"grade": True, "solution": False, "locked": True, "task": False, "points": 1,
                      "grade_id": "01-sums_test", "schema_version": 3}},
    ]  # fmt: skip
    return json.dumps(
        {
            "cells": [
                {
                    "cell_type": "code", "id": f"c{n}", "metadata": meta, "source": source,
                    "outputs": [], "execution_count": None,
                }
                for n, (source, meta) in enumerate(zip(told, kinds, strict=True))
            ],
            "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
            "nbformat": 4,
            "nbformat_minor": 5,
        }
    )  # fmt: skip


MakeCourse = Callable[..., Path]


@pytest.fixture
def make_course(tmp_path: Path) -> MakeCourse:
    """Write the small course into a folder; any file can be replaced, or left out with None."""
    count = itertools.count()

    def make(**files: str | None) -> Path:
        path = tmp_path / f"course-{next(count)}"
        whole = {
            "course.toml": TOML,
            "01-sums/items.py": SUMS,
            "02-halves/items.py": HALVES,
            "01-sums/lesson.ipynb": notebook("lesson.check('add-two')"),
            "02-halves/lesson.ipynb": notebook("lesson.check('sum.half')"),
            "data/numbers.csv": "n\n1\n2\n",
        }
        for name, text in (whole | files).items():
            if text is not None:
                (path / name).parent.mkdir(parents=True, exist_ok=True)
                (path / name).write_text(text, encoding="utf-8")
        return path

    return make


class TestClock:
    """A clock that moves when told to, and a little at each look."""

    __test__ = False

    def __init__(self) -> None:
        self.now = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(milliseconds=1)
        return self.now

    def forward(self, **by: float) -> None:
        self.now += timedelta(**by)


@pytest.fixture
def clock() -> TestClock:
    return TestClock()


@pytest.fixture(scope="session")
def worker() -> Iterator[Worker]:
    worker = Worker()
    yield worker
    worker.close()


@pytest.fixture
def space(make_course: MakeCourse, tmp_path: Path) -> Workspace:
    return workspace.create(tmp_path / "space", load_course(make_course()), by_path=True)


@pytest.fixture
def log(space: Workspace) -> Iterator[Log]:
    log = space.open_log()
    yield log
    log.close()


@pytest.fixture
def tutor(space: Workspace, log: Log, clock: TestClock, worker: Worker) -> LocalTutor:
    return LocalTutor(space.load_course(), log, space.learner, clock=clock, runner=worker, workspace=space)


@pytest.fixture
def act_id() -> Callable[[], str]:
    return new_id
