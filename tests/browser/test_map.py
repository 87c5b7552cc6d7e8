"""The course map in a real JupyterLab and a real Notebook: where one is, what comes next, what is locked."""

from __future__ import annotations

import json
import secrets
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from courseware import workspace
from courseware.clock import system_clock
from courseware.course import Course, load_course
from courseware.events import new_id
from courseware.local_tutor import LocalTutor
from courseware.runner import Worker
from courseware.server import launch
from courseware.workspace import Workspace

NAME = "courseware"  # in the address of all scripts that are ours
COURSE = """
id = "sums"
version = "1.0"
title = "Sums"
[[objectives]]
id = "add.small"
can = "I can add two numbers"
[[objectives]]
id = "add.more"
can = "I can add three numbers"
needs = ["add.small"]
[[objectives]]
id = "add.most"
can = "I can add as many numbers as there are"
needs = ["add.more"]
[[lessons]]
id = "01-add"
title = "Add"
teaches = ["add.small"]
opens_when = []
[[lessons]]
id = "02-more"
title = "More"
teaches = ["add.more"]
opens_when = ["add.small"]
[[lessons]]
id = "03-most"
title = "Most"
teaches = ["add.most"]
opens_when = ["add.more"]
"""
ITEMS = """
from checkers import Number
from courseware.items import Question, item

def question(draw):
    a, b = draw.integers(10, 400), draw.integers(2, 90)
    return Question(prompt=f"What is {a} plus {b}?", answer=Number(a + b), solution="Count on.")
"""
ITEM = """
@item(objective="add.%s", version=1, hints=["Count on."])
def %s(draw, data):
    return question(draw)
"""
TARGETS = {"01-add": "small", "02-more": "more", "03-most": "most"}


def notebook(lesson: str, target: str) -> str:
    cells = [
        ("markdown", "[On to More](02-more.ipynb) and [to Most](03-most.ipynb)"),
        ("code", f'from courseware import Lesson\nlesson = Lesson("{lesson}")'),
        ("code", f'lesson.check("{target}-one")'),
        ("code", f'lesson.check("{target}-two")'),
    ]
    return json.dumps(
        {
            "cells": [
                {"cell_type": kind, "id": f"c{n}", "metadata": {}, "source": source}
                | ({"outputs": [], "execution_count": None} if kind == "code" else {})
                for n, (kind, source) in enumerate(cells)
            ],
            "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
            "nbformat": 4,
            "nbformat_minor": 5,
        }
    )


@pytest.fixture(scope="module")
def sums(tmp_path_factory: pytest.TempPathFactory) -> Course:
    folder = tmp_path_factory.mktemp("sums")
    (folder / "course.toml").write_text(COURSE, encoding="utf-8")
    for lesson, target in TARGETS.items():
        (folder / lesson).mkdir()
        text = "".join(ITEM % (target, f"{target}_{n}") for n in ("one", "two"))
        (folder / lesson / "items.py").write_text(ITEMS + text, encoding="utf-8")
        (folder / lesson / "lesson.ipynb").write_text(notebook(lesson, target), encoding="utf-8")
    return load_course(folder)


class Desk:
    """JupyterLab and Notebook on a folder in which workspaces may lie."""

    def __init__(self, home: Path, sums: Course) -> None:
        self.root = home / "root"
        self.root.mkdir()
        self.token, self.port, self.log = secrets.token_hex(8), free_port(), home / "lab.log"
        settings = workspace.create(home / "settings", sums)
        env = launch.environment(settings) | {
            "JUPYTER_TOKEN": self.token,
            "JUPYTER_CONFIG_DIR": str(home / "config"),
        }
        args = launch.command(settings, "", port=self.port, browser=False)
        args = [arg for arg in args if "root_dir" not in arg and "default_url" not in arg]
        args += [
            f"--ServerApp.root_dir={self.root}",
            "--LabApp.expose_app_in_browser=True",
            "--ServerApp.jpserver_extensions={'notebook': True}",
        ]
        with self.log.open("wb") as out:
            self.process = subprocess.Popen(args, env=env, cwd=home, stdout=out, stderr=out)
        end = time.monotonic() + 120
        while True:
            try:
                urllib.request.urlopen(self.url("api"), timeout=5).close()
                return
            except (urllib.error.URLError, OSError):
                assert self.process.poll() is None, self.log.read_text()
                assert time.monotonic() < end, self.log.read_text()
                time.sleep(0.2)

    def url(self, path: str = "lab") -> str:
        return f"http://127.0.0.1:{self.port}/{path}?token={self.token}"

    def close(self) -> None:
        self.process.terminate()
        self.process.wait(30)


