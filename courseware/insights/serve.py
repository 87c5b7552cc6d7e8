"""The dashboard in the browser: its notebook behind Voila, on this machine alone."""

from __future__ import annotations

import os
import secrets
import sys
import tempfile
import threading
import webbrowser
from collections.abc import Callable, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Final

from courseware.insights.source import InsightError

NOTEBOOK: Final = "dashboard.ipynb"
HOST: Final = "127.0.0.1"
TEMPLATE: Final = "courseware-insights"
NO_VOILA: Final = (
    "The dashboard needs {missing}, which is not installed. Type: pip install 'mastery-courseware[app]'. "
    "Without it, `courseware insights --json` prints what it would say."
)
OPENING: Final = (
    '<!doctype html><meta http-equiv="refresh" content="0; url={url}"><a href="{url}">Dashboard</a>'
)


def serve(
    notebook: Path, title: str, environment: Mapping[str, str], *, port: int | None, browser: bool,
    told: Callable[[str], object],
) -> None:  # fmt: skip
    """Serve a dashboard's notebook until stopped; `told` gets the address, which lets one browser in, once.

    `environment` is what its kernels find besides. Raises InsightError where Voila is missing.
    """
    if not notebook.is_file():
        raise InsightError(f"there is no notebook {notebook}. `courseware insights --copy FILE` makes one.")
    ours = str(files("courseware.insights") / "share")
    os.environ["JUPYTER_PATH"] = os.pathsep.join(filter(None, [ours, os.environ.get("JUPYTER_PATH")]))
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    os.environ["JUPYTER_PREFER_ENV_PATH"] = "1"
    os.environ.update(environment)
    try:
        from traitlets.config import Config

        from courseware.insights.server import InsightApp
    except ModuleNotFoundError as missing:
        raise InsightError(NO_VOILA.format(missing=missing.name)) from None
    config = Config()
    config.VoilaConfiguration.template = TEMPLATE
    style = (files("courseware.insights") / "static" / "page.css").read_text(encoding="utf-8")
    config.VoilaConfiguration.resources = {"courseware_insights": {"title": title, "style": style}}
    config.VoilaConfiguration.file_allowlist = [r"(?!)"]  # no file beside the notebook is served
    config.VoilaConfiguration.extension_denylist = ["@jupyter-notebook/lab-extension", "@jupyter/nbgrader"]
    config.Voila.kernel_websocket_connection_class = "courseware.server.nodelay.NoDelay"
    config.AsyncMappingKernelManager.cull_idle_timeout = 3600
    app = InsightApp(config=config)
    app.token = secrets.token_urlsafe(32)
    app.ip, app.open_browser, app.log_level = HOST, False, "WARN"
    if port is not None:
        app.port, app.port_retries = port, 0
    app.initialize([str(notebook)])

    def listening(port: int) -> None:
        address = f"http://{HOST}:{port}/?token={app.token}"
        told(address)
        if browser:
            _open(address)

    app.listening = listening
    app.start()


def _open(address: str) -> None:
    """Open the browser by a file that this user alone can read: no list of processes shows the address."""
    handle, name = tempfile.mkstemp(suffix=".html")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(OPENING.format(url=address))
    threading.Thread(target=webbrowser.open, args=(Path(name).as_uri(),), daemon=True).start()
    timer = threading.Timer(60, lambda: Path(name).unlink(missing_ok=True))
    timer.daemon = True
    timer.start()
