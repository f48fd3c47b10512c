"""What was sent and acknowledged, so that the next run goes on where the last one ended."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from watchfloor.errors import Stop
from watchfloor_scraper.ingest.warc.octets import Position

SCHEMA = """
CREATE TABLE IF NOT EXISTS acknowledged (page_id TEXT, visit TEXT, PRIMARY KEY (page_id, visit)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS archives (id TEXT PRIMARY KEY, place INTEGER, record INTEGER, pages INTEGER) WITHOUT ROWID;
"""
BUSY_SECONDS = 30.0


class Ledger:
    """The visits that the broker has acknowledged, in a SQLite file. Opened by `with`; holds no more than a page of it.

    Raises Stop where the file cannot be opened or is no database.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> Self:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._base = sqlite3.connect(self._path, timeout=BUSY_SECONDS, isolation_level=None)
            self._base.execute("PRAGMA journal_mode=WAL")
            self._base.executescript(SCHEMA)
        except (OSError, sqlite3.Error) as error:
            remedy = "move it away to begin anew, or set WATCHFLOOR_DATA_FOLDER"
            raise Stop(f"cannot be opened: {error}", subject=str(self._path), remedy=remedy) from error
        return self

    def __exit__(self, *_: object) -> None:
        self._base.close()

    def has(self, page: str, visit: str) -> bool:
        """Whether this visit of this page was acknowledged."""
        query = "SELECT 1 FROM acknowledged WHERE page_id = ? AND visit = ?"
        return self._base.execute(query, (page, visit)).fetchone() is not None

    def note(self, page: str, visit: str) -> None:
        """Keep that it was; noting it again changes nothing."""
        self._base.execute("INSERT OR IGNORE INTO acknowledged VALUES (?, ?)", (page, visit))

    def place_in(self, archive: str) -> tuple[Position, int]:
        """Where an archive is to be read on, and how many pages before that were acknowledged."""
        query = "SELECT place, record, pages FROM archives WHERE id = ?"
        offset, record, pages = self._base.execute(query, (archive,)).fetchone() or (0, 0, 0)
        return Position(offset, record), pages

    def note_place(self, archive: str, place: Position, pages: int) -> None:
        """Keep that everything before a place was acknowledged or is no page."""
        self._base.execute("INSERT OR REPLACE INTO archives VALUES (?, ?, ?, ?)", (archive, *place, pages))

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """Keep all that is noted inside, or nothing of it."""
        self._base.execute("BEGIN")
        try:
            yield
        except BaseException:
            self._base.execute("ROLLBACK")
            raise
        self._base.execute("COMMIT")
