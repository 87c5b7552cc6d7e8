"""All that an author can get wrong in a course folder, found in one go."""

from __future__ import annotations

import json
import re
import tomllib
import traceback
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from courseware.course import Course, CourseError, LessonEntry, Problem, build, items_of, load_path
from courseware.items import Item, ItemError

TOML: Final = "course.toml"
RULES: Final = ("bkt",)
CALL: Final = re.compile(r"\.check\(\s*[\"']([^\"']+)[\"']|^\s*%%check[ \t]+([\w.:-]+)", re.MULTILINE)
DATA: Final = re.compile(r"[\"'(]data/([\w./-]+\.\w+)")

Slug = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]
ObjectiveId = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*(\.[a-z0-9][a-z0-9-]*)+$")]
NonEmpty = Annotated[str, Field(min_length=1)]


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class _Objective(_Shape):
    id: ObjectiveId
    can: Annotated[str, Field(pattern=r"^I can \S")]
    needs: list[str] = []
    threshold: Annotated[float, Field(gt=0.3, lt=0.999)] | None = None
    case: str | None = None
    rule: str = "bkt"


class _Lesson(_Shape):
    id: Slug
    title: NonEmpty
    teaches: Annotated[list[str], Field(min_length=1)]
    opens_when: list[str]
    remedies: dict[str, list[str]] = {}
    enrichment: list[str] = []


class _Course(_Shape):
    id: Slug
    version: NonEmpty
    title: NonEmpty
    language: NonEmpty = "en"
    given: list[str] = []
    mastered_needs_later_session: bool = True
    objectives: Annotated[list[_Objective], Field(min_length=1)]
    lessons: Annotated[list[_Lesson], Field(min_length=1)]


