"""The rows of learners who took a placement: by Fold itself, event by event."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

import numpy as np

from checkers.result import RIGHT
from courseware.events import Event
from courseware.insights.columns import NONE
from courseware.insights.derived import MICRO, PAIRS, TIMES, Table, typed
from courseware.mastery.alarms import SPINNING
from courseware.mastery.fold import Fold
from courseware.mastery.levels import Level, Standing
from courseware.rule import Rule

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def microseconds(at: datetime) -> int:
    return (at - EPOCH) // MICRO


def moment(us: int) -> datetime:
    return EPOCH + timedelta(microseconds=int(us))


def pairs(
    learner: int,
    events: Sequence[Event],
    rules: Mapping[str, Rule],
    objectives: Sequence[str],
    mistakes: Sequence[str],
) -> Table:
    """PAIRS of one learner, whose events are in the order of the fold; `mistakes` gives their places."""
    fold = Fold(rules)
    times: dict[str, dict[str, int]] = {}
    for event in events:
        before = dict(fold.standings)
        fold.add(event)
        for objective, now in fold.standings.items():
            was = before.get(objective)
            if now is not was:
                told = times.setdefault(objective, {"right": 0})
                _note(told, event, was, now)
    slips: dict[str, Counter[str]] = defaultdict(Counter)
    for event in events:
        if event.kind == "answer" and event.mistake is not None:
            for objective in event.objectives:
                slips[objective][event.mistake] += 1
    rows = list(_rows(learner, fold, times, objectives))
    for row in rows:
        most = slips[objectives[int(str(row["objective"]))]].most_common(1)
        row["slip"], row["slips"] = (mistakes.index(most[0][0]), most[0][1]) if most else (NONE, 0)
    columns = {name: np.array([row[name] for row in rows]) for name in PAIRS}
    return typed(columns, PAIRS)


def _note(told: dict[str, int], event: Event, was: Standing | None, now: Standing) -> None:
    at = microseconds(event.at)
    clean = 0 if was is None else was.clean
    if event.kind == "answer":
        told.setdefault("first_at", at)
        told["last_at"] = at
        if now.clean > clean:
            told["clean_at"] = at
            told["right"] += (event.score or 0) >= RIGHT
    if now.reached >= Level.PROFICIENT:
        if "proficient_at" not in told:
            told["proficient_at"], told["tries"] = at, now.clean
        if now.reached == Level.MASTERED:
            told.setdefault("mastered_at", at)
    if now.search < SPINNING:
        told.pop("onset", None)
    else:
        told.setdefault("onset", at)


def _rows(
    learner: int, fold: Fold, times: Mapping[str, Mapping[str, int]], objectives: Sequence[str]
) -> Iterator[dict[str, object]]:
    for number, objective in enumerate(objectives):
        if objective not in fold.standings:
            continue
        standing, told = fold.standings[objective], times[objective]
        yield {
            "learner": learner,
            "objective": number,
            "known": standing.known,
            "answers": standing.answers,
            "clean": standing.clean,
            "right": told["right"],
            "row": standing.row,
            "made_one": standing.made_one,
            "reached": int(standing.reached),
            "ever": standing.ever_proficient,
            "search": standing.search,
            "placed": standing.placed,
            **{name: told.get(name, 0) for name in TIMES},
        }
