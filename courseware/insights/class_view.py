"""What the class's panels show, as JSON: who needs somebody, the heat map, progress, pace, groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

import numpy as np

from courseware.insights import needs
from courseware.insights.needs import Kind, Need
from courseware.insights.placed import microseconds, moment
from courseware.insights.tables import Tables
from courseware.mastery.attempts import Bools, Ints
from courseware.mastery.levels import Level

View = dict[str, Any]
State = Mapping[str, Any]

ROWS: Final = 25
"""Learners on one page of the heat map."""
FIRST: Final = 6
"""Rows of each kind of need that are shown at first."""
WEEK: Final = timedelta(days=7)
MOST_WEEKS: Final = 60
WORDS: Final = tuple(level.word for level in Level)
NO_PLAN: Final = (
    'The plan is empty. Days under [plan] in class.toml, such as "02-select" = 2026-10-12, show here beside '
    "where the class is."
)


def needs_view(tables: Tables, state: State) -> View:
    """Who needs somebody now, by kind; `all` names the kinds that are shown whole."""
    found = needs.needs(tables)
    whole = state.get("all") or []
    sections = []
    for kind in Kind:
        rows = [need for need in found if need.kind == kind]
        shown = rows if kind.value in whole else rows[:FIRST]
        if rows:
            sections.append(
                {
                    "key": kind.value,
                    "heading": kind.heading,
                    "count": len(rows),
                    "rows": [_need(need, tables) for need in shown],
                }
            )
    return {
        "kind": "needs",
        "sections": sections,
        "learners": len(tables.people["learner"]),
        "as_of": as_of(tables),
    }


def _need(need: Need, tables: Tables) -> View:
    return {
        "learner": need.learner if need.learner >= 0 else None,
        "name": need.name,
        "evidence": need.evidence,
        "action": need.action,
        "since": ago(need.since, tables.now),
        "objective": need.objective,
    }


def heat_view(tables: Tables, state: State) -> View:
    """Learners × objectives, filtered, sorted, a page of it.

    `text` is looked for in names, `lesson` limits the columns, `objective` with `level` the rows; `needy`
    leaves those who need somebody. `by` is ``name``, ``held``, ``last`` or an objective's place, `down` turns
    it round.
    """
    everybody = tables.people["learner"]
    chosen = everybody[_chosen(tables, state, everybody)]
    columns = _columns(tables, state)
    order = _ordered(tables, chosen, state, columns)
    pages = max(1, -(-len(order) // ROWS))
    page = min(max(0, int(state.get("page") or 0)), pages - 1)
    here = chosen[order[page * ROWS : (page + 1) * ROWS]]
    stuck = _stuck(tables)
    last = np.zeros(len(tables.learners), dtype=np.int64)
    last[everybody] = tables.people["last_at"]
    held = (tables.levels[chosen][:, columns] >= Level.PROFICIENT).sum(axis=0).tolist()
    objectives = tables.source.course.objectives
    return {
        "kind": "heat",
        "words": WORDS,
        "columns": [
            {"id": number, "name": name, "can": objectives[name].can, "held": of}
            for number, name, of in ((n, tables.objectives[n], h) for n, h in zip(columns, held, strict=True))
        ],
        "rows": [
            {
                "learner": int(learner),
                "name": tables.names[learner],
                "levels": tables.levels[learner][columns].tolist(),
                "stuck": [bool(stuck[learner, column]) for column in columns],
                "last": ago(moment(last[learner]), tables.now),
            }
            for learner in here
        ],
        "state": {**DEFAULTS, **{key: state[key] for key in DEFAULTS if key in state}, "page": page},
        "page": page,
        "pages": pages,
        "total": len(chosen),
        "everybody": len(everybody),
        "lessons": [{"id": e.id, "title": e.title} for e in tables.source.course.lessons],
        "objectives": [{"id": n, "can": objectives[name].can} for n, name in enumerate(tables.objectives)],
        "as_of": as_of(tables),
    }


DEFAULTS: Final[Mapping[str, Any]] = {
    "text": "", "lesson": "", "objective": "", "level": "", "needy": False, "by": "name",
    "down": False, "page": 0,
}  # fmt: skip


def _chosen(tables: Tables, state: State, everybody: Ints) -> Bools:
    rows = np.ones(len(everybody), dtype=np.bool_)
    if text := str(state.get("text") or "").strip().casefold():
        rows &= np.array([text in tables.names[n].casefold() for n in everybody.tolist()], dtype=np.bool_)
    if (level := number_of(state.get("level"), len(WORDS))) is not None:
        objective = number_of(state.get("objective"), len(tables.objectives))
        columns = _columns(tables, state) if objective is None else [objective]
        rows &= (tables.levels[everybody][:, columns] == level).any(axis=1)
    if state.get("needy"):
        rows &= np.isin(everybody, needs.needy(tables))
    return rows


def _columns(tables: Tables, state: State) -> list[int]:
    lesson = next((e for e in tables.source.course.lessons if e.id == state.get("lesson")), None)
    names = tables.objectives
    return [n for n in range(len(names)) if lesson is None or names[n] in lesson.teaches]


def _ordered(tables: Tables, chosen: Ints, state: State, columns: Sequence[int]) -> Ints:
    """The order of the rows: by what is asked for, then by name."""
    names = np.array([tables.names[n].casefold() for n in chosen.tolist()], dtype=np.str_)
    by = state.get("by", "name")
    objective = number_of(by, len(tables.objectives))
    key: Ints
    if objective is not None:
        key = tables.levels[chosen, objective].astype(np.int64)
    elif by == "held":
        key = (tables.levels[chosen][:, list(columns)] >= Level.PROFICIENT).sum(axis=1)
    elif by == "last":
        last = np.zeros(len(tables.learners), dtype=np.int64)
        last[tables.people["learner"]] = tables.people["last_at"]
        key = last[chosen]
    else:
        order = np.argsort(names, kind="stable")
        return order[::-1] if state.get("down") else order
    return np.lexsort((names, -key if state.get("down") else key))


def _stuck(tables: Tables) -> Bools:
    table = np.zeros(tables.levels.shape, dtype=np.bool_)
    rows = needs.spinning(tables)
    table[tables.pairs["learner"][rows], tables.pairs["objective"][rows]] = True
    return table


def number_of(value: object, below: int) -> int | None:
    """A place that a page sent; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | str):
        return None
    try:
        number = int(value)
    except ValueError:
        return None
    return number if 0 <= number < below else None


