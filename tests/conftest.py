"""What tests ask of the machine, and in which order they come."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

import pytest
from playwright.sync_api import Browser, expect, sync_playwright
from xdist.scheduler import LoadScopeScheduling

CHECKOUT = Path(__file__).resolve().parents[1]
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


def lacking(what: str) -> NoReturn:
    """Skip a test that the machine cannot run; where CI runs, that is a failure of the machine's set-up."""
    if os.environ.get("CI", "").lower() in {"1", "true"}:
        pytest.fail(f"{what} (CI runs every test)", pytrace=False)
    pytest.skip(what)


@pytest.fixture(scope="session", name="lacking")
def lacking_fixture() -> Callable[[str], NoReturn]:
    """`lacking`, for tests and fixtures in other folders."""
    return lacking


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The test of the installation first: if it fails, the others say little."""
    items.sort(key=lambda item: item.path.name != "test_install.py")


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> LoadScopeScheduling:
    """Deal groups of tests, not single ones, to the processes."""
    return ByGroup(config, log)


class ByGroup(LoadScopeScheduling):
    """Tests of one group run one after another in one process.

    A file is one (its tests share fixtures); of the tests of a course's items each item is one. All that
    drive a browser are one: two browsers with a JupyterLab each would be slow together on a small machine.
    """

    def _split_scope(self, nodeid: str) -> str:
        file, _, test = nodeid.partition("::")
        if file.startswith("tests/browser/"):
            return "tests/browser"
        _, _, parameters = test.partition("[")
        return parameters if file.endswith("lessons/test_items.py") and parameters else file


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


@pytest.fixture(scope="session")
def built_map() -> Path:
    """The course map for JupyterLab: built in the checkout, or installed."""
    from jupyter_core.paths import jupyter_path

    from courseware.server import launch

    folders = [launch.BUILT / "labextensions", *(Path(each) for each in jupyter_path("labextensions"))]
    for folder in folders:
        if (folder / "courseware-map" / "package.json").is_file():
            return folder / "courseware-map"
    lacking("the course map is not built: see CONTRIBUTING.md")


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of a PostgreSQL of our own, empty, reached by a socket in a folder that goes with it."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"), key=lambda p: int(p.parts[-3]))
    control = shutil.which("pg_ctl") or next(map(str, reversed(debian)), None)
    if control is None or os.name != "posix":
        lacking("no PostgreSQL: install it, with its bin folder (the one of pg_ctl) on PATH")
    home = Path(tempfile.mkdtemp(prefix="pg", dir="/tmp"))  # a socket's path has to be short
    # It refuses to run as root, as containers do: then it is somebody else's.
    user = "nobody" if os.geteuid() == 0 else None
    if user is not None:
        shutil.chown(home, user)

    def run(*args: str) -> None:
        command = [control, "--pgdata", str(home / "data"), "--silent", *args]
        subprocess.run(command, user=user, cwd=home, stdin=subprocess.DEVNULL, check=True, timeout=120)

    try:
        run("init", "-o", "--auth=trust --username=courseware --encoding=UTF8 --locale=C --no-sync")
        settings = f"-c listen_addresses= -c unix_socket_directories={home} -c max_connections=20"
        run("start", "--wait", "--log", str(home / "log"), "-o", settings)
        try:
            yield f"postgresql://courseware@/postgres?host={home}"
        finally:
            run("stop", "--wait", "--mode", "immediate")
    finally:
        shutil.rmtree(home, ignore_errors=True)