def checked(path: Path) -> Course:
    """Read and check a course folder; raises CourseError with every problem at once."""
    try:
        raw = tomllib.loads((path / TOML).read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        problem = _toml("the file", str(error), "TOML in UTF-8", "correct that line: https://toml.io")
        raise CourseError(path, (problem,)) from None
    problems = list(_shape(raw))
    whole = _whole(raw)
    problems += _graph(raw, whole)
    course = build(path, whole)
    problems += _files(course)
    problems += _items(course)
    if problems:
        raise CourseError(path, tuple(problems))
    return course


def _toml(place: str, found: str, expected: str, mend: str) -> Problem:
    return Problem(file=TOML, place=place, found=found, expected=expected, mend=mend)


# The shape: keys and types -----------------------------------------------------------------------


def _shape(raw: dict[str, Any]) -> Iterator[Problem]:
    try:
        _Course.model_validate(raw)
    except ValidationError as error:
        for fault in error.errors():
            place = _place(raw, fault["loc"])
            match fault["type"]:
                case "missing":
                    yield _toml(place, "no such key", "a value", f"add `{fault['loc'][-1]} = …`")
                case "extra_forbidden":
                    key = str(fault["loc"][-1])
                    near = _near(key, _keys_beside(fault["loc"]))
                    yield _toml(
                        place, f"the key {key!r}", "only keys that have a meaning", f"take it out{near}"
                    )
                case _:
                    expected = fault["msg"].removeprefix("Input should be ").removeprefix("String should ")
                    if "I can" in expected:
                        expected = "a sentence that begins with “I can …”"
                    yield _toml(place, repr(fault["input"]), expected, "correct the value")


def _place(raw: dict[str, Any], loc: Sequence[int | str]) -> str:
    """“objective 'select.rows', threshold” for the place of a fault."""
    words: list[str] = []
    at: Any = raw
    for step in loc:
        at = _inside(at, step)
        if isinstance(step, int) and words:
            name = at.get("id") if isinstance(at, dict) else None
            words[-1] = f"{words[-1].rstrip('s')} {name!r}" if name else f"{words[-1]} no. {step + 1}"
        else:
            words.append(str(step))
    return ", ".join(words) or "the file"


def _inside(at: Any, step: int | str) -> Any:
    if isinstance(at, list) and isinstance(step, int) and step < len(at):
        return at[step]
    return at.get(step) if isinstance(at, dict) else None


def _keys_beside(loc: Sequence[int | str]) -> list[str]:
    if len(loc) == 1:
        return list(_Course.model_fields)
    return list((_Objective if loc[0] == "objectives" else _Lesson).model_fields)


def _whole(raw: dict[str, Any]) -> dict[str, Any]:
    """What can be used of the file: entries of the wrong shape left out, so that the rest is checked too."""

    def sound(shape: type[_Shape], entries: object) -> list[Any]:
        kept = []
        for entry in entries if isinstance(entries, list) else []:
            if not isinstance(entry, dict):
                continue
            known = {k: v for k, v in entry.items() if k in shape.model_fields}
            try:
                shape.model_validate(known)
            except ValidationError as error:
                bad = {str(fault["loc"][0]) for fault in error.errors()}
                if "id" in bad:
                    continue
                fallback = {"can": "I can …", "title": entry["id"], "teaches": [], "opens_when": []}
                known = {k: v for k, v in known.items() if k not in bad}
                known |= {k: fallback[k] for k in bad if k in fallback}
            kept.append(known)
        return kept

    def text(key: str) -> str:
        return raw[key] if isinstance(raw.get(key), str) else "?"

    return {
        "id": text("id"),
        "version": text("version"),
        "title": text("title"),
        "given": raw["given"] if isinstance(raw.get("given"), list) else [],
        "mastered_needs_later_session": raw.get("mastered_needs_later_session", True),
        "objectives": sound(_Objective, raw.get("objectives")),
        "lessons": sound(_Lesson, raw.get("lessons")),
    }


# The graph: what names what ----------------------------------------------------------------------


def _graph(raw: dict[str, Any], whole: dict[str, Any]) -> Iterator[Problem]:
    objectives = [o["id"] for o in whole["objectives"]]
    lessons = [entry["id"] for entry in whole["lessons"]]
    yield from _twice(objectives, "objective")
    yield from _twice(lessons, "lesson")
    # An entry left out for its shape may be named all the same: that is not a second problem.
    named = {e.get("id") for e in raw.get("objectives", []) if isinstance(e, dict)} | set(objectives)

    def unknown(names: Iterable[str], place: str) -> Iterator[Problem]:
        for name in names:
            if name not in named:
                yield _toml(
                    place,
                    f"the objective {name!r}",
                    "one of the objectives of this course",
                    f"correct the id or add the objective{_near(name, objectives)}",
                )

    for o in whole["objectives"]:
        yield from unknown(o.get("needs", ()), f"objective {o['id']!r}, needs")
        if o.get("rule", "bkt") not in RULES:
            yield _toml(
                f"objective {o['id']!r}, rule",
                repr(o["rule"]),
                f"one of {', '.join(RULES)}",
                "correct the rule's name or leave it out",
            )
    for entry in whole["lessons"]:
        for key in ("teaches", "opens_when", "remedies"):
            yield from unknown(entry.get(key, ()), f"lesson {entry['id']!r}, {key}")
    yield from _cycle({o["id"]: [n for n in o.get("needs", ()) if n in named] for o in whole["objectives"]})
    yield from _teaching(whole, objectives)
    yield from _opening(whole["lessons"], named)


def _twice(ids: list[str], what: str) -> Iterator[Problem]:
    for name, count in Counter(ids).items():
        if count > 1:
            yield _toml(
                f"{what} {name!r}", f"{count} entries of this id", "one", "give each an id of its own"
            )


def _cycle(needs: dict[str, list[str]]) -> Iterator[Problem]:
    """One problem for each circle of prerequisites."""
    done: set[str] = set()
    told: set[frozenset[str]] = set()
    for start in needs:
        path: list[str] = []
        stack: list[tuple[str, Iterator[str]]] = [(start, iter(needs.get(start, ())))]
        if start in done:
            continue
        path.append(start)
        while stack:
            node, rest = stack[-1]
            step = next(rest, None)
            if step is None:
                stack.pop()
                path.pop()
                done.add(node)
            elif step in path:
                ring = path[path.index(step) :]
                if frozenset(ring) not in told:
                    told.add(frozenset(ring))
                    yield _toml(
                        f"objective {step!r}, needs",
                        " needs ".join([*ring, step]),
                        "prerequisites that never lead back",
                        "take one of these needs out",
                    )
            elif step not in done:
                path.append(step)
                stack.append((step, iter(needs.get(step, ()))))


def _teaching(whole: dict[str, Any], objectives: list[str]) -> Iterator[Problem]:
    taught = Counter(name for entry in whole["lessons"] for name in dict.fromkeys(entry["teaches"]))
    for name in dict.fromkeys(objectives):
        if taught[name] != 1:
            found = "taught by no lesson" if taught[name] == 0 else f"taught by {taught[name]} lessons"
            yield _toml(
                f"objective {name!r}",
                found,
                "taught by exactly one lesson",
                "name it under `teaches` of one lesson",
            )


def _opening(lessons: list[dict[str, Any]], named: set[Any]) -> Iterator[Problem]:
    first = [entry["id"] for entry in lessons if not entry["opens_when"]]
    if len(first) != 1:
        found = "no lesson" if not first else f"{', '.join(first)}"
        yield _toml(
            "lessons, opens_when",
            f"opens_when = [] at {found}",
            "exactly one lesson to begin with",
            "say of each other lesson which objectives open it",
        )
    reached: set[str] = set()
    can: set[str] = set()
    while True:
        new = [e for e in lessons if e["id"] not in reached and set(e["opens_when"]) & named <= can]
        if not new:
            break
        for entry in new:
            reached.add(entry["id"])
            can.update(entry["teaches"])
    for entry in lessons:
        if entry["id"] not in reached:
            missing = ", ".join(o for o in entry["opens_when"] if o not in can)
            yield _toml(
                f"lesson {entry['id']!r}, opens_when",
                f"nothing opens it: {missing} cannot be reached before it",
                "objectives of lessons that are open by then",
                "name objectives of an earlier lesson",
            )


# The files ---------------------------------------------------------------------------------------


def _files(course: Course) -> Iterator[Problem]:
    for lesson in course.lessons:
        place = f"lesson {lesson.id!r}"
        others = [name for names in lesson.remedies.values() for name in names] + list(lesson.enrichment)
        for name in dict.fromkeys(["lesson.ipynb", *others]):
            path = course.folder(lesson) / name
            if not path.is_file():
                yield _toml(
                    place, f"no file {lesson.id}/{name}", "the notebook", "add it, or correct the name"
                )
                continue
            yield from _notebook(course, path)


def _notebook(course: Course, path: Path) -> Iterator[Problem]:
    file = path.relative_to(course.path).as_posix()
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
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
        known = [*course.objectives, *_item_ids(course)]
        for call in CALL.finditer(source):
            name = call[1] or call[2]
            if name not in known:
                yield Problem(
                    file=file,
                    place=f"cell {cell!r}",
                    found=f"a check of {name!r}",
                    expected="an item or an objective of this course",
                    mend=f"correct the id{_near(name, known)}",
                )


def _item_ids(course: Course) -> list[str]:
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
            yield _toml(
                f"objective {objective!r}",
                "no item for it",
                "items that let learners show it",
                f"add items with objective={objective!r}",
            )


def _load(course: Course, lesson: LessonEntry) -> list[Item] | Problem:
    path = course.folder(lesson) / "items.py"
    file = f"{lesson.id}/items.py"
    if not path.is_file():
        return Problem(
            file=file,
            place="the file",
            found="no such file",
            expected="the lesson's items",
            mend="add an items.py with at least one @item",
        )
    try:
        return items_of(load_path(path, course.id, lesson.id, "items"))
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
    if not item.objectives:
        yield Problem(
            file=file,
            place=place,
            found="no objective",
            expected="the objective that it shows",
            mend="write @item(objective='…')",
        )
    for objective in item.objectives:
        if objective not in course.objectives:
            near = _near(objective, course.objectives)
            yield Problem(
                file=file,
                place=place,
                found=f"the objective {objective!r}",
                expected="one of the objectives of this course",
                mend=f"correct the id{near}",
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


def _near(name: str, names: Iterable[str]) -> str:
    near = get_close_matches(name, list(names), n=1)
    return f"; perhaps {near[0]!r}?" if near else ""
