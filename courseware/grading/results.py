"""What a class gives back besides words: its graded answers and decisions, inside a feedback page.

A page travels by any system. In it lies a block of data that no browser runs or shows; `courseware fetch`
takes it into the learner's own log, so that mastery moves and lessons open there as well.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from datetime import datetime
from pathlib import Path
from typing import Final

from courseware import record
from courseware.events import Event
from courseware.grading import roster
from courseware.grading.class_folder import ClassFolder
from courseware.grading.counter import FOLDER
from courseware.grading.evidence import is_self_reported
from courseware.grading.sending import ZIP
from courseware.grading.submission import SECRET
from courseware.handing import WHERE, where
from courseware.workspace import Workspace

BLOCK: Final = '<script type="application/json" id="courseware-results">{data}</script>'
FOUND: Final = re.compile(
    r'<script type="application/json" id="courseware-results">(.*?)</script>', re.DOTALL
)
GIVEN: Final = frozenset({"answer", "override", "unlocked"})


class ResultsError(ValueError):
    """A page gives nothing that can be taken; the message says why and what to do."""


def blocks(folder: ClassFolder) -> dict[str, str]:
    """For each student who has a learner: what the class witnessed and decided, as a block for a page."""
    if folder.course is None:
        return {}
    log, made = folder.open_log(), {}
    try:
        for person in roster.read(folder.roster):
            if not person.learner:
                continue
            events = [event for _, event in log.read(person.learner, folder.course) if _given(event)]
            text = record.to_text(person.learner, folder.course, events)
            data = json.dumps(json.loads(text), ensure_ascii=True).replace("<", "\\u003c")
            made[person.student] = BLOCK.format(data=data)
    finally:
        log.close()
    return made


def results_in(page: str, learner: str, course: str, now: datetime) -> tuple[Event, ...]:
    """The events that a feedback page gives to this learner. Raises ResultsError."""
    found = FOUND.search(page)
    if found is None:
        raise ResultsError("there are no results in it. Take the page as your class gave it to you")
    try:
        given = record.read(found[1], now)
    except record.RecordError as error:
        raise ResultsError(str(error)) from error
    if (given.learner, given.course) != (learner, course):
        raise ResultsError("it is another learner's, or of another course")
    return tuple(event for event in given.events if _given(event))


def page_name(secret: str, notebook: str) -> str:
    """What a page is called in nbgrader's exchange: only who handed the work in knows its secret."""
    return f"{hashlib.md5((secret + notebook).encode(), usedforsecurity=False).hexdigest()}.html"


def fetched(space: Workspace) -> list[Path]:
    """The newest page of each lesson, copied from the class's exchange into the workspace's feedback/.

    Raises ResultsError if there is no exchange on this machine, or nothing in it for this learner yet.
    """
    if not (inbound := where()) or inbound == ZIP:
        raise ResultsError(
            f"{WHERE} names no exchange, so name the page that your class gave you: `courseware fetch PAGE`."
        )
    found = dict(pages_for(space, Path(inbound).parent / "feedback"))
    if not found:
        raise ResultsError("There is no feedback yet on what you handed in.")
    made = []
    for lesson, page in found.items():
        target = space.path / "feedback" / f"{lesson}.html"
        target.parent.mkdir(exist_ok=True)
        shutil.copyfile(page, target)
        made.append(target)
    return made


def pages_for(space: Workspace, exchange: Path) -> list[tuple[str, Path]]:
    """The pages that lie in an exchange for what a learner handed in: lesson and page, the newest last."""
    found = []
    for kept in sorted((space.home / FOLDER).glob(f"*/*/{SECRET}"), key=lambda path: path.parent.name):
        lesson = kept.parent.parent.name
        page = exchange / page_name(kept.read_text(encoding="utf-8"), lesson)
        if page.is_file():
            found.append((lesson, page))
    return found


def _given(event: Event) -> bool:
    """Whether an event is the class's own word."""
    if is_self_reported(event) or event.kind not in GIVEN:
        return False
    return event.source == "nbgrader" if event.kind == "answer" else "because" in event.detail
