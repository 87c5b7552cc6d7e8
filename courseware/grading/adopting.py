"""``courseware class adopt``: lessons into an nbgrader course, and assignments of one into mastery.

Nothing that is there is changed: an nbgrader course keeps its notebooks, configuration and gradebook. What
its cells are evidence of stands in a file of its own (objectives.py).
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from courseware.course import Course
from courseware.course_graph import near
from courseware.grading import class_folder, nbgraders, objectives, roster
from courseware.grading.class_folder import ClassError, ClassFolder, named
from courseware.grading.gradebook import EmptyGradebook, Gradebook
from courseware.grading.imports import cells_of
from courseware.grading.released import fetch_source
from courseware.grading.roster import Person

SIGNS: Final = (nbgraders.CONFIG, "gradebook.db", "source")
"""By one of these a folder is known as an nbgrader course."""
FOLDERS: Final = ("source", "release", "submitted", "autograded", "feedback")


@dataclass(frozen=True, slots=True, kw_only=True)
class Adopted:
    """One assignment that was taken in: where its source lies, and what its graded cells are evidence of.

    `cells` are called ``notebook/cell``. `came` says whether the source was put there now, `lesson` whether
    it is a lesson of the class's course, `released` whether the gradebook knows it.
    """

    assignment: str
    folder: Path
    lesson: bool
    came: bool
    released: bool
    cells: Mapping[str, tuple[str, ...]]

    @property
    def untagged(self) -> tuple[str, ...]:
        """The graded cells that are evidence of nothing yet."""
        return tuple(cell for cell, ids in self.cells.items() if not ids)


def nearest(start: Path) -> Path:
    """The class or nbgrader course that a folder lies in; the folder itself if it lies in none."""
    signs = (class_folder.FILE, nbgraders.CONFIG, "gradebook.db")
    around = (start.resolve(), *start.resolve().parents)
    return next((each for each in around if any((each / sign).is_file() for sign in signs)), start)


def adopt_course(path: Path, course: Course | None, *, by_path: bool = False) -> ClassFolder:
    """Make an nbgrader course a class, of a course of ours or of none. One that is a class stays as it is.

    Its students come onto the roster. Raises ClassError where the folder is no nbgrader course, keeps its
    folders elsewhere, or is a class of another course.
    """
    path = path.resolve()
    if (path / class_folder.FILE).is_file():
        there = class_folder.load(path)
        if course is None or there.course == course.id:
            return there
        if there.course is not None:
            raise ClassError(f"{path} is a class of {there.course!r}, not of {course.id!r}.")
        raise ClassError(
            f"{path} is a class without a course. Write `course = {json.dumps(course.id)}` as the first line "
            f"of its {class_folder.FILE}, then adopt again."
        )
    if not any((path / sign).exists() for sign in SIGNS):
        raise ClassError(
            f"{path} is neither a class nor an nbgrader course: it has no {', '.join(SIGNS[:-1])} or "
            f"{SIGNS[-1]}/. Name one with --class DIR."
        )
    made = class_folder.begin(path, course, by_path=by_path, gradebook=_gradebook(path))
    for folder in class_folder.FOLDERS:
        (path / folder).mkdir(exist_ok=True)
    roster.join(made.roster, _students(made))
    return made


def adopt(folder: ClassFolder, what: str, tags: Sequence[str] = (), *, update: bool = False) -> Adopted:
    """Take one lesson or assignment into a class: by its name, or by the path of its folder or notebook.

    An assignment's graded cells are written into objectives.toml, as evidence of `tags` where given. A
    source that is there stays, unless `update`. Raises ClassError with what there is instead.
    """
    course = folder.load_course() if folder.course is not None else None
    known = _known(folder, course)
    if unknown := [tag for tag in tags if tag not in known]:
        raise ClassError(
            f"there is no objective {unknown[0]!r}{near(unknown[0], known)}. There are: "
            f"{', '.join(known) or 'none'}. One of your own is made in {folder.path / objectives.FILE}."
        )
    name, origin = _found(folder, course, what)
    lesson = course is not None and any(name == each.id for each in course.lessons)
    there = folder.source(name)
    one = there if origin is None or origin.is_dir() else there / origin.name
    came = update or not one.exists()
    if lesson and course is not None:
        fetch_source(folder, course, name, update=update)
    elif origin is not None and came:
        _copy(origin, there)
    cells: dict[str, tuple[str, ...]] = {}
    for path in sorted(there.glob("*.ipynb")):
        graded = _graded(path)
        if graded and not lesson:
            told = {cell: (own or tags, words) for cell, (own, words) in graded.items()}
            objectives.add(folder.path, name, path.stem, told)
        tagged = folder.tags().of(name, path.stem)
        for cell, (own, _) in graded.items():
            cells[f"{path.stem}/{cell}"] = tagged.get(cell, own)
    if not cells:
        raise ClassError(
            f"{there} has no graded cell. Mark cells as tests with nbgrader's Create Assignment panel first."
        )
    return Adopted(
        assignment=name, folder=there, lesson=lesson, came=came, released=_released(folder, name), cells=cells
    )


def _released(folder: ClassFolder, name: str) -> bool:
    try:
        book = Gradebook(folder.gradebook_url)
    except EmptyGradebook:
        return False
    try:
        return bool(book.notebooks(name))
    except ClassError:
        return False
    finally:
        book.close()


def assignments(folder: ClassFolder, what: str) -> list[str]:
    """What is to be adopted by a name: for an nbgrader course's folder, all the assignments in it."""
    for path in (folder.path / what, Path(what)):
        if (path / "source").is_dir():
            return [str(each) for each in sorted((path / "source").iterdir()) if any(each.glob("*.ipynb"))]
    return [what]


