"""Connections to the store's file: one that writes, one that reads for every thread."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from watchfloor.errors import Stop, TryLater
from watchfloor.query.distance import distance_km
from watchfloor.store.sqlite import deriving, schema

BUSY_SECONDS = 20.0
"""How long a statement waits for another process's lock."""
CHECKPOINT_PAGES = 16_000
"""Where writing never pauses the log is brought home at this size (64 MB), else in the pauses: `SqliteStore.rest`."""


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Say what an error of SQLite means: a lock or a full disk may pass, a broken file does not."""
    try:
        yield
    except sqlite3.OperationalError as error:
        reason = f"the store does not answer: {error}"
        raise TryLater(reason, subject=str(path), remedy="see `watchfloor doctor`") from error
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.IntegrityError | sqlite3.ProgrammingError):
            raise
        reason = f"the store cannot be read: {error}"
        raise Stop(reason, subject=str(path), remedy="restore it, or move it away") from error


def open_writing(path: Path) -> sqlite3.Connection:
    """The connection that writes; makes the file where there is none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}")
    connection.execute("PRAGMA cache_size = -65536")
    schema.create(connection, path)
    return connection


def open_reading(path: Path) -> sqlite3.Connection:
    """A connection that reads.

    Raises TryLater where the indexer has not made the file yet, or not brought it up to date.
    """
    if not path.exists():
        raise TryLater("there is no store yet", subject=str(path), remedy="start the indexer: make run")
    address = f"{path.absolute().as_uri()}?mode=ro"
    connection = sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute("CREATE TEMP TABLE matched (id INTEGER PRIMARY KEY)")
    connection.execute("CREATE TEMP TABLE scores (id INTEGER PRIMARY KEY, weight INTEGER NOT NULL)")
    schema.check(connection, path)
    if not deriving.is_derived(connection):
        reason = "was written by a program that reads articles in another way"
        raise TryLater(reason, subject=str(path), remedy="start the indexer, which reads them again: make run")
    connection.create_function("distance_km", 4, lambda a, b, c, d: distance_km((a, b), (c, d)), deterministic=True)
    return connection


class Readers:
    """A reading connection for every thread that asks, opened when it first does."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._mine = threading.local()
        self._all: list[sqlite3.Connection] = []
        self._guard = threading.Lock()

    @contextmanager
    def moment(self) -> Iterator[sqlite3.Connection]:
        """The store as it is at one moment, whatever is written meanwhile. Keep it short: it holds back checkpoints."""
        with translated(self._path):
            connection = self._connection()
            connection.execute("BEGIN")
            try:
                yield connection
            finally:
                connection.execute("ROLLBACK")  # nothing is written here but temporary tables

    def _connection(self) -> sqlite3.Connection:
        mine: sqlite3.Connection | None = getattr(self._mine, "connection", None)
        if mine is None:
            mine = open_reading(self._path)
            self._mine.connection = mine
            with self._guard:
                self._all.append(mine)
        return mine

    def close(self) -> None:
        """Close the connections of all threads."""
        with self._guard:
            for connection in self._all:
                connection.close()
            self._all.clear()
            self._mine = threading.local()
