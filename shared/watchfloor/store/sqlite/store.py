"""The embedded store behind the protocol."""

import logging
import sqlite3
import threading
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

from watchfloor import logs, metrics
from watchfloor.events import PageDecided, SourceHealth
from watchfloor.query.distance import Locate, nowhere
from watchfloor.store.protocol import Address, Change, Found, Kept, Search, Standing, VersionSummary
from watchfloor.store.sqlite import deriving, reading, searching, sources, trails, writing
from watchfloor.store.sqlite.connections import Readers, open_writing, translated
from watchfloor.store.sqlite.forms import day_number, instant

log = logging.getLogger(__name__)
Answer = TypeVar("Answer")
SWEPT_IN_A_REST = 500
"""Old decisions that are looked at in one pause."""


def _now() -> datetime:
    return datetime.now(UTC)


def _size(file: Path) -> float:
    return file.stat().st_size if file.exists() else 0.0


class SqliteStore:
    """Articles in one SQLite file, in WAL mode, durable at every `apply`.

    One process writes, with one store that is not `read_only`; any number read. Threads may share a store. `locate`
    says where a named place lies; `clock` tells for how long trails have been kept. Opening raises Stop where the file
    is not a store, or of a later version; a store that only reads opens the file at its first question, and raises
    TryLater while there is none.
    """

    def __init__(
        self,
        path: Path,
        *,
        read_only: bool = False,
        locate: Locate = nowhere,
        clock: Callable[[], datetime] = _now,
    ) -> None:
        self._path = path
        self._locate = locate
        self._clock = clock
        self._readers = Readers(path)
        self._writing = threading.Lock()
        self._writer: sqlite3.Connection | None = None
        if not read_only:
            with translated(path):
                self._writer = open_writing(path)
                self._bring_up_to_date()
            for file, written in (("database", path), ("log", path.with_name(f"{path.name}-wal"))):
                metrics.STORE_BYTES.labels(file).set_function(partial(_size, written))

    def apply(self, changes: Sequence[Change]) -> list[tuple[Standing, ...]]:
        """Keep the changes in one transaction; see Store."""
        with translated(self._path):
            return self._transact(lambda connection: writing.apply(connection, changes, self._today()))

    def article(self, article_id: str) -> Kept | None:
        """The latest version; see Store."""
        with self._readers.moment() as connection:
            return reading.kept(connection, article_id)

    def versions(self, article_id: str) -> tuple[VersionSummary, ...]:
        """The history; see Store."""
        with self._readers.moment() as connection:
            return reading.summaries(connection, article_id)

    def version(self, article_id: str, number: int) -> Kept | None:
        """One version whole; see Store."""
        with self._readers.moment() as connection:
            return reading.version(connection, article_id, number)

    def search(self, search: Search) -> Found:
        """The articles that match; see Store."""
        with self._readers.moment() as connection:
            return searching.search(connection, search, self._locate)

    def newest(self) -> datetime | None:
        """When the newest article was fetched; see Store."""
        with self._readers.moment() as connection:
            found = connection.execute("SELECT max(newest_fetched_at) FROM articles").fetchone()[0]
        return None if found is None else instant(found)

    def arrivals(self, since: datetime, until: datetime, buckets: int) -> tuple[int, ...]:
        """How many articles came in; see Store."""
        with self._readers.moment() as connection:
            return reading.arrivals(connection, since, until, buckets)

    def pages_of(self, article_id: str) -> tuple[Address, ...]:
        """The pages that led to an article; see Store."""
        with self._readers.moment() as connection:
            return reading.pages_of(connection, article_id)

    def article_of_page(self, page_id: str) -> str | None:
        """Where a page led last; see Store."""
        with self._readers.moment() as connection:
            return reading.article_of_page(connection, page_id)

    def trail(self, page_id: str) -> tuple[PageDecided, ...]:
        """What was decided about a page; see Store."""
        with self._readers.moment() as connection:
            return trails.trail(connection, page_id)

    def sources(self) -> tuple[SourceHealth, ...]:
        """How each source is; see Store."""
        with self._readers.moment() as connection:
            return sources.sources(connection)

    def source(self, source_id: str) -> SourceHealth | None:
        """How one source is; see Store."""
        with self._readers.moment() as connection:
            return next(iter(sources.sources(connection, source_id)), None)

    def rest(self) -> None:
        """Sweep old trails and bring the write-ahead log home; for pauses between writing.

        The work is bounded; what is left, and what a reader still holds, stays for the next pause.
        """
        with translated(self._path):
            self._transact(lambda connection: trails.sweep(connection, self._today(), SWEPT_IN_A_REST))
            with self._writing:
                self._writable().execute("PRAGMA wal_checkpoint(PASSIVE)")

    def close(self) -> None:
        """Close every connection."""
        self._readers.close()
        with self._writing:
            if self._writer is not None:
                self._writer.close()
                self._writer = None

    def _bring_up_to_date(self) -> None:
        """Derive anew what an earlier version derived in another way."""
        if not self._transact(deriving.derive_some):
            return
        log.warning("%s is being brought up to date", self._path, extra=logs.event("store_updating"))
        while self._transact(deriving.derive_some):
            pass
        log.info("%s is up to date", self._path, extra=logs.event("store_updated"))

    def _today(self) -> int:
        return day_number(self._clock())

    def _transact(self, work: Callable[[sqlite3.Connection], Answer]) -> Answer:
        with self._writing:
            connection = self._writable()
            connection.execute("BEGIN IMMEDIATE")
            try:
                answer = work(connection)
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
            return answer

    def _writable(self) -> sqlite3.Connection:
        if self._writer is None:
            raise RuntimeError(f"{self._path} was opened for reading alone, or is closed")
        return self._writer
