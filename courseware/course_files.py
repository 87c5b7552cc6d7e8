"""A course's files: notebooks that can be released, items that make questions, data that are there."""

from __future__ import annotations

import json
import re
import traceback
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from courseware.course import Course, LessonEntry, Problem, items_of, load_path
from courseware.course_graph import in_toml, near
from courseware.items import Item, ItemError
from courseware.release import ReleaseError, release

CALL: Final = re.compile(r"\.check\(\s*[\"']([^\"']+)[\"']|^\s*%%check[ \t]+([\w.:-]+)", re.MULTILINE)
RESERVED: Final = frozenset({"review", "placement"})
"""What `lesson.check` takes beside the course's own names."""
DATA: Final = re.compile(r"[\"'(]data/([\w./-]+\.\w+)")


def problems(course: Course) -> Iterator[Problem]:
    """All problems of the files of a course whose course.toml could be used."""
    yield from _files(course)
    yield from _items(course)


def _files(course: Course) -> Iterator[Problem]:
    yield from _beside(course)
    for lesson in course.lessons:
        place = f"lesson {lesson.id!r}"
        others = [name for names in lesson.remedies.values() for name in names] + list(lesson.enrichment)
        for name in dict.fromkeys(["lesson.ipynb", *others]):
            path = course.folder(lesson) / name
            if not path.is_file():
                yield in_toml(
                    place, f"no file {lesson.id}/{name}", "the notebook", "add it, or correct the name"
                )
                continue
            yield from _notebook(course, path)


def _beside(course: Course) -> Iterator[Problem]:
    """Remedies (and enrichment) of all lessons lie in one folder of a workspace, each by its own name."""
    for key in ("remedies", "enrichment"):
        homes: dict[str, set[str]] = {}
        for lesson in course.lessons:
            names = lesson.enrichment if key == "enrichment" else sum(lesson.remedies.values(), ())
            for name in names:
                homes.setdefault(name, set()).add(lesson.id)
        for name, lessons in homes.items():
            if len(lessons) > 1:
                yield in_toml(
                    f"lessons {', '.join(sorted(lessons))}, {key}",
                    f"the notebook name {name} more than once",
                    "names that are unique in the course",
                    "rename one of the notebooks",
                )


def _notebook(course: Course, path: Path) -> Iterator[Problem]:
    file = path.relative_to(course.path).as_posix()
    try:
        text = path.read_text(encoding="utf-8")
        cells = json.loads(text)["cells"]
        sources = [(c["cell_type"], "".join(c["source"]), c.get("id", "?")) for c in cells]
    except (ValueError, KeyError, TypeError) as error:
        yield Problem(
            file=file,
            place="the file",
            found=f"{type(error).__name__}: {error}",
            expected="a notebook in format 4",
            mend="save it again from JupyterLab",
        )
        return
    try:
        release(text)
    except ReleaseError as error:
        yield Problem(
            file=file,
            place="the file",
            found=str(error),
            expected="a notebook that can be released to learners",
            mend="correct that cell",
        )
    for kind, source, cell in sources:
        for name in DATA.findall(source):
            if not (course.path / "data" / name).is_file():
                yield Problem(
                    file=file,
                    place=f"cell {cell!r}",
                    found=f"data/{name}, which is not there",
                    expected="a file in the course's data folder",
                    mend="add the file, or correct the name",
                )
        if kind != "code":
            continue
        known = [*course.objectives, *item_ids(course), *RESERVED, *(entry.id for entry in course.lessons)]
        for call in CALL.finditer(source):
            name = call[1] or call[2]
            if name not in known:
                yield Problem(
                    file=file,
                    place=f"cell {cell!r}",
                    found=f"a check of {name!r}",
                    expected="an item or an objective of this course",
                    mend=f"correct the id{near(name, known)}",
                )


def item_ids(course: Course) -> list[str]:
    """Ids as the items' files spell them, also where a file cannot be loaded."""
    return [name for lesson in course.lessons for name in _functions(course, lesson)]


def _functions(course: Course, lesson: LessonEntry) -> list[str]:
    path = course.folder(lesson) / "items.py"
    if not path.is_file():
        return []
    text = path.read_text(encoding="utf-8", errors="replace")
    return [name.replace("_", "-") for name in re.findall(r"^def (\w+)\(", text, re.MULTILINE)]


# The items ---------------------------------------------------------------------------------------


def _items(course: Course) -> Iterator[Problem]:
    homes: dict[str, str] = {}
    covered: set[str] = set()
    complete = True
    for lesson in course.lessons:
        file = f"{lesson.id}/items.py"
        if (course.folder(lesson) / "past.py").is_file() and isinstance(
            past := _load(course, lesson, "past"), Problem
        ):
            yield past
        found = _load(course, lesson)
        if isinstance(found, Problem):
            complete = False
            yield found
            continue
        for item in found:
            place = f"item {item.id!r}"
            if item.id in homes:
                yield Problem(
                    file=file,
                    place=place,
                    found=f"an item of this id in {homes[item.id]} as well",
                    expected="ids that are unique in the course",
                    mend="rename one of the functions",
                )
            if item.id in RESERVED:
                yield Problem(
                    file=file,
                    place=place,
                    found="a name that stands for a round of questions",
                    expected="any other name",
                    mend="rename the function",
                )
            homes.setdefault(item.id, file)
            covered.update(item.objectives)
            yield from _item(course, item, file, place)
        for name, count in Counter(_functions(course, lesson)).items():
            if count > 1:
                yield Problem(
                    file=file,
                    place=f"item {name!r}",
                    found=f"{count} functions of this name",
                    expected="ids that are unique in the course",
                    mend="rename one of the functions",
                )
    for objective in course.objectives if complete else ():
        if objective not in covered:
            yield in_toml(
                f"objective {objective!r}",
                "no item for it",
                "items that let learners show it",
                f"add items with objective={objective!r}",
            )


def _load(course: Course, lesson: LessonEntry, stem: str = "items") -> list[Item] | Problem:
    path = course.folder(lesson) / f"{stem}.py"
    file = f"{lesson.id}/{stem}.py"
    if not path.is_file():
        return Problem(
            file=file,
            place="the file",
            found="no such file",
            expected="the lesson's items",
            mend="add an items.py with at least one @item",
        )
    try:
        return items_of(load_path(path, course.id, lesson.id, stem))
    except Exception as error:
        line = next(
            (
                f.lineno
                for f in reversed(traceback.extract_tb(error.__traceback__))
                if f.filename == str(path)
            ),
            getattr(error, "lineno", None),
        )
        return Problem(
            file=file,
            place=f"line {line}" if line else "the file",
            found=f"{type(error).__name__}: {error}",
            expected="a file that loads",
            mend="correct that line",
        )


def _item(course: Course, item: Item, file: str, place: str) -> Iterator[Problem]:
    for fault in item.faults:
        yield Problem(file=file, place=place, found=fault.found, expected=fault.expected, mend=fault.mend)
    for objective in item.objectives:
        if objective not in course.objectives:
            hint = near(objective, course.objectives)
            yield Problem(
                file=file,
                place=place,
                found=f"the objective {objective!r}",
                expected="one of the objectives of this course",
                mend=f"correct the id{hint}",
            )
    try:
        item.question(0, course.data)
    except ItemError as error:
        yield Problem(
            file=file,
            place=place,
            found=str(error),
            expected="a question for every seed",
            mend="correct the item; a file that it reads lies in the course's data folder",
        )
