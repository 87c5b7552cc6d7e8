"""What tests ask of the machine, and in which order they come."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

CHECKOUT = Path(__file__).resolve().parents[1]
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


def lacking(what: str) -> NoReturn:
    """Skip a test that the machine cannot run; where CI runs, that is a failure of the machine's set-up."""
    if os.environ.get("CI", "").lower() in {"1", "true"}:
        pytest.fail(f"{what} (CI runs every test)", pytrace=False)
    pytest.skip(what)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The test of the installation first: if it fails, the others say little."""
    items.sort(key=lambda item: item.path.name != "test_install.py")


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """A Chromium to drive: $CHROMIUM, or the first one on PATH."""
    named = os.environ.get("CHROMIUM")
    found = named or next(filter(None, map(shutil.which, CHROMIUM)), None)
    if not found or not Path(found).is_file():
        lacking(
            f"no Chromium at {named}" if named else "no Chromium: install it, or set CHROMIUM to its path"
        )
    return found


@pytest.fixture(scope="module")
def browser(chromium_path: str) -> Iterator[Browser]:
    """That Chromium, running. Not for the session: while it runs, no other test may start an event loop."""
    expect.set_options(timeout=30_000)
    with sync_playwright() as playwright:
        # Containers have no sandbox of Chromium's kind; the pages are our own.
        chromium = playwright.chromium.launch(executable_path=chromium_path, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def checkout() -> Path:
    """The git checkout that these tests belong to."""
    if not (CHECKOUT / ".git").exists() or not shutil.which("git"):
        lacking("the tests are not in a git checkout")
    return CHECKOUT
