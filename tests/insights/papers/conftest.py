"""A small course, a class that learnt it (simulated learners by the real tutor), and what insight is
about.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from courseware.course import Course, load_course
from courseware.events import Event
from courseware.grading import class_folder, roster
from courseware.grading.class_folder import ClassFolder
from courseware.grading.evidence import self_reported
from courseware.log import log_in_memory
from courseware.runner import Worker
from courseware.simulate.course_run import Life, Study, lives
from courseware.simulate.learners import PROFILES, dealt
from courseware.simulate.worlds import World

TOML = """
id = "small"
version = "1.0"
title = "Small sums"

[[objectives]]
id = "sum.add"
can = "I can add two numbers"

[[objectives]]
id = "sum.double"
can = "I can double a number"

[[objectives]]
id = "sum.half"
can = "I can halve a number"
needs = ["sum.double"]

[[objectives]]
id = "sum.mean"
can = "I can say what lies in the middle of two numbers"
needs = ["sum.add", "sum.half"]

[[lessons]]
id = "01-sums"
title = "Sums"
teaches = ["sum.add", "sum.double"]
opens_when = []

[[lessons]]
id = "02-halves"
title = "Halves"
teaches = ["sum.half"]
opens_when = ["sum.double"]

[[lessons]]
id = "03-means"
title = "The middle"
teaches = ["sum.mean"]
opens_when = ["sum.add", "sum.half"]
"""

ITEM = """
@item(objective={objectives}, version=1, hints=["Read it once more.", "1 and 1 make 2."])
def {name}(draw, data):
    a, b = draw.integers(2, 400) * 2, draw.integers(2, 400) * 2
    return Question(
        prompt="{prompt}",
        values={{"a": a, "b": b}},
        answer=Number({answer}),
        solution="{prompt} It is worked out in the head.",
        mistakes=[Mistake("one-more", {answer} + 1, says="That is one too many. Count again.")],
    )
"""
HEAD = "from checkers import Choice, Number\nfrom courseware.items import Mistake, Question, item\n"
CHOICE = """
@item(objective="sum.add", version=1, hints=["Look for the larger one.", "2 is more than 1."])
def larger_sum(draw, data):
    a = draw.integers(2, 400)
    return Question(
        prompt="Which is more?",
        values={"a": a},
        answer=Choice(right=f"{a} + 2", wrong=[f"{a} + 1", f"{a} + 0"]),
        solution="{a} + 2.",
        mistakes=[Mistake("less", f"{a} + 1", says="That is less. Compare what is added.")],
    )
"""


def items(*some: tuple[str, str, str, str]) -> str:
    return HEAD + "".join(ITEM.format(name=n, objectives=o, prompt=p, answer=a) for n, o, p, a in some)


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """A course of three lessons; one of its items is evidence for two objectives."""
    path = tmp_path_factory.mktemp("course") / "small"
    files = {
        "01-sums": items(
            ("add_two", '"sum.add"', "What is {a} + {b}?", "a + b"),
            ("add_on", '"sum.add"', "What is {b} more than {a}?", "a + b"),
            ("twice", '"sum.double"', "What is twice {a}?", "2 * a"),
            ("double", '"sum.double"', "Double {a}.", "2 * a"),
        )
        + CHOICE,
        "02-halves": items(
            ("halve", '"sum.half"', "What is half of {a}?", "a // 2"),
            ("half_of_twice", '["sum.half", "sum.double"]', "Double {a}, then halve it.", "a"),
        ),
        "03-means": items(
            ("middle", '"sum.mean"', "What lies between {a} and {b}?", "(a + b) // 2"),
            ("mean", '"sum.mean"', "The mean of {a} and {b}?", "(a + b) // 2"),
        ),
    }
    for lesson, text in files.items():
        (path / lesson).mkdir(parents=True)
        (path / lesson / "items.py").write_text(text, encoding="utf-8")
        (path / lesson / "lesson.ipynb").write_text(json.dumps(NOTEBOOK), encoding="utf-8")
    (path / "course.toml").write_text(TOML, encoding="utf-8")
    return load_course(path)


NOTEBOOK = {
    "nbformat": 4,
    "nbformat_minor": 5,
    "metadata": {},
    "cells": [
        {
            "cell_type": "code", "id": "a", "metadata": {}, "outputs": [], "execution_count": None,
            "source": "from courseware import Lesson\n1 + 1",
        }
    ],
}  # fmt: skip


@pytest.fixture(scope="session")
def learnt(small: Course) -> list[Life]:
    """Ten learners of all profiles, each for up to eight sittings."""
    log, worker = log_in_memory(), Worker()
    study = Study(world=World.GRADED, seed=5, sessions=8)
    try:
        return list(lives(small, log, worker, study, list(enumerate(dealt(10, PROFILES)))))
    finally:
        worker.close()
        log.close()


NAMES = ("Ada Lovelace", "Émilie du Châtelet", "Zu Chongzhi", "Sofia Kovalevskaya", "Omar Khayyam",
         "Mary Somerville", "Srinivasa Ramanujan", "Emmy Noether", "Al Khwarizmi",
         "Hypatia Alexandria")  # fmt: skip
PEOPLE = tuple(name.split(" ", 1) for name in NAMES)


@pytest.fixture(scope="session")
def class_once(small: Course, learnt: list[Life], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The class of `classroom`, made once."""
    folder = class_folder.create(tmp_path_factory.mktemp("once") / "class", small, by_path=True)
    roster.write(folder.roster, people_of(learnt))
    log = folder.open_log()
    log.append([event for life in learnt[:5] for event in life.events])
    log.append([self_reported(event) for life in learnt[5:] for event in life.events])
    log.close()
    return folder.path


@pytest.fixture
def classroom(class_once: Path, tmp_path: Path) -> ClassFolder:
    """A class of them: the first five learners' events are witnessed, the others' self-reported."""
    return class_folder.load(Path(shutil.copytree(class_once, tmp_path / "class")))


def people_of(learnt: list[Life]) -> list[roster.Person]:
    return [
        roster.Person(student=f"s{n:03d}", first_name=first, last_name=last, email=f"s{n:03d}@school.example",
                      learner=life.learner)
        for n, ((first, last), life) in enumerate(zip(PEOPLE, learnt, strict=True), 1)
    ]  # fmt: skip


def of(learnt: list[Life]) -> list[Event]:
    return [replace(event) for life in learnt for event in life.events]
