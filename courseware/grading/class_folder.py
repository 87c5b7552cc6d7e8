"""A class is a folder: an nbgrader course, with what Courseware adds to it.

class/
  class.toml              the course, the rule of its gates, how it grades
  objectives.toml         what assignments of its own are evidence of, if it has any (objectives.py)
  roster.csv              who is in it (roster.py)
  class.sqlite            the class's one event log
  nbgrader_config.py      so that nbgrader's own commands and formgrader work here
  gradebook.db            nbgrader's gradebook
  source/ release/ submitted/ autograded/ feedback/      nbgrader's folders
  attempts/               every attempt that came in, as it came in
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from courseware import release
from courseware.course import Course, LessonEntry, digest, find_course, load_course
from courseware.grading import objectives, roster
from courseware.grading.objectives import Tags
from courseware.log import Log, open_log
from courseware.rule import Rule

FILE: Final = "class.toml"
CHECKED: Final = ".course-checked"
"""The file that holds the digest of the course that was found sound."""
FOLDERS: Final = ("source", "release", "submitted", "autograded", "feedback", "attempts")
_NAME: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.\-]*")

CONFIG: Final = """\
# Written by `courseware class new`. nbgrader's commands and formgrader read it: start them in this folder.
# What you add below stays: Courseware does not write this file again.
from pathlib import Path

c = get_config()  # noqa: F821 - nbgrader gives it
c.CourseDirectory.root = str(Path(__file__).resolve().parent)
c.CourseDirectory.course_id = {course_id}
c.CourseDirectory.db_url = "sqlite:///" + str(Path(__file__).resolve().parent / "gradebook.db")
# A solution becomes this for learners, so that "Run All" goes on past it.
c.ClearSolutions.code_stub = {{"python": {code_stub}}}
c.ClearSolutions.text_stub = {text_stub}
# `nbgrader autograde` and formgrader's button grade with the same engine as `courseware class grade`.
c.Autograde.autograde_preprocessors = {preprocessors}
"""

PREPROCESSORS: Final = (
    "courseware.grading.plugin.RunSandboxed",
    "nbgrader.preprocessors.LimitOutput",
    "courseware.grading.plugin.SaveScores",
    "nbgrader.preprocessors.AssignLatePenalties",
    "nbgrader.preprocessors.CheckCellMetadata",
)
"""What nbgrader does with a submission in a class of ours, in order (plugin.py)."""

TOML: Final = """\
# A class{course}. What is commented out is the default; take the # away to change it.
{course_line}{course_path}{gradebook}
[grading]
# cell_seconds = 30           # the longest that one cell may run
# notebook_seconds = 180      # and a whole notebook
# memory_mb = 1024            # the most memory that a submission may use
# partial_credit = false      # true: a test cell gives points for each assertion that holds
# trust_self_reported = false # true: what learners answered on their own machines counts as well

[mastery]
# thresholds = {{ "select.rows" = 0.95 }}     # where a gate opens, for single objectives
# later_session = true                       # Mastered needs a review in a later session

