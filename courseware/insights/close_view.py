"""What the panels of objectives, items and one learner show, as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np

from checkers.result import RIGHT
from courseware.events import Event
from courseware.grading.evidence import is_self_reported
from courseware.insights import closer, items, needs
from courseware.insights.class_view import State, View, ago, as_of, number_of
from courseware.insights.derived import ITEMS
from courseware.insights.items import ItemRow
from courseware.insights.tables import Tables
from courseware.mastery.explain import left, why
from courseware.mastery.fold import Fold, Variant

TRAIL: Final = 20
"""Answers on one page of a learner's trail."""
LONGEST: Final = 600
"""A response is shown so far."""


def objectives_view(tables: Tables, state: State) -> View:
    """How hard each objective is; of the one that was chosen, what goes wrong and what helps."""
    pairs, names = tables.pairs, tables.objectives
    of = pairs["objective"]
    begun, clean = np.bincount(of, minlength=len(names)), np.bincount(of, pairs["clean"], len(names))
    right = np.bincount(of, pairs["right"], len(names))
    held = np.bincount(of, tables.level >= 3, len(names)).astype(int)
    spins = np.bincount(of[needs.spinning(tables)], minlength=len(names))
    rows: list[View] = []
    for number, name in enumerate(names):
        tries = pairs["tries"][(of == number) & (pairs["tries"] > 0)]
        rows.append(
            {
                "id": number, "name": name, "can": tables.source.course.objectives[name].can,
                "begun": int(begun[number]), "held": int(held[number]), "spins": int(spins[number]),
                "right": float(right[number] / clean[number]) if clean[number] else None,
                "tries": float(np.median(tries)) if len(tries) else None,
            }
        )  # fmt: skip
    by, down = str(state.get("by") or "course"), bool(state.get("down"))
    if by in ("begun", "held", "spins", "right", "tries"):
        rows.sort(key=lambda row: _key(row[by], down))
    chosen = number_of(state.get("chosen"), len(names))
    return {
        "kind": "objectives",
        "rows": rows,
        "state": {"by": by, "down": down},
        "close": None if chosen is None else _objective(tables, chosen),
        "as_of": as_of(tables),
    }


def _objective(tables: Tables, number: int) -> View:
    name = tables.objectives[number]
    mine = [row.item for row in items.rows(tables) if name in row.objectives]
    told: dict[str, str] = {}
    for item in mine:
        foreseen = closer.named(tables.source.course, str(tables.columns.words["item"][item]))
        told.update({} if foreseen is None else foreseen.says)
    return {
        "objective": number,
        "can": tables.source.course.objectives[name].can,
        "items": [{"item": n, "id": str(tables.columns.words["item"][n])} for n in mine],
        "mistakes": _mistakes(tables, mine, told),
    }


def _mistakes(tables: Tables, of: list[int], told: Mapping[str, str]) -> list[View]:
    return [
        {
            "mistake": None if row.key is None else row.key.replace("-", " "),
            "count": row.count,
            "share": row.share,
            "again": row.again,
            "then": row.then,
            "says": told.get(row.key or "", ""),
            "responses": [_short(text) for text in closer.responses(tables, of, row.key)],
        }
        for row in items.mistakes(tables, of)[:12]
    ]


def items_view(tables: Tables, state: State) -> View:
    """All items, the oddest first (or as asked); the one that was chosen, looked at closely."""
    rows = items.rows(tables)
    chosen = number_of(state.get("chosen"), len(tables.columns.words["item"]))
    by, down = str(state.get("by") or "odd"), bool(state.get("down"))
    if by in ("tries", "right", "tells", "seconds", "id"):
        rows.sort(key=lambda row: getattr(row, by), reverse=down) if by == "id" else rows.sort(
            key=lambda row: _key(getattr(row, by), down)
        )
    if text := str(state.get("text") or "").strip().casefold():
        rows = [row for row in rows if text in row.id.casefold() or any(text in o for o in row.objectives)]
    return {
        "kind": "items",
        "rows": [_item(row) for row in rows],
        "state": {"by": by, "down": down, "text": str(state.get("text") or "")},
        "close": None if chosen is None else _close(tables, chosen),
        "as_of": as_of(tables),
    }


def _key(value: float | None, down: bool) -> tuple[bool, float]:
    return value is None, -(value or 0) if down else (value or 0)


def _item(row: ItemRow) -> View:
    return {
        "item": row.item, "id": row.id, "objectives": list(row.objectives), "tries": row.tries,
        "right": row.right, "able": row.able, "able_tries": row.able_tries, "unable": row.unable,
        "tells": row.tells, "seconds": row.seconds, "says": row.says,
    }  # fmt: skip