@pytest.fixture(scope="module")
def desk(tmp_path_factory, sums, chromium_path, built_map) -> Iterator[Desk]:
    assert chromium_path
    assert built_map
    desk = Desk(tmp_path_factory.mktemp("desk"), sums)
    yield desk
    desk.close()


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


class Learner:
    """A workspace, and what its learner would answer; `answer` gives an answer in another process's place."""

    def __init__(self, space: Workspace) -> None:
        self.space = space
        self.name = space.path.name
        self.course = space.load_course()
        self.log = space.open_log()
        self.tutor = LocalTutor(
            self.course, self.log, space.learner, clock=system_clock(), runner=Worker(), workspace=space
        )
        self.tutor.open(None)

    def right(self, item: str) -> str:
        """The right answer to the open variant of an item."""
        self.tutor.ask(item)
        events = [event for _, event in self.log.read(self.space.learner, self.course.id)]
        asked = [e for e in events if e.kind == "asked" and e.item == item][-1]
        assert asked.seed is not None
        return str(self.course.items[item].question(asked.seed, self.course.data).right)

    def finish(self, *items: str) -> None:
        """Answer these in turn, right at the first try, until their objective is Proficient."""
        for item in items * 4:
            card = self.tutor.ask(item)
            if card.told is not None:
                card = self.tutor.another(item, card.variant, id=new_id())
            card = self.tutor.answer(item, card.variant, self.right(item), id=new_id())
            if card.standing.level >= 3:
                return
        raise AssertionError("the objective did not become Proficient")


@pytest.fixture
def learner(desk: Desk, sums: Course, request: pytest.FixtureRequest) -> Iterator[Learner]:
    learner = Learner(
        workspace.create(desk.root / f"w{abs(hash(request.node.name)) % 10**6}", sums, by_path=True)
    )
    yield learner
    learner.log.close()


class Lab:
    """One tab with JupyterLab in it."""

    def __init__(self, page: Page, desk: Desk) -> None:
        self.page, self.desk = page, desk
        self.map = page.locator(".cw-map")
        self.news = page.locator("#courseware-news")
        page.set_default_timeout(60_000)

    def open(self, path: str = "lab") -> Lab:
        self.page.goto(self.desk.url(path))
        expect(self.map).to_contain_text("Continue", timeout=60_000)
        return self

    def ready(self) -> None:
        self.page.get_by_text("| Idle").wait_for()

    def run(self, command: str, args: dict | None = None) -> None:
        self.page.evaluate(
            "([id, args]) => void jupyterapp.commands.execute(id, args)", [command, args or {}]
        )

    def run_all(self) -> None:
        self.ready()
        self.run("notebook:run-all-cells")
        self.page.wait_for_selector(".jp-NotebookPanel:not(.lm-mod-hidden) .cw-check .cw-prompt")

    def answer_right(self, learner: Learner, item: str) -> None:
        """Answer the check of an item, on a new variant if this one is answered."""
        card = self.page.locator(f'.cw-check[data-item="{item}"]')
        if card.locator(".cw-good").count():
            self.page.wait_for_timeout(500)  # a second click right after an answer is not taken
            card.get_by_role("button", name="Another like this").click()
            expect(card.locator(".cw-good")).to_have_count(0)
        card.locator("input").fill(learner.right(item))
        card.get_by_role("button", name="Check").click()
        expect(card.locator(".cw-good").first).to_be_visible()

    def shows(self, lesson: str) -> object:
        return self.map.locator(f'[data-lesson="{lesson}"]')

    def faultless(self, *selectors: str) -> None:
        """axe-core finds nothing to mend in these nodes."""
        for selector in selectors:
            assert self.page.locator(selector).count(), selector
        found = Axe().run(self.page, context={"include": [[each] for each in selectors]}).response
        told = [(each["id"], [node["html"][:200] for node in each["nodes"]]) for each in found["violations"]]
        assert told == []


