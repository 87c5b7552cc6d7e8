"""Removing somebody from a class or a workspace: events, names, folders, nbgrader's rows, logs, what was
handed in.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from courseware.grading import roster
from courseware.grading.class_folder import ClassError, ClassFolder
from courseware.grading.roster import Person
from courseware.insights.forgetting.traces import Terms, search
from courseware.log import Log
from courseware.workspace import Workspace

OF_A_STUDENT: Final = ("submitted", "autograded", "feedback", "reports")
"""Folders of a class that have a folder for each student."""
CACHES: Final = "*.insights"
"""Folders beside a log that may be thrown away at any time: what is in them was computed from it."""
NBGRADER: Final = (
    # Children before parents; each with the rows that belong to a student.
    ("grade", "notebook_id IN (SELECT id FROM submitted_notebook WHERE assignment_id IN ({own}))"),
    ("comment", "notebook_id IN (SELECT id FROM submitted_notebook WHERE assignment_id IN ({own}))"),
    ("submitted_notebook", "assignment_id IN ({own})"),
    ("submitted_assignment", "student_id = :student"),
    ("student", "id = :student"),
)
OWN: Final = "SELECT id FROM submitted_assignment WHERE student_id = :student"


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """Something that was removed: what it was, where, and how many of it."""

    what: str
    where: str
    many: int


def person_in(folder: ClassFolder, who: str) -> Person:
    """The person that an id on the roster, a learner's UUID or a whole name means; also one who is on no
    roster.

    Raises LookupError, with near ones, for nobody, and where two have the name.
    """
    wanted, people = who.strip().casefold(), roster.read(folder.roster)
    found = [
        p
        for p in people
        if wanted
        in (p.student.casefold(), p.learner.casefold(), f"{p.first_name} {p.last_name}".strip().casefold())
    ]
    if len(found) == 1:
        return found[0]
    if found:
        raise LookupError(
            f"{len(found)} people are called {who!r}: {', '.join(p.student for p in found)}. Give the id."
        )
    if any(path.name == who for path in folders_of(folder, Person(student=who))) or who in _students(folder):
        return Person(student=who)
    log = folder.open_log()
    try:
        if any(who in log.learners(course) for course in log.courses()):
            return Person(student=who, learner=who)
    finally:
        log.close()
    from difflib import get_close_matches

    near = get_close_matches(who, [p.student for p in people], n=3, cutoff=0.4)
    raise LookupError(
        f"there is nobody called {who!r} in {folder.path}"
        + (f". Did you mean {', '.join(near)}?" if near else ".")
    )


def folders_of(folder: ClassFolder, person: Person) -> list[Path]:
    """The folders of a class that are a student's alone."""
    places = [folder.path / name / person.student for name in OF_A_STUDENT]
    places += sorted((folder.path / "attempts").glob(f"*/{person.student}"))
    return [place for place in places if place.is_dir()]


def from_class(folder: ClassFolder, person: Person) -> Iterator[Removed]:
    """Remove somebody from a class, step by step; a step that finds nothing tells nothing. Can be done again.

    Raises LogError, ClassError or OSError where something could not be removed: nothing is lost, and the next
    time goes on from there.
    """
    if person.learner:
        log = folder.open_log()
        try:
            many = log.forget(person.learner)
        finally:
            log.close()
        if many:
            yield Removed(what="events", where="class.sqlite", many=many)
    for place in folders_of(folder, person):
        files = sum(1 for path in place.rglob("*") if path.is_file())
        shutil.rmtree(place)
        yield Removed(what="files", where=place.relative_to(folder.path).as_posix(), many=files)
    for table, many in _from_gradebook(folder.path / "gradebook.db", person.student).items():
        yield Removed(what=f"rows of {table}", where="gradebook.db", many=many)
    yield from caches(folder.path)
    terms = Terms(person)
    for path in sorted(folder.path.glob("*.log")) + sorted(folder.path.glob(".*.log")):
        if (many := _lines_out(path, terms)) > 0:
            yield Removed(what="lines", where=path.name, many=many)
    yield from _from_exchange(folder, terms)
    there = roster.read(folder.roster)
    left = [p for p in there if p.student != person.student]
    if len(left) < len(there):  # last: whoever was stopped before this is still found by name
        roster.write(folder.roster, left)
        yield Removed(what="row", where=roster.FILE, many=1)


def from_workspace(space: Workspace) -> Iterator[Removed]:
    """Remove the record of a workspace: events, hand-ins, reports, the name. Notebooks stay: they are its
    owner's.
    """
    log = space.open_log()
    try:
        many = log.forget(space.learner)
    finally:
        log.close()
    if many:
        yield Removed(what="events", where=space.log or "events.sqlite", many=many)
    for place in (space.home / "handed-in", space.path / "reports"):
        if place.is_dir():
            files = sum(1 for path in place.rglob("*") if path.is_file())
            shutil.rmtree(place)
            yield Removed(what="files", where=place.relative_to(space.path).as_posix(), many=files)
    for beside in (space.path, space.home):
        yield from caches(beside)
    terms = Terms(Person(student="", learner=space.learner))
    for path in sorted(space.path.glob("*.zip")):
        if search_one(path, terms):
            path.unlink()
            yield Removed(what="hand-in", where=path.name, many=1)
    yield from _renewed(space)


