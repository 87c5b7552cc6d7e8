"""The command ``courseware`` (also ``jupyter courseware``)."""

from __future__ import annotations

import io
import json
import sys
from collections import Counter
from dataclasses import asdict
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.console import Console
from rich.progress import track
from rich.table import Table

from courseware import items_lock, studies, workspace
from courseware.apps.start import AppError
from courseware.clock import system_clock
from courseware.course import Course, CourseError, find_course, find_courses, load_course
from courseware.events import Event
from courseware.grading import commands
from courseware.grading.class_folder import ClassError
from courseware.grading.roster import RosterError
from courseware.insights.commands import insights
from courseware.insights.exports.command import export
from courseware.insights.forgetting.command import forget
from courseware.insights.grades.command import gradebook
from courseware.insights.reports.command import report
from courseware.insights.source import InsightError
from courseware.items import ItemError
from courseware.lint import commands as lint_commands
from courseware.local_tutor import LocalTutor
from courseware.log import LogError
from courseware.release import ReleaseError
from courseware.replay import replay
from courseware.runner import Worker
from courseware.server import launch
from courseware.tutor import LessonCard, Progress
from courseware.verdict import Bench
from courseware.workspace import Workspace, WorkspaceError

FIRST_COURSE: Final = "pandas"
DISCS: Final = "○◔◑◕●"

app = typer.Typer(
    name="courseware",
    help="Interactive lessons on Jupyter: move on when you have mastered something.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
)
app.add_typer(commands.app)
app.command(epilog="Example: `courseware simulate pandas --learners 50 --world graded`")(studies.simulate)
app.command(epilog="Example: `courseware insights --class autumn`")(insights)
app.command(epilog="Example: `courseware gradebook --class autumn --format canvas`")(gradebook)
app.command(epilog="Example: `courseware report ada --class autumn --for guardian --format pdf`")(report)
app.command(epilog="Example: `courseware export --class autumn --format xapi --pseudonyms`")(export)
app.command(epilog="Example: `courseware lint lessons/pandas --quick`")(lint_commands.lint)
app.command(epilog="Example: `courseware forget ada --class autumn`")(forget)
app.command(epilog="Example: `courseware fit lessons/pandas --log class.sqlite --write`")(studies.fit)
out = Console()
err = Console(stderr=True)

Dir = Annotated[
    Path | None, typer.Option("--dir", metavar="DIR", help="The workspace (default: the one you are in).")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]


@app.callback(invoke_without_command=True)
def courseware(
    show_version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False,
) -> None:
    if show_version:
        out.print(version("mastery-courseware"))
        raise typer.Exit


@app.command(epilog="Example: `courseware learn pandas --dir my-course`")
def learn(
    course: Annotated[
        str | None, typer.Argument(metavar="[COURSE]", help="A course's name, or the folder of one.")
    ] = None,
    folder: Annotated[
        Path | None,
        typer.Option("--dir", metavar="DIR", help="Where your notebooks go (default: ./COURSE)."),
    ] = None,
    port: Annotated[int | None, typer.Option(help="JupyterLab's port (default: a free one).")] = None,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Do not open a browser.")] = False,
    name: Annotated[str | None, typer.Option(help="What you would like to be called.")] = None,
    restore: Annotated[
        str | None,
        typer.Option(
            metavar="LESSON",
            help="Bring a lesson's notebook back (beside yours, if it is there), and stop.",
        ),
    ] = None,
    prepare: Annotated[
        bool, typer.Option("--prepare", help="Make the folder and its notebooks, and stop: start nothing.")
    ] = False,
) -> None:
    """Start a course, or carry on with it: opens JupyterLab at your next lesson."""
    space, loaded = _enter(course, folder, name)
    tutor = _tutor(space, loaded)
    if restore is not None:
        out.print(f"{space.path / tutor.restore(restore).path} is there again.")
        return
    progress = tutor.open(None)
    lesson = _next(progress)
    out.print(f"[bold]{loaded.title}[/bold] in {space.path}", highlight=False)
    if prepare:
        out.print(f"Your next lesson is {lesson.notebook}.")
        return
    out.print(f"Opening lesson “{lesson.title}”. To stop, press Ctrl-C here; all answers are kept.")
    _tell_newer(space, loaded, tutor)
    if launch.runs_as_root():
        err.print("You are root: JupyterLab is allowed to run so, as in a container. Elsewhere, better not.")
    raise typer.Exit(launch.start(space, lesson.notebook, port=port, browser=not no_browser))


