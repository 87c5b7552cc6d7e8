"""What a tutor tells, read back from JSON: the other half of `tutor.to_json`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from checkers.message import Message
from courseware import handing
from courseware.tutor import (
    Card,
    Due,
    LessonCard,
    Offer,
    Placing,
    Progress,
    Receipt,
    Round,
    Standing,
    Task,
    Told,
)

Json = Mapping[str, Any]


def card_of(data: Json) -> Card:
    """The card that `to_json` made this of. Raises KeyError or TypeError for what is none."""
    told, solution = data["told"], data["solution"]
    return Card(
        **{
            **data,
            "prompt": Message.from_json(data["prompt"]),
            "hints": tuple(map(Message.from_json, data["hints"])),
            "solution": None if solution is None else Message.from_json(solution),
            "told": None if told is None else _told(told),
            "standing": Standing(**data["standing"]),
            "opened": tuple(map(lesson_of, data["opened"])),
            "round": None if data["round"] is None else Round(**data["round"]),
            "offers": tuple(Offer(**offer) for offer in data["offers"]),
        }
    )


def progress_of(data: Json) -> Progress:
    """The progress that `to_json` made this of."""
    due, placing = data["due"], data["placing"]
    return Progress(
        **{
            **data,
            "lessons": tuple(map(lesson_of, data["lessons"])),
            "due": None if due is None else Due(**{**due, "objectives": tuple(due["objectives"])}),
            "placing": None if placing is None else Placing(**{**placing, "known": tuple(placing["known"])}),
            "offers": tuple(Offer(**offer) for offer in data["offers"]),
            "task": None if data["task"] is None else _task(data["task"]),
        }
    )


def lesson_of(data: Json) -> LessonCard:
    """The lesson that `to_json` made this of."""
    objectives = tuple(Standing(**standing) for standing in data["objectives"])
    return LessonCard(**{**data, "objectives": objectives, "extras": tuple(data["extras"])})


def receipt_of(data: Json) -> Receipt:
    """The receipt that `to_json` made this of."""
    receipt = handing.read(data)
    if receipt is None:
        raise TypeError("no receipt")
    return replace(receipt, opened=tuple(map(lesson_of, data["opened"])))


def _told(data: Json) -> Told:
    return Told(**{**data, "messages": tuple(map(Message.from_json, data["messages"]))})


def _task(data: Json) -> Task:
    return Task(**{**data, "last": data["last"] and handing.read(data["last"])})
