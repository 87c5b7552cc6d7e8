"""`/courseware/tutor`: what the kernels behind the pages ask of the server's tutors."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final, Protocol

from tornado import web

from courseware.apps.visitor import Visitor
from courseware.log import LogError
from courseware.tutor import NotFound, NotTaken, Stale, Tutor, to_json

log = logging.getLogger("courseware.apps")

AT: Final = "courseware/tutor"
FAILED: Final = "The server could not do that: {why} Nothing was counted. Try once more in a moment."
ACTS: Final[Mapping[str, tuple[str, ...]]] = {
    "open": ("lesson",),
    "progress": ("lesson",),
    "ask": ("target",),
    "answer": ("target", "variant", "response", "id", "ms"),
    "hint": ("target", "variant", "id"),
    "solution": ("target", "variant", "id"),
    "another": ("target", "variant", "id"),
    "place": ("lesson", "id"),
    "leave": ("id",),
    "hand_in": ("lesson", "notebook", "id"),
}
"""What may be asked, and what each needs to say."""
TEXTS: Final = frozenset({"target", "variant", "id", "notebook"})


class Desks(Protocol):
    """Who answers here: whom a capability stands for, and that learner's tutor."""

    def visitor_by(self, capability: str) -> Visitor | None: ...
    def tutor(self, learner: str) -> Tutor: ...


class Tutoring(web.RequestHandler):
    """One act of the learner that the caller's capability stands for. A browser has no business here."""

    def initialize(self, desks: Desks, threads: ThreadPoolExecutor) -> None:
        self._desks, self._threads = desks, threads

    def check_xsrf_cookie(self) -> None:
        """A kernel has no cookies; nothing here looks at any."""

    async def post(self) -> None:
        kind, _, capability = self.request.headers.get("Authorization", "").partition(" ")
        visitor = self._desks.visitor_by(capability) if kind == "Bearer" else None
        if visitor is None:
            self._tell(403, {"says": "No page of the app asks so."})
            return
        learner, body = visitor.learner, self.request.body
        loop = asyncio.get_running_loop()
        status, told = await loop.run_in_executor(
            self._threads, perform, lambda: self._desks.tutor(learner), body
        )
        self._tell(status, told)

    def _tell(self, status: int, told: object) -> None:
        self.set_status(status)
        self.set_header("Content-Type", "application/json")
        self.set_header("Cache-Control", "no-store")
        self.finish(json.dumps(told, allow_nan=False))


def perform(tutor: Callable[[], Tutor], body: bytes) -> tuple[int, object]:
    """Do what a request says; HTTP's status, and JSON to tell: the tutor's answer, or a sentence."""
    try:
        act, how = _read(body)
        done: Any = getattr(tutor(), act)(**how)
        return 200, to_json(done)
    except Stale as stale:
        return 409, {"card": to_json(stale.card)}
    except NotFound as error:
        return 404, {"says": str(error.args[0]) if error.args else ""}
    except NotTaken as error:
        return 422, {"says": str(error)}
    except LogError as error:
        log.exception("the log could not be used")
        return 422, {"says": FAILED.format(why=f"{error}.")}
    except (ValueError, TypeError, RecursionError):
        log.warning("a request of a kernel could not be read", exc_info=True)
        return 400, {"says": "unreadable"}
    except Exception:
        log.exception("an act failed")
        return 500, {"says": "failed"}


def _read(body: bytes) -> tuple[str, dict[str, Any]]:
    said = json.loads(body)
    if not isinstance(said, dict) or said.get("do") not in ACTS:
        raise ValueError("no act")
    act = str(said["do"])
    how = {name: said.get(name) for name in ACTS[act]}
    for name in TEXTS & how.keys():
        if not isinstance(how[name], str):
            raise ValueError(f"{name} is no text")
    if not isinstance(how.get("lesson"), str | None) or not isinstance(how.get("ms"), int | None):
        raise ValueError("lesson or ms is of another kind")
    return act, how
