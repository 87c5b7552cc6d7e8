"""Files between the two processes: what the submission wrote comes in as data; what tests write goes out."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any, Final

from courseware.grading.verdict.remote import Remote

LARGEST: Final = 32 << 20
MOST: Final = 500
LONGEST_NAME: Final = 200
CODE: Final = frozenset({".py", ".pyc", ".pyd", ".so", ".pth", ".ipynb", ".pkl", ".pickle", ".zip"})
"""Endings of what would run, or be read as objects."""


class Files:
    """`given` are the instructor's own (by name): of these the tests have their own copies, and keep them."""

    def __init__(self, remote: Remote, given: Mapping[str, Any]) -> None:
        self._remote, self._given = remote, frozenset(given)
        self._seen: dict[str, tuple[int, int]] = {}
        self.watching = False

    def take(self) -> None:
        """Fetch what the submission wrote since the last time."""
        for name, data in self._remote.files().items():
            if fine(name, data, self._given):
                path = Path(name)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.unlink(missing_ok=True)
                path.write_bytes(data)
                self._seen[name] = _mark(path)

    def news(self) -> dict[str, bytes]:
        """Files that tests wrote or changed since the last time, while files are looked at."""
        if not self.watching:
            return {}
        found: dict[str, bytes] = {}
        for name, path in _walk():
            mark = _mark(path)
            if self._seen.get(name) != mark and name not in self._given:
                self._seen[name] = mark
                found[name] = path.read_bytes()
        return found


def fine(name: Any, data: Any, given: frozenset[str]) -> bool:
    """Whether a file of the submission may come in, under this name and with these bytes."""
    if type(name) is not str or type(data) is not bytes or len(data) > LARGEST or len(name) > LONGEST_NAME:
        return False
    path = PurePosixPath(name)
    plain = not path.is_absolute() and all(
        part not in ("", ".", "..") and not part.startswith(".") for part in path.parts
    )
    return (
        plain
        and bool(path.parts)
        and "\0" not in name
        and name not in given
        and path.suffix.lower() not in CODE
    )


def _walk() -> list[tuple[str, Path]]:
    found = []
    for folder, _, names in os.walk("."):
        for name in names:
            path = Path(folder, name)
            if path.is_file() and not path.is_symlink():
                found.append((path.as_posix(), path))
    return found[:MOST]


def _mark(path: Path) -> tuple[int, int]:
    info = path.stat()
    return info.st_mtime_ns, info.st_size


def written(before: Mapping[str, tuple[int, int]]) -> dict[str, bytes]:
    """In the submission's process: its regular files that are new or changed, by name."""
    found: dict[str, bytes] = {}
    for name, path in _walk():
        info = path.lstat()
        if stat.S_ISREG(info.st_mode) and info.st_size <= LARGEST and before.get(name) != _mark(path):
            found[name] = path.read_bytes()
            if sum(map(len, found.values())) > LARGEST:
                break
    return found


def marks() -> dict[str, tuple[int, int]]:
    """In the submission's process, before it runs: the files that are there."""
    return {name: _mark(path) for name, path in _walk()}
