"""What simulated lives say of a course and of the gate: what was told, held against what was so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

import numpy as np

from courseware.course import Course
from courseware.mastery.alarms import SPINNING
from courseware.mastery.fold import Fold
from courseware.mastery.levels import Level
from courseware.mastery.measures import Measures
from courseware.simulate.course_run import CHECKED, Life, Truth

ENOUGH: Final = 6
"""Known and so many first tries made since: then it should have been seen."""


@dataclass(slots=True, kw_only=True)
class Pair:
    """One learner and one objective, as it went.

    `tries`: first tries that it took to Proficient (None: never), the last `since_known` of them while it was
    known. `false`: not known when it became Proficient; `false_mastered` the same of Mastered. `spun`:
    variants answered in the longest search for a footing; `lost`: not known when there were SPINNING.
    """

    tries: int | None = None
    since_known: int = 0
    false: bool = False
    mastered: bool = False
    false_mastered: bool = False
    spun: int = 0
    lost: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Shares are in [0, 1], None where there was nothing to count.

    `reached`: learners who opened each lesson. `tries`: median first tries to Proficient, by objective.
    `false_mastery`: of the objectives that became Proficient by practice, how many were not known just
    then; `false_mastered` the same of Mastered. `over_practice`: first tries on an objective that was known
    already, before it was Proficient (mean). `missed`: known, ENOUGH first tries since, and not Proficient.
    `spinning_precision` and `spinning_recall`: of the wheel-spinning alarm, against not knowing at that
    point. `kept`: still known so many days after Proficient. `placed_wrong`: of what placements skipped,
    not known; `not_placed`: known at that time and not skipped, for each placement (mean).
    `calibration`: the predictor's chances against what came. `unlocks` counts lessons opened by each learner
    of a profile: median and most.
    """

    learners: int
    answers: int
    reached: Mapping[str, int]
    tries: Mapping[str, float | None]
    false_mastery: float | None
    false_mastered: float | None
    over_practice: float | None
    missed: float | None
    spinning_precision: float | None
    spinning_recall: float | None
    kept: Mapping[int, float | None]
    placed_wrong: float | None
    not_placed: float | None
    calibration: Measures | None
    unlocks: Mapping[str, tuple[float, int]]

    @property
    def unreachable(self) -> list[str]:
        """The lessons that nobody reached."""
        return [lesson for lesson, count in self.reached.items() if count == 0]


def report(course: Course, lives: Sequence[Life]) -> Report:
    """Fold each life as the tutor did, and hold it against the truth beside it. Guessers count apart:
    they learn nothing, so for them only what opened is told."""
    first = {lesson.id for lesson in course.lessons if not lesson.opens_when}
    opened = {life.learner: _opened(life) for life in lives}
    reached = {
        lesson.id: sum(lesson.id in first or lesson.id in opened[life.learner] for life in lives)
        for lesson in course.lessons
    }
    pairs: dict[str, list[Pair]] = defaultdict(list)
    chances: list[float] = []
    rights: list[bool] = []
    learning = [life for life in lives if life.profile != "guessing"]
    for life in learning:
        for objective, pair in _pairs(course, life, chances, rights).items():
            pairs[objective].append(pair)
    every = [pair for several in pairs.values() for pair in several]
    gated = [pair for pair in every if pair.tries is not None]
    alarmed = [pair for pair in every if pair.spun >= SPINNING]
    lost = [pair for pair in every if pair.lost]
    known = [pair for pair in every if pair.since_known >= ENOUGH or (pair.tries and pair.since_known)]
    unlocks = defaultdict(list)
    for life in lives:
        unlocks[life.profile].append(len(opened[life.learner]))
    placed = [life for life in learning if life.placed or life.not_placed]
    return Report(
        learners=len(lives),
        answers=sum(event.kind == "answer" for life in lives for event in life.events),
        reached=reached,
        tries={
            o: (float(median(t)) if (t := [p.tries for p in pairs[o] if p.tries is not None]) else None)
            for o in course.objectives
        },
        false_mastery=_share(gated, [pair.false for pair in gated]),
        false_mastered=_share(
            m := [pair for pair in every if pair.mastered], [pair.false_mastered for pair in m]
        ),
        over_practice=float(np.mean([pair.since_known for pair in gated])) if gated else None,
        missed=_share(known, [pair.tries is None for pair in known]),
        spinning_precision=_share(alarmed, [bool(pair.lost) for pair in alarmed]),
        spinning_recall=_share(lost, [pair.spun >= SPINNING for pair in lost]),
        kept={
            days: (
                float(np.mean(kept)) if (kept := [x for life in learning for x in life.kept[days]]) else None
            )
            for days in CHECKED
        },
        placed_wrong=_ratio(sum(p.placed_wrong for p in placed), sum(p.placed for p in placed)),
        not_placed=_ratio(sum(p.not_placed for p in placed), len(placed)),
        calibration=Measures.of(np.array(chances), np.array(rights)) if len({*rights}) == 2 else None,
        unlocks={name: (float(median(counts)), max(counts)) for name, counts in unlocks.items()},
    )


def _opened(life: Life) -> set[str]:
    return {event.lesson for event in life.events if event.kind == "unlocked" and event.lesson}


def _pairs(course: Course, life: Life, chances: list[float], rights: list[bool]) -> dict[str, Pair]:
    """Go through a life event by event; `chances` and `rights` get what the predictor said and what came."""
    truths: dict[tuple[str, str], Truth] = {(t.answer, t.objective): t for t in life.truths}
    fold = Fold(course.rules, course.parameters.intercept)
    pairs: dict[str, Pair] = defaultdict(Pair)
    for event in life.events:
        answered = event.kind == "answer"
        before = {o: fold.standing(o) for o in event.objectives} if answered else {}
        chance = fold.predictor.chance(event.objectives, event.difficulty or 0.0) if answered else 0.0
        fold.add(event)
        for objective, was in before.items():
            now, pair, truth = fold.standing(objective), pairs[objective], truths.get((event.id, objective))
            known = truth is not None and truth.known
            clean = now.clean > was.clean
            if clean and objective == event.objectives[0]:
                chances.append(chance)
                rights.append((event.score or 0) >= 1)
            if now.ever_proficient and not was.ever_proficient:
                pair.tries, pair.false = now.clean, not known
            elif not now.ever_proficient and clean:
                pair.since_known = pair.since_known + 1 if known else 0
            if now.search >= SPINNING and pair.lost is None:
                pair.lost = not known
            pair.spun = max(pair.spun, now.search)
            if pair.lost is None and now.answers >= 2 * SPINNING and not known and not now.ever_proficient:
                pair.lost = True
            if now.reached == Level.MASTERED and was.reached < Level.MASTERED:
                pair.mastered, pair.false_mastered = True, not known
    return dict(pairs)


def _share(of: Sequence[object], which: Sequence[bool]) -> float | None:
    return _ratio(sum(which), len(of))


def _ratio(part: float, whole: float) -> float | None:
    return part / whole if whole else None