[plan]
# "02-select" = 2026-10-12    # the day by which most should have a lesson's objectives; nobody is held to it
"""


class ClassError(RuntimeError):
    """The class cannot be used as it is; the message says what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """How a class grades: limits for one cell and one notebook (seconds, MB), and what counts."""

    cell_seconds: float = 30
    notebook_seconds: float = 180
    memory_mb: int = 1024
    partial_credit: bool = False
    trust_self_reported: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassFolder:
    """One class of one course. `thresholds` and `later_session` stand before those of the course; `plan` has
    the day by which most should have a lesson's objectives.

    `course` is None for an nbgrader course that has no course of ours behind it. `gradebook` is the address
    of its gradebook, if that is not gradebook.db in the folder.
    """

    path: Path
    course: str | None
    course_path: Path | None = None
    gradebook: str | None = None
    policy: Policy = field(default_factory=Policy)
    thresholds: Mapping[str, float] = field(default_factory=dict)
    later_session: bool | None = None
    plan: Mapping[str, date] = field(default_factory=dict)

    def load_course(self) -> Course:
        """The course of this class, with the objectives that the class has of its own.

        Without a course of ours its assignments are the lessons. Raises ClassError if it has no objectives.
        """
        tags = self.tags()
        if self.course is not None:
            course = self._checked_course()
            return replace(course, objectives={**course.objectives, **tags.objectives})
        if not tags.objectives:
            raise ClassError(
                f'{self.path} has no objectives to reach. Name a course in {FILE} (course = "pandas"), or '
                f"write the class's own into {objectives.FILE}: `courseware class adopt` begins it."
            )
        return Course(
            path=self.path / "source",
            id="",
            version="",
            title=self.path.name,
            language="en",
            given=(),
            objectives=tags.objectives,
            lessons=tuple(LessonEntry(id=name, title=name, teaches=tags.taught(name)) for name in tags.cells),
        )

    def _checked_course(self) -> Course:
        """The course as installed; one that was found sound, and is unchanged since, is not checked again."""
        assert self.course is not None
        where = self.course_path if self.course_path is not None else find_course(self.course)
        seen = self.path / CHECKED
        now = digest(where) if where.is_dir() else ""
        sound = seen.is_file() and seen.read_text(encoding="utf-8", errors="replace") == now
        course = load_course(where, sound=sound)
        if not sound:
            with suppress(OSError):  # a class that is only read
                seen.write_text(now, encoding="utf-8")
        return course

    def tags(self) -> Tags:
        """What the class's own assignments are evidence of. Raises ClassError with what to mend."""
        try:
            return objectives.read(self.path)
        except ValueError as error:
            raise ClassError(str(error)) from error

    def rules(self, course: Course) -> Mapping[str, Rule]:
        """The gate's rule for each objective, as this class wants it."""
        return {
            name: replace(
                rule,
                threshold=self.thresholds.get(name, rule.threshold),
                later_session=rule.later_session if self.later_session is None else self.later_session,
            )
            for name, rule in course.rules.items()
        }

    def taught(self) -> Course:
        """The course with the thresholds of this class. Raises ClassError if it has none."""
        course = self.load_course()
        later = self.later_session
        return replace(
            course,
            objectives={
                name: replace(objective, threshold=self.thresholds.get(name, objective.threshold))
                for name, objective in course.objectives.items()
            },
            mastered_needs_later_session=course.mastered_needs_later_session if later is None else later,
        )

    @property
    def roster(self) -> Path:
        return self.path / roster.FILE

    @property
    def gradebook_url(self) -> str:
        return self.gradebook or f"sqlite:///{self.path / 'gradebook.db'}"

    def open_log(self) -> Log:
        return open_log(self.path / "class.sqlite")

    def source(self, assignment: str) -> Path:
        return self.path / "source" / named(assignment)

    def release(self, assignment: str) -> Path:
        return self.path / "release" / named(assignment)

    def submitted(self, student: str, assignment: str) -> Path:
        return self.path / "submitted" / named(student) / named(assignment)

    def autograded(self, student: str, assignment: str) -> Path:
        return self.path / "autograded" / named(student) / named(assignment)

    def feedback(self, student: str, assignment: str) -> Path:
        return self.path / "feedback" / named(student) / named(assignment)

    def submitters(self, assignment: str) -> list[str]:
        """The students who have a submission of an assignment, sorted."""
        return sorted(
            p.parent.name
            for p in (self.path / "submitted").glob(f"*/{named(assignment)}")
            if p.is_dir() and _NAME.fullmatch(p.parent.name)
        )


def named(name: str) -> str:
    """A student's or an assignment's name, which becomes a folder's. Raises ClassError for what cannot."""
    if not _NAME.fullmatch(name):
        raise ClassError(
            f"{name!r} cannot be the name of a student or an assignment: a folder is called so. Use "
            "letters, digits, '.', '-' and '_', beginning with a letter or a digit."
        )
    return name


def create(path: Path, course: Course, *, by_path: bool = False, people: Path | None = None) -> ClassFolder:
    """Make a class of a course in a folder (made if missing), with a roster if one is given.

    A class that is there already stays as it is, and people new on the roster join it.
    Raises ClassError if the folder is a class of another course.
    """
    path = path.resolve()
    if (path / FILE).exists():
        there = load(path)
        if there.course != course.id:
            raise ClassError(
                f"{path} is a class of {there.course or 'no course'}, not of {course.id!r}. Choose another "
                "folder."
            )
    joined = roster.read(people) if people is not None else ()
    for folder in FOLDERS:
        (path / folder).mkdir(parents=True, exist_ok=True)
    roster.join(path / roster.FILE, joined)
    return begin(path, course, by_path=by_path)


