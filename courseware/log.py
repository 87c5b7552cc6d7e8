"""The append-only event log: a SQLite file by default, PostgreSQL by its URL.

A notebook's kernel should start in the blink of an eye, and SQLAlchemy takes longer than that to import:
so a SQLite log goes through the standard library's own driver, with the same three statements.
"""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final, Protocol, cast

from courseware.events import Event

if TYPE_CHECKING:
    from sqlalchemy.engine import URL

HEAD: Final = "0001"
"""The newest migration; a log stamped with another is brought up to it when it is opened."""

COLUMNS: Final = tuple(f.name for f in fields(Event))
JSON: Final = frozenset({"objectives", "response", "detail"})
INSERT: Final = (
    f"INSERT INTO events ({', '.join(COLUMNS)}) VALUES ({', '.join(':' + c for c in COLUMNS)}) "
    "ON CONFLICT (id) DO NOTHING"
)
STAMP: Final = "SELECT version_num FROM alembic_version"
TURN: Final = "SELECT pg_advisory_xact_lock(:turn)"
EXAMPLE: Final = "postgresql://name:password@host/database"
SELECT: Final = f"SELECT seq, {', '.join(COLUMNS)} FROM events"
SQLITE: Final = re.compile(r"sqlite(\+\w+)?:///")
NETWORK: Final = frozenset({
    "9p", "afs", "beegfs", "ceph", "cifs", "drvfs", "glusterfs", "gpfs", "lustre", "nfs", "nfs4", "smb3",
    "smbfs", "vboxsf", "virtiofs",
})  # fmt: skip
"""File systems that share a drive between machines, or between a machine and one inside it."""
CANNOT: Final = (
    "the log {log} could not be {done} ({why}). What was answered before is safe, and this was not recorded. "
    "{mend}, then try again."
)


NOT_COMPACT: Final = (
    "what was to be forgotten is deleted from the log {log}, and may still lie in parts of it that are "
    "free now "
    "({why}). Close what has it open (JupyterLab, an app, a dashboard), then do it again."
)


class LogError(RuntimeError):
    """The log cannot be used as it is; the message says what to do."""


class ConflictError(LogError):
    """An event of the same id but with other content is in the log already. Nothing was written."""

    def __init__(self, event_id: str) -> None:
        super().__init__(f"the log has another event with the id {event_id}: nothing was written")
        self.event_id = event_id


Row = Sequence[Any]


class _Connection(Protocol):
    """The little that the log needs of a database."""

    def transaction(self, learners: Iterable[str]) -> AbstractContextManager[None]: ...
    def run(self, statement: str, values: Mapping[str, object]) -> int: ...
    def rows(self, statement: str, values: Mapping[str, object]) -> list[Row]: ...
    def compact(self) -> None: ...
    def close(self) -> None: ...


