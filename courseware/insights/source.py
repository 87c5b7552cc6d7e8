"""Where insight comes from: a class, a learner's workspace, or a log by its address; and who is in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

from courseware import workspace
from courseware.course import Course, CourseError, find_course, load_course
from courseware.events import Event
from courseware.grading import class_folder, roster
from courseware.grading.class_folder import ClassFolder
from courseware.grading.evidence import counted
from courseware.grading.roster import Person
from courseware.log import Log, LogError, open_log, sqlite_file
from courseware.rule import Rule

NOTHING: Final = (
    "There is neither a class nor a workspace here. Name one: --class DIR, --dir WORKSPACE, or --db with a "
    "log's address."
)
ONE: Final = "Name one of --class, --dir and --db: they are different places to read from."


class InsightError(RuntimeError):
    """What was asked cannot be told from here; the message says what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Whose events are looked at, in which course, and by which rules.

    `log` is a file or a URL. `people` maps learners' UUIDs to the roster's rows (empty without a class);
    `waiting` are those on the roster of whom nothing is known yet, `called` what a workspace's learner likes
    to be called. `plan` says by which day a lesson should be done. `folder` is where caches may lie.
    """

    course: Course
    rules: Mapping[str, Rule]
    log: str | Path
    title: str
    folder: Path
    classroom: ClassFolder | None = None
    people: Mapping[str, Person] = field(default_factory=dict)
    waiting: tuple[Person, ...] = ()
    plan: Mapping[str, date] = field(default_factory=dict)
    trust_self_reported: bool = True
    called: Mapping[str, str] = field(default_factory=dict)

    def open_log(self) -> Log:
        """The log, to read. Raises LogError where there is none: nothing is made by looking."""
        file = sqlite_file(self.log)
        if file is not None and not file.is_file():
            raise LogError(f"there is no log {file}. Name the file that holds it, or PostgreSQL's URL.")
        return open_log(self.log)

    def learners(self) -> list[str]:
        """The learners that the log has events of, by their ids."""
        log = self.open_log()
        try:
            return log.learners(self.course.id)
        finally:
            log.close()

    def events(self, learner: str, *, witnessed: bool | None = None) -> list[Event]:
        """One learner's events in the order of the fold.

        What the learner's own machine told is left out where only `witnessed` evidence is asked for; by
        default as the class has it (`trust_self_reported`).
        """
        log = self.open_log()
        try:
            read = [event for _, event in log.read(learner, self.course.id)]
        finally:
            log.close()
        trust = self.trust_self_reported if witnessed is None else not witnessed
        return sorted(counted(read, trust_self_reported=trust), key=lambda e: (e.at, e.id))

    def name(self, learner: str) -> str:
        """What to call a learner: the name on the roster, or the id there, or the first signs of the UUID."""
        if learner in self.called:
            return self.called[learner]
        person = self.people.get(learner)
        return f"learner {learner[:8]}" if person is None else name_of(person)

    def find_learner(self, text: str) -> str:
        """The learner that a UUID, an id on the roster, or a whole name means.

        Raises LookupError with near ones for nobody, and where two have the name.
        """
        wanted = text.strip().casefold()
        known = dict.fromkeys([*self.people, *self.learners()])
        found = [
            learner
            for learner in known
            if wanted
            in {learner.casefold(), self.name(learner).casefold(), self._student(learner).casefold()}
        ]
        if len(found) == 1:
            return found[0]
        if found:
            ids = ", ".join(self._student(learner) or learner for learner in found)
            raise LookupError(f"{len(found)} learners are called {text!r}: {ids}. Give the id.")
        from difflib import get_close_matches

        names = [self._student(learner) or self.name(learner) for learner in known]
        near = get_close_matches(text, names, n=3, cutoff=0.4) or names[:5]
        raise LookupError(
            f"there is nobody called {text!r} in {self.title}"
            + (f". Did you mean {', '.join(near)}?" if near else ": it has no learners yet.")
        )

    def _student(self, learner: str) -> str:
        person = self.people.get(learner)
        return "" if person is None else person.student


def name_of(person: Person) -> str:
    """A person's name as the roster has it; without one, the student's id."""
    return " ".join(filter(None, [person.first_name, person.last_name])) or person.student


def find(
    *,
    course: str | None = None,
    db: str | None = None,
    classroom: Path | None = None,
    folder: Path | None = None,
) -> Source:
    """The source that was named, or the class or workspace that this folder lies in.

    `classroom` is a class's folder, `folder` a workspace's, `db` a log's address (a file or PostgreSQL's
    URL). `course` is needed where a log has events of several courses. Raises InsightError, ClassError,
    WorkspaceError, LogError or LookupError with what to do.
    """
    if sum(named is not None for named in (db, classroom, folder)) > 1:
        raise InsightError(ONE)
    if db is not None:
        return _of_log(db, course)
    if classroom is not None:
        return _of_class(class_folder.load(classroom), course)
    if folder is not None:
        return _of_workspace(workspace.load(folder), course)
    here = Path.cwd()
    for above in (here, *here.parents):
        if (above / class_folder.FILE).is_file():
            return _of_class(class_folder.load(above), course)
        if (above / workspace.HOME / "workspace.toml").is_file():
            return _of_workspace(workspace.load(above), course)
    raise InsightError(NOTHING)


def _course(path: Path) -> Course:
    """The course in a folder, checked again only where it cannot be read as it is."""
    try:
        return load_course(path, sound=True)
    except CourseError:
        raise
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return load_course(path)


def _named(where: ClassFolder) -> str:
    if where.course is None:
        where.load_course()  # says what is missing
    return str(where.course)


def _of_class(where: ClassFolder, course: str | None) -> Source:
    path = where.course_path if course is None else None
    loaded = _course(path or find_course(course or _named(where)))
    everybody = roster.read(where.roster)
    lessons = [entry.id for entry in loaded.lessons]
    if unknown := sorted(set(where.plan) - set(lessons)):
        raise InsightError(
            f"{where.path / class_folder.FILE}, [plan]: found the lesson {unknown[0]!r}; expected one of "
            f"{', '.join(lessons)}."
        )
    return Source(
        course=loaded,
        rules=where.rules(loaded),
        log=where.path / "class.sqlite",
        title=where.path.name,
        folder=where.path,
        classroom=where,
        people={person.learner: person for person in everybody if person.learner},
        waiting=tuple(person for person in everybody if not person.learner),
        plan=where.plan,
        trust_self_reported=where.policy.trust_self_reported,
    )


def _of_workspace(space: workspace.Workspace, course: str | None) -> Source:
    loaded = space.load_course()
    if course is not None and _course(find_course(course)).id != loaded.id:
        raise InsightError(f"{space.path} is a workspace of the course {loaded.id!r}, not of {course!r}.")
    file = space.home / "events.sqlite" if space.log is None else sqlite_file(space.log)
    return Source(
        course=loaded,
        rules=loaded.rules,
        log=str(space.log) if file is None else space.path / file,
        title=space.path.name,
        folder=space.path,
        called={space.learner: space.name or "you"},
    )


def _of_log(url: str, course: str | None) -> Source:
    file = sqlite_file(url)
    if file is not None and not file.is_file():
        raise LogError(f"there is no log {file}. Name the file that holds it, or PostgreSQL's URL.")
    if course is None:
        log = open_log(url)
        try:
            there = log.courses()
        finally:
            log.close()
        if len(there) != 1:
            names = ", ".join(there) or "no course at all"
            raise InsightError(f"the log has events of {names}. Say which course to look at: --course NAME.")
        course = there[0]
    loaded = _course(find_course(course))
    return Source(
        course=loaded,
        rules=loaded.rules,
        log=url if file is None else file.resolve(),
        title=loaded.title,
        folder=Path.cwd() if file is None else file.resolve().parent,
    )
