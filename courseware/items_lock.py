"""items.lock: fingerprints of a course's items, so that none changes without a new version.

A learner's answers are replayed against the item in the version they were given to. If a variant
changed under the same version, yesterday's answer would be judged against today's question.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Final

from courseware.course import Course
from courseware.items import Item, fingerprint

NAME: Final = "items.lock"
VARIANTS: Final = 50


def locked(course: Course) -> str:
    """What items.lock of a course as it stands has to say (JSON with a line for each item and file)."""
    every = [*course.items.values(), *course.past.values()]
    items = {f"{item.id} {item.version}": _print(item, course) for item in every}
    folder = course.path / "data"
    files = sorted(p for p in folder.rglob("*") if p.is_file()) if folder.is_dir() else []
    data = {p.relative_to(folder).as_posix(): _sha256(p.read_bytes()) for p in files}
    return json.dumps({"items": items, "data": data}, indent=1, sort_keys=True) + "\n"


def changes(course: Course) -> Iterator[str]:
    """What stands in the way of items.lock, a sentence each: what changed, and the mend."""
    path = course.path / NAME
    if not path.is_file():
        yield f"There is no {NAME}: write it with `courseware lock {course.path}` and commit it."
        return
    try:
        then = json.loads(path.read_text(encoding="utf-8"))
        then = {"items": dict(then["items"]), "data": dict(then["data"])}
    except (ValueError, KeyError, TypeError):
        yield f"{NAME} cannot be read: take out what a merge left in it, or bring back the last one."
        return
    now = json.loads(locked(course))
    mend = f"then run `courseware lock {course.path}`."
    for name, mark in now["items"].items():
        item_id, version = name.split(" ")
        if name not in then["items"]:
            yield f"Item {item_id} has a version {version} that {NAME} does not know: {mend[5:]}"
        elif then["items"][name] != mark and (item_id, int(version)) in course.past:
            yield f"Item {item_id} in past.py asks something else than it did: put it back as it was."
        elif then["items"][name] != mark:
            yield (
                f"Item {item_id} asks something else than it did under version {version}: raise its "
                f"version to {int(version) + 1}, keep the old function in past.py, {mend}"
            )
    for name in then["items"]:
        item_id, version = name.split(" ")
        if item_id not in course.items:
            yield f"Item {item_id} is gone: put it back with retired=True (answers hang on it)."
        elif name not in now["items"]:
            yield (
                f"Version {version} of item {item_id} is gone: put its function into past.py (answers are "
                "replayed with it)."
            )
    for name, mark in (then["data"] | now["data"]).items():
        if name not in now["data"]:
            yield f"The data file data/{name} is gone: put it back (old versions of items may read it)."
        elif name not in then["data"]:
            yield f"There is a new data file data/{name}: {mend[5:]}"
        elif then["data"][name] != mark:
            yield f"The data file data/{name} changed: raise the versions of the items that read it, {mend}"


def _print(item: Item, course: Course) -> str:
    prints = [fingerprint(item.question(seed, course.data)) for seed in range(VARIANTS)]
    return _sha256("\n".join(prints).encode())


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
