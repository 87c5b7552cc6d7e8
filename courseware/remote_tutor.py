"""The tutor that a page of the app has: it asks the server, which owns items, log and unlocking."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import threading
from collections.abc import Callable
from typing import Any, Final
from urllib.parse import urlsplit

from courseware.tutor import Card, NotFound, NotTaken, Progress, Receipt, Stale
from courseware.wire import card_of, progress_of, receipt_of

ADDRESS: Final = "COURSEWARE_TUTOR"
CAPABILITY: Final = "COURSEWARE_CAPABILITY"
"""What a kernel of the app finds in its environment: where the server's tutor is, and what lets it ask.

The capability stands for nobody until the server hands the kernel's page to a visitor; then it stands for
that visitor, as long as the kernel lives.
"""
PATIENCE: Final = 60.0
"""Seconds to wait for an answer: code that is checked may run for ten."""

GONE: Final = "This page has been left or signed out. Load it again to go on: all your answers are kept."
UNREACHED: Final = "The server could not be reached just now. Nothing was lost. Try once more in a moment."
FAILED: Final = (
    "The server could not do that, and nothing was counted. Try once more; if it stays so, tell whoever "
    "runs the course."
)


class RemoteTutor:
    """A `Tutor` over HTTP, for the one learner that its capability stands for. Any thread may call it.

    Raises NotTaken, with a sentence for the learner, where the server refuses or cannot be reached.
    """

    def __init__(self, address: str, capability: str) -> None:
        where = urlsplit(address)
        self._host, self._port, self._path = where.hostname or "127.0.0.1", where.port or 80, where.path
        self._headers = {"Authorization": f"Bearer {capability}", "Content-Type": "application/json"}
        self._lock = threading.Lock()
        self._connection: http.client.HTTPConnection | None = None

    def open(self, lesson: str | None) -> Progress:
        return progress_of(self._ask("open", lesson=lesson))

    def progress(self, lesson: str | None = None) -> Progress:
        return progress_of(self._ask("progress", lesson=lesson))

    def ask(self, target: str) -> Card:
        return card_of(self._ask("ask", target=target))

    def answer(self, target: str, variant: str, response: object, *, id: str, ms: int | None = None) -> Card:
        told = self._ask("answer", target=target, variant=variant, response=response, id=id, ms=ms)
        return card_of(told)

    def hint(self, target: str, variant: str, *, id: str) -> Card:
        return card_of(self._ask("hint", target=target, variant=variant, id=id))

    def solution(self, target: str, variant: str, *, id: str) -> Card:
        return card_of(self._ask("solution", target=target, variant=variant, id=id))

    def another(self, target: str, variant: str, *, id: str) -> Card:
        return card_of(self._ask("another", target=target, variant=variant, id=id))

    def place(self, lesson: str | None = None, *, id: str) -> Progress:
        return progress_of(self._ask("place", lesson=lesson, id=id))

    def leave(self, *, id: str) -> Progress:
        return progress_of(self._ask("leave", id=id))

    def hand_in(self, lesson: str, notebook: str, *, id: str) -> Receipt:
        return receipt_of(self._ask("hand_in", lesson=lesson, notebook=notebook, id=id))

    def _ask(self, act: str, **how: object) -> Any:
        try:
            body = json.dumps({"do": act, **how}, allow_nan=False).encode()
        except (TypeError, ValueError) as error:
            raise NotTaken(FAILED) from error
        try:
            status, told = self._send(body)
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise NotTaken(UNREACHED) from error
        said = told.get("says") if isinstance(told, dict) else None
        match status:
            case 200:
                return told
            case 403:
                raise NotTaken(GONE)
            case 404:
                raise NotFound(str(said))
            case 409:
                raise Stale(card_of(told["card"]))
            case 422:
                raise NotTaken(str(said))
            case _:
                raise NotTaken(FAILED)

    def _send(self, body: bytes) -> tuple[int, Any]:
        """Post once; once more where the line had been closed meanwhile (every act may be repeated)."""
        with self._lock:
            for last in (False, True):
                new = self._connection is None
                line = self._connection or self._open_line()
                self._connection = line
                try:
                    line.request("POST", self._path, body, self._headers)
                    answer = line.getresponse()
                    return answer.status, json.loads(answer.read())
                except (OSError, http.client.HTTPException):
                    line.close()
                    self._connection = None
                    if last or new:
                        raise
        raise AssertionError("unreachable")

    def _open_line(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection(self._host, self._port, timeout=PATIENCE)

    def close(self) -> None:
        with self._lock:
            if self._connection is not None:
                with contextlib.suppress(OSError):
                    self._connection.close()
            self._connection = None


def in_app() -> bool:
    """Whether this is a kernel of the app."""
    return bool(os.environ.get(ADDRESS))


def from_environment() -> Callable[[], RemoteTutor]:
    """What finds the tutor of this kernel."""
    address, capability = os.environ[ADDRESS], os.environ.get(CAPABILITY, "")
    return lambda: RemoteTutor(address, capability)
