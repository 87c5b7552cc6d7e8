"""Before a first hand-in to a class, the page says what travels, and waits for the button."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from courseware.handing import WHERE


@pytest.fixture
def to_a_class() -> Iterator[None]:
    """A machine whose work goes to a class, as a zip to upload."""
    os.environ[WHERE] = "zip"
    yield
    del os.environ[WHERE]


def test_hand_in_waits_until_what_travels_was_read(to_a_class, lab, open_notebook):  # noqa: ARG001 - before the lab
    notebook = open_notebook()
    notebook.run_all()
    card = notebook.reveal(".cw-progress .cw-task:not(:empty)")
    expect(card.locator(".cw-task-notice")).to_contain_text("this goes to your class", timeout=60_000)
    assert not list(lab.folder.glob("*.zip"))
    if folder := os.environ.get("COURSEWARE_SCREENSHOTS"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        card.scroll_into_view_if_needed()
        notebook.page.screenshot(path=Path(folder) / "first-hand-in.png")
    card.get_by_role("button", name="Hand in").click()
    expect(card.locator(".cw-receipt")).to_be_visible(timeout=90_000)
    expect(card.locator(".cw-task-notice")).to_have_count(0)
    assert len(list(lab.folder.glob("*.zip"))) == 1
