"""``courseware class feedback``: what came of a submission, as a page for whoever handed it in.

A page holds text that others wrote: all of it is escaped or sanitised, nothing in it runs or loads. Of a
hidden test it tells whether it holds and what its author wrote for that case, never its source.
"""

from __future__ import annotations

import html
import json
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import nh3
from markdown_it import MarkdownIt

from courseware.grading.assignment import Assignment, TrustedCell, TrustedNotebook
from courseware.grading.by_hand import log_by_hand
from courseware.grading.class_folder import ClassFolder
from courseware.grading.gradebook import Gradebook, Mark
from courseware.grading.grader import GRADED
from courseware.grading.outputs import UNVERIFIED
from courseware.grading.results import blocks, page_name
from courseware.grading.submission import SECRET, TIMESTAMP
from courseware.grading.trusted import load_assignment

LARGEST: Final = 2_000_000
"""The most bytes of one page; from there on outputs are left out."""
LONGEST: Final = 20_000
"""Characters of one output, or of one cell."""
KEPT: Final = (TIMESTAMP, SECRET)
"""Files that nbgrader wants beside a page to hand it back."""
HIDDEN: Final = re.compile(r"(BEGIN|END) HIDDEN TESTS")
ERROR: Final = re.compile(r"(\w*(?:Error|Exception|Exit|Interrupt|Iteration|OutOfTime))(?::|$)")
"""How a sentence begins that is an exception's, and not an author's."""
PICTURE: Final = re.compile(r"[A-Za-z0-9+/=\s]+")

STYLE: Final = """
:root { color-scheme: light dark; --line: color-mix(in srgb, currentColor 20%, transparent); }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 52rem; margin: 2rem auto; padding: 0 1rem; }
pre { overflow-x: auto; padding: .6rem .8rem; border: 1px solid var(--line); border-radius: 4px; }
table { border-collapse: collapse; } td, th { padding: .1rem .6rem; border-bottom: 1px solid var(--line); }
section { margin: 1rem 0; } .told { border-inline-start: 4px solid var(--line); padding-inline-start: .8rem; }
img { max-width: 100%; } .points { float: inline-end; font-weight: 600; }
"""
PAGE: Final = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta http-equiv="Content-Security-Policy"
 content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<meta name="viewport" content="width=device-width"><style>{style}</style></head>