@app.command(
    epilog="Example: `courseware progress --dir my-course`, and to carry it elsewhere: `--save my.json`"
)
def progress(
    folder: Dir = None,
    as_json: AsJson = False,
    save: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write your record into a file, to keep or carry.")
    ] = None,
    restore: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Bring a saved record into this workspace.")
    ] = None,
) -> None:
    """Show where you stand on each objective, and why."""
    if restore is not None:
        _restore(restore, folder)
        return
    space = _workspace(folder)
    if save is not None:
        _save(space, save)
        return
    standing = _tutor(space, space.load_course()).progress()
    if as_json:
        print(json.dumps(asdict(standing)))
        return
    table = Table(title=standing.title, title_justify="left", show_lines=False, box=None, pad_edge=False)
    for column in ("Objective", "Level", "Why"):
        table.add_column(column, overflow="fold")
    for lesson in standing.lessons:
        table.add_row(f"[bold]{lesson.title}[/bold]", "" if lesson.open else "Locked", lesson.opens_when)
        for o in lesson.objectives:
            why = o.why if o.level == 0 or o.level > 2 else f"{o.why} To go: {o.left}."
            table.add_row(f"  {o.can}", f"{DISCS[o.level]} {o.word}", why if lesson.open else "")
    out.print(table)


@app.command(epilog="Example: `courseware review --dir my-course`")
def review(folder: Dir = None, as_json: AsJson = False) -> None:
    """Show what is due for review today, and where to do it."""
    space = _workspace(folder)
    standing = _tutor(space, space.load_course()).progress()
    due = standing.due
    if as_json:
        found = {"questions": 0, "minutes": 0, "objectives": []} if due is None else asdict(due)
        print(json.dumps({**found, "next_due": standing.next_due}))
        return
    if due is None:
        out.print("Nothing is due for review now.", end=" ")
        if standing.next_due is None:
            out.print("Reviews begin the day after something is Proficient.")
        else:
            out.print(f"Next: {datetime.fromisoformat(standing.next_due).astimezone():%A, %d %B}.")
        return
    many = "1 question" if due.questions == 1 else f"{due.questions} questions"
    out.print(f"[bold]{many}[/bold], about {due.minutes} min:")
    for can in due.objectives:
        out.print(f"  {can}", highlight=False)
    notebook = next(lesson.notebook for lesson in standing.lessons if lesson.open)
    out.print(
        f"Begin with `courseware learn --dir {space.path}`; press “Review now” on the progress card at the "
        f"end of {notebook} or of any other lesson.",
        highlight=False,
    )


@app.command(epilog="Example: `courseware courses`")
def courses(as_json: AsJson = False) -> None:
    """List the courses that are installed here."""
    rows: list[dict[str, object]] = []
    for name, path in find_courses().items():
        try:
            loaded = load_course(path)
        except CourseError as error:
            rows.append({"course": name, "title": "", "problem": str(error), "path": str(path)})
            continue
        rows.append(
            {
                "course": loaded.id,
                "title": loaded.title,
                "version": loaded.version,
                "lessons": len(loaded.lessons),
                "objectives": len(loaded.objectives),
                "path": str(path),
            }
        )
    if as_json:
        print(json.dumps(rows))
        return
    table = Table(box=None, pad_edge=False)
    for column in ("Course", "Title", "Lessons", "Objectives"):
        table.add_column(column)
    for row in rows:
        title = row["title"] or f"[yellow]{row['problem']}[/yellow]"
        cells = (row["course"], title, row.get("lessons", ""), row.get("objectives", ""))
        table.add_row(*(str(cell) for cell in cells))
    out.print(table)
    out.print("Start one with [bold]courseware learn COURSE[/bold].")


