"""Looking for a person in files: by id, name, address of mail and UUID, also inside zips."""

from __future__ import annotations

import gzip
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from courseware.grading.roster import Person

CHUNK: Final = 8_000_000
OVERLAP: Final = 1_000
SEALED: Final = frozenset(
    {".pdf", ".parquet", ".7z", ".rar", ".xz", ".bz2", ".zst", ".tar", ".tgz", ".pickle"}
)
"""Files whose contents cannot be looked through."""
ZIPS: Final = frozenset({".zip", ".xlsx", ".docx", ".ods", ".odt"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """A place that mentions somebody: the file, by what it was found, where in it (a zip's member), how
    often.
    """

    path: Path
    by: str
    inside: str = ""
    times: int = 1


class Terms:
    """What somebody is looked for by, as patterns over bytes. Ids and names count as whole words alone."""

    def __init__(self, person: Person) -> None:
        self.person = person
        texts: dict[str, list[str]] = {}
        if person.learner:
            texts["UUID"] = [re.escape(person.learner), person.learner.replace("-", "")]
        if person.student and person.student != person.learner:
            texts["id"] = [re.escape(person.student)]
        if person.email:
            texts["mail"] = [re.escape(person.email)]
        if person.first_name and person.last_name:
            between = r"[\s,;_\"']{1,4}"
            both = [person.first_name, person.last_name]
            texts["name"] = [between.join(map(re.escape, names)) for names in (both, both[::-1])]
        self._patterns = {
            by: re.compile(
                b"|".join(
                    rb"(?<![A-Za-z0-9])(?:" + each + rb")(?![A-Za-z0-9])"
                    for text in some
                    for each in _forms(text)
                ),
                re.IGNORECASE if by != "id" else 0,
            )
            for by, some in texts.items()
        }

    def __bool__(self) -> bool:
        return bool(self._patterns)

    def plain(self) -> dict[str, str]:
        """Each kind of term as one plain text, for where no pattern can be used."""
        person = self.person
        name = f"{person.first_name} {person.last_name}" if person.first_name and person.last_name else ""
        found = {"UUID": person.learner, "id": person.student, "mail": person.email, "name": name}
        return {by: text for by, text in found.items() if by in self._patterns}

    def count(self, data: bytes) -> dict[str, int]:
        """How often each kind of term is there."""
        found = {by: len(pattern.findall(data)) for by, pattern in self._patterns.items()}
        return {by: times for by, times in found.items() if times}


def _forms(pattern: str) -> Iterator[bytes]:
    """A pattern over text as patterns over bytes: UTF-8, as JSON escapes it, Latin-1 where it differs."""
    yield pattern.encode()
    if not pattern.isascii():
        escaped = "".join(c if c.isascii() else re.escape(json.dumps(c)[1:-1]) for c in pattern)
        yield escaped.encode()
        try:
            yield pattern.encode("latin-1")
        except UnicodeEncodeError:
            return


@dataclass(slots=True, kw_only=True)
class Found:
    """What a search came to: the places, and the files that could not be looked through."""

    traces: list[Trace]
    sealed: list[Path]


def search(root: Path, terms: Terms, seen: Callable[[], None] = lambda: None) -> Found:
    """Look through all files below a folder, by their names and contents. Links are not followed."""
    found = Found(traces=[], sealed=[])
    for path in sorted(root.rglob("*")):
        for by, times in terms.count(path.name.encode("utf-8", "replace")).items():
            found.traces.append(Trace(path=path, by=f"{by} (its name)", times=times))
        if path.is_symlink() or not path.is_file():
            continue
        seen()
        try:
            _look_into(path, terms, found)
        except (OSError, zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, ValueError):
            found.sealed.append(path)
    return found


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


def _look_into(path: Path, terms: Terms, found: Found) -> None:
    suffix = path.suffix.lower()
    if suffix in ZIPS:
        with zipfile.ZipFile(path) as archive:
            for member in archive.infolist():
                named = terms.count(member.filename.encode("utf-8", "replace"))
                for by, times in named.items():
                    found.traces.append(
                        Trace(path=path, by=f"{by} (its name)", inside=member.filename, times=times)
                    )
                if not member.is_dir():
                    with archive.open(member) as data:
                        _read(path, data, terms, found, member.filename)
    elif suffix == ".gz":
        with gzip.open(path) as data:
            _read(path, data, terms, found, path.stem)
    elif suffix in SEALED:
        found.sealed.append(path)
    else:
        with path.open("rb") as data:
            _read(path, data, terms, found)


def _read(path: Path, data: _Readable, terms: Terms, found: Found, inside: str = "") -> None:
    counts: dict[str, int] = {}
    before = b""
    while chunk := data.read(CHUNK):
        if not before and chunk[:2] in (b"\xff\xfe", b"\xfe\xff"):  # UTF-16, as some spreadsheets save
            chunk = chunk.decode("utf-16", "replace").encode()
        for by, times in terms.count(before + chunk).items():
            # What lies in the overlap alone was counted with the chunk before.
            counts[by] = counts.get(by, 0) + times - terms.count(before).get(by, 0)
        before = chunk[-OVERLAP:]
    for by, times in counts.items():
        if times > 0:
            found.traces.append(Trace(path=path, by=by, inside=inside, times=times))
