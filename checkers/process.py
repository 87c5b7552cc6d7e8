"""Code run in a process of its own, which is ended at its limit."""

from __future__ import annotations

import contextlib
import os
import pickle
import queue
import signal
import subprocess
import sys
import threading
import time
from typing import BinaryIO, Final, cast

from checkers import carry
from checkers.execute import frame, read_frame
from checkers.run import Job, Made, Outcome, Raised

START: Final = 60.0
"""Seconds within which a process has started, imported what is given and read its names."""
COMMAND: Final = (sys.executable, "-P", "-m", "checkers.execute")
ENVIRONMENT: Final = {"PYTHONHASHSEED": "0", "MPLBACKEND": "Agg"}
"""Sets in the same order every time, plots without a window."""


class _TimedOut(Exception):
    pass


class _Ended(Exception):
    pass


class Process:
    """One process that runs jobs, one after the other, until it is closed or has to be ended.

    Not for two threads at once. After `run`, `alive` says whether it can take another job.
    """

    def __init__(self) -> None:
        flags = 0
        if sys.platform == "win32":
            flags = subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP
        self._child = subprocess.Popen(
            COMMAND,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **ENVIRONMENT},
            creationflags=flags,
            start_new_session=True,  # a Ctrl-C in the terminal is not meant for it
        )
        self._came: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._listener = threading.Thread(target=self._listen, daemon=True, name="checkers-listen")
        self._listener.start()
        self._closed = False

    @property
    def alive(self) -> bool:
        return not self._closed and self._child.poll() is None

    def run(self, job: Job) -> Outcome:
        """Run a job. Raises TypeError if the job itself cannot be carried over (its names, its arguments)."""
        data = _packed(job)
        try:
            return self._run(job, data)
        except BaseException:
            self.close()  # interrupted half-way: what it says next would answer the wrong question
            raise

    def _run(self, job: Job, data: bytes) -> Outcome:
        self._send(data)
        calls: list[Made] = []
        made: Made | None = None
        try:
            self._next(START)
            end = time.monotonic() + job.total
            made = made_of(self._next(min(job.limit, job.total)))
            if made.raised is None:
                while len(calls) < len(job.calls):
                    calls.append(made_of(self._next(min(job.call_limit, end - time.monotonic()))))
            if self._next(START).get("spoiled"):
                self.close()
        except (_TimedOut, _Ended) as why:
            self.close()
            late = isinstance(why, _TimedOut)
            last = Made(timed_out=True) if late else Made(raised=Raised(type="ProcessEnded", text="ended"))
            if made is None:
                return Outcome(made=last)
            if len(calls) < len(job.calls) and made.raised is None:
                calls.append(last)
        return Outcome(made=made, calls=tuple(calls))

    def close(self) -> None:
        """End the process, whatever it does. Closing twice changes nothing."""
        if self._closed:
            return
        self._closed = True
        _end(self._child)
        self._child.wait()
        self._listener.join(timeout=2)
        for pipe in (self._child.stdin, self._child.stdout):
            with contextlib.suppress(OSError, ValueError):
                cast("BinaryIO", pipe).close()

    def _send(self, data: bytes) -> None:
        pipe = cast("BinaryIO", self._child.stdin)
        with contextlib.suppress(OSError):  # gone: then its answer is that it is gone
            pipe.write(frame(data))
            pipe.flush()

    def _listen(self) -> None:
        pipe = cast("BinaryIO", self._child.stdout)
        with contextlib.suppress(OSError, ValueError, MemoryError):
            while (data := read_frame(pipe)) is not None:
                self._came.put(data)
        self._came.put(None)

    def _next(self, within: float) -> dict[str, object]:
        try:
            data = self._came.get(timeout=max(within, 0.001))
        except queue.Empty:
            raise _TimedOut from None
        if data is None:
            raise _Ended
        try:
            return cast("dict[str, object]", carry.loads(data))
        except Exception:
            raise _Ended from None  # no frame of ours


class Subprocess:
    """A Runner that starts a process for each job: nothing to keep, nothing to close."""

    def run(self, job: Job) -> Outcome:
        process = Process()
        try:
            return process.run(job)
        finally:
            process.close()

    def warm(self, given: tuple[str, ...]) -> None:
        """Nothing is kept, so nothing can be made ready."""


def _packed(job: Job) -> bytes:
    try:
        return pickle.dumps(job, carry.PROTOCOL)
    except Exception as error:
        raise TypeError(
            f"the names and arguments of a job are carried to another process, and these cannot be: {error}; "
            "give plain data, tables, or functions that a module defines"
        ) from error


def made_of(told: dict[str, object]) -> Made:
    """What the process told of a run, with its value read by the reader that makes nothing but data."""
    output = str(told.get("output", ""))
    if raised := told.get("raised"):
        return Made(raised=_raised(raised), output=output)
    after: tuple[object, ...] | None = None
    if "after" in told:
        changed = _read(told["after"])
        after = changed if isinstance(changed, tuple) else ()
    if "value" not in told:
        strange = told.get("strange")
        return Made(strange=None if strange is None else str(strange), output=output, args_after=after)
    value = _read(told["value"])
    if isinstance(value, carry.Refused):
        return Made(strange=value.what, output=output, args_after=after)
    return Made(value=value, output=output, args_after=after)


def _raised(told: object) -> Raised:
    kind, text, line, name, near = cast("tuple[str, str, int | None, str | None, str | None]", told)
    return Raised(type=kind, text=text, line=line, name=name, near=near)


def _read(data: object) -> object:
    try:
        return carry.loads(cast("bytes", data))
    except carry.Refused as refused:
        return refused
    except BaseException as error:
        return carry.Refused(type(error).__name__)


def _end(child: subprocess.Popen[bytes]) -> None:
    """Kill the process, and what it started where the system knows process groups."""
    with contextlib.suppress(OSError):
        if sys.platform != "win32":
            os.killpg(child.pid, signal.SIGKILL)
        else:
            child.kill()
