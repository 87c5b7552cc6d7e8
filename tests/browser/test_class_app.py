"""A class at the app: sign-in, two learners at once who see only what is theirs, and pages for everybody."""

from __future__ import annotations

import asyncio
import json
import re
import shutil
import socket
import ssl
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tornado.web import create_signed_value

from courseware.course import find_course, load_course
from courseware.grading import class_folder, roster
from courseware.grading.class_folder import ClassFolder
from courseware.grading.codes import Codes

PATIENCE = 90_000
PEOPLE = (("ada", "Ada"), ("ben", "Ben"), ("cleo", "Cleo"))


class Served:
    """A class of the pandas course, its codes, and the server."""

    def __init__(self, place: Path) -> None:
        people = place / "people.csv"
        people.write_text("student,first_name\n" + "".join(f"{s},{n}\n" for s, n in PEOPLE), encoding="utf-8")
        self.folder: ClassFolder = class_folder.create(
            place / "autumn", load_course(find_course("pandas")), people=people
        )
        self.codes = Codes(self.folder.path).make()
        self.log = place / "app.log"
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}/"

    def start(self, *more: str, path: str = "") -> None:
        args = [sys.executable, "-m", "courseware", "app", "--class", str(self.folder.path), "--no-browser"]
        with self.log.open("ab") as out:
            self.process = subprocess.Popen([*args, "--port", str(self.port), *more], stdout=out, stderr=out)
        end = time.monotonic() + 300
        while time.monotonic() < end:
            try:
                urllib.request.urlopen(f"{self.url}{path}login", timeout=5).close()
                return
            except (urllib.error.URLError, OSError):
                assert self.process.poll() is None, self.log.read_text()
                time.sleep(0.3)
        raise AssertionError(self.log.read_text())

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(30)

    def events(self, student: str) -> list[Any]:
        learner = {p.student: p.learner for p in roster.read(self.folder.roster)}[student]
        log = self.folder.open_log()
        try:
            return [event for _, event in log.read(learner, "pandas")]
        finally:
            log.close()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, chromium_path: str) -> Iterator[Served]:
    assert chromium_path
    served = Served(tmp_path_factory.mktemp("class"))
    served.start()
    yield served
    served.process.terminate()
    served.process.wait(60)


@pytest.fixture
def sit_down(served: Served, browser: Browser) -> Iterator[Callable[..., Page]]:
    """A browser of one's own, signed in. No page may ask another host for anything."""
    contexts: list[BrowserContext] = []
    elsewhere: list[str] = []

    def sit(student: str | None, **how: Any) -> Page:
        context = browser.new_context(**how)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("request", lambda r: None if _from_here(r.url, served) else elsewhere.append(r.url))
        page.goto(served.url)
        if student is not None:
            sign_in(page, student, served.codes[student])
            expect(page.get_by_role("heading", name="Data with pandas")).to_be_visible()
        return page

    yield sit
    for context in contexts:
        context.close()
    assert not elsewhere


def _from_here(url: str, served: Served) -> bool:
    return url.startswith((served.url, served.url.replace("http", "ws"), "data:", "blob:"))


def sign_in(page: Page, student: str, code: str) -> None:
    page.get_by_label("Name").fill(student)
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Sign in").click()


def open_lesson(page: Page, served: Served, lesson: str = "01-tables") -> str:
    """Open a lesson and wait for its checks; the id of its kernel."""
    page.goto(f"{served.url}lesson/{lesson}")
    expect(page.locator(".cw-check .cw-prompt").first).not_to_be_empty()
    return str(json.loads(page.locator("#jupyter-config-data").text_content() or "{}")["kernelId"])


def answer(page: Page, item: str, text: str) -> None:
    card = page.locator(f".cw-check[data-item={item}]").first
    card.scroll_into_view_if_needed()
    card.locator("input.cw-field, textarea").first.fill(text)
    card.get_by_role("button", name="Check").click()
    expect(card.locator(".cw-feedback-place")).not_to_be_empty()


