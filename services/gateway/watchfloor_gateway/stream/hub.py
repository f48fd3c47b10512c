"""The hub: one reading of the topic for all who listen."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing, suppress
from datetime import UTC, datetime
from functools import partial

from watchfloor import logs
from watchfloor.errors import TryLater, WatchfloorError
from watchfloor.events import ArticleLatest
from watchfloor.kafka.retry import Delays as Pauses
from watchfloor.kafka.tail import START, Bounds, Position, Tailed, between, bounds, tail
from watchfloor.query.distance import Locate, nowhere
from watchfloor.settings import Settings
from watchfloor_gateway.stream.catch_up import LOOK_BACK, Pages
from watchfloor_gateway.stream.delays import Delays
from watchfloor_gateway.stream.entries import entry
from watchfloor_gateway.stream.ring import Ring
from watchfloor_gateway.stream.told import Told
from watchfloor_gateway.stream.verdicts import Verdicts

log = logging.getLogger("watchfloor.gateway.stream")
REMEMBERED = 20_000
PACE_SECONDS = 0.05
"""Clients are woken so often at most: what comes in between goes out together."""
PAUSES = Pauses(first=0.5, longest=10.0)
STEADY_SECONDS = 60.0
"""A reading that lasted so long was well: the next trouble is another one."""
MEGABYTE = 1024 * 1024
CameBack = Callable[[ArticleLatest], Awaitable[bool]]
"""Whether an article of which nothing is remembered was withdrawn before it was fetched again."""


async def never(_: ArticleLatest) -> bool:
    """Without a store nothing is known to have been withdrawn."""
    return False


class Hub:
    """What was read of late, and who waits for more. `run` reads; a test may hand records to `take` itself."""

    def __init__(self, settings: Settings, *, locate: Locate = nowhere, came_back: CameBack = never) -> None:
        self._settings = settings
        self._came_back = came_back
        self._told = Told(REMEMBERED)
        self._delays = Delays()
        self._news = asyncio.Event()
        self._woken = 0.0
        self._wakes = False
        self.ring = Ring(START, records=settings.stream_records, size=settings.stream_mb * MEGABYTE)
        self.verdicts = Verdicts(locate)
        self.pages = Pages(partial(between, settings), partial(bounds, settings), self._news_of_old)
        self.position = START
        """How far the topic was read."""
        self.end = START
        """Where the topic ended when the reading began."""
        self.life = 0
        """0 before the topic was found; counts on where the reading had to begin anew."""
        self.clients = 0
        self.closed = False

    @property
    def ready(self) -> bool:
        """Whether the reading has come to what is new; until then clients wait, or the ring would overtake them."""
        return self.life > 0 and self.position.covers(self.end)

    def begin(self, first: Position, end: Position, learn: Position | None = None) -> None:
        """The reading begins: the ring holds what lies from `first` on; from `learn` on is read to know repeats.

        `end` is where the topic ends now.
        """
        self.ring.restart(first)
        self.position, self.end = learn or first, end
        self.life += 1
        self._wake()

    async def take(self, tailed: Tailed) -> None:
        """A record that was read. Raises TryLater where it was read before: the reader has lost its place."""
        if tailed.offset < self.position.offsets.get(tailed.partition, 0):
            place = f"partition {tailed.partition} at {tailed.offset}"
            raise TryLater("comes again, though it was read", subject=place)
        in_ring = tailed.offset >= self.ring.start.offsets.get(tailed.partition, 0)
        news = self._told.hear(tailed)
        if news is None and in_ring and isinstance(tailed.event, ArticleLatest):
            news = await self._came_back(tailed.event)
        self.position = self.position.join(tailed.position)
        if news:
            self._delays.note(tailed)
        if news and in_ring:
            self.ring.append(entry(tailed))
            self._wake_soon()

    def delay(self) -> float | None:
        """Seconds from fetched to searchable: the median of the live articles of the last hour, of 100 at most.

        None where there was none.
        """
        return self._delays.median(datetime.now(UTC))

    async def wait(self, seconds: float) -> None:
        """Return when there is news, or after so many seconds."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._news.wait()

    def close(self) -> None:
        """Let every client go."""
        self.closed = True
        self._wake()

    async def run(self) -> None:
        """Read until cancelled. A broker that is away is waited for, with growing pauses, and complained of once."""
        attempt, loop = 0, asyncio.get_running_loop()
        while True:
            began = loop.time()
            try:
                await self._read()
            except WatchfloorError as error:
                attempt = 1 if loop.time() - began > STEADY_SECONDS else attempt + 1
                if attempt == 1:
                    log.warning("the stream waits: %s", error, extra=logs.event("stream_waits"))
            await asyncio.sleep(PAUSES.after(attempt))

    async def _read(self) -> None:
        found = await bounds(self._settings)
        if not self.ready or found.settle(self.position).offsets != self.position.offsets:
            await self._begin_at(found)
        await self._take_all(tail(self._settings, self.position))

    async def _begin_at(self, found: Bounds) -> None:
        """Begin a way back, so that clients which come again at once find all that they missed in the ring."""
        if self.life:
            log.warning(
                "the stream begins anew: the topic is another than before, or could not be read",
                extra=logs.event("stream_restarted"),
            )
            self._told = Told(REMEMBERED)
            self.pages.forget()
        first, learn = (found.settle(found.last.back(LOOK_BACK * times)) for times in (1, 2))
        self.begin(first, found.last, learn)
        await self._take_all(between(self._settings, learn, found.last))
        self.position = self.position.join(found.last)
        self._wake()

    async def _take_all(self, reading: AsyncGenerator[Tailed, None]) -> None:
        async with aclosing(reading) as read:
            async for tailed in read:
                await self.take(tailed)
                await asyncio.sleep(0)  # a thousand records at once must not hold up the clients

    def _wake_soon(self) -> None:
        """Wake the clients, at once where they have slept long enough."""
        if not self._wakes:
            self._wakes = True
            loop = asyncio.get_running_loop()
            loop.call_at(max(loop.time(), self._woken + PACE_SECONDS), self._wake)

    def _wake(self) -> None:
        self._wakes, self._woken = False, asyncio.get_running_loop().time()
        self._news.set()
        self._news = asyncio.Event()

    async def _news_of_old(self, tailed: Tailed, told: Told) -> bool:
        """Whether a record from before the ring is news, by what was said before it."""
        news = told.hear(tailed)
        if self._told.before(tailed):
            return False
        if news is None and isinstance(tailed.event, ArticleLatest):
            return await self._came_back(tailed.event)
        return bool(news)