@pytest.fixture
def tab(browser: Browser, desk: Desk) -> Iterator[Callable[..., Lab]]:
    """Open a tab. All tabs of a test belong to one browser; none may ask another host, or throw an error."""
    context: BrowserContext = browser.new_context(viewport={"width": 1400, "height": 1000})
    wrong: list[str] = []

    def open_one() -> Lab:
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(error.stack) if NAME in (error.stack or "") else None)
        page.on("request", lambda request: wrong.append(request.url) if elsewhere(request.url) else None)
        return Lab(page, desk)

    def elsewhere(url: str) -> bool:
        return not url.startswith((f"http://127.0.0.1:{desk.port}/", "data:", "blob:"))

    yield open_one
    context.close()
    assert wrong == []


def test_an_empty_folder_becomes_a_running_course(tab, desk) -> None:
    assert not any(desk.root.iterdir())
    lab = tab()
    lab.page.goto(desk.url())
    expect(lab.map).to_contain_text("Choose a course and press Start", timeout=60_000)
    lab.page.get_by_role("tab", name="Course map").click()
    lab.faultless(".cw-map")
    lab.map.get_by_label("Course").select_option(label="Data with pandas")
    lab.map.get_by_label("Folder").fill("first")
    lab.map.get_by_role("button", name="Start").click()
    expect(lab.page.locator(".lm-TabBar-tab.lm-mod-current", has_text="01-tables.ipynb")).to_be_visible()
    expect(lab.map.get_by_role("button", name="Continue: Tables")).to_be_visible()
    expect(lab.shows("01-tables")).to_have_attribute("aria-current", "step")
    assert (desk.root / "first" / "01-tables.ipynb").is_file()
    # Whoever is new here is offered a tour; closed, it does not come back.
    tour = lab.page.get_by_role("region", name="A short tour")
    expect(tour).to_contain_text("Step 1 of 5")
    tour.get_by_role("button", name="Close").click()
    expect(tour).to_be_hidden()
    lab.page.wait_for_timeout(1000)
    lab.page.reload()
    expect(lab.map.get_by_role("button", name="Continue: Tables")).to_be_visible(timeout=60_000)
    expect(tour).to_be_hidden()


def test_right_answers_open_the_next_lesson_in_every_tab_and_the_map_says_so(tab, learner) -> None:
    lab = tab().open(f"lab/workspaces/{learner.name}/tree/{learner.name}/01-add.ipynb")
    expect(lab.shows("01-add")).to_have_attribute("aria-current", "step")
    expect(lab.shows("02-more")).to_contain_text("Locked")
    expect(lab.shows("02-more")).to_contain_text("Opens when “I can add two numbers” is Proficient")
    lab.run_all()
    lab.faultless(".cw-map", ".cw-check", ".cw-map-status")
    other = tab().open(f"lab/workspaces/{learner.name}-2/tree/{learner.name}/01-add.ipynb")
    lab.page.bring_to_front()
    lab.page.evaluate("document.body.dataset.here = 'yes'")
    for item in ("small-one", "small-two", "small-one"):
        if (learner.space.path / "02-more.ipynb").is_file():
            break
        lab.answer_right(learner, item)
        expect(lab.shows("01-add").locator(".cw-map-objectives")).not_to_contain_text("Not started")
        expect(other.shows("01-add").locator(".cw-map-objectives")).not_to_contain_text("Not started")
    for each in (lab, other):
        expect(each.shows("02-more")).not_to_contain_text("Locked")
        expect(each.news).to_have_text("Lesson 2, More, is open now.")
        expect(each.map.locator(".cw-map-news")).to_contain_text("Lesson 2, More, is open.")
    assert lab.page.evaluate("document.body.dataset.here") == "yes", "without a reload"

    # Continue leads on from a finished lesson; the news is none any more.
    lab.map.get_by_role("button", name="Continue: More").click()
    expect(lab.page.locator(".lm-TabBar-tab.lm-mod-current", has_text="02-more.ipynb")).to_be_visible()
    expect(lab.shows("02-more")).to_have_attribute("aria-current", "step")
    expect(lab.map.locator(".cw-map-news")).to_have_count(0)
    # And in a lesson that is in front, to its next check.
    lab.run_all()
    lab.map.get_by_role("button", name="Continue: More").click()
    expect(lab.page.locator('.cw-check[data-item="more-one"] input')).to_be_focused()


