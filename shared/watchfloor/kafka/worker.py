"""The worker: runs any stage on Kafka, at least once.

faust-streaming takes the records (`noack_take`: nothing is acknowledged behind our back), `flight` orders them,
`handling` decides their fate, `sender` publishes. A record is acknowledged only when what it produced is. A stop wakes
every waiting retry, leaves its record unacknowledged, commits what is finished and ends within a few seconds.
"""

import asyncio
import gc
import logging
import os
import signal
import threading
import time
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from typing import Any

from watchfloor import logs, status
from watchfloor.errors import TryLater, WatchfloorError
from watchfloor.kafka import admin
from watchfloor.kafka.breaker import Breaker, limits_of
from watchfloor.kafka.claim_checks import claim_checks_of
from watchfloor.kafka.faust_app import BATCH, AsIs, build_app, received, until_left
from watchfloor.kafka.flight import Flight
from watchfloor.kafka.gate import Gate
from watchfloor.kafka.handling import Handling
from watchfloor.kafka.lag import Head, LagWatch, Place
from watchfloor.kafka.records import Received
from watchfloor.kafka.retry import Halt, Halted, delays_of
from watchfloor.kafka.sender import Sender
from watchfloor.settings import Settings
from watchfloor.stage import Stage
from watchfloor.topics import topics_read_by

log = logging.getLogger(__name__)
WITHIN_SECONDS = 0.02
AT_LEAST_SECONDS = 0.1
MOST_IN_FLIGHT, MOST_BYTES_IN_FLIGHT, FEW_IN_FLIGHT = 400, 64 * 1024 * 1024, 150
GRACE_SECONDS = 2.0
"""What is being handled at a stop may finish within this; the next worker does again what does not."""
LAST_WAY_OUT_SECONDS = 5.5
"""Supervisors kill after 6 s; what is finished is committed long before."""
STATUS_SECONDS = 1.0
SWEEP_SECONDS = 3600.0
STOPPED, BROKEN = 0, 70
"""Exit status: asked to stop; ended by itself (EX_SOFTWARE of sysexits.h), to be started again."""


