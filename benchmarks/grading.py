"""How long grading a class takes: `nbgrader autograde` and `courseware class grade` on the same submissions.

Both commands are run whole, one after the other in turns, each on a fresh copy of the same released class:
an assignment of eight questions (pandas and functions, 26 cells), handed in right, wrong, half done,
untouched and broken. Their gradebooks are compared score by score.

Example: python benchmarks/grading.py --submissions 100 --nbgrader-submissions 20

nbgrader grades one submission after another, so its seconds for all can be reckoned from its seconds for
some (`--nbgrader-submissions`): its start, and so much for each. `nbgrader_measured` says how many it was
given; scores are compared for those.

The last line is one JSON object. `cpu_over_bare` is the processor time of our command over that of running
the same cells in one warm IPython; `workers_2_over_1` the wall time with two workers over that with one;
`peak_mb` the memory (PSS) of all processes together; `verified` the share of tests whose verdict the
submission had no part in.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Any, Final

sys.path.insert(0, str(Path(__file__).resolve().parent))  # the corpus beside this file
from corpus.grading_assignment import CELLS, DATA, VARIANTS

NAME: Final = "week3"
EXECUTABLES: Final = Path(sys.executable).parent


def main() -> None:
    options = _options()
    with tempfile.TemporaryDirectory(prefix="bench-grading-") as folder:
        print(json.dumps(measure(Path(folder), options)))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--submissions", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=1, help="how often each command is run")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--skip-nbgrader", action="store_true", help="only ours (its figures are null then)")
    parser.add_argument(
        "--nbgrader-submissions", type=int, metavar="N", help="how many nbgrader is given (default: all)"
    )
    options = parser.parse_args()
    given = options.nbgrader_submissions or options.submissions
    options.nbgrader_submissions = 0 if options.skip_nbgrader else min(given, options.submissions)
    return options


def measure(folder: Path, options: argparse.Namespace) -> dict[str, Any]:
    released = folder / "released"
    make(released, options.submissions)
    theirs: list[float] = []
    ours: list[float] = []
    ours_one: list[float] = []
    beside: list[tuple[float, float]] = []
    cpu: list[float] = []
    peak = 0.0
    for number in range(options.rounds):
        if many := options.nbgrader_submissions:
            place = _copy(released, folder / f"theirs-{number}")
            for beyond in sorted((place / "submitted").iterdir())[many:]:
                shutil.rmtree(beyond)
            start = _timed([EXECUTABLES / "nbgrader", "autograde", "--help"], place)[0]
            took = _timed([EXECUTABLES / "nbgrader", "autograde", NAME], place)[0]
            theirs.append(start + (took - start) / many * options.submissions)
            print(f"nbgrader autograde: {took:.1f} s for {many}, {start:.1f} of it to start", file=sys.stderr)
        place = _copy(released, folder / f"ours-{number}")
        command = [EXECUTABLES / "python", "-m", "courseware", "class", "grade", NAME, "--workers"]
        wall, used, memory = _timed([*command, str(options.workers)], place)
        ours.append(wall)
        cpu.append(used)
        peak = max(peak, memory)
        print(f"courseware class grade: {wall:.1f} s, {used:.1f} s of processor", file=sys.stderr)
        place = _copy(released, folder / f"beside-{number}")
        beside.append(_timed([*command, str(options.workers), "--one-process"], place)[:2])
        print(f"with the tests beside submissions: {beside[-1][0]:.1f} s", file=sys.stderr)
        place = _copy(released, folder / f"one-{number}")
        ours_one.append(_timed([*command, "1"], place)[0])
    bare = _bare(folder / "ours-0")
    measured = {path.name for path in (folder / "theirs-0" / "submitted").glob("*")}
    differences = _differences(folder / "theirs-0", folder / "ours-0", measured)
    nbgrader = statistics.median(theirs) if theirs else None
    courseware = statistics.median(ours)
    fewer = 0 < options.nbgrader_submissions < options.submissions
    return {
        "submissions": options.submissions,
        **({"nbgrader_measured": options.nbgrader_submissions} if fewer else {}),
        "nbgrader_s": None if nbgrader is None else round(nbgrader, 2),
        "courseware_s": round(courseware, 2),
        "ratio_wall": None if nbgrader is None else round(nbgrader / courseware, 1),
        "courseware_one_process_s": round(statistics.median(wall for wall, _ in beside), 2),
        "cpu_over_one_process": round(
            statistics.median(cpu) / statistics.median(used for _, used in beside), 2
        ),
        "same_scores": all(kind in ALLOWED for *_, kind in differences) if theirs else None,
        "differences": differences,
        "workers_2_over_1": round(courseware / statistics.median(ours_one), 2),
        "cpu_over_bare": round(statistics.median(cpu) / bare, 2),
        "peak_mb": round(peak),
        "verified": _verified(folder / "ours-0"),
    }


ALLOWED: Final = {"stderr", "no output"}


def make(place: Path, many: int) -> None:
    """A class with the assignment released, and submissions of every kind in it."""
    source = place / "source" / NAME
    (source / "data").mkdir(parents=True)
    (place / "class.toml").write_text("[grading]\n")
    (place / "nbgrader_config.py").write_text("c = get_config()\nc.CourseDirectory.course_id = 'bench'\n")
    for name, text in DATA.items():
        (source / "data" / name).write_text(text)
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {"kernelspec": kernel},
        "cells": list(CELLS()),
    }
    (source / f"{NAME}.ipynb").write_text(json.dumps(notebook))
    command = [EXECUTABLES / "python", "-m", "courseware", "class", "release", NAME]
    subprocess.run(command, cwd=place, check=True, stdout=subprocess.DEVNULL)
    released = json.loads((place / "release" / NAME / f"{NAME}.ipynb").read_text())
    chance = random.Random(20)
    for number in range(many):
        student = place / "submitted" / f"s{number:04}" / NAME
        shutil.copytree(place / "release" / NAME / "data", student / "data")
        made = json.loads(json.dumps(released))
        for cell in made["cells"]:
            name = cell["metadata"].get("nbgrader", {}).get("grade_id")
            if name in VARIANTS:
                cell["source"] = _answer(name, number, chance) or cell["source"]
        (student / f"{NAME}.ipynb").write_text(json.dumps(made))


def _answer(name: str, number: int, chance: random.Random) -> str | None:
    """What one student wrote: every tenth left it as it was, four of five are right."""
    right, *wrong = VARIANTS[name]
    if number % 10 == 9:
        return None
    return right if chance.random() < 0.8 else chance.choice(wrong)


def _copy(released: Path, place: Path) -> Path:
    return Path(shutil.copytree(released, place))


def _timed(command: Sequence[Path | str], place: Path) -> tuple[float, float, float]:
    """Wall seconds, processor seconds and peak memory (MB) of a command with all its processes."""
    path = f"{EXECUTABLES}{os.pathsep}{os.environ.get('PATH', '')}"
    before = os.times()
    began = time.perf_counter()
    child = subprocess.Popen(
        [str(part) for part in command],
        cwd=place,
        env={**os.environ, "PATH": path},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    peak, over = [0.0], threading.Event()
    watch = threading.Thread(target=_watch, args=(child.pid, peak, over))
    watch.start()
    status = child.wait()
    wall = time.perf_counter() - began
    over.set()
    watch.join()
    after = os.times()
    if status:
        raise SystemExit(f"{command[0]} ended with {status} in {place}")
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return wall, used, peak[0]


def _watch(root: int, peak: list[float], over: threading.Event) -> None:
    while not over.wait(0.5):
        peak[0] = max(peak[0], sum(_pss(pid) for pid in _family(root)) / 1024)


def _family(root: int) -> Iterator[int]:
    yield root
    try:
        tasks = [int(task.name) for task in Path(f"/proc/{root}/task").iterdir()]
        for task in tasks:
            for child in Path(f"/proc/{root}/task/{task}/children").read_text().split():
                yield from _family(int(child))
    except OSError:
        return


def _pss(pid: int) -> int:
    """Kilobytes of a process: shared pages count by the share."""
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    except OSError:
        pass
    return 0


def _bare(place: Path) -> float:
    """Processor seconds of the same cells in one warm IPython, a namespace for each notebook."""
    program = f"""
