"""An instructor at the dashboard: sorts, filters, opens a learner, an item and a picture's table."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect
from typer.testing import CliRunner

from courseware.cli import app
from courseware.course import load_course
from courseware.events import Event, new_id
from courseware.grading import class_folder
from courseware.grading.roster import Person, write
from courseware.insights.source import find
from courseware.mastery.explain import why
from courseware.mastery.fold import Fold

PATIENCE = 120_000
COURSE = """
id = "tiny"
version = "1.0"
title = "Tiny"

[[objectives]]
id = "sum.add"
can = "I can add two numbers"

[[objectives]]
id = "sum.half"
can = "I can halve a number"
needs = ["sum.add"]

[[lessons]]
id = "01-sums"
title = "Sums"
teaches = ["sum.add", "sum.half"]
opens_when = []
"""
ITEMS = """
from checkers import Choice, Number
from courseware.items import Mistake, Question, item


def asked(objective, name):
    def make(draw, data):
        a = draw.integers(2, 40)
        return Question(
            prompt="What is {a} + 2?", values={"a": a}, answer=Number(a + 2), solution="Two more.",
            mistakes=[
                Mistake("minus-for-plus", a - 2, says="You took `2` away. Plus puts it on top."),
                Mistake("never-made", a * 2, says="That is twice {a}."),
            ],
        )
    make.__name__ = name
    return item(objective=objective, version=1, hints=["Count on.", "Two more."])(make)


add_a, add_b, add_c = (asked("sum.add", f"add_{x}") for x in "abc")
half_a, half_b = (asked("sum.half", f"half_{x}") for x in "ab")
"""
SCRIPT = "<img src=x onerror=\"document.title='taken over'\">"
NAMES = ["Ada", "Ben", "Cleo", "Dan", "Eve", "Finn"]


def events_of(number: int, learner: str) -> Iterator[Event]:
    """The first learner goes round in circles, with the same mistake; the others get further and further."""
    at = datetime.now(UTC) - timedelta(days=3)
    for n in range(14):
        half = number > 2 and n > 8
        item = ["half-a", "half-b"][n % 2] if half else ["add-a", "add-b", "add-c"][n % 3]
        right = number > 0 and n % (number + 1) != 0
        about = {
            "learner": learner, "course": "tiny", "course_version": "1.0", "item": item, "item_version": 1,
            "seed": n, "objectives": ("sum.half",) if half else ("sum.add",), "open": True, "guess": 0.05,
            "difficulty": 0.0, "source": "check", "lesson": "01-sums",
        }  # fmt: skip
        at += timedelta(minutes=3)
        yield Event(id=new_id(), at=at, kind="asked", detail={"prompt": "What is **7** + 2?"}, **about)
        at += timedelta(seconds=40)
        yield Event(
            id=new_id(), at=at, kind="answer", score=float(right), response=9 if right else SCRIPT,
            mistake=None if right else "minus-for-plus", duration_ms=40_000, **about,
        )  # fmt: skip


@pytest.fixture(scope="module")
def autumn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("insights")
    course = folder / "tiny"
    (course / "01-sums").mkdir(parents=True)
    (course / "course.toml").write_text(COURSE, encoding="utf-8")
    (course / "01-sums" / "items.py").write_text(ITEMS, encoding="utf-8")
    notebook = '{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}'
    (course / "01-sums" / "lesson.ipynb").write_text(notebook, encoding="utf-8")
    where = class_folder.create(folder / "autumn", load_course(course, sound=True), by_path=True)
    people = [
        Person(student=name.lower(), first_name=name, learner=f"00000000-0000-4000-8000-{n:012d}")
        for n, name in enumerate(NAMES)
    ]
    write(where.roster, people)
    log = where.open_log()
    log.append([e for n, person in enumerate(people) for e in events_of(n, person.learner)])
    log.close()
    return where.path


@pytest.fixture(scope="module")
def address(autumn: Path) -> Iterator[str]:
    """The address that `courseware insights` prints."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    out = autumn.parent / "insights.log"
    args = [sys.executable, "-m", "courseware", "insights", "--class", str(autumn), "--no-browser"]
    with out.open("wb") as file:
        server = subprocess.Popen(
            [*args, "--port", str(port)], stdout=file, stderr=file, env=dict(os.environ)
        )
    try:
        for _ in range(600):
            if found := re.search(r"http://127\.0\.0\.1:\d+/\?token=\S+", out.read_text()):
                break
            assert server.poll() is None, out.read_text()
            time.sleep(0.2)
        else:
            pytest.fail(out.read_text())
        yield found[0]
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=60)


