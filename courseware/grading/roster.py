"""Who is in a class: student ids and, behind each, the learner that their events are about.

roster.csv has the columns student, first_name, last_name, email and learner. It is edited by hand or in a
spreadsheet; only `learner` is filled in by Courseware: with the UUID of the student's own workspace, once
something came in from there, else with a new one.
"""

from __future__ import annotations

import csv
import io
import os
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from courseware.events import is_id

FILE: Final = "roster.csv"
COLUMNS: Final = ("student", "first_name", "last_name", "email", "learner")
ALSO: Final = {"id": "student", "student_id": "student", "username": "student", "first name": "first_name",
               "last name": "last_name", "surname": "last_name"}  # fmt: skip
"""Names that other systems write over the same columns (as `nbgrader db student import` reads them, too)."""


class RosterError(ValueError):
    """The roster cannot be read, or two people claim the same place; the message says what to mend."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One row: `learner` is the UUID of the student's workspace, or "" as long as none is known."""

    student: str
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    learner: str = ""


def read(path: Path) -> tuple[Person, ...]:
    """The people on a roster, in its order. A missing file is an empty roster.

    Raises RosterError with line, what was found and the mend.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return ()
    except (OSError, ValueError) as error:
        raise RosterError(f"{path} cannot be read ({error}). Save it as CSV in UTF-8.") from error
    lines = csv.DictReader(io.StringIO(text), delimiter=_delimiter(text))
    names = {name: ALSO.get(name.strip().lower(), name.strip().lower()) for name in lines.fieldnames or ()}
    if lines.fieldnames and "student" not in names.values():
        raise RosterError(
            f"{path}, line 1: found the columns {', '.join(lines.fieldnames)}; expected one called `student` "
            "with the ids that submissions come in under."
        )
    people: list[Person] = []
    for row in lines:
        values = {names[key]: (value or "").strip() for key, value in row.items() if key in names}
        if not values.get("student"):
            continue
        person = Person(**{key: value for key, value in values.items() if key in COLUMNS})
        _check(path, lines.line_num, person, people)
        people.append(person)
    return tuple(people)


def join(path: Path, people: Iterable[Person]) -> tuple[Person, ...]:
    """Add people to the roster file (made if missing); those who are on it stay as they are."""
    there = read(path)
    known = {person.student for person in there}
    all_of_them = (*there, *(person for person in people if person.student not in known))
    if all_of_them != there or not path.exists():
        write(path, all_of_them)
    return all_of_them


def claim(people: Iterable[Person], claims: Mapping[str, str]) -> tuple[Person, ...]:
    """The roster with learners filled in: `claims` maps students to the UUIDs that came with their work.

    Raises RosterError if a student came with another learner before, or if a learner is another student's.
    """
    rows = {person.student: person for person in people}
    for student, learner in claims.items():
        person = rows.get(student, Person(student=student))
        if person.learner not in ("", learner):
            raise RosterError(
                f"the work of {student} comes from the learner {learner}, and the roster has "
                f"{person.learner} for {student}. If {student} has begun anew on another machine, put the "
                f"new one into the column `learner` of {FILE}."
            )
        for other in rows.values():
            if other.learner == learner and other.student != student:
                raise RosterError(
                    f"the work of {student} comes from the learner {learner}, who is {other.student} on the "
                    "roster: one has handed in the other's. Ask both, and collect again."
                )
        rows[student] = replace(person, learner=learner)
    return tuple(rows.values())


def learners(path: Path, students: Iterable[str]) -> dict[str, str]:
    """The learner of each of these students. Those who have none get a new UUID, written to the roster."""
    people = read(path)
    known = {person.student: person.learner for person in people if person.learner}
    new = {student: str(uuid.uuid4()) for student in students if student not in known}
    if new:
        write(path, claim(people, new))
    return known | new


def write(path: Path, people: Iterable[Person]) -> None:
    """Write the roster whole, or not at all."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(COLUMNS)
    rows.writerows([getattr(person, column) for column in COLUMNS] for person in people)
    part = path.with_name(f".{path.name}.{uuid.uuid4().hex}.part")
    try:
        with part.open("w", encoding="utf-8", newline="") as out:
            out.write(text.getvalue())
            out.flush()
            os.fsync(out.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _delimiter(text: str) -> str:
    head = text.partition("\n")[0]
    return max(",;\t", key=head.count)


def _check(path: Path, line: int, person: Person, above: list[Person]) -> None:
    if person.learner and not is_id(person.learner):
        raise RosterError(
            f"{path}, line {line}: found the learner {person.learner!r}; expected a UUID, or nothing."
        )
    for other in above:
        if other.student == person.student:
            raise RosterError(f"{path}, line {line}: {person.student!r} is there twice. Take one line out.")
        if person.learner and other.learner == person.learner:
            raise RosterError(
                f"{path}, line {line}: {person.student!r} and {other.student!r} have the same learner. One "
                "of them has it wrongly: empty that field."
            )
