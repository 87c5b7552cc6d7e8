"""A learner's record in a file: carried to another machine, or handed in.

What was logged goes as it is; what only tells of the folder it was made in (which notebooks lie there) stays
behind. Coming in, every event is held to its schema and every seed to its rule, and answers are judged again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Final

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from checkers.run import Job, Made, Outcome
from courseware.course import Course
from courseware.draw import seed_of
from courseware.events import MOST_BYTES, Event, Kind, Source, is_id
from courseware.replay import replay
from courseware.verdict import Bench

VERSION: Final = 1
MOST: Final = 50_000_000
"""So many bytes of a file are read: some 50,000 answers."""
AHEAD: Final = timedelta(days=1)
"""Clocks differ; a record from further in the future than this is not taken."""

ON_A_VARIANT: Final = frozenset({"hint", "solution", "run", "answer"})

Text = Annotated[str, Field(max_length=200)]


class RecordError(ValueError):
    """The file cannot be taken as a record; the message says why and what to do."""


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class _Event(_Shape):
    id: str
    at: AwareDatetime
    learner: Text
    course: Text
    course_version: Text
    kind: Kind
    lesson: Text | None
    item: Text | None
    item_version: Annotated[int, Field(ge=1, lt=2**31)] | None
    seed: Annotated[int, Field(ge=0, lt=2**52)] | None
    fingerprint: Text | None
    objectives: list[Text]
    format: Text | None
    open: bool | None
    guess: Annotated[float, Field(ge=0, le=1)] | None
    difficulty: Annotated[float, Field(ge=-20, le=20)] | None
    response: Any
    score: Annotated[float, Field(ge=0, le=1)] | None
    mistake: Text | None
    source: Source | None
    duration_ms: Annotated[int, Field(ge=0, le=86_400_000)] | None
    detail: dict[str, Any]


class _Record(_Shape):
    courseware: int
    course: Text
    learner: Text
    events: list[_Event]


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One learner's events in one course."""

    learner: str
    course: str
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """An event that does not come in, and why."""

    event: Event
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """What a record came to: the events that may come in, those that may not, and how many answers in code
    were not run again here."""

    sound: tuple[Event, ...]
    refused: tuple[Refused, ...]
    not_replayed: int


def to_text(learner: str, course: str, events: Iterable[Event]) -> str:
    """The record as JSON, one event a line."""
    head = json.dumps({"courseware": VERSION, "course": course, "learner": learner})
    lines = (
        json.dumps(asdict(event) | {"at": event.at.astimezone(UTC).isoformat()}, ensure_ascii=False)
        for event in events
        if event.kind != "wrote"
    )
    return f'{head[:-1]}, "events": [\n' + ",\n".join(lines) + "\n]}\n"


def read(text: str, now: datetime) -> Record:
    """Read a record. Raises RecordError with what is wrong and what to do."""
    if len(text.encode("utf-8", "replace")) > MOST:
        raise RecordError(f"the file has more than {MOST // 1_000_000} MB: it is no record of one learner")
    try:
        raw = _Record.model_validate_json(text)
    except ValidationError as error:
        fault = error.errors()[0]
        place = ".".join(str(step) for step in fault["loc"]) or "the file"
        raise RecordError(
            f"the file is no record of progress, or was changed ({place}: {fault['msg']}). "
            "Take the file as `courseware progress --save` wrote it."
        ) from None
    if raw.courseware != VERSION:
        raise RecordError(
            f"the record is of version {raw.courseware}, this Courseware reads {VERSION}: update it"
        )
    events = tuple(Event(**{**dict(e), "objectives": tuple(e.objectives)}) for e in raw.events)
    for number, event in enumerate(events, 1):
        if (event.learner, event.course) != (raw.learner, raw.course):
            raise RecordError(f"event {number} belongs to another learner or course than the record")
        if not is_id(event.id) or event.at > now + AHEAD:
            raise RecordError(f"event {number} has an id or a time that cannot be ({event.id}, {event.at})")
    return Record(learner=raw.learner, course=raw.course, events=events)


def examine(record: Record, course: Course, bench: Bench, *, run_code: bool = False) -> Examined:
    """Look at every event of a record: may it come into a log?

    A variant's seed follows from learner, item and count; an answer has to be judged as it says it was.
    Code from elsewhere is run only with `run_code` (where `bench` runs it in a sandbox).
    """
    refused = {e.id: Refused(event=e, because=why) for e in record.events if (why := _fault(e, record))}
    dealt = {_variant(e) for e in record.events if e.kind == "asked" and e.id not in refused}
    for event in record.events:
        if event.kind in ON_A_VARIANT and event.seed is not None and _variant(event) not in dealt:
            refused.setdefault(event.id, Refused(event=event, because="its variant was never dealt"))
    idle = _Idle()
    answers = [e for e in record.events if e.kind == "answer" and e.id not in refused]
    not_run = 0
    for replayed in replay(answers, course, bench if run_code else replace(bench, runner=idle)):
        if idle.asked:
            idle.asked = False
            not_run += 1
        elif replayed.outcome == "different":
            event = replayed.event
            refused[event.id] = Refused(event=event, because=replayed.because)
    return Examined(
        sound=tuple(e for e in record.events if e.id not in refused),
        refused=tuple(refused.values()),
        not_replayed=not_run,
    )


class _Idle:
    """A runner that runs nothing, and remembers that it was asked to."""

    def __init__(self) -> None:
        self.asked = False

    def run(self, job: Job) -> Outcome:  # noqa: ARG002
        self.asked = True
        return Outcome(made=Made(timed_out=True))

    def warm(self, given: tuple[str, ...]) -> None:
        """Nothing is to be made ready."""


def _fault(event: Event, record: Record) -> str:
    """Why an event cannot be as it says; empty if it can."""
    if len(json.dumps(event.response, ensure_ascii=False).encode("utf-8", "replace")) > MOST_BYTES:
        return "its response is longer than a response can be"
    if event.kind == "asked" and event.item is not None and event.item_version is not None:
        n = event.detail.get("n")
        whose = record.learner, record.course, event.item, event.item_version
        if not isinstance(n, int) or event.seed != seed_of(*whose, n):
            return "its seed does not follow from the learner and the item"
    return ""


def _variant(event: Event) -> tuple[str | None, int | None, int | None]:
    return event.item, event.item_version, event.seed