class Log:
    """The events of many learners, appended and read; safe to share between threads and processes.

    What `append` has returned for is on the disk: a process killed right after loses nothing. One learner's
    events get their places in the order in which they can be read: none turns up behind a place read before.

    Raises LogError, with what to do, where the log cannot be read or written.
    """

    def __init__(self, connection: _Connection) -> None:
        self._connection = connection
        self._lock = threading.RLock()

    def append(self, events: Sequence[Event]) -> None:
        """Write events, all or none. One that is there already changes nothing.

        Raises ConflictError if an id is taken by an event with other content.
        """
        learners = sorted({event.learner for event in events})
        with self._lock, self._connection.transaction(learners):
            for event in events:
                if self._connection.run(INSERT, _to_row(event)) == 0:
                    there = self._connection.rows(SELECT + " WHERE id = :id", {"id": event.id})
                    if _to_row(_from_row(there[0])[1]) != _to_row(event):
                        raise ConflictError(event.id)

    def read(self, learner: str, course: str, after: int = 0) -> list[tuple[int, Event]]:
        """A learner's events in a course past `after`, with their places in this log, as they arrived."""
        with self._lock:
            rows = self._connection.rows(
                SELECT + " WHERE learner = :learner AND course = :course AND seq > :after ORDER BY seq",
                {"learner": learner, "course": course, "after": after},
            )
        return [_from_row(row) for row in rows]

    def find(self, event_id: str) -> Event | None:
        """The event of this id, if the log has it."""
        with self._lock:
            rows = self._connection.rows(SELECT + " WHERE id = :id", {"id": event_id})
        return _from_row(rows[0])[1] if rows else None

    def learners(self, course: str) -> list[str]:
        """The learners that the log has events of in a course, in the order of their ids."""
        with self._lock:
            rows = self._connection.rows(
                "SELECT DISTINCT learner FROM events WHERE course = :course ORDER BY learner",
                {"course": course},
            )
        return [str(row[0]) for row in rows]

    def courses(self) -> list[str]:
        """The courses that the log has events of, sorted."""
        with self._lock:
            rows = self._connection.rows("SELECT DISTINCT course FROM events ORDER BY course", {})
        return [str(row[0]) for row in rows]

    def columns(self, course: str, names: Sequence[str], after: int = 0, most: int = 20_000) -> list[Row]:
        """Places past `after` and these columns, as they are kept, of all events, in order of arrival.

        At most so many rows at once; none are left when none are given. For what looks at a whole log.
        """
        if unknown := set(names) - set(COLUMNS):
            raise ValueError(f"events have no column {', '.join(sorted(unknown))}")
        with self._lock:
            return self._connection.rows(
                f"SELECT {', '.join(('seq', *names))} FROM events WHERE seq > :after AND course = :course "
                "ORDER BY seq LIMIT :most",
                {"course": course, "after": after, "most": most},
            )

    def forget(self, learner: str) -> int:
        """Delete all events of a learner, in all courses, for good: what they lay in is written anew.

        The one exception to the log's being append-only. Returns how many there were. Raises LogError where
        they could not be deleted, or where something else that has the log open keeps it from being
        compacted.
        """
        with self._lock:
            with self._connection.transaction([learner]):
                many = self._connection.run("DELETE FROM events WHERE learner = :l", {"l": learner})
            self._connection.compact()
        return many

    def mentions(self, text: str) -> int:
        """How many events have a text in what was answered, or in their details."""
        escaped = json.dumps(text)[1:-1]
        condition = " OR ".join(
            f"{c} LIKE :t ESCAPE '!' OR {c} LIKE :e ESCAPE '!'" for c in ("response", "detail")
        )
        values = {k: "%" + re.sub(r"([%_!])", r"!\1", v) + "%" for k, v in (("t", text), ("e", escaped))}
        with self._lock:
            rows = self._connection.rows(f"SELECT count(*) FROM events WHERE {condition}", values)
        return int(rows[0][0])

    def close(self) -> None:
        with self._lock:
            self._connection.close()


def open_log(url: str | Path) -> Log:
    """Open a log: a file path, a ``sqlite:///`` URL, or PostgreSQL's URL. Made if missing.

    Raises LogError with a sentence where that cannot be.
    """
    file = sqlite_file(url)
    if file is None:
        return Log(_Database(str(url)))
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        return Log(_File(file))
    except (sqlite3.Error, OSError) as error:
        raise LogError(
            f"the log {file} cannot be opened ({error}). Check that its folder exists, is writable, "
            "and that the disk has room."
        ) from error


