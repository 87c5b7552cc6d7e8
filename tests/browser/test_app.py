"""A learner in the app: the map, a lesson answered until the next one opens, a locked lesson's address."""

from __future__ import annotations

import itertools
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from courseware import workspace
from courseware.clock import system_clock
from courseware.events import new_id
from courseware.local_tutor import LocalTutor
from courseware.runner import Worker

PATIENCE = 90_000


@pytest.fixture
def app(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """The app as `courseware app` serves it: its address, and the workspace."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    space = tmp_path / "pandas"
    args = [sys.executable, "-m", "courseware", "app", "pandas", "--dir", str(space)]
    with (tmp_path / "app.log").open("wb") as out:
        server = subprocess.Popen(
            [*args, "--port", str(port), "--no-browser"], env=dict(os.environ), stdout=out, stderr=out
        )
    url = f"http://127.0.0.1:{port}/"
    try:
        end = time.monotonic() + 300
        while time.monotonic() < end:
            try:
                urllib.request.urlopen(url, timeout=5).close()
                break
            except (urllib.error.URLError, OSError):
                assert server.poll() is None, (tmp_path / "app.log").read_text()
                time.sleep(0.3)
        yield url, space
    finally:
        server.terminate()
        server.wait(timeout=60)


def nearly_open(space: Path) -> LocalTutor:
    """Answer right until one more right first try, to a question that is typed, opens lesson 2."""
    there = workspace.load(space)
    course = there.load_course()
    tutor = LocalTutor(
        course, there.open_log(), there.learner, clock=system_clock(), runner=Worker(), workspace=there
    )
    for objective in course.lesson("02-select").opens_when:
        items = [item.id for item in course.items_for(objective) if not _is_typed(tutor, item.id)]
        for item in itertools.cycle(items):
            if _is_one_short(tutor, objective):
                break
            card = tutor.ask(item)
            tutor.answer(item, card.variant, tutor._current(item).question.right, id=new_id())
            tutor.another(item, card.variant, id=new_id())
    return tutor


def _is_typed(tutor: LocalTutor, item: str) -> bool:
    return tutor._current(item).question.answer.kind in ("number", "text")


def _is_one_short(tutor: LocalTutor, objective: str) -> bool:
    standings = [o for lesson in tutor.progress().lessons for o in lesson.objectives]
    return next(o for o in standings if o.objective == objective).left.startswith("one more")


def test_a_lesson_is_answered_in_the_app_and_the_next_one_opens(app, browser: Browser) -> None:
    url, space = app
    page = browser.new_page(viewport={"width": 360, "height": 800})
    page.set_default_timeout(PATIENCE)
    elsewhere: list[str] = []
    page.on(
        "request",
        lambda r: elsewhere.append(r.url) if re.match(r"https?://(?!127\.0\.0\.1)", r.url) else None,
    )
    page.goto(url)
    expect(page.get_by_role("heading", name="Data with pandas")).to_be_visible()
    page.goto(f"{url}lesson/02-select")
    expect(page.get_by_role("heading", name="“Select” is not open yet")).to_be_visible()
    expect(page.get_by_text("Opens when", exact=False)).to_be_visible()
    page.goto(f"{url}lesson/no-such-lesson")
    expect(page.get_by_role("heading", name="There is no such page")).to_be_visible()

    tutor = nearly_open(space)
    page.goto(url)
    page.get_by_role("link", name=re.compile("^Continue: Tables")).click()
    cards = page.locator(".cw-check")
    expect(cards.first.locator(".cw-prompt")).not_to_be_empty(timeout=PATIENCE)
    last = page.locator(".cw-check[data-item=name-the-type]")  # the first ones are there at once
    expect(last).to_be_visible(timeout=PATIENCE)
    assert page.locator(".jp-CodeMirrorEditor, .cm-editor").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    target = _typed(tutor, page)
    card = page.locator(f".cw-check[data-item={target}]").first
    card.scroll_into_view_if_needed()
    right = tutor._current(target).question.right
    card.locator("input.cw-field").fill(str(right))
    card.get_by_role("button", name="Check").click()
    opened = card.locator(".cw-opened")
    expect(opened).to_be_visible(timeout=PATIENCE)
    opened.get_by_role("link", name="Open it").click()
    expect(page).to_have_url(f"{url}lesson/02-select", timeout=PATIENCE)
    expect(page.locator(".cw-check .cw-prompt").first).not_to_be_empty(timeout=PATIENCE)
    assert not elsewhere
    page.close()


def _typed(tutor: LocalTutor, page: Page) -> str:
    """An item on the page of the objective that opens lesson 2, which is answered by typing."""
    opens = tutor.course.lesson("02-select").opens_when[-1]
    shown = {card.get_attribute("data-item") for card in page.locator(".cw-check").all()}
    tutor.progress()
    return next(i.id for i in tutor.course.items_for(opens) if i.id in shown and _is_typed(tutor, i.id))


def test_opening_a_page_records_no_answer(app, browser: Browser) -> None:
    url, space = app
    page = browser.new_page(color_scheme="dark")
    page.set_default_timeout(PATIENCE)
    page.goto(f"{url}lesson/01-tables")
    expect(page.locator(".cw-check .cw-prompt").first).not_to_be_empty(timeout=PATIENCE)
    page.close()
    there = workspace.load(space)
    log = there.open_log()
    kinds = {event.kind for _, event in log.read(there.learner, there.course)}
    assert kinds <= {"wrote"}


def test_an_app_for_one_learner_is_not_served_to_others(tmp_path: Path) -> None:
    args = [
        sys.executable,
        "-m",
        "courseware",
        "app",
        "pandas",
        "--dir",
        str(tmp_path / "p"),
        "--host",
        "0.0.0.0",
    ]
    ran = subprocess.run(args, capture_output=True, text=True, check=False)
    assert ran.returncode == 2
    assert "--class" in ran.stderr
