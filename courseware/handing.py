"""Where a lesson's graded task goes when it is handed in, and what is kept of it."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any, Final, Protocol

from checkers.message import Message
from courseware.events import Event
from courseware.tutor import Receipt, Task, TaskResult, Told

WHERE: Final = "COURSEWARE_HAND_IN"
"""The variable that says where work goes: a folder, or ``zip``."""
NOTICE: Final = (
    "Before you hand in for the first time: this goes to your class. It is your notebook as you saved "
    "it, and your "
    "record in this course: every answer, hint and time. A random number stands for you in it, and your "
    "instructor "
    "knows whose it is. Ask there how long it is kept."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """What a hand-in came to: the receipt, and the answers that it is evidence of."""

    receipt: Receipt
    answers: tuple[Event, ...] = ()


class Counter(Protocol):
    """Takes hand-ins: graded on the spot, or sent to a class."""

    def task(self, lesson: str) -> Task | None:
        """The graded task of a lesson; None if it has none. Quick: it is asked for with every progress."""

    def warm(self, lesson: str) -> None:
        """A hand-in of this lesson is to come soon: make ready in the background, or do nothing."""

    def take(self, lesson: str, notebook: str, *, at: datetime, history: Sequence[Event]) -> Handed:
        """Take a notebook; `history` holds the learner's events so far. Raises NotTaken with a sentence."""


def where() -> str:
    """Where learners on this machine hand in; empty for: graded on the spot."""
    return os.environ.get(WHERE, "").strip()


def noticed(task: Task | None) -> Task | None:
    """A task with what is to be read before the first hand-in: where it goes to a class, and nothing else."""
    return replace(task, notice=NOTICE) if task is not None and where() else task


class LateCounter:
    """A Counter that is made when something is handed in, or is to come soon; `task` tells before that."""

    def __init__(self, make: Callable[[], Counter], task: Callable[[str], Task | None]) -> None:
        self._make = cache(make)
        self._task = task

    def task(self, lesson: str) -> Task | None:
        return self._task(lesson)

    def warm(self, lesson: str) -> None:
        self._make().warm(lesson)

    def take(self, lesson: str, notebook: str, *, at: datetime, history: Sequence[Event]) -> Handed:
        return self._make().take(lesson, notebook, at=at, history=history)


def kept(receipt: Receipt) -> dict[str, object]:
    """A receipt as JSON, to be logged; what it opened is told by other events."""
    return asdict(replace(receipt, opened=()))


def read(data: object) -> Receipt | None:
    """A receipt as it was kept; None for what is none (a log of another version)."""
    try:
        assert isinstance(data, Mapping)
        return Receipt(
            **{
                **data,
                "sent": tuple(data["sent"]),
                "results": tuple(_result(each) for each in data["results"]),
                "opened": (),
            }
        )
    except (AssertionError, KeyError, TypeError):
        return None


def _result(data: Mapping[str, Any]) -> TaskResult:
    told = data["told"]
    messages = tuple(Message.from_json(each) for each in told["messages"])
    return TaskResult(**{**data, "told": Told(**{**told, "messages": messages})})