def log_in_memory() -> Log:
    """A log that lies in memory alone and goes with the process: for simulations."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        return Log(_Memory(_File(Path(folder) / "events.sqlite")))


def sqlite_file(url: str | Path) -> Path | None:
    """The file that an address means; None if it means a database elsewhere."""
    if isinstance(url, Path):
        return url
    if match := SQLITE.match(url):
        return Path(url[match.end() :])
    return None if "://" in url else Path(url)


class _File:
    """SQLite by the standard library."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._db = self._connect()
        if self._stamp() != HEAD:
            self._db.close()
            _migrate(path)
            self._db = self._connect()

    def _connect(self) -> sqlite3.Connection:
        db = sqlite3.connect(self._path, timeout=30, check_same_thread=False, isolation_level=None)
        # Write-ahead logging shares memory between processes, which network drives do not offer.
        db.execute(f"PRAGMA journal_mode = {'TRUNCATE' if _on_network(self._path) else 'WAL'}")
        db.execute("PRAGMA synchronous = FULL")
        return db

    def _stamp(self) -> str | None:
        try:
            row = self._db.execute(STAMP).fetchone()
        except sqlite3.OperationalError:
            return None
        return None if row is None else str(row[0])

    @contextmanager
    def transaction(self, learners: Iterable[str]) -> Iterator[None]:  # noqa: ARG002 - one writes at a time
        with self._told("written"):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:  # SQLite has taken it back by itself where a disk is full
                    self._db.execute("ROLLBACK")
                raise

    def run(self, statement: str, values: Mapping[str, object]) -> int:
        return self._db.execute(statement, cast("dict[str, Any]", values)).rowcount

    def rows(self, statement: str, values: Mapping[str, object]) -> list[Row]:
        with self._told("read"):
            return self._db.execute(statement, cast("dict[str, Any]", values)).fetchall()

    def compact(self) -> None:
        """Write the file anew without what was deleted, and empty the write-ahead log beside it."""
        try:
            self._db.execute("VACUUM")
            busy, *_ = self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except sqlite3.Error as error:
            raise LogError(NOT_COMPACT.format(log=self._path, why=error)) from error
        if busy:
            raise LogError(NOT_COMPACT.format(log=self._path, why="another program reads it"))

    @contextmanager
    def _told(self, done: str) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            mend = "Look whether the disk has room and the folder can be written"
            raise LogError(CANNOT.format(log=self._path, done=done, why=error, mend=mend)) from error

    def close(self) -> None:
        self._db.close()


class _Memory(_File):
    """A copy of a SQLite file in memory; the file is closed."""

    def __init__(self, file: _File) -> None:
        self._path = Path("in memory")
        self._db = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
        file._db.backup(self._db)
        file.close()


class _Database:
    """PostgreSQL, by SQLAlchemy."""

    def __init__(self, url: str) -> None:
        import sqlalchemy as sa

        self._error = sa.exc.SQLAlchemyError
        self._text = sa.text
        self._open: Any = None
        try:
            self._url = sa.engine.make_url(url)
        except sa.exc.SQLAlchemyError:
            raise LogError(f"the log {url!r} is no address. It looks like {EXAMPLE}.") from None
        backend, _, driver = self._url.drivername.partition("+")
        if backend not in ("postgresql", "postgres"):
            raise LogError(f"a log is kept in SQLite or PostgreSQL, not in {backend}. Give {EXAMPLE}.")
        self._url = self._url.set(drivername=f"postgresql+{driver or 'psycopg'}")
        mend = "Check the address and that the database is up"
        try:
            self._engine = sa.create_engine(self._url, pool_pre_ping=True)
            with self._told("opened", mend), self._engine.connect() as connection:
                known = sa.inspect(connection).has_table("alembic_version")
                stamp = connection.scalar(self._text(STAMP)) if known else None
        except ModuleNotFoundError as error:
            raise LogError(
                f"the log is in PostgreSQL, and its driver is not installed ({error}): "
                "`pip install 'mastery-courseware[hub]'`."
            ) from error
        if stamp != HEAD:
            with self._told("made ready", mend):
                _migrate(self._url)

    @contextmanager
    def transaction(self, learners: Iterable[str]) -> Iterator[None]:
        with self._told("written", "Look whether the database is up"), self._engine.begin() as self._open:
            try:
                for learner in learners:
                    # Places are given when a row is written and seen when it is committed: for one learner
                    # the two come in the same order, or a reader would pass an event by.
                    self._open.execute(self._text(TURN), {"turn": _turn(learner)})
                yield
            finally:
                self._open = None

    def run(self, statement: str, values: Mapping[str, object]) -> int:
        return int(self._open.execute(self._text(statement), dict(values)).rowcount)

    def rows(self, statement: str, values: Mapping[str, object]) -> list[Row]:
        with self._told("read", "Look whether the database is up"):
            if self._open is not None:
                return [tuple(row) for row in self._open.execute(self._text(statement), dict(values))]
            with self._engine.connect() as connection:
                return [tuple(row) for row in connection.execute(self._text(statement), dict(values))]

    def compact(self) -> None:
        """Write the table anew without what was deleted."""
        alone = self._engine.execution_options(isolation_level="AUTOCOMMIT")
        mend = "Look whether this user owns its table"
        with self._told("compacted", mend), alone.connect() as connection:
            connection.execute(self._text("VACUUM (FULL, ANALYZE) events"))

    @contextmanager
    def _told(self, done: str, mend: str) -> Iterator[None]:
        try:
            yield
        except self._error as error:
            why = str(getattr(error, "orig", None) or error).strip().partition("\n")[0]
            log = self._url.render_as_string(hide_password=True)
            raise LogError(CANNOT.format(log=log, done=done, why=why, mend=mend)) from error

    def close(self) -> None:
        self._engine.dispose()


