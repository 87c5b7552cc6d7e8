"""The rules of a course as a whole: what is covered, in which order, how long it takes, and its data."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from courseware.course import Course, LessonEntry
from courseware.course_files import CALL, RESERVED
from courseware.items import Question
from courseware.lint.finding import Finding
from courseware.lint.notebook import Page

ITEMS: Final = 6
FORMATS: Final = 3
MINUTES: Final = (15, 45)
OFF: Final = 12
"""So many minutes may lie between what a lesson says of itself and what is estimated."""
SAYS: Final = re.compile(r"takes about (\d+) minutes")
DATA_MB: Final = 10.0

WORDS_A_MINUTE: Final = 160
"""Reading to learn, with the tables that one looks at in between."""
RUN_A_CELL: Final = 0.2
PICTURE: Final = 0.5
ANSWER: Final[Mapping[str, float]] = {
    "choice": 0.7,
    "choices": 1.0,
    "number": 0.8,
    "text": 0.8,
    "code": 1.8,
    "fraction": 1.5,
    "shade": 1.2,
}
"""Minutes for a check of a kind, a second try now and then included; ANY for other kinds."""
ANY: Final = 0.9
ROUND: Final = 3
"""So many questions a check of an objective asks before one goes on."""
GRADED_PART: Final = 2.5
OWN_WORDS: Final = 2.0

Asked = Mapping[str, Question]
"""One variant of each item, by the item's id."""


def findings(course: Course, asked: Asked, pages: Mapping[str, Sequence[Page]]) -> Iterator[Finding]:
    """All that is wrong with what a course covers. `pages`: the notebooks of each lesson."""
    yield from _coverage(course, asked)
    yield from _prerequisites(course, pages)
    yield from _data(course)
    for lesson in course.lessons:
        yield from _checks(course, lesson, asked, pages[lesson.id][0])
        yield from _remedies(lesson)
        yield from _time(lesson, asked, pages[lesson.id][0])


def in_toml(rule: str, of: str, place: str, found: str, expected: str, mend: str) -> Finding:
    return Finding(
        rule=rule, of=of, file="course.toml", place=place, found=found, expected=expected, mend=mend
    )


def _coverage(course: Course, asked: Asked) -> Iterator[Finding]:
    for objective in course.objectives:
        items = course.items_for(objective)
        answers = [asked[item.id].answer for item in items if item.id in asked]
        formats = sorted({type(answer).__name__ for answer in answers})
        file = "course.toml"
        place = f"objective {objective!r}"
        if len(items) < ITEMS:
            found = f"{len(items)} items" if len(items) != 1 else "one item"
            mend = f"add items with objective={objective!r}"
            yield in_toml("coverage", objective, place, found, f"{ITEMS} or more", mend)
        if len(formats) < FORMATS:
            yield Finding(
                rule="coverage",
                of=objective,
                file=file,
                place=place,
                found="items of the " + ("formats " if len(formats) > 1 else "format ") + ", ".join(formats),
                expected=f"{FORMATS} formats or more: who can do it in one way alone cannot do it yet",
                mend="ask the same idea in another way: predict, choose, order, fill in, write",
            )
        if not any(answer.open for answer in answers):
            yield in_toml(
                "coverage",
                objective,
                place,
                "only items whose answer is picked",
                "one or more whose answer is made: without it nobody becomes Proficient",
                "add a Number, a Text, a FillIn, or code",
            )


# Prerequisites -----------------------------------------------------------------------------------


def _before(course: Course) -> dict[str, set[str]]:
    """For each lesson, those that are open by the time it opens."""
    home = {objective: lesson.id for lesson in course.lessons for objective in lesson.teaches}
    before: dict[str, set[str]] = {}

    def of(lesson: LessonEntry) -> set[str]:
        if lesson.id not in before:
            before[lesson.id] = set()  # course_check refuses circles
            direct = {home[o] for o in lesson.opens_when if o in home}
            before[lesson.id] = direct.union(*(of(course.lesson(name)) for name in direct))
        return before[lesson.id]

    for lesson in course.lessons:
        of(lesson)
    return before


