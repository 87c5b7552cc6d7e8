"""What is graded is what was released: a submission brings solutions and cells of its own, nothing else."""

from __future__ import annotations

import copy
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courseware.grading.assignment import TrustedCell, TrustedNotebook
from courseware.grading.rebuild import rebuild

TRUSTED = TrustedNotebook(
    name="n",
    cells=(
        TrustedCell(grade_id="setup", cell_type="code", source="import math", locked=True),
        TrustedCell(grade_id="f", cell_type="code", source="# stub", solution=True),
        TrustedCell(
            grade_id="f-test",
            cell_type="code",
            source="assert f() == 1\nhidden",
            points=2,
            grade=True,
            locked=True,
            metadata={"tags": ["ours"]},
        ),
        TrustedCell(
            grade_id="why", cell_type="markdown", source="*Write*", points=3, grade=True, solution=True
        ),
    ),
)


def cell(source: str, name: str | None = None, kind: str = "code", **metadata: object) -> dict[str, object]:
    marks = {"nbgrader": {"grade_id": name, "points": 1000, "grade": False}} if name else {}
    return {"cell_type": kind, "source": source, "metadata": {**marks, **metadata}}


HANDED_IN = [
    cell("import math", "setup"),
    cell("def f(): return 1", "f"),
    cell("f()"),
    cell("assert f() == 1", "f-test"),
    cell("because", "why", "markdown"),
    cell("after"),
]


def told(cells: list[dict[str, object]]) -> list[tuple[str | None, str, bool]]:
    made = rebuild(TRUSTED, {"cells": cells})
    return [(p.trusted.grade_id if p.trusted else None, p.cell["source"], p.runs) for p in made.places]


ALL = [
    ("setup", "import math", True),
    ("f", "def f(): return 1", True),
    (None, "f()", True),
    ("f-test", "assert f() == 1\nhidden", True),
    ("why", "because", False),
    (None, "after", True),
]


def test_solutions_and_own_cells_come_from_the_student_all_else_is_ours():
    assert told(HANDED_IN) == ALL
    assert not rebuild(TRUSTED, {"cells": HANDED_IN}).mended


def test_a_test_is_ours_in_source_points_and_tags():
    changed = copy.deepcopy(HANDED_IN)
    changed[3] = cell("pass", "f-test", tags=["skip-execution"])
    made = rebuild(TRUSTED, {"cells": changed})
    test = made.places[3]
    assert test.cell["source"].startswith("assert")
    assert test.runs
    assert test.cell["metadata"]["tags"] == ["ours"]
    assert test.cell["metadata"]["nbgrader"]["points"] == 2
    assert "changed" in made.mended[0]


def test_a_deleted_test_is_put_back_behind_what_it_tests():
    assert told([c for c in HANDED_IN if c is not HANDED_IN[3]]) == ALL


def test_a_deleted_solution_is_not_run_in_the_place_of_what_stands_elsewhere():
    cells = [c for c in HANDED_IN if c is not HANDED_IN[1]]
    assert [name for name, _, _ in told(cells)] == ["setup", None, "f-test", "why", None]


def test_moved_cells_are_in_the_released_order_again():
    moved = [HANDED_IN[3], *HANDED_IN[:3], *HANDED_IN[4:]]
    assert [name for name, _, _ in told(moved) if name] == ["setup", "f", "f-test", "why"]


def test_of_a_test_that_is_there_twice_one_is_run():
    assert told([*HANDED_IN, cell("f = 1", "f-test")]).count(ALL[3]) == 1
    assert "f = 1" not in [source for _, source, _ in told([*HANDED_IN, cell("f = 1", "f-test")])]


def test_of_a_solution_that_is_there_twice_the_last_counts_and_both_run():
    twice = [*HANDED_IN[:2], cell("def f(): return 2", "f"), *HANDED_IN[2:]]
    assert told(twice)[1:3] == [(None, "def f(): return 1", True), ("f", "def f(): return 2", True)]


def test_marks_of_unknown_cells_and_changed_kinds_mean_nothing():
    made = rebuild(
        TRUSTED,
        {"cells": [cell("x", "mine"), cell("f", "f", "markdown"), cell("y", tags=["skip-execution"])]},
    )
    assert made.places[0].cell["metadata"] == {}
    assert made.places[2].cell["cell_type"] == "code"
    assert not made.places[3].runs


def test_nothing_handed_in_is_all_ours():
    assert [p.trusted.grade_id for p in rebuild(TRUSTED, None).places if p.trusted] == [
        "setup",
        "f-test",
        "why",
    ]


NAMES = st.sampled_from(["cell_type", "source", "metadata", "nbgrader", "grade_id", "tags", "attachments"])
LEAF = st.none() | st.booleans() | st.integers() | st.sampled_from(["f", "f-test", "code", "markdown"])
JSON: st.SearchStrategy[object] = st.deferred(
    lambda: LEAF | st.lists(JSON, max_size=3) | st.dictionaries(NAMES, JSON, max_size=4)
)


@given(st.lists(JSON, max_size=6))
def test_whatever_is_handed_in_the_tests_are_there_once_and_in_order(cells):
    made = rebuild(TRUSTED, {"cells": cells})
    names = [p.trusted.grade_id for p in made.places if p.trusted and p.trusted.ours]
    assert names == ["setup", "f-test"]
    json.dumps([p.cell for p in made.places])


@pytest.mark.parametrize("cells", [None, "x", {}, [None, 3, "x"]])
def test_cells_that_are_none_are_passed_over(cells):
    assert rebuild(TRUSTED, {"cells": cells if isinstance(cells, list) else []}).places
