"""DataShop's tab-delimited transactions (https://pslcdatashop.web.cmu.edu/help?page=importFormatTd).

One row for each answer and for each hint or worked solution. An item is a problem, a variant a view of it,
its answer the one step; objectives are the knowledge components, with a column for each that an item has.
A first row of a view that is an answer is a clean one. What DataShop has no column for is a custom field.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Final

from checkers.result import RIGHT
from courseware.events import Event
from courseware.mastery.attempts import OPEN_GUESS
from courseware.mastery.levels import SESSION_GAP

STEP: Final = "answer"
MODEL: Final = "Objectives"
LONGEST: Final = 255
"""So many characters DataShop takes of a name or an input."""
BEFORE: Final = (
    "Anon Student Id", "Session Id", "Time", "Time Zone", "Duration (sec)", "Student Response Type",
    "Tutor Response Type", "Level (Course)", "Level (Lesson)", "Problem Name", "Problem View", "Step Name",
    "Attempt At Step", "Outcome", "Selection", "Action", "Input", "Feedback Classification", "Help Level",
)  # fmt: skip
KC: Final = f"KC ({MODEL})"
CUSTOM: Final = (
    "CF (Guess)", "CF (Difficulty)", "CF (Open)", "CF (Score)", "CF (Source)", "CF (Evidence)",
    "CF (Item Version)",
)  # fmt: skip
TOUCHES: Final = frozenset({"hint", "solution", "answer"})


def header(components: int) -> str:
    """The first line: as many columns of objectives as an item of the course has at most (at least one)."""
    return "\t".join((*BEFORE, *[KC] * max(1, components), *CUSTOM)) + "\n"


def lines(events: Iterable[Event], components: int, *, responses: bool = True) -> Iterator[str]:
    """One learner's transactions, in the order of their time. `responses` False leaves out what was
    answered.
    """
    dealt: set[tuple[object, ...]] = set()
    views: dict[str, int] = {}
    view_of: dict[tuple[object, ...], int] = {}
    tries: dict[tuple[object, ...], int] = {}
    helps: dict[tuple[object, ...], int] = {}
    last: datetime | None = None
    sitting = 0
    for event in sorted(events, key=lambda e: (e.at, e.id)):
        if last is not None and event.at - last > SESSION_GAP:
            sitting += 1
        last = event.at
        variant: tuple[object, ...] = (event.item, event.item_version, event.seed)
        if event.kind in ("asked", "answer"):
            dealt.add(variant)
        if event.kind not in TOUCHES or variant not in dealt:
            continue
        item = event.item or event.lesson or ""
        if event.item is None:
            variant = (item, event.id)  # an answer that belongs to no item stands alone
        if variant not in view_of:
            views[item] = view_of[variant] = views.get(item, 0) + 1
        if event.kind == "answer":
            tries[variant] = tries.get(variant, 0) + 1
        else:
            helps[variant] = helps.get(variant, 0) + 1
        yield _line(
            _row(event, item, sitting, view_of[variant], tries.get(variant, 0), helps.get(variant, 0),
            responses), event.objectives,
            components,
            _custom(event),
        )  # fmt: skip


def _row(
    event: Event, item: str, sitting: int, view: int, attempt: int, helped: int, responses: bool
) -> Sequence[object]:
    answered = event.kind == "answer"
    outcome = ("CORRECT" if (event.score or 0) >= RIGHT else "INCORRECT") if answered else "HINT"
    return (
        event.learner,
        f"{event.learner}-{sitting}",
        event.at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.") + f"{event.at.microsecond // 1000:03d}",
        "UTC",
        "" if event.duration_ms is None else f"{event.duration_ms / 1000:g}",
        "ATTEMPT" if answered else "HINT_REQUEST",
        "RESULT" if answered else "HINT_MSG",
        event.course,
        event.lesson or "",
        item,
        view,
        STEP,
        max(1, attempt + (not answered)),
        outcome,
        item,
        event.format or "",
        _input(event) if responses else "",
        event.mistake or "",
        "" if answered else helped,
    )


def _custom(event: Event) -> Sequence[object]:
    if event.kind != "answer":
        return ("",) * len(CUSTOM)
    return (
        repr(OPEN_GUESS if event.guess is None else event.guess),
        repr(event.difficulty or 0.0),
        int(bool(event.open)),
        repr(event.score or 0.0),
        event.source or "",
        "self-reported" if event.detail.get("self_reported") is True else "witnessed",
        "" if event.item_version is None else event.item_version,
    )


def _line(row: Sequence[object], objectives: Sequence[str], components: int, custom: Sequence[object]) -> str:
    room = max(1, components)
    named = [*objectives[:room], *[""] * (room - len(objectives))]
    return "\t".join(_cell(value) for value in (*row, *named, *custom)) + "\n"


def _cell(value: object) -> str:
    """A value in a cell: on one line, without tabs, no longer than DataShop takes."""
    return " ".join(str(value).split())[:LONGEST] if isinstance(value, str) else str(value)


def _input(event: Event) -> str:
    response = event.response
    if (
        isinstance(response, dict)
        and len(response) == 1
        and isinstance(text := next(iter(response.values())), str)
    ):
        return text
    return response if isinstance(response, str) else json.dumps(response, ensure_ascii=False)
