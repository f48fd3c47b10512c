"""The visits of a WARC file, and how far it was read."""

import asyncio
from collections.abc import AsyncGenerator, Iterator
from datetime import UTC, datetime
from pathlib import Path

from watchfloor.errors import Rejected
from watchfloor.source import Visit
from watchfloor_scraper.ingest.ledger import Ledger
from watchfloor_scraper.ingest.order import Order, Progress
from watchfloor_scraper.ingest.visits import visit_of
from watchfloor_scraper.ingest.warc.archives import Step, archive_id, read_archive
from watchfloor_scraper.ingest.warc.octets import BEGINNING, Position


class _Place:
    """How far an archive was read. It stays before the first thing that is wrong, so that each run names that."""

    def __init__(self, path: Path, ledger: Ledger, *, again: bool) -> None:
        self._id = archive_id(path)
        self.size = path.stat().st_size
        self._ledger = ledger
        self._unbroken = True
        self.start, self.pages = (BEGINNING, 0) if again else ledger.place_in(self._id)
        self._next = self.start

    def passed(self, step: Step) -> None:
        """A step was looked at; where it was a page, the broker has it."""
        self._unbroken = self._unbroken and step.next is not None and not isinstance(step.found, Rejected)
        if self._unbroken and step.next is not None:
            self._next = step.next
            self.pages += not isinstance(step.found, str)

    def note(self) -> None:
        self._ledger.note_place(self._id, self._next, self.pages)


async def archive_visits(
    path: Path, order: Order, ledger: Ledger, progress: Progress, number: int
) -> AsyncGenerator[Visit, None]:
    """Each page of the archive that is to be sent. What stands behind a `yield` runs after its acknowledgement.

    `number` is how many inputs come before it. Raises Rejected where the file cannot be read.
    """
    try:
        place = _Place(path, ledger, again=order.again)
    except OSError as error:
        raise Rejected(
            f"cannot be read: {error.strerror}", subject=str(path), remedy="check its permissions"
        ) from error
    if place.pages:
        progress.skipped(place.pages)
    steps = _steps(path, order.page_max_bytes, place.start)
    while (taken := await asyncio.to_thread(next, steps, None)) is not None:
        step, visit = taken
        progress.at(number + min(step.offset / place.size, 1.0))
        if isinstance(step.found, Rejected):
            progress.failed(step.found)
        elif visit is None:
            progress.passed_over(str(step.found))
        elif not order.again and ledger.has(visit.event.key, visit.number):
            progress.skipped()
        else:
            yield visit
            with ledger.at_once():
                ledger.note(visit.event.key, visit.number)
                place.passed(step)
                place.note()
            continue
        place.passed(step)
    place.note()


def _steps(path: Path, max_bytes: int, start: Position) -> Iterator[tuple[Step, Visit | None]]:
    """The steps of an archive, a page with its visit."""
    for step in read_archive(path, max_bytes, start):
        if isinstance(step.found, (Rejected, str)):
            yield step, None
            continue
        try:
            visit = visit_of(step.found, now=datetime.now(UTC))
        except Rejected as error:
            yield Step(error, step.next, step.offset), None
        else:
            yield step, visit