class Worker:
    """One stage, running. `run` returns the exit status."""

    def __init__(self, stage: Stage, settings: Settings) -> None:
        self._stage = stage
        self._settings = settings
        self._name = stage.name if settings.instance == "1" else f"{stage.name}-{settings.instance}"
        self._halt = Halt()
        self.ended = asyncio.Event()
        self._failure: BaseException | None = None
        self._ready = False
        self._sender = Sender(settings)
        self._claims = claim_checks_of(settings)
        delays = delays_of(settings)
        self._gate = Gate(stage.name, Breaker(limits_of(settings), time.monotonic), delays, self._halt)
        self._handling = Handling(stage, self._sender, self._claims, self._gate, delays, self._halt)
        self._flight = Flight(
            self._handling.handle,
            self._fail,
            self._halt,
            most_records=MOST_IN_FLIGHT,
            most_bytes=MOST_BYTES_IN_FLIGHT,
            few_records=FEW_IN_FLIGHT,
        )
        self._app = build_app(stage.name, settings)
        self._assigned: set[Place] = set()
        self._lag = LagWatch(stage.name, settings, self._heads)
        self._waits = ""

    @property
    def handled(self) -> int:
        """Records whose fate the broker has acknowledged."""
        return self._handling.handled

    async def run(self) -> int:
        """Run until a signal, or until it cannot go on."""
        background = [asyncio.create_task(self._keep_status()), asyncio.create_task(self._keep_claims())]
        try:
            if await self._until_broker():
                background.append(asyncio.create_task(self._lag.run()))
                await self._run_app()
        finally:
            self._tell("stopping")
            for task in background:
                task.cancel()
            await self._close()
        if self._failure is None:
            return STOPPED
        log.critical(
            "%s ends: %s",
            self._name,
            self._failure,
            exc_info=_unless_ours(self._failure),
            extra=logs.event("service_failed"),
        )
        return BROKEN

    def stop(self) -> None:
        """Ask the worker to end."""
        self._halt.set()
        self.ended.set()

    def _fail(self, error: BaseException) -> None:
        self._failure = self._failure or error
        self.stop()

    async def _until_broker(self) -> bool:
        """Wait for the broker and the topics; False where the worker was stopped before they were there."""
        attempt = 0
        while not self.ended.is_set():
            attempt += 1
            try:
                await admin.create_topics(self._settings)
                await self._sender.start()
            except TryLater as error:
                self._waits = str(error)
                log.warning("%s waits: %s", self._name, error, extra=logs.event("broker_awaited"))
                with suppress(Halted):
                    await self._halt.sleep(min(delays_of(self._settings).after(attempt), 5.0))
            else:
                self._waits = ""
                return True
        return False

    def _heads(self) -> dict[Place, Head | None]:
        """Where the worker stands in each partition that it has."""
        return {place: self._flight.head(place) for place in self._assigned}

    async def _run_app(self) -> None:
        self._wire()
        started = asyncio.create_task(self._app.start())
        await self._until_end(started)
        started.cancel()
        self._tell("stopping")
        await self._let_go()
        await within(1.5, self._app.stop(), "faust")

    async def _until_end(self, started: asyncio.Task[None]) -> None:
        """Wait until the worker is stopped, or faust cannot go on, which it may say while it starts, too."""
        crashed = asyncio.create_task(self._app._crashed.wait())  # noqa: SLF001 - mode offers no other way to wait for it
        left, ended = asyncio.create_task(until_left(self._app)), asyncio.create_task(self.ended.wait())
        ends = [crashed, left, ended]
        await asyncio.wait([started, *ends], return_when=asyncio.FIRST_COMPLETED)
        if started.done() and (error := started.exception()) is not None:
            self._fail(error)
        await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        if crashed.done():
            self._fail(self._app.crash_reason or RuntimeError("faust crashed without a reason"))
        elif left.done():
            self._fail(left.result())
        for task in ends:
            task.cancel()

    def _wire(self) -> None:
        """Give faust what it calls: the agent that takes records, and what to do when partitions come and go."""
        app = self._app
        channel = app.topic(*(topic.name for topic in topics_read_by(self._stage.name)), schema=AsIs())
        app.agent(channel, name=self._name)(self._consume)
        app.on_partitions_revoked.connect(self._on_revoked)  # type: ignore[arg-type]
        app.on_partitions_assigned.connect(self._on_assigned)  # type: ignore[arg-type]

    async def _consume(self, stream: Any) -> None:
        """Take records as long as the worker lives. Nothing may escape: faust would go on without the records held."""
        try:
            async for events in stream.noack_take(BATCH, within=WITHIN_SECONDS):
                if not self._halt.is_set:
                    self._flight.take(self._of_ours(events))
                with suppress(Halted):
                    await self._flight.room(AT_LEAST_SECONDS)
        except Exception as error:  # noqa: BLE001 - it is passed on: the worker ends with it
            self._fail(error)

    def _of_ours(self, events: Iterable[Any]) -> list[tuple[Received, Callable[[], object]]]:
        """Leave out what was buffered for partitions that went to another worker."""
        return [
            (received(event.message), event.ack)
            for event in events
            if (event.message.topic, event.message.partition) in self._assigned
        ]

    async def _on_assigned(self, _app: object, assigned: set[tuple[str, int]], **_: Any) -> None:
        self._assigned = {(topic, partition) for topic, partition in assigned}
        if not self.ended.is_set():
            self._halt.reset()
        if not self._ready:
            spare_the_collector()
        self._ready = True
        log.info("%s has %d partitions", self._name, len(assigned), extra=logs.event("partitions_assigned"))

    async def _on_revoked(self, _app: object, revoked: Iterable[tuple[str, int]], **_: Any) -> None:
        await self._let_go()
        self._assigned -= {(topic, partition) for topic, partition in revoked}

    async def _let_go(self) -> None:
        """Finish or forget what is in flight, and commit what is finished."""
        await self._flight.drain(GRACE_SECONDS)
        await within(1.0, self._app.consumer.commit(), "the commit")

    async def _close(self) -> None:
        """Let go of what the worker holds open, all at once."""
        await asyncio.gather(
            within(1.0, self._sender.stop(), "the producer"), within(1.5, self._stage.close(), self._stage.name)
        )

    async def _keep_status(self) -> None:
        while True:
            alarm = self._gate.alarm or self._lag.trouble
            if alarm and self._ready:
                self._tell("paused", alarm)
            else:
                self._tell("ready" if self._ready else "starting", self._waits)
            await asyncio.sleep(STATUS_SECONDS)

    def _tell(self, state: status.State, detail: str = "") -> None:
        status.tell(self._settings.status_folder, self._name, state, detail=detail, handled=self.handled)

    async def _keep_claims(self) -> None:
        while True:
            swept = await asyncio.to_thread(self._claims.sweep)
            if swept:
                log.info(
                    "%d large records swept that no topic refers to any more", swept, extra=logs.event("claims_swept")
                )
            await asyncio.sleep(SWEEP_SECONDS)


def run_stage(stage: Stage, settings: Settings) -> int:
    """Run a stage until SIGTERM or SIGINT; returns the exit status."""

    async def run() -> int:
        worker = Worker(stage, settings)
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, worker.stop)
        force = asyncio.create_task(_end_by_force_after(worker.ended))
        status = await worker.run()
        force.cancel()
        return status

    return asyncio.run(run())


async def _end_by_force_after(ended: asyncio.Event) -> None:
    """The last way out: a thread, since what hangs may be the event loop, or the interpreter on its own way out."""
    await ended.wait()
    timer = threading.Timer(LAST_WAY_OUT_SECONDS, _leave)
    timer.daemon = True
    timer.start()


def _leave() -> None:
    log.critical(
        "did not stop within %g s: it ends by force; what was finished is committed",
        LAST_WAY_OUT_SECONDS,
        extra=logs.event("stop_forced"),
    )
    os._exit(BROKEN)


def spare_the_collector() -> None:
    """What is loaded by now stays, and records live for milliseconds: looking for cycles among them took a tenth of all."""
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


def _unless_ours(error: BaseException) -> BaseException | None:
    """An error raised on purpose needs no traceback."""
    return None if isinstance(error, WatchfloorError) else error


async def within(seconds: float, work: Awaitable[object], what: str) -> None:
    """Await the last steps of a stop, but not for ever: what matters is committed by then."""
    try:
        await asyncio.wait_for(work, seconds)
    except TimeoutError:
        log.warning("stopping: %s did not end within %g s", what, seconds, extra=logs.event("stop_step_failed"))
    except Exception as error:  # noqa: BLE001 - a stop goes on whatever one of its steps meets
        log.warning("stopping: %s: %r", what, error, extra=logs.event("stop_step_failed"))
