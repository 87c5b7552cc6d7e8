"""A learner's own folder: what is open lies in it, what is locked does not.

workspace/
  01-tables.ipynb …       one notebook for each open lesson, in its released version
  data/                   the course's data files
  .courseware/            workspace.toml, events.sqlite
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import tomllib
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from courseware.course import Course, LessonEntry, digest, find_course, load_course
from courseware.log import Log, open_log, sqlite_file
from courseware.mastery.fold import Written

HOME: Final = ".courseware"
CHECKED: Final = "checked"
"""The file that holds the digest of the course that was found sound."""


class WorkspaceError(RuntimeError):
    """The workspace cannot be used as it is; the message says what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """One learner's folder for one course.

    `learner` is a random UUID, `name` only what the learner chose to be called. `course_path` is there
    for a course that was named by its folder; `log` is a URL (of a file: seen from this folder), or None
    for the file beside. A `preview` is an author's look at a course: all is open in it, and it goes at exit.
    """

    path: Path
    learner: str
    course: str
    course_version: str
    name: str | None = None
    course_path: Path | None = None
    log: str | None = None
    preview: bool = False

    @property
    def home(self) -> Path:
        return self.path / HOME

    def load_course(self) -> Course:
        """This workspace's course, checked once for each state of its files."""
        seen = self.home / CHECKED
        where = self.course_path if self.course_path is not None else find_course(self.course)
        now = digest(where) if where.is_dir() else ""
        sound = seen.is_file() and seen.read_text(encoding="utf-8", errors="replace") == now
        course = load_course(where, sound=sound)
        if not sound:
            with contextlib.suppress(OSError):  # where nothing can be written it is checked each time
                put(seen, now)
        return course

    def open_log(self) -> Log:
        if self.log is None:
            return open_log(self.home / "events.sqlite")
        file = sqlite_file(self.log)
        return open_log(self.log if file is None else self.path / file)

    def sync(
        self,
        course: Course,
        lessons: Iterable[LessonEntry],
        written: Mapping[str, Written],
        beside: Iterable[tuple[LessonEntry, str, str]] = (),
    ) -> list[Written]:
        """Write the notebooks of these lessons that are not there and never were.

        `beside`: notebooks that belong to a lesson, such as a remedy: its lesson, its name in the course, its
        path here.

        What a learner edited or deleted stays as the learner left it. Returns what was written now, or
        found written as it should be (a crash may have come between the file and its event).
        Raises WorkspaceError with what to do where nothing can be written.
        """
        new = []
        wanted = [(course.source(lesson), lesson.notebook) for lesson in lessons]
        wanted += [(course.folder(lesson) / name, path) for lesson, name, path in beside]
        for source, name in dict.fromkeys(wanted):
            if name in written:
                continue
            text, sha256 = released(source)
            wrote = Written(path=name, sha256=sha256)
            path = self.path / name
            with _told(path):
                if _write_new(path, text) or _digest_of(path) == wrote.sha256:
                    new.append(wrote)
        return new

    def restore(self, course: Course, lesson: LessonEntry) -> Written:
        """Write a lesson's notebook again: a missing one in its place, else beside the learner's own.

        The one beside is called ``01-tables.new.ipynb`` (or ``.new-2`` and so on): nothing is overwritten.
        """
        text, sha256 = released(course.source(lesson))
        with _told(self.path / lesson.notebook):
            if _write_new(self.path / lesson.notebook, text):
                return Written(path=lesson.notebook, sha256=sha256)
            for number in range(1, 1000):
                name = f"{lesson.id}.new{'' if number == 1 else f'-{number}'}.ipynb"
                if _write_new(self.path / name, text) or _digest_of(self.path / name) == sha256:
                    return Written(path=name, sha256=sha256)
        raise WorkspaceError(f"there are too many copies of {lesson.notebook} in {self.path}: remove some")

    def is_older(self, course: Course, lesson: LessonEntry, written: Mapping[str, Written]) -> bool:
        """Whether a lesson's notebook was written from another version than the course has now."""
        _, now = released(course.source(lesson))
        beside = [w.sha256 for path, w in written.items() if path.startswith(f"{lesson.id}.")]
        return bool(beside) and now not in beside

    def put_data(self, course: Course) -> None:
        """Put the course's data files in their places, as the course has them now.

        Answers are judged on the course's own data. A file that differs (changed here, or of an older
        version of the course) is kept beside as ``penguins.before.csv``.
        """
        source = course.path / "data"
        if not source.is_dir():
            return
        for file in sorted(p for p in source.rglob("*") if p.is_file()):
            target = self.path / "data" / file.relative_to(source)
            if _same(file, target):
                continue
            with _told(target):
                target.parent.mkdir(parents=True, exist_ok=True)
                part = target.with_name(f".{target.name}.{uuid.uuid4().hex}.part")
                try:
                    shutil.copyfile(file, part)
                    if target.exists():
                        target.replace(_beside(target))
                    part.replace(target)
                finally:
                    part.unlink(missing_ok=True)


