"""The folder of a graded submission, as formgrader reads it: whole, or not there."""

from __future__ import annotations

import json
import os
import shutil
import uuid
from pathlib import Path
from typing import Final

from courseware.grading.assignment import Assignment
from courseware.grading.grader import Graded
from courseware.grading.submission import TIMESTAMP

MARK: Final = ".graded.json"
"""The file that says what was graded, by which tests. It is there only when all the rest is done."""


def is_done(folder: Path, submission: str, assignment: str) -> bool:
    """Whether a folder holds the result of this submission, graded by this assignment (both by digest)."""
    return graded_by(folder, submission) == assignment


def graded_by(folder: Path, submission: str) -> str | None:
    """The digest of what a submission was graded by; None if the folder holds no result of it."""
    try:
        mark = json.loads((folder / MARK).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    if not isinstance(mark, dict) or mark.get("submission") != submission:
        return None
    return str(mark.get("assignment"))


def write(folder: Path, graded: Graded, assignment: Assignment, digest: str) -> None:
    """Write a graded submission into its folder, in the place of what was there."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    part = folder.with_name(f".{folder.name}.{uuid.uuid4().hex}.part")
    part.mkdir()
    try:
        for notebook in graded.notebooks:
            if notebook.there:
                text = json.dumps(notebook.notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
                (part / f"{notebook.name}.ipynb").write_text(text, encoding="utf-8", errors="replace")
        for name, path in {**graded.submission.files, **assignment.files}.items():
            (part / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, part / name, follow_symlinks=False)
        if (stamp := graded.submission.folder / TIMESTAMP).is_file() and not stamp.is_symlink():
            shutil.copyfile(stamp, part / TIMESTAMP)
        mark(part, graded, digest)
        if folder.exists():
            old = folder.with_name(f".{folder.name}.{uuid.uuid4().hex}.old")
            folder.rename(old)
            part.rename(folder)
            shutil.rmtree(old, ignore_errors=True)
        else:
            part.rename(folder)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def mark(folder: Path, graded: Graded, digest: str) -> None:
    """Say in a folder what was graded there, and what came of it."""
    told = {
        "submission": graded.submission.digest,
        "assignment": digest,
        "points": graded.points,
        "flags": list(graded.flags),
        "mended": [sentence for notebook in graded.notebooks for sentence in notebook.mended],
        "left_out": list(graded.submission.left_out),
        "unverified": list(graded.unverified),
    }
    part = folder / f"{MARK}.{os.getpid()}.part"
    part.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8", errors="replace")
    part.replace(folder / MARK)


def sweep(folder: Path) -> None:
    """Take away what an interrupted run left half-way."""
    for pattern in ("*/.*.part", "*/.*.old"):
        for stale in folder.glob(pattern):
            shutil.rmtree(stale, ignore_errors=True)
