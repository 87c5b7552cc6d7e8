"""Whose word an event is: witnessed by the class, or told by the learner's own machine."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from courseware.events import Event

MARK: Final = "self_reported"
"""What `detail` says of an event that came from the learner's own machine."""

GRADED_HERE: Final = "the class logs and grades what it collects itself"
DECIDED: Final = "only an instructor opens or excuses"


def self_reported(event: Event) -> Event:
    """The event, marked as told by the learner's own machine."""
    return replace(event, detail={**event.detail, MARK: True})


def not_theirs(event: Event) -> str | None:
    """Why an event of a learner's own record does not come into a class's log; None if it may."""
    if event.source == "nbgrader" or event.kind == "handed-in":
        return GRADED_HERE
    return DECIDED if event.kind == "override" or "because" in event.detail else None


def is_self_reported(event: Event) -> bool:
    return event.detail.get(MARK) is True


def counted(events: Iterable[Event], *, trust_self_reported: bool) -> list[Event]:
    """The events that count for a class: all that it witnessed; what learners told only if it trusts it."""
    return [event for event in events if trust_self_reported or not is_self_reported(event)]
