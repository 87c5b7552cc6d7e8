"""A class of the course of two lessons, and a tutor for each of its learners."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from courseware.course import Course, load_course
from courseware.grading import class_folder
from courseware.grading.class_folder import ClassFolder
from courseware.log import Log, open_log

PEOPLE = "student,first_name,last_name\nada,Ada,L\nBen,Ben,F\n"
COURSE = """
id = "sums"
version = "1.0"
title = "Sums"
language = "en"
[[objectives]]
id = "add.small"
can = "I can add small numbers"
[[lessons]]
id = "01-add"
title = "Add"
teaches = ["add.small"]
opens_when = []
"""
ITEMS = """
from checkers import Number, Value
from courseware.items import Mistake, Question, item


@item(objective="add.small", version=1, hints=["Count on."])
def two_numbers(draw, data):
    a, b = draw.integers(10, 400), draw.integers(2, 90)
    return Question(
        prompt="What is {a} plus {b}?",
        values={"a": a, "b": b},
        answer=Number(a + b),
        solution="Count on.",
        mistakes=[Mistake("minus", response=a - b, says="You took {b} away. Plus puts it on top: count up.")],
    )


@item(objective="add.small", version=1, hints=["Count on."])
def other_numbers(draw, data):
    a, b = draw.integers(10, 400), draw.integers(2, 90)
    return Question(
        prompt="And {a} plus {b}?",
        values={"a": a, "b": b},
        answer=Number(a + b),
        solution="Count on.",
        mistakes=[Mistake("minus", response=a - b, says="You took {b} away. Plus puts it on top: count up.")],
    )
"""
NOTEBOOK = (
    '{"cells": [], "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3", '
    '"language": "python"}}, "nbformat": 4, "nbformat_minor": 5}'
)


@pytest.fixture(scope="session")
def sums(tmp_path_factory: pytest.TempPathFactory) -> Course:
    folder = tmp_path_factory.mktemp("courses") / "sums"
    (folder / "01-add").mkdir(parents=True)
    (folder / "course.toml").write_text(COURSE, encoding="utf-8")
    (folder / "01-add" / "items.py").write_text(ITEMS.replace(", Value", ""), encoding="utf-8")
    (folder / "01-add" / "lesson.ipynb").write_text(NOTEBOOK, encoding="utf-8")
    return load_course(folder)


@pytest.fixture
def sums_class(sums: Course, tmp_path: Path) -> ClassFolder:
    people = tmp_path / "people.csv"
    people.write_text(PEOPLE, encoding="utf-8")
    return class_folder.create(tmp_path / "autumn", sums, by_path=True, people=people)


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Log]:
    opened = open_log(tmp_path / "events.sqlite")
    yield opened
    opened.close()
