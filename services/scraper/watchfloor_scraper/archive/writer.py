"""The archive of fetched responses: WARC files that follow one another."""

import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import Self

from watchfloor.errors import TryLater
from watchfloor.events import utc_text
from watchfloor_scraper.archive.exchange import Exchange
from watchfloor_scraper.archive.http_head import NOT_MODIFIED, stored_body
from watchfloor_scraper.archive.payloads import Payloads
from watchfloor_scraper.archive.records import payload_digest, response_record, revisit_record, warcinfo_record
from watchfloor_scraper.archive.segment import OPEN, Segment, close_abandoned

GIB = 1024**3
REMEDY = "make room or mend its permissions"


class ArchiveWriter:
    """Writes each response as a record of WARC 1.1, into one file after the other.

    A file is named `<prefix>-<time it was begun>-<number>.warc.gz`, with `.open` behind it while it is written to. It
    ends at the first record that finds it longer than `max_bytes` or begun on another day (UTC). Every record is written
    whole, so a killed process leaves at most its last one cut off; the next writer of the folder gives such a file its
    name and begins a new one. A payload that was archived before for the same address, and an answer 304, become revisit
    records. Requests are not archived: their headers may hold an operator's credentials.

    May be called from several threads. Raises TryLater where the folder or a file in it cannot be written.
    """

    def __init__(
        self,
        folder: Path,
        *,
        max_bytes: int = GIB,
        prefix: str = "watchfloor",
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._folder = folder
        self._max_bytes = max_bytes
        self._prefix = prefix
        self._now = now
        self._lock = Lock()
        self._segment: Segment | None = None
        self._warcinfo_id = ""
        try:
            folder.mkdir(parents=True, exist_ok=True)
            close_abandoned(sorted(folder.glob(f"{prefix}-*.warc.gz{OPEN}")))
            self._payloads = Payloads(folder / f"{prefix}-payloads.sqlite")
        except (OSError, sqlite3.Error) as error:
            raise self._not_written(error) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def write(self, exchange: Exchange, fetched_at: datetime) -> None:
        """Archive a response that came at this time."""
        with self._lock:
            try:
                self._write(exchange, utc_text(fetched_at))
            except (OSError, sqlite3.Error) as error:
                raise self._not_written(error) from error

    def close(self) -> None:
        """End the file that is written to, and give it its name."""
        with self._lock:
            self._end_segment()
            self._payloads.close()

    def _write(self, exchange: Exchange, at: str) -> None:
        segment = self._current()
        url = exchange.final_url
        if exchange.status == NOT_MODIFIED:
            last = self._payloads.latest(url)
            if last is not None:
                segment.append(revisit_record(exchange, at, self._warcinfo_id, archived=last, not_modified=True))
                return
        digest = payload_digest(exchange)
        archived = self._payloads.archived(url, digest) if stored_body(exchange) and exchange.complete else None
        if archived is not None:
            segment.append(revisit_record(exchange, at, self._warcinfo_id, archived=archived))
        else:
            segment.append(response_record(exchange, at, self._warcinfo_id))
        if exchange.complete and exchange.status != NOT_MODIFIED:
            self._payloads.note(url, digest, at)

    def _current(self) -> Segment:
        """The file to write to now."""
        now = self._now().astimezone(UTC)
        if self._segment and (self._segment.size >= self._max_bytes or self._segment.day != now.date()):
            self._end_segment()
        if self._segment is None:
            segment = Segment(self._folder, self._prefix, now)
            record, self._warcinfo_id = warcinfo_record(segment.name, utc_text(now))
            segment.append(record)
            self._segment = segment
        return self._segment

    def _end_segment(self) -> None:
        if self._segment is not None:
            self._segment.close()
            self._segment = None

    def _not_written(self, error: Exception) -> TryLater:
        return TryLater(f"cannot be written: {error}", subject=str(self._folder), remedy=REMEDY)
