"""The commands ``courseware class …``: an instructor's day."""

from __future__ import annotations

import json
from dataclasses import asdict
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from courseware.course import find_course, find_courses, load_course
from courseware.grading import class_folder, roster
from courseware.grading.class_folder import ClassError, ClassFolder
from courseware.grading.objectives import FILE as TAGS

if TYPE_CHECKING:
    from courseware.grading.adopting import Adopted
    from courseware.grading.grading_run import Report
    from courseware.grading.tests_checked import TestsChecked

app = typer.Typer(
    name="class",
    help="A class and its nbgrader course: release, collect, grade, feedback, and who stands where.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
)
out = Console()
err = Console(stderr=True)

Class = Annotated[
    Path | None, typer.Option("--class", metavar="DIR", help="The class (default: the one you are in).")
]
NOTICED = 4
"""So many lines on what was noticed of one student's work."""

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of sentences.")]
Assignment = Annotated[str, typer.Argument(metavar="LESSON", help="A lesson, or an assignment in source/.")]


@app.command(epilog="Example: `courseware class new autumn --course pandas --roster people.csv`")
def new(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder to make.")],
    course: Annotated[str, typer.Option(help="A course's name, or the folder of one.")],
    people: Annotated[
        Path | None, typer.Option("--roster", metavar="CSV", help="Who is in it, with a column `student`.")
    ] = None,
) -> None:
    """Make a class of a course: a folder that nbgrader's own commands and formgrader know as well."""
    needs_nbgrader()
    where = find_course(course)
    if people is not None and not people.is_file():
        raise ClassError(f"there is no file {people}. Name the CSV file that lists the class.")
    made = class_folder.create(
        folder, load_course(where), by_path=where not in find_courses().values(), people=people
    )
    many = len(roster.read(made.roster))
    out.print(f"{made.path} is a class of “{course}” with {many} on its roster.", highlight=False)
    out.print("Release the first lesson with [bold]courseware class release LESSON[/bold].")


@app.command(
    epilog="Examples: `courseware class adopt 02-select --course pandas --class my-nbgrader-course`, "
    "`courseware class adopt ps1 --class my-nbgrader-course`, "
    "`courseware class adopt ../old/source/ps2 --objective select.rows --class autumn`"
)
def adopt(
    what: Annotated[
        list[str],
        typer.Argument(
            metavar="NOTEBOOK…",
            help="Lessons, assignments in source/, or paths of notebooks, folders and whole courses.",
        ),
    ],
    where: Class = None,
    course: Annotated[
        str | None, typer.Option(help="The course that lessons and objectives come from.")
    ] = None,
    objective: Annotated[
        list[str] | None,
        typer.Option(help="What all graded cells are evidence of (may be given more than once)."),
    ] = None,
    update: Annotated[bool, typer.Option("--update", help="Take sources that are there again.")] = False,
    as_json: AsJson = False,
) -> None:
    """Take lessons into an nbgrader course, or assignments of one into a class. Changes no notebook.

    A folder that is an nbgrader course becomes a class as well; nbgrader's own commands work as before. What
    assignments are evidence of is written into objectives.toml, for you to fill in.
    """
    from courseware.grading import adopting

    needs_nbgrader()
    found = find_course(course) if course is not None else None
    folder = adopting.adopt_course(
        where if where is not None else adopting.nearest(Path.cwd()),
        None if found is None else load_course(found),
        by_path=found is not None and found not in find_courses().values(),
    )
    all_of_them = [name for each in what for name in adopting.assignments(folder, each)]
    made = [adopting.adopt(folder, each, objective or (), update=update) for each in all_of_them]
    if as_json:
        print(json.dumps([asdict(each) | {"folder": str(each.folder)} for each in made]))
        return
    for each in made:
        _tell_adopted(folder, each)


