"""The rules of notebooks: how they are stored, how long their cells are, what they show and link to."""

from __future__ import annotations

import json
import posixpath
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from courseware.course import Course, LessonEntry
from courseware.lint.finding import Finding
from courseware.lint.prose import WORD, Prose, lix, read
from courseware.lint.words import formulas, tone
from courseware.offering import ENRICHMENT, REMEDIES

CODE_LINES: Final = 12
PARAGRAPH: Final = 75
"""Words in a paragraph at most: five lines of a notebook."""
CELL: Final = 150
LIX: Final = 45
SENTENCE: Final = 35
ENOUGH: Final = 100
"""From so many words on, a text is long enough to say how hard it is to read."""
ALT: Final = (3, 80)
"""What a picture shows, in so many words at least and at most."""
CELL_ID: Final = re.compile(r"[a-zA-Z0-9_-]{1,64}")
BEGINNING: Final = re.compile(r"^\s*lesson\s*=\s*Lesson\(\s*[\"']([^\"']+)[\"']\s*\)", re.MULTILINE)
USES_LESSON: Final = re.compile(r"\blesson\.\w+\(|^%%check\b", re.MULTILINE)
SHOWN_IMAGE: Final = re.compile(r"\bImage\((?![^)]*\balt\s*=)[^)]*\)")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its number from 1, id, kind, source, metadata, and whether it was stored with a result."""

    number: int
    id: str
    kind: str
    source: str
    metadata: Mapping[str, Any]
    ran: bool
    attached: Sequence[str]

    @property
    def place(self) -> str:
        return f"cell {self.number} ({self.id!r})" if self.id else f"cell {self.number}"


@dataclass(frozen=True, kw_only=True)
class Page:
    """A notebook of a lesson: `file` seen from the course, `home` the folder that it gets in a workspace."""

    course: Course
    lesson: LessonEntry
    file: str
    home: str
    cells: Sequence[Cell]
    texts: Mapping[int, Prose] = field(init=False)

    def __post_init__(self) -> None:
        texts = {c.number: read(c.source) for c in self.cells if c.kind == "markdown"}
        object.__setattr__(self, "texts", texts)

    @property
    def main(self) -> bool:
        """Whether it is the lesson's own notebook, and not a remedy or an enrichment."""
        return self.file.endswith("/lesson.ipynb")

    @cached_property
    def anchors(self) -> frozenset[str]:
        return frozenset(h.replace(" ", "-") for prose in self.texts.values() for h in prose.headings)

    def finding(self, rule: str, cell: Cell | None, found: str, expected: str, mend: str) -> Finding:
        return Finding(
            rule=rule,
            of=f"{self.file}#{cell.id}" if cell else self.file,
            file=self.file,
            place=cell.place if cell else "the notebook",
            found=found,
            expected=expected,
            mend=mend,
        )


def pages(course: Course, lesson: LessonEntry) -> list[Page]:
    """The lesson's notebook, its remedies and its enrichment."""
    beside = [(name, REMEDIES) for names in lesson.remedies.values() for name in names]
    beside += [(name, ENRICHMENT) for name in lesson.enrichment]
    return [
        Page(
            course=course,
            lesson=lesson,
            file=f"{lesson.id}/{name}",
            home=home,
            cells=_cells(course, lesson, name),
        )
        for name, home in dict([("lesson.ipynb", ""), *beside]).items()
    ]


def _cells(course: Course, lesson: LessonEntry, name: str) -> list[Cell]:
    stored = json.loads((course.folder(lesson) / name).read_text(encoding="utf-8"))["cells"]
    return [
        Cell(
            number=number,
            id=str(cell.get("id", "")),
            kind=cell["cell_type"],
            source="".join(cell["source"]),
            metadata=cell.get("metadata", {}),
            ran=bool(cell.get("outputs")) or cell.get("execution_count") is not None,
            attached=tuple(cell.get("attachments", {})),
        )
        for number, cell in enumerate(stored, 1)
    ]


