"""Events as xAPI statements (IEEE 9274.1.1, xAPI 1.0.3 and 2.0), for a learning record store.

What a learner did is told as it was logged: answered, took a hint, handed in. What follows from it is told at
the moment of the event that it follows from: passed (Proficient), mastered. The same event always gives
statements of the same ids, so that sending a file twice changes nothing in a store.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC
from typing import Any, Final

from checkers.result import RIGHT
from courseware.course import Course
from courseware.events import Event
from courseware.insights.source import InsightError
from courseware.mastery.fold import Fold
from courseware.mastery.levels import Level
from courseware.rule import Rule

Statement = dict[str, Any]

HOME: Final = "https://courseware.invalid"
"""Where ids are rooted if nobody says: a place that by its name does not exist (RFC 2606)."""
ADL: Final = "http://adlnet.gov/expapi/verbs/"
ACTIVITIES: Final = "http://adlnet.gov/expapi/activities/"
VERBS: Final[Mapping[str, tuple[str, str]]] = {
    "asked": (ADL + "attempted", "attempted"),
    "hint": (ADL + "interacted", "interacted"),
    "solution": (ADL + "experienced", "experienced"),
    "run": (ADL + "interacted", "interacted"),
    "answer": (ADL + "answered", "answered"),
    "handed-in": ("http://activitystrea.ms/schema/1.0/submit", "submitted"),
    "begin": (ADL + "initialized", "initialized"),
    "end": (ADL + "completed", "completed"),
    "unlocked": ("https://w3id.org/xapi/adl/verbs/satisfied", "satisfied"),
    "excuse": ("https://w3id.org/xapi/adl/verbs/waived", "waived"),
    "passed": (ADL + "passed", "passed"),
    "mastered": (ADL + "mastered", "mastered"),
}
"""The verb of each kind of event (of a placement and of a decision: of what it does), from the field's
vocabularies.
"""
INTERACTIONS: Final = {
    "number": "numeric",
    "text": "fill-in",
    "free-text": "long-fill-in",
    "code": "long-fill-in",
}
_IDS: Final = uuid.UUID("0f6b4d0e-5b0e-5a52-9f0a-6d6f3c9a7c11")


class Statements:
    """The statements of a course's events. `home` roots all ids: an http(s) address of yours, without `/`
    at its end.

    Raises InsightError for a home that is no such address.
    """

    def __init__(self, course: Course, rules: Mapping[str, Rule], home: str = HOME) -> None:
        if not home.startswith(("https://", "http://")) or any(sign.isspace() for sign in home):
            raise InsightError(
                f"the ids of statements are rooted in an address like https://school.example, not {home!r}."
            )
        self._course, self._rules, self._home = course, rules, home.rstrip("/")

    def of(self, events: Iterable[Event], *, responses: bool = True) -> Iterator[Statement]:
        """One learner's statements, in the order of their time. `responses` False leaves out what was
        answered.
        """
        fold = Fold(self._rules, self._course.parameters.intercept)
        reached: dict[str, Level] = {}
        for event in sorted(events, key=lambda e: (e.at, e.id)):
            fold.add(event)
            if (verb := _verb(event)) is not None:
                yield self._statement(event, verb, responses)
            for objective in _moved(event):
                standing = fold.standing(objective)
                before = reached.get(objective, Level.NOT_STARTED)
                if standing.reached <= before:
                    continue
                reached[objective] = standing.reached
                for level, word in ((Level.PROFICIENT, "passed"), (Level.MASTERED, "mastered")):
                    if before < level <= standing.reached:
                        yield self._reached(event, objective, word, standing.known)

    def _statement(self, event: Event, verb: str, responses: bool) -> Statement:
        context: dict[str, Any] = {"platform": "Courseware", "contextActivities": self._around(event)}
        if extensions := self._context(event):
            context["extensions"] = extensions
        statement = {
            "id": str(uuid.uuid5(_IDS, event.id)),
            "actor": self._actor(event.learner),
            "verb": _verb_json(verb),
            "object": self._object(event),
            "context": context,
            "timestamp": event.at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        }
        if event.kind in ("answer", "run") and (result := self._result(event, responses)):
            statement["result"] = result
        return statement

    def _reached(self, event: Event, objective: str, word: str, known: float) -> Statement:
        return {
            "id": str(uuid.uuid5(_IDS, f"{event.id}/{objective}/{word}")),
            "actor": self._actor(event.learner),
            "verb": _verb_json(word),
            "object": self._objective(objective),
            "result": {
                "success": True,
                "completion": True,
                "extensions": {f"{self._home}/extensions/known": round(known, 4)},
            },
            "context": {
                "platform": "Courseware",
                "contextActivities": {"grouping": [self._whole(event)]},
                "statement": {"objectType": "StatementRef", "id": str(uuid.uuid5(_IDS, event.id))},
            },
            "timestamp": event.at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        }

    def _actor(self, learner: str) -> dict[str, Any]:
        return {"objectType": "Agent", "account": {"homePage": self._home, "name": learner}}

    def _object(self, event: Event) -> dict[str, Any]:
        if event.item is None:
            lesson = event.lesson
            return self._whole(event) if lesson is None else self._lesson(lesson)
        definition: dict[str, Any] = {"name": {"en": event.item}, "type": ACTIVITIES + "question"}
        if event.kind == "answer":
            definition["type"] = ACTIVITIES + "cmi.interaction"
            definition["interactionType"] = INTERACTIONS.get(event.format or "", "other")
        return {"objectType": "Activity", "id": self._id("items", event.item), "definition": definition}

    def _lesson(self, lesson: str) -> dict[str, Any]:
        titles = {entry.id: entry.title for entry in self._course.lessons}
        name = {self._course.language: titles.get(lesson, lesson)}
        definition = {"name": name, "type": ACTIVITIES + "lesson"}
        return {"objectType": "Activity", "id": self._id("lessons", lesson), "definition": definition}

    def _objective(self, objective: str) -> dict[str, Any]:
        entry = self._course.objectives.get(objective)
        name = {self._course.language: objective if entry is None else entry.can}
        definition: dict[str, Any] = {"name": name, "type": ACTIVITIES + "objective"}
        if entry is not None and (entry.case or "").startswith(("https://", "http://")):
            definition["moreInfo"] = entry.case
        return {"objectType": "Activity", "id": self._id("objectives", objective), "definition": definition}

    def _whole(self, event: Event) -> dict[str, Any]:
        definition = {"name": {self._course.language: self._course.title}, "type": ACTIVITIES + "course"}
        return {"objectType": "Activity", "id": f"{self._home}/{event.course}", "definition": definition}

    def _around(self, event: Event) -> dict[str, Any]:
        around: dict[str, Any] = {"grouping": [self._whole(event)]}
        if event.item is not None and event.lesson is not None:
            around["parent"] = [self._lesson(event.lesson)]
        if event.objectives:
            around["other"] = [self._objective(objective) for objective in event.objectives]
        return around

    def _result(self, event: Event, responses: bool) -> dict[str, Any]:
        result: dict[str, Any] = {}
        if event.score is not None:
            result["score"] = {"scaled": event.score, "raw": event.score, "min": 0, "max": 1}
            result["success"] = event.score >= RIGHT
        if event.duration_ms is not None:
            result["duration"] = f"PT{event.duration_ms / 1000:.2f}S"
        if responses and event.response is not None:
            result["response"] = _response(event.response)
        if event.mistake is not None:
            result["extensions"] = {f"{self._home}/extensions/mistake": event.mistake}
        return result

    def _context(self, event: Event) -> dict[str, Any]:
        told = {
            "course-version": event.course_version or None,
            "item-version": event.item_version,
            "variant": None if event.seed is None else str(event.seed),
            "source": event.source,
            "evidence": ("self-reported" if event.detail.get("self_reported") is True else "witnessed")
            if event.kind == "answer"
            else None,
        }
        return {f"{self._home}/extensions/{name}": value for name, value in told.items() if value is not None}

    def _id(self, kind: str, name: str) -> str:
        return f"{self._home}/{self._course.id}/{kind}/{name}"


def line(statement: Statement) -> str:
    """A statement as one line of JSON."""
    return json.dumps(statement, ensure_ascii=False, separators=(",", ":")) + "\n"


def _verb(event: Event) -> str | None:
    """The verb of an event; None for what only tells of a folder (which notebooks were written)."""
    if event.kind in ("placement", "override"):
        return {"begin": "begin", "end": "end", "excuse": "excuse"}.get(str(event.detail.get("do")))
    return event.kind if event.kind in VERBS else None


def _moved(event: Event) -> tuple[str, ...]:
    """The objectives that an event may have moved."""
    if event.kind == "answer":
        return event.objectives
    known = event.detail.get("known") if event.kind == "placement" else None
    return tuple(map(str, known)) if isinstance(known, list | tuple) else ()


def _verb_json(verb: str) -> dict[str, Any]:
    address, word = VERBS[verb]
    return {"id": address, "display": {"en": word}}


def _response(response: object) -> str:
    if (
        isinstance(response, dict)
        and len(response) == 1
        and isinstance(text := next(iter(response.values())), str)
    ):
        return text
    return response if isinstance(response, str) else json.dumps(response, ensure_ascii=False)
