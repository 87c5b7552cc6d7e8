"""How long a learner waits for what came of a task: from the click on “Hand in” to the feedback on screen.

Starts JupyterLab as `courseware learn` does, opens a lesson in Chromium, runs it, and writes into one part of
its task. Then hands in again and again, each time with that part changed: the page saves the notebook, the
engine grades it with the course's tests, and the card tells. Each time is taken in the page, from the click
until the frame that shows the new receipt is painted. The first one is told apart: the engine starts with it.

The last line is one JSON object. Example: python benchmarks/hand_in.py --hand-ins 20
"""

from __future__ import annotations

import argparse
import json
import os
import secrets
import shutil
import sys
import tempfile
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Final

from latency import LESSON, PATIENCE, free_port, lab, spread
from playwright.sync_api import Locator, Page, TimeoutError, sync_playwright

WITHIN: Final = 1500
"""Milliseconds that the 95th percentile should stay below."""
STUB: Final = "Write your code here"
MINE: Final = "# mine"
ANSWERS: Final = (f'days = pd.read_csv("data/seattle.csv")  {MINE}', f"days = None  {MINE}")
WATCH: Final = """
(progress) => {
  let clicked = 0, before = "";
  const told = () => progress.querySelector(".cw-receipt")?.innerText ?? "";
  window.handed = [];
  progress.addEventListener("click", (event) => {
    if (!event.target.closest("button")?.innerText.startsWith("Hand in")) return;
    clicked = performance.now();
    before = told();
  }, true);
  new MutationObserver(() => {
    if (!clicked || !told() || told() === before) return;
    const began = clicked;
    clicked = 0;
    requestAnimationFrame(() => {
      const frame = new MessageChannel();  // delivered when the frame has been painted
      frame.port1.onmessage = () => window.handed.push(performance.now() - began);
      frame.port2.postMessage(0);
    });
  }).observe(progress, { childList: true, subtree: true, characterData: true });
}
"""


def reveal(page: Page, selector: str) -> Locator:
    """Scroll to it: JupyterLab takes cells that are out of view out of the page."""
    found = page.locator(selector)
    scroller = page.locator(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-WindowedPanel-outer")
    scroller.evaluate("node => node.scrollTo(0, 0)")
    for _ in range(120):
        if found.count() and found.first.is_visible():
            found.first.scroll_into_view_if_needed()
            return found.first
        scroller.evaluate("node => node.scrollBy(0, node.clientHeight * 0.6)")
        page.wait_for_timeout(100)
    raise SystemExit(f"{selector} is not on the page")


def run_all(page: Page) -> None:
    page.wait_for_selector(".jp-Notebook .jp-Cell")
    page.get_by_text("| Idle").wait_for()
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    indicator = ".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Notebook-ExecutionIndicator[data-status={}]"
    with suppress(TimeoutError):
        page.wait_for_selector(indicator.format("busy"), timeout=10_000)
    page.wait_for_selector(indicator.format("idle"))


def write(page: Page, found: str, source: str) -> None:
    """Write into the cell that holds these words, and run it."""
    reveal(page, f'.jp-CodeCell:has(.cm-content :text("{found}"))').locator(".cm-content").click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text(source)
    page.keyboard.press("Control+Enter")
    page.get_by_text("| Idle").wait_for()


def measure(room: Path, many: int, chromium: str) -> list[float]:
    """Milliseconds of each hand-in, the first one first."""
    port, token = free_port(), secrets.token_hex(8)
    env = {**os.environ, "JUPYTER_TOKEN": token, "JUPYTER_CONFIG_DIR": str(room / "config")}
    env.pop("COURSEWARE_HAND_IN", None)
    learn = [sys.executable, "-m", "courseware", "learn", "pandas", "--no-browser"]
    args = [*learn, "--dir", str(room / "work"), "--port", str(port)]
    with sync_playwright() as playwright, ExitStack() as stack:
        stack.enter_context(lab(args, env, f"http://127.0.0.1:{port}/api", room / "lab.log"))
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        stack.callback(browser.close)
        page = browser.new_page(viewport={"width": 1400, "height": 1000})
        page.set_default_timeout(PATIENCE)
        page.goto(f"http://127.0.0.1:{port}/lab/tree/{LESSON}.ipynb?token={token}")
        run_all(page)
        for n in range(many + 1):
            write(page, MINE if n else STUB, ANSWERS[n % 2])
            card = reveal(page, ".cw-progress:has(.cw-task:not(:empty))")
            if n == 0:
                card.evaluate(WATCH)
            card.get_by_role("button", name="Hand in").click()
            page.wait_for_function("n => window.handed.length > n", arg=n, timeout=PATIENCE)
            print(f"handed in {n} of {many}", file=sys.stderr, flush=True)
        times: list[float] = page.evaluate("window.handed")
    return times


def main() -> None:
    summary, _, rest = (__doc__ or "").partition("\n\n")
    parser = argparse.ArgumentParser(
        description=summary, epilog=rest, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--hand-ins", type=int, default=20, help="hand-ins after the first (default: 20)")
    parser.add_argument(
        "--chromium",
        default=os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome"),
        help="the browser's path (default: $CHROMIUM, or the one on PATH)",
    )
    options = parser.parse_args()
    if not options.chromium:
        parser.error("found no Chromium: name one with --chromium")
    if options.hand_ins < 2:
        parser.error("one hand-in has no spread: ask for at least two")
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        first, *warm = measure(Path(folder), options.hand_ins, options.chromium)
    figures = spread(warm)
    told = {"hand_ins": len(warm), "hand_in_ms": figures, "first_ms": round(first, 1)}
    print(json.dumps(told | {"within_ms": WITHIN, "holds": figures["p95"] <= WITHIN, "load_before": load}))


if __name__ == "__main__":
    main()
