"""What mastery learning is for, on a page: skipping what is known, coming back to it, another way in."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Locator, TimeoutError, expect

from courseware import workspace
from courseware.course import load_course
from courseware.events import new_id
from courseware.local_tutor import LocalTutor
from courseware.runner import Worker

START = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
DOUBLE = 500
"""Milliseconds; a click sooner after an answer is taken for the second half of a double one."""
OBJECTIVES = ("add", "double", "halve")
ITEMS = """
from checkers import Number
from courseware.items import Mistake, Question, item


@item(objective="sums.{0}", version=1, hints=["Count.", "1 and 1 make 2. Now yours."])
def {0}_one(draw, data):
    a = 2 * draw.integers(50, 4000)
    return Question(
        prompt="{1} of {{a}}?", values={{"a": a}}, answer=Number({2}), solution="{{a}}, step by step.",
        mistakes=[Mistake("other-way", {2} + 1, says="That is one too many. Count the last step again.")],
    )


@item(objective="sums.{0}", version=1, hints=["Count.", "1 and 1 make 2. Now yours."])
def {0}_two(draw, data):
    a = 2 * draw.integers(50, 4000)
    return Question(
        prompt="Take {{a}}. {1}?", values={{"a": a}}, answer=Number({2}), solution="{{a}}, step by step.",
        mistakes=[Mistake("other-way", {2} + 1, says="That is one too many. Count the last step again.")],
    )
"""
TOLD = {"add": ("Three on top", "a + 3"), "double": ("The double", "a * 2"), "halve": ("The half", "a // 2")}


def cells(*sources: str) -> str:
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return json.dumps(
        {
            "nbformat": 4, "nbformat_minor": 5, "metadata": {"kernelspec": kernel},
            "cells": [
                {"cell_type": "code", "id": f"c{n}", "metadata": {}, "source": source, "outputs": [],
                 "execution_count": None}
                for n, source in enumerate(sources)
            ],
        }
    )  # fmt: skip


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course of three lessons, each with one objective that builds on the one before."""
    folder = tmp_path / "sums-course"
    toml = 'id = "sums"\nversion = "1.0"\ntitle = "Sums"\n'
    before: list[str] = []
    for name in OBJECTIVES:
        needs = f"needs = {json.dumps(before[-1:])}\n"
        toml += f'[[objectives]]\nid = "sums.{name}"\ncan = "I can {name} numbers"\n{needs}'
        before.append(f"sums.{name}")
    for number, name in enumerate(OBJECTIVES, 1):
        lesson = f"0{number}-{name}"
        opens = json.dumps([f"sums.{OBJECTIVES[number - 2]}"] if number > 1 else [])
        toml += f'[[lessons]]\nid = "{lesson}"\ntitle = "{name.capitalize()}"\nteaches = ["sums.{name}"]\n'
        toml += f'opens_when = {opens}\nremedies = {{ "sums.{name}" = ["remedy-{name}.ipynb"] }}\n'
        (folder / lesson).mkdir(parents=True)
        start = f'from courseware import Lesson\nlesson = Lesson("{lesson}")'
        (folder / lesson / "items.py").write_text(ITEMS.format(name, *TOLD[name]), encoding="utf-8")
        told = cells(start, f'lesson.check("sums.{name}")', "lesson.progress()")
        (folder / lesson / "lesson.ipynb").write_text(told, encoding="utf-8")
        told = cells(start, f'print("{name}, another way")', f'lesson.check("sums.{name}")')
        (folder / lesson / f"remedy-{name}.ipynb").write_text(told, encoding="utf-8")
    (folder / "course.toml").write_text(toml, encoding="utf-8")
    return folder


@pytest.fixture
def lab(make_lab, course: Path) -> Iterator:
    """A lab on that course, not yet started."""
    return make_lab(str(course))