def _prerequisites(course: Course, pages: Mapping[str, Sequence[Page]]) -> Iterator[Finding]:
    before = _before(course)
    home = {objective: lesson.id for lesson in course.lessons for objective in lesson.teaches}
    place_of = {lesson.id: number for number, lesson in enumerate(course.lessons)}
    for lesson in course.lessons:
        late = [name for name in before[lesson.id] if place_of[name] > place_of[lesson.id]]
        if late:
            yield in_toml(
                "prerequisites",
                lesson.id,
                f"lesson {lesson.id!r}",
                f"it stands before {', '.join(sorted(late))}, which opens it",
                "lessons in the order in which they open",
                "move its entry further down",
            )
        for number, objective in enumerate(lesson.teaches):
            for need in course.objectives[objective].needs:
                if home[need] == lesson.id:
                    fine = need in lesson.teaches[:number]
                    found = f"it needs {need!r}, which comes after it in the same lesson"
                    mend = f"put {need!r} before it under `teaches`"
                else:
                    fine = home[need] in before[lesson.id]
                    found = f"it needs {need!r}, taught in {home[need]}, which may be closed by then"
                    mend = f"add {need!r} to `opens_when` of {lesson.id}, or take the need out"
                if not fine:
                    yield in_toml(
                        "prerequisites",
                        objective,
                        f"objective {objective!r}",
                        found,
                        "what it builds on taught before it",
                        mend,
                    )
    for item in course.items.values():
        lesson = course.home(item.id)
        taught = {lesson.id, *before[lesson.id]}
        foreign = [o for o in item.objectives if home[o] not in taught]
        if foreign or not set(item.objectives) & set(lesson.teaches):
            yield Finding(
                rule="prerequisites",
                of=item.id,
                file=f"{lesson.id}/items.py",
                place=f"item {item.id!r}",
                found=f"objectives {', '.join(item.objectives)}",
                expected=f"one that {lesson.id} teaches, and none that is taught later",
                mend="move the item to the lesson of its last objective, or correct `objective`",
            )
    for lesson in course.lessons:
        for page in pages[lesson.id]:
            yield from _asked_too_early(course, page, {lesson.id, *before[lesson.id]}, home)


def _asked_too_early(
    course: Course, page: Page, taught: set[str], home: Mapping[str, str]
) -> Iterator[Finding]:
    for cell in page.cells:
        for name in _targets(cell.source) if cell.kind == "code" else ():
            where = home.get(name) or (course.home(name).id if name in course.items else None)
            if where is not None and where not in taught:
                yield page.finding(
                    "prerequisites",
                    cell,
                    f"a check of {name!r}, taught in {where}",
                    "checks of what is taught by then",
                    "move the check to that lesson, or ask something of this one",
                )


def _targets(source: str) -> list[str]:
    return [call[1] or call[2] for call in CALL.finditer(source)]


# Checks, remedies, time, data --------------------------------------------------------------------


def _checked(course: Course, page: Page) -> dict[str, str]:
    """The items and objectives that a notebook checks, with the cell of each."""
    return {
        name: cell.id
        for cell in page.cells
        if cell.kind == "code"
        for name in _targets(cell.source)
        if name not in RESERVED and (name in course.items or name in course.objectives)
    }