def findings(page: Page) -> Iterator[Finding]:
    """All that is wrong with a notebook as it lies there; nothing is run."""
    yield from _beginning(page)
    yield from _stored(page)
    yield from _lengths(page)
    yield from _reading(page)
    yield from _shown(page)
    for cell in page.cells:
        if cell.kind == "markdown":
            for rule, found, expected, mend in (
                *tone(cell.source, page.course.language),
                *formulas(page.texts[cell.number].formulas),
            ):
                yield page.finding(rule, cell, found, expected, mend)


def _beginning(page: Page) -> Iterator[Finding]:
    code = [cell for cell in page.cells if cell.kind == "code"]
    uses = any(USES_LESSON.search(cell.source) for cell in code)
    if page.main or uses:
        begins = BEGINNING.search(code[0].source) if code else None
        if begins is None or begins[1] != page.lesson.id:
            yield page.finding(
                "beginning",
                code[0] if code else None,
                "no cell of code" if not code else f"Lesson({begins[1]!r})" if begins else "no Lesson(…)",
                f'`lesson = Lesson("{page.lesson.id}")` in the first cell of code',
                f'write `from courseware import Lesson` and `lesson = Lesson("{page.lesson.id}")` there',
            )
    if not page.main:
        return
    prose = _flat(" ".join(cell.source for cell in page.cells if cell.kind == "markdown"))
    for objective in page.lesson.teaches:
        can = page.course.objectives[objective].can
        if _flat(can) not in prose:
            yield page.finding(
                "beginning",
                None,
                f"no “{can}”",
                "each objective that the lesson teaches, in the words of course.toml",
                "list it under what one will be able to do",
            )


def _flat(text: str) -> str:
    return " ".join(re.sub(r"[*_`]", "", text).split())


def _stored(page: Page) -> Iterator[Finding]:
    for cell in page.cells:
        if cell.ran:
            yield page.finding(
                "outputs",
                cell,
                "an output or an execution count",
                "notebooks stored without results: a learner's own run makes them",
                "in JupyterLab: Edit, Clear Outputs of All Cells; then save",
            )
    twice = {name for name, count in Counter(cell.id for cell in page.cells).items() if count > 1}
    for cell in page.cells:
        if not CELL_ID.fullmatch(cell.id) or cell.id in twice:
            yield page.finding(
                "cell-ids",
                cell,
                "no id" if not cell.id else f"the id {cell.id!r}" + (" twice" if cell.id in twice else ""),
                "an id of its own for each cell, of letters, digits, '-' and '_': edits are told apart by it",
                "give the cell an id in the file (format 4.5), such as 'read-the-table'",
            )


def _lengths(page: Page) -> Iterator[Finding]:
    for cell in page.cells:
        lines = cell.source.strip("\n").count("\n") + 1
        if cell.kind == "code" and lines > CODE_LINES and not cell.metadata.get("nbgrader", {}).get("grade"):
            yield page.finding(
                "cell-length",
                cell,
                f"{lines} lines",
                f"{CODE_LINES} at most: what fits into one look",
                "make two cells of it, with a sentence between them",
            )
        if cell.kind != "markdown":
            continue
        prose = page.texts[cell.number]
        for paragraph in prose.paragraphs:
            words = len(WORD.findall(paragraph))
            if words > PARAGRAPH:
                yield page.finding(
                    "wall",
                    cell,
                    f"a paragraph of {words} words: “{_start(paragraph)}”",
                    f"{PARAGRAPH} at most: five lines",
                    "divide it, put a cell to run between, or leave out what is not needed yet",
                )
        if len(prose.words) > CELL:
            yield page.finding(
                "wall",
                cell,
                f"{len(prose.words)} words in one cell",
                f"{CELL} at most between two things to do",
                "put a cell to run or a check between",
            )


