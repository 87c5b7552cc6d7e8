"""All that an author can get wrong in a course folder, found in one go."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from courseware import course_files, course_graph
from courseware.course import Course, CourseError, Problem, build
from courseware.course_graph import TOML, in_toml, near
from courseware.parameters import NAME, Parameters, ParametersError

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


class _Skip(_Shape):
    skip: NonEmpty
    of: NonEmpty
    because: Annotated[str, Field(min_length=10)]


class _Course(_Shape):
    id: Slug
    version: NonEmpty
    title: NonEmpty
    language: NonEmpty = "en"
    given: list[str] = []
    mastered_needs_later_session: bool = True
    objectives: Annotated[list[_Objective], Field(min_length=1)]
    lessons: Annotated[list[_Lesson], Field(min_length=1)]
    lint: list[_Skip] = []


def checked(path: Path) -> Course:
    """Read and check a course folder; raises CourseError with every problem at once."""
    try:
        raw = tomllib.loads((path / TOML).read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        problem = in_toml("the file", str(error), "TOML in UTF-8", "correct that line: https://toml.io")
        raise CourseError(path, (problem,)) from None
    problems = list(_shape(raw))
    whole = _whole(raw)
    problems += course_graph.problems(raw, whole)
    try:
        course = build(path, whole)
    except ParametersError as error:
        mend = f"run `courseware fit` again, or take {NAME} out of the course"
        problems.append(
            Problem(file=NAME, place=error.place, found=error.found, expected=error.expected, mend=mend)
        )
        course = build(path, whole, parameters=Parameters())
    problems += course_files.problems(course)
    problems += _parameters(course)
    if problems:
        raise CourseError(path, tuple(problems))
    return course


def _parameters(course: Course) -> Iterator[Problem]:
    """A parameter file may name retired items, but nothing that the course does not have."""
    for what, names, there in (
        ("objective", course.parameters.objectives, course.objectives),
        ("item", course.parameters.difficulty, dict.fromkeys(course_files.item_ids(course))),
    ):
        for name in names:
            if name not in there:
                yield Problem(
                    file=NAME,
                    place=f"{what} {name!r}",
                    found=f"parameters of an {what} that the course does not have",
                    expected=f"{what}s of this course",
                    mend=f"correct the id, or fit the course again{near(name, there)}",
                )


def _shape(raw: dict[str, Any]) -> Iterator[Problem]:
    try:
        _Course.model_validate(raw)
    except ValidationError as error:
        for fault in error.errors():
            place = _place(raw, fault["loc"])
            match fault["type"]:
                case "missing":
                    yield in_toml(place, "no such key", "a value", f"add `{fault['loc'][-1]} = …`")
                case "extra_forbidden":
                    key = str(fault["loc"][-1])
                    hint = near(key, _keys_beside(fault["loc"]))
                    yield in_toml(
                        place, f"the key {key!r}", "only keys that have a meaning", f"take it out{hint}"
                    )
                case _:
                    expected = fault["msg"].removeprefix("Input should be ").removeprefix("String should ")
                    if "I can" in expected:
                        expected = "a sentence that begins with “I can …”"
                    yield in_toml(place, repr(fault["input"]), expected, "correct the value")


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
    shapes: dict[object, type[_Shape]] = {"objectives": _Objective, "lint": _Skip}
    return list(shapes.get(loc[0], _Lesson).model_fields)


def _whole(raw: dict[str, Any]) -> dict[str, Any]:
    """What can be used of the file: entries of the wrong shape left out, so that the rest is checked too."""

    def sound(shape: type[_Shape], entries: object) -> list[Any]:
        kept = []
        for entry in _listed(entries):
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
        "language": raw.get("language") if isinstance(raw.get("language"), str) else "en",
        "given": raw["given"] if isinstance(raw.get("given"), list) else [],
        "mastered_needs_later_session": raw.get("mastered_needs_later_session", True),
        "objectives": sound(_Objective, raw.get("objectives")),
        "lessons": sound(_Lesson, raw.get("lessons")),
        "lint": [entry for entry in _listed(raw.get("lint")) if _fits(_Skip, entry)],
    }


def _listed(entries: object) -> list[Any]:
    return entries if isinstance(entries, list) else []


def _fits(shape: type[_Shape], entry: object) -> bool:
    try:
        shape.model_validate(entry)
    except ValidationError:
        return False
    return True
