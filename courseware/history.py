"""One learner's events in one course, read from the log as they come, and the fold over them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from courseware.clock import Clock
from courseware.course import Course
from courseware.events import Event, Kind, new_id
from courseware.log import Log
from courseware.mastery.fold import Fold

TICK: Final = timedelta(microseconds=1)


class History:
    """What happened to one learner in one course. Whoever shares it between threads holds a lock."""

    def __init__(self, course: Course, log: Log, learner: str, clock: Clock) -> None:
        self.course = course
        self.learner = learner
        self.log = log
        self.events: list[Event] = []
        self._clock = clock
        self._place = 0
        self.fold = Fold(course.rules, course.parameters.intercept)

    def refresh(self) -> None:
        """Fold what has come into the log since: from this kernel, another one, or a hand-in."""
        in_order = True
        for place, event in self.log.read(self.learner, self.course.id, self._place):
            self.events.append(event)
            self._place = place
            in_order = in_order and self.fold.add(event)
        if not in_order:
            self.fold = Fold.of(self.events, self.course.rules, self.course.parameters.intercept)

    def append(self, *events: Event) -> None:
        """Record events; all of them, or none."""
        self.log.append(events)
        self.refresh()

    def has(self, id: str) -> bool:
        """Whether an act was recorded before (a resent click)."""
        return self.log.find(id) is not None

    def now(self) -> datetime:
        """The time, past every event so far (clocks of some systems tick slowly, or are put back)."""
        now, latest = self._clock(), self.fold.latest
        return now if latest is None or now > latest else latest + TICK

    def event(self, kind: Kind, *, id: str | None = None, **more: Any) -> Event:
        """An event that happens now."""
        return Event(
            id=id or new_id(),
            at=self.now(),
            learner=self.learner,
            course=self.course.id,
            course_version=self.course.version,
            kind=kind,
            **more,
        )

    def about(self, asked: Event, kind: Kind, *, id: str, **more: Any) -> Event:
        """An event on a variant, with what was logged of it when it was asked."""
        base = replace(asked, id=id, at=self.now(), kind=kind, detail={})
        return replace(base, course_version=self.course.version, **more)