def progress_view(tables: Tables, state: State) -> View:
    """How many objectives learners have begun, made Proficient, mastered, week by week (on average)."""
    columns = _columns(tables, state)
    pairs, many = tables.pairs, max(1, len(tables.people["learner"]))
    mine = np.isin(pairs["objective"], columns)
    first = (
        int(tables.people["first_at"].min()) if len(tables.people["learner"]) else microseconds(tables.now)
    )
    weeks = min(MOST_WEEKS, max(1, -(-(microseconds(tables.now) - first) // microseconds_of(WEEK))))
    edges = first + microseconds_of(WEEK) * np.arange(1, weeks + 1)
    series = []
    for name, column in (("Begun", "first_at"), ("Proficient", "proficient_at"), ("Mastered", "mastered_at")):
        at = np.sort(pairs[column][mine & (pairs[column] > 0)])
        series.append(
            {"name": name, "values": [round(v, 2) for v in (np.searchsorted(at, edges, "right") / many)]}
        )
    labels = [f"{moment(edge - 1):%d %b}" for edge in edges.tolist()]
    table = [
        [f"Week {n + 1}, to {label}", *(s["values"][n] for s in series)] for n, label in enumerate(labels)
    ]
    return {
        "kind": "lines",
        "title": "Objectives of each learner, on average",
        "labels": labels,
        "series": series,
        "most": len(columns),
        "lessons": [{"id": e.id, "title": e.title} for e in tables.source.course.lessons],
        "state": {"lesson": state.get("lesson") or ""},
        "table": {"head": ["Week", *(s["name"] for s in series)], "rows": table},
        "as_of": as_of(tables),
    }


def pace_view(tables: Tables, _state: State) -> View:
    """For each lesson, how many have all of it, beside the day in the plan. Nobody is named."""
    pairs, course = tables.pairs, tables.source.course
    many = len(tables.people["learner"])
    ever = np.zeros((len(tables.learners), len(tables.objectives)), dtype=np.bool_)
    ever[pairs["learner"], pairs["objective"]] = pairs["ever"]
    bars = []
    for lesson in course.lessons:
        columns = [n for n, name in enumerate(tables.objectives) if name in lesson.teaches]
        done = int(ever[:, columns].all(axis=1).sum()) if columns else 0
        begun = int((tables.levels[:, columns] > 0).any(axis=1).sum()) if columns else 0
        day = tables.source.plan.get(lesson.id)
        planned = ""
        if day is not None:
            days = (day - tables.now.date()).days
            when = "today" if days == 0 else f"{_days(abs(days))} {'ahead' if days > 0 else 'ago'}"
            planned = f"planned by {day.day} {day:%b}, {when}"
        bars.append(
            {"name": lesson.title, "share": done / max(1, many), "begun": begun / max(1, many),
             "says": f"{done} of {many} have all of it, {begun} have begun", "note": planned,
             "past": day is not None and day < tables.now.date()}
        )  # fmt: skip
    rows = [[b["name"], f"{b['share']:.0%}", f"{b['begun']:.0%}", b["note"] or "–"] for b in bars]
    return {
        "kind": "bars",
        "title": "Lessons, and how many have all of their objectives",
        "bars": bars,
        "note": "" if tables.source.plan else NO_PLAN,
        "table": {"head": ["Lesson", "Have all of it", "Have begun", "Plan"], "rows": rows},
        "as_of": as_of(tables),
    }


def groups_view(tables: Tables, _state: State) -> View:
    """Who could work on the same objective tomorrow."""
    objectives = tables.source.course.objectives

    def people(learners: Sequence[int]) -> list[View]:
        return [{"learner": learner, "name": tables.names[learner]} for learner in learners]

    return {
        "kind": "groups",
        "groups": [
            {
                "objective": group.objective,
                "can": objectives[tables.objectives[group.objective]].can,
                "people": people(group.learners),
                "explains": people(group.explains),
            }
            for group in needs.groups(tables)
        ],
        "as_of": as_of(tables),
    }


def as_of(tables: Tables) -> str:
    """“as of 12 March 2026, 14:05”, in the time of this machine."""
    here = tables.now.astimezone()
    return f"as of {here.day} {here:%B %Y, %H:%M}"


def ago(at: datetime, now: datetime) -> str:
    days = (now - at).days
    if days <= 0:
        return "today" if at.astimezone().date() == now.astimezone().date() else "yesterday"
    return "yesterday" if days == 1 else f"{days} days ago"


def microseconds_of(span: timedelta) -> int:
    return span // timedelta(microseconds=1)


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"
