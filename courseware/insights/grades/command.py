"""The command ``courseware gradebook``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import track
from rich.table import Table

from courseware.insights.commands import AsJson, Class, CourseName, Db, Dir
from courseware.insights.grades.files import By

if TYPE_CHECKING:
    from courseware.course import Course
    from courseware.insights.grades.gradebook import Line
    from courseware.insights.grades.policy import Policy
    from courseware.insights.source import Source

DISCS = "○◔◑◕●"
out = Console()
err = Console(stderr=True)


class Format(StrEnum):
    """What a gradebook is written as."""

    CSV = "csv"
    CANVAS = "canvas"
    MOODLE = "moodle"


def gradebook(
    form: Annotated[
        Format | None,
        typer.Option("--format", help="Write a file: all there is, or what Canvas or Moodle imports."),
    ] = None,
    to: Annotated[
        Path | None,
        typer.Option("--to", metavar="FILE", help="The file to write (default: gradebook-FORMAT.csv)."),
    ] = None,
    by: Annotated[By, typer.Option(help="Canvas and Moodle: a grade for each of these.")] = By.LESSON,
    letters: Annotated[
        bool, typer.Option("--letters/--points", help="Canvas and Moodle: letters, or points.")
    ] = False,
    into_nbgrader: Annotated[
        bool,
        typer.Option("--nbgrader", help="Write it into nbgrader's gradebook, as the assignment “mastery”."),
    ] = False,
    self_reported: Annotated[
        bool | None,
        typer.Option(
            "--self-reported/--witnessed",
            help="What learners told of themselves counts, or does not (default: as class.toml says).",
        ),
    ] = None,
    classroom: Class = None,
    folder: Dir = None,
    db: Db = None,
    course: CourseName = None,
    policy_file: Annotated[
        Path | None,
        typer.Option("--policy", metavar="FILE", help="Where [grades] is (default: the class's class.toml)."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Grade by mastery: who has which objective at which level, and what that comes to in points and letters.

    The table [grades] in class.toml says what counts, what each level is worth and what a letter asks for.
    What was reached stays reached: a failed review or another try never lowers a grade (`keep`).
    """
    from courseware.grading.class_folder import FILE
    from courseware.insights.grades import policy as policies
    from courseware.insights.source import InsightError, find

    source = find(course=course, db=db, classroom=classroom, folder=folder)
    if into_nbgrader and source.classroom is None:
        raise InsightError("nbgrader's gradebook belongs to a class: name one with --class DIR.")
    if source.classroom is None:  # nobody witnesses what happens elsewhere, so that all there is counts
        source = replace(source, trust_self_reported=self_reported is not False)
    elif self_reported is not None:
        source = replace(source, trust_self_reported=self_reported)
    file = policy_file or (source.classroom.path / FILE if source.classroom is not None else None)
    if policy_file is not None and not policy_file.is_file():
        raise InsightError(f"there is no file {policy_file}.")
    policy = policies.Policy() if file is None else policies.read(file, source.course)
    counting = policies.objectives(policy, source.course, _released(source))
    found = list(_lines(source, policy, counting))
    if not found:
        raise InsightError(f"{source.title} has no students yet: its roster and its log are empty.")
    if into_nbgrader and source.classroom is not None:
        from courseware.insights.grades.into_nbgrader import NAME, write

        with err.status("Writing nbgrader's gradebook"):
            many = write(source.classroom, source.course, policy, found)
        err.print(
            f"{many} students are in nbgrader's gradebook, as the assignment “{NAME}”.", highlight=False
        )
    if form is not None:
        _write(
            form,
            to or Path(f"gradebook-{form.value}.csv"),
            source.course,
            policy,
            counting,
            found,
            by,
            letters,
        )
    if as_json:
        print(json.dumps(_plain(source, policy, counting, found)))
    elif form is None:
        _tell(source, counting, found)


def _released(source: Source) -> list[str]:
    """The lessons that the class has released, in order."""
    if source.classroom is None or not (source.classroom.path / "release").is_dir():
        return []
    return sorted(path.name for path in (source.classroom.path / "release").iterdir() if path.is_dir())


