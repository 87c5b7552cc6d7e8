"""What came in, wherever it came in: nbgrader's exchange, a folder, or a zip as Canvas and Moodle make it.

An exchange's inbound folder holds ``STUDENT+LESSON+TIME+SECRET``; Moodle's zip folders that are called
``First Last_123_assignsubmission_file``; Canvas's files like ``lastfirst_LATE_12_34_name.ipynb``; any other
folder holds a folder for each student. Inside may be a zip of the files, as a hand-in without an exchange
makes it.
"""

from __future__ import annotations

import re
import shutil
import stat
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Final

from courseware.grading.roster import Person
from courseware.grading.submission import LARGEST_ALL, MOST_FILES, TIMESTAMP, parse_time

EXCHANGE: Final = re.compile(r"(?P<who>.+)\+(?P<lesson>[^+]+)\+(?P<at>\d{4}-\d\d-\d\d [^+]+)(\+.*)?")
MOODLE: Final = re.compile(r"(?P<who>.+?)_(?P<number>\d+)_assignsubmission_(file|onlinetext)_?(?P<file>.*)")
CANVAS: Final = re.compile(r"(?P<who>[^_]+)(_LATE)?_(?P<number>\d+)_(?P<other>\d+)_(?P<file>.+)")
COPY: Final = re.compile(r"(-\d+| \(\d+\))$")
"""What systems put behind a file's name when it is handed in again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """One piece of work: `who` as the place named its author, the files by the names they should have."""

    who: str
    files: Mapping[str, Path]
    at: datetime | None = None
    named_by_us: bool = True
    """Whether `who` is a student's id, and not a name that another system made."""


@dataclass(slots=True, kw_only=True)
class Refusals:
    """What could not be taken, and why."""

    reasons: dict[str, str] = field(default_factory=dict)


def find_arrivals(source: Path, lesson: str, notebooks: Iterable[str], scratch: Path) -> Iterator[Arrival]:
    """All that lies in a folder or a zip for a lesson. `scratch` is an empty folder for what is unpacked.

    Raises ValueError with a sentence for a zip that cannot be taken.
    """
    wanted = set(notebooks)
    if source.is_file():
        place = scratch / "all"
        unpack(source, place)
        yield from _in_folder(_without_wrapper(place, lesson), lesson, wanted, scratch)
    else:
        yield from _in_folder(source, lesson, wanted, scratch)


def _without_wrapper(place: Path, lesson: str) -> Path:
    """The folder inside, if all lies in one that is only there to hold the others."""
    entries = list(place.iterdir())
    if len(entries) != 1 or not entries[0].is_dir() or _told(entries[0].name):
        return place
    inside = list(entries[0].iterdir())
    only_holds = all(each.is_dir() and each.name != lesson for each in inside)
    return entries[0] if only_holds else place


def student_of(arrival: Arrival, people: Iterable[Person], learner: str | None) -> str | None:
    """The student whose work it is: by id; else by the learner that it tells, or the name on the roster."""
    rows = list(people)
    if any(arrival.who == person.student for person in rows):
        return arrival.who
    if not arrival.named_by_us and learner:
        for person in rows:
            if learner == person.learner:
                return person.student
    named = [
        person.student
        for person in rows
        if _plain(arrival.who)
        in {_plain(person.first_name + person.last_name), _plain(person.last_name + person.first_name)}
        and _plain(person.first_name + person.last_name)
    ]
    if len(named) == 1:
        return named[0]
    return arrival.who if arrival.named_by_us and not named else None


def unpack(archive: Path, place: Path) -> None:
    """Unpack a zip: regular files inside the folder, and no more than a submission may have of them.

    Raises ValueError with a sentence if it is none, or would put something elsewhere.
    """
    place.mkdir(parents=True)
    try:
        with zipfile.ZipFile(archive) as opened:
            members = [member for member in opened.infolist() if not member.is_dir()]
            if len(members) > MOST_FILES * 1_000:
                raise ValueError(f"{archive.name} holds {len(members):,} files")
            for member in members:
                _unpack_one(opened, member, place, archive.name)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError) as error:
        raise ValueError(f"{archive.name} cannot be unpacked: {error}") from error


