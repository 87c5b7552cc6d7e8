"""What a learner is told of a graded cell: how many of its tests hold, and what the others say.

A hidden test speaks by its message alone; its source is told to nobody.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from checkers.message import Message
from courseware.grading.assignment import TrustedCell
from courseware.grading.engine.job import Assertion
from courseware.grading.scoring import Score
from courseware.tutor import Told

MOST: Final = 3
"""So many tests that do not hold are told of; the others will be when these hold."""
LONGEST: Final = 180
"""Characters of what a test says."""

HIDDEN: Final = "A further test, with other values than those shown, does not hold."
BLANK: Final = "Nothing is written here yet. It was not counted: write an answer, then hand in again."
PERSON: Final = "This answer is for a person to read. It is kept with what you handed in."
FLAGGED: Final = (
    "{flag}\n\nNo test of this part could be run. Look at the cells above it, then hand in again."
)
ALL: Final = "{held} of {most} tests hold."
IN_PART: Final = "This gives {points:g} of {most:g} points."
NEXT: Final = "Change your cell, run it, and hand in again: each hand-in is a new try."


def told_of(cell: TrustedCell, score: Score, *, blank: bool) -> Told:
    """The feedback on one graded cell, of which `blank` says that it was left as released."""
    if blank:
        return _told("note", "task-blank", BLANK)
    if score.points is None or score.verdict == "person":
        return _told("note", "task-for-a-person", PERSON)
    most = len(score.assertions)
    held = sum(assertion.holds for assertion in score.assertions)
    if score.verdict == "passed" and score.points < score.most:  # the test's last line showed the points
        template = f"{IN_PART}\n\n{NEXT}"
        return _told("near", "task-in-part", template, points=score.points, most=score.most)
    if score.verdict == "passed":
        return _told("good", "task-right", ALL if most else "The test holds.", held=held, most=most)
    if score.flag is not None:
        return _told("near", "task-not-run", FLAGGED, flag=score.flag)
    said = list(_said(cell, score.assertions)) or [_cut(score.says) or HIDDEN]
    template = ALL if most else "The test does not hold yet."
    for number in range(len(said)):
        template += f"\n\n{{says{number}}}"
    params = {f"says{number}": text for number, text in enumerate(said)}
    return _told("near", "task-not-yet", f"{template}\n\n{NEXT}", held=held, most=most, **params)


def _said(cell: TrustedCell, assertions: Sequence[Assertion]) -> Iterator[str]:
    """What the first tests that do not hold say, each thing once."""
    lines, hidden = cell.source.splitlines(), set(_hidden(cell.source))
    seen: set[str] = set()
    for assertion in assertions:
        if assertion.holds or len(seen) == MOST:
            continue
        text = _cut(assertion.says)
        if not text:
            shown = 0 < assertion.line <= len(lines) and assertion.line not in hidden
            text = _cut(f"This does not hold: {lines[assertion.line - 1].strip()}") if shown else HIDDEN
        if text not in seen:
            seen.add(text)
            yield text


def _hidden(source: str) -> Iterator[int]:
    """The numbers of the lines that learners do not get."""
    inside = False
    for number, line in enumerate(source.splitlines(), start=1):
        inside = inside or "BEGIN HIDDEN TESTS" in line
        if inside:
            yield number
        inside = inside and "END HIDDEN TESTS" not in line


def _cut(text: str) -> str:
    text = text.strip().partition("\n\n")[0].replace("\n", " ")
    return text if len(text) <= LONGEST else f"{text[:LONGEST]} …"


def _told(tone: str, key: str, template: str, **params: object) -> Told:
    assert tone in ("good", "near", "note")
    message = Message(key=key, template=template, params=params)
    return Told(tone=tone, key=key, messages=(message,))  # type: ignore[arg-type]