def _lines(source: Source, policy: Policy, counting: tuple[str, ...]) -> Iterator[Line]:
    """Every student's line: those on the roster in its order, then learners who are on none."""
    from courseware.clock import system_clock
    from courseware.grading import roster
    from courseware.grading.evidence import counted
    from courseware.grading.roster import Person
    from courseware.insights.grades.gradebook import line

    now = system_clock()()
    log = source.open_log()
    try:
        there = log.learners(source.course.id)
        people = list(roster.read(source.classroom.roster)) if source.classroom is not None else []
        known = {person.learner for person in people}
        people += [Person(student=learner, learner=learner) for learner in there if learner not in known]
        for person in track(people, description="Grading", console=err, transient=True):
            events = [e for _, e in log.read(person.learner, source.course.id)] if person.learner else []
            that_count = counted(events, trust_self_reported=source.trust_self_reported)
            yield line(person, that_count, source.course, source.rules, policy, counting, now)
    finally:
        log.close()


def _write(
    form: Format, to: Path, course: Course, policy: Policy, counting: tuple[str, ...], lines: list[Line],
    by: By, letters: bool,
) -> None:  # fmt: skip
    from courseware.insights.grades import files

    some = files.columns(course, policy, counting, by)
    match form:
        case Format.CANVAS:
            text = files.canvas(lines, some, letters=letters)
        case Format.MOODLE:
            text = files.moodle(lines, some, letters=letters)
        case Format.CSV:
            text = files.table(lines, counting)
    to.write_text(text, encoding="utf-8", newline="")
    err.print(f"{to}: {len(lines)} students.", highlight=False)
    if form is Format.CANVAS:
        err.print(
            "In Canvas: Grades, Import. It finds students by SIS Login ID, and asks which assignment a "
            "new column is.",
            highlight=False,
        )
    elif form is Format.MOODLE:
        err.print(
            "In Moodle: Grades, Import, CSV file; map Username (or Email address) to the user, the "
            "others to grade items.",
            highlight=False,
        )


def _plain(source: Source, policy: Policy, counting: tuple[str, ...], lines: list[Line]) -> dict[str, object]:
    return {
        "course": source.course.id,
        "evidence": "all" if source.trust_self_reported else "witnessed",
        "keep": None if policy.keep is None else policy.keep.word,
        "objectives": list(counting),
        "students": [
            {
                "student": line.person.student,
                "points": line.whole.points,
                "most": line.whole.most,
                "letter": line.whole.letter,
                "lessons": {
                    name: None if g is None else {"points": g.points, "most": g.most, "letter": g.letter}
                    for name, g in line.lessons.items()
                },
                "objectives": {
                    each.objective: {
                        "now": each.now.word,
                        "best": each.best.word,
                        "graded": each.graded.word,
                        "excused": each.excused,
                    }
                    for each in line.objectives
                },
            }
            for line in lines
        ],
    }


def _tell(source: Source, counting: tuple[str, ...], lines: list[Line]) -> None:
    """The table: what it comes to, then a disc for each level, a lesson a column."""
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column("Student", overflow="ellipsis", no_wrap=True, max_width=20)
    table.add_column("Points", justify="right", no_wrap=True)
    table.add_column("Letter", no_wrap=True)
    lessons = [lesson for lesson in source.course.lessons if set(lesson.teaches) & set(counting)]
    for number, _ in enumerate(lessons, 1):
        table.add_column(str(number), no_wrap=True)
    kept = False
    for line in lines:
        of = {each.objective: each for each in line.objectives}
        discs = [
            "excused"
            if line.lessons[lesson.id] is None
            else "".join(DISCS[of[o].graded] for o in lesson.teaches if o in of)
            for lesson in lessons
        ]
        lower = any(each.now < each.graded for each in line.objectives)
        kept = kept or lower
        whole = line.whole
        name = " ".join(filter(None, [line.person.first_name, line.person.last_name])) or line.person.student
        points = f"{whole.points:g}/{whole.most:g}{'*' if lower else ' '}"
        table.add_row(name, points, whole.letter or "–", *discs)
    out.print(table)
    levels = "○ Not started  ◔ Attempted  ◑ Familiar  ◕ Proficient  ● Mastered"
    out.print(levels + ("  * some of it kept, and lower now" if kept else ""), highlight=False)
    titles = "  ".join(f"{number} {lesson.title}" for number, lesson in enumerate(lessons, 1))
    out.print(titles, highlight=False)
    if source.classroom is not None:
        whose = (
            "All that is known counts, also what learners told of themselves."
            if source.trust_self_reported
            else "Only what the class witnessed counts; `--self-reported` takes what learners told as well."
        )
        out.print(whose, highlight=False)
