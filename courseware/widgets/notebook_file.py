"""The notebook's own file, as a hand-in needs it: with what was run last saved in it."""

from __future__ import annotations

import json
import time
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from courseware.tutor import NotTaken

PATIENCE: Final = 6.0
"""Seconds within which a page that saves the notebook has saved it."""
LARGEST: Final = 25_000_000
"""More bytes than any hand-in takes are not read."""

SAVE_FIRST: Final = "Save first: the file is older than what you ran last. Save the notebook, then hand in."
MISSING: Final = (
    "{name} is not in your workspace, so it cannot be handed in. Save the notebook under that name, then "
    "hand in."
)
UNREADABLE: Final = "{name} could not be read ({why}). Save the notebook, then hand in."

Clock = Callable[[], float]


class NotebookFile:
    """A notebook's file, and when a cell of it ran last.

    `shell` is the IPython that its cells run in, None where there is none; `clock` gives seconds since 1970,
    as files do.
    """

    def __init__(self, path: Path, shell: Any = None, *, clock: Clock = time.time) -> None:
        self.path = path
        self._clock = clock
        self._ran = 0.0
        self._before: int | None = None
        if shell is not None:
            _register(shell, self)

    def ran(self) -> None:
        """A cell has run to its end."""
        self._ran = self._clock()

    def about_to_save(self) -> None:
        """A page is going to save: what the file is like before."""
        self._before = self._stamp()

    def read(self, *, saving: bool) -> str:
        """The file's text; `saving` if a page saves it now. Raises NotTaken where the file is behind."""
        end = time.monotonic() + PATIENCE
        while saving and not self._is_saved() and time.monotonic() < end:
            time.sleep(0.02)
        try:
            info = self.path.stat()
            saved = saving and info.st_mtime_ns != self._before
            if not saved and info.st_mtime < self._ran:
                raise NotTaken(SAVE_FIRST)
            with self.path.open(encoding="utf-8", errors="replace") as file:
                return file.read(LARGEST)
        except FileNotFoundError:
            raise NotTaken(MISSING.format(name=self.path.name)) from None
        except OSError as error:
            raise NotTaken(UNREADABLE.format(name=self.path.name, why=error.strerror or error)) from error

    def _is_saved(self) -> bool:
        """Whether the file has changed, and is whole again: while it is written it may be empty or half."""
        if self._stamp() == self._before:
            return False
        try:
            json.loads(self.path.read_bytes())
        except (OSError, ValueError):
            return False
        return True

    def _stamp(self) -> int | None:
        try:
            return self.path.stat().st_mtime_ns
        except OSError:
            return None


def _register(shell: Any, file: NotebookFile) -> None:
    """Tell the file of every cell that has run, as long as somebody holds it."""
    known = weakref.ref(file)

    def after(*_: object) -> None:
        if (held := known()) is None:
            shell.events.unregister("post_run_cell", after)
        else:
            held.ran()

    shell.events.register("post_run_cell", after)
