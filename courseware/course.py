"""A course: its objectives, lessons and items, read from a folder.

Reading one checks all that an author can get wrong and reports it at once (course_check.py). A kernel
that opens a course which was checked before, unchanged since, skips the checking: see `digest`.
"""

from __future__ import annotations

import hashlib
import importlib.util
import logging
import sys
import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import Any, Final

from courseware.items import DataFolder, Item
from courseware.parameters import Parameters
from courseware.parameters import read as read_parameters
from courseware.rule import AVERAGE, AVERAGE_THRESHOLD, BKT, Rule

BUILDS_ON: Final = 0.98
ALONE: Final = 0.95
"""Default thresholds: of an objective that others build on, and of one that stands alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing in a course that its author has to mend."""

    file: str
    place: str
    found: str
    expected: str
    mend: str

    def __str__(self) -> str:
        return (
            f"{self.file}, {self.place}\n    found:    {self.found}\n"
            f"    expected: {self.expected}\n    mend:     {self.mend}"
        )


class CourseError(ValueError):
    """A course cannot be used as it is: `problems` lists everything that has to be mended."""

    def __init__(self, path: Path, problems: tuple[Problem, ...]) -> None:
        many = "one thing" if len(problems) == 1 else f"{len(problems)} things"
        text = "\n".join(f"{n}. {p}" for n, p in enumerate(problems, 1))
        super().__init__(f"the course in {path} needs {many} mended:\n{text}")
        self.path = path
        self.problems = problems


@dataclass(frozen=True, slots=True, kw_only=True)
class Objective:
    """One “I can …”. `needs` are the objectives that it builds on; `threshold` is where its gate opens."""

    id: str
    can: str
    needs: tuple[str, ...] = ()
    threshold: float = ALONE
    case: str | None = None
    rule: str = BKT


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonEntry:
    """One lesson in its course: what it teaches and what has to be Proficient for it to open."""

    id: str
    title: str
    teaches: tuple[str, ...]
    opens_when: tuple[str, ...] = ()
    remedies: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    enrichment: tuple[str, ...] = ()

    @property
    def notebook(self) -> str:
        """Its file's name in a learner's workspace."""
        return f"{self.id}.ipynb"

    def remedies_for(self, objective: str, mistakes: Iterable[str] = ()) -> tuple[str, ...]:
        """The notebooks that are another way in: those for these mistakes, else the objective's own."""
        named = [name for key in mistakes for name in self.remedies.get(f"{objective}:{key}", ())]
        return tuple(dict.fromkeys(named)) or self.remedies.get(objective, ())


@dataclass(frozen=True, slots=True, kw_only=True)
class Skip:
    """A rule of `courseware lint` that the author sets aside in one place, and why.

    `skip` names the rule; `of` is an item, an objective, a lesson, or a cell (``01-tables/lesson.ipynb#id``).
    """

    skip: str
    of: str
    because: str


@dataclass(frozen=True, kw_only=True, eq=False)
class Course:
    """A course as read from its folder. Items are loaded when first asked for."""

    path: Path
    id: str
    version: str
    title: str
    language: str
    given: tuple[str, ...]
    objectives: Mapping[str, Objective]
    lessons: tuple[LessonEntry, ...]
    mastered_needs_later_session: bool = True
    parameters: Parameters = field(default_factory=Parameters)
    skips: tuple[Skip, ...] = ()

    def lesson(self, lesson_id: str) -> LessonEntry:
        for lesson in self.lessons:
            if lesson.id == lesson_id:
                return lesson
        raise LookupError(
            f"the course {self.id!r} has no lesson {lesson_id!r}; its lessons are "
            + ", ".join(lesson.id for lesson in self.lessons)
        )

    def folder(self, lesson: LessonEntry) -> Path:
        return self.path / lesson.id

    def source(self, lesson: LessonEntry) -> Path:
        """The lesson's source notebook (with solutions and hidden tests)."""
        return self.folder(lesson) / "lesson.ipynb"

    @cached_property
    def data(self) -> DataFolder:
        return DataFolder(self.path / "data")

    @cached_property
    def rules(self) -> Mapping[str, Rule]:
        """The gate's rule for each objective."""
        return {
            o.id: Rule(
                threshold=o.threshold,
                later_session=self.mastered_needs_later_session,
                kind=o.rule,
                tracing=self.parameters.tracing(o.id),
            )
            for o in self.objectives.values()
        }

    @cached_property
    def _homes(self) -> Mapping[str, tuple[Item, str]]:
        return {
            item.id: (item, lesson.id)
            for lesson in self.lessons
            if (self.folder(lesson) / "items.py").is_file()  # an assignment of a class's own has none
            for item in items_of(load_module(self, lesson, "items"))
        }

    @cached_property
    def items(self) -> Mapping[str, Item]:
        """All items by their ids, in the order of the lessons and of their files."""
        return {item_id: item for item_id, (item, _) in self._homes.items()}

    def home(self, item_id: str) -> LessonEntry:
        """The lesson that an item belongs to."""
        return self.lesson(self._homes[item_id][1])

    @cached_property
    def past(self) -> Mapping[tuple[str, int], Item]:
        """Items in versions of before, by id and version: replayed, never asked."""
        return {
            (item.id, item.version): item
            for lesson in self.lessons
            if (self.folder(lesson) / "past.py").is_file()
            for item in items_of(load_module(self, lesson, "past"))
        }

    def item(self, item_id: str, version: int) -> Item | None:
        """An item in a version that was released at some time; None if it is not installed here."""
        now = self.items.get(item_id)
        return now if now is not None and now.version == version else self.past.get((item_id, version))

    def items_for(self, objective: str) -> list[Item]:
        """The items that may be asked for an objective."""
        return [i for i in self.items.values() if objective in i.objectives and not i.retired]


