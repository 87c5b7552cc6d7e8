"""Where code runs: a process kept warm, and answers that a ``%%check`` cell has already made."""

from __future__ import annotations

import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from checkers.run import Job, Made, Outcome

if TYPE_CHECKING:
    from checkers.process import Process


class Worker:
    """A Runner that keeps one process warm, so that a job costs milliseconds.

    The process starts with the first job (or with `warm`), is ended when a job reaches its limit, and a
    new one starts with the next job. Any thread may run jobs; they wait for each other.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: Process | None = None
        self._finish = weakref.finalize(self, lambda: None)

    def run(self, job: Job) -> Outcome:
        with self._lock:
            process = self._process
            if process is None or not process.alive:
                from checkers.process import Process  # most cells of a lesson run no code elsewhere

                self._replace(process)
                process = self._process = Process()
                # Also when nobody closes this worker: at exit, no process stays behind.
                self._finish = weakref.finalize(self, process.close)
            return process.run(job)

    def warm(self, given: tuple[str, ...]) -> None:
        """Start the process and run these lines in the background, if none is there; jobs wait for it."""
        if self._process is not None and self._process.alive:
            return
        job = Job(source="None", given=given)
        threading.Thread(target=self.run, args=(job,), daemon=True, name="courseware-warm").start()

    def close(self) -> None:
        """End the process. The worker can be used again: the next job starts a new one."""
        with self._lock:
            self._replace(self._process)
            self._process = None

    def _replace(self, process: Process | None) -> None:
        self._finish.detach()
        if process is not None:
            process.close()


class InKernel:
    """A Runner for a notebook's kernel: what a ``%%check`` cell made stands in for running it again.

    All else goes to `worker`. What is held is held for the thread that holds it.
    """

    def __init__(self, worker: Worker) -> None:
        self._worker = worker
        self._held = threading.local()

    @contextmanager
    def holding(self, source: str, made: Made) -> Iterator[None]:
        """Within this block, running exactly this source comes to `made`."""
        before = getattr(self._held, "cell", None)
        self._held.cell = (source, made)
        try:
            yield
        finally:
            self._held.cell = before

    def run(self, job: Job) -> Outcome:
        cell: tuple[str, Made] | None = getattr(self._held, "cell", None)
        if cell is not None and cell[0] == job.source and not job.calls:
            return Outcome(made=cell[1])
        return self._worker.run(job)

    def warm(self, given: tuple[str, ...]) -> None:
        self._worker.warm(given)

    def close(self) -> None:
        """End the worker's process; the next job starts another."""
        self._worker.close()
