"""A task is handed in from the page: saved first, graded, told on the card, with a receipt."""

from __future__ import annotations

import os
import re
import time
from pathlib import Path

from playwright.sync_api import expect

WARM = 1.5
"""Seconds from the click to the feedback, with a warm engine."""


def test_the_page_saves_and_hands_in_and_the_card_tells_what_came_of_it(lab, open_notebook):
    notebook = open_notebook()
    notebook.run_all()
    solution = notebook.reveal('.jp-CodeCell:has(.cm-content :text("Write your code here"))')
    solution.locator(".cm-content").click()
    notebook.page.keyboard.press("ControlOrMeta+a")
    notebook.page.keyboard.insert_text('days = pd.read_csv("data/seattle.csv")')
    notebook.page.keyboard.press("Control+Enter")
    card = notebook.reveal(".cw-progress .cw-task:not(:empty)")
    card.get_by_role("button", name="Hand in").click()
    said = notebook.page.locator(".cw-progress > [role=status]:not(:empty)")
    expect(card.locator(".cw-receipt").or_(said).first).to_be_visible(timeout=60_000)
    assert not said.count(), said.inner_text()
    expect(card.locator('.cw-task-result[data-tone="good"]')).to_have_count(1)
    expect(card.locator('.cw-task-result[data-key="task-blank"]')).to_have_count(3)
    assert "seattle.csv" in (lab.folder / "01-tables.ipynb").read_text()
    if folder := os.environ.get("COURSEWARE_SCREENSHOTS"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        card.scroll_into_view_if_needed()
        notebook.page.screenshot(path=Path(folder) / "hand-in.png")

    took = []
    for _ in range(int(os.environ.get("COURSEWARE_REPEAT", "3"))):
        before = card.locator(".cw-receipt").inner_text()
        kept = len(list((lab.folder / ".courseware" / "handed-in" / "01-tables").glob("*")))
        began = time.monotonic()
        card.get_by_role("button", name=re.compile("Hand in again")).click()
        expect(card.get_by_role("button", name="Hand in again")).to_be_enabled()
        took.append(time.monotonic() - began)
        assert len(list((lab.folder / ".courseware" / "handed-in" / "01-tables").glob("*"))) == kept + 1
        assert before
    print("hand-in to feedback, seconds:", [round(each, 2) for each in sorted(took)])
    assert sorted(took)[len(took) // 2] < 4 * WARM