@pytest.fixture(scope="module")
def context(browser: Browser, address: str) -> Iterator[tuple[BrowserContext, Page, list[str]]]:
    """The browser that was let in, on the dashboard; and the requests that went to other hosts."""
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    page, elsewhere = context.new_page(), []
    page.set_default_timeout(PATIENCE)
    page.on(
        "request",
        lambda r: elsewhere.append(r.url) if re.match(r"(http|ws)s?://(?!127\.0\.0\.1)", r.url) else None,
    )
    page.goto(address)
    expect(page.locator("[data-panel=learner] .cwi-field")).to_be_visible(timeout=PATIENCE)
    yield context, page, elsewhere
    context.close()


@pytest.fixture
def page(context: tuple[BrowserContext, Page, list[str]]) -> Page:
    return context[1]


def names(page: Page) -> list[str]:
    return page.locator("[data-panel=heat_map] tbody th").all_inner_texts()


def heat(page: Page):
    return page.locator("[data-panel=heat_map]")


def test_who_goes_round_in_circles_comes_first_with_evidence_and_what_to_do(page: Page) -> None:
    first = page.locator("[data-panel=needs] section").first
    expect(first.get_by_role("heading")).to_contain_text("Going round in circles")
    row = first.get_by_role("listitem").first
    expect(row).to_contain_text("Ada")
    expect(row).to_contain_text("14 questions on “I can add two numbers”")
    expect(row).to_contain_text("14 times “minus for plus”")
    expect(row.locator(".cwi-action")).not_to_be_empty()


def test_the_heat_map_sorts_and_filters(page: Page) -> None:
    assert names(page) == NAMES
    heat(page).get_by_role("button", name="Learner", exact=True).click()
    expect(heat(page).locator("tbody th").first).to_have_text("Finn")
    heat(page).get_by_role("button", name="Learner", exact=True).click()
    expect(heat(page).locator("tbody th").first).to_have_text("Ada")
    heat(page).get_by_role("button", name="sum.half", exact=True).click()
    expect(heat(page).locator("th[aria-sort=ascending]")).to_contain_text("sum.half")
    heat(page).get_by_role("button", name="sum.half", exact=True).click()
    expect(heat(page).locator("th[aria-sort=descending]")).to_contain_text("sum.half")
    heat(page).get_by_label("Name").fill("e")
    expect(heat(page).locator("tbody tr")).to_have_count(3)
    assert set(names(page)) == {"Ben", "Cleo", "Eve"}
    expect(heat(page).locator(".cwi-told")).to_have_text("3 of 6 learners")
    heat(page).get_by_label("Name").fill("")
    heat(page).get_by_label("Only who needs you").check()
    expect(heat(page).locator("tbody th").first).to_have_text("Ada")
    expect(heat(page).locator("tbody tr")).not_to_have_count(6)
    heat(page).get_by_label("Only who needs you").uncheck()
    expect(heat(page).locator("tbody tr")).to_have_count(6)


def test_levels_can_be_read_as_words(page: Page) -> None:
    expect(heat(page).locator("table.cwi-words")).to_have_count(0)
    heat(page).get_by_label("Levels as words").check()
    expect(heat(page).locator("table.cwi-words td .cwi-word").first).to_be_visible()
    heat(page).get_by_label("Levels as words").uncheck()


def test_a_name_opens_the_learner_with_the_evidence_that_the_learner_sees(page: Page, autumn: Path) -> None:
    page.locator("[data-panel=needs]").get_by_role("button", name="Ada").first.click()
    close = page.locator("[data-panel=learner] .cwi-close")
    expect(close.get_by_role("heading", name="Ada")).to_be_in_viewport(timeout=PATIENCE)
    source = find(classroom=autumn)
    fold = Fold.of(source.events(source.find_learner("ada"), witnessed=False), source.rules)
    expect(close).to_contain_text(why(fold.standing("sum.add"), source.rules["sum.add"]))
    expect(close.locator(".cwi-trail > li")).to_have_count(14)
    close.get_by_role("button", name="Show the answers behind it").first.click()
    expect(close.get_by_role("heading", name=re.compile("answers behind it"))).to_be_visible()


