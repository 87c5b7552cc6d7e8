"""A plain table of answers, with one row each: CSV, or Parquet. `COLUMNS` is its documented schema."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from types import TracebackType
from typing import Any, Final

from checkers.result import RIGHT
from courseware.events import Event
from courseware.insights.source import InsightError
from courseware.mastery.levels import SESSION_GAP

Row = dict[str, Any]


class MissingLibraryError(InsightError):
    """A format needs a library that is not installed; the message says what to type."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: its name, its type in Parquet (and as text in CSV), and what it holds."""

    name: str
    kind: str
    holds: str


COLUMNS: Final = (
    Column(name="answer", kind="string", holds="the event's id, a UUID"),
    Column(name="at", kind="timestamp[us, UTC]", holds="when it was answered; ISO 8601 in CSV"),
    Column(name="learner", kind="string", holds="the learner's id, or pseudonym"),
    Column(name="session", kind="int64", holds="the learner's sitting, from 0 (30 minutes end one)"),
    Column(name="course", kind="string", holds="the course's id"),
    Column(name="course_version", kind="string", holds="its version then"),
    Column(name="lesson", kind="string", holds="the lesson's id"),
    Column(name="item", kind="string", holds="the item's id; of a graded task lesson.task"),
    Column(name="item_version", kind="int64", holds="the item's version; empty for a task"),
    Column(name="variant", kind="string", holds="the variant's seed; the same text, the same question"),
    Column(name="objectives", kind="string", holds="what it is evidence for, with ; between them"),
    Column(name="format", kind="string", holds="the kind of checker, or task"),
    Column(name="open", kind="bool", holds="whether it is made and not picked from options; 1 or 0 in CSV"),
    Column(name="guess", kind="float64", holds="the chance of a right answer by luck, 0 to 1"),
    Column(name="difficulty", kind="float64", holds="the item's difficulty then, in logits"),
    Column(name="attempt", kind="int64", holds="which answer to this variant, from 1"),
    Column(name="hints", kind="int64", holds="hints seen before it, the solution among them"),
    Column(name="clean", kind="bool", holds="a first answer without help: only such a one moves mastery"),
    Column(name="score", kind="float64", holds="0 to 1"),
    Column(name="correct", kind="bool", holds="whether the score is 1"),
    Column(name="mistake", kind="string", holds="the key of a known mistake"),
    Column(name="source", kind="string", holds="check, placement, review or nbgrader"),
    Column(name="evidence", kind="string", holds="witnessed by a class or service, or self-reported"),
    Column(name="seconds", kind="float64", holds="how long it took, where the page told"),
    Column(name="response", kind="string", holds="what was answered, as JSON; empty without responses"),
)  # fmt: skip
NAMES: Final = tuple(column.name for column in COLUMNS)


def rows(events: Iterable[Event], *, responses: bool = True) -> Iterator[Row]:
    """One learner's answers as rows of COLUMNS, in the order of their time."""
    touched: dict[tuple[object, ...], list[int]] = {}
    dealt: set[tuple[object, ...]] = set()
    last, sitting = None, 0
    for event in sorted(events, key=lambda e: (e.at, e.id)):
        if last is not None and event.at - last > SESSION_GAP:
            sitting += 1
        last = event.at
        variant: tuple[object, ...] = (event.item, event.item_version, event.seed)
        if event.kind in ("asked", "answer"):
            dealt.add(variant)
        if event.kind in ("hint", "solution") and variant in dealt:
            touched.setdefault(variant, [0, 0])[1] += 1
        if event.kind != "answer":
            continue
        before = [0, 0] if event.item is None else touched.setdefault(variant, [0, 0])
        yield {
            "answer": event.id,
            "at": event.at.astimezone(UTC),
            "learner": event.learner,
            "session": sitting,
            "course": event.course,
            "course_version": event.course_version,
            "lesson": event.lesson,
            "item": event.item,
            "item_version": event.item_version,
            "variant": None if event.seed is None else str(event.seed),
            "objectives": ";".join(event.objectives),
            "format": event.format,
            "open": bool(event.open),
            "guess": event.guess,
            "difficulty": event.difficulty,
            "attempt": before[0] + 1,
            "hints": before[1],
            "clean": before == [0, 0],
            "score": event.score,
            "correct": (event.score or 0) >= RIGHT,
            "mistake": event.mistake,
            "source": event.source,
            "evidence": "self-reported" if event.detail.get("self_reported") is True else "witnessed",
            "seconds": None if event.duration_ms is None else event.duration_ms / 1000,
            "response": json.dumps(event.response, ensure_ascii=False, sort_keys=True) if responses else None,
        }
        before[0] += 1


def csv_header() -> str:
    return ",".join(NAMES) + "\n"


def csv_lines(some: Iterable[Row]) -> Iterator[str]:
    """Rows as lines of CSV (RFC 4180, UTF-8, \\n)."""
    for row in some:
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerow([_plain(row[name]) for name in NAMES])
        yield text.getvalue()


def _plain(value: Any) -> Any:
    if isinstance(value, bool):
        return int(value)
    if hasattr(value, "isoformat"):
        return value.isoformat(timespec="microseconds").replace("+00:00", "Z")
    if isinstance(value, float):
        return repr(value)
    # A spreadsheet takes a cell that begins so for a formula: what a learner wrote must not become one.
    if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")):
        return "'" + value
    return value


class ParquetFile:
    """A Parquet file that rows are written to as they come. Raises MissingLibraryError without pyarrow."""

    ROWS: Final = 50_000
    """So many are held before they are written."""

    def __init__(self, path: Path) -> None:
        try:
            import pyarrow
            import pyarrow.parquet
        except ImportError:
            raise MissingLibraryError(
                "Parquet needs pyarrow: `pip install 'mastery-courseware[parquet]'`. CSV with the same "
                "columns needs "
                "nothing: `--format csv`."
            ) from None
        kinds = {
            "string": pyarrow.string(),
            "int64": pyarrow.int64(),
            "float64": pyarrow.float64(),
            "bool": pyarrow.bool_(),
            "timestamp[us, UTC]": pyarrow.timestamp("us", tz="UTC"),
        }
        fields = [pyarrow.field(c.name, kinds[c.kind], metadata={"description": c.holds}) for c in COLUMNS]
        self._schema = pyarrow.schema(fields)
        self._arrow = pyarrow
        self._writer = pyarrow.parquet.ParquetWriter(path, self._schema)
        self._held: list[Row] = []

    def write(self, some: Iterable[Row]) -> int:
        count = 0
        for row in some:
            self._held.append(row)
            count += 1
            if len(self._held) >= self.ROWS:
                self._flush()
        return count

    def _flush(self) -> None:
        if self._held:
            self._writer.write_table(self._arrow.Table.from_pylist(self._held, schema=self._schema))
            self._held = []

    def __enter__(self) -> ParquetFile:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self._flush()
        self._writer.close()
