"""The app for a class: people sign in, and each sees only what is theirs."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from tornado.ioloop import IOLoop

from courseware.apps.server import LessonApp
from courseware.apps.sign_in import ClassIdentity, Ended, Patience, SignIn, SignOut, session_of
from courseware.apps.visitor import Visitor
from courseware.grading import roster
from courseware.grading.class_folder import ClassFolder
from courseware.grading.codes import FOLDER, Codes, put_secret

NO_STORE: Final[Mapping[str, str]] = {"Cache-Control": "no-store", "Referrer-Policy": "same-origin"}


class ClassApp(LessonApp):
    """A course as an app for a class. Set `course`, `tutors` and `members` before `start`."""

    members: Members

    def init_settings(self) -> dict[str, Any]:
        self.identity_provider_class = ClassIdentity
        self.cookie_secret = self.members.secret
        settings = super().init_settings()
        identity = settings["identity_provider"]
        identity.codes, identity.ended = self.members.codes, self.members.ended
        identity.cookie_name = f"courseware-{sha256(str(self.members.folder.path).encode()).hexdigest()[:8]}"
        identity.secure_cookie = self.public is not None and self.public.startswith("https:")
        return settings | {
            "xsrf_cookies": True,
            "xsrf_cookie_kwargs": {
                "path": self.base_url,
                "samesite": "Lax",
                "secure": identity.secure_cookie,
            },
            "headers": dict(NO_STORE),
            "allow_remote_access": True,
        }

    def init_handlers(self) -> list[Any]:
        root, title = self.server_url, self.course.title
        IOLoop.current().add_callback(self.keep_warm, self.course.lessons[0].notebook)
        return [
            (f"{root}login", SignIn, {"patience": Patience(), "title": title}),
            (f"{root}sign-out", SignOut),
            *super().init_handlers(),
        ]

    def visitor(self, handler: Any) -> Visitor | None:
        found = session_of(handler)
        if found is None:
            return None
        student, session, name = found
        return Visitor(learner=self.members.learner(student), session=session, name=name)


class Members:
    """Who is in a class, and what signs them in. Any thread may ask."""

    def __init__(self, folder: ClassFolder) -> None:
        self.folder = folder
        self.codes = Codes(folder.path)
        self.ended = Ended(folder.path / FOLDER / "ended.json")
        self._learners: dict[str, str] = {}
        self._lock = threading.Lock()

    @property
    def secret(self) -> bytes:
        """What cookies are signed with: made once, so that a restart signs nobody out."""
        file: Path = self.folder.path / FOLDER / "secret"
        try:
            return file.read_bytes()
        except FileNotFoundError:
            put_secret(file, secrets.token_bytes(32))
            return file.read_bytes()

    def learner(self, student: str) -> str:
        """The learner that a student's events are about."""
        with self._lock:
            if student not in self._learners:
                self._learners |= roster.learners(self.folder.roster, [student])
            return self._learners[student]