def _reading(page: Page) -> Iterator[Finding]:
    texts = list(page.texts.values())
    hard = lix(texts)
    if sum(len(text.words) for text in texts) >= ENOUGH and hard > LIX:
        yield page.finding(
            "reading",
            None,
            f"LIX {hard:.0f}",
            f"LIX {LIX} at most (words in a sentence, plus the percentage of long words)",
            "shorter sentences, and plain words for long ones",
        )
    for cell in page.cells:
        for sentence in page.texts[cell.number].sentences if cell.kind == "markdown" else ():
            words = len(WORD.findall(sentence))
            if words > SENTENCE:
                yield page.finding(
                    "reading",
                    cell,
                    f"a sentence of {words} words: “{_start(sentence)}”",
                    f"{SENTENCE} words at most",
                    "make two sentences of it",
                )


def _shown(page: Page) -> Iterator[Finding]:
    """Pictures, and what they and links lead to."""
    for cell in page.cells:
        if cell.kind == "code":
            for image in SHOWN_IMAGE.finditer(cell.source):
                yield page.finding(
                    "alt-text",
                    cell,
                    f"`{image[0][:60]}` without alt",
                    "what the picture shows, for those who do not see it",
                    "give Image an `alt=`, or show the picture in a cell of text",
                )
            continue
        prose = page.texts.get(cell.number)
        if prose is None:
            continue
        for picture in prose.pictures:
            if fault := alt_fault(picture.alt):
                yield page.finding("alt-text", cell, f"{picture.target} with {fault}", *ALT_MEND)
        targets = [p.target for p in prose.pictures if not p.target.startswith("(")]
        for target in (*targets, *prose.links):
            if fault := dead(page.course, target, page.home, page.anchors, cell.attached):
                yield page.finding("links", cell, f"{target!r}: {fault}", *LINK_MEND)


ALT_MEND: Final = (
    f"what the picture shows, in {ALT[0]} to {ALT[1]} words: what someone needs who does not see it",
    "write it into the brackets: ![what it shows](data/picture.svg)",
)
LINK_MEND: Final = (
    "something that is there for a learner: data/…, a lesson's notebook, remedies/… or enrichment/…, https://…",
    "correct the address, seen from where the notebook lies in a learner's folder",
)


def alt_fault(alt: str) -> str:
    """What is wrong with a picture's text; empty if nothing is."""
    words = len(WORD.findall(alt))
    if not words:
        return "no text"
    if words < ALT[0] or re.fullmatch(r"[\w-]+\.(svg|png|jpe?g|gif)", alt.strip()):
        return f"the text “{alt}”"
    return f"a text of {words} words" if words > ALT[1] else ""


def dead(
    course: Course,
    target: str,
    home: str = "",
    anchors: frozenset[str] = frozenset(),
    attached: Sequence[str] = (),
) -> str:
    """Why a link or picture leads nowhere; empty if it leads somewhere. Other hosts are not asked."""
    address = urlsplit(target)
    match address.scheme:
        case "http" | "https":
            return "" if "." in address.netloc else "no host in the address"
        case "mailto":
            return "" if "@" in address.path else "no e-mail address"
        case "attachment":
            return "" if unquote(address.path) in attached else "no such attachment in the cell"
        case "data":
            return ""
        case "":
            pass
        case scheme:
            return f"an address of the kind {scheme!r}"
    if not address.path:
        there = not address.fragment or unquote(address.fragment) in anchors
        return "" if there else "no heading of this name in the notebook"
    if address.path.startswith("/"):
        return "a path from the top of a disk"
    path = posixpath.normpath(posixpath.join(home, unquote(address.path)))
    return "" if path in _there(course) or _in_data(course, path) else "no such file in a learner's folder"


def _there(course: Course) -> set[str]:
    """What a learner's folder may hold, seen from its top."""
    found = {lesson.notebook for lesson in course.lessons}
    for lesson in course.lessons:
        found |= {f"{REMEDIES}/{name}" for names in lesson.remedies.values() for name in names}
        found |= {f"{ENRICHMENT}/{name}" for name in lesson.enrichment}
    return found


def _in_data(course: Course, path: str) -> bool:
    return path.startswith("data/") and (course.path / path).is_file()


def _start(text: str) -> str:
    words = text.split()
    return " ".join(words[:8]) + (" …" if len(words) > 8 else "")
