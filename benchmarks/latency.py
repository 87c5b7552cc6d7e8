"""How long a learner waits: from the click on Check to feedback on screen, and for a lesson to be imported.

Starts JupyterLab as `courseware learn` does, and beside it once more without TCP_NODELAY on the kernel's
socket; opens both in Chromium and answers checks in turn. Each time is taken in the page: from the click
until the frame that shows the feedback is painted. Then fresh Python processes import what any
kernel with widgets needs, and a lesson beyond it.

The last line is one JSON object. Example: python benchmarks/latency.py --answers 100 --imports 9
"""

from __future__ import annotations

import argparse
import json
import os
import secrets
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from typing import Final

from playwright.sync_api import Locator, Page, TimeoutError, sync_playwright

from courseware import workspace
from courseware.course import Course, find_course, load_course
from courseware.server import launch

LESSON: Final = "01-tables"
KINDS: Final = ("choice", "number")
PATIENCE: Final = 60_000
# What any kernel with widgets imports, and then a lesson: both timed in one fresh process, so that each
# difference is taken on the same machine in the same second.
IMPORTS: Final = f"""
import time
start = time.perf_counter()
import ipykernel.kernelapp, anywidget, IPython
base = time.perf_counter()
from courseware import Lesson
Lesson("{LESSON}")
print(1000 * (base - start), 1000 * (time.perf_counter() - base))
"""

# Told apart by what changed: the feedback's place is empty on a new variant, and filled once per answer.
WATCH: Final = """
(card) => {
  const place = card.querySelector(".cw-feedback-place");
  let clicked = 0;
  card.painted = [];
  card.addEventListener("click", (event) => {
    if (event.target.closest("button[type=submit]")) clicked = performance.now();
  }, true);
  new MutationObserver(() => {
    if (!clicked || !place.querySelector(".cw-feedback")) return;
    const began = clicked;
    clicked = 0;
    requestAnimationFrame(() => {
      // A message posted in a frame's callback is delivered once that frame is painted.
      const after = new MessageChannel();
      after.port1.onmessage = () => card.painted.push(performance.now() - began);
      after.port2.postMessage(null);
    });
  }).observe(place, { childList: true, subtree: true });
}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One check on a page, and how its n-th answer is given."""

    card: Locator
    kind: str

    def answer(self, n: int) -> float:
        """Answer and check; the milliseconds from the click to the feedback painted."""
        if self.kind == "choice":
            options = self.card.locator(".cw-option")
            options.nth(n % options.count()).click()
        else:
            self.card.locator("input.cw-field").fill(str(100_000 + n))
        before = self.card.evaluate("card => card.painted.length")
        self.card.locator("button[type=submit]").click()
        self.card.page.wait_for_function(
            "([card, before]) => card.painted.length > before", arg=[self.card.element_handle(), before]
        )
        painted: float = self.card.evaluate("card => card.painted.at(-1)")
        return painted

    def another(self) -> None:
        """Ask for the next variant, and wait until it is there."""
        time.sleep(0.45)  # the page takes no second click within 400 ms of an answer
        self.card.get_by_role("button", name="Another like this").click()
        self.card.locator(".cw-feedback").wait_for(state="detached")


def write_notebook(path: Path, items: Sequence[str]) -> None:
    sources = [
        f'from courseware import Lesson\nlesson = Lesson("{LESSON}")',
        *(f'lesson.check("{item}")' for item in items),
    ]
    cells = [
        {
            "cell_type": "code",
            "id": f"cell-{n}",
            "metadata": {},
            "source": source,
            "outputs": [],
            "execution_count": None,
        }
        for n, source in enumerate(sources)
    ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = {"nbformat": 4, "nbformat_minor": 5, "metadata": {"kernelspec": kernel}, "cells": cells}
    path.write_text(json.dumps(notebook), encoding="utf-8")


def items_of_kinds(course: Course) -> list[tuple[str, str]]:
    """For each kind of control, the lesson's first item that is answered with it."""
    found: dict[str, str] = {}
    for item in course.items.values():
        if course.home(item.id).id == LESSON:
            found.setdefault(item.question(0, course.data).answer.kind, item.id)
    return [(kind, found[kind]) for kind in KINDS if kind in found]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def lab(args: Sequence[str], env: dict[str, str], url: str, log: Path) -> Iterator[None]:
    """JupyterLab, from when it answers until the block ends."""
    with log.open("wb") as out:
        server = subprocess.Popen(args, env=env, stdout=out, stderr=subprocess.STDOUT)
    try:
        for _ in range(900):  # a busy machine takes minutes
            try:
                urllib.request.urlopen(url, timeout=5).close()
                break
            except (urllib.error.URLError, OSError):
                if server.poll() is not None:
                    break
                time.sleep(0.2)
        else:
            raise SystemExit(f"JupyterLab did not answer:\n{log.read_text(errors='replace')[-3000:]}")
        if server.poll() is not None:
            raise SystemExit(f"JupyterLab stopped:\n{log.read_text(errors='replace')[-3000:]}")
        yield
    finally:
        server.terminate()
        server.wait(timeout=30)


def without_nodelay(args: Sequence[str]) -> list[str]:
    """The same server with Jupyter's own class for kernels' sockets: where one is named, it stays."""
    module = "jupyter_server.services.kernels.connection.channels"
    name = f"{module}.ZMQChannelsWebsocketConnection"
    return [*args, f"--ServerApp.kernel_websocket_connection_class={name}"]


def open_checks(page: Page, url: str, kinds: Sequence[str]) -> list[Check]:
    page.goto(url)
    page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]").first.wait_for(timeout=PATIENCE)
    cards = page.locator(".cw-check")
    for _ in range(5):  # on a busy machine JupyterLab says idle before cells can run
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        try:
            cards.nth(len(kinds) - 1).wait_for(timeout=PATIENCE / 4)
            break
        except TimeoutError:
            continue
    checks = [Check(card=cards.nth(n), kind=kind) for n, kind in enumerate(kinds)]
    for check in checks:
        check.card.locator("button[type=submit]").wait_for(timeout=PATIENCE)
        check.card.evaluate(WATCH)
    return checks


