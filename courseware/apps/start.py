"""Start the app: for one learner on a workspace, or for a class."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from courseware.apps.held import HeldLog
from courseware.apps.tutors import Tutors
from courseware.clock import system_clock
from courseware.course import Course
from courseware.local_tutor import LocalTutor
from courseware.log import Log
from courseware.runner import Worker
from courseware.widgets import front
from courseware.workspace import Workspace

if TYPE_CHECKING:
    from courseware.apps.server import LessonApp

LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})
ALONE: Final = (
    "{host} can be reached by others, and an app for one learner asks nobody who they are. "
    "Serve a class with --class DIR, or leave --host out."
)
SERVED_AT: Final = "courseware/static"


class AppError(RuntimeError):
    """The app cannot be started like this; the message says what to do."""


def serve(
    space: Workspace,
    course: Course,
    log: Log,
    *,
    host: str,
    port: int | None,
    browser: bool,
    base_url: str = "/",
) -> None:
    """Serve a workspace's course to its own learner, until stopped. Raises AppError if it cannot be.

    Only on this machine: whoever reaches the app is taken for the learner.
    """
    if host not in LOOPBACK:
        raise AppError(ALONE.format(host=host))
    worker = Worker()

    def make_tutor(learner: str) -> LocalTutor:
        return LocalTutor(course, HeldLog(log), learner, clock=system_clock(), runner=worker, workspace=space)

    def make(config: Any) -> LessonApp:
        from courseware.apps.server import LessonApp

        app = LessonApp(config=config)
        app.course, app.tutors, app.learner = course, Tutors(make_tutor), space.learner
        return app

    try:
        run(make, course, space.path, host=host, port=port, browser=browser, base_url=base_url)
    finally:
        worker.close()


def run(
    make: Callable[[Any], LessonApp],
    course: Course,
    folder: Path,
    *,
    host: str,
    port: int | None,
    browser: bool,
    base_url: str,
    ready: int = 1,
) -> None:
    """Run an app of ours until it is stopped: `make` makes it of Voila's configuration.

    `folder` is where its kernels stand, with the course's data in it; `ready` is how many are kept ready
    behind a lesson. Raises AppError where Voila is missing.
    """
    # Voila finds templates below Jupyter's data folders; ours lie in the package.
    ours = str(files("courseware.apps") / "share")
    os.environ["JUPYTER_PATH"] = os.pathsep.join(filter(None, [ours, os.environ.get("JUPYTER_PATH")]))
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    os.environ["JUPYTER_PREFER_ENV_PATH"] = "1"
    os.environ[front.SERVED] = SERVED_AT  # its kernels read it
    try:
        app = make(_config(course, base_url, ready))
    except ModuleNotFoundError as missing:
        raise AppError(
            f"The app needs {missing.name}, which is not installed. "
            "Type: pip install 'mastery-courseware[app]'"
        ) from None
    os.chdir(folder)
    app.ip = host
    app.open_browser = browser
    if port is not None:
        app.port, app.port_retries = port, 0
    app.initialize([str(folder)])
    app.start()


def _config(course: Course, base_url: str, ready: int) -> Any:
    from traitlets.config import Config

    config = Config()
    config.VoilaConfiguration.template = "courseware"
    config.VoilaConfiguration.resources = {
        "language_code": course.language,
        "courseware": {lesson.id: lesson.title for lesson in course.lessons},
    }
    config.VoilaConfiguration.strip_sources = False  # our template shows those that are worth reading
    config.VoilaConfiguration.preheat_kernel = True
    config.VoilaConfiguration.default_pool_size = ready
    config.VoilaConfiguration.multi_kernel_manager_class = "courseware.apps.kernels.Kernels"
    config.VoilaConfiguration.file_allowlist = [r".*\.(png|jpg|gif|svg|csv)"]
    config.VoilaConfiguration.extension_denylist = ["@jupyter-notebook/lab-extension", "@jupyter/nbgrader"]
    config.Voila.kernel_websocket_connection_class = "courseware.server.nodelay.NoDelay"
    config.VoilaKernelManager.fill_delay = 0.2
    config.VoilaKernelManager.preheat_denylist = [r".*"]  # which ones are kept warm, the pages say
    config.AsyncMappingKernelManager.kernel_manager_class = "courseware.apps.warm_kernels.WarmKernelManager"
    config.KernelManager.autorestart = False  # it would come back empty: the page says so instead
    config.AsyncMappingKernelManager.cull_idle_timeout = 1800
    config.Voila.base_url = f"/{base_url.strip('/')}/".replace("//", "/")
    return config
