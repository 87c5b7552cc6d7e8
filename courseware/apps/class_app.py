"""Start the app for a class."""

from __future__ import annotations

import os
import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from checkers.code import is_code
from courseware.apps.held import HeldLog
from courseware.apps.start import LOOPBACK, AppError, run
from courseware.apps.tutors import Tutors
from courseware.clock import system_clock
from courseware.course import Course
from courseware.grading.class_folder import ClassFolder
from courseware.grading.codes import Codes
from courseware.grading.engine.launch import EngineError, Launcher, open_launcher
from courseware.grading.sandboxed import Sandboxed
from courseware.grading.task import data_files
from courseware.local_tutor import LocalTutor
from courseware.runner import Worker
from courseware.tutor import Card, NotTaken

if TYPE_CHECKING:
    from courseware.apps.server import LessonApp

NO_CODES: Final = (
    "Nobody in {folder} has a code yet, so nobody could sign in. Make them with "
    "`courseware class codes --class {folder}`."
)
NO_CODE_HERE: Final = (
    "Code is not run on this server, since it could not be fenced in here. Nothing was counted. Answer this "
    "one in a notebook on a computer of your own, or go on with the next."
)
NO_ADDRESS: Final = "{address!r} is no address. Give all of it: https://school.example/class/"
IN_CLEAR: Final = (
    "Note: names and codes travel to {host} unencrypted. Put a server with TLS in front, and name its "
    "address with --behind; docs/apps.md shows one."
)
UNFENCED: Final = (
    "Note: code that learners write cannot be fenced in on this machine, so it is not run: questions that "
    "take code are refused with a sentence. `courseware doctor` says what is missing."
)
KERNEL_BYTES: Final = 100_000_000
"""A kernel's own share of memory, about; kernels that nobody uses yet may have a tenth of what is free."""
AT_ONCE: Final = 4
"""So many pieces of learners' code run at the same time; others wait for their turn."""


def serve(
    folder: ClassFolder,
    *,
    host: str,
    port: int | None,
    browser: bool,
    behind: str | None = None,
    ready: int | None = None,
    tell: Any = print,
) -> None:
    """Serve a class's course until stopped. Raises AppError if it cannot be served.

    `behind` is the address that learners type, where a server with TLS stands in front of this one; `ready`
    how many kernels are kept ready behind a lesson (None: as the machine allows). `tell` is told in sentences
    what whoever runs it should know.
    """
    base_url = "/"
    if behind is not None:
        where = urlsplit(behind)
        if where.scheme not in ("http", "https") or not where.netloc:
            raise AppError(NO_ADDRESS.format(address=behind))
        base_url = where.path or "/"
    if not Codes(folder.path).students():
        raise AppError(NO_CODES.format(folder=folder.path))
    if host not in LOOPBACK and (behind is None or not behind.startswith("https:")):
        tell(IN_CLEAR.format(host=host))
    with sandbox() as fence, data_of(course := folder.taught()) as place:
        log = folder.open_log()

        def make_tutor(learner: str) -> LocalTutor:
            runner = fence.runner(course)
            kind = LocalTutor if runner is not None else WithoutCode
            clock, bench = system_clock(), runner or Worker()
            return kind(course, HeldLog(log), learner, clock=clock, runner=bench)

        def look() -> None:
            if fence.runner(course) is None:
                tell(UNFENCED)

        def make(config: Any) -> LessonApp:
            from courseware.apps.class_server import ClassApp, Members

            app = ClassApp(config=config)
            app.course, app.tutors, app.public = course, Tutors(make_tutor), behind
            app.members = Members(folder)
            return app

        threading.Thread(target=look, daemon=True, name="courseware-fence").start()
        run(
            make,
            course,
            place,
            host=host,
            port=port,
            browser=browser,
            base_url=base_url,
            ready=kernels_ready() if ready is None else ready,
        )
    log.close()


def kernels_ready() -> int:
    """How many kernels this machine keeps ready behind a lesson: two for each core, as far as memory goes."""
    import psutil  # ipykernel brings it

    room = psutil.virtual_memory().available // KERNEL_BYTES // 10
    return int(max(1, min(2 * (os.cpu_count() or 1), room)))


class WithoutCode(LocalTutor):
    """A tutor where code cannot be fenced in: it refuses answers in code, and never runs any."""

    def answer(self, target: str, variant: str, response: object, *, id: str, ms: int | None = None) -> Card:
        if is_code(response):
            raise NotTaken(NO_CODE_HERE)
        return super().answer(target, variant, response, id=id, ms=ms)


class Fence:
    """The engine that grades, started ahead: it takes seconds, in which the rest of the app comes up."""

    def __init__(self) -> None:
        self._launcher: Launcher | None
        try:
            self._launcher = open_launcher(["checkers", "pandas", "numpy"], workers=AT_ONCE)
        except EngineError:
            self._launcher = None
        self._lock = threading.Lock()
        self._runner: Sandboxed | None = None

    def runner(self, course: Course) -> Sandboxed | None:
        """Where learners' code runs; None where the engine cannot fence it in. Any thread may ask."""
        with self._lock:
            try:
                if self._runner is None and self._launcher is not None and self._launcher.layers.strong:
                    self._runner = Sandboxed(self._launcher, data_files(course), at_once=AT_ONCE)
            except EngineError:
                self._launcher = None
            return self._runner

    def close(self) -> None:
        if self._launcher is not None:
            self._launcher.close()


@contextmanager
def sandbox() -> Iterator[Fence]:
    """A fence for as long as the block lasts."""
    fence = Fence()
    try:
        yield fence
    finally:
        fence.close()


@contextmanager
def data_of(course: Course) -> Iterator[Path]:
    """A folder with the course's data and nothing else, for kernels to stand in."""
    place = Path(tempfile.mkdtemp(prefix="courseware-app-"))
    try:
        if (course.path / "data").is_dir():
            shutil.copytree(course.path / "data", place / "data")
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)
