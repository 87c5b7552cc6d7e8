"""Runs jobs, some at a time, each in a process of its own, and holds them to their time and output."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Iterable, Iterator
from typing import Any, Final, TypeVar

from courseware.grading.engine.job import Assertion, End, Job, Run, StepRun
from courseware.grading.engine.launch import Child, EngineError, Late, Launcher

GRACE: Final = 1.5
"""Seconds that a cell gets past its limit, to end by itself."""
READY: Final = 20.0
"""Seconds within which the first cell of a notebook has begun."""
KINDS: Final = frozenset(
    {"text/plain", "text/html", "text/markdown", "text/latex", "image/png", "image/jpeg", "image/svg+xml"}
)
"""Outputs that are kept: what a page can show without running anything."""
MOST_ASSERTIONS: Final = 1_000

Key = TypeVar("Key")


def run_all(
    launcher: Launcher, jobs: Iterable[tuple[Key, Job | None]], workers: int
) -> Iterator[tuple[Key, Run]]:
    """Run jobs, as many at once as there are workers; what came of each as soon as it is there.

    Jobs are taken as they are needed; for None nothing is run. Raises EngineError if nothing can be run;
    closing the iterator ends what is still running.
    """
    waiting, stop = iter(jobs), threading.Event()
    done: queue.SimpleQueue[tuple[Key, Run] | BaseException | None] = queue.SimpleQueue()
    turn = threading.Lock()

    def work(slot: int) -> None:
        try:
            while not stop.is_set():
                with turn:
                    taken = next(waiting, None)
                if taken is None:
                    break
                key, job = taken
                ran = Run(steps={}, end="finished") if job is None else run_one(launcher, slot, job, stop)
                done.put((key, ran))
        except BaseException as error:
            done.put(error)
        finally:
            done.put(None)

    threads = [threading.Thread(target=work, args=(slot,), daemon=True) for slot in range(workers)]
    for thread in threads:
        thread.start()
    left = workers
    try:
        while left:
            came = done.get()
            if came is None:
                left -= 1
            elif isinstance(came, BaseException):
                raise came
            else:
                yield came
    finally:
        stop.set()
        for thread in threads:
            thread.join(GRACE + 10)


def run_one(launcher: Launcher, slot: int, job: Job, stop: threading.Event | None = None) -> Run:
    """Run one job in one process, which is ended whatever happens."""
    began = time.monotonic()
    child = launcher.start(slot, pair=job.profile is not None)
    steps: dict[int, StepRun] = {}
    learned: dict[str, tuple[str, ...]] = {}
    try:
        child.send(job.told())
        end, why = _follow(child, job, steps, learned, stop or threading.Event())
    finally:
        status = child.end()
    if end == "ended" and status == -9:
        end = "memory"  # nobody here killed it: the system did
    seconds = round(time.monotonic() - began, 4)
    return Run(steps=steps, end=end, why=why, seconds=seconds, apart=job.profile is not None, learned=learned)


def _follow(
    child: Child,
    job: Job,
    steps: dict[int, StepRun],
    learned: dict[str, tuple[str, ...]],
    stop: threading.Event,
) -> tuple[End, str]:
    """Read what the process tells until it is done, or has to be ended."""
    budget = job.budget
    whole = time.monotonic() + READY + budget.notebook_seconds
    now_running: int | None = None
    limit = time.monotonic() + READY
    left = 4 * budget.output_bytes + 1_000_000
    while True:
        try:
            frame = _next(child, min(limit, whole), left, stop)
        except Late:
            return ("time" if now_running is not None or steps else "started"), ""
        except ValueError:
            return "output", ""
        if frame is None:
            return "ended", ""
        if "refused" in frame:
            return "started", str(frame["refused"])[:500]
        if "done" in frame:
            found = frame.get("learned") or {}
            learned.update({cell: tuple(keys) for cell, keys in found.items()} if job.profile else {})
            return "finished", ""
        if "lost" in frame:
            return ("time" if frame["lost"] == "time" else "ended"), ""
        if "begin" in frame:
            if not steps and now_running is None:
                whole = time.monotonic() + budget.notebook_seconds
            now_running, limit = _number(frame["begin"]), time.monotonic() + budget.cell_seconds + GRACE
        elif now_running is None or _number(frame.get("end")) != now_running:
            return "ended", ""  # no word of ours: somebody else writes there
        else:
            step, size = _step(frame, pair=job.profile is not None)
            left -= size
            if left < 0:
                return "output", ""
            steps[now_running] = step
            now_running, limit = None, time.monotonic() + READY


def _next(child: Child, until: float, most: int, stop: threading.Event) -> dict[str, Any] | None:
    """The next frame, in pieces of a second, so that a Ctrl-C need not wait for a slow cell."""
    if stop.is_set():
        raise EngineError("stopped")
    return child.next(until - time.monotonic(), most)


def _number(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else -1


def _step(frame: dict[str, Any], *, pair: bool) -> tuple[StepRun, int]:
    """What was told of one cell, taken apart field by field: it comes from where submissions run."""
    outputs, size = [], 0
    given = frame.get("outputs")
    for output in given if isinstance(given, list) else []:
        kept = _output(output)
        if kept is not None:
            outputs.append(kept)
            size += _size(kept)
    told = frame.get("assertions")
    assertions = tuple(
        Assertion(line=each[0], holds=each[1] is True, says=str(each[2])[:2_000])
        for each in (told if isinstance(told, list) else [])[:MOST_ASSERTIONS]
        if isinstance(each, list) and len(each) == 3 and isinstance(each[0], int)
    )
    error = frame.get("error")
    step = StepRun(
        ok=frame.get("ok") is True and error is None,
        outputs=tuple(outputs),
        error=None if error is None else str(error)[:200],
        says=str(frame.get("says", ""))[:2_000],
        assertions=assertions,
        seconds=float(seconds) if isinstance(seconds := frame.get("seconds"), int | float) else 0.0,
        verified=pair and frame.get("verified") is True,
        leaned=pair and frame.get("leaned") is True,
    )
    return step, size


def _output(output: object) -> dict[str, Any] | None:
    """One output in nbformat's form, with nothing in it but text; None if it is of no known kind."""
    if not isinstance(output, dict):
        return None
    kind = output.get("output_type")
    if kind == "stream":
        name = "stderr" if output.get("name") == "stderr" else "stdout"
        return {"output_type": "stream", "name": name, "text": str(output.get("text", ""))}
    if kind == "error":
        lines = output.get("traceback")
        traceback = [str(line) for line in lines] if isinstance(lines, list) else []
        name, value = str(output.get("ename", ""))[:200], str(output.get("evalue", ""))[:10_000]
        return {"output_type": "error", "ename": name, "evalue": value, "traceback": traceback}
    if kind in ("display_data", "execute_result"):
        data = output.get("data")
        kept = (
            {k: v for k, v in data.items() if k in KINDS and isinstance(v, str)}
            if isinstance(data, dict)
            else {}
        )
        more = {"execution_count": None} if kind == "execute_result" else {}
        return {"output_type": kind, "data": kept, "metadata": {}, **more}
    return None


def _size(output: dict[str, Any]) -> int:
    if "data" in output:
        return sum(len(value) for value in output["data"].values())
    return len(output.get("text", "")) + sum(map(len, output.get("traceback", ())))
