"""Whether the dashboard finds who needs somebody: simulated learners take a course by the real tutor.

Some of them never learn anything (they go round in circles), some hurry, some stay away. Of each who goes
round in circles on an objective it is asked whether *needs you now* says so within three sittings of the
tenth question without three clean rights in a row; of every row at the end of each of six weeks, whether it
is so. A row about circles is false if the objective was known then, one about haste if its learner is of
another kind, one about absence if there was an event in the last fortnight, one about a last step if it takes
another number of right tries.

Example: python benchmarks/troubles.py --learners 40 --world graded

The last line is one JSON object: {"world", "learners", "answers", "spinning", "found", "rows", "false",
"by_kind"}; `by_kind` has the rows of each kind and how many of them are false.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path

from checkers.result import RIGHT
from courseware.course import Course, bundled, load_course
from courseware.events import Event
from courseware.insights import needs
from courseware.insights.needs import Kind, Need
from courseware.insights.source import Source
from courseware.insights.tables import Tables, load
from courseware.log import open_log
from courseware.mastery.alarms import ABSENT, SPINNING
from courseware.mastery.explain import tries_needed
from courseware.mastery.fold import Fold
from courseware.mastery.levels import SESSION_GAP
from courseware.simulate.course_run import Life, Study, side_by_side
from courseware.simulate.learners import PROFILES, Profile, dealt
from courseware.simulate.worlds import World

SITTINGS = 3
WEEK = timedelta(days=7)
STUCK = Profile(name="never learns", share=0.0, learns=0.0, prior=0.0, places=0.0, answers=14)


def onset(events: Sequence[Event], objective: str) -> int | None:
    """Where the tenth question on an objective was answered without three clean rights in a row."""
    touched: set[tuple[object, ...]] = set()
    row = count = 0
    for place, event in enumerate(events):
        if objective not in event.objectives:
            continue
        variant = event.item, event.seed
        if event.kind == "answer":
            if variant not in touched:
                row = row + 1 if (event.score or 0) >= RIGHT else 0
            count = 0 if row >= 3 else count + (("answered", *variant) not in touched)
            touched |= {variant, ("answered", *variant)}
            if count >= SPINNING:
                return place
        elif event.kind in ("hint", "solution"):
            touched.add(variant)
    return None


def sittings(events: Sequence[Event], after: int) -> Iterator[int]:
    """Where the sitting of an event ends, and those that come next."""
    for place in range(after, len(events)):
        if place + 1 == len(events) or events[place + 1].at - events[place].at > SESSION_GAP:
            yield place + 1


class Looked:
    """A dashboard's source in a folder, with a log of its own for each question that is asked of it."""

    def __init__(self, course: Course, folder: Path) -> None:
        self.course, self.folder = course, folder

    def at(self, name: str, events: Sequence[Event], when: timedelta | None = None) -> Tables:
        """The tables after these events too, a minute after the last of them (or so long after the first)."""
        file = self.folder / f"{name}.sqlite"
        log = open_log(file)
        log.append(events)
        log.close()
        source = Source(course=self.course, rules=self.course.rules, log=file, title=name, folder=self.folder)
        return load(source, clock=events[-1].at + (when or timedelta(minutes=1)))


def found(looked: Looked, life: Life, objective: str, began: int) -> bool:
    """Whether the learner is listed within SITTINGS of going round in circles."""
    done = 0
    for _, end in zip(range(SITTINGS), sittings(life.events, began), strict=False):
        tables = looked.at(f"{life.learner}-{objective}", life.events[done:end])
        done = end
        names = tables.objectives
        listed = [n for n in needs.needs(tables) if n.kind == Kind.SPINNING and n.objective is not None]
        if any(names[need.objective] == objective for need in listed if need.objective is not None):
            return True
    return False


def is_false(need: Need, tables: Tables, life: Life) -> bool:
    before = [event for event in life.events if event.at < tables.now]
    objective = None if need.objective is None else tables.objectives[need.objective]
    match need.kind:
        case Kind.SPINNING:
            known = {(truth.answer, truth.objective): truth.known for truth in life.truths}
            last = [e for e in before if e.kind == "answer" and objective in e.objectives][-1]
            return known.get((last.id, objective or ""), False)
        case Kind.GAMING:
            return life.profile not in ("gaming", "guessing")
        case Kind.ABSENT:
            return tables.now - before[-1].at < ABSENT
    rules = tables.source.rules
    standing = Fold.of(before, rules).standing(objective or "")
    return tries_needed(standing, rules[objective or ""]) != 1


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--course", default="pandas")
    parser.add_argument("--learners", type=int, default=200)
    parser.add_argument("--world", type=World, default=World.ALL_OR_NONE, help="all-or-none or graded")
    parser.add_argument("--sessions", type=int, default=10)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    given = parser.parse_args()
    course = load_course(bundled() / given.course, sound=True)
    stuck = max(1, given.learners // 8)
    profiles = [*dealt(given.learners - stuck, PROFILES), *[STUCK] * stuck]
    study = Study(world=given.world, seed=given.seed, sessions=given.sessions)
    lives: list[Life] = []
    for some in side_by_side(course.path, study, profiles, given.jobs):
        lives += some
        print(f"{len(lives)} of {len(profiles)} learners", flush=True)
    by_learner = {life.learner: life for life in lives}
    spun = caught = 0
    rows: Counter[str] = Counter()
    false: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        looked = Looked(course, Path(folder))
        for life in lives:
            for objective in course.objectives if life.profile == STUCK.name else ():
                if (began := onset(life.events, objective)) is not None:
                    spun += 1
                    caught += found(looked, life, objective, began)
        events = sorted((event for life in lives for event in life.events), key=lambda event: event.at)
        start = events[0].at
        for week in range(6):
            here = [e for e in events if start + week * WEEK <= e.at < start + (week + 1) * WEEK]
            if not here:
                break
            tables = looked.at("class", here, start + (week + 1) * WEEK - here[-1].at)
            for need in needs.needs(tables):
                rows[need.kind.value] += 1
                false[need.kind.value] += is_false(need, tables, by_learner[tables.learners[need.learner]])
    print(
        json.dumps(
            {
                "world": given.world.value,
                "learners": len(lives),
                "answers": sum(event.kind == "answer" for event in events),
                "spinning": spun,
                "found": caught,
                "rows": rows.total(),
                "false": false.total(),
                "by_kind": {kind: [rows[kind], false[kind]] for kind in rows},
            }
        )
    )


if __name__ == "__main__":
    main()
