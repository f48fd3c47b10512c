"""Files in, fetched pages out: the source `ingest`. The wiring; what a page is stands in visits.py."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from watchfloor.errors import Rejected
from watchfloor.events import PageFetched
from watchfloor.source import Source, Visit
from watchfloor_scraper.ingest.files import read_page
from watchfloor_scraper.ingest.inputs import Input, find_inputs
from watchfloor_scraper.ingest.ledger import Ledger
from watchfloor_scraper.ingest.visits import page_visit


@dataclass(frozen=True)
class Order:
    """What an operator asks to be ingested."""

    paths: tuple[Path, ...]
    url: str | None
    """The address of the page; for a single file."""
    fetched_at: datetime | None
    """When the pages were fetched; None: what the index says, else when their files were last changed."""
    again: bool
    """Send also what was acknowledged in an earlier run."""
    page_max_bytes: int


class Progress(Protocol):
    """Who is told how it goes."""

    def skipped(self) -> None:
        """A page was sent in an earlier run."""

    def failed(self, error: Rejected) -> None:
        """An input is none; the others go on."""

    def finished(self) -> None:
        """All inputs were looked at."""


def build(order: Order, ledger: Ledger, progress: Progress) -> Source:
    """The source of the pages that were ordered. Its state is noted after each acknowledgement; it may be run again."""

    async def visits() -> AsyncIterator[Visit]:
        for found in find_inputs(order.paths):
            try:
                page, visit = await asyncio.to_thread(_read, found, order)
            except Rejected as error:
                progress.failed(error)
                continue
            if not order.again and ledger.has(page, visit.number):
                progress.skipped()
                continue
            yield visit
            ledger.note(page, visit.number)
        progress.finished()

    return Source(name="ingest", writes=(PageFetched,), visits=visits)


def _read(found: Input | Rejected, order: Order) -> tuple[str, Visit]:
    """The page's id and its visit. Raises Rejected."""
    if isinstance(found, Rejected):
        raise found
    content = read_page(found.path, order.page_max_bytes)
    fetched_at = order.fetched_at or found.fetched_at or datetime.fromtimestamp(found.path.stat().st_mtime, UTC)
    given = Input(found.path, order.url or found.url)
    visit = page_visit(given, content, fetched_at, now=datetime.now(UTC))
    return visit.event.key, visit
