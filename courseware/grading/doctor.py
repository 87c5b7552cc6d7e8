"""``courseware doctor``: what is installed, what fences submissions in, what can be written; and mends."""

from __future__ import annotations

import os
import shutil
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final, Literal

from courseware.grading.engine.launch import EngineError, open_launcher
from courseware.grading.engine.layers import NAMES

State = Literal["ok", "missing", "note"]

PACKAGES: Final = {
    "jupyterlab": "",
    "ipywidgets": "",
    "anywidget": "",
    "pandas": "",
    "nbgrader": "pip install 'mastery-courseware[class]'",
    "psycopg": "pip install 'mastery-courseware[hub]'",
}
"""Packages, and how one that is needed for some things only is got."""
MENDS: Final = {
    "namespaces": "Let the kernel give user namespaces (sysctl kernel.unprivileged_userns_clone=1; in a "
    "container, let it unshare), or grade as root in a machine of its own.",
    "tree": "It comes with namespaces.",
    "user": "Run as root in a container or machine of its own. Without it the other layers still hold.",
    "landlock": "It is in Linux from 5.13 on, where lsm= names it.",
    "seccomp": "It is in every Linux on x86-64 and ARM64; elsewhere grade in a container.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing looked at: whether it is as it should be, and what to do if not."""

    about: str
    what: str
    state: State
    says: str
    mend: str = ""


def examine(folder: Path) -> Iterator[Finding]:
    """Look at this machine, and at a folder that should be writable."""
    yield Finding(about="python", what=sys.executable, state="ok", says=sys.version.partition(" ")[0])
    for name, mend in PACKAGES.items():
        try:
            yield Finding(about="package", what=name, state="ok", says=version(name))
        except PackageNotFoundError:
            says = "not installed" + ("; not needed to learn" if mend else "")
            install = mend or f"pip install {name}"
            yield Finding(
                about="package", what=name, state="note" if mend else "missing", says=says, mend=install
            )
    yield from _paths(folder)
    yield from _layers()


def _paths(folder: Path) -> Iterator[Finding]:
    for what, place in (("this folder", folder), ("the temporary folder", Path(tempfile.gettempdir()))):
        try:
            with tempfile.TemporaryFile(dir=place):
                pass
            free = shutil.disk_usage(place).free // 1_000_000
        except OSError as error:
            says = f"{place} cannot be written ({error.strerror})"
            yield Finding(
                about="disk", what=what, state="missing", says=says, mend="Choose another with --dir."
            )
            continue
        little = free < 500
        says = f"{place}: {free:,} MB free"
        mend = "Make room: notebooks and logs stop at a full disk." if little else ""
        yield Finding(about="disk", what=what, state="missing" if little else "ok", says=says, mend=mend)
    scripts = sysconfig.get_path("scripts")
    known = scripts in os.environ.get("PATH", "").split(os.pathsep)
    says = scripts if known else f"{scripts} is not on it: nbgrader's own commands need it"
    mend = "" if known else "Activate the environment, or add this folder to PATH."
    yield Finding(about="path", what="PATH", state="ok" if known else "note", says=says, mend=mend)


def _layers() -> Iterator[Finding]:
    try:
        launcher = open_launcher([], workers=1)
    except OSError as error:
        yield Finding(about="sandbox", what="engine", state="missing", says=str(error))
        return
    try:
        layers = launcher.layers
    except EngineError as error:
        mend = "Send this with a report."
        yield Finding(about="sandbox", what="engine", state="missing", says=str(error), mend=mend)
        return
    finally:
        launcher.close()
    for name, does in NAMES.items():
        if name not in layers.missing:
            yield Finding(about="sandbox", what=name, state="ok", says=does)
        else:
            mend = MENDS[name] if sys.platform == "linux" else "Grade on Linux, or in a container."
            says = f"{does}: not here ({layers.missing[name]})"
            yield Finding(about="sandbox", what=name, state="note", says=says, mend=mend)
    says = "submissions see no file but their own, no network, no other process"
    if not layers.strong:
        says = "submissions run with the grader's own rights: grade only what you trust here"
    yield Finding(about="sandbox", what="altogether", state="ok" if layers.strong else "note", says=says)