import json, os, pathlib, time, warnings
import IPython.utils.capture, pandas
from IPython.core.interactiveshell import InteractiveShell
warnings.simplefilter("ignore")
shell = InteractiveShell.instance(); shell.history_manager.enabled = False
started = time.process_time()
for folder in sorted(pathlib.Path("autograded").glob("*/{NAME}")):
    os.chdir(folder)
    cells = json.loads(pathlib.Path("{NAME}.ipynb").read_text())["cells"]
    for cell in cells:
        if cell["cell_type"] == "code":
            with IPython.utils.capture.capture_output():
                shell.run_cell(cell["source"], store_history=False)
    shell.reset()
    os.chdir("../../..")
print(time.process_time() - started)
"""
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=place, capture_output=True, text=True, check=True
    )
    return float(run.stdout.split()[-1])


SCORES: Final = """
SELECT submitted_assignment.student_id, base_cell.name, grade.auto_score
FROM grade JOIN base_cell ON base_cell.id = grade.cell_id
JOIN submitted_notebook ON submitted_notebook.id = grade.notebook_id
JOIN submitted_assignment ON submitted_assignment.id = submitted_notebook.assignment_id
"""


def _scores(place: Path) -> dict[tuple[str, str], float | None]:
    with sqlite3.connect(place / "gradebook.db") as db:
        return {(student, cell): score for student, cell, score in db.execute(SCORES)}


Difference = tuple[str, str, float | None, float | None, str]
"""Student, cell, nbgrader's score, ours, and which kind of difference it is."""


def _differences(theirs: Path, ours: Path, students: AbstractSet[str]) -> list[Difference]:
    """Where the scores of these students differ."""
    if not students:
        return []
    one, other = ({k: v for k, v in _scores(place).items() if k[0] in students} for place in (theirs, ours))
    return [
        (*key, one.get(key), other.get(key), _kind(theirs, *key))
        for key in sorted(one.keys() | other.keys())
        if one.get(key) != other.get(key)
    ]


def _kind(theirs: Path, student: str, name: str) -> str:
    """Why nbgrader scored a cell as it did, by the outputs that it scored."""
    notebook = json.loads((theirs / "autograded" / student / NAME / f"{NAME}.ipynb").read_text())
    for cell in notebook["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == name:
            kinds = {output.get("name", output["output_type"]) for output in cell.get("outputs", [])}
            return (
                "stderr" if "stderr" in kinds and "error" not in kinds else "other" if kinds else "no output"
            )
    return "other"


def _verified(ours: Path) -> float:
    with sqlite3.connect(ours / "class.sqlite") as db:
        details = [
            json.loads(row[0]) for row in db.execute("SELECT detail FROM events WHERE kind = 'answer'")
        ]
    return round(sum(bool(d.get("verified")) for d in details) / len(details), 3) if details else 0.0


if __name__ == "__main__":
    main()
