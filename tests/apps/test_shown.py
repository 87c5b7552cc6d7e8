"""What an app's page shows of a notebook: checks to answer, code to read, and nothing to run."""

from __future__ import annotations

import json

from courseware.apps.shown import TASK, shown


def notebook(*cells: tuple[str, str, dict]) -> str:
    return json.dumps(
        {
            "cells": [
                {"cell_type": kind, "id": f"c{n}", "metadata": meta, "source": [source]}
                for n, (kind, source, meta) in enumerate(cells)
            ],
            "metadata": {},
            "nbformat": 4,
            "nbformat_minor": 5,
        }
    )


def sources(*cells) -> list[str]:
    return [cell["source"] for cell in shown(notebook(*cells))["cells"]]


def test_a_cell_for_code_becomes_the_card_of_its_check():
    assert sources(("code", "%%check keep-rows\n# your code here", {})) == ["lesson.check('keep-rows')"]


def test_a_check_that_has_its_card_already_is_shown_once():
    card = 'lesson.check("keep-rows")'
    assert sources(("code", card, {}), ("code", "%%check keep-rows\n", {})) == [card]


def test_a_graded_task_gives_way_to_one_sentence():
    graded = {"nbgrader": {"grade": True, "solution": False}}
    own = {"nbgrader": {"grade": False, "solution": True}}
    assert sources(("code", "def f(): ...", own), ("code", "assert f()", graded)) == [TASK]


def test_code_that_is_there_to_be_read_is_tagged_and_what_sets_up_is_not():
    cells = shown(notebook(("code", "from courseware import Lesson\nlesson = Lesson('x')", {}),
                           ("code", "table.head()", {"tags": ["raises-exception"]})))["cells"]  # fmt: skip
    assert [cell["metadata"].get("tags", []) for cell in cells] == [[], ["raises-exception", "show-source"]]
