"""Profiles are made once for each state of a notebook's source and tests, and kept in a file."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from courseware.grading.assignment import Assignment, TrustedNotebook
from courseware.grading.engine.job import Budget, Job
from courseware.grading.engine.launch import Launcher
from courseware.grading.verdict import profile
from courseware.grading.verdict.reference import Found, Reference

FOLDER: Final = "verdicts"
"""In a class: a file for each assignment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """An assignment with its profiles; and, by notebook, what was found out anew."""

    assignment: Assignment
    found: Mapping[str, Found] = field(default_factory=dict)


def profiled(
    assignment: Assignment,
    sources: Path,
    store: Path,
    launcher: Launcher,
    *,
    budget: Budget | None = None,
    right: Sequence[Path] = (),
    wrong: Sequence[Path] = (),
) -> Checked:
    """The assignment with a profile for each notebook whose source lies in `sources`.

    `store` keeps them. `right` and `wrong` are variants of the solution: notebooks, or folders of them by
    the assignment's names. Given any, profiles are made anew. Nothing changes where tests and submissions
    cannot be kept apart, and for notebooks without a source.
    """
    if not launcher.layers.strong:
        return Checked(assignment=assignment)
    kept = _read(store)
    notebooks: list[TrustedNotebook] = []
    found: dict[str, Found] = {}
    for trusted in assignment.notebooks:
        source = sources / f"{trusted.name}.ipynb"
        notebook = notebook_of(source)
        if notebook is None:
            notebooks.append(trusted)
            continue
        key = _key(trusted, source, assignment.files)
        made = profile.read(kept.get(trusted.name, {}).get("profile"))
        if made is None or kept[trusted.name].get("of") != key or right or wrong:
            job = _job(assignment, budget)
            reference = Reference(launcher, trusted, job)
            one = found[trusted.name] = reference.find(
                notebook, _variants(right, trusted.name), _variants(wrong, trusted.name)
            )
            kept[trusted.name] = {"of": key, "profile": one.profile.told()}
            made = profile.read(json.loads(json.dumps(kept[trusted.name]["profile"], sort_keys=True)))
        notebooks.append(replace(trusted, profile=made))
    if found:
        _write(store, kept)
    return Checked(assignment=replace(assignment, notebooks=tuple(notebooks)), found=found)


def stored(assignment: Assignment, sources: Path, store: Path) -> Assignment:
    """The assignment with those profiles that are kept and still hold. Runs nothing."""
    kept = _read(store)
    notebooks = []
    for trusted in assignment.notebooks:
        source = sources / f"{trusted.name}.ipynb"
        known = kept.get(trusted.name, {})
        holds = source.is_file() and known.get("of") == _key(trusted, source, assignment.files)
        made = profile.read(known.get("profile")) if holds else None
        notebooks.append(replace(trusted, profile=made))
    return replace(assignment, notebooks=tuple(notebooks))


def notebook_of(path: Path) -> dict[str, Any] | None:
    try:
        made = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError):
        return None
    return made if isinstance(made, dict) and isinstance(made.get("cells"), list) else None


def _variants(paths: Sequence[Path], name: str) -> list[dict[str, Any]]:
    """Of each variant the notebook of this name; a single notebook is taken for any."""
    files = [path / f"{name}.ipynb" if path.is_dir() else path for path in paths]
    return [made for file in files if (made := notebook_of(file)) is not None]


def _job(assignment: Assignment, budget: Budget | None) -> Job:
    files = {name: str(path) for name, path in assignment.files.items()}
    return Job(steps=(), files=files, own=files, budget=budget if budget is not None else Budget())


def _key(trusted: TrustedNotebook, source: Path, files: Mapping[str, Path]) -> str:
    sha = hashlib.sha256(repr((profile.VERSION, replace(trusted, profile=None))).encode())
    sha.update(source.read_bytes())
    for name, path in sorted(files.items()):
        sha.update(f"{name}\0".encode() + path.read_bytes())
    return sha.hexdigest()


def _read(store: Path) -> dict[str, Any]:
    try:
        kept = json.loads(store.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {k: v for k, v in kept.items() if isinstance(v, dict)} if isinstance(kept, dict) else {}


def _write(store: Path, kept: Mapping[str, Any]) -> None:
    store.parent.mkdir(parents=True, exist_ok=True)
    part = store.with_name(f".{store.name}.{os.getpid()}.part")
    part.write_text(json.dumps(kept, indent=1, sort_keys=True), encoding="utf-8")
    part.replace(store)
