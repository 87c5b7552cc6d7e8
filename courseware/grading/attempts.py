"""Every graded attempt as events: one answer for each graded cell, witnessed by the class."""

from __future__ import annotations

import hashlib
import uuid
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final

from courseware.events import MOST_BYTES, Event
from courseware.grading.assignment import Assignment, TrustedCell, TrustedNotebook
from courseware.grading.grader import Graded
from courseware.grading.submission import Submission

GUESS: Final = 0.05
"""The chance that an open task is right by luck, as for every open format."""
TEST: Final = "-test"
"""What the name of a test ends with, behind the name of the task that it tests."""


def answers(
    graded: Graded,
    assignment: Assignment,
    *,
    learner: str,
    course: str,
    course_version: str,
    released: str,
    at: datetime,
) -> list[Event]:
    """The answers that a graded attempt is evidence of. `released` is the digest of what it was graded by.

    The same attempt, graded by the same tests, gives the same events: logging them again changes nothing.
    Cells that wait for a person give none yet, and a solution that was left as released is no answer.
    """
    events = []
    for trusted, notebook in zip(assignment.notebooks, graded.notebooks, strict=True):
        if not notebook.there:
            continue
        sources = {
            cell["metadata"]["nbgrader"]["grade_id"]: cell["source"]
            for cell in notebook.notebook["cells"]
            if "nbgrader" in cell["metadata"]
        }
        for score in notebook.scores:
            known = trusted.cell(score.grade_id)
            if known is None or score.points is None or score.most <= 0:
                continue
            if solution_of(trusted, known) in notebook.untouched:
                continue
            events.append(
                answer(
                    assignment,
                    trusted,
                    known,
                    attempt=graded.submission.digest,
                    points=score.points,
                    most=score.most,
                    sources=sources,
                    released=released,
                    at=at,
                    detail={"verified": score.verified},
                    learner=learner,
                    course=course,
                    course_version=course_version,
                )
            )
    return events


def answer(
    assignment: Assignment,
    trusted: TrustedNotebook,
    cell: TrustedCell,
    *,
    attempt: str,
    points: float,
    most: float,
    sources: Mapping[str, str],
    released: str,
    at: datetime,
    detail: Mapping[str, object],
    learner: str,
    course: str,
    course_version: str,
) -> Event:
    """The answer that one graded cell of an attempt (by its digest) is: the same one for the same grading.

    `sources` are those that were handed in, by their cells' names.
    """
    key = "\0".join([learner, attempt, released, trusted.name, cell.grade_id])
    return Event(
        id=event_id(at, key),
        at=at,
        learner=learner,
        course=course,
        course_version=course_version,
        kind="answer",
        lesson=assignment.name,
        item=item_of(assignment, trusted.name, cell.grade_id),
        objectives=cell.objectives,
        format="task",
        open=True,
        guess=GUESS,
        difficulty=0.0,
        response=_response(trusted, cell, sources),
        score=max(0.0, min(1.0, points / most)),
        source="nbgrader",
        detail={"attempt": attempt, "points": points, "most": most, **detail},
    )


def new_ones(events: Iterable[Event], there: Sequence[Event]) -> list[Event]:
    """The answers that a learner's log has not yet; one on an attempt graded before says how often it was."""
    ids = {event.id for event in there}
    graded = Counter((event.item, event.detail.get("attempt")) for event in there)
    made = []
    for event in events:
        if event.id not in ids:
            times = graded[event.item, event.detail["attempt"]]
            detail = {**event.detail, "regrade": times} if times else event.detail
            made.append(replace(event, detail=detail))
    return made


def item_of(assignment: Assignment, notebook: str, grade_id: str) -> str:
    """The item that a graded cell is evidence for: ``02-select.heavy`` for ``02-select_heavy-test``.

    Where an assignment has several notebooks, in which cells may be called the same, it names that, too.
    """
    task = grade_id.removeprefix(f"{assignment.name}_").removesuffix(TEST) or grade_id
    parts = [assignment.name, task] if len(assignment.notebooks) == 1 else [assignment.name, notebook, task]
    return ".".join(parts)


def handed_in_at(submission: Submission) -> datetime:
    """When it was handed in: by its timestamp, else when its last notebook was written. In UTC."""
    if submission.at is not None:
        return submission.at.replace(tzinfo=UTC)
    times = [path.stat().st_mtime for path in submission.folder.glob("*.ipynb") if path.is_file()]
    return datetime.fromtimestamp(max(times, default=submission.folder.stat().st_mtime), UTC)


def event_id(at: datetime, key: str) -> str:
    """A UUID (version 7) of this time that is always the same for the same key."""
    number = (int(at.timestamp() * 1000) & ((1 << 48) - 1)) << 80
    number |= int.from_bytes(hashlib.sha256(key.encode()).digest()[:10])
    number = number & ~(0xF000 << 64) | 0x7000 << 64
    number = number & ~(0xC000 << 48) | 0x8000 << 48
    return str(uuid.UUID(int=number))


def _response(trusted: TrustedNotebook, test: TrustedCell, sources: Mapping[str, str]) -> dict[str, Any]:
    """The source that was graded: of the solution that goes with a test, as far as it fits an event."""
    source = sources.get(solution_of(trusted, test), "")
    kind = "code" if test.cell_type == "code" else "text"
    return {kind: source.encode()[: MOST_BYTES // 2].decode(errors="ignore")}


def solution_of(trusted: TrustedNotebook, test: TrustedCell) -> str:
    """The name of the cell that a graded cell is about; its own, where there is none."""
    return next(_solutions(trusted, test), test.grade_id)


def _solutions(trusted: TrustedNotebook, test: TrustedCell) -> Iterator[str]:
    """The cells that may hold what a graded cell is about: by name, then the nearest one above."""
    if test.solution:
        yield test.grade_id
    names = [cell.grade_id for cell in trusted.cells]
    above = trusted.cells[: names.index(test.grade_id)]
    wanted = test.grade_id.removesuffix(TEST)
    yield from (cell.grade_id for cell in above if cell.solution and cell.grade_id == wanted)
    yield from (cell.grade_id for cell in reversed(above) if cell.solution)
