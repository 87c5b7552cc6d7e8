"""The command ``courseware report``."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer
from rich.console import Console
from rich.progress import track

from courseware.insights.commands import AsJson, Class, CourseName, Db, Dir
from courseware.insights.reports.texts import Reader

if TYPE_CHECKING:
    from courseware.grading.roster import Person
    from courseware.insights.reports.language import Words
    from courseware.insights.source import Source

FOLDER: Final = "reports"
NAME: Final = re.compile(r"(\d{4}-\d\d-\d\d)-(learner|guardian|instructor)\.(html|pdf)")
out = Console()
err = Console(stderr=True)


class Format(StrEnum):
    """What a report is written as."""

    HTML = "html"
    PDF = "pdf"


@dataclass(frozen=True, slots=True, kw_only=True)
class Whose:
    """A learner to report on: the id in the log ("" for none yet), the name of the folder, and the
    learner's own.

    `first` is what to call them in a sentence ("" where nobody said).
    """

    learner: str
    folder: str
    name: str
    first: str


def report(
    who: Annotated[
        str | None,
        typer.Argument(
            metavar="[LEARNER]", help="An id on the roster, a name or a UUID (a workspace has one)."
        ),
    ] = None,
    reader: Annotated[Reader, typer.Option("--for", help="Whom it is for.")] = Reader.LEARNER,
    form: Annotated[Format, typer.Option("--format", help="A page, or a PDF.")] = Format.HTML,
    everybody: Annotated[bool, typer.Option("--all", help="The whole class, a file for each.")] = False,
    since: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"], help="Growth since this day (default: the last report to the same reader)."
        ),
    ] = None,
    language: Annotated[
        str | None, typer.Option(help="The language of its words (default: the course's, or English).")
    ] = None,
    to: Annotated[
        Path | None,
        typer.Option("--to", metavar="DIR", help="Where reports go (default: reports/ in there)."),
    ] = None,
    witnessed: Annotated[
        bool,
        typer.Option("--witnessed", help="Tell only what the class witnessed, not what was done at home."),
    ] = False,
    classroom: Class = None,
    folder: Dir = None,
    db: Db = None,
    course: CourseName = None,
    as_json: AsJson = False,
) -> None:
    """Write a page about a learner: what they can do now, what they work on, what is next and how to help.

    Plain words, one page, no ranking. Files are called by day and reader; the last one before today is what
    growth is told since. A PDF is printed by Chromium, Chrome or Edge on this machine, and nothing leaves it.
    """
    from courseware.clock import system_clock
    from courseware.insights.reports import language as languages
    from courseware.insights.source import InsightError, find

    source = find(course=course, db=db, classroom=classroom, folder=folder)
    if everybody and who is not None:
        raise InsightError("Name one learner, or take --all of them.")
    home = to or source.folder / FOLDER
    chosen = language or source.course.language
    words = languages.words(chosen, source.folder / "locale")
    if words is None:
        if language is not None:
            raise InsightError(
                f"there are no words in {language!r} yet: docs/translating.md says how to add them."
            )
        chosen, words = languages.ENGLISH, languages.Words()
    now = system_clock()()
    start = None if since is None else since.astimezone(UTC)
    people = list(_everybody(source)) if everybody else [_one(source, who)]
    if not people:
        raise InsightError(f"{source.title} has nobody to report on: its roster and its log are empty.")
    written: list[dict[str, object]] = []
    not_printed = ""
    for whose in track(
        people, description="Writing reports", console=err, transient=True, disable=len(people) == 1
    ):
        made, why = _write(source, whose, reader, form, home, now, start, words, chosen, witnessed=witnessed)
        written.append(made)
        not_printed = not_printed or why
    if as_json:
        print(json.dumps({"for": reader.value, "language": chosen, "reports": written}))
    elif len(written) == 1:
        out.print(written[0]["file"], highlight=False, soft_wrap=True)
    else:
        out.print(f"{len(written)} reports for {reader.value}s in {home}.", highlight=False, soft_wrap=True)
    if not_printed:
        err.print(not_printed, style="yellow", highlight=False, soft_wrap=True)


def _write(
    source: Source, whose: Whose, reader: Reader, form: Format, home: Path, now: datetime, since: datetime |
    None, words: Words, language: str, *, witnessed: bool,
) -> tuple[dict[str, object], str]:  # fmt: skip
    """Write one report; what was written, and why it is no PDF where one was wanted."""
    from courseware.grading.evidence import counted
    from courseware.insights.reports import page as pages
    from courseware.insights.reports.printing import NotPrintedError, print_pdf
    from courseware.insights.reports.story import story
    from courseware.insights.reports.texts import page
    from courseware.workspace import put

    place = home / whose.folder
    since = since or last(place, reader, now)
    log = source.open_log()
    try:
        events = [e for _, e in log.read(whose.learner, source.course.id)] if whose.learner else []
    finally:
        log.close()
    told = story(source.course, source.rules, counted(events, trust_self_reported=not witnessed), now, since)
    text = pages.html(page(told, reader, whose.name, whose.first, words, language))
    place.mkdir(parents=True, exist_ok=True)
    file, why = place / f"{now.astimezone():%Y-%m-%d}-{reader.value}.{form.value}", ""
    if form is Format.PDF:
        try:
            print_pdf(text, file)
        except NotPrintedError as error:
            file, why = file.with_suffix(".html"), str(error)
    if file.suffix == ".html":
        put(file, text)
    made: dict[str, object] = {
        "learner": whose.folder,
        "file": str(file),
        "since": None if since is None else since.isoformat(),
        "known": len(told.known),
        "new": sum(o.is_new for o in told.known),
        "of": len(told.objectives),
        "working": [o.id for o in told.working],
        "reviews": told.reviews,
        "answers": told.answers,
    }
    return made, why


def last(place: Path, reader: Reader, now: datetime) -> datetime | None:
    """When the last report to the same reader was made, on a day before today."""
    today = f"{now.astimezone():%Y-%m-%d}"
    made = [
        (match[1], path)
        for path in (place.iterdir() if place.is_dir() else ())
        if (match := NAME.fullmatch(path.name)) and match[2] == reader.value and match[1] < today
    ]
    if not made:
        return None
    day, path = max(made)
    written = datetime.fromtimestamp(path.stat().st_mtime).astimezone()
    if f"{written:%Y-%m-%d}" == day:
        return written.astimezone(UTC)
    return datetime.combine(datetime.fromisoformat(day), time.max).astimezone(UTC)  # a copy, say


def _everybody(source: Source) -> Iterator[Whose]:
    """All of a class: those on the roster in its order (also those who have not begun), then the others."""
    from courseware.grading import roster

    people = roster.read(source.classroom.roster) if source.classroom is not None else ()
    for person in people:
        yield _on_roster(person)
    known = {person.learner for person in people}
    for learner in source.learners():
        if learner not in known:
            yield Whose(learner=learner, folder=learner, name=source.name(learner), first="")


def _one(source: Source, who: str | None) -> Whose:
    from courseware.grading import roster
    from courseware.insights.source import InsightError, name_of

    if who is None:
        if len(source.called) == 1:
            learner, name = next(iter(source.called.items()))
            name = "" if name == "you" else name
            return Whose(learner=learner, folder="", name=name, first=name)
        raise InsightError("Name a learner, by an id on the roster, a name or a UUID; or take --all of them.")
    if source.classroom is not None:  # also somebody who has not begun
        for person in roster.read(source.classroom.roster):
            if who.casefold() in (person.student.casefold(), name_of(person).casefold()):
                return _on_roster(person)
    learner = source.find_learner(who)
    if learner in source.people:
        return _on_roster(source.people[learner])
    return Whose(learner=learner, folder=learner, name=source.name(learner), first="")


def _on_roster(person: Person) -> Whose:
    from courseware.insights.source import name_of

    return Whose(learner=person.learner, folder=person.student, name=name_of(person), first=person.first_name)
