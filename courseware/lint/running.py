"""The rule that cells run in order: every notebook, from top to bottom, in a kernel of its own."""

from __future__ import annotations

import asyncio
import re
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from courseware import workspace
from courseware.course import Course
from courseware.lint.finding import Finding
from courseware.lint.notebook import Cell, Page

SECONDS: Final = 120
"""So long a cell may take."""
AT_ONCE: Final = 2
NO_NAME: Final = re.compile(r"name '(\w+)' is not defined")


def makes(source: str, name: str) -> bool:
    """Whether a cell gives this name a value, or defines or imports it."""
    return bool(re.search(rf"^\s*(def |class |import |from .* import .*)?\b{name}\b", source, re.MULTILINE))


@contextmanager
def preview(course: Course) -> Iterator[Path]:
    """A temporary workspace in which every lesson is open and nothing is kept."""
    with tempfile.TemporaryDirectory(prefix="courseware-lint-", ignore_cleanup_errors=True) as folder:
        path = Path(folder).resolve()
        space = workspace.create(path, course, by_path=True, preview=True)
        space.put_data(course)
        yield path


def findings(pages: Sequence[Page]) -> Iterator[list[Finding]]:
    """What stops each notebook (with its solutions), as soon as it is known; [] if nothing does."""
    if not pages:
        return
    with preview(pages[0].course) as space, ThreadPoolExecutor(AT_ONCE) as pool:
        for done in as_completed([pool.submit(_run, page, space) for page in pages]):
            yield done.result()


def _run(page: Page, space: Path) -> list[Finding]:
    import nbformat  # these take half a second, which `--quick` does without
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    home = space / page.home
    home.mkdir(exist_ok=True)
    source = (page.course.path / page.file).read_text(encoding="utf-8")
    notebook = nbformat.reads(source, as_version=4)  # type: ignore[no-untyped-call]
    client = NotebookClient(
        notebook,
        timeout=SECONDS,
        resources={"metadata": {"path": str(home)}},
        extra_arguments=["--IPKernelApp.log_level=50"],  # a kernel's warnings are not the author's
    )
    try:
        with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as loop:  # which closes what it opened
            loop.run(client.async_execute())
    except CellExecutionError as error:
        return [_stopped(page, _last(page, notebook), f"{error.ename}: {error.evalue}")]
    except (CellTimeoutError, DeadKernelError, TimeoutError) as error:
        what = f"more than {SECONDS} seconds" if isinstance(error, TimeoutError) else "the kernel died"
        return [_stopped(page, _last(page, notebook), what)]
    return []


def _last(page: Page, notebook: object) -> Cell | None:
    """The cell that stopped: the last one that the kernel began."""
    began = [
        cell
        for cell, ran in zip(page.cells, notebook["cells"], strict=True)  # type: ignore[index]
        if cell.kind == "code" and (ran.get("outputs") or ran["metadata"].get("execution"))
    ]
    return began[-1] if began else None


def _stopped(page: Page, cell: Cell | None, error: str) -> Finding:
    flat = " ".join(re.sub(r"\x1b\[[\d;]*m", "", error).split())
    name = match[1] if (match := NO_NAME.search(flat)) else None
    later = [
        other
        for other in page.cells
        if name and cell and other.number > cell.number and makes(other.source, name)
    ]
    return page.finding(
        "order",
        cell,
        flat if len(flat) <= 160 else flat[:157] + "…",
        "cells that run one after the other, from the top, in a fresh kernel",
        f"{name!r} is made in {later[0].place}: put that before this one"
        if later
        else "correct the cell, or give it the tag raises-exception if it stops on purpose",
    )