def _found(folder: ClassFolder, course: Course | None, what: str) -> tuple[str, Path | None]:
    """The assignment that was named, and where it lies if that is not the class's source."""
    path = Path(what)
    source = folder.path / "source"
    for inside in (source / what, folder.path / what, path.absolute()):
        if inside.exists() and inside != source and inside.resolve().is_relative_to(source.resolve()):
            return named(inside.resolve().relative_to(source.resolve()).parts[0]), None
    lessons = [] if course is None else [lesson.id for lesson in course.lessons]
    if what.removesuffix(".ipynb") in lessons:
        return what.removesuffix(".ipynb"), None
    if path.is_dir() and any(path.glob("*.ipynb")):
        return named(path.resolve().name), path
    if path.is_file() and path.suffix == ".ipynb":
        above = path.resolve().parent
        return named(above.name if above.parent.name == "source" else path.stem), path
    own = sorted(each.name for each in source.glob("*") if each.is_dir())
    raise ClassError(
        f"there is no {what!r}{near(what, [*own, *lessons])}. In source/: {', '.join(own) or 'nothing'}. "
        + (f"Lessons of {course.id!r}: {', '.join(lessons)}." if course else "Lessons come with --course.")
    )


def _copy(origin: Path, there: Path) -> None:
    """An assignment's folder, or one notebook with the files beside it that are no notebooks."""
    only = origin.name if origin.is_file() else None
    place = origin.parent if only else origin

    def left_out(at: str, names: list[str]) -> set[str]:
        return {
            name
            for name in names
            if name.startswith((".", "__pycache__"))
            or (Path(at) / name).is_symlink()
            or (only is not None and name.endswith(".ipynb") and name != only)
        }

    shutil.copytree(place, there, ignore=left_out, dirs_exist_ok=True)


def _graded(path: Path) -> dict[str, tuple[tuple[str, ...], str]]:
    """The graded cells of a source notebook: the objectives that each names itself, and a few words on it."""
    found: dict[str, tuple[tuple[str, ...], str]] = {}
    for cell in cells_of(path):
        metadata: Mapping[str, Any] = cell.get("metadata", {})
        marks = metadata.get("nbgrader", {})
        if not (marks.get("grade") or marks.get("task")) or not marks.get("grade_id"):
            continue
        own = metadata.get("courseware", {}).get("objectives", ())
        by_hand = marks.get("task") or marks.get("solution")
        points = marks.get("points", 0)
        words = f"{points:g} point{'' if points == 1 else 's'}, graded by {'hand' if by_hand else 'tests'}"
        found[marks["grade_id"]] = tuple(map(str, own)), words
    return found


def _known(folder: ClassFolder, course: Course | None) -> Iterable[str]:
    return list(folder.tags().objectives if course is None else course.objectives)


def _gradebook(path: Path) -> str | None:
    """The address of an nbgrader course's gradebook, if it is not where a class has it.

    Raises ClassError if its folders are not where nbgrader puts them.
    """
    course = nbgraders.configuration(path).CourseDirectory
    wanted = {f"{name}_directory": name for name in FOLDERS}
    wanted["directory_structure"] = str(Path("{nbgrader_step}") / "{student_id}" / "{assignment_id}")
    for setting, default in wanted.items():
        if course.get(setting, default) != default:
            raise ClassError(
                f"{path / nbgraders.CONFIG} keeps its folders elsewhere (CourseDirectory.{setting} = "
                f"{course[setting]!r}), and a class has them where nbgrader puts them. Make a class of its "
                f"own with `courseware class new`, and adopt the assignments into that."
            )
    if "root" in course and Path(course["root"]).resolve() != path:
        raise ClassError(f"the nbgrader course of {path} lies in {course['root']}: name that folder.")
    url = course.get("db_url")
    own = {f"sqlite:///{path / 'gradebook.db'}", "sqlite:///gradebook.db"}
    return None if url is None or url in own else str(url)


def _students(folder: ClassFolder) -> list[Person]:
    """Everybody in the gradebook."""
    if folder.gradebook is None and not (folder.path / "gradebook.db").exists():
        return []
    with nbgraders.open_gradebook(folder) as book:
        return [
            Person(
                student=each.id,
                first_name=each.first_name or "",
                last_name=each.last_name or "",
                email=each.email or "",
            )
            for each in book.students
        ]
