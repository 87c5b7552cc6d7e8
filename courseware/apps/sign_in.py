"""Signing in to a class: a name and a code, then a signed cookie for the day."""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, cast

from jupyter_server.auth.decorator import allow_unauthenticated
from jupyter_server.auth.identity import IdentityProvider, User
from tornado import web

from courseware.apps.pages import Page
from courseware.grading.codes import Codes, put_secret

HOURS: Final = 12.0
"""So long a sign-in lasts."""
FREE: Final = 10
"""So many failures in a row are free; the next try has to wait."""
FIRST_WAIT: Final = 60.0
LONGEST_WAIT: Final = 900.0
NAMES: Final = 10_000
"""Of so many names failures are kept in mind."""

NOT_KNOWN: Final = "This name and this code do not belong together. Look at your slip, and type both again."
WAIT: Final = (
    "Too many tries for this name. Wait {minutes}, then type name and code as they stand on your slip, or "
    "ask for a new slip."
)


class Patience:
    """How long a name has to wait after failures: not for ten, then a minute, twice as long each time."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failures: OrderedDict[str, tuple[int, float]] = OrderedDict()
        self._lock = threading.Lock()

    def wait(self, name: str) -> float:
        """Seconds until the name may try again; 0 if it may."""
        with self._lock:
            _, until = self._failures.get(_key(name), (0, 0.0))
            return max(0.0, until - self._clock())

    def failed(self, name: str) -> None:
        with self._lock:
            many = self._failures.pop(_key(name), (0, 0.0))[0] + 1
            pause = min(FIRST_WAIT * 2.0 ** min(many - FREE, 10), LONGEST_WAIT) if many >= FREE else 0.0
            self._failures[_key(name)] = many, self._clock() + pause
            while len(self._failures) > NAMES:
                self._failures.popitem(last=False)

    def succeeded(self, name: str) -> None:
        with self._lock:
            self._failures.pop(_key(name), None)


class Ended:
    """The sign-ins that were ended before their time; kept in a file, so that a restart forgets none."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._until: dict[str, float] = {}
        with contextlib.suppress(OSError, ValueError, AttributeError):
            told = json.loads(file.read_text(encoding="utf-8"))
            self._until = {str(session): float(until) for session, until in told.items()}

    def __contains__(self, session: str) -> bool:
        return session in self._until

    def add(self, session: str) -> None:
        now = time.time()
        self._until = {s: until for s, until in self._until.items() if until > now}
        self._until[session] = now + HOURS * 3600 + 60
        put_secret(self._file, json.dumps(self._until).encode())


class ClassIdentity(IdentityProvider):
    """Who is signed in, by the cookie alone: there is no token, and nobody is let in without one.

    Set `codes` and `ended` before it is asked.
    """

    codes: Codes
    ended: Ended
    login_available = True

    @property
    def auth_enabled(self) -> bool:
        return True

    def get_user(self, handler: web.RequestHandler) -> User | None:
        session = self.session(handler)
        return None if session is None else User(username=session[0], name=session[2])

    def session(self, handler: web.RequestHandler) -> tuple[str, str, str] | None:
        """Student, sign-in and name that a request's cookie stands for; None where it stands for nobody.

        A cookie that is forged, older than a day, ended, or of a code that was replaced is none.
        """
        name = self.get_cookie_name(handler)
        signed = handler.get_signed_cookie(name, max_age_days=HOURS / 24, min_version=2)
        try:
            student, session, mark = json.loads(signed or b"null")
        except (ValueError, TypeError):
            return None
        if session in self.ended or not mark or self.codes.mark(student) != mark:
            return None
        person = self.codes.find(student)
        return None if person is None else (student, session, person.first_name or student)

    def sign_in(self, handler: web.RequestHandler, student: str) -> None:
        """Give a cookie to somebody whose code was right."""
        value = json.dumps([student, secrets.token_hex(16), self.codes.mark(student)])
        handler.set_signed_cookie(
            self.get_cookie_name(handler),
            value,
            expires_days=None,  # it goes with the browser's window, at the latest after HOURS
            path=cast("Page", handler).base_url,
            httponly=True,
            samesite="Lax",
            secure=bool(self.secure_cookie) or handler.request.protocol == "https",
        )

    def sign_out(self, handler: web.RequestHandler) -> str | None:
        """End the sign-in of a request; which one it was."""
        session = self.session(handler)
        handler.clear_cookie(self.get_cookie_name(handler), path=cast("Page", handler).base_url)
        if session is None:
            return None
        self.ended.add(session[1])
        return session[1]

    def get_handlers(self) -> list[tuple[str, object]]:
        return []


class SignIn(Page):
    """The sign-in page: a name and a code. It lists nobody, and does not tell which of the two was wrong."""

    def initialize(self, patience: Patience, title: str) -> None:
        self._patience, self._title = patience, title

    @allow_unauthenticated
    async def get(self) -> None:
        if self.current_user:
            self.redirect(self._onward())
            return
        self._ask()

    @allow_unauthenticated
    async def post(self) -> None:
        identity = cast("ClassIdentity", self.identity_provider)
        name, code = self.get_body_argument("name", "")[:200], self.get_body_argument("code", "")[:200]
        if wait := self._patience.wait(name):
            self.set_status(429)
            self.set_header("Retry-After", str(int(wait) + 1))
            minutes = round(wait / 60 + 0.5)
            self._ask(WAIT.format(minutes="a minute" if minutes == 1 else f"{minutes} minutes"), name)
            return
        self._patience.failed(name)  # until it is known better: tries that come at once count each
        if not await asyncio.to_thread(identity.codes.holds, name, code):
            self.set_status(401)
            self._ask(NOT_KNOWN, name)
            return
        self._patience.succeeded(name)
        person = identity.codes.find(name)
        assert person is not None
        identity.sign_in(self, person.student)
        self.redirect(self._onward(), status=303)

    def _ask(self, wrong: str = "", name: str = "") -> None:
        self.show("sign-in.html", course=self._title, wrong=wrong, typed=name, onward=self._onward())

    def _onward(self) -> str:
        """Where somebody wanted to go: a lesson of ours, else the map. Never another site."""
        wanted = self.get_argument("next", "")
        return (
            wanted
            if re.fullmatch(rf"{re.escape(self.base_url)}(lesson/[a-z0-9-]+)?", wanted)
            else self.base_url
        )


class SignOut(Page):
    """Ends a sign-in, and the kernels of its pages."""

    @allow_unauthenticated
    async def post(self) -> None:
        session = cast("ClassIdentity", self.identity_provider).sign_out(self)
        if session is not None:
            await self.settings["kernel_manager"].end_session(session)
        self.redirect(f"{self.base_url}login", status=303)

    @allow_unauthenticated
    async def get(self) -> None:
        self.redirect(self.base_url)


def _key(name: str) -> str:
    return " ".join(name.casefold().split())[:200]


def session_of(handler: Any) -> tuple[str, str, str] | None:
    """Student, sign-in and name of whoever asks."""
    return cast("ClassIdentity", handler.settings["identity_provider"]).session(handler)
