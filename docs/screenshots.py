"""Pictures of the course map and of each widget, light and dark: docs/screens/*.png and docs/screens.md.

Starts JupyterLab as `courseware learn` does, in a folder that goes with it, and takes each picture from what
a learner sees there. Needs Chromium ($CHROMIUM, or one on PATH) and the course map (CONTRIBUTING.md).

Example: python docs/screenshots.py
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Final

from playwright.sync_api import Locator, Page, sync_playwright

from courseware import workspace
from courseware.course import Course, find_course, load_course

HERE: Final = Path(__file__).parent
FOLDER: Final = HERE / "screens"
COURSES: Final = ("pandas", "fractions")
"""The first one's map and progress are shown, and of each course the controls that those before lack."""
PATIENCE: Final = 120_000
WORDS: Final = {
    "choice": "One of several",
    "choices": "All that hold",
    "number": "A number",
    "text": "A word or a line",
    "code": "Code, in a field of the card",
    "ordering": "Lines to put in order",
    "matching": "Pairs",
    "fill-in": "Blanks",
    "free-text": "Own words",
    "shade": "Parts of a drawing",
    "fraction": "A fraction",
}


Pairs = list[tuple[tuple[str, str], tuple[str, str]]]
"""What a picture shows and its file: light, dark."""


def items_by_kind(course: Course) -> dict[str, str]:
    """For each kind of control that the course uses, one item that is answered with it."""
    found: dict[str, str] = {}
    for item in course.items.values():
        kind = str(item.question(0, course.data).answer.asks()["kind"])
        found.setdefault(kind, item.id)
    return found


def notebook(lesson: str, items: dict[str, str]) -> str:
    sources = [
        f'from courseware import Lesson\nlesson = Lesson("{lesson}")',
        *(f'lesson.check("{item}")' for item in items.values()),
        "lesson.progress()",
    ]
    cells = [
        {"cell_type": "code", "id": f"c{n}", "metadata": {}, "source": text, "outputs": []}
        | {"execution_count": None}
        for n, text in enumerate(sources)
    ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return json.dumps(
        {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    )


def shoot(what: Locator, name: str, theme: str) -> str:
    """Keep a picture of it; its file's name."""
    what.scroll_into_view_if_needed()
    file = FOLDER / f"{name}-{theme}.png"
    what.screenshot(path=file, animations="disabled")
    return file.name


def pictures(page: Page, items: dict[str, str], whole: bool, theme: str) -> list[tuple[str, str]]:
    """Take all pictures in one theme: what each shows, and its file. `whole`: map and progress as well."""
    taken = [("The course map", shoot(page.locator(".cw-map"), "map", theme))] if whole else []
    scroller = page.locator(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-WindowedPanel-outer")
    wanted = [
        (WORDS.get(kind, kind.capitalize()), kind, f'.cw-check[data-item="{item}"]')
        for kind, item in items.items()
    ]
    if whole:
        wanted.append(("The progress", "progress", ".cw-progress"))
    for words, name, selector in wanted:
        card = page.locator(selector)
        scroller.evaluate("node => node.scrollTo(0, 0)")
        for _ in range(60):
            if card.count() and card.first.is_visible():
                break
            scroller.evaluate("node => node.scrollBy(0, node.clientHeight * 0.5)")
            page.wait_for_timeout(100)
        taken.append((words, shoot(card.first, name, theme)))
    return taken


def write_page(taken: Pairs) -> None:
    rows = [
        f"## {words}\n\n| light | dark |\n| --- | --- |\n"
        f"| ![{words}, light](screens/{one}) | ![{words}, dark](screens/{other}) |\n"
        for (words, one), (_, other) in taken
    ]
    first = "# How it looks\n\nMade by `python docs/screenshots.py` from a running JupyterLab.\n"
    (HERE / "screens.md").write_text("\n".join([first, *rows]), encoding="utf-8")


def in_both_themes(chromium: str, course: Course, items: dict[str, str], whole: bool) -> Pairs:
    """Start JupyterLab on a course, and take its pictures, light and dark."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as room:
        space = workspace.create(Path(room) / course.id, course)
        text = notebook(course.lessons[0].id, items)
        (space.path / "screens.ipynb").write_text(text, encoding="utf-8")
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            port = s.getsockname()[1]
        token = secrets.token_hex(8)
        settings = Path(room) / "settings"
        env = {
            **os.environ,
            "JUPYTER_TOKEN": token,
            "JUPYTER_CONFIG_DIR": str(Path(room) / "config"),
            "JUPYTERLAB_SETTINGS_DIR": str(settings),
        }
        learn = [sys.executable, "-m", "courseware", "learn", "--no-browser", "--port", str(port)]
        with (Path(room) / "lab.log").open("wb") as log:
            lab = subprocess.Popen([*learn, "--dir", str(space.path)], env=env, stdout=log, stderr=log)
        try:
            wait_for(f"http://127.0.0.1:{port}/api", lab, Path(room) / "lab.log")
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
                page = browser.new_page(viewport={"width": 1280, "height": 1400})
                page.set_default_timeout(PATIENCE)
                page.goto(f"http://127.0.0.1:{port}/lab/tree/screens.ipynb?token={token}")
                page.get_by_text("| Idle").wait_for()
                page.get_by_role("button", name="Close", exact=True).click()  # the tour
                page.get_by_role("menuitem", name="Run", exact=True).click()
                page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
                page.locator(".cw-check .cw-prompt").first.wait_for()
                light = pictures(page, items, whole, "light")
                page.keyboard.press("ControlOrMeta+s")
                page.locator(".lm-TabBar-tab.lm-mod-current.jp-mod-dirty").wait_for(state="detached")
                theme = settings / "@jupyterlab" / "apputils-extension" / "themes.jupyterlab-settings"
                theme.parent.mkdir(parents=True, exist_ok=True)
                theme.write_text('{"theme": "JupyterLab Dark"}', encoding="utf-8")
                page.reload()
                page.locator('body[data-jp-theme-light="false"]').wait_for(state="attached")
                page.get_by_text("| Idle").wait_for()
                page.locator(".cw-check .cw-prompt").first.wait_for()
                dark = pictures(page, items, whole, "dark")
                browser.close()
        finally:
            lab.terminate()
            lab.wait(60)
    return list(zip(light, dark, strict=True))


def main() -> None:
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if not chromium:
        raise SystemExit("found no Chromium: name one with CHROMIUM=…")
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir()
    taken: Pairs = []
    seen: set[str] = set()
    for name in COURSES:
        course = load_course(find_course(name))
        items = {kind: item for kind, item in items_by_kind(course).items() if kind not in seen}
        taken += in_both_themes(chromium, course, items, whole=not seen)
        seen |= items.keys()
    write_page(taken)
    size = sum(file.stat().st_size for file in FOLDER.iterdir()) // 1000
    print(f"{2 * len(taken)} pictures in {FOLDER}, {size} kB")


def wait_for(url: str, lab: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + 180
    while True:
        try:
            urllib.request.urlopen(url, timeout=5).close()
            return
        except (urllib.error.URLError, OSError):
            if lab.poll() is not None or time.monotonic() > end:
                raise SystemExit(
                    f"JupyterLab did not answer:\n{log.read_text(errors='replace')[-3000:]}"
                ) from None
            time.sleep(0.2)


if __name__ == "__main__":
    main()
