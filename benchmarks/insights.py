"""How fast the dashboard is: the first picture of a log that was read before, and any filter after it.

Makes logs (SQLite files) of so many answers, each with the question before it, by learners of 50 objectives
with five items each. Reads each once, which keeps its columns beside it; then opens it in a fresh Python, as
a notebook would: from the first import to the heat map's first page. Filters are what an instructor does
next: a name, a lesson, a level on an objective, who needs somebody, sorting by an objective. Memory is the
most that this fresh Python held.

Example: python benchmarks/insights.py --attempts 500000 1500000 5000000 --learners 10000

The last line is one JSON object: {"sizes": [{"attempts", "first_picture_s", "filter_ms", "peak_mb"}]}, with
`filter_ms` of the slowest filter (median of its rounds; `first_filter_ms`: at its first time), and beside it
CPU seconds, what reading the log for the first time took, what taking in one more sitting of one learner
takes, and the load of the machine.
"""

from __future__ import annotations

import argparse
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

import numpy as np

from courseware.insights.source import Source
from courseware.log import COLUMNS, open_log
from courseware.simulate.classroom import CLOSED, ITEMS, OPTIONS, course, item_ids

OBJECTIVES = 50
START = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
TAIL = "-0000-4000-8000-000000000000"
PROMPT = '{"prompt": "Which of these is so, and what shows that it is?"}'
FILTERS = (
    {"text": "00042"},
    {"lesson": "03-steps"},
    {"level": 1, "objective": 7},
    {"needy": True},
    {"by": 11, "down": True},
    {"text": "1", "lesson": "05-steps", "level": 3, "by": "last", "down": True},
)


def source(file: Path) -> Source:
    made = course(OBJECTIVES)
    return Source(course=made, rules=made.rules, log=file, title="Benchmark", folder=file.parent)


def rows(attempts: int, learners: int, seed: int) -> Iterator[tuple[object, ...]]:
    """Questions and answers as COLUMNS, learner by learner, in sittings; skill grows with practice."""
    chance = np.random.default_rng(seed)
    names = list(course(OBJECTIVES).objectives)
    items = [item_ids(name) for name in names]
    each = np.diff(np.linspace(0, attempts, learners + 1).astype(int))
    serial = 0
    for learner in range(learners):
        many, whose = int(each[learner]), f"00000000-0000-4000-8000-{learner:012d}"
        skill, turn = chance.normal(0.3, 0.9), np.arange(many)
        near = turn * OBJECTIVES // max(1, many) + chance.integers(-1, 2, many)
        about = near.clip(0, OBJECTIVES - 1)
        item = chance.integers(ITEMS, size=many)
        within = np.maximum(0, turn - np.searchsorted(np.sort(about), about))
        right = chance.random(many) < 1 / (1 + np.exp(-(skill + 0.2 * within - 0.6)))
        pause = chance.lognormal(3.6, 0.5, many) + np.where(turn % 16 == 0, 130_000, 0)
        at = np.datetime64(START.replace(tzinfo=None), "us") + (np.cumsum(pause) * 1e6).astype("m8[us]")
        asked, answered = (np.datetime_as_string(at + np.timedelta64(s, "s")) for s in (0, 38))
        for n in range(many):
            number, place, is_right = int(item[n]), int(about[n]), bool(right[n])
            closed = number < CLOSED
            about_it = (
                None, items[place][number], 1, n, f"{n % 40:016x}", f'["{names[place]}"]',
                "choice" if closed else "number", int(not closed), 1 / OPTIONS if closed else 0.05, 0.0,
            )  # fmt: skip
            serial += 2
            slip = None if is_right else ("slip", "mix-up", None)[n % 3]
            head = (whose, "made-up", "1")
            yield (f"{serial:08x}{TAIL}", f"{asked[n]}Z", *head, "asked", *about_it, "null",
                   None, None, "check", None, PROMPT)  # fmt: skip
            yield (f"{serial + 1:08x}{TAIL}", f"{answered[n]}Z", *head, "answer", *about_it, f'"{n % 7}"',
                   float(is_right), slip, "check", 38_000, "{}")  # fmt: skip


