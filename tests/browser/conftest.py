"""A real JupyterLab, started as a learner starts it, in a real Chromium."""

from __future__ import annotations

import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, TimeoutError

from courseware import workspace
from courseware.clock import system_clock
from courseware.items import Question
from courseware.local_tutor import LocalTutor
from courseware.log import Log
from courseware.runner import Worker

PATIENCE = 60_000
FRONT = ".jp-NotebookPanel:not(.lm-mod-hidden)"


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


class Lab:
    """``courseware learn`` in a folder of its own, and what its learner knows."""

    def __init__(self, folder: Path, course: str = "pandas") -> None:
        self.folder = folder
        self.course = course
        self.port = free_port()
        self.token = secrets.token_hex(8)
        self._process: subprocess.Popen[bytes] | None = None
        self._worker = Worker()

    def start(self, clock: str | None = None) -> None:
        env = {
            **os.environ,
            "JUPYTER_TOKEN": self.token,
            "JUPYTER_CONFIG_DIR": str(self.folder.parent / "config"),
        }
        if clock is not None:
            env["COURSEWARE_CLOCK"] = clock
        with (self.folder.parent / "lab.log").open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "courseware", "learn", self.course, "--dir", str(self.folder),
                 "--no-browser", "--port", str(self.port)],
                env=env, cwd=self.folder.parent, stdout=log, stderr=log,
            )  # fmt: skip
        end = time.monotonic() + 120
        while True:
            try:
                urllib.request.urlopen(f"{self.url('api')}?token={self.token}", timeout=5).close()
                return
            except (urllib.error.URLError, OSError):
                said = (self.folder.parent / "lab.log").read_text(errors="replace")
                assert self._process.poll() is None, said
                assert time.monotonic() < end, said
                time.sleep(0.2)

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(60)
            self._process = None

    def close(self) -> None:
        self.stop()
        self._worker.close()

    def url(self, path: str = "lab") -> str:
        return f"http://127.0.0.1:{self.port}/{path}"

    @contextmanager
    def tutor(self) -> Iterator[tuple[LocalTutor, Log]]:
        """A third process on the same log: what the learner's page does is seen from here."""
        space = workspace.load(self.folder)
        course, log = space.load_course(), space.open_log()
        yield LocalTutor(course, log, space.learner, clock=system_clock(), runner=self._worker), log
        log.close()

    def question(self, target: str) -> Question:
        """The open variant of a target, with its key: so that a test can answer as it wants."""
        with self.tutor() as (tutor, log):
            item = tutor.ask(target).item
            events = [event for _, event in log.read(tutor.learner, tutor.course.id)]
            seed = [e.seed for e in events if e.kind == "asked" and e.item == item][-1]
            assert seed is not None
            return tutor.course.items[item].question(seed, tutor.course.data)

    def kinds(self, item: str) -> list[str]:
        """What happened on an item so far."""
        with self.tutor() as (tutor, log):
            return [e.kind for _, e in log.read(tutor.learner, tutor.course.id) if e.item == item]


class Notebook:
    """One notebook open in JupyterLab."""

    def __init__(self, page: Page) -> None:
        self.page = page
        page.set_default_timeout(PATIENCE)

    def ready(self) -> None:
        self.page.wait_for_selector(".jp-Notebook .jp-Cell")
        # The indicator is idle before there is a kernel, too; the status bar is not.
        self.page.get_by_text("| Idle").wait_for()

    def run_all(self) -> None:
        self.page.get_by_role("menuitem", name="Run", exact=True).click()
        self.page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        indicator = FRONT + " .jp-Notebook-ExecutionIndicator[data-status={}]"
        with suppress(TimeoutError):  # a short notebook may be done before one has looked
            self.page.wait_for_selector(indicator.format("busy"), timeout=10_000)
        self.page.wait_for_selector(indicator.format("idle"))

    def show_files(self) -> None:
        """Open the side bar's file browser: at the beginning it shows the course map."""
        self.page.get_by_role("tab", name="File Browser").click()

    def save(self) -> None:
        self.page.keyboard.press("ControlOrMeta+s")
        self.page.wait_for_selector(".lm-TabBar-tab.lm-mod-current.jp-mod-dirty", state="detached")

    def reveal(self, selector: str) -> Locator:
        """Scroll to it: JupyterLab takes cells that are out of view out of the page."""
        found = self.page.locator(selector)
        scroller = self.page.locator(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-WindowedPanel-outer")
        scroller.evaluate("node => node.scrollTo(0, 0)")
        for _ in range(120):
            if found.count() and found.first.is_visible():
                found.first.scroll_into_view_if_needed()
                return found.first
            scroller.evaluate("node => node.scrollBy(0, node.clientHeight * 0.6)")
            self.page.wait_for_timeout(100)
        seen = self.page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)").inner_text()
        raise AssertionError(f"{selector} is not on this page:\n{seen}")

    def check(self, item: str) -> Locator:
        """The card of `lesson.check`."""
        return self.reveal(f'.cw-check[data-item="{item}"]:not([data-cell])')

    def cell_card(self, item: str) -> Locator:
        """The card under a %%check cell."""
        return self.reveal(f'.cw-check[data-item="{item}"][data-cell]')

    def write(self, above: str, source: str) -> None:
        """Write into the cell whose source begins with `above`, and run it."""
        cell = self.reveal(f'.jp-CodeCell:has(.cm-content :text("{above}"))')
        cell.locator(".cm-content").click()
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.insert_text(source)
        self.page.keyboard.press("Control+Enter")


@pytest.fixture
def make_lab(tmp_path: Path, chromium_path: str) -> Iterator[Callable[[str], Lab]]:
    """A lab on a course, not yet started."""
    assert chromium_path
    made = []

    def make(course: str) -> Lab:
        made.append(Lab(tmp_path / "work", course))
        return made[-1]

    yield make
    for lab in made:
        lab.close()


@pytest.fixture
def lab(tmp_path: Path, chromium_path: str) -> Iterator[Lab]:
    assert chromium_path
    lab = Lab(tmp_path / "pandas")
    lab.start()
    yield lab
    lab.close()


@pytest.fixture
def open_notebook(lab: Lab, browser: Browser) -> Iterator[Callable[[], Notebook]]:
    """Open JupyterLab as the address that `courseware learn` prints does."""
    contexts = []

    def open_it(**options) -> Notebook:
        context = browser.new_context(**({"viewport": {"width": 1400, "height": 1000}} | options))
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{lab.url('')}?token={lab.token}")
        notebook = Notebook(page)
        notebook.ready()
        return notebook

    yield open_it
    for context in contexts:
        context.close()
