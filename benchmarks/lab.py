"""What the course map costs: JupyterLab interactive with it and without, its size, and how soon it follows.

Starts JupyterLab as `courseware learn` does, and beside it once more with the map turned off; loads both in
Chromium in turn and takes, in the page, the time from the navigation's start until the launcher is there and
the splash is gone. Then answers a check again and again: from the click on Check to the frame in which the
map shows what follows.

The last line is one JSON object. Example: python benchmarks/lab.py --loads 15 --answers 60
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import secrets
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from jupyter_core.paths import jupyter_path
from latency import PATIENCE, free_port, items_of_kinds, lab, open_checks, spread, write_notebook
from playwright.sync_api import Browser, Page, sync_playwright

from courseware import workspace
from courseware.course import find_course, load_course
from courseware.server import launch
from courseware.workspace import Workspace

NAME: Final = "courseware-map"
INTERACTIVE: Final = """
(() => {
  const look = () => {
    const there = document.querySelector(".jp-LauncherCard") && !document.getElementById("jupyterlab-splash");
    if (there) window.interactive = performance.now();
    else requestAnimationFrame(look);
  };
  look();
})()
"""
FOLLOW: Final = """
(card) => {
  const map = document.querySelector(".cw-map-body");
  let clicked = 0;
  window.followed = [];
  card.addEventListener("click", (event) => {
    if (event.target.closest("button[type=submit]")) clicked = performance.now();
  }, true);
  new MutationObserver(() => {
    if (!clicked) return;
    const began = clicked;
    clicked = 0;
    requestAnimationFrame(() => {
      const frame = new MessageChannel();  // delivered when the frame has been painted
      frame.port1.onmessage = () => window.followed.push(performance.now() - began);
      frame.port2.postMessage(0);
    });
  }).observe(map, { childList: true, subtree: true });
}
"""


def folder_of_map() -> Path:
    places = [launch.BUILT / "labextensions", *(Path(each) for each in jupyter_path("labextensions"))]
    for place in places:
        if (place / NAME / "package.json").is_file():
            return place / NAME
    raise SystemExit("the course map is not built: python extension/bundle.py")


def kilobytes(folder: Path) -> float:
    """What a browser fetches of the map, gzipped."""
    return sum(len(gzip.compress(file.read_bytes(), 9)) for file in folder.glob("static/*.js")) / 1000


def serve(stack: ExitStack, room: Path, name: str, space: Workspace, *, with_map: bool) -> str:
    """Start JupyterLab on a workspace; its address, with a place for the path."""
    port, token = free_port(), secrets.token_hex(8)
    args = launch.command(space, "", port=port, browser=False)
    env = {
        **launch.environment(space),
        "JUPYTER_TOKEN": token,
        "JUPYTER_CONFIG_DIR": str(room / f"{name}-config"),
    }
    if not with_map:
        page = space.home / "jupyter" / "labconfig" / "page_config.json"
        told = json.loads(page.read_text(encoding="utf-8"))
        told["disabledExtensions"][NAME] = True
        page.write_text(json.dumps(told), encoding="utf-8")
    stack.enter_context(lab(args, env, f"http://127.0.0.1:{port}/api", room / f"{name}.log"))
    return f"http://127.0.0.1:{port}/%s?token={token}"


def interactive(browser: Browser, url: str) -> float:
    """Load JupyterLab in a new tab: milliseconds until one can begin."""
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    page.add_init_script(INTERACTIVE)
    page.goto(url)
    page.wait_for_function("window.interactive", timeout=PATIENCE)
    took: float = page.evaluate("window.interactive")
    page.close()
    return took


def follow(page: Page, url: str, answers: int, items: Sequence[tuple[str, str]]) -> list[float]:
    """Milliseconds from each answer's click until the map shows it."""
    (check,) = open_checks(page, url, [kind for kind, _ in items])
    page.locator(".cw-map-body .cw-map-lessons").wait_for(timeout=PATIENCE)
    check.card.evaluate(FOLLOW)
    for n in range(answers):
        check.answer(n)
        page.wait_for_function("n => window.followed.length > n", arg=n, timeout=PATIENCE)
        check.another()
        time.sleep(0.2)
    times: list[float] = page.evaluate("window.followed")
    return times


def measure(
    room: Path, loads: int, answers: int, chromium: str, say: Callable[[str], None]
) -> dict[str, object]:
    course = load_course(find_course("pandas"))
    times: dict[str, list[float]] = {"with": [], "without": []}
    items = [each for each in items_of_kinds(course) if each[0] == "number"][:1]
    with sync_playwright() as playwright, ExitStack() as stack:
        urls = {}
        for name in times:
            say(f"starting JupyterLab ({name} the map)")
            space = workspace.create(room / name, course)
            write_notebook(space.path / "map.ipynb", [item for _, item in items])
            urls[name] = serve(stack, room, name, space, with_map=name == "with")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        stack.callback(browser.close)
        for n in range(loads + 1):
            for name, url in urls.items():
                took = interactive(browser, url % "lab/tree")
                if n:  # the first one fills the browser's and the server's caches
                    times[name].append(took)
            say(f"loaded {n} of {loads}")
        page = browser.new_page(viewport={"width": 1400, "height": 1600})
        followed = follow(page, urls["with"] % "lab/tree/map.ipynb", answers, items)
    pairs = [one - other for one, other in zip(times["with"], times["without"], strict=True)]
    return {
        "added_tti_ms": round(statistics.median(times["with"]) - statistics.median(times["without"]), 1),
        "bundle_gz_kb": round(kilobytes(folder_of_map()), 1),
        "map_update_ms": spread(followed),
        "added_tti_ms_in_pairs": spread(pairs),
        "tti_ms_with": spread(times["with"]),
        "rival_tti_ms_without": spread(times["without"]),
    }


def main() -> None:
    summary, _, rest = (__doc__ or "").partition("\n\n")
    parser = argparse.ArgumentParser(
        description=summary, epilog=rest, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--loads", type=int, default=15, help="loads of each JupyterLab (default: 15)")
    parser.add_argument("--answers", type=int, default=60, help="answers that the map follows (default: 60)")
    parser.add_argument(
        "--chromium",
        default=os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome"),
        help="the browser's path (default: $CHROMIUM, or the one on PATH)",
    )
    options = parser.parse_args()
    if not options.chromium:
        parser.error("found no Chromium: name one with --chromium")
    if min(options.loads, options.answers) < 2:
        parser.error("one run has no spread: ask for at least two")

    def say(what: str) -> None:
        print(what, file=sys.stderr, flush=True)

    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        figures = measure(Path(folder), options.loads, options.answers, options.chromium, say)
    # Far above 0 on the eve of it, the figures tell of the machine's other work.
    more = {"load_before": round(load, 1), "loads": options.loads, "answers": options.answers}
    print(json.dumps(figures | more))


if __name__ == "__main__":
    main()
