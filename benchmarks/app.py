"""How long a learner waits for a lesson's page: until its first check is shown, cold and preheated.

Serves one lesson to a class as `courseware app --class` does, and beside it by stock Voila, in the same run
and in turn; opens both in Chromium. Each time is taken in the page, from the navigation until the frame in
which the first check can be seen. Stock Voila's page asks other hosts for fonts and scripts; those requests
are refused at once, which spares it their time. Then learners arrive at the class within some seconds, each
signing in, loading the page and talking to its kernel over the page's own socket (without a browser, which
would take more of the machine than the server): a learner is served once the first check has answered there.

With --crash learners answer through their sockets, the server is killed (SIGKILL) half way and started again;
then the class's log is compared with the answers that were acknowledged.

The last line is one JSON object. Example: python benchmarks/app.py --rounds 5 --learners 30
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from tornado.httpclient import AsyncHTTPClient, HTTPClientError, HTTPRequest, HTTPResponse
from tornado.websocket import WebSocketClientConnection, WebSocketClosedError, websocket_connect

from courseware.course import find_course, load_course
from courseware.grading import class_folder, roster
from courseware.grading.class_folder import ClassFolder
from courseware.grading.codes import Codes

LESSON: Final = "01-tables"
PATIENCE: Final = 300.0
SHOWN: Final = """
(() => {
  const look = () => {
    const prompt = document.querySelector(".cw-check .cw-prompt");
    if (prompt?.textContent && prompt.getClientRects().length) window.shownAt = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})();
"""
"""In the page: when the first check could be seen, in milliseconds since the navigation began."""


class Server:
    """A process that answers at an address, until the block ends."""

    def __init__(self, args: list[str], path: str, log: Path, cwd: Path) -> None:
        self.args, self.log, self.cwd = args, log, cwd
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}/"
        self.path = path

    def start(self) -> None:
        with self.log.open("ab") as out:
            self.process = subprocess.Popen(
                [*self.args, f"--port={self.port}"], stdout=out, stderr=out, cwd=self.cwd
            )
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and self.process.poll() is None:
            try:
                urllib.request.urlopen(self.url + self.path, timeout=PATIENCE).close()
                return
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        raise SystemExit(f"The server did not answer:\n{self.log.read_text(errors='replace')[-3000:]}")

    def stop(self, how: int = signal.SIGTERM) -> None:
        self.process.send_signal(how)
        self.process.wait(60)

    @contextmanager
    def running(self) -> Iterator[Server]:
        self.start()
        try:
            yield self
        finally:
            self.stop()


def make_class(place: Path, learners: int) -> tuple[ClassFolder, dict[str, str]]:
    """A class of the pandas course, and its codes."""
    people = place / "people.csv"
    people.write_text("student\n" + "".join(f"student{n}\n" for n in range(learners)), encoding="utf-8")
    folder = class_folder.create(place / "class", load_course(find_course("pandas")), people=people)
    return folder, Codes(folder.path).make()


def ours(folder: ClassFolder, log: Path, *more: str) -> Server:
    args = [sys.executable, "-m", "courseware", "app", "--class", str(folder.path), "--no-browser", *more]
    return Server(args, "login", log, folder.path)


def stock(place: Path, log: Path, *, preheated: bool) -> Server:
    """Voila as it comes, serving the same lesson's notebook out of a workspace."""
    space = place / "workspace"
    if not space.exists():
        learn = [sys.executable, "-m", "courseware", "learn", "pandas", "--dir", str(space), "--prepare"]
        subprocess.run(learn, check=True, capture_output=True)
    more = ["--preheat_kernel=True", "--pool_size=1"] if preheated else []
    return Server(
        [sys.executable, "-m", "voila", f"{LESSON}.ipynb", "--no-browser", "--show_tracebacks=True", *more],
        "voila/static/voila.js",
        log,
        space,
    )


# ---- in a browser ---------------------------------------------------------------------------------------


def shown(browser: Any, server: Server, path: str, code: tuple[str, str] | None) -> float:
    """Seconds until the first check of a page can be seen, in a browser that has kept nothing."""
    context = browser.new_context(viewport={"width": 1000, "height": 900})
    page = context.new_page()
    page.set_default_timeout(PATIENCE * 1000)
    here = re.compile(rf"^(https?|wss?)://(?!127\.0\.0\.1:{server.port})")
    page.route(here, lambda route: route.abort())
    if code is not None:
        page.goto(server.url)
        page.fill("#name", code[0])
        page.fill("#code", code[1])
        page.click("button[type=submit]")
        page.wait_for_selector(".cw-lessons")
    page.add_init_script(SHOWN)
    page.goto(server.url + path, wait_until="commit")
    page.wait_for_function("window.shownAt")
    took = float(page.evaluate("window.shownAt")) / 1000
    context.close()
    return took


def compare(place: Path, rounds: int, chromium: str) -> dict[str, list[float]]:
    """Seconds until the first check is shown: ours and stock Voila's, cold and preheated, in turn."""
    from playwright.sync_api import sync_playwright

    folder, codes = make_class(place / "browser", rounds)
    people = list(codes.items())
    times: dict[str, list[float]] = {}
    logs = place / "servers.log"
    # One at a time has kernels ready: what one keeps warm would take from the other's time.
    servers = {
        "cold": (ours(folder, logs, "--ready=0"), f"lesson/{LESSON}"),
        "stock_cold": (stock(place, logs, preheated=False), ""),
        "preheated": (ours(folder, logs, "--ready=1"), f"lesson/{LESSON}"),
        "stock_preheated": (stock(place, logs, preheated=True), ""),
    }
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for pair in (("cold", "stock_cold"), ("preheated", "stock_preheated")):
            with servers[pair[0]][0].running(), servers[pair[1]][0].running():
                time.sleep(10)  # until kernels are ready, and the warm process has imported what it should
                for n in range(rounds + 1):
                    for name in pair:
                        server, path = servers[name]
                        code = people[n % rounds] if "stock" not in name else None
                        took = shown(browser, server, path, code)
                        if n:  # the first of each is for the disk's cache
                            times.setdefault(name, []).append(took)
                        time.sleep(6 if pair[0] == "preheated" else 1)
        browser.close()
    return times


# ---- over the page's socket -----------------------------------------------------------------------------


class Learner:
    """One at a page, without a browser: signs in, loads the page, talks to its kernel as the page does."""

    def __init__(self, url: str, name: str, code: str, chance: random.Random) -> None:
        self.url, self.name, self.code, self.chance = url, name, code, chance
        self.acknowledged: dict[str, str] = {}
        self.errors: list[str] = []
        self.loaded = 0
        self._http = AsyncHTTPClient(force_instance=True)
        self._cookies: dict[str, str] = {}
        self._socket: WebSocketClientConnection | None = None
        self._waiting: dict[str, asyncio.Future[dict[str, Any]]] = {}
        self._views: dict[str, dict[str, Any]] = {}
        self._checks: dict[str, str] = {}
        self._session = uuid.uuid4().hex

    async def sign_in(self) -> None:
        page = (await self._fetch("login")).body.decode()
        token = re.search(r'name="_xsrf" value="([^"]*)"', page)
        assert token is not None, page[:500]
        form = {"_xsrf": token[1], "name": self.name, "code": self.code, "next": ""}
        answered = await self._fetch("login", method="POST", body=urllib.parse.urlencode(form))
        assert answered.code == 303, answered.code

    async def arrive(self) -> None:
        """Load the lesson's page, and wait until the first check has answered."""
        page = (await self._fetch(f"lesson/{LESSON}")).body.decode()
        found = re.search(r'id="jupyter-config-data"[^>]*>(.*?)</script>', page, re.DOTALL)
        assert found is not None, page[:500]
        kernel = json.loads(found[1])["kernelId"]
        pairs = re.findall(r'data-target="([\w.-]+)"></div>.*?"model_id": "(\w+)"', page, re.DOTALL)
        self._checks = dict(pairs)
        address = f"{self.url.replace('http', 'ws')}api/kernels/{kernel}/channels?session_id={self._session}"
        self._socket = await websocket_connect(
            HTTPRequest(address, headers=self._headers(), request_timeout=PATIENCE),
            on_message_callback=self._hear,
        )
        await self.do(next(iter(self._checks)), "hello")

    async def do(self, target: str, act: str, **more: Any) -> dict[str, Any]:
        """One message of the page, answered. Raises TimeoutError or ConnectionError where it is not."""
        comm, id = self._checks[target], str(uuid.uuid4())
        view = self._views.get(comm, {})
        content = {"v": 1, "do": act, "id": id, "variant": view.get("variant"), **more}
        header = {"msg_id": id, "msg_type": "comm_msg", "username": "", "session": self._session,
                  "version": "5.3", "date": "2026-01-01T00:00:00Z"}  # fmt: skip
        message = {
            "channel": "shell", "header": header, "parent_header": {}, "metadata": {},
            "content": {"comm_id": comm, "data": {"method": "custom", "content": content}},
        }  # fmt: skip
        if self._socket is None:
            raise ConnectionError("no socket")
        answer = self._waiting[id] = asyncio.get_running_loop().create_future()
        await self._socket.write_message(json.dumps(message))
        try:
            return {"id": id, **await asyncio.wait_for(answer, 30)}
        finally:
            self._waiting.pop(id, None)

    async def answer_once(self) -> None:
        """Answer a check; what was acknowledged is kept in mind."""
        target = self.chance.choice(list(self._checks))
        await self.do(target, "hello")
        view = self._views.get(self._checks[target], {})
        ask = view.get("ask", {})
        match ask.get("kind"):
            case "choice" if not ask.get("many"):
                response: Any = self.chance.choice(ask["options"])["value"]
            case "number":
                response = str(self.chance.randrange(1000))
            case "text":
                response = "something"
            case _:
                return
        if view.get("feedback"):
            await self.do(target, "another")
        told = await self.do(target, "answer", response=response, ms=1000)
        feedback = self._views.get(self._checks[target], {}).get("feedback") or {}
        # A note says that nothing was counted: the answer could not be read, or had been given before.
        if told.get("ok") and told.get("recorded") and feedback.get("tone") in ("good", "near"):
            self.acknowledged[told["id"]] = target

    async def work(self, over: asyncio.Event) -> None:
        """Answer every second or so; load the page again when it has lost its kernel."""
        while not over.is_set():
            try:
                if self._socket is None:
                    await self.arrive()
                    self.loaded += 1
                await self.answer_once()
                await asyncio.sleep(self.chance.uniform(0.3, 1.2))
            except (TimeoutError, WebSocketClosedError, OSError, HTTPClientError) as error:
                self.errors.append(f"{type(error).__name__}: {error}")
                self.leave()
                await asyncio.sleep(1)

    def leave(self) -> None:
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def _hear(self, message: str | bytes | None) -> None:
        if message is None:
            for answer in self._waiting.values():
                if not answer.done():
                    answer.set_exception(ConnectionError("the socket was closed"))
            return
        if isinstance(message, bytes):  # with buffers: fonts and the like
            return
        told = json.loads(message)
        content = told.get("content", {})
        data = (
            content.get("data", {}) if told.get("msg_type", told["header"]["msg_type"]) == "comm_msg" else {}
        )
        if data.get("method") == "update" and "view" in data.get("state", {}):
            self._views[content["comm_id"]] = data["state"]["view"]
        answer = self._waiting.get(data.get("content", {}).get("re", "")) if data.get("content") else None
        if answer is not None and not answer.done():
            answer.set_result(data["content"])

    async def _fetch(self, path: str, **how: Any) -> HTTPResponse:
        answered = await self._http.fetch(
            HTTPRequest(
                self.url + path,
                headers=self._headers(),
                follow_redirects=False,
                request_timeout=PATIENCE,
                connect_timeout=PATIENCE,
                **how,
            ),
            raise_error=False,
        )
        if answered.code >= 400:
            raise HTTPClientError(answered.code)
        for cookie in answered.headers.get_list("Set-Cookie"):
            name, _, value = cookie.partition(";")[0].partition("=")
            self._cookies[name] = value
        return answered

    def _headers(self) -> dict[str, str]:
        return {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}


async def arrivals(url: str, codes: dict[str, str], within: float) -> dict[str, Any]:
    """Learners who come within so many seconds: how long each waited, and what went wrong."""
    chance = random.Random(1)
    everybody = [Learner(url, name, code, chance) for name, code in codes.items()]

    async def one(learner: Learner, at: float) -> float | str:
        await asyncio.sleep(at)
        try:
            await learner.sign_in()
            began = time.monotonic()
            await learner.arrive()
            return time.monotonic() - began
        except Exception as error:
            return f"{type(error).__name__}: {error}"

    waits = await asyncio.gather(
        *(one(learner, n * within / len(everybody)) for n, learner in enumerate(everybody))
    )
    good = [wait for wait in waits if isinstance(wait, float)]
    errors = [wait for wait in waits if isinstance(wait, str)]
    for error in errors:
        print(error, file=sys.stderr)
    return {"waits": good, "errors": len(errors), "learners": everybody}


def memory(process: int) -> float:
    """Megabytes of a process and all that it started; what several share counts once."""
    import psutil

    total = 0
    top = psutil.Process(process)
    for each in (top, *top.children(recursive=True)):
        with suppress(psutil.Error):
            told = each.memory_full_info()
            total += getattr(told, "pss", None) or told.uss
    return total / 1e6


def arrive(place: Path, learners: int, within: float) -> dict[str, Any]:
    """Learners arriving at a class whose server is up: waits, errors and memory for each."""
    folder, codes = make_class(place / "arrivals", learners)
    with ours(folder, place / "servers.log").running() as server:
        time.sleep(15)
        before = memory(server.process.pid)

        async def come() -> dict[str, Any]:
            told = await arrivals(server.url, codes, within)
            told["mb_each"] = (memory(server.process.pid) - before) / learners
            for learner in told.pop("learners"):
                learner.leave()
            return told

        told = asyncio.run(come())
    waits = sorted(told["waits"])
    return {
        "p50_s": round(statistics.median(waits), 2) if waits else None,
        "p95_s": round(waits[min(len(waits) - 1, int(0.95 * len(waits)))], 2) if waits else None,
        "errors": told["errors"],
        "mb_each": round(told["mb_each"], 1),
    }


def crash(place: Path, learners: int, seconds: float) -> dict[str, Any]:
    """Learners answer; the server is killed half way and started again. What was acknowledged is compared."""
    folder, codes = make_class(place / "crash", learners)
    server = ours(folder, place / "servers.log")
    server.start()
    chance = random.Random(2)
    everybody = [Learner(server.url, name, code, chance) for name, code in codes.items()]

    async def run() -> None:
        await asyncio.gather(*(learner.sign_in() for learner in everybody))
        over = asyncio.Event()
        work = [asyncio.create_task(learner.work(over)) for learner in everybody]
        await _all_at_work(everybody, 1)
        await asyncio.sleep(seconds / 2)
        await asyncio.to_thread(server.stop, signal.SIGKILL)
        await asyncio.to_thread(server.start)
        await _all_at_work(everybody, 2)
        await asyncio.sleep(seconds / 2)
        over.set()
        await asyncio.gather(*work)
        for learner in everybody:
            learner.leave()

    try:
        asyncio.run(run())
    finally:
        server.stop()
    log = folder.open_log()
    ids = {
        event.id
        for person in roster.read(folder.roster)
        if person.learner
        for _, event in log.read(person.learner, str(folder.course))
        if event.kind == "answer"
    }
    log.close()
    acknowledged = {id: check for learner in everybody for id, check in learner.acknowledged.items()}
    return {
        "learners": learners,
        "seconds": seconds,
        "acknowledged": len(acknowledged),
        "in_the_log": len(ids),
        "missing": len(acknowledged.keys() - ids),
        "missing_of": dict(Counter(check for id, check in acknowledged.items() if id not in ids)),
        "learners_who_answered": sum(bool(learner.acknowledged) for learner in everybody),
        "pages_loaded": sum(learner.loaded for learner in everybody),
        "because": dict(Counter(error for learner in everybody for error in learner.errors).most_common(5)),
    }


async def _all_at_work(everybody: list[Learner], loads: int) -> None:
    """Wait until each has loaded the page so many times; a page that never comes is an error."""
    end = time.monotonic() + 2 * PATIENCE
    while any(learner.loaded < loads for learner in everybody):
        if time.monotonic() > end:
            raise SystemExit(f"Not everybody came to work: {[learner.errors for learner in everybody]}")
        await asyncio.sleep(0.2)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=5, help="pages opened of each kind (default 5)")
    parser.add_argument("--learners", type=int, default=30, help="how many arrive (default 30)")
    parser.add_argument("--within", type=float, default=30, help="within so many seconds (default 30)")
    parser.add_argument(
        "--crash", type=float, metavar="SECONDS", help="kill the server half way, and compare"
    )
    args = parser.parse_args()
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome") or ""
    place = Path(tempfile.mkdtemp(prefix="courseware-benchmark-"))
    for name in ("browser", "arrivals", "crash"):
        (place / name).mkdir()
    try:
        if args.crash:
            print(json.dumps(crash(place, args.learners, args.crash)))
            return
        times = compare(place, args.rounds, chromium)
        for name, each in times.items():
            print(f"{name}: median {statistics.median(each):.2f} s, {min(each):.2f} to {max(each):.2f}")
        told = {f"{name}_s": round(statistics.median(each), 2) for name, each in times.items()}
        many = arrive(place, args.learners, args.within)
        wanted = ("cold_s", "preheated_s", "stock_cold_s", "stock_preheated_s")
        print(json.dumps({name: told[name] for name in wanted} | {f"learners_{args.learners}": many}))
    finally:
        shutil.rmtree(place, ignore_errors=True)


if __name__ == "__main__":
    main()
