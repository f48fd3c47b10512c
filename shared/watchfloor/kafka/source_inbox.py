"""What a source reads: records off its topics, handed to its `receive`, acknowledged when that returned.

Retries, dead letters and the breaker are those of the stages; there is little to read, so records are taken one after
the other, without faust.
"""

import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress

from aiokafka import AIOKafkaConsumer
from aiokafka.errors import KafkaError

from watchfloor.events import Event
from watchfloor.kafka.admin import group_of
from watchfloor.kafka.breaker import Breaker, limits_of
from watchfloor.kafka.claim_checks import claim_checks_of
from watchfloor.kafka.gate import Gate
from watchfloor.kafka.handling import Handling
from watchfloor.kafka.lag import Head, Place
from watchfloor.kafka.records import Received, received
from watchfloor.kafka.retry import Halt, Halted, delays_of
from watchfloor.kafka.sender import Sender, trouble
from watchfloor.settings import Settings
from watchfloor.source import Source
from watchfloor.stage import Stage
from watchfloor.topics import MAX_RECORD_BYTES, topics_read_by

log = logging.getLogger(__name__)
POLL_MS = 500
FETCH_BYTES = 64 * 1024
"""What the broker waits for, half a second at most: what a source reads is not urgent to the millisecond."""
COMMIT_SECONDS = 1.0
SESSION_MS = 10_000
Insist = Callable[[Callable[[], Awaitable[None]]], Awaitable[None]]


class Inbox:
    """The topics of one source, being read."""

    def __init__(self, source: Source, settings: Settings, sender: Sender, halt: Halt) -> None:
        delays = delays_of(settings)
        self._settings = settings
        self._halt = halt
        self._name = source.name
        self._own = f"/watchfloor/{source.name}"
        self._uncommitted = False
        self._consumer: AIOKafkaConsumer | None = None
        self._at: dict[Place, Head] = {}
        self._gate = Gate(source.name, Breaker(limits_of(settings), time.monotonic), delays, halt)
        self._handling = Handling(_as_stage(source), sender, claim_checks_of(settings), self._gate, delays, halt)

    @property
    def alarm(self) -> str | None:
        """Why it is paused, and the remedy; None while it is not."""
        return self._gate.alarm

    def heads(self) -> dict[Place, Head | None]:
        """Where it stands in each partition that it has."""
        assigned = self._consumer.assignment() if self._consumer else ()
        places = [(place.topic, place.partition) for place in assigned]
        self._at = {place: head for place, head in self._at.items() if place in places}
        return {place: self._at.get(place) for place in places}

    async def run(self, insist: Insist) -> None:
        """Read until the halt, for as long as the broker's absences take. Raises Stop."""
        with suppress(Halted):
            while True:
                await insist(self._read)

    async def _read(self) -> None:
        """Read as long as the broker is there. Raises TryLater, Halted, Stop."""
        consumer = AIOKafkaConsumer(
            *(topic.name for topic in topics_read_by(self._name)),
            bootstrap_servers=self._settings.bootstrap,
            group_id=group_of(self._name),
            group_instance_id=f"{self._name}-{self._settings.instance}",
            session_timeout_ms=SESSION_MS,
            enable_auto_commit=False,
            auto_offset_reset="earliest",
            fetch_min_bytes=FETCH_BYTES,
            fetch_max_wait_ms=POLL_MS,
            max_partition_fetch_bytes=MAX_RECORD_BYTES,
        )
        try:
            await consumer.start()
            self._consumer = consumer
            await self._take(consumer)
        except (KafkaError, OSError) as error:
            raise trouble(self._settings.bootstrap, error) from error
        finally:
            self._consumer = None
            self._at.clear()
            await consumer.stop()
        raise Halted

    async def _take(self, consumer: AIOKafkaConsumer) -> None:
        """Handle what comes; commit what is handled now and then, and at the end."""
        commit_at = time.monotonic() + COMMIT_SECONDS
        while not self._halt.is_set:
            for messages in (await consumer.getmany(timeout_ms=POLL_MS)).values():
                for message in messages:
                    await self._handle(received(message))
            if time.monotonic() >= commit_at:
                commit_at = time.monotonic() + COMMIT_SECONDS
                await self._commit(consumer)
        await self._commit(consumer)

    async def _handle(self, record: Received) -> None:
        place = (record.topic, record.partition)
        self._at[place] = Head(record.offset, record.timestamp_ms)
        if record.text_of("ce_source") != self._own:  # what it wrote itself it knows
            await self._handling.handle(record)
        self._at[place] = Head(record.offset + 1)
        self._uncommitted = True

    async def _commit(self, consumer: AIOKafkaConsumer) -> None:
        if self._uncommitted:
            await consumer.commit()
            self._uncommitted = False


def _as_stage(source: Source) -> Stage:
    async def handle(event: Event) -> AsyncIterator[Event]:
        await source.receive(event)
        return
        yield event  # unreached: what a source gives comes from its `visits`

    return Stage(source.name, source.reads, (), handle)