@app.command(epilog="Example: `courseware verify --dir my-course`")
def verify(folder: Dir = None, as_json: AsJson = False) -> None:
    """Judge every answer again and compare with what was logged. Exits 1 if any is different."""
    space = _workspace(folder)
    course = space.load_course()
    log = space.open_log()
    events: list[Event] = [event for _, event in log.read(space.learner, course.id)]
    answers = [event for event in events if event.kind == "answer"]
    worker = Worker()
    try:
        bench = Bench(runner=worker, given=course.given, folder=space.path)
        replayed = list(
            track(
                replay(answers, course, bench),
                total=len(answers),
                description="Replaying",
                console=err,
                transient=True,
            )
        )
    finally:
        worker.close()
        log.close()
    counts = Counter(r.outcome for r in replayed)
    odd = [r for r in replayed if r.outcome != "same"]
    if as_json:
        rows = [
            {"id": r.event.id, "item": r.event.item, "outcome": r.outcome, "because": r.because} for r in odd
        ]
        total = {"answers": len(replayed), **{k: counts[k] for k in ("same", "different")}}
        print(json.dumps({**total, "cannot be replayed": counts["cannot be replayed"], "odd": rows}))
    else:
        for r in odd:
            out.print(f"{r.event.at:%Y-%m-%d %H:%M} {r.event.item}: {r.outcome} ({r.because})")
        parts = [f"{counts[k]} {k}" for k in ("same", "different", "cannot be replayed") if counts[k]]
        many = "1 answer" if len(replayed) == 1 else f"{len(replayed)} answers"
        out.print(f"{many}: {', '.join(parts) or 'nothing to replay'}.")
    if counts["different"]:
        raise typer.Exit(1)


@app.command(epilog="Example: `courseware fetch Downloads/01-tables.html --dir mine`")
def fetch(
    pages: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[PAGE…]", help="Feedback pages (default: those in your class's exchange)."),
    ] = None,
    folder: Dir = None,
    as_json: AsJson = False,
) -> None:
    """Take what your class graded and decided into your workspace. Exits 1 if a page gives nothing."""
    from courseware.grading.results import ResultsError, fetched, results_in

    space = _workspace(folder)
    try:
        pages = pages or fetched(space)
    except ResultsError as error:
        err.print(str(error), style="yellow", highlight=False, markup=False, soft_wrap=True)
        raise typer.Exit(1) from None
    course, log, wrong = space.load_course(), space.open_log(), {}
    before = len(log.read(space.learner, space.course))
    for page in pages:
        try:
            text = page.read_text(encoding="utf-8", errors="replace")
            log.append(results_in(text, space.learner, space.course, system_clock()()))
        except ResultsError as error:
            wrong[str(page)] = str(error)
    new = len(log.read(space.learner, space.course)) - before
    log.close()
    opened = [lesson.title for lesson in _tutor(space, course).open(None).lessons if lesson.open]
    if as_json:
        print(json.dumps({"new": new, "open": opened, "refused": wrong}))
    else:
        out.print(f"{new} results of your class came into {space.path}. Open now: {', '.join(opened)}.")
        for name, why in wrong.items():
            err.print(f"{name}: {why}.", highlight=False, markup=False)
    if wrong:
        raise typer.Exit(1)


@app.command(epilog="Example: `courseware lock lessons/pandas --check`")
def lock(
    course: Annotated[str, typer.Argument(help="A course's name, or the folder of one.")],
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit 1 if something changed unversioned.")
    ] = False,
) -> None:
    """Record what a course's items ask (items.lock), so that none changes without a new version."""
    loaded = load_course(find_course(course))
    if check:
        changed = list(items_lock.changes(loaded))
        for line in changed:
            err.print(line)
        raise typer.Exit(1 if changed else 0)
    path = loaded.path / items_lock.NAME
    path.write_text(items_lock.locked(loaded), encoding="utf-8", newline="\n")
    out.print(f"Wrote {path} for {len(loaded.items)} items. Commit it with them.")