def _unpack_one(opened: zipfile.ZipFile, member: zipfile.ZipInfo, place: Path, archive: str) -> None:
    name = PurePosixPath(member.filename.replace("\\", "/"))
    kind = stat.S_IFMT(member.external_attr >> 16)
    if name.is_absolute() or ".." in name.parts or ":" in member.filename.partition("/")[0][:2]:
        raise ValueError(f"{archive} would put {member.filename!r} outside of its folder")
    if kind not in (0, stat.S_IFREG) or name.parts[0] == "__MACOSX":
        return
    if member.file_size > LARGEST_ALL:
        raise ValueError(f"{archive}: {member.filename} has {member.file_size // 1_000_000} MB")
    target = place.joinpath(*name.parts)
    target.parent.mkdir(parents=True, exist_ok=True)
    with opened.open(member) as data, target.open("xb") as out:
        left = member.file_size + 1
        while left > 0 and (part := data.read(min(left, 1 << 20))):
            out.write(part)
            left -= len(part)


def _in_folder(folder: Path, lesson: str, notebooks: set[str], scratch: Path) -> Iterator[Arrival]:
    loose: dict[str, dict[str, Path]] = {}
    for entry in sorted(folder.iterdir()):
        if entry.is_symlink() or entry.name.startswith("."):
            continue
        if entry.is_dir():
            yield from _from_folder(entry, lesson, notebooks, scratch)
        elif told := _told(entry.name):
            loose.setdefault(told["who"], {})[_given_name(told["file"], notebooks)] = entry
        elif entry.suffix == ".zip":  # one hand-in by itself
            loose.setdefault(entry.stem, {})[entry.name] = entry
    for who, files in loose.items():
        yield Arrival(who=who, files=_opened(files, notebooks, scratch), at=_at(files), named_by_us=False)


def _from_folder(entry: Path, lesson: str, notebooks: set[str], scratch: Path) -> Iterator[Arrival]:
    if match := EXCHANGE.fullmatch(entry.name):
        if match["lesson"] == lesson:
            yield Arrival(who=match["who"], files=_files(entry), at=_stamp(entry) or parse_time(match["at"]))
        return
    told = _told(entry.name)
    inside = entry / lesson if (entry / lesson).is_dir() else entry
    files = {_given_name(name, notebooks): path for name, path in _files(inside).items()}
    if not files:
        return
    yield Arrival(
        who=told["who"] if told else entry.name,
        files=_opened(files, notebooks, scratch),
        at=_stamp(inside) or _at(files),
        named_by_us=told is None,
    )


def _told(name: str) -> re.Match[str] | None:
    """What a name says that Moodle or Canvas made."""
    return MOODLE.fullmatch(name) or CANVAS.fullmatch(name)


def _files(folder: Path) -> dict[str, Path]:
    """The regular files in a folder, by their names in it."""
    return {
        path.relative_to(folder).as_posix(): path
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink()
    }


def _opened(files: Mapping[str, Path], notebooks: set[str], scratch: Path) -> dict[str, Path]:
    """The files, with those of a zip in the zip's place."""
    found: dict[str, Path] = {}
    for name, path in files.items():
        if path.suffix == ".zip":
            place = scratch / f"zip-{len(list(scratch.iterdir()))}"
            unpack(path, place)
            found |= {_given_name(inner, notebooks): each for inner, each in _files(place).items()}
        else:
            found[name] = path
    return found


def _given_name(name: str, notebooks: set[str]) -> str:
    """The name that a notebook was released under, behind what other systems did to it."""
    path = PurePosixPath(name)
    if path.suffix != ".ipynb":
        return name
    stem = path.stem if path.stem in notebooks else COPY.sub("", path.stem)
    return f"{stem}.ipynb" if stem in notebooks else name


def _stamp(folder: Path) -> datetime | None:
    path = folder / TIMESTAMP
    if not path.is_file() or path.is_symlink() or path.stat().st_size > 200:
        return None
    return parse_time(path.read_text(encoding="utf-8", errors="replace").strip())


def _at(files: Mapping[str, Path]) -> datetime | None:
    """When the newest of the files was written, in UTC and without a zone."""
    times = [path.stat().st_mtime for path in files.values()]
    return datetime.fromtimestamp(max(times), UTC).replace(tzinfo=None) if times else None


def _plain(name: str) -> str:
    """A name without accents, case and everything between its letters."""
    letters = unicodedata.normalize("NFKD", name)
    return "".join(letter for letter in letters.lower() if letter.isalnum())


def copy_files(arrival: Arrival, place: Path) -> None:
    """Put an arrival's files into a folder."""
    for name, path in arrival.files.items():
        target = place.joinpath(*PurePosixPath(name).parts)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