def load_course(path: Path | str, *, sound: bool = False) -> Course:
    """Read the course in a folder.

    Raises CourseError with everything that has to be mended. A course that is known to be `sound`, since
    it has the `digest` of one that was checked, is not checked again.
    """
    path = Path(path).resolve()
    file = path / "course.toml"
    if not file.is_file():
        mend = "name the folder that holds course.toml, or one of the courses that `courseware courses` lists"
        raise CourseError(
            path, (Problem(file="course.toml", place="the folder", found="no such file",
                           expected="a course.toml", mend=mend),)
        )  # fmt: skip
    if sound:
        return build(path, tomllib.loads(file.read_text(encoding="utf-8-sig")))
    from courseware import (
        course_check,
    )  # it takes pydantic, which takes longer to import than a kernel should

    return course_check.checked(path)


def build(path: Path, raw: Mapping[str, Any], *, parameters: Parameters | None = None) -> Course:
    """The course that a sound course.toml describes; its parameters are read unless given."""
    needed = {need for o in raw["objectives"] for need in o.get("needs", ())}
    objectives = {
        o["id"]: Objective(
            id=o["id"],
            can=o["can"],
            needs=tuple(o.get("needs", ())),
            threshold=o.get("threshold", _threshold(o, needed)),
            case=o.get("case"),
            rule=o.get("rule", BKT),
        )
        for o in raw["objectives"]
    }
    lessons = tuple(
        LessonEntry(
            id=entry["id"],
            title=entry["title"],
            teaches=tuple(entry["teaches"]),
            opens_when=tuple(entry["opens_when"]),
            remedies={k: tuple(v) for k, v in entry.get("remedies", {}).items()},
            enrichment=tuple(entry.get("enrichment", ())),
        )
        for entry in raw["lessons"]
    )
    return Course(
        path=path,
        id=raw["id"],
        version=raw["version"],
        title=raw["title"],
        language=raw.get("language", "en"),
        given=tuple(raw.get("given", ())),
        objectives=objectives,
        lessons=lessons,
        mastered_needs_later_session=raw.get("mastered_needs_later_session", True),
        parameters=read_parameters(path) if parameters is None else parameters,
        skips=tuple(Skip(**skip) for skip in raw.get("lint", ())),
    )


def _threshold(objective: Mapping[str, Any], needed: Collection[str]) -> float:
    if objective.get("rule") == AVERAGE:
        return AVERAGE_THRESHOLD
    return BUILDS_ON if objective["id"] in needed else ALONE


def load_module(course: Course, lesson: LessonEntry, stem: str) -> ModuleType:
    """A lesson's ``items.py`` or ``past.py``, loaded by its path under a name of its own."""
    return load_path(course.folder(lesson) / f"{stem}.py", course.id, lesson.id, stem)


def load_path(path: Path, course_id: str, lesson_id: str, stem: str) -> ModuleType:
    name = f"courseware_courses.{course_id}.{lesson_id.replace('-', '_')}.{stem}"
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path} is not a Python file")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # dataclasses and pickles look their module up by name
    try:
        spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[name]
        raise
    return module


def items_of(module: ModuleType) -> list[Item]:
    """The items that a module defines, in the order of its text."""
    return [value for value in vars(module).values() if isinstance(value, Item)]


def digest(path: Path) -> str:
    """SHA-256 over a course's files: names, and contents (of data files: their sizes)."""
    sha = hashlib.sha256()
    for file in sorted(_files(path)):
        name = file.relative_to(path).as_posix()
        sha.update(f"{name}\0{file.stat().st_size}\0".encode())
        if file.suffix in {".toml", ".py", ".ipynb"}:
            sha.update(file.read_bytes())
    return sha.hexdigest()


def _files(path: Path) -> Iterator[Path]:
    for child in path.iterdir():
        if child.name.startswith((".", "__pycache__")):
            continue
        if child.is_dir():
            yield from _files(child)
        else:
            yield child


def find_courses() -> dict[str, Path]:
    """The courses that are installed: bundled ones, and those of entry points `courseware.courses`.

    An entry point names a package or module whose folder holds course.toml, or a Path or a string. One that
    cannot be loaded is named in a warning and passed over: the other courses are there all the same.
    """
    found = {p.parent.name: p.parent for p in sorted(bundled().glob("*/course.toml"))}
    from importlib.metadata import entry_points

    for entry in entry_points(group="courseware.courses"):
        try:
            target = entry.load()
            path = Path(str(target.__file__)).parent if isinstance(target, ModuleType) else Path(target)
        except Exception as error:
            logging.getLogger("courseware").warning(
                "The course %r (%s) cannot be loaded: %s: %s. Install its package anew.",
                entry.name, entry.value, type(error).__name__, error,
            )  # fmt: skip
            continue
        found.setdefault(entry.name, path)
    return found


def find_course(name: str) -> Path:
    """Where the course of this name, or in this folder, is.

    Raises LookupError with the names that there are.
    """
    if (bundled() / name / "course.toml").is_file():
        return bundled() / name
    path = Path(name)
    if (path / "course.toml").is_file():
        return path.resolve()
    courses = find_courses()
    if name in courses:
        return courses[name]
    raise LookupError(
        f"there is no course {name!r} here. Installed: {', '.join(courses) or 'none'}. "
        "A folder that holds a course.toml can be named as well."
    )


def bundled() -> Path:
    """Where the courses that come with Courseware are: in the wheel, or beside the package in a checkout."""
    here = Path(__file__).parent
    installed = here / "_courses"
    return installed if installed.is_dir() else here.parent / "lessons"