@app.command("app", epilog="Example: `courseware app pandas --port 8866 --no-browser`")
def serve_app(
    course: Annotated[
        str | None, typer.Argument(metavar="[COURSE]", help="A course's name, or the folder of one.")
    ] = None,
    folder: Annotated[
        Path | None,
        typer.Option(
            "--dir", metavar="DIR", help="The workspace (default: the one you are in, or ./COURSE)."
        ),
    ] = None,
    host: Annotated[str, typer.Option(help="The address to serve at.")] = "127.0.0.1",
    port: Annotated[int | None, typer.Option(help="The port (default: a free one).")] = None,
    base_url: Annotated[
        str, typer.Option(help="Where the pages lie behind another server that asks who comes.")
    ] = "/",
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Do not open a browser.")] = False,
    class_folder: Annotated[
        Path | None,
        typer.Option("--class", metavar="DIR", help="Serve a class: its people sign in with codes."),
    ] = None,
    behind: Annotated[
        str | None,
        typer.Option(
            metavar="URL", help="With --class: what people type, where a server with TLS is in front."
        ),
    ] = None,
    ready: Annotated[
        int | None,
        typer.Option(
            min=0, help="With --class: kernels kept ready behind a lesson (default: as the machine allows)."
        ),
    ] = None,
) -> None:
    """Serve a course as pages without code cells (Voila): same workspace, same record as `learn`.

    With --class, serve it to a class: see docs/apps.md.
    """
    from courseware.apps import start

    if class_folder is not None:
        from courseware.apps import class_app
        from courseware.grading.class_folder import load as load_class

        def tell(sentence: str) -> None:
            err.print(sentence, style="yellow", highlight=False, markup=False, soft_wrap=True)

        if course is not None or folder is not None:
            raise AppError("A class has its course in class.toml: leave COURSE and --dir out.")
        the_class = load_class(class_folder)
        out.print(f"The class in {the_class.path}. To stop, press Ctrl-C here; all answers are kept.")
        class_app.serve(
            the_class,
            host=host,
            port=port,
            behind=behind,
            browser=not no_browser,
            ready=ready,
            tell=tell,
        )
        return
    space, loaded = _enter(course, folder, None)
    _tutor(space, loaded).open(None)
    out.print(f"[bold]{loaded.title}[/bold] in {space.path}", highlight=False)
    out.print("To stop, press Ctrl-C here; all answers are kept.")
    start.serve(
        space, loaded, space.open_log(), host=host, port=port, base_url=base_url, browser=not no_browser
    )


def _save(space: Workspace, file: Path) -> None:
    """Write the workspace's record into a file."""
    from courseware import record  # it needs pydantic, which other commands do without

    log = space.open_log()
    events = [event for _, event in log.read(space.learner, space.course)]
    log.close()
    workspace.put(file, record.to_text(space.learner, space.course, events))
    answers = sum(event.kind == "answer" for event in events)
    many = "1 answer" if answers == 1 else f"{answers} answers"
    out.print(f"Your record ({many}) is in {file}. `courseware progress --restore` brings it back.")


def _restore(file: Path, folder: Path | None) -> None:
    """Bring a saved record into a workspace: a new one, or one without answers of its own."""
    from courseware import record

    if file.stat().st_size > record.MOST:
        raise WorkspaceError(f"{file} is too large to be the record of one learner")
    try:
        saved = record.read(file.read_text(encoding="utf-8"), system_clock()())
    except record.RecordError as error:
        raise WorkspaceError(str(error)) from error
    there = workspace.find(folder or Path.cwd())
    if there is not None and there.course != saved.course:
        raise WorkspaceError(
            f"{there.path} is a workspace of the course {there.course!r}, the record is of {saved.course!r}. "
            "Choose another folder with --dir."
        )
    space, course = (there, there.load_course()) if there else _enter(saved.course, folder, None)
    log = space.open_log()
    if space.learner != saved.learner:
        if any(event.kind == "answer" for _, event in log.read(space.learner, space.course)):
            raise WorkspaceError(
                f"{space.path} has answers of another learner, and two records are not mixed. "
                f"Bring this one into a folder of its own: --dir NEW-FOLDER."
            )
        space = workspace.adopt(space, saved.learner)
    with err.status("Judging the answers again"):
        examined = record.examine(
            saved, course, Bench(runner=Worker(), given=course.given, folder=space.path)
        )
    before = len(log.read(space.learner, space.course))
    log.append(examined.sound)
    new = len(log.read(space.learner, space.course)) - before
    log.close()
    _tutor(space, course).open(None)
    for odd in examined.refused:
        err.print(
            f"{odd.event.at:%Y-%m-%d %H:%M} {odd.event.item or odd.event.kind}: left out ({odd.because})"
        )
    unrun = f" {examined.not_replayed} in code are taken as they were told." if examined.not_replayed else ""
    out.print(f"{new} events came into {space.path}, {len(examined.refused)} were left out.{unrun}")
    out.print("`courseware learn` goes on from there; in a notebook that is open, restart its kernel.")