def faultless(page: Page) -> None:
    """axe-core finds nothing to mend on the whole page, and it fits a phone."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    found = Axe().run(page).response
    told = [f"{v['id']}: {node['html'][:200]}" for v in found["violations"] for node in v["nodes"]]
    assert not told, "\n".join(told[:20])


def test_two_learners_see_only_what_is_theirs(served: Served, sit_down: Callable[..., Page]) -> None:
    ada, ben = sit_down("ada"), sit_down("ben")
    kernel = open_lesson(ada, served)
    assert open_lesson(ben, served) != kernel
    assert served.events("ada") == []  # a page that merely loads records nothing
    answer(ada, "lines-to-rows", "7000")
    expect(ada.locator(".cw-reached")).to_have_text("0 of 4 Proficient")
    expect(ben.locator(".cw-check[data-item=lines-to-rows] .cw-feedback-place").first).to_be_empty()
    assert [e.kind for e in served.events("ada")] == ["asked", "answer"]
    assert served.events("ben") == []
    for page, word in ((ada, "Attempted"), (ben, "Not started")):
        page.goto(served.url)
        expect(page.locator(".cw-goals li").first).to_contain_text(word)

    kernel = open_lesson(ada, served)
    theirs, own = ben.context.request, ada.context.request
    assert own.get(f"{served.url}api/kernels/{kernel}").status == 200
    assert theirs.get(f"{served.url}api/kernels/{kernel}").status == 404
    token = next(c["value"] for c in ben.context.cookies() if c["name"] == "_xsrf")
    sent = {"X-XSRFToken": token}
    assert theirs.delete(f"{served.url}api/kernels/{kernel}", headers=sent).status == 404
    assert theirs.post(f"{served.url}voila/api/shutdown/{kernel}", headers=sent).status == 404
    opened = "const s = new WebSocket(u); s.onopen = () => r(true); s.onclose = () => r(false)"
    socket_at = f"{served.url.replace('http', 'ws')}api/kernels/{kernel}/channels?session_id=x"
    assert ben.evaluate(f"u => new Promise(r => {{ {opened} }})", socket_at) is False
    assert own.get(f"{served.url}api/kernels/{kernel}").status == 200
    assert theirs.get(f"{served.url}api/kernels").status == 404
    assert theirs.post(f"{served.url}courseware/tutor", data={"do": "progress"}).status == 403


def test_a_socket_of_another_site_is_refused(served: Served, sit_down: Callable[..., Page]) -> None:
    ada = sit_down("ada")
    kernel = open_lesson(ada, served)
    answered = ada.context.request.get(
        f"{served.url}api/kernels/{kernel}/channels",
        headers={
            "Origin": "http://elsewhere.example",
            "Connection": "Upgrade",
            "Upgrade": "websocket",
            "Sec-WebSocket-Version": "13",
            "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        },
    )
    assert answered.status == 403


def test_a_forged_expired_or_ended_cookie_gets_the_sign_in_page(
    served: Served, sit_down: Callable[..., Page]
) -> None:
    page = sit_down("ben")
    ours = next(c for c in page.context.cookies() if c["httpOnly"])
    assert (ours["sameSite"], ours["secure"]) == ("Lax", False)
    secret = (served.folder.path / "app" / "secret").read_bytes()
    value = json.dumps(["ada", "session", Codes(served.folder.path).mark("ada")])
    day_ago = time.time() - 13 * 3600
    for wrong in (
        create_signed_value(b"guessed", ours["name"], value, version=2).decode(),
        create_signed_value(secret, ours["name"], value, version=2, clock=lambda: day_ago).decode(),
        create_signed_value(secret, ours["name"], '["ada", "session", "old"]', version=2).decode(),
        "nonsense",
    ):
        page.context.add_cookies([{"name": ours["name"], "value": wrong, "url": served.url}])
        page.goto(f"{served.url}lesson/01-tables")
        expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    page.context.add_cookies([{"name": ours["name"], "value": ours["value"], "url": served.url}])
    page.goto(served.url)
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    page.context.add_cookies([{"name": ours["name"], "value": ours["value"], "url": served.url}])
    page.goto(served.url)
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_ten_wrong_codes_mean_a_wait_for_that_name_alone(
    served: Served, sit_down: Callable[..., Page]
) -> None:
    page = sit_down(None)
    for _ in range(10):
        sign_in(page, "cleo", "AAA-AAA-AAA")
        expect(page.get_by_role("alert")).to_contain_text("do not belong together")
    sign_in(page, "cleo", served.codes["cleo"])
    expect(page.get_by_role("alert")).to_contain_text("Wait a minute")
    assert "Ada" not in (page.text_content("body") or "")
    sign_in(page, "ada", served.codes["ada"])
    expect(page.get_by_role("heading", name="Data with pandas")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_fits_a_phone_and_leaves_nobody_out(
    served: Served, sit_down: Callable[..., Page], scheme: str
) -> None:
    phone = {"viewport": {"width": 360, "height": 740}, "color_scheme": scheme}
    page = sit_down(None, **phone)
    faultless(page)
    sign_in(page, "ben", "AAA-AAA-AAA")
    faultless(page)
    sign_in(page, "ben", served.codes["ben"])
    expect(page.get_by_role("heading", name="Data with pandas")).to_be_visible()
    faultless(page)
    page.goto(f"{served.url}lesson/02-select")  # typed by hand
    expect(page.get_by_role("heading", name="“Select” is not open yet")).to_be_visible()
    expect(page.get_by_text("Opens when", exact=False)).to_be_visible()
    faultless(page)
    page.goto(f"{served.url}no/such/page")
    expect(page.get_by_role("heading", name="There is no such page")).to_be_visible()
    faultless(page)
    open_lesson(page, served)
    expect(page.locator(".cw-check[data-item=name-the-type]")).to_be_visible()  # the last one
    page.wait_for_timeout(1_000)
    faultless(page)
    assert page.locator(".jp-CodeMirrorEditor, .cm-editor").count() == 0


def test_code_runs_in_the_sandbox_and_sees_nothing_of_the_class(
    served: Served, sit_down: Callable[..., Page]
) -> None:
    page = sit_down("ada")
    open_lesson(page, served)
    card = page.locator(".cw-check:has(textarea)").first
    item = str(card.get_attribute("data-item"))
    answer(page, item, f"open({str(served.folder.path / 'roster.csv')!r}).read()")
    told = card.locator(".cw-feedback-place").inner_text()
    assert re.search("not there|cannot be fenced|Permission", told), told
    answer(page, item, "import os\nsorted(k for k in os.environ if 'COURSEWARE' in k)")
    assert served.events("ada")[-1].kind in ("run", "answer")
    assert "CAPABILITY" not in card.locator(".cw-feedback-place").inner_text()


def test_a_page_whose_kernel_has_ended_says_so_and_loads_again(
    served: Served, sit_down: Callable[..., Page]
) -> None:
    page = sit_down("ben")
    open_lesson(page, served)
    answer(page, "lines-to-rows", "7001")
    served.kill()
    served.start()
    lost = page.get_by_role("alert").filter(has_text="lost its connection")
    card = page.locator(".cw-check[data-item=lines-to-rows]").first
    card.get_by_role("button", name="Hint").click()
    expect(lost).to_be_visible()
    lost.get_by_role("button", name="Load this page again").click()
    expect(page.locator(".cw-check .cw-prompt").first).not_to_be_empty()
    card = page.locator(".cw-check[data-item=lines-to-rows]").first
    expect(card.locator("input.cw-field")).to_have_value("7001")
    expect(lost).to_have_count(0)


def test_no_page_of_a_class_is_kept_by_the_browser(served: Served, sit_down: Callable[..., Page]) -> None:
    page = sit_down("ada")
    for path in ("", "login", "lesson/01-tables", "lesson/02-select"):
        answered = page.context.request.get(f"{served.url}{path}")
        assert "no-store" in answered.headers["cache-control"], path


def test_kernels_end_with_their_page(served: Served, sit_down: Callable[..., Page]) -> None:
    page = sit_down("ada")
    kernel = open_lesson(page, served)
    page.goto(served.url)
    for _ in range(100):
        if page.context.request.get(f"{served.url}api/kernels/{kernel}").status == 404:
            return
        page.wait_for_timeout(100)
    raise AssertionError("the kernel of a page that was left is still there")


class WithTls:
    """What speaks TLS in front of a server, and passes on what comes in clear."""

    def __init__(self, place: Path, behind: int) -> None:
        self._behind = behind
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        key, certificate = place / "key.pem", place / "cert.pem"
        made = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
        command = ["openssl", *made, "-keyout", str(key), "-out", str(certificate)]
        subprocess.run(command, check=True, capture_output=True)
        self._context.load_cert_chain(certificate, key)
        self._loop = asyncio.new_event_loop()
        self.port = 0
        ready = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(ready,), daemon=True)
        self._thread.start()
        assert ready.wait(30)

    def _run(self, ready: threading.Event) -> None:
        serving = asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=self._context)
        server = self._loop.run_until_complete(serving)
        self.port = server.sockets[0].getsockname()[1]
        ready.set()
        self._loop.run_forever()
        server.close()
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
        self._loop.run_until_complete(asyncio.sleep(0.1))
        self._loop.close()

    async def _serve(self, came: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        there, onward = await asyncio.open_connection("127.0.0.1", self._behind)
        await asyncio.gather(_pass_on(came, onward), _pass_on(there, back))

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(30)


async def _pass_on(one: asyncio.StreamReader, other: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while data := await one.read(65_536):
            other.write(data)
            await other.drain()
    other.close()


def test_behind_a_server_with_tls_cookies_are_secure_and_sockets_work(
    tmp_path: Path, browser: Browser, lacking: Callable[[str], None]
) -> None:
    if shutil.which("openssl") is None:
        lacking("there is no openssl to make a certificate with")
    inner = Served(tmp_path)
    front = WithTls(tmp_path, inner.port)
    url = f"https://127.0.0.1:{front.port}/class/"
    inner.start("--behind", url, path="class/")
    try:
        context = browser.new_context(ignore_https_errors=True)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.goto(f"{url}lesson/01-tables")
        sign_in(page, "ada", inner.codes["ada"])
        expect(page.locator(".cw-check .cw-prompt").first).not_to_be_empty()
        assert page.url == f"{url}lesson/01-tables"
        answer(page, "lines-to-rows", "7002")
        cookies = {c["name"]: c for c in context.cookies()}
        assert all(cookie["secure"] and cookie["path"] == "/class/" for cookie in cookies.values()), cookies
        assert [e.kind for e in inner.events("ada")] == ["asked", "answer"]
        context.close()
    finally:
        inner.process.terminate()
        inner.process.wait(60)
        front.close()
