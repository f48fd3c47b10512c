"""What lies before the ring, read from the topic once more, a page at a time, for clients that come from far behind.

A page is read when a client asks for it and kept for those who follow: clients that were cut off together come back with
nearly equal positions, begin at the same round one and read the same pages. None of them holds a reader open.
"""

import asyncio
from collections import OrderedDict
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass

from watchfloor.kafka.tail import Bounds, Position, Tailed
from watchfloor_gateway.stream.entries import Entry, entry
from watchfloor_gateway.stream.told import Told

LOOK_BACK = 256
"""Records of a partition that are heard before others are told, so that a repeat is known as one. It must be more than the
indexer can have published and not acknowledged: 400 records in flight, over six partitions."""
PAGE_RECORDS, PAGE_BYTES = 256, 1024 * 1024
"""Of each partition; of all entries."""
REMEMBERED = 6 * LOOK_BACK
READINGS, KEPT, BOUNDS_SECONDS = 4, 8, 5.0
Between = Callable[[Position, Position], AsyncGenerator[Tailed, None]]
Judge = Callable[[Tailed, Told], Awaitable[bool]]


@dataclass(frozen=True)
class Page:
    """What is news from one position to another; `first` is where the topic now begins."""

    first: Position
    to: Position
    entries: tuple[Entry, ...]
    told: Told
    """What has been said up to here."""


def beginning(place: Position) -> Position:
    """Where to begin for a client that stands here: early enough to know repeats, and the same for its neighbours.

    >>> str(beginning(Position({0: 5000, 1: 100})))
    '0:4608,1:0'
    """
    earlier = place.back(LOOK_BACK).offsets
    return Position({number: at // PAGE_RECORDS * PAGE_RECORDS for number, at in earlier.items()})


class Pages:
    """Reads pages, a few at a time, and keeps the last."""

    def __init__(self, between: Between, bounds: Callable[[], Awaitable[Bounds]], judge: Judge) -> None:
        self._between = between
        self._bounds_of_topic = bounds
        self._judge = judge
        self._room = asyncio.Semaphore(READINGS)
        self._pages: OrderedDict[str, asyncio.Task[Page]] = OrderedDict()
        self._bounds: Bounds | None = None
        self._asked = 0.0
        self._asking = asyncio.Lock()

    async def after(self, start: Position, end: Position, told: Told | None) -> Page:
        """The page from `start` on, up to `end` at most; `told` is that of the page before.

        Raises TryLater where the broker is away.
        """
        page = self._pages.get(str(start))
        if page is None or (page.done() and (page.cancelled() or page.exception() is not None)):
            page = asyncio.create_task(self._read(start, end, told or Told(REMEMBERED)))
            page.add_done_callback(lambda read: read.cancelled() or read.exception())  # every client may have left
            self._pages[str(start)] = page
            if len(self._pages) > KEPT:
                self._pages.popitem(last=False)
        return await asyncio.shield(page)

    async def ask_bounds(self, *, fresh: bool = False) -> Bounds:
        """What the topic has, or had some seconds ago at most. Raises TryLater where the broker is away."""
        async with self._asking:
            now = asyncio.get_running_loop().time()
            if fresh or self._bounds is None or now - self._asked > BOUNDS_SECONDS:
                self._bounds, self._asked = await self._bounds_of_topic(), now
            return self._bounds

    def forget(self) -> None:
        """Drop every page: what they said of the topic is no longer so."""
        self._pages.clear()
        self._bounds = None

    async def _read(self, start: Position, end: Position, before: Told) -> Page:
        async with self._room:
            first = (await self.ask_bounds()).first
            begin = start.join(first)
            limit = Position(
                {place: min(at + PAGE_RECORDS, end.offsets.get(place, at)) for place, at in begin.offsets.items()}
            )
            told = before.copy()
            entries, to = await self._collect(begin, limit, told)
            return Page(first, begin.join(to), entries, told)

    async def _collect(self, begin: Position, limit: Position, told: Told) -> tuple[tuple[Entry, ...], Position]:
        """What is news in these bounds, and how far it was read."""
        entries: list[Entry] = []
        size = 0
        async with aclosing(self._between(begin, limit)) as read:
            async for tailed in read:
                if await self._judge(tailed, told):
                    entries.append(entry(tailed))
                    size += entries[-1].size
                if size > PAGE_BYTES:
                    return tuple(entries), tailed.position
                await asyncio.sleep(0)  # a page of thousands must not hold up the others
        return tuple(entries), limit
