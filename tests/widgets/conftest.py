"""A small course, a tutor over it (also one behind JSON), and the page's side of a widget."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from courseware import workspace
from courseware.apps.tutoring import perform
from courseware.clock import system_clock
from courseware.course import load_course
from courseware.local_tutor import LocalTutor
from courseware.remote_tutor import RemoteTutor
from courseware.runner import InKernel, Worker
from courseware.tutor import Tutor
from courseware.widgets.check import CheckWidget
from courseware.widgets.page import Page
from courseware.widgets.progress import ProgressWidget

COURSE = """
id = "sums"
version = "1.0"
title = "Sums"
language = "en"
given = ["import math"]
[[objectives]]
id = "add.small"
can = "I can add small numbers"
[[objectives]]
id = "add.more"
can = "I can add more numbers"
needs = ["add.small"]
[[lessons]]
id = "01-add"
title = "Add"
teaches = ["add.small"]
opens_when = []
[[lessons]]
id = "02-more"
title = "More"
teaches = ["add.more"]
opens_when = ["add.small"]
"""

FIRST = """
from checkers import Choice, Number
from courseware.items import Mistake, Question, item


@item(objective="add.small", version=1, hints=["Count on.", "For 1 and 1 it is 2. Now yours."])
def two_numbers(draw, data):
    a, b = draw.integers(10, 400), draw.integers(2, 90)
    return Question(
        prompt="What is {a} plus {b}?",
        values={"a": a, "b": b},
        answer=Number(a + b),
        given={"numbers": [a, b]},
        solution="{a} + {b} goes to the right.",
        mistakes=[Mistake("minus", response=a - b, says="You took {b} away. Plus puts it on top: count up.")],
    )


@item(objective="add.small", version=1, hints=["Look at the sign."])
def which_is_more(draw, data):
    a = draw.integers(10, 900)
    return Question(
        prompt="Which is more?",
        answer=Choice(right=f"`{a} + 2`", wrong=[f"`{a} + 1`", f"`{a} - 1`"]),
        solution="Two is more than one.",
        mistakes=[
            Mistake("one", response=f"`{a} + 1`", says="You picked the smaller step. Compare the two steps."),
            Mistake("less", response=f"`{a} - 1`", says="You picked a step down. Look at the sign."),
        ],
    )
"""

SECOND = """
from checkers import Number
from courseware.items import Mistake, Question, item


@item(objective="add.more", version=1, hints=["Count on."])
def three_numbers(draw, data):
    a, b = draw.integers(10, 400), draw.integers(2, 90)
    return Question(
        prompt="What is {a} + {b} + 1?",
        values={"a": a, "b": b},
        answer=Number(a + b + 1),
        solution="Step by step.",
        mistakes=[Mistake("forgot", response=a + b, says="You left out the 1. Put it on top.")],
    )
"""

NOTEBOOK = {
    "cells": [],
    "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
    "nbformat": 4,
    "nbformat_minor": 5,
}


@pytest.fixture(scope="session")
def course_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The source of a course of two lessons."""
    folder = tmp_path_factory.mktemp("sums")
    (folder / "course.toml").write_text(COURSE, encoding="utf-8")
    for name, items in {"01-add": FIRST, "02-more": SECOND}.items():
        (folder / name).mkdir()
        (folder / name / "items.py").write_text(items, encoding="utf-8")
        (folder / name / "lesson.ipynb").write_text(json.dumps(NOTEBOOK), encoding="utf-8")
    return folder


@pytest.fixture
def local_tutor(course_folder: Path, tmp_path: Path) -> Iterator[LocalTutor]:
    """The tutor of a new learner in a workspace of their own."""
    course = load_course(course_folder)
    space = workspace.create(tmp_path / "work", course, by_path=True)
    log, worker = space.open_log(), Worker()
    tutor = LocalTutor(
        course, log, space.learner, clock=system_clock(), runner=InKernel(worker), workspace=space
    )
    tutor.open(None)
    yield tutor
    worker.close()
    log.close()


class OverJson(RemoteTutor):
    """The tutor of the app's pages, and the server's side of it, with no wire between them but text."""

    def __init__(self, tutor: Tutor) -> None:
        super().__init__("http://127.0.0.1/courseware/tutor", "capability")
        self._tutor = tutor

    def _send(self, body: bytes) -> tuple[int, object]:
        status, told = perform(lambda: self._tutor, body)
        return status, through(told)


def through(data: object):
    """What is left of data after a trip as text."""
    return json.loads(json.dumps(data, allow_nan=False))


@pytest.fixture(params=["in the kernel", "over JSON"])
def tutor(request: pytest.FixtureRequest, local_tutor: LocalTutor) -> Tutor:
    """The tutor that the widgets stand over: every test of them runs over both."""
    return local_tutor if request.param == "in the kernel" else OverJson(local_tutor)


@pytest.fixture
def page(tutor: Tutor) -> Page:
    return Page(lambda: tutor, lesson="01-add", folder="work")


@dataclass
class Tab:
    """The browser's side of one widget: sends what a page sends, keeps what it is answered."""

    widget: CheckWidget | ProgressWidget
    answers: list[dict] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.widget.send = lambda content, buffers=None: self.answers.append({**content, "buffers": buffers})

    @property
    def view(self) -> dict:
        return dict(self.widget.view)

    def say(self, content: object) -> dict | None:
        """Send a message as it is; the answer, if there is one."""
        before = len(self.answers)
        self.widget._handle_custom_msg(content, [])
        return self.answers[-1] if len(self.answers) > before else None

    def do(self, act: str, **more: object) -> dict:
        """Click on something, as the page does."""
        message = {"v": 1, "do": act, "id": str(uuid.uuid4()), "variant": self.view.get("variant"), **more}
        answer = self.say(through(message))
        assert answer is not None
        assert answer["re"] == message["id"]
        return answer


@pytest.fixture
def open_check(page: Page) -> Callable[..., Tab]:
    """Put the check of a target on the page, and say hello as the page does."""

    def put(target: str, *, hello: bool = True, **more: object) -> Tab:
        tab = Tab(CheckWidget(page, target, **more))
        if hello:
            tab.do("hello")
        return tab

    return put


@pytest.fixture
def open_progress(page: Page) -> Callable[[], Tab]:
    def put() -> Tab:
        tab = Tab(ProgressWidget(page))
        tab.do("hello")
        return tab

    return put
