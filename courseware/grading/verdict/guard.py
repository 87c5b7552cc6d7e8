"""Keeps the tests' process from running text, and from making objects of bytes, that may be a student's."""

from __future__ import annotations

import codeop
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any, Final

import IPython

from courseware.grading.verdict.refusal import Refused

TEXT: Final = "the test evaluates text that is not its own"
BYTES: Final = "the test makes objects of pickled bytes"
PROGRAM: Final = "the test runs another program"
STOPPED: Final = {
    "pickle.find_class": BYTES,
    "marshal.loads": BYTES,
    "code.__new__": TEXT,
    "os.system": PROGRAM,
    "os.exec": PROGRAM,
    "os.posix_spawn": PROGRAM,
    "subprocess.Popen": PROGRAM,
    "ctypes.dlopen": PROGRAM,
}
OWN: Final = f"{Path(IPython.__file__).parent}{os.sep}"
WRITERS: Final = frozenset(
    str(Path(os.__file__).parent / name)
    for name in ("collections/__init__.py", "dataclasses.py", "ast.py", "linecache.py", "inspect.py")
)
"""Modules of Python that compile what they wrote themselves, or parse without running."""
ENGINE: Final = f"courseware{os.sep}grading{os.sep}"


class Guard:
    """Watches while a test runs; what it stops is recorded, whatever the test does with the exception."""

    def __init__(self, refusals: list[str]) -> None:
        self._refusals = refusals
        self._texts: tuple[str, ...] = ()
        self._watching = False
        sys.addaudithook(self._seen)

    @contextmanager
    def watching(self, *texts: str) -> Iterator[None]:
        """`texts` are the instructor's: they, and parts of them, may be compiled and run."""
        self._texts, self._watching = texts, True
        try:
            yield
        finally:
            self._watching = False

    def _seen(self, event: str, given: tuple[Any, ...]) -> None:
        if not self._watching:
            return
        why = STOPPED.get(event)
        if event == "compile" or event == "exec":
            why = None if self._allowed(given[0], sys._getframe(1)) else TEXT
        if event in ("marshal.loads", "ctypes.dlopen", "code.__new__") and _importing(sys._getframe(1)):
            return
        if why is not None:
            self._refusals.append(why)
            raise Refused(why)

    def _allowed(self, what: Any, frame: FrameType) -> bool:
        file = frame.f_code.co_filename
        if _importing(frame) or (ENGINE in file and file.endswith(("cells.py", "sources.py"))):
            return True
        if file in WRITERS:
            return not _pandas_text(frame, self._texts)
        if file.startswith(OWN) or file == codeop.__file__:
            return type(what) is not str or what.strip() == "" or any(what.strip() in t for t in self._texts)
        return False


def _importing(frame: FrameType | None) -> bool:
    """Whether a module is being imported: what it does then is its own."""
    while frame is not None:
        if frame.f_code.co_filename.startswith("<frozen importlib"):
            return True
        frame = frame.f_back
    return False


def _pandas_text(frame: FrameType | None, texts: tuple[str, ...]) -> bool:
    """Whether pandas evaluates a text (DataFrame.query …) that stands in none of these."""
    while frame is not None:
        name, file = frame.f_code.co_name, frame.f_code.co_filename
        if name in ("query", "eval") and f"{os.sep}pandas{os.sep}" in file:
            text = frame.f_locals.get("expr")
            return type(text) is not str or not any(text.strip() in each for each in texts)
        frame = frame.f_back
    return False
