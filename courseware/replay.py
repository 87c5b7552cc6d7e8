"""Every answer can be replayed: the same variant, the same response, judged again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from checkers.result import Result
from courseware.course import Course
from courseware.events import Event
from courseware.items import ItemError, Question, fingerprint
from courseware.verdict import Bench, NoAnswer, Verdict, judge

Outcome = Literal["same", "different", "cannot be replayed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """What replaying one answer came to, and why if not the same."""

    event: Event
    outcome: Outcome
    because: str = ""


def replay(events: Iterable[Event], course: Course, bench: Bench) -> Iterator[Replayed]:
    """Judge every `answer` event again, in the order given."""
    question = lru_cache(maxsize=512)(_question)
    for event in events:
        if event.kind != "answer":
            continue
        if event.source == "nbgrader" or event.seed is None or event.item is None:
            yield Replayed(event=event, outcome="cannot be replayed", because="graded outside a check")
            continue
        version = event.item_version or 0
        made = question(course, event.item, version, event.seed)
        if isinstance(made, str):
            yield Replayed(event=event, outcome="cannot be replayed", because=made)
        elif fingerprint(made) != event.fingerprint:
            yield Replayed(
                event=event, outcome="different", because="the variant is not the one that was asked"
            )
        else:
            verdict = judge(made, event.response, bench).verdict
            yield _compared(event, verdict)


def _question(course: Course, item_id: str, version: int, seed: int) -> Question | str:
    item = course.item(item_id, version)
    if item is None:
        return f"version {version} of {item_id} is not installed"
    try:
        return item.question(seed, course.data)
    except ItemError as error:
        return str(error)


def _compared(event: Event, verdict: Verdict) -> Replayed:
    if not isinstance(verdict, Result):
        if isinstance(verdict, NoAnswer) and verdict.made.timed_out:
            return Replayed(event=event, outcome="cannot be replayed", because="it reached its time limit")
        return Replayed(event=event, outcome="different", because="it is no answer now")
    if event.score is None or abs(verdict.score - event.score) > 1e-9:
        because = f"scored {event.score}, now {verdict.score}"
        return Replayed(event=event, outcome="different", because=because)
    if verdict.mistake != event.mistake:
        because = f"was told {event.mistake}, now {verdict.mistake}"
        return Replayed(event=event, outcome="different", because=because)
    return Replayed(event=event, outcome="same")