def begin(
    path: Path, course: Course | None, *, by_path: bool = False, gradebook: str | None = None
) -> ClassFolder:
    """Make a folder that is there a class, of a course or of none. What lies in it stays as it is."""
    config = CONFIG.format(
        course_id=json.dumps(path.name if course is None else course.id),
        code_stub=json.dumps(release.CODE_STUB),
        text_stub=json.dumps(release.TEXT_STUB),
        preprocessors=json.dumps(PREPROCESSORS, indent=4),
    )
    _write_new(path / "nbgrader_config.py", config)
    where = f"course_path = {json.dumps(str(course.path))}\n" if by_path and course is not None else ""
    toml = TOML.format(
        course="" if course is None else f" of the course {course.title}",
        course_line='# course = "pandas"\n' if course is None else f"course = {json.dumps(course.id)}\n",
        course_path=where,
        gradebook="" if gradebook is None else f"gradebook = {json.dumps(gradebook)}\n",
    )
    _write_new(path / FILE, toml)
    if course is not None:
        (path / CHECKED).write_text(digest(course.path), encoding="utf-8")  # it was checked when it was read
    made = load(path)
    made.open_log().close()
    return made


def load(path: Path) -> ClassFolder:
    """Read the class in a folder. Raises ClassError with what to mend."""
    file = path / FILE
    try:
        raw = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise ClassError(
            f"{path} is not a class. Make one with `courseware class new {path} --course pandas`, or take "
            "the lessons into an nbgrader course with `courseware class adopt`."
        ) from None
    except (OSError, ValueError) as error:
        raise ClassError(f"{file} cannot be read ({type(error).__name__}: {error}).") from error
    grading, mastery = _table(file, raw, "grading"), _table(file, raw, "mastery")
    where = raw.get("course_path")
    return ClassFolder(
        path=path.resolve(),
        course=_checked(file, "course", raw.get("course"), str | None),
        course_path=Path(_checked(file, "course_path", where, str)) if where is not None else None,
        gradebook=_checked(file, "gradebook", raw.get("gradebook"), str | None),
        policy=_policy(file, grading),
        thresholds=_thresholds(file, mastery.pop("thresholds", {})),
        later_session=_checked(file, "later_session", mastery.pop("later_session", None), bool | None),
        plan=_plan(file, _table(file, raw, "plan")),
    )


def find(start: Path) -> ClassFolder:
    """The class that a folder lies in: in it, or in the nearest one above. Raises ClassError if none."""
    for folder in (start.resolve(), *start.resolve().parents):
        if (folder / FILE).is_file():
            return load(folder)
    raise ClassError(
        f"{start} does not lie in a class. Name one with --class DIR; `courseware class new` makes one."
    )


def _policy(file: Path, raw: dict[str, Any]) -> Policy:
    kinds: dict[str, Any] = {
        "cell_seconds": float | int,
        "notebook_seconds": float | int,
        "memory_mb": int,
        "partial_credit": bool,
        "trust_self_reported": bool,
    }
    if unknown := sorted(set(raw) - set(kinds)):
        raise ClassError(f"{file}, [grading]: found {unknown[0]!r}; expected one of {', '.join(kinds)}.")
    values = {name: _checked(file, name, value, kinds[name]) for name, value in raw.items()}
    for name in ("cell_seconds", "notebook_seconds", "memory_mb"):
        if not values.get(name, 1) > 0:
            raise ClassError(f"{file}, {name}: found {values[name]!r}; expected a number above 0.")
    return Policy(**values)


def _thresholds(file: Path, raw: object) -> dict[str, float]:
    found: dict[str, float] = {}
    for name, value in _checked(file, "thresholds", raw, dict).items():
        number = _checked(file, f"thresholds.{name}", value, float | int)
        if not 0 < number < 1:
            raise ClassError(f"{file}, thresholds.{name}: found {number}; expected a number between 0 and 1.")
        found[name] = float(number)
    return found


def _plan(file: Path, raw: Mapping[str, Any]) -> dict[str, date]:
    found: dict[str, date] = {}
    for lesson, day in raw.items():
        if not isinstance(day, date):
            raise ClassError(
                f"{file}, plan.{lesson}: found {day!r}; expected a day, without quotes, such as 2026-10-12."
            )
        found[lesson] = day.date() if isinstance(day, datetime) else day
    return found


def _table(file: Path, raw: Mapping[str, Any], name: str) -> dict[str, Any]:
    return dict(_checked(file, f"[{name}]", raw.get(name, {}), dict))


def _checked(file: Path, name: str, value: Any, kind: Any) -> Any:
    if not isinstance(value, kind) or (isinstance(value, bool) and kind not in (bool, bool | None)):
        wanted = getattr(kind, "__name__", str(kind))
        raise ClassError(f"{file}, {name}: found {value!r}; expected {wanted}.")
    return value


def _write_new(path: Path, text: str) -> None:
    if not path.exists():
        path.write_text(text, encoding="utf-8", newline="\n")