def test_what_learners_wrote_is_shown_as_text_and_runs_nothing(page: Page) -> None:
    expect(page.locator("[data-panel=learner] .cwi-response").filter(has_text=SCRIPT).first).to_be_visible()
    assert page.locator("[data-panel] img").count() == 0
    assert page.title() != "taken over"


def test_an_objective_tells_what_goes_wrong_with_what_was_written_and_what_helped(page: Page) -> None:
    objectives = page.locator("[data-panel=objectives]")
    objectives.get_by_role("button", name="I can add two numbers").click()
    close = objectives.locator(".cwi-close")
    expect(close).to_contain_text("minus for plus", timeout=PATIENCE)
    expect(close).to_contain_text("You took 2 away")
    expect(close).to_contain_text("right at the next attempt")
    expect(close.locator(".cwi-response").first).to_have_text(SCRIPT)


def test_an_item_opens_with_the_mistakes_that_nobody_made(page: Page) -> None:
    items = page.locator("[data-panel=items]")
    items.locator("tbody").get_by_role("button", name="add-a").click()
    expect(items.locator(".cwi-close")).to_contain_text("never made", timeout=PATIENCE)
    items.get_by_role("button", name="Right", exact=True).click()
    expect(items.locator("th[aria-sort=ascending]")).to_contain_text("Right")


def test_the_table_behind_a_picture_is_one_click_away(page: Page) -> None:
    for kind, head in (("progress", "Mastered"), ("pace", "Have all of it"), ("items", "Tells apart")):
        figure = page.locator(f"[data-panel={kind}] figure")
        figure.get_by_role("button", name="Show the table").click()
        expect(figure.get_by_role("columnheader", name=head)).to_be_visible()
        figure.get_by_role("button", name="Show the picture").click()
        expect(figure.get_by_role("table")).to_have_count(0)
    slider = page.get_by_role("slider")
    slider.focus()
    slider.press("Home")
    expect(page.locator("[data-panel=progress] .cwi-readout")).to_contain_text("Week 1")


@pytest.mark.parametrize(("theme", "width"), [("light", 1400), ("dark", 400)])
def test_nothing_keeps_people_out_in_either_theme_at_either_width(
    context: tuple[BrowserContext, Page, list[str]], theme: str, width: int
) -> None:
    page = context[1]
    page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
    dark = theme == "dark"
    page.evaluate(
        "dark => { document.body.classList.toggle('theme-dark', dark); document.body.classList.toggle("
        "'theme-light', !dark); document.body.dataset.jpThemeLight = String(!dark); }",
        dark,
    )
    page.set_viewport_size({"width": width, "height": 900})
    page.wait_for_timeout(300)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    found = Axe().run(page).response["violations"]
    assert not found, [(v["id"], [n["html"][:200] for n in v["nodes"][:3]]) for v in found]
    if to := os.environ.get("COURSEWARE_SCREENSHOTS"):
        page.screenshot(path=f"{to}/insights-{theme}-{width}.png", full_page=True)


def test_no_other_host_was_asked(context: tuple[BrowserContext, Page, list[str]]) -> None:
    assert context[2] == []


def test_the_address_lets_nobody_in_a_second_time(context: object, address: str) -> None:  # noqa: ARG001
    for url in (address, address.partition("?")[0], f"{address.partition('?')[0]}api/kernels/x"):
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(url, timeout=30)
        assert refused.value.code in (403, 404)
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(address, timeout=30)
    assert "lets nobody in any more" in refused.value.read().decode()


def test_the_command_prints_what_the_dashboard_says_first(autumn: Path) -> None:
    ran = CliRunner().invoke(app, ["insights", "--class", str(autumn), "--json"])
    told = json.loads(ran.stdout)
    assert told["learners"] == 6
    assert told["needs"][0]["name"] == "Ada"
    assert told["needs"][0]["objective"] == "sum.add"
    assert {item["id"] for item in told["items"]} >= {"add-a", "half-b"}


def test_what_came_in_meanwhile_shows_after_refresh(page: Page, autumn: Path) -> None:
    where = class_folder.load(autumn)
    log = where.open_log()
    log.append(list(events_of(2, "00000000-0000-4000-8000-000000000099")))
    log.close()
    page.set_viewport_size({"width": 1400, "height": 900})
    heat(page).get_by_label("Name").fill("learner")
    expect(heat(page).locator("tbody tr")).to_have_count(0)
    heat(page).get_by_role("button", name="Refresh").click()
    expect(heat(page).locator("tbody th")).to_have_text("learner 00000000")
