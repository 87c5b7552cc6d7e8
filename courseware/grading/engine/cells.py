"""Runs a notebook's cells, one after the other, and tells what became of each."""

from __future__ import annotations

import _thread
import ast
import base64
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from courseware.grading.engine.shell import GradingShell

AGAIN: Final = 0.5
"""Seconds after which a cell that caught the end of its time is told once more."""
LONGEST: Final = 2_000
"""Characters of what an assertion says."""

Tell = Callable[[dict[str, Any]], None]


class OutOfTime(BaseException):
    """Raised in a cell whose time is up."""


def run_cells(shell: GradingShell, told: dict[str, Any], tell: Tell) -> None:
    """Run the steps of a job (Job.told) and tell of each when it begins and when it has ended."""
    budget = told["budget"]
    left = int(budget["output_bytes"])
    for number, (source, test, *_) in enumerate(told["steps"]):
        tell({"begin": number})
        most = min(int(budget["cell_output_bytes"]), left)
        ended, size = ran(shell, source, test, float(budget["cell_seconds"]), most)
        left = max(0, left - size)
        tell({"end": number, **ended})
    tell({"done": True})


def ran(
    shell: GradingShell, source: str, test: bool, seconds: float, most: int
) -> tuple[dict[str, Any], int]:
    """Run one cell; what is told of it, and the bytes of its outputs (at most `most`, and a few more)."""
    began = time.monotonic()
    with shell.keeping(most) as kept:
        ok, error, assertions = _run(shell, source, test, seconds)
        outputs = [_plain(output) for output in kept.done()]
    ended = {
        "ok": ok,
        "outputs": outputs,
        "error": None if error is None else type(error).__name__[:200],
        "says": "" if error is None else _says(error),
        "assertions": assertions,
        "seconds": round(time.monotonic() - began, 4),
    }
    return ended, sum(_size(output) for output in outputs)


def _run(
    shell: GradingShell, source: str, test: bool, seconds: float
) -> tuple[bool, BaseException | None, list[list[Any]]]:
    try:
        with limited(seconds):
            result = shell.run_cell(source, store_history=True)
            error = result.error_before_exec or result.error_in_exec
            assertions = _assertions(shell, source, error) if test else []
            return error is None and result.success, error, assertions
    except BaseException as error:  # the time was up outside of the cell's own code
        return False, error, []


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Raise OutOfTime in this thread after that many seconds."""
    over = False

    def end(*_: object) -> None:
        if not over:
            raise OutOfTime(f"this cell ran longer than {seconds:g} seconds")

    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, end)
        signal.setitimer(signal.ITIMER_REAL, seconds, AGAIN)
        try:
            yield
        finally:
            over = True
            signal.setitimer(signal.ITIMER_REAL, 0)
        return
    signal.signal(signal.SIGINT, end)
    timer = threading.Timer(seconds, _thread.interrupt_main)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        over = True
        timer.cancel()


# ---- assertions ---------------------------------------------------------------------------------------


def _assertions(shell: GradingShell, source: str, error: BaseException | None) -> list[list[Any]]:
    """Line, whether it holds, and what it says, of each statement of a test that checks something.

    Where one fails, the plain `assert` statements right below it are tried as well; what comes after
    another statement is not reached, as in any Python.
    """
    try:
        statements = ast.parse(shell.transform_cell(source)).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return [[1, False, "" if error is None else _says(error)]]
    checks = [statement for statement in statements if _checks(statement)]
    if error is None:
        return [[check.lineno, True, ""] for check in checks]
    line = _line(shell, error)
    at = next((n for n, s in enumerate(statements) if s.lineno <= line <= (s.end_lineno or s.lineno)), None)
    if at is None:
        return [[check.lineno, False, _says(error)] for check in checks]
    told: list[list[Any]] = [[s.lineno, True, ""] for s in statements[:at] if _checks(s)]
    told.append([statements[at].lineno, False, _says(error)])
    reached = True
    for statement in statements[at + 1 :]:
        reached = reached and isinstance(statement, ast.Assert)
        if reached:
            told.append([statement.lineno, *_tried(shell, statement)])
        elif _checks(statement):
            told.append([statement.lineno, False, ""])
    return told


def _checks(statement: ast.stmt) -> bool:
    for node in ast.walk(statement):
        if isinstance(node, ast.Assert | ast.Raise):
            return True
        if isinstance(node, ast.Call):
            name = str(getattr(node.func, "attr", getattr(node.func, "id", "")))
            if "assert" in name.lower():
                return True
    return False


def _tried(shell: GradingShell, statement: ast.stmt) -> tuple[bool, str]:
    code = compile(ast.Module([statement], []), "<assertion>", "exec")
    try:
        exec(code, shell.user_global_ns, shell.user_ns)
    except OutOfTime:
        raise
    except BaseException as error:
        return False, _says(error)
    return True, ""


def _line(shell: GradingShell, error: BaseException) -> int:
    """The line of the cell in which the error came up: in the first frame that is the cell's own."""
    if isinstance(error, SyntaxError) and error.__traceback__ is None:
        return error.lineno or 1
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_globals is shell.user_global_ns:
            return trace.tb_lineno
        trace = trace.tb_next
    return 0


def _says(error: BaseException) -> str:
    """An assertion's own words; of any other error its kind as well."""
    try:
        text = str(error)[:LONGEST]
    except BaseException:
        text = ""
    if isinstance(error, AssertionError | OutOfTime):
        return text
    return f"{type(error).__name__}: {text}"[:LONGEST]


# ---- outputs ------------------------------------------------------------------------------------------


def _plain(output: dict[str, Any]) -> dict[str, Any]:
    """An output with text alone in it: pictures as base64, as notebooks keep them."""
    if "data" in output:
        data = {
            str(kind): base64.b64encode(value).decode() if isinstance(value, bytes) else str(value)
            for kind, value in output["data"].items()
        }
        output = {**output, "data": data, "metadata": {}}
    return output


def _size(output: dict[str, Any]) -> int:
    if "data" in output:
        return sum(len(value) for value in output["data"].values())
    return len(output.get("text", "")) + sum(len(line) for line in output.get("traceback", ()))
