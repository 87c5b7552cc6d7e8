"""Where a learner hands in who has an instructor: the work goes to the class, graded there.

``COURSEWARE_HAND_IN`` says where: a folder (the inbound one of nbgrader's exchange), or ``zip``, which makes
one file for a learning management system. The learner's own record goes along.
"""

from __future__ import annotations

import getpass
import hashlib
import json
import secrets
import shutil
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from courseware import record
from courseware.course import Course
from courseware.events import Event
from courseware.grading.collecting import RECEIPT, RECORD
from courseware.grading.counter import keep
from courseware.grading.submission import SECRET, TIMESTAMP
from courseware.grading.task import Tasks
from courseware.handing import NOTICE, Handed
from courseware.tutor import NotTaken, Receipt, Task
from courseware.workspace import Workspace

ZIP: Final = "zip"
UPLOAD: Final = "{name}, in your folder: upload it where your course collects work"
EXCHANGE: Final = "where your course collects work"
NOT_SENT: Final = (
    "What you handed in is kept in your folder, and could not be sent ({why}). Ask your instructor, then "
    "hand in again."
)


class ToClass:
    """A Counter that sends. What came of it is told when the class has graded it."""

    def __init__(self, course: Course, space: Workspace, where: str) -> None:
        self._course, self._space, self._where = course, space, where
        self._tasks = Tasks(course)

    def task(self, lesson: str) -> Task | None:
        shown = self._tasks.shown(lesson)
        return None if shown is None else replace(shown, notice=NOTICE)

    def warm(self, lesson: str) -> None:
        """Nothing is to be made ready."""

    def take(self, lesson: str, notebook: str, *, at: datetime, history: Sequence[Event]) -> Handed:
        kept = keep(self._space, lesson, notebook, at)
        name = f"{lesson}.ipynb"
        told = {"learner": self._space.learner, "lesson": lesson, "at": at.astimezone(UTC).isoformat()}
        told["sha256"] = hashlib.sha256(notebook.encode("utf-8", "replace")).hexdigest()
        files = {
            name: notebook,
            RECEIPT: json.dumps(told),
            RECORD: record.to_text(self._space.learner, self._course.id, history),
        }
        try:
            if self._where == ZIP:
                to = self._zip(lesson, files, at)
            else:
                to = self._exchange(lesson, files, at, kept)
        except OSError as error:
            raise NotTaken(NOT_SENT.format(why=error.strerror or error)) from error
        receipt = Receipt(
            lesson=lesson, at=at.isoformat(), sent=tuple(files), to=to, points=None, most=0.0, results=()
        )
        return Handed(receipt=receipt)

    def _zip(self, lesson: str, files: dict[str, str], at: datetime) -> str:
        made = self._space.path / f"{lesson}-{at.astimezone(UTC):%Y-%m-%d-%H%M%S-%f}.zip"
        with zipfile.ZipFile(made, "x", zipfile.ZIP_DEFLATED) as archive:
            for name, content in files.items():
                archive.writestr(name, content)
        return UPLOAD.format(name=made.name)

    def _exchange(self, lesson: str, files: dict[str, str], at: datetime, kept: Path) -> str:
        """As nbgrader's own `submit` puts it there: a folder that only who knows its name can enter.

        The secret that the feedback's name is made of is kept with the hand-in.
        """
        stamp = f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f} UTC"
        place = Path(self._where) / f"{getpass.getuser()}+{lesson}+{stamp}+{secrets.token_hex(16)}"
        place.mkdir()
        try:
            more = {TIMESTAMP: stamp, SECRET: secrets.token_hex(64)}
            (kept / SECRET).write_text(more[SECRET], encoding="utf-8")
            for name, content in (files | more).items():
                (place / name).write_text(content, encoding="utf-8", errors="replace", newline="\n")
                (place / name).chmod(0o644)
            place.chmod(0o777)
        except OSError:
            shutil.rmtree(place, ignore_errors=True)
            raise
        return EXCHANGE
