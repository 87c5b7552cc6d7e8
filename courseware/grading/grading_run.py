"""``courseware class grade``: everything that came in for an assignment and is not graded yet."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from courseware.course import CourseError
from courseware.grading import autograded, nbgraders, roster
from courseware.grading.assignment import Assignment
from courseware.grading.attempts import answers, handed_in_at, new_ones
from courseware.grading.class_folder import ClassError, ClassFolder
from courseware.grading.engine.launch import EngineError
from courseware.grading.gradebook import Gradebook, Penalty
from courseware.grading.grader import Graded, Sandbox
from courseware.grading.submission import Submission, read_submission
from courseware.grading.tests_checked import budget_of, check_tests
from courseware.grading.trusted import digest, imports_of, load_assignment
from courseware.log import Log

log = logging.getLogger("courseware.grading")


@dataclass(slots=True, kw_only=True)
class Report:
    """What a run did: students graded now, those graded before, and those that could not be, with reasons.

    `points` are those of the students graded now. `flags` are for a person to look at; `noticed` was dealt
    with.
    `unverified` counts, for each test that ran beside what was submitted, how often it did.
    """

    assignment: str
    graded: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    earlier: int = 0
    failed: dict[str, str] = field(default_factory=dict)
    points: dict[str, float] = field(default_factory=dict)
    flags: dict[str, tuple[str, ...]] = field(default_factory=dict)
    noticed: dict[str, tuple[str, ...]] = field(default_factory=dict)
    layers: tuple[str, ...] = ()
    unverified: dict[str, int] = field(default_factory=dict)


Seen = Callable[[int, int], None]
"""Told after each submission: how many are done, of how many."""


def grade_class(
    folder: ClassFolder,
    name: str,
    *,
    workers: int = 1,
    students: Sequence[str] | None = None,
    force: bool = False,
    create_students: bool | None = None,
    seen: Seen = lambda _done, _of: None,
    fork: bool | None = None,
    verify: bool = True,
) -> Report:
    """Grade what came in for an assignment since the last time. What is done stays done if this is stopped.

    For each submission, in this order: the gradebook (one transaction), the class's log, the graded folder.
    The last of them marks it as done; what was interrupted before that is done again, and comes to the same.
    `create_students` says whether who is on no roster is graded as well; None: as nbgrader_config.py says.
    Raises ClassError or LogError where nothing can be graded at all.
    """
    if not folder.submitters(name):
        raise ClassError(
            f"nothing has come in for {name!r}. `courseware class collect {name}` takes it from where "
            f"learners hand in; or put it into submitted/STUDENT/{name}/ yourself."
        )
    engine = Sandbox(
        imports_of(folder, name), workers=workers, budget=budget_of(folder), fork=fork, verify=verify
    )
    try:  # the server warms up while the gradebook and the submissions are read
        run = _Run(folder, name, engine, force=force, create_students=create_students)
        try:
            return run.grade(students, seen)
        except EngineError as error:
            raise ClassError(str(error)) from error
        finally:
            run.close()
    finally:
        engine.close()


class _Run:
    def __init__(
        self,
        folder: ClassFolder,
        name: str,
        engine: Sandbox,
        *,
        force: bool,
        create_students: bool | None,
    ) -> None:
        self._folder, self._name, self._engine, self._force = folder, name, engine, force
        self._book = Gradebook(folder.gradebook_url)
        self._assignment: Assignment = load_assignment(folder, name, self._book)
        if engine.verifies:
            self._assignment = check_tests(folder, self._assignment, engine).assignment
        self._digest = digest(self._assignment, folder)
        self._log: Log = folder.open_log()
        self._create = create_students
        self._penalty: Penalty = _Penalties(folder.path)
        self._course = folder.course or ""
        self._version = self._course_version()
        self._report = Report(assignment=name)
        self._passed = 0  # how many are graded already

    def close(self) -> None:
        self._book.close()
        self._log.close()

    def grade(self, students: Sequence[str] | None, seen: Seen) -> Report:
        autograded.sweep(self._folder.path / "autograded")
        report = self._report
        everyone = self._folder.submitters(self._name)
        chosen = [s for s in everyone if students is None or s in students]
        known = self._book.students() | {p.student for p in roster.read(self._folder.roster)}
        strangers = sorted(set(chosen) - known)
        if strangers and not self._creates():
            report.failed |= dict.fromkeys(strangers, "is not on the roster")
            chosen = [s for s in chosen if s in known]
        self._learners = roster.learners(self._folder.roster, chosen)
        many = len(chosen) + sum(len(self._attempts(student)) for student in chosen)
        done = 0
        seen(done, many)
        # Read as they are needed: a class's notebooks together may be more than memory holds.
        for graded in self._engine.grade(self._assignment, self._waiting(chosen)):
            student = graded.submission.student
            try:
                self._keep(graded)
            except (OSError, ValueError) as error:
                log.warning("The result of %s could not be kept.", student, exc_info=True)
                report.failed[student] = f"{type(error).__name__}: {error}"
            else:
                if graded.submission.attempt:
                    report.earlier += 1
                else:
                    report.graded.append(student)
                    report.points[student] = graded.points
                if graded.flags:
                    report.flags[student] = graded.flags
                if graded.noticed:
                    report.noticed[student] = graded.noticed
                for cell in graded.unverified:
                    report.unverified[cell] = report.unverified.get(cell, 0) + 1
            done += 1
            seen(done + self._passed, many)
        if done:
            report.layers = tuple(self._engine.layers.missing)
        return report

    def _waiting(self, students: Sequence[str]) -> Iterator[Submission]:
        """What is not graded yet: of each student the attempts of before, then the one that counts."""
        for student in students:
            now = read_submission(student, self._folder.submitted(student, self._name))
            for place in self._attempts(student):
                attempt = read_submission(student, place, attempt=place.name)
                if attempt.digest == now.digest or autograded.is_done(place, attempt.digest, self._digest):
                    self._passed += 1
                else:
                    yield attempt
            result = self._folder.autograded(student, self._name)
            if not self._force and autograded.is_done(result, now.digest, self._digest):
                self._passed += 1
                self._report.unchanged.append(student)
            else:
                yield now

    def _attempts(self, student: str) -> list[Path]:
        """Where the attempts of a student lie that were collected, the first one first."""
        kept = self._folder.path / "attempts" / self._name / student
        return sorted(p for p in kept.glob("*") if p.is_dir() and not p.name.startswith("."))

    def _keep(self, graded: Graded) -> None:
        """Into the gradebook, the log, and the graded folder."""
        submission = graded.submission
        if not submission.attempt:
            self._book.record(self._name, graded, penalty=self._penalty)
        events = answers(
            graded,
            self._assignment,
            learner=self._learners[submission.student],
            course=self._course,
            course_version=self._version,
            released=self._digest,
            at=handed_in_at(submission),
        )
        there = [event for _, event in self._log.read(self._learners[submission.student], self._course)]
        self._log.append(new_ones(events, there))
        if submission.attempt:
            autograded.mark(submission.folder, graded, self._digest)
        else:
            place = self._folder.autograded(submission.student, self._name)
            autograded.write(place, graded, self._assignment, self._digest)

    def _creates(self) -> bool:
        """Whether students whom nobody knows are graded, too."""
        if self._create is None:
            set_here = nbgraders.configuration(self._folder.path).Autograde
            return bool(set_here.get("create_student", True))
        return self._create

    def _course_version(self) -> str:
        try:
            return self._folder.load_course().version
        except (ClassError, CourseError, LookupError):
            return ""  # an nbgrader course without one of ours, or one that is not installed here


class _Penalties:
    """nbgrader's penalty for late work, by the class's nbgrader_config.py: loaded for the first late one."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._ask: Penalty | None = None

    def __call__(self, student: str, points: float, seconds: float) -> float | None:
        if self._ask is None:
            self._ask = self._plugin()
        return self._ask(student, points, seconds)

    def _plugin(self) -> Penalty:
        from nbgrader.preprocessors import AssignLatePenalties

        preprocessor = AssignLatePenalties(config=nbgraders.configuration(self._folder))
        preprocessor.init_plugin()
        ask: Penalty = preprocessor.plugin_inst.late_submission_penalty
        return ask
