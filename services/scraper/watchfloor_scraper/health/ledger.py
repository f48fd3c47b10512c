"""What was seen of each source lately, in a SQLite file of its own: arrivals, readings, troubles, the last state."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from watchfloor.errors import Stop
from watchfloor.events import SourceState
from watchfloor_scraper.health.facts import ARRIVALS_KEPT, READINGS_KEPT, TROUBLES_KEPT, PageReading, Trouble

TABLES = """
CREATE TABLE IF NOT EXISTS arrivals (source_id TEXT, url TEXT, at REAL, PRIMARY KEY (source_id, at, url)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS readings (
    source_id TEXT, page_id TEXT, at REAL, is_article INTEGER, words INTEGER, PRIMARY KEY (source_id, at, page_id)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS troubles (
    source_id TEXT, at REAL, url TEXT, code TEXT, detail TEXT, PRIMARY KEY (source_id, at, url)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS states (source_id TEXT PRIMARY KEY, state TEXT, since REAL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS watched (source_id TEXT PRIMARY KEY, since REAL) WITHOUT ROWID;
"""
KEPT = {"arrivals": ARRIVALS_KEPT, "readings": READINGS_KEPT, "troubles": TROUBLES_KEPT}
MOST_ROWS = 2000
"""Of one table that are looked at for one source: the newest."""
BUSY_SECONDS = 30.0


class HealthLedger:
    """The file. Noting the same again changes nothing, so what a killed process had noted may be noted once more.

    Raises Stop where the file cannot be opened.
    """

    def __init__(self, path: Path) -> None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._base = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
            self._base.execute("PRAGMA journal_mode=WAL")
            self._base.execute("PRAGMA synchronous=NORMAL")
            self._base.executescript(TABLES)
        except (OSError, sqlite3.Error) as error:
            remedy = "move it away to begin anew, or set WATCHFLOOR_DATA_FOLDER"
            raise Stop(f"cannot be opened: {error}", subject=str(path), remedy=remedy) from error

    def close(self) -> None:
        """Close the file."""
        self._base.close()

    def note_arrival(self, source_id: str, url: str, at: float) -> None:
        """A new article came."""
        self._base.execute("INSERT OR IGNORE INTO arrivals VALUES (?, ?, ?)", (source_id, url, at))

    def note_reading(self, source_id: str, page_id: str, reading: PageReading) -> None:
        """The parser has read a page."""
        row = (source_id, page_id, reading.at, reading.is_article, reading.words)
        self._base.execute("INSERT OR IGNORE INTO readings VALUES (?, ?, ?, ?, ?)", row)

    def note_trouble(self, source_id: str, url: str, trouble: Trouble) -> None:
        """A visit failed."""
        row = (source_id, trouble.at, url, trouble.code, trouble.detail)
        self._base.execute("INSERT OR IGNORE INTO troubles VALUES (?, ?, ?, ?, ?)", row)

    def arrivals(self, source_id: str, now: float) -> tuple[float, ...]:
        """When new articles came, oldest first."""
        return tuple(row[0] for row in self._rows("at", "arrivals", source_id, now))

    def readings(self, source_id: str, now: float) -> tuple[PageReading, ...]:
        """What the parser made of its pages, oldest first."""
        rows = self._rows("at, is_article, words", "readings", source_id, now)
        return tuple(PageReading(at, bool(is_article), words) for at, is_article, words in rows)

    def troubles(self, source_id: str, now: float) -> tuple[Trouble, ...]:
        """What failed, oldest first."""
        return tuple(Trouble(*row) for row in self._rows("at, code, detail", "troubles", source_id, now))

    def since(self, source_id: str, state: SourceState, now: float) -> float:
        """When the source came into this state: now, unless it was in it before."""
        row = self._base.execute("SELECT state, since FROM states WHERE source_id = ?", (source_id,)).fetchone()
        if row is not None and row[0] == state:
            return float(row[1])
        self._base.execute("INSERT OR REPLACE INTO states VALUES (?, ?, ?)", (source_id, state, now))
        return now

    def watched_since(self, source_id: str, now: float) -> float:
        """When the source was first judged since it is configured: now, where it never was."""
        self._base.execute("INSERT OR IGNORE INTO watched VALUES (?, ?)", (source_id, now))
        row = self._base.execute("SELECT since FROM watched WHERE source_id = ?", (source_id,)).fetchone()
        return float(row[0])

    def unwatch(self, source_id: str) -> None:
        """The source is no longer configured: should it be again, it begins anew."""
        self._base.execute("DELETE FROM watched WHERE source_id = ?", (source_id,))

    def sources(self) -> set[str]:
        """Every source that was ever judged and not removed since."""
        return {row[0] for row in self._base.execute("SELECT source_id FROM states WHERE state <> 'removed'")}

    def sweep(self, now: float) -> None:
        """Forget what is too old to count."""
        for table, seconds in KEPT.items():
            self._base.execute(f"DELETE FROM {table} WHERE at < ?", (now - seconds,))  # noqa: S608 - our own names

    def _rows(self, columns: str, table: str, source_id: str, now: float) -> list[Any]:
        query = f"SELECT {columns} FROM {table} WHERE source_id = ? AND at BETWEEN ? AND ? ORDER BY at DESC LIMIT ?"  # noqa: S608
        with closing(self._base.execute(query, (source_id, now - KEPT[table], now, MOST_ROWS))) as found:
            return found.fetchall()[::-1]
