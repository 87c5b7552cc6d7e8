"""What happened: the frozen events that all else is folded from."""

from __future__ import annotations

import os
import time
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal

Kind = Literal[
    "asked", "hint", "solution", "run", "answer", "placement", "handed-in", "override", "unlocked", "wrote"
]
Source = Literal["check", "placement", "review", "nbgrader"]

MOST_BYTES: Final = 64_000
"""How long a response may be, as JSON in UTF-8."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that happened, for one learner, in one course.

    `id` is a UUID that sorts by time; `at` is in UTC. `guess` in [0, 1], `difficulty` in logits and
    `open` are logged as they were, so that the fold needs no course. `score` in [0, 1].
    `detail` holds what is particular to a kind: an `asked` event keeps the prompt and the givens as
    shown, an `unlocked` one needs only `lesson`, a `wrote` one path and SHA-256 of the cell sources.
    """

    id: str
    at: datetime
    learner: str
    course: str
    course_version: str
    kind: Kind
    lesson: str | None = None
    item: str | None = None
    item_version: int | None = None
    seed: int | None = None
    fingerprint: str | None = None
    objectives: tuple[str, ...] = ()
    format: str | None = None
    open: bool | None = None
    guess: float | None = None
    difficulty: float | None = None
    response: object = None
    score: float | None = None
    mistake: str | None = None
    source: Source | None = None
    duration_ms: int | None = None
    detail: Mapping[str, object] = field(default_factory=dict)


def new_id() -> str:
    """A UUID (version 7): the time in milliseconds, then chance. Later ones sort later."""
    number = (time.time_ns() // 1_000_000) << 80 | int.from_bytes(os.urandom(10))
    number = number & ~(0xF000 << 64) | 0x7000 << 64
    number = number & ~(0xC000 << 48) | 0x8000 << 48
    return str(uuid.UUID(int=number))


def is_id(text: object) -> bool:
    """Whether this is a UUID as `new_id` and browsers write it."""
    if not isinstance(text, str) or len(text) != 36:
        return False
    try:
        return str(uuid.UUID(text)) == text
    except ValueError:
        return False


def last_judged(events: Iterable[Event]) -> list[Event]:
    """The events without answers that were judged anew: of an attempt graded again the last grading counts.

    Such an answer says so: `detail` has the `attempt` that it is of, and how often that was graded before
    (`regrade`; 0 where it is missing).
    """
    listed = list(events)
    last: dict[tuple[str, str, object], int] = {}
    for event in listed:
        if (attempt := event.detail.get("attempt")) and event.item is not None:
            key = (event.learner, event.item, attempt)
            last[key] = max(last.get(key, 0), regrade_of(event))
    return [
        event
        for event in listed
        if regrade_of(event)
        == last.get((event.learner, event.item or "", event.detail.get("attempt")), regrade_of(event))
    ]


def regrade_of(event: Event) -> int:
    """How often the attempt that an answer is of was graded before it."""
    times = event.detail.get("regrade", 0)
    return times if isinstance(times, int) else 0
