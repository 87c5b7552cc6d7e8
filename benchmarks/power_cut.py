"""What a power cut costs: `courseware class grade` ended by kill -9 at random moments, over and over.

Two copies of one class: one is graded undisturbed, the other is killed as often as asked for, at moments
spread over a whole run, and then graded to the end. Gradebooks, logs and graded folders are compared.

The last line is one JSON object; `equal` says whether nothing differs. Example:
python benchmarks/power_cut.py --submissions 50 --kills 20
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
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
    subprocess.run(["cp", "-r", str(cut), str(calm)], check=True)
    began = time.monotonic()
    if _start(calm).wait():
        raise SystemExit("the undisturbed run failed")
    whole = time.monotonic() - began
    chance, killed, moments = random.Random(options.seed), 0, []
    for _ in range(options.kills):
        after = chance.uniform(0.1, 0.95) * whole
        child = _start(cut)
        try:
            child.wait(after)
        except subprocess.TimeoutExpired:
            child.send_signal(signal.SIGKILL)
            killed += 1
            moments.append(round(after, 2))
        child.wait()
        if killed == options.kills // 2:  # done by now, perhaps: begin again with half of the graded folders
            for mark in sorted((cut / "autograded").glob(f"*/{NAME}/.graded.json"))[::2]:
                mark.unlink()
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
