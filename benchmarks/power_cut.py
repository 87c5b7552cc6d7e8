"""What a power cut costs: `courseware class grade` ended by kill -9 at random moments, over and over.

Two copies of one class: one is graded undisturbed, the other is killed as often as asked for, at random
moments (after some submissions more, and then some time), and then graded to the end. Gradebooks, logs and
graded folders are compared.

The last line is one JSON object; `equal` says whether nothing differs.

Example: python benchmarks/power_cut.py --submissions 50 --kills 20
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from grading import EXECUTABLES, NAME, SCORES, make

from courseware.grading import roster

LOGGED: Final = "SELECT id, learner, item, score, at, objectives FROM events ORDER BY id"
WAITS: Final = """
SELECT s.student_id, c.name, g.auto_score, g.manual_score, g.needs_manual_grade, n.flagged
FROM grade g JOIN base_cell c ON c.id = g.cell_id JOIN submitted_notebook n ON n.id = g.notebook_id
JOIN submitted_assignment s ON s.id = n.assignment_id ORDER BY 1, 2
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--submissions", type=int, default=50)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=4)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-power-cut-") as folder:
        print(json.dumps(measure(Path(folder), options)))


def measure(folder: Path, options: argparse.Namespace) -> dict[str, Any]:
    cut, calm = folder / "cut", folder / "calm"
    make(cut, options.submissions)
    students = sorted(path.name for path in (cut / "submitted").iterdir())
    roster.learners(cut / roster.FILE, students)  # the same learners in both, so that logs can be compared
    shutil.copytree(cut, calm)  # with the times of the files, by which hand-ins are dated
    began = time.monotonic()
    if _start(calm).wait():
        raise SystemExit("the undisturbed run failed")
    whole = time.monotonic() - began
    chance, killed, moments = random.Random(options.seed), 0, []
    while killed < options.kills:
        if (done := _done(cut)) == options.submissions:  # begin again, over what is there already
            for mark in (cut / "autograded").glob(f"*/{NAME}/.graded.json"):
                mark.unlink()
            done = 0
        wanted = done + chance.randrange(max(1, (options.submissions - done) // 3))
        child, began = _start(cut), time.monotonic()
        while _done(cut) < wanted and child.poll() is None:
            time.sleep(0.01)
        with suppress(subprocess.TimeoutExpired):
            child.wait(chance.uniform(0, 0.3) * whole)
        if child.poll() is None:
            child.send_signal(signal.SIGKILL)
            killed += 1
            moments.append(round(time.monotonic() - began, 2))
        child.wait()
        print(f"killed {killed} times, {_done(cut)} of {options.submissions} graded", file=sys.stderr)
    status = _start(cut).wait()
    same = {
        "gradebook": _rows(cut, "gradebook.db", WAITS) == _rows(calm, "gradebook.db", WAITS),
        "scores": _rows(cut, "gradebook.db", SCORES) == _rows(calm, "gradebook.db", SCORES),
        "log": _rows(cut, "class.sqlite", LOGGED) == _rows(calm, "class.sqlite", LOGGED),
        "folders": _folders(cut) == _folders(calm),
        "sound": _rows(cut, "gradebook.db", "PRAGMA integrity_check") == [("ok",)],
    }
    return {
        "submissions": options.submissions,
        "killed": killed,
        "undisturbed_s": round(whole, 2),
        "moments_s": moments,
        **same,
        "equal": status == 0 and all(same.values()),
    }


def _start(folder: Path) -> subprocess.Popen[bytes]:
    command = [EXECUTABLES / "python", "-m", "courseware", "class", "grade", NAME, "--workers", "2"]
    return subprocess.Popen(
        [str(part) for part in command], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def _done(folder: Path) -> int:
    return len(list((folder / "autograded").glob(f"*/{NAME}/.graded.json")))


def _rows(folder: Path, name: str, query: str) -> list[tuple[Any, ...]]:
    with sqlite3.connect(folder / name) as db:
        return sorted(db.execute(query).fetchall(), key=repr)


def _folders(folder: Path) -> dict[str, str]:
    """All graded files by name, hidden ones and what a run left half-way too; times are no difference."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted((folder / "autograded").rglob("*"))
        if path.is_file()
    }


if __name__ == "__main__":
    main()
