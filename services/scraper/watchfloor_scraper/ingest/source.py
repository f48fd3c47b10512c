"""Files in, fetched pages out: the source `ingest`. The wiring; what a page is stands in visits.py."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from datetime import UTC, datetime

from watchfloor.errors import Rejected
from watchfloor.events import PageFetched
from watchfloor.source import Source, Visit
from watchfloor_scraper.ingest.archive_visits import archive_visits
from watchfloor_scraper.ingest.files import read_page
from watchfloor_scraper.ingest.inputs import Input, find_inputs
from watchfloor_scraper.ingest.ledger import Ledger
from watchfloor_scraper.ingest.order import Order, Progress
from watchfloor_scraper.ingest.visits import page_visit
from watchfloor_scraper.ingest.warc.archives import is_warc


def build(order: Order, ledger: Ledger, progress: Progress) -> Source:
    """The source of the pages that were ordered. Its state is noted after each acknowledgement; it may be run again."""

    async def visits() -> AsyncGenerator[Visit, None]:
        for number, found in enumerate(find_inputs(order.paths)):
            progress.at(number)
            try:
                async with aclosing(_visits_of(found, number)) as pages:
                    async for visit in pages:
                        yield visit
            except Rejected as error:
                progress.failed(error)
        progress.finished()

    async def _visits_of(found: Input | Rejected, number: int) -> AsyncGenerator[Visit, None]:
        if isinstance(found, Rejected):
            raise found
        if await asyncio.to_thread(is_warc, found.path):
            _refuse_what_records_say(found, order)
            async with aclosing(archive_visits(found.path, order, ledger, progress, number)) as pages:
                async for visit in pages:
                    yield visit
            return
        visit = await asyncio.to_thread(_read, found, order)
        if not order.again and ledger.has(visit.event.key, visit.number):
            progress.skipped()
            return
        yield visit
        ledger.note(visit.event.key, visit.number)

    return Source(name="ingest", writes=(PageFetched,), visits=visits)


def _refuse_what_records_say(found: Input, order: Order) -> None:
    if order.url or order.fetched_at or found.url or found.fetched_at:
        reason = "is a WARC file: its records say their addresses and times themselves"
        remedy = "leave out --url and --fetched-at, and these columns of an index.tsv"
        raise Rejected(reason, subject=str(found.path), remedy=remedy)


def _read(found: Input, order: Order) -> Visit:
    """The visit of a page in a file of its own. Raises Rejected."""
    content = read_page(found.path, order.page_max_bytes)
    fetched_at = order.fetched_at or found.fetched_at or datetime.fromtimestamp(found.path.stat().st_mtime, UTC)
    return page_visit(Input(found.path, order.url or found.url), content, fetched_at, now=datetime.now(UTC))