def caches(beside: Path) -> Iterator[Removed]:
    """Throw away what was computed from logs that lie in a folder."""
    for place in sorted(beside.glob(CACHES)):
        if place.is_dir():
            files = sum(1 for path in place.rglob("*") if path.is_file())
            shutil.rmtree(place)
            yield Removed(what="files of a cache", where=place.name, many=files)


def search_one(path: Path, terms: Terms) -> bool:
    """Whether one file mentions somebody."""
    return any(trace.path == path for trace in search(path.parent, terms).traces)


def from_log(log: Log, learner: str, where: str) -> Iterator[Removed]:
    """Remove a learner's events from a log by itself."""
    if many := log.forget(learner):
        yield Removed(what="events", where=where, many=many)


def _renewed(space: Workspace) -> Iterator[Removed]:
    """The workspace under a new random learner, without the name."""
    import json
    import uuid

    from courseware.workspace import HOME, adopt, put

    adopt(space, str(uuid.uuid4()))
    file = space.path / HOME / "workspace.toml"
    if space.name is not None:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
        put(file, "\n".join(line for line in lines if not line.startswith("name =")) + "\n")
        assert json.dumps(space.name) not in file.read_text(encoding="utf-8")
    yield Removed(what="id and name" if space.name is not None else "id", where="workspace.toml", many=1)


def _students(folder: ClassFolder) -> set[str]:
    """The students that nbgrader's gradebook knows."""
    file = folder.path / "gradebook.db"
    if not file.is_file():
        return set()
    with closing(sqlite3.connect(file)) as db:
        try:
            return {row[0] for row in db.execute("SELECT id FROM student")}
        except sqlite3.Error:
            return set()


def _from_gradebook(file: Path, student: str) -> Mapping[str, int]:
    """Remove a student's rows from nbgrader's gradebook, and write it anew without them; the rows by
    table.
    """
    if not file.is_file():
        return {}
    counts: dict[str, int] = {}
    with closing(sqlite3.connect(file, timeout=60, isolation_level=None)) as db:
        try:
            db.execute("PRAGMA secure_delete = ON")
            db.execute("BEGIN IMMEDIATE")
            for table, which in NBGRADER:
                statement = f"DELETE FROM {table} WHERE {which.format(own=OWN)}"
                if many := db.execute(statement, {"student": student}).rowcount:
                    counts[table] = many
            db.execute("COMMIT")
            db.execute("VACUUM")
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except sqlite3.Error as error:
            raise ClassError(
                f"{file} could not be changed ({error}). Close formgrader and what else has it open, "
                f"then do it again."
            ) from error
    return counts


def _lines_out(path: Path, terms: Terms) -> int:
    """Take out the lines of a log that mention somebody; how many."""
    lines = path.read_bytes().splitlines(keepends=True)
    kept = [line for line in lines if not terms.count(line)]
    if len(kept) < len(lines):
        path.write_bytes(b"".join(kept))  # in place: nbgrader may have it open
    return len(lines) - len(kept)


def _from_exchange(folder: ClassFolder, terms: Terms) -> Iterator[Removed]:
    """Remove hand-ins and feedback from this machine's exchange of the class, where there is one."""
    for entry in exchanged(folder, terms):
        files = 1 if entry.is_file() else sum(1 for path in entry.rglob("*") if path.is_file())
        if entry.is_dir():
            shutil.rmtree(entry)
        else:
            entry.unlink()
        yield Removed(what="files", where=str(entry), many=files)


def exchanged(folder: ClassFolder, terms: Terms) -> list[Path]:
    """What lies in this machine's exchange and belongs to somebody: by its name, or by the learner in it."""
    root = exchange(folder)
    if root is None:
        return []
    tops: dict[Path, None] = {}
    own = replace(terms.person, first_name="", last_name="", email="")
    for kind in ("inbound", "feedback"):
        for trace in search(root / kind, Terms(own)).traces if (root / kind).is_dir() else ():
            tops[root / kind / trace.path.relative_to(root / kind).parts[0]] = None
    return list(tops)


def exchange(folder: ClassFolder) -> Path | None:
    """The class's folder in nbgrader's exchange on this machine, where there is one."""
    from importlib.util import find_spec

    if find_spec("nbgrader") is None or not (folder.path / "nbgrader_config.py").is_file():
        return None
    from courseware.grading.collecting import inbound

    try:
        root = inbound(folder).parent
    except Exception:  # an instructor's own configuration, which may raise anything
        return None
    return root if root.is_dir() else None


def unreachable(*, in_class: bool, database: bool, kinds: Iterable[str] = ()) -> list[str]:
    """What cannot be reached from here, as sentences: it has to be seen to by people."""
    told = [
        "backups and snapshots of this folder, and what the disk has not written over yet",
        "exports, reports and gradebook files that were sent or copied elsewhere",
        "programs that are running (JupyterLab, an app, a dashboard): they may hold it until they are "
        "restarted",
    ]
    if in_class:
        told.insert(0, "the learner's own computer: the workspace there, with its record and hand-ins")
        told.append("Canvas, Moodle or another system that work came from or grades went to")
        told.append("nbgrader's exchange on other machines, and what other people fetched from it")
    else:
        told.append("classes that were handed in to: ask the instructor for `courseware forget` there")
    if database:
        told.append("the database's own backups, its archive of changes (WAL) and its replicas")
    return [*told, *kinds]