def shoot(notebook, name: str) -> None:
    if folder := os.environ.get("COURSEWARE_SCREENSHOTS"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        notebook.page.screenshot(path=Path(folder) / f"{name}.png")


def give(card: Locator, response: object) -> None:
    card.locator("input").fill(str(response))
    card.get_by_role("button", name="Check").click()


def press(card: Locator, name: str) -> None:
    card.get_by_role("button", name=name).first.click()


def learned(folder: Path, course: Path, until: str) -> None:
    """A workspace whose learner was Proficient in an objective at START."""
    loaded = load_course(course)
    space = workspace.create(folder, loaded, by_path=True)
    worker, log = Worker(), space.open_log()
    times = iter(START + timedelta(seconds=30 * n) for n in range(10_000))
    tutor = LocalTutor(loaded, log, space.learner, clock=lambda: next(times), runner=worker, workspace=space)
    tutor.open(None)
    card = tutor.ask(until)
    while card.standing.level < 3:
        right = tutor._current(until).question.right
        card = tutor.answer(until, card.variant, right, id=new_id())
        if card.standing.level < 3:
            card = tutor.another(until, card.variant, id=new_id())
    worker.close()
    log.close()


def test_a_placement_skips_what_is_known_and_leaves_the_rest(lab, open_notebook):
    lab.start()
    notebook = open_notebook()
    notebook.run_all()
    progress = notebook.reveal(".cw-progress")
    expect(progress).to_contain_text("Know some of this already?")
    shoot(notebook, "placement-offered")
    press(progress, "Find out")
    card = progress.locator(".cw-check")
    for number in range(1, 8):
        expect(card.locator(".cw-round")).to_contain_text(f"question {number} of at most")
        question = lab.question("placement")
        prompt = card.locator(".cw-prompt").inner_text()
        if "half" in prompt:
            press(card, "I have not learned this yet")
        else:
            give(card, question.right)
            expect(card.locator(".cw-feedback")).to_contain_text("Right")
            shoot(notebook, f"placement-{number}")
        expect(card.locator(".cw-round")).not_to_have_text(re.compile("^$"))
        notebook.page.wait_for_timeout(DOUBLE)
        if "skip" in card.locator(".cw-round").inner_text():
            break
        if "half" not in prompt:
            press(card, "Next question")
            expect(card.locator(".cw-prompt")).not_to_have_text(prompt)
    expect(card.locator(".cw-round")).to_contain_text("You know two of three objectives already")
    shoot(notebook, "placement-over")
    press(progress, "Close")
    expect(progress.locator(".cw-objectives")).to_contain_text("Proficient")
    expect(progress).not_to_contain_text("Mastered;")
    assert (lab.folder / "03-halve.ipynb").exists()
    expect(progress).to_contain_text("Lesson 3, Halve, is open")
    shoot(notebook, "placement-done")


def test_a_due_review_shows_after_a_week_and_failing_it_offers_practice_and_locks_nothing(
    lab, course, open_notebook
):
    learned(lab.folder, course, "sums.add")
    lab.start(clock=(START + timedelta(days=7)).isoformat())
    notebook = open_notebook()
    page = notebook.page
    notebook.show_files()
    page.locator(".jp-DirListing-item", has_text="01-add.ipynb").dblclick()
    expect(page.locator(".lm-TabBar-tab.lm-mod-current", has_text="01-add.ipynb")).to_be_visible()
    page.wait_for_selector(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Cell")
    page.get_by_text("| Idle").wait_for()
    notebook.run_all()
    progress = notebook.reveal(".cw-progress")
    expect(progress).to_contain_text("Due for review")
    expect(progress.locator(".cw-objectives")).to_contain_text("Proficient")
    shoot(notebook, "review-due")
    press(progress, "Review now")
    card = progress.locator(".cw-check")
    expect(card.locator(".cw-round")).to_contain_text("Review: question 1 of 1")
    give(card, -5)
    expect(card.locator(".cw-offer")).to_contain_text("is Familiar now")
    expect(card.get_by_role("link", name="Practise in “Add”")).to_be_visible()
    expect(progress.locator(".cw-objectives")).to_contain_text("Familiar")
    shoot(notebook, "review-failed")
    assert (lab.folder / "02-double.ipynb").exists()
    expect(progress).to_contain_text("Lesson 2, Double, is open")
    press(progress, "Close")
    expect(progress).not_to_contain_text("Due for review")
    again = notebook.reveal(".cw-check:not(.cw-progress .cw-check)")
    expect(again.locator(".cw-level")).to_contain_text("Familiar")


def test_ten_wrong_answers_bring_the_remedy_and_no_scolding(lab, open_notebook):
    lab.start()
    notebook = open_notebook()
    notebook.run_all()
    card = notebook.reveal(".cw-check:not(.cw-progress .cw-check)")
    for number in range(10):
        give(card, -1 - number)
        expect(card.locator(".cw-feedback")).to_be_visible()
        if number < 9:
            prompt = card.locator(".cw-prompt").inner_text()
            notebook.page.wait_for_timeout(DOUBLE)
            press(card, "Another like this")
            expect(card.locator(".cw-prompt")).not_to_have_text(prompt)
    offers = card.locator(".cw-offers")
    expect(offers.locator('[data-kind="remedy"]')).to_be_visible()
    expect(offers.locator('[data-kind="person"]')).to_be_visible()
    offers.scroll_into_view_if_needed()
    shoot(notebook, "ten-wrong")
    said = card.inner_text().lower()
    assert not [word for word in ("failed", "incorrect", "!", "unfortunately", "try harder") if word in said]
    offers.get_by_role("link", name="Open it another way").click()
    page = notebook.page
    expect(page.locator(".lm-TabBar-tab.lm-mod-current", has_text="remedy-add.ipynb")).to_be_visible()
    assert (lab.folder / "remedies" / "remedy-add.ipynb").is_file()
    # The remedy's own check is the learner's, and its links lead back to the lessons.
    inside = page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")
    expect(inside).to_contain_text("add, another way")
    for _ in range(5):  # the status bar may still tell of the other notebook's kernel
        notebook.run_all()
        with suppress(TimeoutError):
            inside.locator(".cw-check").first.wait_for(timeout=12_000)
            break
    link = inside.locator(".cw-check .cw-offers a").first
    expect(link).to_have_attribute("data-commandlinker-args", re.compile("remedies/remedy-add.ipynb"))
