"""The append-only event log: SQLite by default, any database that SQLAlchemy knows by its URL.

A notebook's kernel should start in the blink of an eye, and SQLAlchemy takes longer than that to import:
so a SQLite log goes through the standard library's own driver, with the same three statements.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, Protocol, cast

from courseware.events import Event

HEAD: Final = "0001"
"""The newest migration; a log stamped with another is brought up to it when it is opened."""

COLUMNS: Final = tuple(f.name for f in fields(Event))
JSON: Final = frozenset({"objectives", "response", "detail"})
INSERT: Final = (
    f"INSERT INTO events ({', '.join(COLUMNS)}) VALUES ({', '.join(':' + c for c in COLUMNS)}) "
    "ON CONFLICT (id) DO NOTHING"
)
SELECT: Final = f"SELECT seq, {', '.join(COLUMNS)} FROM events"
NETWORK: Final = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "lustre", "fuse.sshfs", "glusterfs"}
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

    def transaction(self) -> Any: ...
    def run(self, statement: str, values: Mapping[str, object]) -> int: ...
    def rows(self, statement: str, values: Mapping[str, object]) -> list[Row]: ...
    def close(self) -> None: ...


class Log:
    """The events of many learners, appended and read; safe to share between threads and processes.

    What `append` has returned for is on the disk: a process killed right after loses nothing.
    """

    def __init__(self, connection: _Connection) -> None:
        self._connection = connection
        self._lock = threading.RLock()

    def append(self, events: Sequence[Event]) -> None:
        """Write events, all or none. One that is there already changes nothing.

        Raises ConflictError if an id is taken by an event with other content.
        """
        with self._lock, self._connection.transaction():
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

    def count(self, learner: str, course: str) -> int:
        """How many events a learner has in a course."""
        with self._lock:
            rows = self._connection.rows(
                "SELECT count(*) FROM events WHERE learner = :learner AND course = :course",
                {"learner": learner, "course": course},
            )
        return int(rows[0][0])

    def find(self, event_id: str) -> Event | None:
        """The event of this id, if the log has it."""
        with self._lock:
            rows = self._connection.rows(SELECT + " WHERE id = :id", {"id": event_id})
        return _from_row(rows[0])[1] if rows else None

    def close(self) -> None:
        with self._lock:
            self._connection.close()


def open_log(url: str | Path) -> Log:
    """Open a log: a file path, a ``sqlite:///`` URL, or any other SQLAlchemy URL. Made if missing.

    Raises LogError with a sentence where that cannot be.
    """
    file = _sqlite_file(url)
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


def _sqlite_file(url: str | Path) -> Path | None:
    if isinstance(url, Path):
        return url
    if url.startswith("sqlite:///"):
        return Path(url.removeprefix("sqlite:///"))
    return None if "://" in url else Path(url)


class _File:
    """SQLite by the standard library."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._db = self._connect()
        if self._stamp() != HEAD:
            self._db.close()
            _migrate(f"sqlite:///{path.as_posix()}")
            self._db = self._connect()

    def _connect(self) -> sqlite3.Connection:
        db = sqlite3.connect(self._path, timeout=30, check_same_thread=False, isolation_level=None)
        # Write-ahead logging shares memory between processes, which network drives do not offer.
        db.execute(f"PRAGMA journal_mode = {'TRUNCATE' if _on_network(self._path) else 'WAL'}")
        db.execute("PRAGMA synchronous = FULL")
        return db

    def _stamp(self) -> str | None:
        try:
            row = self._db.execute("SELECT version_num FROM alembic_version").fetchone()
        except sqlite3.OperationalError:
            return None
        return None if row is None else str(row[0])

    @contextmanager
    def transaction(self) -> Iterator[None]:
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    def run(self, statement: str, values: Mapping[str, object]) -> int:
        return self._db.execute(statement, cast("dict[str, Any]", values)).rowcount

    def rows(self, statement: str, values: Mapping[str, object]) -> list[Row]:
        return self._db.execute(statement, cast("dict[str, Any]", values)).fetchall()

    def close(self) -> None:
        self._db.close()


class _Database:
    """Any other database, by SQLAlchemy."""

    def __init__(self, url: str) -> None:
        import sqlalchemy as sa

        try:
            self._engine = sa.create_engine(url, pool_pre_ping=True)
            with self._engine.connect() as connection:
                known = sa.inspect(connection).has_table("alembic_version")
                stamp = (
                    connection.scalar(sa.text("SELECT version_num FROM alembic_version")) if known else None
                )
        except (sa.exc.SQLAlchemyError, ModuleNotFoundError) as error:
            raise LogError(
                f"the log {sa.engine.make_url(url).render_as_string(hide_password=True)} cannot be opened "
                f"({error.__class__.__name__}). Check the address and that the database is up; PostgreSQL's "
                "driver comes with `pip install 'mastery-courseware[hub]'`."
            ) from error
        if stamp != HEAD:
            _migrate(url)
        self._text = sa.text
        self._open: Any = None

    @contextmanager
    def transaction(self) -> Iterator[None]:
        with self._engine.begin() as self._open:
            try:
                yield
            finally:
                connection, self._open = self._open, None
                del connection

    def run(self, statement: str, values: Mapping[str, object]) -> int:
        return int(self._open.execute(self._text(statement), dict(values)).rowcount)

    def rows(self, statement: str, values: Mapping[str, object]) -> list[Row]:
        if self._open is not None:
            return [tuple(row) for row in self._open.execute(self._text(statement), dict(values))]
        with self._engine.connect() as connection:
            return [tuple(row) for row in connection.execute(self._text(statement), dict(values))]

    def close(self) -> None:
        self._engine.dispose()


def _migrate(url: str) -> None:
    """Bring a log up to HEAD. Two processes may try at once: the second finds it done."""
    import sqlalchemy as sa
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    sqlite = url.startswith("sqlite:")
    # isolation_level None: SQLite's own BEGIN IMMEDIATE below is then the only transaction.
    engine = sa.create_engine(url, connect_args={"isolation_level": None, "timeout": 30} if sqlite else {})
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
    return kind in NETWORK


def _to_row(event: Event) -> dict[str, object]:
    row: dict[str, object] = {}
    for name in COLUMNS:
        value = getattr(event, name)
        if name in JSON:
            value = json.dumps(value, allow_nan=False, sort_keys=True)
        elif name == "at":
            value = value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        elif name == "open" and value is not None:
            value = int(value)
        row[name] = value
    return row


def _from_row(row: Row) -> tuple[int, Event]:
    seq, *values = row
    got: dict[str, Any] = dict(zip(COLUMNS, values, strict=True))
    for name in JSON:
        got[name] = json.loads(got[name])
    got["at"] = datetime.strptime(got["at"], "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
    got["objectives"] = tuple(got["objectives"])
    got["open"] = None if got["open"] is None else bool(got["open"])
    return seq, Event(**got)