def _close(tables: Tables, number: int) -> View:
    name = str(tables.columns.words["item"][number])
    foreseen = closer.named(tables.source.course, name)
    variants = [
        {"tries": v.tries, "right": v.right / v.tries, "asked": _asked(tables, v.example)}
        for v in closer.odd_variants(tables, number)[:5]
    ]
    wrong = int(tables.counts.items[number][ITEMS.index("wrong")])
    return {
        "item": number,
        "id": name,
        "wrong": wrong,
        "mistakes": _mistakes(tables, [number], {} if foreseen is None else foreseen.says),
        "variants": variants,
        "never_picked": [] if foreseen is None else closer.never_picked(tables, number, foreseen),
        "never_triggered": [
            key.replace("-", " ")
            for key in ([] if foreseen is None else closer.never_triggered(tables, number, foreseen))
        ],
        "gone": foreseen is None,
        "few": wrong < items.ENOUGH,
    }


def _asked(tables: Tables, seq: int) -> str:
    """What a question asked, by the place of an answer to it in the log."""
    log, course = tables.source.open_log(), tables.source.course.id
    try:
        row = log.columns(course, ("learner", "item", "item_version", "seed"), after=seq - 1, most=1)[0]
        _, learner, item, version, seed = row
        for _, event in log.read(str(learner), course):
            if event.kind == "asked" and (event.item, event.item_version, event.seed) == (
                item,
                version,
                seed,
            ):
                return str(event.detail.get("prompt", ""))
    finally:
        log.close()
    return ""


def learner_view(tables: Tables, state: State) -> View:
    """One learner: every standing with its evidence, in the words that the learner sees, and the trail."""
    everybody = [
        {"learner": int(n), "name": tables.names[n]}
        for n in sorted(tables.people["learner"].tolist(), key=lambda n: tables.names[n].casefold())
    ]
    view: View = {
        "kind": "learner",
        "people": everybody if len(everybody) <= 400 else [],
        "close": None,
        "as_of": as_of(tables),
    }
    chosen = number_of(state.get("chosen"), len(tables.learners))
    if chosen is None and len(everybody) == 1:
        chosen = everybody[0]["learner"]
    if chosen is not None:
        view["close"] = _learner(tables, chosen, state)
    return view


def _learner(tables: Tables, number: int, state: State) -> View:
    source, course = tables.source, tables.source.course
    events = source.events(tables.learners[number], witnessed=False)
    fold = Fold.of(events, source.rules, course.parameters.intercept)
    only = number_of(state.get("objective"), len(tables.objectives))
    lessons = []
    for lesson in course.lessons:
        standings = []
        for objective in lesson.teaches:
            standing, rule = fold.standing(objective), source.rules[objective]
            level = standing.level_at(tables.now, rule)
            standings.append(
                {"id": tables.objectives.index(objective), "can": course.objectives[objective].can,
                 "level": int(level), "word": level.word, "why": why(standing, rule),
                 "left": left(standing, rule)}
            )  # fmt: skip
        lessons.append({"title": lesson.title, "standings": standings})
    answers = [e for e in events if e.kind == "answer"]
    if only is not None:
        answers = [e for e in answers if tables.objectives[only] in e.objectives]
    counted = _counted(events)
    pages = max(1, -(-len(answers) // TRAIL))
    page = min(max(0, int(state.get("page") or 0)), pages - 1)
    newest = answers[::-1][page * TRAIL : (page + 1) * TRAIL]
    mine = [need for need in needs.needs(tables) if need.learner == number]
    return {
        "learner": number,
        "name": tables.names[number],
        "last": ago(events[-1].at, tables.now) if events else "never",
        "needs": [{"heading": n.kind.heading, "evidence": n.evidence, "action": n.action} for n in mine],
        "lessons": lessons,
        "only": only,
        "trail": [_step(event, counted[event.id], fold) for event in newest],
        "answers": len(answers),
        "page": page,
        "pages": pages,
    }


def _counted(events: list[Event]) -> dict[str, str]:
    """For each answer, whether it counted, and if not why."""
    fold, found = Fold(), {}
    for event in events:
        variant = _variant(fold, event)
        if event.kind == "answer":
            if variant is None or not variant.touched:
                found[event.id] = "first try"
            elif variant.answers:
                found[event.id] = "another try: practice"
            else:
                found[event.id] = "after a hint: practice"
        fold.add(event)
    return found


def _variant(fold: Fold, event: Event) -> Variant | None:
    if event.item is None:
        return None
    key = event.item, event.item_version or 0, -1 if event.seed is None else event.seed
    return fold.variants.get(key)


def _step(event: Event, counted: str, fold: Fold) -> dict[str, Any]:
    variant = _variant(fold, event)
    prompt = "" if variant is None else str(variant.asked.detail.get("prompt", ""))
    return {
        "at": f"{event.at.astimezone():%d %b %Y, %H:%M}",
        "item": event.item or "",
        "asked": _short(prompt),
        "response": _short(closer.as_text(event.response)),
        "right": (event.score or 0) >= RIGHT,
        "counted": counted,
        "mistake": (event.mistake or "").replace("-", " "),
        "review": event.source == "review",
        "told": is_self_reported(event),
    }


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]} …"
