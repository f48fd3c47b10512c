"""The worker of sources: sends what a source gives, and asks for the next only after the broker has the last.

A backfill is held back while many pages are on their way through the stages, so that what is live is not delayed by it.
"""

import asyncio
import logging
import signal
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import aclosing, suppress
from functools import partial
from typing import cast

from watchfloor import logs, metrics, status
from watchfloor.errors import TryLater
from watchfloor.events import Event
from watchfloor.kafka import admin
from watchfloor.kafka.lag import LagWatch
from watchfloor.kafka.records import Outgoing, compose, visit_id
from watchfloor.kafka.retry import Halt, Halted, delays_of
from watchfloor.kafka.sender import Sender
from watchfloor.kafka.source_inbox import Inbox
from watchfloor.settings import Settings
from watchfloor.source import Source, Visit
from watchfloor.topics import PAGES_DECIDED, topic_for

log = logging.getLogger(__name__)
OnSent = Callable[[Event], None]
HELD_BACK_SECONDS = 0.1


class BackfillBrake:
    """Lets a backfill go on only while few of its pages are on their way.

    What is on its way is the lag of all the stages. It is asked for only when what was sent since could have
    filled the allowance: asking costs the broker several requests.
    """

    def __init__(self, settings: Settings, halt: Halt) -> None:
        self._settings = settings
        self._halt = halt
        self._allowed = 0

    async def wait(self) -> None:
        """Return when one more page may be sent. Raises Halted, and TryLater where the broker is away."""
        while self._allowed <= 0:
            lags = await admin.lag(self._settings)
            in_flight = sum(lag.records for lag in lags if lag.topic != PAGES_DECIDED.name)
            self._allowed = self._settings.backfill_in_flight - in_flight
            if self._allowed <= 0:
                await self._halt.sleep(HELD_BACK_SECONDS)
        self._allowed -= 1


class SourceWorker:
    """One source, running."""

    def __init__(self, source: Source, settings: Settings, on_sent: OnSent | None = None) -> None:
        self._source = source
        self._settings = settings
        self._on_sent = on_sent
        self._halt = Halt()
        self._delays = delays_of(settings)
        self._sender = Sender(settings, linger_ms=0)
        self._inbox = Inbox(source, settings, self._sender, self._halt) if source.reads else None
        self._brake = BackfillBrake(settings, self._halt)
        self._lag = LagWatch(source.name, settings, self._inbox.heads) if self._inbox else None
        self._connected = False
        self._waits: dict[object, str] = {}
        self._sent = 0

    def stop(self) -> None:
        """Ask it to end; what is not acknowledged is given again by the source at its next start."""
        self._halt.set()

    async def run(self) -> int:
        """Send all that the source gives, or until it is stopped. Returns how many the broker acknowledged."""
        background = [asyncio.create_task(self._keep_status())]
        try:
            with suppress(Halted):
                await self._insist(self._connect)
                if self._lag is not None:
                    background.append(asyncio.create_task(self._lag.run()))
                await self._run_both()
        finally:
            for task in background:
                task.cancel()
            self._tell("stopping")
            await self._sender.stop()
        return self._sent

    async def _connect(self) -> None:
        await admin.create_topics(self._settings)
        await self._sender.start()
        self._connected = True

    async def _run_both(self) -> None:
        """Send and read at the same time; the end of what is sent, or an error of either, is the end of both."""
        tasks = [asyncio.create_task(self._send_all())]
        if self._inbox is not None:
            tasks.append(asyncio.create_task(self._inbox.run(self._insist)))
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._halt.set()
            ends = await asyncio.gather(*tasks, return_exceptions=True)
        for end in ends:
            if isinstance(end, BaseException) and not isinstance(end, Halted):
                raise end

    async def _send_all(self) -> None:
        # An item is asked for in a task of its own, so that a stop need not wait for a source that waits for news.
        visits = cast("AsyncGenerator[Visit | Sequence[Visit], None]", self._source.visits())
        async with aclosing(visits):
            while (item := await self._next(visits)) is not None:
                together = (item,) if isinstance(item, Visit) else item
                logs.handling(together[0].event if len(together) == 1 else None)
                await self._insist(partial(self._send_together, together))
                self._sent += len(together)
                if self._on_sent is not None:
                    for visit in together:
                        self._on_sent(visit.event)

    async def _next(self, visits: AsyncGenerator[Visit | Sequence[Visit], None]) -> Visit | Sequence[Visit] | None:
        asked = asyncio.ensure_future(anext(visits, None))
        stopped = asyncio.ensure_future(self._halt.wait())
        await asyncio.wait({asked, stopped}, return_when=asyncio.FIRST_COMPLETED)
        stopped.cancel()
        if not asked.done():
            asked.cancel()
            await asyncio.wait({asked})
            raise Halted
        return await asked

    async def _send_together(self, visits: Sequence[Visit]) -> None:
        """Send them in their order; return once all are acknowledged."""
        await self._sender.send_all([await self._record(visit) for visit in visits])
        for visit in visits:
            metrics.EVENTS_PUBLISHED.labels(self._source.name, type(visit.event).type_name).inc()

    async def _record(self, visit: Visit) -> Outgoing:
        """The record of a visit, as soon as it may be sent."""
        event = visit.event
        if getattr(event, "origin", None) == "backfill" and not self._source.paces_itself:
            await self._brake.wait()
        topic = topic_for(self._source.name, type(event))
        return await self._sender.prepare(
            compose(event, topic, self._source.name, visit_id(event, visit.number)), topic
        )

    async def _insist(self, step: Callable[[], Awaitable[None]]) -> None:
        """Do something that needs the broker, for as long as that takes. Raises Halted."""
        attempt, waiting = 0, object()
        while True:
            attempt += 1
            try:
                await step()
            except TryLater as error:
                self._waits[waiting] = str(error)
                delay = self._delays.after(attempt)
                log.warning(
                    "%s tries again in %g s: %s", self._source.name, delay, error, extra=logs.event("retry_scheduled")
                )
                await self._halt.sleep(delay)
            else:
                self._waits.pop(waiting, None)
                return

    async def _keep_status(self) -> None:
        while True:
            self._tell(*self._condition())
            await asyncio.sleep(1.0)

    def _condition(self) -> tuple[status.State, str]:
        alarm = self._inbox.alarm if self._inbox else None
        waits = next(iter(self._waits.values()), None) or (self._lag.trouble if self._lag else None)
        if not self._connected:
            return "starting", waits or self._source.remark()
        return ("paused", alarm or waits or "") if alarm or waits else ("ready", self._source.remark())

    def _tell(self, state: status.State, detail: str = "") -> None:
        status.tell(self._settings.status_folder, self._source.name, state, detail=detail, handled=self._sent)


async def run_source(source: Source, settings: Settings, on_sent: OnSent | None = None) -> int:
    """Run a source to its end, or until SIGTERM or SIGINT. Returns how many events the broker acknowledged.

    `on_sent` is told of each event after its acknowledgement. Waits, with growing delays, while the broker is away.
    Raises what the source raises, and Rejected where an event is too large for its topic.
    """
    worker = SourceWorker(source, settings, on_sent)
    loop = asyncio.get_running_loop()
    signals = (signal.SIGTERM, signal.SIGINT)
    for number in signals:
        loop.add_signal_handler(number, worker.stop)
    try:
        return await worker.run()
    finally:
        for number in signals:
            loop.remove_signal_handler(number)
