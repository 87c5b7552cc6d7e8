"""The command ``courseware export``."""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Callable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from courseware.insights.commands import AsJson, Class, CourseName, Db, Dir

if TYPE_CHECKING:
    from courseware.events import Event
    from courseware.insights.source import Source

out = Console()
err = Console(stderr=True)

Write = Callable[[str], object]


class Format(StrEnum):
    """What a log is written as."""

    XAPI = "xapi"
    DATASHOP = "datashop"
    CSV = "csv"
    PARQUET = "parquet"


ENDINGS = {Format.XAPI: "jsonl", Format.DATASHOP: "txt", Format.CSV: "csv", Format.PARQUET: "parquet"}


def export(
    form: Annotated[
        Format,
        typer.Option(
            "--format", help="xAPI statements (JSON lines), DataShop's transactions, or a table of answers."
        ),
    ] = Format.CSV,
    to: Annotated[
        Path | None,
        typer.Option(
            "--to", metavar="FILE", help="The file to write (default: COURSE-DATE); - for the terminal."
        ),
    ] = None,
    classroom: Class = None,
    folder: Dir = None,
    db: Db = None,
    course: CourseName = None,
    pseudonyms: Annotated[
        bool, typer.Option("--pseudonyms", help="Other ids for learners and events, made with a secret.")
    ] = False,
    key: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="That secret (default: pseudonyms.key beside the log; made if missing)."
        ),
    ] = None,
    responses: Annotated[
        bool, typer.Option("--responses/--no-responses", help="With what learners answered, or without.")
    ] = True,
    home: Annotated[
        str, typer.Option(metavar="URL", help="xAPI: the address that ids are rooted in.")
    ] = "https://courseware.invalid",
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there.")] = False,
    as_json: AsJson = False,
) -> None:
    """Write a log as xAPI statements, DataShop's transactions or a table. Names never go along; responses do.

    Learners are told by the ids of the log, which the class's roster leads back from. `--pseudonyms` gives
    them others, which only its secret file leads back from: keep it apart from what you send.
    """
    from courseware.insights.exports.pseudonyms import FILE, pseudonyms_of
    from courseware.insights.source import find

    source = find(course=course, db=db, classroom=classroom, folder=folder)
    whose = pseudonyms_of(key or home_of(source) / FILE) if pseudonyms or key is not None else None
    target = to or Path(f"{source.course.id}-{_today()}.{ENDINGS[form]}")
    if str(target) == "-" and form is Format.PARQUET:
        raise typer.BadParameter("Parquet is no text for a terminal: name a file with --to.")
    if str(target) != "-" and target.exists() and not force:
        raise typer.BadParameter(
            f"{target} is there already. Name another with --to, or write over it with --force."
        )
    log = source.open_log()
    try:
        learners = log.learners(source.course.id)
        with Progress(console=err, transient=True) as bar:
            task = bar.add_task("Exporting", total=len(learners))

            def of_each() -> Iterator[list[Event]]:
                for learner in learners:
                    events = [event for _, event in log.read(learner, source.course.id)]
                    yield [whose.event(event) for event in events] if whose is not None else events
                    bar.advance(task)

            rows = _write(form, target, source, of_each(), responses=responses, home=home)
    finally:
        log.close()
    if as_json and str(target) != "-":
        print(
            json.dumps(
                {"written": str(target), "format": form.value, "learners": len(learners), "rows": rows}
            )
        )
    elif str(target) != "-":
        many = "1 learner" if len(learners) == 1 else f"{len(learners):,} learners"
        out.print(f"{target}: {rows:,} rows of {many}.", highlight=False)
        if whose is None:
            out.print(
                "Learners are told by their ids in the log; `--pseudonyms` gives them others.",
                highlight=False,
            )
        if responses:
            out.print(
                "What they answered is in it, and may tell who they are; `--no-responses` leaves it out."
            )


def _write(
    form: Format, target: Path, source: Source, each: Iterator[list[Event]], *, responses: bool, home: str
) -> int:
    """Write all learners' rows, one learner at a time; the number of rows. A file appears whole, or not at
    all.
    """
    from courseware.insights.exports import datashop, tables, xapi

    if form is Format.PARQUET:
        with _whole(target) as part, tables.ParquetFile(part) as file:
            return sum(file.write(tables.rows(events, responses=responses)) for events in each)
    statements = xapi.Statements(source.course, source.rules, home)
    components = max((len(item.objectives) for item in source.course.items.values()), default=1)

    def lines() -> Iterator[str]:
        if form is Format.DATASHOP:
            yield datashop.header(components)
        elif form is Format.CSV:
            yield tables.csv_header()
        for events in each:
            match form:
                case Format.XAPI:
                    yield from map(xapi.line, statements.of(events, responses=responses))
                case Format.DATASHOP:
                    yield from datashop.lines(events, components, responses=responses)
                case _:
                    yield from tables.csv_lines(tables.rows(events, responses=responses))

    rows = -(form is not Format.XAPI)  # a header is no row
    if str(target) == "-":
        for line in lines():
            sys.stdout.write(line)
            rows += 1
        return rows
    with _whole(target) as part, part.open("w", encoding="utf-8", newline="") as text:
        for line in lines():
            text.write(line)
            rows += 1
    return rows


@contextlib.contextmanager
def _whole(target: Path) -> Iterator[Path]:
    """A file beside the target, which takes its place once it is whole."""
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        yield part
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def home_of(source: Source) -> Path:
    """Where the secrets of a class, a workspace or a log lie."""
    from courseware.workspace import HOME

    hidden = source.folder / HOME
    return hidden if source.classroom is None and hidden.is_dir() else source.folder


def _today() -> str:
    from courseware.clock import system_clock

    return f"{system_clock()().astimezone():%Y-%m-%d}"
