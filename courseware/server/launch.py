"""JupyterLab, started on a workspace."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Final

from courseware.workspace import Workspace

BUILT: Final = Path(__file__).parents[2] / "extension" / "built"
"""Where a checkout has the course map, once it was built there (the wheel puts it into Jupyter's folders)."""
PAGE: Final[Mapping[str, object]] = {
    "disabledExtensions": {"@jupyterlab/apputils-extension:announcements": True},
}


def command(workspace: Workspace, notebook: str, *, port: int | None, browser: bool) -> list[str]:
    """The command line that starts JupyterLab in the workspace with a notebook open."""
    args = [
        *(sys.executable, "-m", "jupyterlab"),
        f"--ServerApp.root_dir={workspace.path}",
        f"--LabApp.default_url=/lab/tree/{notebook}",
        "--LabApp.news_url=None",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        "--ServerApp.ip=127.0.0.1",
        # JupyterLab remembers open tabs for each user: those of other folders are not ours.
        f"--LabApp.workspaces_dir={workspace.home / 'jupyter' / 'workspaces'}",
    ]
    if port is not None:
        args += [f"--ServerApp.port={port}", "--ServerApp.port_retries=0"]
    if not browser:
        args.append("--no-browser")
    if runs_as_root():
        args.append("--allow-root")
    return args


def runs_as_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def environment(workspace: Workspace) -> dict[str, str]:
    """The environment for it: this Python's kernel first, and our settings before the user's own.

    What installing Courseware puts into Jupyter's folders is named here again: an installation for
    development need not have put it there.
    """
    config = workspace.home / "jupyter"
    for name, text in (
        ("labconfig/page_config.json", json.dumps(PAGE, indent=1)),
        ("labconfig/default_setting_overrides.json", _shipped("settings.json")),
        ("jupyter_server_config.d/courseware.json", _shipped("enabled.json")),
    ):
        (config / name).parent.mkdir(parents=True, exist_ok=True)
        (config / name).write_text(text, encoding="utf-8")
    paths = [str(config), *filter(None, [os.environ.get("JUPYTER_CONFIG_PATH")])]
    here = str(Path(sys.executable).parent)
    data = filter(None, [str(BUILT) if BUILT.is_dir() else "", os.environ.get("JUPYTER_PATH")])
    return {
        **os.environ,
        "JUPYTER_PATH": os.pathsep.join(data),
        "JUPYTER_CONFIG_PATH": os.pathsep.join(paths),
        "JUPYTER_PREFER_ENV_PATH": "1",
        "PATH": os.pathsep.join([here, os.environ.get("PATH", "")]),
    }


def _shipped(name: str) -> str:
    return (files(__package__) / name).read_text(encoding="utf-8")


def start(workspace: Workspace, notebook: str, *, port: int | None = None, browser: bool = True) -> int:
    """Run JupyterLab until it is stopped; its exit code."""
    args, env = command(workspace, notebook, port=port, browser=browser), environment(workspace)
    sys.stdout.flush()
    if os.name == "posix":
        # Take this process's place, so that whoever stops it stops JupyterLab.
        os.chdir(workspace.path)
        os.execve(args[0], args, env)
    try:
        return subprocess.run(args, env=env, cwd=workspace.path, check=False).returncode
    except KeyboardInterrupt:
        return 0