def clicks(room: Path, answers: int, chromium: str, say: Callable[[str], None]) -> dict[str, list[float]]:
    """Milliseconds per answer, with TCP_NODELAY and without, taken in turn."""
    course = load_course(find_course("pandas"))
    kinds, items = zip(*items_of_kinds(course), strict=True)
    times: dict[str, list[float]] = {"nodelay": [], "nagle": []}
    with sync_playwright() as playwright, ExitStack() as stack:
        # Each page in a browser of its own: one in the background would paint nothing.
        pages: dict[str, list[Check]] = {}
        for name in times:
            space = workspace.create(room / name, course)
            write_notebook(space.path / "latency.ipynb", items)
            port, token = free_port(), secrets.token_hex(8)
            learn = [sys.executable, "-m", "courseware", "learn", "--no-browser"]
            args = [*learn, "--port", str(port), "--dir", str(space.path)]
            env = {**os.environ, "JUPYTER_TOKEN": token}
            if name == "nagle":
                args = without_nodelay(launch.command(space, f"{LESSON}.ipynb", port=port, browser=False))
                env = {**launch.environment(space), "JUPYTER_TOKEN": token}
            base = f"http://127.0.0.1:{port}"
            say(f"starting JupyterLab ({name})")
            stack.enter_context(lab(args, env, f"{base}/api", room / f"{name}.log"))
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            stack.callback(browser.close)
            page = browser.new_page(viewport={"width": 1400, "height": 1600})
            pages[name] = open_checks(page, f"{base}/lab/tree/latency.ipynb?token={token}", kinds)
        for n, which in enumerate(islice(cycle(range(len(kinds))), answers)):
            for name, checks in pages.items():
                times[name].append(checks[which].answer(n))
                checks[which].another()
            if (n + 1) % 20 == 0:
                say(f"{n + 1} of {answers} answers")
    return times


def imports(folder: Path, runs: int) -> tuple[list[float], list[float]]:
    """Milliseconds in fresh processes: for the base, and for a lesson beyond it."""
    times = []
    for _ in range(runs + 1):
        run = subprocess.run(
            [sys.executable, "-c", IMPORTS], cwd=folder, capture_output=True, text=True, check=True
        )
        base, over = run.stdout.splitlines()[-1].split()
        times.append((float(base), float(over)))
    _, *rest = times  # the first run fills caches on disk
    return [base for base, _ in rest], [over for _, over in rest]


def spread(times: Sequence[float]) -> dict[str, float]:
    """Median, 95th percentile, least and most, in milliseconds."""
    cuts = statistics.quantiles(times, n=20, method="inclusive")
    figures = {"p50": statistics.median(times), "p95": cuts[18], "min": min(times), "max": max(times)}
    return {name: round(value, 1) for name, value in figures.items()}


def main() -> None:
    summary, _, rest = (__doc__ or "").partition("\n\n")
    parser = argparse.ArgumentParser(
        description=summary, epilog=rest, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--answers", type=int, default=100, help="answers to each server (default: 100)")
    parser.add_argument("--imports", type=int, default=9, help="fresh processes (default: 9)")
    parser.add_argument(
        "--chromium",
        default=os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome"),
        help="the browser's path (default: $CHROMIUM, or the one on PATH)",
    )
    options = parser.parse_args()
    if not options.chromium:
        parser.error("found no Chromium: name one with --chromium")
    if min(options.answers, options.imports) < 2:
        parser.error("one run has no spread: ask for at least two")

    def say(what: str) -> None:
        print(what, file=sys.stderr, flush=True)

    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        room = Path(folder)
        times = clicks(room, options.answers, options.chromium, say)
        say("importing, in fresh processes")
        base, over = imports(room / "nodelay", options.imports)
    print(
        json.dumps(
            {
                "click_to_feedback_ms": spread(times["nodelay"]),
                "import_ms_over_base": round(statistics.median(over), 1),
                "rival_without_nodelay_ms": spread(times["nagle"]),
                "import_ms_over_base_spread": spread(over),
                "import_ms_base": spread(base),
                # Far above 0 on the eve of it, the figures tell of the machine's other work.
                "load_before": round(load, 1),
                "answers": options.answers,
                "imports": options.imports,
            }
        )
    )


if __name__ == "__main__":
    main()