def _checks(course: Course, lesson: LessonEntry, asked: Asked, page: Page) -> Iterator[Finding]:
    names = _checked(course, page)
    objectives = {
        o for name in names for o in (course.items[name].objectives if name in course.items else [name])
    }
    for objective in lesson.teaches:
        if objective not in objectives:
            yield page.finding(
                "checks",
                None,
                f"no check of {objective!r}",
                "a check of each objective that the lesson teaches",
                f'put `lesson.check("{objective}")` after the idea',
            )
    every = {o: course.items_for(o) for o in names if o in course.objectives}
    items = {name for name in names if name in asked} | {i.id for some in every.values() for i in some}
    formats = {type(asked[name].answer).__name__ for name in items if name in asked}
    if names and len(formats) < FORMATS:
        yield page.finding(
            "checks",
            None,
            f"checks of {len(formats)} " + ("format" if len(formats) == 1 else "formats"),
            f"{FORMATS} or more, spread through the lesson",
            "ask the same idea in another way: predict, choose, order, fill in, write",
        )
    if names and not any(cell.id in names.values() for cell in page.cells[: -(-len(page.cells) * 2 // 3)]):
        yield page.finding(
            "checks",
            None,
            "checks in the last third alone",
            "a check right after each idea, never a quiz at the end alone",
            "move each check to the idea that it asks",
        )


def _remedies(lesson: LessonEntry) -> Iterator[Finding]:
    # A remedy may be for an objective, or for one mistake of it (`objective:mistake`).
    remedied = {key.partition(":")[0] for key, names in lesson.remedies.items() if names}
    for objective in lesson.teaches:
        if objective not in remedied:
            yield in_toml(
                "remedies",
                objective,
                f"lesson {lesson.id!r}, remedies",
                f"no remedy for {objective!r}",
                "another way in for each objective",
                "write one (a smaller case, a picture, a contrast) and name it under `remedies`",
            )
    if not lesson.enrichment:
        yield in_toml(
            "remedies",
            lesson.id,
            f"lesson {lesson.id!r}, enrichment",
            "no enrichment",
            "something for those who want more",
            "write one (a harder question, an investigation) and name it under `enrichment`",
        )


def minutes(asked: Asked, page: Page) -> float:
    """About how long a lesson takes someone who learns: reading, running, checks, and the task."""
    words = sum(len(text.words) for text in page.texts.values())
    pictures = sum(len(text.pictures) for text in page.texts.values())
    needed = words / WORDS_A_MINUTE + pictures * PICTURE
    checked: set[str] = set()
    for cell in page.cells:
        graded = cell.metadata.get("nbgrader", {})
        if graded.get("grade"):
            needed += OWN_WORDS if cell.kind == "markdown" else GRADED_PART
        if cell.kind != "code" or graded:
            continue
        names = _targets(cell.source)
        needed += 0 if names else RUN_A_CELL
        for name in set(names) - checked:
            checked.add(name)
            needed += ANSWER.get(asked[name].answer.kind, ANY) if name in asked else ROUND * ANY
    return needed


def _time(lesson: LessonEntry, asked: Asked, page: Page) -> Iterator[Finding]:
    needed = minutes(asked, page)
    least, most = MINUTES
    if not least <= needed <= most:
        yield Finding(
            rule="time",
            of=lesson.id,
            file=page.file,
            place="the notebook",
            found=f"about {needed:.0f} minutes of reading, running and answering",
            expected=f"{least} to {most}",
            mend="make two lessons of it" if needed > most else "add steps and checks, or join it to another",
        )
        return
    said = next((found for cell in page.cells if (found := SAYS.search(cell.source))), None)
    if said and abs(needed - int(said[1])) > OFF:
        yield Finding(
            rule="time",
            of=lesson.id,
            file=page.file,
            place="the notebook",
            found=f"“{said[0]}”, and about {needed:.0f} minutes of reading, running and answering",
            expected=f"the time that it takes, give or take {OFF} minutes",
            mend="correct the sentence",
        )


def _data(course: Course) -> Iterator[Finding]:
    folder = course.path / "data"
    files = (
        sorted(p for p in folder.rglob("*") if p.is_file() and p.name != "README.md")
        if folder.is_dir()
        else []
    )
    if not files:
        return
    readme = folder / "README.md"
    text = readme.read_text(encoding="utf-8") if readme.is_file() else ""

    def told(of: str, found: str, expected: str, mend: str) -> Finding:
        return Finding(
            rule="data",
            of=of,
            file="data/README.md",
            place="the file",
            found=found,
            expected=expected,
            mend=mend,
        )

    sections = re.split(r"^#+ ", text, flags=re.MULTILINE)
    for path in files:
        name = path.relative_to(folder).as_posix()
        named = re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])")
        about = [s for s in sections if named.search(s) or f"`{path.suffix}`" in s.partition("\n")[0]]
        if not about:
            yield told(
                name,
                f"nothing about {name}" if text else "no such file",
                "where each data file comes from, and its licence",
                f"write a section on {name}: source, licence, what its columns mean",
            )
        elif not any(re.search(r"licen[cs]e|public domain|CC0|CC BY", s, re.IGNORECASE) for s in about):
            yield told(
                name,
                f"{name} without a licence",
                "the licence of each data file",
                "name the licence; of what was made for this course, the course's own",
            )
    size = sum(path.stat().st_size for path in files) / 1e6
    if size > DATA_MB:
        yield told(
            "data",
            f"{size:.1f} MB of data",
            f"{DATA_MB:.0f} MB at most",
            "keep the rows and columns that are used",
        )