@app.command(epilog="Example: `courseware doctor`")
def doctor(folder: Dir = None, as_json: AsJson = False) -> None:
    """Look at what is installed, what fences submissions in, what can be written. Exits 1 if not well."""
    from courseware.grading.doctor import examine

    with err.status("Looking"):
        found = list(examine(folder or Path.cwd()))
    if as_json:
        print(json.dumps([asdict(each) for each in found]))
    else:
        signs = {"ok": "[green]✓[/green]", "note": "[yellow]–[/yellow]", "missing": "[red]✗[/red]"}
        for each in found:
            out.print(f"{signs[each.state]} {each.about} {each.what}: ", end="")
            out.print(each.says, highlight=False, markup=False)
            if each.mend:
                out.print(f"    {each.mend}", highlight=False, markup=False)
    if any(each.state == "missing" for each in found):
        raise typer.Exit(1)


def _enter(name: str | None, folder: Path | None, called: str | None) -> tuple[Workspace, Course]:
    """The workspace to learn in, made if need be, and its course."""
    if name is None:
        there = workspace.find(folder or Path.cwd())
        if there is not None:
            return there, there.load_course()
        name = FIRST_COURSE
    where = find_course(name)
    loaded = load_course(where)
    path = folder if folder is not None else Path(loaded.id)
    inside = workspace.find(Path.cwd()) if folder is None else None
    if inside is not None and inside.course == loaded.id:
        return inside, inside.load_course()
    if (path / workspace.HOME / "workspace.toml").is_file():
        there = workspace.load(path)
        if there.course != loaded.id:
            raise WorkspaceError(
                f"{path} is a workspace of the course {there.course!r}, not of {loaded.id!r}. "
                "Choose another folder with --dir."
            )
        return there, there.load_course()
    by_path = where not in find_courses().values()
    return workspace.create(path, loaded, name=called, by_path=by_path), loaded


def _workspace(folder: Path | None) -> Workspace:
    if folder is not None:
        return workspace.load(folder)
    there = workspace.find(Path.cwd())
    if there is None:
        beside = sorted(p.parent.parent for p in Path.cwd().glob(f"*/{workspace.HOME}/workspace.toml"))
        if len(beside) == 1:
            return workspace.load(beside[0])
        raise WorkspaceError(
            "There is no workspace here. Start one with `courseware learn`, or name one with --dir"
            + (f": {', '.join(str(p) for p in beside)}." if beside else ".")
        )
    return there


def _tutor(space: Workspace, course: Course) -> LocalTutor:
    log = space.open_log()
    return LocalTutor(course, log, space.learner, clock=system_clock(), runner=Worker(), workspace=space)


def _next(progress: Progress) -> LessonCard:
    """The lesson to go on with: the first open one that is not yet all Proficient, else the last open one."""
    opened = [lesson for lesson in progress.lessons if lesson.open]
    unfinished = [lesson for lesson in opened if any(o.level < 3 for o in lesson.objectives)]
    return (unfinished or opened[-1:])[0]


def _tell_newer(space: Workspace, course: Course, tutor: LocalTutor) -> None:
    for lesson in tutor.outdated():
        out.print(
            f"A newer version of “{course.lesson(lesson).title}” is there: "
            f"`courseware learn --dir {space.path} --restore {lesson}` puts it beside yours."
        )


def main() -> None:
    """Run the command; what a user can mend is told in a sentence, without a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal or a pipe that knows fewer signs than we use
    try:
        app()
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        told = f"{where}{error.strerror or error}. Check that the folder is there and can be written."
        err.print(told, style="yellow", highlight=False, markup=False, soft_wrap=True)
        sys.exit(2)
    except (
        CourseError,
        WorkspaceError,
        AppError,
        LogError,
        ReleaseError,
        ItemError,
        LookupError,
        ClassError,
        RosterError,
        InsightError,
    ) as error:
        if isinstance(error, KeyError | IndexError):
            raise
        err.print(str(error), style="yellow", highlight=False, markup=False, soft_wrap=True)
        sys.exit(2)


if __name__ == "__main__":
    main()
