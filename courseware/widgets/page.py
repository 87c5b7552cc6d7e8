"""One notebook page: the tutor behind it, and the widgets on it, which hear of each other's records."""

from __future__ import annotations

import logging
import os
import threading
import weakref
from collections.abc import Callable, Mapping
from pathlib import PurePosixPath
from typing import Any, Protocol

from courseware.tutor import Card, Progress, Tutor
from courseware.widgets.notebook_file import NotebookFile

log = logging.getLogger("courseware.widgets")


Origin = tuple[str | None, str | None]
"""The cell that made a widget, and which of its runs; None where nobody says."""


class Part(Protocol):
    """A widget on a page."""

    def follow(self, card: Card | None, progress: Progress) -> None:
        """Another part recorded something (on a card, or a hand-in): show what that changes here."""


class Page:
    """What the widgets of one lesson in one kernel share.

    `tutor` finds the tutor when it is first needed (a kernel may be warm before its learner is known).
    `lesson` is the lesson of this notebook, None for the whole course. `folder` is where the notebook
    lies, seen from Jupyter's root: the front of every link to another notebook. `file` is the lesson's own
    notebook, where it can be handed in from this page.
    """

    def __init__(
        self,
        tutor: Callable[[], Tutor],
        *,
        lesson: str | None,
        folder: str | None = None,
        file: NotebookFile | None = None,
    ) -> None:
        self._find = tutor
        self._tutor: Tutor | None = None
        self._finding = threading.Lock()
        self._parts: weakref.WeakKeyDictionary[Part, Origin] = weakref.WeakKeyDictionary()
        self.lesson = lesson
        self.folder = notebook_folder() if folder is None else folder
        self.file = file

    @property
    def tutor(self) -> Tutor:
        with self._finding:
            if self._tutor is None:
                self._tutor = self._find()
            return self._tutor

    def join(self, part: Part) -> None:
        """Let a part hear of what others record, until its cell runs again."""
        origin = origin_now()
        for other, (cell, run) in list(self._parts.items()):
            if cell is not None and cell == origin[0] and run != origin[1]:
                self._parts.pop(other, None)  # ipywidgets keeps it for good, and no page shows it any more
        self._parts[part] = origin

    def recorded(self, by: Part | None, card: Card | None) -> None:
        """Something was recorded (by a part, or by a cell; None: a hand-in): the other parts follow.

        Hold no lock of a part when calling this: parts lock themselves while they follow.
        """
        others = [part for part in list(self._parts) if part is not by]
        if not others:
            return
        try:
            progress = self.tutor.progress(self.lesson)
        except Exception:
            log.exception("the other widgets of this page could not be brought up to date")
            return
        for part in others:
            try:
                part.follow(card, progress)
            except Exception:
                log.exception("a widget of this page could not be brought up to date")

    def path(self, notebook: str) -> str:
        """Where a notebook of this workspace lies, seen from Jupyter's root."""
        return str(PurePosixPath(self.folder) / notebook)


def origin_now() -> Origin:
    """The cell that is running now."""
    try:
        from IPython.core.getipython import get_ipython

        shell: Any = get_ipython()
        parent = shell.get_parent() if hasattr(shell, "get_parent") else {}
        return parent.get("metadata", {}).get("cellId"), parent.get("header", {}).get("msg_id")
    except Exception:
        log.debug("no running cell is known", exc_info=True)
        return None, None


def notebook_folder(environment: Mapping[str, str] | None = None) -> str:
    """The folder of this kernel's notebook, seen from Jupyter's root; "" where nobody says."""
    session = (os.environ if environment is None else environment).get("JPY_SESSION_NAME", "")
    if not session.endswith(".ipynb"):
        return ""
    path = PurePosixPath(session.replace("\\", "/"))
    if path.is_absolute() or ":" in path.parts[0]:
        return ""  # some servers name the file on the disk: no link can be made of that
    folder = str(path.parent)
    return "" if folder == "." else folder
