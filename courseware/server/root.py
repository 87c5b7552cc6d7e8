"""The folder that a Jupyter server shows, and what of it a request may name: workspaces below it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath

from courseware import workspace
from courseware.log import sqlite_file
from courseware.workspace import Workspace, WorkspaceError


class Refused(PermissionError):
    """A request named what it may not; the message says so without telling what is there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Root:
    """A server's root. Every path that comes or goes is seen from it, with `/` between its parts."""

    path: Path

    def below(self, named: str) -> Path:
        """The file or folder that a request names, links followed.

        Raises Refused for an absolute path, one with `..`, and one that a link takes out of the root.
        """
        parts = PurePosixPath(named).parts
        odd = "\0" in named or "\\" in named or PureWindowsPath(named).drive
        if odd or PurePosixPath(named).is_absolute() or ".." in parts:
            raise Refused("Name a folder below the one that Jupyter was started in.")
        root = self.path.resolve()
        try:
            path = root.joinpath(*parts).resolve()
        except (OSError, RuntimeError, ValueError):  # links in a circle, names that no disk takes
            raise Refused("That name leads nowhere.") from None
        if path != root and root not in path.parents:
            raise Refused("That folder is linked to a place outside of the one that Jupyter was started in.")
        return path

    def workspace(self, named: str) -> Workspace:
        """The workspace in the folder that a request names.

        Raises WorkspaceError if there is none, Refused if its records lie outside of the root or it
        is somebody else's.
        """
        path = self.below(named)
        home = path / workspace.HOME
        if not _is_file(home / "workspace.toml"):
            raise WorkspaceError("There is no workspace in that folder. Start a course to make one.")
        self._own(path, home, home / "workspace.toml")
        space = workspace.load(path)
        log = home / "events.sqlite" if space.log is None else sqlite_file(space.log)
        if log is not None:
            self._own(path / log)
        return space

    def _own(self, *paths: Path) -> None:
        """Refuse what a link takes out of the root, and what belongs to another user of the machine.

        As their own count the server's user and the owner of the root: a folder that is mounted into a
        container keeps its owner.
        """
        root = self.path.resolve()
        for path in paths:
            there = path.resolve()
            if there != root and root not in there.parents:
                raise Refused("The records of that workspace lie outside of the folder that Jupyter shows.")
            if hasattr(os, "geteuid") and there.exists():
                owner = there.stat().st_uid
                if owner not in (os.geteuid(), root.stat().st_uid):
                    raise Refused("That workspace belongs to another user of this machine.")

    def near(self, named: str) -> Workspace | None:
        """The workspace that a file or folder lies in; else the only one in the root, if there is one."""
        path, root = self.below(named), self.path.resolve()
        while path != root.parent:
            if _is_file(path / workspace.HOME / "workspace.toml"):
                return self.workspace(self.seen(path))
            path = path.parent
        found = list(self.workspaces())
        return found[0] if len(found) == 1 else None

    def workspaces(self) -> Iterator[Workspace]:
        """The workspaces in the root and in the folders right below it that a request may name."""
        for home in sorted(self.path.resolve().glob(f"*/{workspace.HOME}")):
            try:
                yield self.workspace(self.seen(home.parent))
            except (Refused, WorkspaceError):
                continue

    def seen(self, path: Path) -> str:
        """A path below the root as Jupyter names it; "" is the root itself."""
        name = path.relative_to(self.path.resolve()).as_posix()
        return "" if name == "." else name


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name that is too long for the disk, a folder that may not be looked into
        return False