<body><main><h1>{title}</h1><p>{total}</p>{body}</main></body></html>
"""
HOLDS: Final = "This holds."
FAILS: Final = "This does not hold yet."
FAILS_HIDDEN: Final = "A test that is not shown does not hold yet."
NOT_REACHED: Final = "Not reached: the test stopped before."


@dataclass(slots=True, kw_only=True)
class Given:
    """The pages that were written, by student, and how many cells still wait for a person.

    `released` says how many pages lie in the exchange now, where their owners find them.
    """

    assignment: str
    pages: dict[str, list[str]] = field(default_factory=dict)
    waiting: int = 0
    released: int = 0


Seen = Callable[[int, int], None]
"""Told after each student: how many are done, of how many."""


def write_feedback(folder: ClassFolder, name: str, *, seen: Seen = lambda _done, _of: None) -> Given:
    """Write a page for each graded notebook of an assignment; what persons decided is logged before.

    Raises ClassError if it was never released.
    """
    book = Gradebook(folder.gradebook_url)
    try:
        assignment = load_assignment(folder, name, book)
        marks, comments, lost = book.marks(name), book.comments(name), book.penalties(name)
    finally:
        book.close()
    log_by_hand(folder, assignment, marks)
    given = Given(assignment=name, waiting=sum(mark.waits for mark in marks))
    results = blocks(folder)
    by_student: dict[str, list[Mark]] = {}
    for mark in marks:
        by_student.setdefault(mark.student, []).append(mark)
    for done, (student, own) in enumerate(by_student.items()):
        seen(done, len(by_student))
        graded = folder.autograded(student, name)
        if not graded.is_dir():
            continue
        place = folder.feedback(student, name)
        place.mkdir(parents=True, exist_ok=True)
        for trusted in assignment.notebooks:
            made = _read(graded / f"{trusted.name}.ipynb")
            if made is None:
                continue
            page = page_of(
                trusted,
                made,
                {mark.grade_id: mark for mark in own if mark.notebook == trusted.name},
                {
                    cell: says
                    for (who, n, cell), says in comments.items()
                    if (who, n) == (student, trusted.name)
                },
                title=_title(assignment, trusted),
                lost=lost.get((student, trusted.name), 0.0),
            )
            page = page.replace("</main>", f"</main>{results.get(student, '')}")
            (place / f"{trusted.name}.html").write_text(page, encoding="utf-8", errors="replace")
            given.pages.setdefault(student, []).append(f"{trusted.name}.html")
        for also in KEPT:
            if (graded / also).is_file():
                shutil.copyfile(graded / also, place / also)
    return given


def release_feedback(folder: ClassFolder, given: Given, exchange: Path) -> None:
    """Put the pages into a folder of nbgrader's exchange, under names that only their owners know.

    As `nbgrader release_feedback` does. Work that did not come in through an exchange has no such name.
    """
    exchange.mkdir(mode=0o755, parents=True, exist_ok=True)
    for student, pages in given.pages.items():
        place = folder.feedback(student, given.assignment)
        secret = place / SECRET
        if not secret.is_file():
            continue
        for page in pages:
            name = page_name(secret.read_text(encoding="utf-8"), page.removesuffix(".html"))
            part = exchange / f".{name}.part"
            shutil.copyfile(place / page, part)
            part.replace(exchange / name)
            given.released += 1


def page_of(
    trusted: TrustedNotebook,
    made: Mapping[str, Any],
    marks: Mapping[str, Mark],
    comments: Mapping[str, str],
    *,
    title: str,
    lost: float = 0.0,
) -> str:
    """The page of one graded notebook. `lost` are the points that it lost by being late."""
    left = LARGEST
    parts: list[str] = []
    for cell in made["cells"]:
        name = cell["metadata"].get("nbgrader", {}).get("grade_id", "")
        part = "".join(_cell(cell, trusted.cell(name), marks.get(name), comments.get(name)))
        left -= len(part.encode("utf-8", "replace"))
        if left < 0:
            parts.append("<p>The rest of the notebook is left out: it is too long for a page.</p>")
            break
        parts.append(part)
    got, most = sum(m.points for m in marks.values()), sum(m.most for m in marks.values())
    total = f"{got - lost:g} of {most:g} points."
    if lost:
        total += f" {got:g} for the answers; {lost:g} are taken off for handing in late."
    if waits := sum(mark.waits for mark in marks.values()):
        total += f" {'One answer waits' if waits == 1 else f'{waits} answers wait'} for a person."
    return PAGE.format(title=html.escape(title), style=STYLE, total=total, body="".join(parts))


def _cell(
    cell: Mapping[str, Any], known: TrustedCell | None, mark: Mark | None, says: str | None
) -> Iterator[str]:
    yield "<section>"
    if mark is not None:
        waits = " (a person will look at it)" if mark.waits else ""
        yield f'<div class="points">{mark.points:g} / {mark.most:g}{waits}</div>'
    if known is not None and known.is_test:
        yield from _test(known, cell["metadata"])
    elif cell["cell_type"] == "markdown":
        yield _markdown(str(cell["source"])[:LONGEST])
    else:
        yield f"<pre>{html.escape(str(cell['source'])[:LONGEST])}</pre>"
        for output in cell.get("outputs", []):
            yield from _output(output)
    if says:
        yield f'<div class="told">{_markdown(says)}</div>'
    yield "</section>"


def _test(known: TrustedCell, metadata: Mapping[str, Any]) -> Iterator[str]:
    """A test: what of it learners saw, and which of its statements hold."""
    shown, _ = _taken_apart(known.source)
    yield f"<pre>{html.escape(shown)}</pre>"
    if metadata.get(GRADED, {}).get("verified") is False:
        yield f"<p><em>{UNVERIFIED}</em></p>"
    yield "<ul class='told'>"
    if metadata.get(GRADED, {}).get("verdict") == "passed":
        yield f"<li>{HOLDS}</li>"
    for sentence in sentences(known, metadata):
        yield f"<li>{html.escape(sentence)}</li>"
    yield "</ul>"


def sentences(known: TrustedCell, metadata: Mapping[str, Any]) -> Iterator[str]:
    """What a test that was not passed says: first what holds, then each thing that does not, once.

    `metadata` is that of the graded cell. Of hidden tests only their authors' own words are told.
    """
    graded = metadata.get(GRADED, {})
    if graded.get("verdict") == "passed":
        return
    if graded.get("flag"):
        yield str(graded["flag"])[:2_000]
        return
    _, hidden = _taken_apart(known.source)
    lines = known.source.splitlines()
    failed = False
    for line, holds, says in graded.get("assertions") or [[0, False, graded.get("says", "")]]:
        if line in hidden or not 0 < line <= len(lines):
            if not holds:
                stopped = ERROR.match(says)
                yield f"{FAILS_HIDDEN} It stopped with {stopped[1]}." if stopped else says or FAILS_HIDDEN
        elif holds:
            yield f"{lines[line - 1].strip()}: {HOLDS}"
        else:
            yield f"{lines[line - 1].strip()}: {says or (NOT_REACHED if failed else FAILS)}"
        failed = failed or not holds


def _taken_apart(source: str) -> tuple[str, set[int]]:
    """What learners were shown of a test, and the numbers of the lines that they were not (from 1)."""
    shown, hidden, inside = [], set(), False
    for number, line in enumerate(source.splitlines(), start=1):
        if match := HIDDEN.search(line):
            inside = match[1] == "BEGIN"
            hidden.add(number)
        elif inside:
            hidden.add(number)
        else:
            shown.append(line)
    return "\n".join(shown), hidden


def _output(output: Mapping[str, Any]) -> Iterator[str]:
    data = output.get("data", {})
    if picture := data.get("image/png") or data.get("image/jpeg"):
        kind = "png" if "image/png" in data else "jpeg"
        if PICTURE.fullmatch(picture) and len(picture) < LARGEST // 4:
            yield f'<img alt="A picture of this cell" src="data:image/{kind};base64,{picture.strip()}">'
    elif table := data.get("text/html"):
        yield nh3.clean(table[: LARGEST // 10], tags=nh3.ALLOWED_TAGS - {"img"})
    else:
        text = output.get("text") or data.get("text/plain") or "\n".join(output.get("traceback", ()))
        if text:
            yield f"<pre>{html.escape(str(text)[:LONGEST])}</pre>"


def _markdown(text: str) -> str:
    made = MarkdownIt("commonmark", {"html": False}).enable("table").render(text)
    return nh3.clean(made, url_schemes={"http", "https", "mailto"}, tags=nh3.ALLOWED_TAGS - {"img"})


def _title(assignment: Assignment, trusted: TrustedNotebook) -> str:
    same = assignment.name == trusted.name
    return assignment.name if same else f"{assignment.name}: {trusted.name}"


def _read(path: Path) -> dict[str, Any] | None:
    try:
        made: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return made
