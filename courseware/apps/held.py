"""A log in which looking leaves no trace: that a first question was shown is kept back until it counts."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from courseware.events import Event
from courseware.log import Log


class HeldLog(Log):
    """One learner's view of a log. An item's first `asked` event comes into it with the first act on it.

    A page that is merely loaded thus records nothing: the variant that it shows follows from the learner and
    a count, and is dealt again. All else is durable as in any log. Give each tutor one of its own.
    """

    def __init__(self, log: Log) -> None:
        self._log = log
        self._held: dict[str, Event] = {}
        self._told: set[str] = set()
        self._guard = threading.RLock()

    def append(self, events: Sequence[Event]) -> None:
        with self._guard:
            if all(_is_first(event) for event in events):
                self._held |= {event.id: event for event in events}
                return
            about = {event.item for event in events}
            due = [held for held in self._held.values() if held.item in about]
            self._log.append([*due, *events])
            for event in due:
                del self._held[event.id]

    def read(self, learner: str, course: str, after: int = 0) -> list[tuple[int, Event]]:
        """As in the log; what is held back comes once, as if it had just arrived."""
        with self._guard:
            rows = self._log.read(learner, course, after)
            place = rows[-1][0] if rows else after
            new = [event for event in self._held.values() if event.id not in self._told]
            rows = [row for row in rows if row[1].id not in self._told]
            self._told |= {event.id for event in new}
            return [*rows, *((place, event) for event in new)]

    def find(self, event_id: str) -> Event | None:
        with self._guard:
            return self._held.get(event_id) or self._log.find(event_id)

    def learners(self, course: str) -> list[str]:
        return self._log.learners(course)

    def close(self) -> None:
        """The log itself belongs to whoever opened it."""


def _is_first(event: Event) -> bool:
    """Whether an event says that an item's first variant was shown, which nobody had to ask for."""
    return event.kind == "asked" and event.source == "check" and event.detail.get("n") == 0