def test_a_link_to_a_locked_lesson_says_why_and_leads_on(tab, learner) -> None:
    # By its address.
    lab = tab().open(f"lab/workspaces/{learner.name}/tree/{learner.name}/03-most.ipynb")
    page = lab.page.get_by_role("tabpanel", name="Most")
    expect(page).to_contain_text("Most is not open yet")
    expect(page).to_contain_text("Opens when “I can add three numbers” is Proficient")
    expect(lab.page.locator(".jp-Dialog")).to_have_count(0)
    lab.faultless(".cw-map-locked-page")
    page.get_by_role("button", name="Continue: Add").click()
    expect(lab.page.locator(".lm-TabBar-tab.lm-mod-current", has_text="01-add.ipynb")).to_be_visible()
    # By a link in a notebook.
    lab.page.get_by_role("link", name="On to More").click()
    page = lab.page.get_by_role("tabpanel", name="More")
    expect(page).to_contain_text("More is not open yet")
    expect(lab.page.locator(".jp-Dialog")).to_have_count(0)
    # On the map. Once it opens, elsewhere too, the page says so.
    lab.shows("03-most").get_by_role("button", name="Most").click()
    expect(lab.page.get_by_role("tabpanel", name="Most")).to_be_visible()
    learner.finish("small-one", "small-two")
    lab.page.evaluate("window.dispatchEvent(new Event('focus'))")
    lab.page.locator(".lm-TabBar-tab", has_text="More").first.click()
    expect(page).to_contain_text("More is open")
    page.get_by_role("button", name="Open More").click()
    expect(lab.page.locator(".lm-TabBar-tab.lm-mod-current", has_text="02-more.ipynb")).to_be_visible()


def test_the_map_by_keyboard_alone_in_the_dark_and_at_every_width(tab, learner) -> None:
    lab = tab().open(f"lab/workspaces/{learner.name}/tree/{learner.name}/01-add.ipynb")
    keys = lab.page.keyboard
    lab.ready()

    # To the map from anywhere; the tour has five steps.
    expect(lab.shows("01-add")).to_have_attribute("aria-current", "step")
    lab.page.locator(".jp-Notebook .jp-Cell").first.click()
    keys.press("Alt+Shift+M")
    expect(lab.map.get_by_role("button", name="Continue: Add")).to_be_focused()
    tour = lab.page.get_by_role("region", name="A short tour")
    lab.run("courseware:tour")
    for number in range(1, 6):
        expect(tour).to_contain_text(f"Step {number} of 5")
        expect(tour.get_by_role("button").first).to_be_focused()
        if number in (1, 5):
            lab.faultless(".cw-map")
        keys.press("Enter")
    expect(tour).to_be_hidden()

    # Through the map and into a lesson's page.
    expect(lab.map.get_by_role("button", name="Continue: Add")).to_be_focused()
    seen = []
    for _ in range(4):
        keys.press("Tab")
        seen.append(lab.page.evaluate("document.activeElement.dataset.key"))
    assert seen == ["lesson-01-add", "more-01-add", "lesson-02-more", "lesson-03-most"]
    keys.press("Enter")
    expect(lab.page.get_by_role("tabpanel", name="Most").get_by_role("button")).to_be_focused()
    keys.press("Enter")
    expect(lab.page.locator(".lm-TabBar-tab.lm-mod-current", has_text="01-add.ipynb")).to_be_visible()

    # From check to check, also out of a card's own field.
    lab.run_all()
    keys.press("Alt+Shift+N")
    expect(lab.page.locator('.cw-check[data-item="small-one"] input')).to_be_focused()
    keys.press("Alt+Shift+N")
    expect(lab.page.locator('.cw-check[data-item="small-two"] input')).to_be_focused()
    keys.press("Alt+Shift+C")
    expect(lab.page.locator('.cw-check[data-item="small-one"] input')).to_be_focused()

    # Dark, and wide and narrow.
    lab.run("apputils:change-theme", {"theme": "JupyterLab Dark"})
    expect(lab.page.locator("body")).to_have_attribute("data-jp-theme-light", "false")
    for width in (280, 400, 700):
        lab.map.evaluate("(node, width) => { node.style.width = `${width}px`; }", width)
        lab.page.wait_for_timeout(200)
        box = lab.map.evaluate("node => [node.scrollWidth, node.clientWidth]")
        assert box[0] <= box[1], (width, box)
        lab.faultless(".cw-map", ".cw-check", ".cw-map-status")


def test_it_is_a_panel_of_notebook_too(tab, learner) -> None:
    lab = tab()
    lab.page.goto(lab.desk.url(f"notebooks/{learner.name}/01-add.ipynb"))
    expect(lab.map).to_contain_text("Continue: Add", timeout=60_000)
    expect(lab.map).to_be_visible()
    expect(lab.shows("01-add")).to_have_attribute("aria-current", "step")
    lab.faultless(".cw-map")
