"""A real Jupyter server with Courseware in it, and a workspace below its root."""

from __future__ import annotations

import json
import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from pathlib import Path

import pytest

from courseware import workspace
from courseware.course import Course, load_course
from courseware.workspace import Workspace

ENABLED = {"ServerApp": {"jpserver_extensions": {"courseware.server": True}}}


@dataclass
class Answer:
    status: int
    data: dict
    headers: dict = field(default_factory=dict)


class Server:
    """A running server; asks it things as a page or a program does."""

    def __init__(self, home: Path, *args: str) -> None:
        self.root = home / "root"
        self.root.mkdir()
        config = home / "config" / "jupyter_server_config.d"
        config.mkdir(parents=True)
        (config / "courseware.json").write_text(json.dumps(ENABLED))
        self.token = secrets.token_hex(8)
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            self.port = s.getsockname()[1]
        self.log = home / "server.log"
        env = {**os.environ, "JUPYTER_CONFIG_DIR": str(home / "config"), "JUPYTER_TOKEN": self.token}
        with self.log.open("wb") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "jupyter_server", "--no-browser", "--allow-root",
                 "--ServerApp.port_retries=0",
                 f"--ServerApp.port={self.port}", f"--ServerApp.root_dir={self.root}", *args],
                env=env, cwd=home, stdout=out, stderr=out,
            )  # fmt: skip
        end = time.monotonic() + 60
        while self.get("api/status").status != 200:
            assert self.process.poll() is None, self.log.read_text()
            assert time.monotonic() < end, self.log.read_text()
            time.sleep(0.1)

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    def ask(
        self, path: str, *, body: object = None, token: bool = True, headers: dict | None = None
    ) -> Answer:
        """GET, or POST with a body."""
        data = None if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
        request = urllib.request.Request(f"http://{self.host}/{path}", data=data, headers=headers or {})
        if token:
            request.add_header("Authorization", f"token {self.token}")
        return self._send(urllib.request.build_opener(), request)

    get = ask

    def signed_in(self) -> urllib.request.OpenerDirector:
        """A browser after signing in: it holds cookies and no token."""
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        opener.open(f"http://{self.host}/api/status?token={self.token}", timeout=30).close()
        return opener

    def _send(self, opener: urllib.request.OpenerDirector, request: urllib.request.Request) -> Answer:
        try:
            with opener.open(request, timeout=60) as reply:
                return Answer(reply.status, _json(reply.read()), dict(reply.headers))
        except urllib.error.HTTPError as error:
            with error:
                return Answer(error.code, _json(error.read()), dict(error.headers))
        except OSError:
            return Answer(0, {})

    def close(self) -> None:
        self.process.terminate()
        self.process.wait(30)


def _json(raw: bytes) -> dict:
    try:
        return json.loads(raw)
    except ValueError:
        return {"text": raw.decode(errors="replace")}


COURSE = """
id = "sums"
version = "1.0"
title = "Sums"
[[objectives]]
id = "add.small"
can = "I can add"
[[objectives]]
id = "add.sign"
can = "I can read the signs"
[[objectives]]
id = "add.more"
can = "I can add more"
needs = ["add.small"]
[[lessons]]
id = "01-add"
title = "Add"
teaches = ["add.small", "add.sign"]
opens_when = []
[[lessons]]
id = "02-more"
title = "More"
teaches = ["add.more"]
opens_when = ["add.small"]
remedies = { "add.more" = ["remedy-more.ipynb"] }
enrichment = ["enrich-more.ipynb"]
"""
ITEMS = """
from checkers import Number
from courseware.items import Question, item

def question(draw):
    a, b = draw.integers(10, 400), draw.integers(2, 90)
    return Question(prompt=f"What is {a} plus {b}?", answer=Number(a + b), solution="Count on.")
"""
ITEM = """
@item(objective="%s", version=1, hints=["Count on."])
def %s(draw, data):
    return question(draw)
"""
NOTEBOOK = {"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


@pytest.fixture(scope="session")
def sums(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """A course of two lessons that needs nothing but Python."""
    folder = tmp_path_factory.mktemp("sums")
    (folder / "course.toml").write_text(COURSE, encoding="utf-8")
    items = {"01-add": ["small", "sign"], "02-more": ["more"]}
    for lesson, names in items.items():
        (folder / lesson).mkdir()
        for name in ("lesson", "remedy-more", "enrich-more"):
            (folder / lesson / f"{name}.ipynb").write_text(json.dumps(NOTEBOOK), encoding="utf-8")
        text = "".join(ITEM % (f"add.{name}", f"{name}_{n}") for name in names for n in ("one", "two"))
        (folder / lesson / "items.py").write_text(ITEMS + text, encoding="utf-8")
    return load_course(folder)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("server"))
    yield server
    server.close()


@pytest.fixture(scope="module")
def started(server: Server, sums: Course) -> Workspace:
    """A workspace below the root."""
    return workspace.create(server.root / "mine", sums, by_path=True)
