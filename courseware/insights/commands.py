"""The command ``courseware insights``, and the options that all commands of insight share."""

from __future__ import annotations

import json
from dataclasses import asdict
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress

if TYPE_CHECKING:
    from courseware.insights.tables import Tables

CourseName = Annotated[
    str | None, typer.Option("--course", metavar="COURSE", help="A course's name, or the folder of one.")
]
Db = Annotated[
    str | None, typer.Option("--db", metavar="URL", help="A log: a file, or PostgreSQL's address.")
]
Class = Annotated[
    Path | None, typer.Option("--class", metavar="DIR", help="A class (default: the one you are in).")
]
Dir = Annotated[
    Path | None,
    typer.Option("--dir", metavar="DIR", help="A learner's workspace (default: the one you are in)."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of sentences.")]


out = Console()
err = Console(stderr=True)


def insights(
    course: CourseName = None,
    db: Db = None,
    classroom: Class = None,
    folder: Dir = None,
    port: Annotated[int | None, typer.Option(help="The port (default: a free one).")] = None,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Do not open a browser.")] = False,
    copy: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write the dashboard's notebook there, to change it, and stop."),
    ] = None,
    notebook: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Show this notebook instead: a copy that you changed.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Open the dashboard: who stands where, who needs you now, and how objectives and items do.

    Only on this machine, for the browser that it opens.
    """
    from courseware.clock import system_clock
    from courseware.insights import serve, tables
    from courseware.insights.source import find

    if copy is not None:
        _copy(copy)
        return
    source = find(course=course, db=db, classroom=classroom, folder=folder)
    with Progress(*Progress.get_default_columns(), MofNCompleteColumn(), console=err, transient=True) as bar:
        task = bar.add_task("Reading", total=None)
        found = tables.load(
            source,
            clock=system_clock()(),
            told=lambda what, done, of: bar.update(task, description=what, completed=done, total=of or None),
        )
    if as_json:
        print(json.dumps(_told(found)))
        return
    chosen = {"course": course, "db": db, "class": classroom, "dir": folder}
    named = {k: str(v.resolve() if isinstance(v, Path) else v) for k, v in chosen.items() if v is not None}
    if not named:
        named = {"class" if source.classroom else "dir": str(source.folder)}
    many = len(found.people["learner"])
    out.print(f"[bold]{source.title}[/bold]: {many:,} learner{'' if many == 1 else 's'}.", highlight=False)
    serve.serve(
        (notebook or Path(str(files(__package__) / serve.NOTEBOOK))).resolve(),
        f"{source.course.title}: {source.title}",
        {"COURSEWARE_INSIGHTS": json.dumps(named)},
        port=port,
        browser=not no_browser,
        told=_at,
    )


def _at(address: str) -> None:
    out.print(f"The dashboard is at {address}", highlight=False, soft_wrap=True)
    out.print("The address lets one browser in, once. To stop, press Ctrl-C here.")


def _copy(path: Path) -> None:
    from courseware.insights import serve

    path = path / serve.NOTEBOOK if path.is_dir() else path
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write((files(__package__) / serve.NOTEBOOK).read_text(encoding="utf-8"))
    except FileExistsError:
        err.print(f"{path} is there already, and was not touched. Give another name.", style="yellow")
        raise typer.Exit(2) from None
    out.print(
        f"Wrote {path}. Change it; [bold]courseware insights --notebook {path}[/bold] shows it.",
        highlight=False,
    )


def _told(found: Tables) -> dict[str, object]:
    """What the dashboard says first, as plain data."""
    from courseware.insights import items, needs

    names = found.objectives

    def objective(number: int | None) -> str | None:
        return None if number is None else names[number]

    return {
        "course": found.source.course.id,
        "as_of": found.now.isoformat(),
        "learners": len(found.people["learner"]),
        "answers": int(found.people["answers"].sum()),
        "needs": [
            {
                "kind": need.kind.value,
                "learner": found.learners[need.learner] if need.learner >= 0 else None,
                "name": need.name,
                "objective": objective(need.objective),
                "since": need.since.isoformat(),
                "evidence": need.evidence,
                "action": need.action,
            }
            for need in needs.needs(found)
        ],
        "groups": [
            {
                "objective": objective(group.objective),
                "learners": [found.names[n] for n in group.learners],
                "explains": [found.names[n] for n in group.explains],
            }
            for group in needs.groups(found)
        ],
        "items": [asdict(row) for row in items.rows(found)],
    }
