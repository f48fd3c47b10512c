"""One client's way through what was read: from where it stood, over what lies before the ring, into the ring."""

import asyncio
from collections.abc import AsyncGenerator, Iterable
from dataclasses import dataclass

from watchfloor import metrics
from watchfloor.errors import TryLater
from watchfloor.kafka.tail import Position
from watchfloor.query import Node
from watchfloor_gateway.stream import sse
from watchfloor_gateway.stream.catch_up import Page, beginning
from watchfloor_gateway.stream.entries import Entry, Form
from watchfloor_gateway.stream.hub import Hub
from watchfloor_gateway.stream.told import Told

HEARTBEAT_SECONDS = 15.0
RETRY_SECONDS = 1.0
AT_ONCE_ENTRIES, AT_ONCE_BYTES = 20, 64 * 1024
"""What is written before others have their turn. The server holds two of these for a client that does not read."""


@dataclass(frozen=True)
class Wanted:
    """What a client asks for; without `since` what comes from now on."""

    query: Node
    form: Form
    since: Position | None = None


class Listener:
    """A client's cursor, and the bytes that it is sent."""

    def __init__(self, hub: Hub, wanted: Wanted) -> None:
        self._hub = hub
        self._wanted = wanted
        self._place = Position({})
        self._life = 0
        self._number: int | None = None
        """Of the next entry in the ring; None before it."""
        self._chain: Position | None = None
        self._told: Told | None = None
        self._page: list[Entry] = []
        self._spoke = 0.0

    async def pieces(self) -> AsyncGenerator[bytes, None]:
        """The stream, until the hub closes: each piece AT_ONCE_BYTES at most."""
        self._spoke = asyncio.get_running_loop().time()
        yield sse.RETRY
        while not self._hub.closed:
            content = await self._next()
            if content:
                self._spoke = asyncio.get_running_loop().time()
            for start in range(0, len(content), AT_ONCE_BYTES):
                yield content[start : start + AT_ONCE_BYTES]
            await asyncio.sleep(0)

    async def _next(self) -> bytes:
        """What there is to say now, or after a while that nothing is; may be empty."""
        if not self._hub.ready:
            return await self._wait()
        if not self._life:
            return await self._arrive()
        if self._life != self._hub.life:
            return self._start_anew()
        if self._number is None:
            return self._from_page() if self._page else await self._come_nearer()
        if self._number < self._hub.ring.next:
            return self._from_ring(self._number)
        return await self._wait()

    async def _wait(self) -> bytes:
        """Wait for news; after a silence a word keeps the connection alive, and an id the client's place."""
        await self._hub.wait(max(0.0, HEARTBEAT_SECONDS - self._silence()))
        return self._still_here()

    async def _later(self) -> bytes:
        """The broker is away: ask again in a moment."""
        await asyncio.sleep(RETRY_SECONDS)
        return self._still_here()

    def _still_here(self) -> bytes:
        if self._silence() < HEARTBEAT_SECONDS:
            return b""
        return self._beat() + (sse.standing(self._place) if self._life else b"\n")

    def _beat(self) -> bytes:
        return sse.BEAT if self._wanted.form == "small" else sse.STILL_HERE

    def _silence(self) -> float:
        return asyncio.get_running_loop().time() - self._spoke

    async def _arrive(self) -> bytes:
        """Settle where the client stands: a place that the topic does not reach is another topic's."""
        known = self._hub.position
        given = self._wanted.since or known
        place = Position({**known.offsets, **given.offsets})
        said = b""
        if not known.covers(place):
            try:
                settled = (await self._hub.pages.ask_bounds(fresh=True)).settle(place)
            except TryLater:
                return await self._later()
            if settled.offsets != place.offsets:
                said = self._gap(None, place, place := settled)
        self._place, self._life = place, self._hub.life
        return said + sse.standing(place)

    def _start_anew(self) -> bytes:
        """The topic is another: nobody can say what was missed."""
        before, self._place = self._place, self._hub.ring.start
        self._life, self._number = self._hub.life, self._hub.ring.first
        self._page = []
        return self._gap(None, before, self._place)

    async def _come_nearer(self) -> bytes:
        """Into the ring, or to the next page before it."""
        ring = self._hub.ring
        if self._place.covers(ring.start):
            self._number = ring.next if self._place.covers(self._hub.position) else ring.first
            self._chain = self._told = None
            return b""
        begin = self._chain or beginning(self._place)
        try:
            async with asyncio.timeout(HEARTBEAT_SECONDS):
                page = await self._hub.pages.after(begin, ring.start, self._told)
        except TimeoutError:
            return self._beat() + b"\n"
        except TryLater:
            return await self._later()
        return self._take(page)

    def _take(self, page: Page) -> bytes:
        """Read a page from now on; what the topic no longer has is told first."""
        said = b""
        if missed := page.first.ahead_of(self._place):
            said = self._gap(missed, self._place, place := self._place.join(page.first))
            self._place = place
        self._chain, self._told = page.to, page.told
        self._page = [entry for entry in page.entries if self._before(entry)]
        if not self._page:
            self._place = self._place.join(page.to)
        return said

    def _from_page(self) -> bytes:
        some, self._page = self._page[:AT_ONCE_ENTRIES], self._page[AT_ONCE_ENTRIES:]
        content, read = self._told_of(some)
        self._page = some[read:] + self._page
        if not self._page and self._chain:
            self._place = self._place.join(self._chain)
        return content

    def _from_ring(self, number: int) -> bytes:
        ring = self._hub.ring
        if number < ring.first:
            before, self._place = self._place, self._place.join(ring.start)
            self._number = ring.first
            return self._gap(ring.first - number, before, self._place)
        content, read = self._told_of(ring.since(number, AT_ONCE_ENTRIES))
        self._number = number + read
        if self._number == ring.next:
            self._place = self._place.join(self._hub.position)
        return content

    def _told_of(self, entries: Iterable[Entry]) -> tuple[bytes, int]:
        """The entries as this client is told of them, up to AT_ONCE_BYTES, and how many were read."""
        parts: list[bytes] = []
        size = read = 0
        for entry in entries:
            if size >= AT_ONCE_BYTES:
                break
            read += 1
            if not self._before(entry):
                continue
            self._place = self._place.join(entry.position)
            if self._hub.verdicts.concerns(self._wanted.query, entry):
                event = entry.event(self._wanted.form)
                parts += (self._identity(entry), event)
                size += len(event)
                metrics.STREAM_EVENTS.labels(entry.name).inc()
        return b"".join(parts), read

    def _before(self, entry: Entry) -> bool:
        """Whether the client stands before an entry."""
        return self._place.offsets.get(entry.partition, 0) <= entry.offset

    def _identity(self, entry: Entry) -> bytes:
        """Where the client stands after an entry: as a rule where the hub's reader stood."""
        return entry.identity if entry.position.covers(self._place) else sse.identity(self._place)

    def _gap(self, missed: int | None, start: Position, end: Position) -> bytes:
        metrics.STREAM_GAPS.inc()
        return sse.gap(missed, start, end)