@app.command(epilog="Example: `courseware class release 02-select --try other-solution.ipynb`")
def release(
    lesson: Assignment,
    where: Class = None,
    update: Annotated[
        bool, typer.Option("--update", help="Take the lesson's source from the course again.")
    ] = False,
    right: Annotated[
        list[Path] | None,
        typer.Option("--try", metavar="SOLUTION", help="Another right solution, which has to pass as well."),
    ] = None,
    wrong: Annotated[
        list[Path] | None,
        typer.Option("--wrong", metavar="SOLUTION", help="A wrong solution, which must not pass."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Make what learners get (no solutions, no hidden tests) from the class's source notebooks.

    Each test is run apart from the solution, as it will be from submissions, so that they have no part in
    the verdict. You are told of tests for which that cannot be, and how to write them so that it can.
    """
    from courseware.grading.released import fetch_source, release_assignment
    from courseware.grading.tests_checked import checked_tests

    needs_nbgrader()
    folder = the_class(where)
    if folder.course is not None and (update or not folder.source(lesson).exists()):
        fetch_source(folder, folder.load_course(), lesson, update=update)
    for path in (*(right or ()), *(wrong or ())):
        if not path.exists():
            raise ClassError(f"there is no {path}. Name a notebook, or a folder of notebooks.")
    made = release_assignment(folder, lesson)
    with err.status("Trying the tests on the solution"):
        checked = checked_tests(folder, lesson, right=right or (), wrong=wrong or ())
    if as_json:
        told = {
            "unverified": {name: asdict(each) for name, each in checked.fallbacks.items()},
            "refused": checked.unfair,
            "passed_wrongly": checked.blind,
        }
        print(json.dumps(asdict(made) | {"folder": str(made.folder)} | told))
        return
    _tell_tests(checked)
    cells = "1 graded cell" if made.graded == 1 else f"{made.graded} graded cells"
    out.print(
        f"{made.folder}: {', '.join(made.notebooks)} ({cells}, {made.points:g} points).", highlight=False
    )


@app.command(epilog="Example: `courseware class grade 02-select --workers 2`")
def grade(
    lesson: Assignment,
    where: Class = None,
    workers: Annotated[
        int, typer.Option(min=1, help="How many submissions run at once (0.1 to 0.2 s of a core each).")
    ] = 1,
    student: Annotated[
        list[str] | None, typer.Option(help="Only this student (may be given more than once).")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Grade again what has not changed.")] = False,
    create_students: Annotated[
        bool | None,
        typer.Option(
            "--create-students/--roster-only",
            help="Whether who is on no roster is graded, too (default: as nbgrader_config.py says).",
        ),
    ] = None,
    verify: Annotated[
        bool,
        typer.Option(
            "--verified/--one-process", help="Run tests apart from submissions, or beside them (as nbgrader)."
        ),
    ] = True,
    as_json: AsJson = False,
) -> None:
    """Grade what has come in for a lesson and is not graded yet. Exits 1 if a submission could not be.

    Ctrl-C stops it; what is done stays done, and the next run goes on from there.
    """
    from courseware.grading.grading_run import grade_class

    folder = the_class(where)
    with Progress(console=err, transient=True) as bar:
        task = bar.add_task("Grading", total=None)
        report = grade_class(
            folder,
            lesson,
            workers=workers,
            students=student,
            force=force,
            create_students=create_students,
            verify=verify,
            seen=lambda done, of: bar.update(task, completed=done, total=of),
        )
    if as_json:
        print(json.dumps(asdict(report)))
    else:
        _tell(report)
    if report.failed:
        raise typer.Exit(1)


@app.command(epilog="Example: `courseware class collect 02-select --from downloads/submissions.zip`")
def collect(
    lesson: Assignment,
    where: Class = None,
    source: Annotated[
        Path | None,
        typer.Option(
            "--from",
            metavar="PATH",
            help="A folder, or a zip as Canvas and Moodle make it (default: nbgrader's exchange).",
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Take in what was handed in for a lesson. Every attempt is kept; the newest is graded for points.

    Exits 1 if something could not be taken. Doing it again changes nothing.
    """
    from courseware.grading import collecting

    folder = the_class(where)
    with Progress(console=err, transient=True) as bar:
        task = bar.add_task("Collecting", total=None)
        told = collecting.collect(
            folder,
            lesson,
            source or collecting.inbound(folder),
            seen=lambda done, of: bar.update(task, completed=done, total=of),
        )
    if as_json:
        print(json.dumps(asdict(told)))
    else:
        many = sum(told.new.values())
        attempts = "1 new attempt" if many == 1 else f"{many} new attempts"
        whose = "1 student" if len(told.new) == 1 else f"{len(told.new)} students"
        out.print(f"{lesson}: {attempts} of {whose}; {told.before} were there before.", highlight=False)
        for who, reasons in told.not_told.items():
            for reason in reasons:
                out.print(f"  of {who}'s own record: {reason}", highlight=False, markup=False)
        for who, why in told.refused.items():
            err.print(f"{who}: {why}.", style="yellow", highlight=False, markup=False)
    if told.refused:
        raise typer.Exit(1)


@app.command(epilog="Example: `courseware class feedback 02-select --release --class autumn`")
def feedback(
    lesson: Assignment,
    where: Class = None,
    give: Annotated[
        bool,
        typer.Option("--release", help="Put it into nbgrader's exchange, too, where learners fetch it."),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Write a page for each graded notebook, into feedback/, where nbgrader hands it back from."""
    from courseware.grading import nbgraders
    from courseware.grading.feedback import release_feedback, write_feedback

    folder = the_class(where)
    with Progress(console=err, transient=True) as bar:
        task = bar.add_task("Writing feedback", total=None)
        given = write_feedback(
            folder, lesson, seen=lambda done, of: bar.update(task, completed=done, total=of)
        )
        if give:
            release_feedback(folder, given, nbgraders.exchange(folder) / "feedback")
    if as_json:
        print(json.dumps(asdict(given)))
        return
    pages = sum(map(len, given.pages.values()))
    out.print(f"{lesson}: {pages} pages for {len(given.pages)} students in feedback/.", highlight=False)
    if give:
        out.print(
            f"{given.released} of them lie in the exchange: `courseware fetch` gets them.", markup=False
        )
    if given.waiting:
        answers = "1 answer waits" if given.waiting == 1 else f"{given.waiting} answers wait"
        out.print(f"{answers} for a person: grade them in formgrader, then run this again.", highlight=False)


@app.command(epilog="Example: `courseware class status --class autumn`")
def status(where: Class = None, as_json: AsJson = False) -> None:
    """Show who has handed in what, with which points, and what waits for a person."""
    from courseware.clock import system_clock
    from courseware.grading.standing import rows

    found = list(rows(the_class(where), system_clock()()))
    if as_json:
        print(json.dumps([asdict(row) for row in found]))
        return
    table = Table(box=None, pad_edge=False)
    for column in ("Student", "Handed in", "Points", "Waits", "Objectives reached", "Decided"):
        table.add_column(column, overflow="fold")
    for row in found:
        table.add_row(
            row.student,
            ", ".join(f"{name} ({n})" if n > 1 else name for name, n in row.attempts.items()),
            ", ".join(f"{name} {got:g}/{most:g}" for name, (got, most) in row.points.items()),
            str(row.waiting or ""),
            ", ".join(row.reached),
            "; ".join(row.decided),
        )
    out.print(table)


Student = Annotated[str, typer.Argument(metavar="STUDENT", help="An id on the roster.")]
Because = Annotated[str, typer.Option(help="The reason, which is shown wherever this counts.")]


@app.command("open", epilog="Example: `courseware class open ada 02-select --because 'knew it already'`")
def open_(student: Student, lesson: Assignment, because: Because, where: Class = None) -> None:
    """Open a lesson for a student who has not reached what it builds on."""
    from courseware.grading.standing import decide

    decide(the_class(where), student, lesson, "open", because)
    out.print(f"{lesson} is open for {student}.", highlight=False)


@app.command(epilog="Example: `courseware class excuse ada 02-select --because 'was ill in week 3'`")
def excuse(student: Student, lesson: Assignment, because: Because, where: Class = None) -> None:
    """Excuse a student from a lesson's graded task."""
    from courseware.grading.standing import decide

    decide(the_class(where), student, lesson, "excuse", because)
    out.print(f"{student} is excused from {lesson}.", highlight=False)


@app.command(epilog="Example: `courseware class codes --slips codes.html --address https://class.example/`")
def codes(
    students: Annotated[
        list[str] | None,
        typer.Argument(metavar="[STUDENT]…", help="Who gets a new code (default: all who have none)."),
    ] = None,
    where: Class = None,
    anew: Annotated[
        bool, typer.Option("--anew", help="New codes for everybody: the old ones, and who is signed in, end.")
    ] = False,
    slips: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write slips to print and cut (HTML) instead.")
    ] = None,
    address: Annotated[str, typer.Option(help="Where the class goes to: printed on the slips.")] = "",
    as_json: AsJson = False,
) -> None:
    """Make the codes with which students sign in to `courseware app --class`. Each is shown this once."""
    from courseware.grading import codes as made

    folder = the_class(where)
    kept = made.Codes(folder.path)
    new = kept.make(students or (), anew=anew)
    if slips is not None:
        people = {person.student: person for person in roster.read(folder.roster)}
        title = folder.load_course().title if folder.course is not None else folder.path.name
        at = address or "the address that you are told"
        made.put_secret(slips.resolve(), made.slips(new, people, title=title, at=at).encode())
    if as_json:
        print(json.dumps({"codes": {} if slips is not None else new, "slips": slips and str(slips)}))
        return
    if not new:
        out.print("Everybody on the roster has a code. Name a student to make a new one, or use --anew.")
    elif slips is not None:
        many = "1 slip is" if len(new) == 1 else f"{len(new)} slips are"
        out.print(f"{many} in {slips}. Print it, then remove the file: codes are kept as hashes alone.")
    else:
        table = Table(box=None, pad_edge=False)
        table.add_column("Student")
        table.add_column("Code")
        for student, code in new.items():
            table.add_row(student, code)
        out.print(table)
        out.print("They are not shown again. A lost one is replaced: `courseware class codes STUDENT`.")


def _tell_adopted(folder: ClassFolder, adopted: Adopted) -> None:
    table = Table(box=None, pad_edge=False)
    for column in ("Graded cell", "Evidence of"):
        table.add_column(column, overflow="fold")
    for cell, ids in adopted.cells.items():
        table.add_row(cell, ", ".join(ids) or "–")
    out.print(f"{adopted.assignment}: {adopted.folder}", highlight=False)
    out.print(table)
    if adopted.untagged:
        out.print(
            f"What is not tagged gives points, and moves no objective: fill it in in {folder.path / TAGS}.",
            highlight=False,
            soft_wrap=True,
        )
    step = "grade" if adopted.released else "release"
    out.print(f"Next: [bold]courseware class {step} {adopted.assignment}[/bold].")


def _tell_tests(checked: TestsChecked) -> None:
    """What the author of the tests should know."""
    if checked.missing:
        err.print(
            "Tests will run beside what is submitted on this machine, and show as unverified "
            f"({', '.join(checked.missing)} missing): `courseware doctor` says what that means.",
            style="yellow",
        )
    for name, each in checked.fallbacks.items():
        err.print(f"{name} will show as unverified: {each.why}.", style="yellow", markup=False)
        err.print(f"  {each.mend}", highlight=False, markup=False)
    for sentence in checked.unfair:
        err.print(f"A solution that you tried does not pass: {sentence}", style="yellow", markup=False)
    for sentence in checked.blind:
        err.print(f"A wrong solution passes all tests: {sentence}", style="yellow", markup=False)


def _tell(report: Report) -> None:
    many = len(report.graded)
    said = "1 submission" if many == 1 else f"{many} submissions"
    more = f", {len(report.unchanged)} unchanged since the last time" if report.unchanged else ""
    more += f", {report.earlier} earlier attempts" if report.earlier else ""
    out.print(f"{report.assignment}: {said} graded{more}.", highlight=False)
    for cell, times in sorted(report.unverified.items()):
        out.print(f"  unverified: {cell} ran beside what was submitted ({times} times)", highlight=False)
    for who, flags in sorted(report.flags.items()):
        for flag in flags:
            out.print(f"  look at {who}: {flag}", highlight=False, markup=False)
    for who, sentences in sorted(report.noticed.items()):
        for sentence in sentences[:NOTICED]:
            out.print(f"  {who}: {sentence}", style="dim", highlight=False, markup=False)
        if len(sentences) > NOTICED:
            out.print(f"  {who}: and {len(sentences) - NOTICED} more like these", style="dim", markup=False)
    for who, why in sorted(report.failed.items()):
        err.print(f"{who} could not be graded: {why}", style="yellow", highlight=False, markup=False)
    if report.layers:
        err.print(
            f"Not everything that fences submissions in is there on this machine ({', '.join(report.layers)} "
            "missing): `courseware doctor` says what that means.",
            style="yellow",
        )


def the_class(where: Path | None) -> ClassFolder:
    """The class that was named, or the one that this folder lies in."""
    return class_folder.load(where) if where is not None else class_folder.find(Path.cwd())


def needs_nbgrader() -> None:
    """Raises ClassError with what to type where nbgrader is not installed."""
    if find_spec("nbgrader") is None:
        raise ClassError(
            "a class needs nbgrader, which is not installed: `pip install 'mastery-courseware[class]'`."
        )
