"""A log's events as columns, kept beside it: what looks at a whole class reads only what is new.

The columns can be thrown away at any time; they hold learners' ids and no word that anybody wrote. Each is a
file of plain numbers that only grows. What counts is what `columns.json` says, which is written last.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from checkers.result import RIGHT
from courseware.grading.evidence import MARK
from courseware.insights.source import Source
from courseware.log import Log, sqlite_file

FORMAT: Final = 1
PAGE: Final = 20_000
OVERLAP: Final = 10_000
"""A database that many write to gives places before it shows them: so many are looked at again."""
KEPT_EACH: Final = 25
"""After so many pages, what was read is kept: whoever stops it here goes on from there."""
NONE: Final = -1

ASKED, ANSWER, HINT, SOLUTION, PLACEMENT, OTHER = range(6)
KINDS: Final = {"asked": ASKED, "answer": ANSWER, "hint": HINT, "solution": SOLUTION, "placement": PLACEMENT}
HELP: Final = 6
"""Help that came unasked: a hint, but not one that somebody took."""
DAMAGE: Final = (OSError, ValueError, KeyError, TypeError, EOFError, BadZipFile)

TYPES: Final[Mapping[str, str]] = {
    "seq": "<i8", "at": "<i8", "tie": "<u8", "learner": "<i4", "kind": "<i1", "item": "<i4", "variant": "<u8",
    "asked_as": "<u8", "objectives": "<i4", "right": "|b1", "open": "|b1", "review": "|b1", "told": "|b1",
    "guess": "<i2", "difficulty": "<i2", "mistake": "<i4", "ms": "<i4", "words": "<i2",
}  # fmt: skip
READ: Final = (
    "id", "at", "learner", "kind", "item", "item_version", "seed", "fingerprint", "objectives", "open",
    "guess", "difficulty", "score", "mistake", "source", "duration_ms", "detail",
)  # fmt: skip
VOCABULARIES: Final = ("learner", "item", "objectives", "mistake", "guess", "difficulty")

Told = Callable[[int], object]
"""Is told how many events were read so far."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The events of one course in a log, in the order of arrival: one array for each of TYPES.

    `at` is in µs since 1970, `tie` orders events of the same time as their ids do. `variant` is the same for
    the same item, version and seed, `asked_as` for the same question whatever its seed (0: not known).
    `item`, `learner`, `mistake`, `objectives` (a set), `guess` and `difficulty` are places in `words`, NONE
    where there is none. `ms` and `words` (of the prompt) are NONE where they are not known. `told`: by the
    learner's own machine.
    """

    rows: int
    arrays: Mapping[str, NDArray[Any]]
    words: Mapping[str, Sequence[Any]]
    folder: Path
    stamp: str
    """Names the columns as they began; with `rows` it says which events these are."""

    def __getitem__(self, name: str) -> NDArray[Any]:
        return self.arrays[name]

    @property
    def sets(self) -> list[tuple[str, ...]]:
        """The sets of objectives."""
        return [tuple(json.loads(text)) for text in self.words["objectives"]]


def read(source: Source, told: Told = lambda _: None) -> Columns:
    """The columns of a source's log, brought up to date. Where nothing can be written, they lie elsewhere.

    Raises LogError where the log cannot be read.
    """
    log = source.open_log()
    try:
        folder = home(source)
        try:
            with _alone(folder):
                return _read(log, source, folder, told)
        except (OSError, sqlite3.Error):
            aside = Path(tempfile.mkdtemp(prefix="courseware-insights-"))
            return _read(log, source, aside, told)
    finally:
        log.close()


def home(source: Source) -> Path:
    """Where the columns of a source lie: beside its log, or in its folder. May be removed whole."""
    file = sqlite_file(source.log)
    if file is not None:
        return file.with_name(f"{file.name}.insights") / source.course.id
    name = hashlib.sha256(str(source.log).encode()).hexdigest()[:16]
    return source.folder / f"{name}.insights" / source.course.id


def _read(log: Log, source: Source, folder: Path, told: Told) -> Columns:
    folder.mkdir(parents=True, exist_ok=True)
    kept = _kept(folder)
    if kept is not None and not _fits(kept, log, source.course.id):
        kept = None
    if kept is None:
        kept = _Kept()
        for name in TYPES:
            (folder / f"{name}.bin").write_bytes(b"")
    seen: set[int] = set()
    after = kept.last
    if sqlite_file(source.log) is None and kept.rows:
        tail = np.fromfile(folder / "seq.bin", "<i8")[: kept.rows][-OVERLAP:]
        seen, after = set(tail.tolist()), int(tail.min()) - 1
    grown = 0
    for page in _pages(log, source.course.id, after):
        fresh = [row for row in page if row[0] not in seen]
        if fresh:
            kept.grow(folder, fresh)
            grown += 1
            if grown % KEPT_EACH == 0:
                kept.save(folder)
            told(kept.rows)
    if grown or not (folder / NAME).exists():
        kept.save(folder)
    arrays = {name: _mapped(folder / f"{name}.bin", kind, kept.rows) for name, kind in TYPES.items()}
    words = {name: list(kept.words[name]) for name in VOCABULARIES}
    return Columns(rows=kept.rows, arrays=arrays, words=words, folder=folder, stamp=kept.stamp)


NAME: Final = "columns.json"


@dataclass(slots=True)
class _Kept:
    """What `columns.json` says: how many rows there are, the last place read, the words behind numbers."""

    rows: int = 0
    last: int = 0
    first_id: str = ""
    last_id: str = ""
    words: dict[str, dict[Any, int]] = field(default_factory=lambda: {name: {} for name in VOCABULARIES})

    @property
    def stamp(self) -> str:
        return f"{FORMAT}/{self.first_id}"

    def grow(self, folder: Path, page: Sequence[Sequence[Any]]) -> None:
        """Append a page of rows to every file. What lies behind the rows that count is cut off first."""
        for name, values in self._columns(page).items():
            path, size = folder / f"{name}.bin", np.dtype(TYPES[name]).itemsize * self.rows
            with path.open("r+b") as file:
                if file.seek(0, os.SEEK_END) > size:  # others may be looking at the rest
                    file.truncate(size)
                file.seek(size)
                file.write(np.asarray(values).astype(TYPES[name]).tobytes())
        self.first_id = self.first_id or str(page[0][1])
        self.rows += len(page)
        self.last, self.last_id = max(self.last, int(page[-1][0])), str(page[-1][1])

    def save(self, folder: Path) -> None:
        told = {
            "format": FORMAT, "rows": self.rows, "last": self.last, "first_id": self.first_id,
            "last_id": self.last_id, "words": {name: list(known) for name, known in self.words.items()},
        }  # fmt: skip
        part = folder / f"{NAME}.part"
        part.write_text(json.dumps(told), encoding="utf-8")
        part.replace(folder / NAME)

    def _columns(self, page: Sequence[Sequence[Any]]) -> dict[str, Any]:
        (seq, ids, at, learner, kind, item, version, seed, asked_as, objectives, is_open, guess, difficulty,
         score, mistake, source, ms, detail) = zip(*page, strict=True)  # fmt: skip
        what = self._places("item", item)
        kinds = np.array([KINDS.get(each, OTHER) for each in kind], dtype=np.int8)
        words, told = np.full(len(page), NONE), np.zeros(len(page), dtype=np.bool_)
        for number, (each, text) in enumerate(zip(kind, detail, strict=True)):
            if each == "asked":
                words[number] = min(32_000, len(str(json.loads(text).get("prompt", "")).split()))
            elif each == "hint" and '"help"' in text:
                kinds[number] = HELP
            told[number] = MARK in text and json.loads(text).get(MARK) is True
        seeds = np.array([NONE if each is None else each for each in seed], dtype=np.int64)
        versions = np.array([0 if each is None else each for each in version], dtype=np.int64)
        mixed = (seeds + 1).astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        mixed += what.astype(np.uint64) * np.uint64(0xC2B2AE3D27D4EB4F)
        mixed ^= versions.astype(np.uint64) * np.uint64(0x165667B19E3779F9)
        return {
            "seq": seq,
            "at": _microseconds(at),
            "tie": [_first_bits(each) for each in ids],
            "learner": self._places("learner", learner),
            "kind": kinds,
            "item": what,
            "variant": mixed,
            "asked_as": np.array([_hashed(each) for each in asked_as], dtype=np.uint64),
            "objectives": self._places("objectives", objectives),
            "right": [each is not None and each >= RIGHT for each in score],
            "open": [bool(each) for each in is_open],
            "review": [each == "review" for each in source],
            "told": told,
            "guess": self._places("guess", guess),
            "difficulty": self._places("difficulty", difficulty),
            "mistake": self._places("mistake", mistake),
            "ms": [NONE if each is None else min(each, 2_000_000_000) for each in ms],
            "words": words,
        }

    def _places(self, name: str, values: Sequence[Any]) -> NDArray[np.int64]:
        known = self.words[name]
        for value in dict.fromkeys(values):
            if value is not None and value not in known:
                known[value] = len(known)
        return np.array([NONE if value is None else known[value] for value in values], dtype=np.int64)


def _kept(folder: Path) -> _Kept | None:
    """What is there from before; None where there is nothing, or nothing that can be used."""
    try:
        told = json.loads((folder / NAME).read_text(encoding="utf-8"))
        if told["format"] != FORMAT:
            return None
        words = {
            name: {word: place for place, word in enumerate(told["words"][name])} for name in VOCABULARIES
        }
        kept = _Kept(told["rows"], told["last"], told["first_id"], told["last_id"], words)
        sizes = [(folder / f"{n}.bin").stat().st_size // np.dtype(t).itemsize for n, t in TYPES.items()]
    except DAMAGE:
        return None
    return kept if min(sizes) >= kept.rows else None


def _fits(kept: _Kept, log: Log, course: str) -> bool:
    """Whether the log is the one that was read: its first and last event of then are still there."""
    if kept.rows == 0:
        return True
    first = log.columns(course, ("id",), most=1)
    last = log.columns(course, ("id",), after=kept.last - 1, most=1)
    return bool(first and last) and first[0][1] == kept.first_id and int(last[0][0]) == kept.last


def _pages(log: Log, course: str, after: int) -> Iterator[list[Sequence[Any]]]:
    while page := log.columns(course, READ, after=after, most=PAGE):
        yield list(page)
        after = int(page[-1][0])


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """While one brings the columns up to date, others wait: a database's lock goes with its process."""
    folder.mkdir(parents=True, exist_ok=True)
    lock = sqlite3.connect(folder / "lock", timeout=600, isolation_level=None)
    try:
        lock.execute("BEGIN EXCLUSIVE")
        yield
    finally:
        lock.close()


def _mapped(path: Path, kind: str, rows: int) -> NDArray[Any]:
    return np.memmap(path, kind, "r", shape=(rows,)) if rows else np.zeros(0, kind)


def _microseconds(at: Sequence[str]) -> NDArray[np.int64]:
    """Times as the log keeps them (ISO 8601 in UTC, ending in Z), in µs since 1970."""
    return np.array([text.removesuffix("Z") for text in at], dtype="datetime64[us]").astype(np.int64)


def _first_bits(event_id: str) -> int:
    """The first 64 bits of a UUID, by which it sorts."""
    try:
        return int(event_id[:8] + event_id[9:13] + event_id[14:18], 16)
    except ValueError:
        return 0


def _hashed(text: str | None) -> int:
    if not text:
        return 0
    try:
        return int(text[:16], 16)
    except ValueError:
        return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest())
