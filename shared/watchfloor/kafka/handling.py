"""One record's way through a stage: read it, let the stage think, publish what follows; and when that fails."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from contextlib import aclosing
from typing import Protocol

from watchfloor import logs, metrics, tracing
from watchfloor.errors import Rejected, Stop, TryLater
from watchfloor.events import Event
from watchfloor.kafka import dead_letters
from watchfloor.kafka.claim_checks import CLAIM, ClaimChecks
from watchfloor.kafka.gate import Gate
from watchfloor.kafka.records import (
    Outgoing,
    Received,
    compose,
    following_id,
    read,
    source_of,
    source_of_unreadable,
)
from watchfloor.kafka.rejections import REJECTION, rejection
from watchfloor.kafka.retry import Delays, Halt, Halted
from watchfloor.stage import Stage
from watchfloor.topics import PAGES_DECIDED, Topic, dead_letters_of, topic_for, topics_read_by

log = logging.getLogger(__name__)


class Publishes(Protocol):
    """What handling needs of a Sender."""

    async def publish(self, record: Outgoing, topic: Topic) -> None:
        """Send by claim check where it is large; return once acknowledged."""

    async def send(self, record: Outgoing) -> None:
        """Send as it is; return once acknowledged."""


class Handling:
    """Handles records of one stage. `handle` returns once a record's fate is acknowledged by the broker."""

    def __init__(
        self, stage: Stage, sender: Publishes, claims: ClaimChecks, gate: Gate, delays: Delays, halt: Halt
    ) -> None:
        self._stage = stage
        self._sender = sender
        self._claims = claims
        self._gate = gate
        self._delays = delays
        self._halt = halt
        self._topics = {topic.name: topic for topic in topics_read_by(stage.name)}
        self._targets = {kind: topic_for(stage.name, kind) for kind in stage.writes}
        self._dead = dead_letters_of(stage.name).name
        self._published = {kind: metrics.EVENTS_PUBLISHED.labels(stage.name, kind.type_name) for kind in stage.writes}
        self._outcome = {
            name: metrics.EVENTS_HANDLED.labels(stage.name, name) for name in ("passed", "rejected", "unforeseen")
        }
        self._seconds = metrics.HANDLING_SECONDS.labels(stage.name)
        self._retries = metrics.RETRIES.labels(stage.name)
        self._letters = {
            reason: metrics.DEAD_LETTERS.labels(stage.name, reason) for reason in metrics.DEAD_LETTER_REASONS
        }
        self.handled = 0

    async def handle(self, record: Received) -> None:
        """Handle a record to its end, however often it must be tried. Raises Halted where the worker lets go, Stop."""
        began = time.monotonic()
        tracing.enter(record.traceparent)
        logs.about(topic=record.topic, partition=record.partition, offset=record.offset)
        try:
            outcome = await self._until_done(record)
        finally:
            self._gate.leave(record)
        self.handled += 1
        self._outcome[outcome].inc()
        self._seconds.observe(time.monotonic() - began)
        if log.isEnabledFor(logging.DEBUG):
            log.debug(
                "%s has handled %s: %s", self._stage.name, record.place, outcome, extra=logs.event("record_handled")
            )

    async def _until_done(self, record: Received) -> str:
        attempt = 0
        while True:
            if self._gate.is_shut:
                await self._gate.enter(record)
            attempt += 1
            try:
                await self._attempt(record, attempt)
            except (Stop, Halted):
                raise
            except TryLater as error:
                await self._try_later(error, attempt)
            except Exception as error:  # noqa: BLE001 - whatever a handler raises, its record must have a fate
                unforeseen, event = not isinstance(error, Rejected), await self._readable(record)
                source = source_of(event) if event else source_of_unreadable(record)
                if not self._gate.failed(record, source, error, unforeseen=unforeseen):
                    outcome = "unforeseen" if unforeseen else "rejected"
                    await self._bury(record, error, attempt)
                    self._letters[outcome if event else "unreadable"].inc()
                    await self._tell(record, event, error)
                    return outcome
            else:
                self._gate.passed(record)
                return "passed"
            self._retries.inc()

    async def _attempt(self, record: Received, attempt: int) -> None:
        event = await self._read(record, attempt)
        logs.handling(event)
        index = 0
        async with aclosing(self._stage.handle(event)) as outputs:  # type: ignore[type-var]
            async for output in outputs:
                await self._publish(output, record, index)
                index += 1

    async def _read(self, record: Received, attempt: int) -> Event:
        if record.text_of(CLAIM) is not None:
            record = await asyncio.to_thread(self._claims.check_out, record, attempt)
        return read(record, self._topics[record.topic])

    async def _publish(self, output: Event, record: Received, index: int) -> None:
        kind = type(output)
        topic = self._targets.get(kind)
        if topic is None:
            raise LookupError(f"{self._stage.name} gave {kind.__name__}, which its `writes` does not declare")
        ce_id = following_id(record.ce_id, self._stage.name, index)
        outgoing = compose(output, topic, self._stage.name, ce_id, tracing.current())
        await self._sender.publish(outgoing, topic)
        self._published[kind].inc()

    async def _try_later(self, error: TryLater, attempt: int) -> None:
        delay = self._delays.after(attempt)
        log.warning(
            "%s tries again in %g s (attempt %d): %s",
            self._stage.name,
            delay,
            attempt + 1,
            error,
            extra=logs.event("retry_scheduled"),
        )
        await self._halt.sleep(delay)

    async def _bury(self, record: Received, error: Exception, attempts: int) -> None:
        """Send a record to the dead letters; there is no other way for it, so until that succeeds."""
        letter = dead_letters.bury(record, self._dead, self._stage.name, error, attempts)
        log.warning("%s rejects %s: %s", self._stage.name, record.place, error, extra=logs.event("record_rejected"))

        async def step() -> None:
            await asyncio.to_thread(self._claims.keep, record)
            await self._sender.send(letter)

        await self._insist(step)

    async def _tell(self, record: Received, event: Event | None, error: Exception) -> None:
        """Say on the trail of its page that a record was rejected. The letter is safe by now, and is not sent again."""
        decision = rejection(event, self._stage.name, error) if event else None
        if decision is None:
            return
        ce_id = following_id(record.ce_id, self._stage.name, REJECTION)
        told = compose(decision, PAGES_DECIDED, self._stage.name, ce_id, tracing.current())
        try:
            await self._insist(lambda: self._sender.publish(told, PAGES_DECIDED))
        except Rejected as refusal:
            log.warning(
                "%s cannot say that it rejects %s: %s",
                self._stage.name,
                record.place,
                refusal,
                extra=logs.event("rejection_untold"),
            )

    async def _insist(self, step: Callable[[], Awaitable[None]]) -> None:
        """Do something that needs the broker, for as long as that takes. Raises Halted, and what else `step` raises."""
        attempt = 0
        while True:
            attempt += 1
            try:
                await step()
            except TryLater as failure:
                await self._try_later(failure, attempt)
            else:
                return

    async def _readable(self, record: Received) -> Event | None:
        """The event of a record, read again, since only what fails is asked; None where there is none."""
        try:
            return await self._read(record, attempt=1)
        except (Rejected, TryLater):
            return None
