"""Start the app on a workspace."""

from __future__ import annotations

import os
import sys
from importlib.resources import files
from pathlib import Path
from typing import Final

from traitlets.config import Config

from courseware.course import Course
from courseware.tutor import Tutor
from courseware.workspace import Workspace

LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})
ALONE: Final = (
    "{host} can be reached by others, and an app for one learner asks nobody who they are. "
    "Serve a class with --class DIR, or leave --host out."
)


class AppError(RuntimeError):
    """The app cannot be started like this; the message says what to do."""


def serve(
    space: Workspace,
    course: Course,
    tutor: Tutor,
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
    # Voila finds templates below Jupyter's data folders; ours lie in the package.
    ours = str(files("courseware.apps") / "share")
    os.environ["JUPYTER_PATH"] = os.pathsep.join(filter(None, [ours, os.environ.get("JUPYTER_PATH")]))
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    os.environ["JUPYTER_PREFER_ENV_PATH"] = "1"
    try:
        from courseware.apps.server import LessonApp, places
    except ModuleNotFoundError as missing:
        raise AppError(
            f"The app needs {missing.name}, which is not installed. "
            "Type: pip install 'mastery-courseware[app]'"
        ) from None

    config = Config()
    config.VoilaConfiguration.template = "courseware"
    config.VoilaConfiguration.resources = {"courseware": places(course)}
    config.VoilaConfiguration.preheat_kernel = True
    config.VoilaConfiguration.default_pool_size = 1
    config.VoilaConfiguration.file_allowlist = [r".*\.(png|jpg|gif|svg|csv)"]
    config.VoilaConfiguration.extension_denylist = ["@jupyter-notebook/lab-extension", "@jupyter/nbgrader"]
    config.Voila.kernel_websocket_connection_class = "courseware.server.nodelay.NoDelay"
    config.VoilaKernelManager.preheat_denylist = [r".*"]  # which ones are kept warm, the pages say
    config.AsyncMappingKernelManager.cull_idle_timeout = 1800
    config.Voila.base_url = f"/{base_url.strip('/')}/".replace("//", "/")
    app = LessonApp(config=config)
    app.course, app.tutor = course, tutor
    os.chdir(space.path)
    app.ip = host
    app.open_browser = browser
    if port is not None:
        app.port, app.port_retries = port, 0
    app.initialize([str(space.path)])
    app.start()
