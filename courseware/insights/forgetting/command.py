"""The command ``courseware forget``."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer
from rich.console import Console
from rich.progress import Progress

from courseware.insights.commands import AsJson, Class, Dir

if TYPE_CHECKING:
    from courseware.grading.class_folder import ClassFolder
    from courseware.grading.roster import Person
    from courseware.insights.forgetting.removal import Removed
    from courseware.insights.forgetting.traces import Found, Terms
    from courseware.workspace import Workspace

SHOWN: Final = 20
"""So many places that still mention somebody are printed; --json has all."""
out = Console()
err = Console(stderr=True)


def forget(
    who: Annotated[
        str | None,
        typer.Argument(
            metavar="[LEARNER]", help="An id on the roster, a whole name, or a UUID (a workspace has one)."
        ),
    ] = None,
    classroom: Class = None,
    folder: Dir = None,
    db: Annotated[
        str | None,
        typer.Option(
            "--db", metavar="URL", help="A log to delete from as well: a file, or PostgreSQL's address."
        ),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    as_json: AsJson = False,
) -> None:
    """Forget a learner: delete their events, names, work and grades, then search for what is left of them.

    Databases are compacted, so that nothing lies in their free parts. It says what was removed, what still
    mentions the learner, and what cannot be reached from here. There is no way back. Exits 1 if something
    still mentions them.
    """
    from courseware.grading.roster import Person
    from courseware.insights.forgetting import removal
    from courseware.insights.forgetting.traces import Terms
    from courseware.insights.source import InsightError

    if classroom is not None and folder is not None:
        raise InsightError("Name a class or a workspace: they are different places to forget somebody in.")
    room, space = _place(classroom, folder, only_db=db is not None)
    if space is not None and who not in (None, space.learner, space.name):
        raise InsightError(
            f"{space.path} is the workspace of another learner ({space.name or space.learner})."
        )
    if space is None and who is None:
        raise InsightError("Name whom to forget: an id on the roster, a whole name, or a learner's UUID.")
    if room is not None:
        person = removal.person_in(room, str(who))
    elif space is not None:
        person = Person(student="", first_name=space.name or "", learner=space.learner)
    else:
        person = Person(student="", learner=str(who))
    terms = Terms(person)
    where = [str(place) for place in (room and room.path, space and space.path, db) if place]
    called = " ".join(filter(None, [person.first_name, person.last_name])) or person.student or person.learner
    if not yes:
        err.print(f"This deletes all that is known of {called} in {' and '.join(where)}.", highlight=False)
        if room is not None:
            places = [path.relative_to(room.path).as_posix() for path in removal.folders_of(room, person)]
            err.print(
                f"Folders: {', '.join(places) or 'none'}. Events, roster and gradebook rows as well.",
                highlight=False,
            )
        typer.confirm("There is no way back. Go on?", abort=True, err=True)
    removed: list[Removed] = []
    with err.status("Forgetting"):
        if room is not None:
            removed += removal.from_class(room, person)
        if space is not None:
            removed += removal.from_workspace(space)
        mentions = 0
        if db is not None:
            removed_there, mentions = _from_db(db, person, terms)
            removed += removed_there
    found = _search(room, space, terms)
    unreachable = removal.unreachable(in_class=room is not None, database=db is not None and "://" in db)
    _tell(called, removed, found, mentions, unreachable, as_json=as_json)
    if found.traces or mentions:
        raise typer.Exit(1)


def _place(
    classroom: Path | None, folder: Path | None, *, only_db: bool
) -> tuple[ClassFolder | None, Workspace | None]:
    """The class or the workspace that was named, or that this folder lies in; neither, where only a log
    was named.
    """
    from courseware import workspace
    from courseware.grading import class_folder
    from courseware.insights.source import NOTHING, InsightError

    if classroom is not None:
        return class_folder.load(classroom), None
    if folder is not None:
        return None, workspace.load(folder)
    if only_db:
        return None, None
    here = Path.cwd()
    for above in (here, *here.parents):
        if (above / class_folder.FILE).is_file():
            return class_folder.load(above), None
        if (above / workspace.HOME / "workspace.toml").is_file():
            return None, workspace.load(above)
    raise InsightError(NOTHING)


def _from_db(url: str, person: Person, terms: Terms) -> tuple[list[Removed], int]:
    """Delete from a log by itself; what was removed, and how many other events still mention the person."""
    from courseware.insights.forgetting import removal
    from courseware.insights.source import InsightError
    from courseware.log import LogError, open_log, sqlite_file

    if not person.learner:
        raise InsightError(
            f"nothing says which learner of {url} is {person.student}: the roster has none. Give the UUID."
        )
    file = sqlite_file(url)
    if file is not None and not file.is_file():
        raise LogError(f"there is no log {file}. Name the file that holds it, or PostgreSQL's URL.")
    log = open_log(url)
    try:
        removed = list(removal.from_log(log, person.learner, "the log" if file is None else url))
        removed += removal.caches(Path.cwd() if file is None else file.resolve().parent)
        return removed, sum(log.mentions(text) for text in terms.plain().values())
    finally:
        log.close()


def _search(room: ClassFolder | None, space: Workspace | None, terms: Terms) -> Found:
    """Search all places for what is left, with a progress bar."""
    from courseware.insights.forgetting import removal
    from courseware.insights.forgetting.traces import Found, search

    roots = [place.path for place in (room, space) if place is not None]
    if room is not None and (root := removal.exchange(room)) is not None:
        roots.append(root)
    all_of_it = Found(traces=[], sealed=[])
    with Progress(console=err, transient=True) as bar:
        files = sum(1 for root in roots for path in root.rglob("*") if path.is_file())
        task = bar.add_task("Searching", total=files)
        for root in roots:
            found = search(root, terms, seen=lambda: bar.advance(task))
            all_of_it.traces += found.traces
            all_of_it.sealed += found.sealed
    return all_of_it


def _tell(
    called: str, removed: list[Removed], found: Found, mentions: int, unreachable: list[str], *, as_json: bool
) -> None:
    if as_json:
        left = [{**asdict(trace), "path": str(trace.path)} for trace in found.traces]
        sealed = [str(path) for path in found.sealed]
        told = {"removed": [asdict(each) for each in removed], "left": left, "events_that_mention": mentions}
        print(json.dumps({**told, "not_searched": sealed, "not_reached": unreachable}))
        return
    for each in removed:
        out.print(
            f"removed {each.many:,} {each.what}: {each.where}", highlight=False, markup=False, soft_wrap=True
        )
    if not removed:
        out.print(f"There was nothing of {called}.", highlight=False, markup=False)
    for trace in found.traces[:SHOWN]:
        inside = f" ({trace.inside})" if trace.inside else ""
        err.print(
            f"still mentioned by {trace.by}, {trace.times}×: {trace.path}{inside}",
            style="yellow", highlight=False, markup=False, soft_wrap=True,
        )  # fmt: skip
    if len(found.traces) > SHOWN:
        err.print(f"… and {len(found.traces) - SHOWN} more places: --json has them all.", style="yellow")
    if mentions:
        err.print(
            f"{mentions} events of others mention {called} in what they wrote.",
            style="yellow",
            highlight=False,
        )
    if found.traces or mentions:
        err.print("These are other people's files, or copies: look at them, and decide.", style="yellow")
    else:
        out.print("Searched by id, name, mail and UUID: nothing is left here.")
    if found.sealed:
        files = ", ".join(path.name for path in found.sealed[:5]) + (" …" if len(found.sealed) > 5 else "")
        out.print(f"Not searched, as they cannot be read through: {files}", highlight=False, soft_wrap=True)
    out.print("What cannot be reached from here:")
    for line in unreachable:
        out.print(f"  – {line}", highlight=False, soft_wrap=True)