def write(file: Path, attempts: int, learners: int) -> None:
    """A log with these events, in the table that a log makes."""
    open_log(file).close()
    db = sqlite3.connect(file)
    db.execute("PRAGMA synchronous = OFF")
    into = f"INSERT INTO events ({', '.join(COLUMNS)}) VALUES ({', '.join('?' for _ in COLUMNS)})"
    db.executemany(into, rows(attempts, learners, seed=1))
    db.commit()
    db.close()


def look(file: Path) -> dict[str, object]:
    """In a fresh Python: the first picture, then filters. Printed as JSON."""
    began = time.perf_counter()
    import resource

    from courseware.insights.class_view import heat_view
    from courseware.insights.tables import load

    tables = load(source(file), clock=START + timedelta(days=50))
    text = json.dumps(heat_view(tables, {}))
    first, cpu = time.perf_counter() - began, time.process_time()
    assert '"rows"' in text
    took: dict[str, list[float]] = {}
    for _ in range(5):
        for state in FILTERS:
            start = time.perf_counter()
            json.dumps(heat_view(tables, state))
            took.setdefault(json.dumps(state), []).append((time.perf_counter() - start) * 1000)
    return {
        "first_picture_s": round(first, 2),
        "cpu_first_picture_s": round(cpu, 2),
        "filter_ms": round(max(median(times) for times in took.values()), 1),
        "first_filter_ms": round(max(times[0] for times in took.values()), 1),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def taken(file: Path, *, most: bool = False) -> dict[str, object]:
    """What a Python of its own finds, so that nothing is warm but files. `most`: it reads the log first."""
    what = "--read" if most else "--look"
    ran = subprocess.run(
        [sys.executable, __file__, what, str(file)], capture_output=True, text=True, check=True
    )
    found: dict[str, object] = json.loads(ran.stdout.splitlines()[-1])
    return found


def read(file: Path) -> dict[str, object]:
    import resource

    from courseware.insights.tables import load

    start, cpu = time.perf_counter(), time.process_time()
    load(source(file), clock=START + timedelta(days=50))
    return {
        "read_s": round(time.perf_counter() - start, 1),
        "cpu_read_s": round(time.process_time() - cpu, 1),
        "read_peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def more(file: Path) -> float:
    """Seconds to take in one more sitting of one learner."""
    from courseware.events import Event, new_id
    from courseware.insights.tables import load

    at = START + timedelta(days=49)
    log = open_log(file)
    log.append(
        [
            Event(
                id=new_id(), at=at + timedelta(minutes=n), learner="00000000-0000-4000-8000-000000000007",
                course="made-up", course_version="1", kind="answer", item=item_ids("step.40")[n % ITEMS],
                item_version=1, seed=10_000_000 + n, objectives=("step.40",), open=True, guess=0.05,
                difficulty=0.0, score=1.0, response=1, source="check",
            )
            for n in range(16)
        ]
    )  # fmt: skip
    log.close()
    start = time.perf_counter()
    load(source(file), clock=START + timedelta(days=50))
    return round(time.perf_counter() - start, 2)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--attempts", type=int, nargs="+", default=[500_000, 1_500_000, 5_000_000])
    parser.add_argument("--learners", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=3, help="how often the first picture is drawn")
    parser.add_argument("--folder", type=Path, help="where the logs go, and stay (default: nowhere)")
    parser.add_argument("--look", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--read", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.look or given.read:
        print(json.dumps(look(given.look) if given.look else read(given.read)))
        return
    sizes = []
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.folder or Path(temporary)
        for attempts in given.attempts:
            file = folder / f"{attempts}.sqlite"
            if not file.exists():
                print(f"writing a log of {attempts:,} answers", flush=True)
                write(file, attempts, given.learners)
            first_read = taken(file, most=True)
            looks = [taken(file) for _ in range(given.rounds)]
            size = {
                "attempts": attempts,
                **{name: median(float(str(each[name])) for each in looks) for name in looks[0]},
                **first_read,
                "one_more_sitting_s": more(file),
                "load": round(os.getloadavg()[0], 1),
            }
            sizes.append(size)
            print(json.dumps(size), flush=True)
            if not given.folder:
                for each in folder.rglob(f"{attempts}.sqlite*"):
                    each.unlink() if each.is_file() else None
    print(json.dumps({"learners": given.learners, "objectives": OBJECTIVES, "sizes": sizes}))


if __name__ == "__main__":
    main()
