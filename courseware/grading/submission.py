"""What a student handed in, read with care: regular files within limits, none that acts by its name."""

from __future__ import annotations

import hashlib
import json
import os
import stat
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

LARGEST_NOTEBOOK: Final = 20_000_000
LARGEST_FILE: Final = 20_000_000
LARGEST_ALL: Final = 50_000_000
MOST_FILES: Final = 200
MOST_CELLS: Final = 2_000
"""Limits in bytes, files and cells; what is past them is left out, and said so."""

TIMESTAMP: Final = "timestamp.txt"
SECRET: Final = "submission_secret.txt"
"""The file of which nbgrader's exchange makes the name of the feedback, so that only its owner finds it."""
ACTS: Final = frozenset({"sitecustomize", "usercustomize", "conftest", "nbgrader_config", "ipython_config"})
"""Python files that something reads by their name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """One student's folder for one assignment.

    `notebooks` holds notebook JSON by name, or the sentence that says why it cannot be read. `files` are the
    others that go along (name in the folder → where it lies); `left_out` says what does not, and why.
    `digest` is the same for the same contents. `attempt` is the name of its folder for one of before, and
    "" for the one that counts.
    """

    student: str
    folder: Path
    attempt: str = ""
    notebooks: Mapping[str, Mapping[str, Any] | str]
    files: Mapping[str, Path] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()
    at: datetime | None = None
    digest: str = ""


def read_submission(student: str, folder: Path, *, attempt: str = "") -> Submission:
    """Read a folder that somebody handed in. Never raises for what is in it."""
    notebooks: dict[str, Mapping[str, Any] | str] = {}
    files: dict[str, Path] = {}
    left_out: list[str] = []
    sha = hashlib.sha256()
    total = 0
    for path in _walk(folder, left_out):
        name = path.relative_to(folder).as_posix()
        if len(files) + len(notebooks) >= MOST_FILES:
            left_out.append(f"{name} and what comes after it: more than {MOST_FILES} files")
            break
        try:
            info = path.lstat()
        except OSError as error:
            left_out.append(f"{name}: {error.strerror}")
            continue
        if why := _refused(path, name, info):
            left_out.append(f"{name}: {why}")
            if path.suffix == ".ipynb" and path.parent == folder:
                notebooks[path.stem] = f"The notebook cannot be taken: {why}."
            continue
        if total + info.st_size > LARGEST_ALL:
            left_out.append(f"{name}: all files together are larger than {LARGEST_ALL // 1_000_000} MB")
            continue
        total += info.st_size
        data = _bytes(path)
        sha.update(f"{name}\0{len(data)}\0".encode() + data)
        if path.suffix == ".ipynb" and path.parent == folder:
            notebooks[path.stem] = _notebook(data)
        elif name != TIMESTAMP:
            files[name] = path
    return Submission(
        student=student,
        folder=folder,
        attempt=attempt,
        notebooks=notebooks,
        files=files,
        left_out=tuple(left_out),
        at=_timestamp(folder / TIMESTAMP),
        digest=sha.hexdigest(),
    )


def _walk(folder: Path, left_out: list[str]) -> Iterator[Path]:
    """The files of a folder in a fixed order; folders that are links are not entered."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        left_out.append(f"{folder.name}: {error.strerror}")
        return
    for entry in entries:
        if entry.name.startswith(".") or entry.name == "__pycache__":
            left_out.append(f"{entry.name}: hidden")
        elif entry.is_dir(follow_symlinks=False):
            yield from _walk(Path(entry.path), left_out)
        else:
            yield Path(entry.path)


def _refused(path: Path, name: str, info: os.stat_result) -> str | None:
    """Why a file does not go along; None if it does."""
    if stat.S_ISLNK(info.st_mode):
        return "a link"
    if not stat.S_ISREG(info.st_mode):
        return "no regular file"
    if info.st_size > (LARGEST_NOTEBOOK if path.suffix == ".ipynb" else LARGEST_FILE):
        return f"{info.st_size // 1_000_000} MB are too many"
    first = name.partition("/")[0].partition(".")[0]
    if path.suffix in {".py", ".so", ".pyd", ".pyc"} and (first in sys.stdlib_module_names or first in ACTS):
        return f"it would stand before Python's own {first!r}"
    if path.suffix == ".pth":
        return "Python would read it at its start"
    return None


def _bytes(path: Path) -> bytes:
    fd = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(fd, "rb") as file:
        return file.read(LARGEST_NOTEBOOK + 1)


def _notebook(data: bytes) -> Mapping[str, Any] | str:
    """The notebook's JSON, as far as it is needed; or why it cannot be read."""
    try:
        raw = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        return f"The notebook cannot be read: it is no JSON ({str(error)[:200]})."
    if not isinstance(raw, dict) or not isinstance(raw.get("cells"), list):
        return "The notebook cannot be read: it has no cells of nbformat 4."
    if len(raw["cells"]) > MOST_CELLS:
        many = len(raw["cells"])
        return f"The notebook was not run: it has {many:,} cells, and {MOST_CELLS:,} are the most."
    return raw


def _timestamp(path: Path) -> datetime | None:
    """The time in nbgrader's timestamp.txt, in UTC and without a zone, as its gradebook keeps it."""
    try:
        if path.is_symlink() or path.stat().st_size > 200:
            return None
        text = path.read_text(encoding="utf-8").strip()
    except (OSError, ValueError):
        return None
    return parse_time(text)


def parse_time(text: str) -> datetime | None:
    """A time as nbgrader writes it (``2015-02-02 15:58:23.948203 UTC``), in UTC and without a zone."""
    parts = text.split(" ")
    try:
        time = datetime.fromisoformat(" ".join(parts[:2]))
        if len(parts) == 3:
            number = parts[2].lstrip("+-").isdecimal()
            zone = datetime.strptime(parts[2], "%z").tzinfo if number else ZoneInfo(parts[2])
            time = time.replace(tzinfo=zone)
    except (ValueError, LookupError, OSError):
        return None
    return time if time.tzinfo is None else time.astimezone(UTC).replace(tzinfo=None)
