"""A Runner whose code runs where submissions run: for answers that came from elsewhere."""

from __future__ import annotations

import base64
import pickle
import queue
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from checkers import carry
from checkers.process import made_of
from checkers.run import Job, Made, Outcome, Raised
from courseware.grading.engine.job import Budget, Step
from courseware.grading.engine.job import Job as Notebook
from courseware.grading.engine.launch import Launcher
from courseware.grading.engine.pool import run_one

SOURCE: Final = """\
import base64, pickle, sys
from checkers import carry, execute
told, out = [], sys.stdout
execute.serve(pickle.loads(base64.b64decode({job!r})), lambda frame: told.append(carry.dumps(frame)))
print(*(base64.b64encode(frame).decode() for frame in told), file=out)
"""
"""Runs in the sandbox: the job is ours, what it tells is read by the reader that makes nothing but data."""
MOST: Final = 4_000_000
SPARE: Final = 3.0
"""Seconds beyond a job's own limit, to import what it uses."""


class Sandboxed:
    """Runs each job in a process of its own behind the machine's layers. `files` lie in its folder.

    Any thread may run jobs: `at_once` of them run at the same time, others wait for their turn.
    """

    def __init__(self, launcher: Launcher, files: Mapping[str, Path], *, at_once: int = 1) -> None:
        self._launcher = launcher
        self._files = {name: str(path) for name, path in files.items()}
        self._slots: queue.SimpleQueue[int] = queue.SimpleQueue()
        for slot in range(at_once):
            self._slots.put(slot)

    def run(self, job: Job) -> Outcome:
        data = base64.b64encode(pickle.dumps(replace(job, folder=None), carry.PROTOCOL)).decode()
        seconds = job.total + SPARE
        budget = Budget(
            cell_seconds=seconds, notebook_seconds=seconds, output_bytes=MOST, cell_output_bytes=MOST
        )
        step = Step(source=SOURCE.format(job=data))
        slot = self._slots.get()
        try:
            run = run_one(self._launcher, slot, Notebook(steps=(step,), files=self._files, budget=budget))
        finally:
            self._slots.put(slot)
        if run.end == "time":
            return Outcome(made=Made(timed_out=True))
        done = run.steps.get(0)
        text = "" if done is None else "".join(str(o.get("text", "")) for o in done.outputs)
        try:
            told = [carry.loads(base64.b64decode(word, validate=True)) for word in text.split()]
            made = [made_of(frame) for frame in told if isinstance(frame, dict) and frame.get("is") == "made"]
        except Exception:  # what code from elsewhere wrote in between
            made = []
        if not made:
            return Outcome(made=Made(raised=Raised(type="ProcessEnded", text="ended")))
        return Outcome(made=made[0], calls=tuple(made[1:]))

    def warm(self, given: tuple[str, ...]) -> None:
        """The engine is warm."""