def _turn(learner: str) -> int:
    """The number of the lock that orders one learner's writers."""
    return int.from_bytes(hashlib.sha256(learner.encode()).digest()[:8], signed=True)


def _migrate(where: Path | URL) -> None:
    """Bring a log up to HEAD. Two processes may try at once: the second finds it done."""
    import sqlalchemy as sa
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    sqlite = isinstance(where, Path)
    # isolation_level None: SQLite's own BEGIN IMMEDIATE below is then the only transaction.
    more = {"isolation_level": None, "timeout": 30} if sqlite else {}
    url = sa.URL.create("sqlite", database=str(where)) if isinstance(where, Path) else where
    engine = sa.create_engine(url, connect_args=more)
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql(
                "BEGIN IMMEDIATE" if sqlite else "SELECT pg_advisory_xact_lock(7243001)"
            )
            config.attributes["connection"] = connection
            try:
                command.upgrade(config, "head")
            except CommandError as error:
                known = [s.revision for s in ScriptDirectory.from_config(config).walk_revisions()]
                raise LogError(
                    f"the log was written by a newer Courseware than this one (it knows {', '.join(known)}; "
                    f"{error}). Upgrade with `pip install --upgrade mastery-courseware`."
                ) from error
            if sqlite:
                connection.exec_driver_sql("COMMIT")
            connection.commit()
    except sa.exc.DBAPIError as error:
        if sqlite and error.orig is not None:
            raise error.orig from error  # told as all errors of that file are
        raise
    finally:
        engine.dispose()


def _on_network(path: Path) -> bool:
    """Whether a file lies on a drive of another machine, as far as this system tells."""
    text = str(path.resolve())
    if text.startswith(("\\\\", "//")):
        return True
    try:
        mounts = Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    best, kind = "", ""
    for line in mounts.splitlines():
        _, place, form, *_ = line.split(" ")
        place = place.replace("\\040", " ")
        if len(place) >= len(best) and (text + "/").startswith(place.rstrip("/") + "/"):
            best, kind = place, form
    return kind in NETWORK or kind.startswith("fuse.")


def _to_row(event: Event) -> dict[str, object]:
    row: dict[str, object] = {}
    for name in COLUMNS:
        value = getattr(event, name)
        if name in JSON:
            value = json.dumps(value, allow_nan=False, sort_keys=True)
        elif name == "at":
            value = value.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
        elif name == "open" and value is not None:
            value = int(value)
        row[name] = value
    return row


def _from_row(row: Row) -> tuple[int, Event]:
    seq, *values = row
    got: dict[str, Any] = dict(zip(COLUMNS, values, strict=True))
    for name in JSON:
        text = got[name]
        got[name] = None if text == "null" else json.loads(text)
    got["at"] = datetime.fromisoformat(got["at"])
    got["objectives"] = tuple(got["objectives"])
    got["open"] = None if got["open"] is None else bool(got["open"])
    return seq, Event(**got)