def released(source: Path) -> tuple[str, str]:
    """The text of a source notebook as learners get it, and the SHA-256 of its cells' sources."""
    from courseware.release import cell_digest, release  # for the few times that there is one to write

    text = release(source.read_text(encoding="utf-8"))
    return text, cell_digest(text)


def create(
    path: Path, course: Course, *, name: str | None = None, by_path: bool = False, preview: bool = False
) -> Workspace:
    """Make a workspace for a course in a folder (made if missing). The learner gets a new random UUID."""
    workspace = Workspace(
        path=path.resolve(),
        learner=str(uuid.uuid4()),
        course=course.id,
        course_version=course.version,
        name=None if name is None else name.encode("utf-8", "replace").decode(),
        course_path=course.path if by_path else None,
        preview=preview,
    )
    try:
        workspace.home.mkdir(parents=True, exist_ok=True)
        lines = {
            "learner": workspace.learner,
            "name": workspace.name,
            "course": workspace.course,
            "course_version": workspace.course_version,
            "course_path": None if workspace.course_path is None else str(workspace.course_path),
            "preview": preview or None,
        }
        text = "".join(f"{k} = {_toml(v)}\n" for k, v in lines.items() if v is not None)
        if not _write_new(workspace.home / "workspace.toml", text):
            return load(path)
        put(workspace.home / CHECKED, digest(course.path))  # a course is checked when it is read
    except (OSError, UnicodeEncodeError) as error:
        why = getattr(error, "strerror", None) or error
        raise WorkspaceError(
            f"{workspace.path} cannot be written ({why}). Choose another folder with --dir."
        ) from error
    return workspace


def adopt(space: Workspace, learner: str) -> Workspace:
    """The same workspace, for the learner of a record that was brought here from elsewhere."""
    adopted = replace(space, learner=learner)
    file = space.home / "workspace.toml"
    text = file.read_text(encoding="utf-8-sig")
    with _told(file):
        put(file, text.replace(space.learner, learner))
    return adopted


def load(path: Path) -> Workspace:
    """Read the workspace in a folder. Raises WorkspaceError with what to mend."""
    file = path / HOME / "workspace.toml"
    try:
        raw = tomllib.loads(file.read_text(encoding="utf-8-sig"))
        return Workspace(
            path=path.resolve(),
            learner=str(uuid.UUID(raw["learner"])),
            course=str(raw["course"]),
            course_version=str(raw["course_version"]),
            name=raw.get("name"),
            course_path=Path(raw["course_path"]) if "course_path" in raw else None,
            log=raw.get("log"),
            preview=raw.get("preview") is True,
        )
    except FileNotFoundError:
        raise WorkspaceError(
            f"{path} is not a workspace. Start one with `courseware learn`, or name the folder where you did."
        ) from None
    except (OSError, ValueError, KeyError, AttributeError) as error:
        raise WorkspaceError(
            f"{file} cannot be read ({type(error).__name__}: {error}). It holds learner, course and "
            "course_version; your answers are safe in events.sqlite beside it."
        ) from error


def find(start: Path) -> Workspace | None:
    """The workspace that a folder lies in: in it, or in the nearest one above."""
    for folder in (start.resolve(), *start.resolve().parents):
        with contextlib.suppress(PermissionError):  # above the folders that are the learner's own
            if (folder / HOME / "workspace.toml").is_file():
                return load(folder)
    return None


def _toml(value: str | bool) -> str:
    """A value as TOML writes it: a JSON string is a TOML string too, as long as nothing is in surrogates."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


@contextlib.contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise WorkspaceError(
            f"{path} could not be written ({error.strerror or error}). Your answers are kept. See that the "
            "disk has room and the folder can be written; the file comes when the lesson is opened again."
        ) from error


def _same(one: Path, other: Path) -> bool:
    """Whether two files hold the same, byte for byte: installers give all files the same time."""
    try:
        return one.stat().st_size == other.stat().st_size and one.read_bytes() == other.read_bytes()
    except OSError:
        return False


def _beside(path: Path) -> Path:
    """A name that is free, for what was there before."""
    number = 1
    while (name := path.with_stem(f"{path.stem}.before{'' if number == 1 else f'-{number}'}")).exists():
        number += 1
    return name


def _digest_of(path: Path) -> str | None:
    from courseware.release import cell_digest

    try:
        return cell_digest(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def put(path: Path, text: str) -> None:
    """Write a file whole, in place of one that may be there."""
    part = path.with_name(f".{path.name}.{uuid.uuid4().hex}.part")
    part.write_text(text, encoding="utf-8", newline="\n")
    part.replace(path)


def _write_new(path: Path, text: str) -> bool:
    """Write a file whole, or not at all if there is one of that name; tells which."""
    if path.exists():
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{uuid.uuid4().hex}.part")
    try:
        with part.open("w", encoding="utf-8", newline="\n") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        try:
            os.link(part, path)  # fails if there is one by now, where a rename would overwrite it
        except FileExistsError:
            return False
        except OSError:  # a file system without links
            with contextlib.suppress(FileExistsError), path.open("x", encoding="utf-8", newline="\n") as out:
                out.write(text)
                return True
            return False
        return True
    finally:
        part.unlink(missing_ok=True)
