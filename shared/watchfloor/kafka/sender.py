"""Sending: returns when the broker has acknowledged, or says what happens next."""

import asyncio
from collections.abc import Awaitable, Iterable
from types import TracebackType
from typing import Self

from aiokafka import AIOKafkaProducer
from aiokafka.errors import (
    KafkaConnectionError,
    KafkaError,
    KafkaTimeoutError,
    MessageSizeTooLargeError,
    UnknownTopicOrPartitionError,
)

from watchfloor.errors import Rejected, Stop, TryLater, WatchfloorError
from watchfloor.kafka.claim_checks import claim_checks_of
from watchfloor.kafka.records import Outgoing
from watchfloor.settings import Settings
from watchfloor.topics import MAX_RECORD_BYTES, Topic

HEADROOM_BYTES = 64 * 1024
"""A dead letter is a record whole and its reason: its topic takes so much more than the others."""
MAX_REQUEST_BYTES = MAX_RECORD_BYTES + HEADROOM_BYTES
LINGER_MS = 2
BATCH_BYTES = 1024 * 1024


class Sender:
    """An idempotent producer with acks from all replicas: no record is lost, none doubled by a retry of its own."""

    def __init__(self, settings: Settings, *, linger_ms: int = LINGER_MS) -> None:
        self._bootstrap = settings.bootstrap
        self._claims = claim_checks_of(settings)
        self._linger_ms = linger_ms
        self._producer: AIOKafkaProducer | None = None
        self._starting = asyncio.Lock()

    async def start(self) -> None:
        """Connect, unless that is done. Raises TryLater where the broker is away."""
        async with self._starting:
            if self._producer is None:
                self._producer = await self._connect()

    async def _connect(self) -> AIOKafkaProducer:
        producer = AIOKafkaProducer(
            bootstrap_servers=self._bootstrap,
            acks="all",
            enable_idempotence=True,
            linger_ms=self._linger_ms,
            max_batch_size=BATCH_BYTES,
            max_request_size=MAX_REQUEST_BYTES,
        )
        try:
            await producer.start()
        except (KafkaError, OSError) as error:
            await producer.stop()
            raise trouble(self._bootstrap, error) from error
        return producer

    async def stop(self) -> None:
        """Send what is queued, and disconnect."""
        producer, self._producer = self._producer, None
        if producer is not None:
            await producer.stop()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    async def publish(self, record: Outgoing, topic: Topic) -> None:
        """Send a record, by claim check where it is large and the topic is not public; return once acknowledged.

        Raises Rejected where it is too large, TryLater where the broker is away, Stop where the producer is broken.
        """
        await self.send(await self.prepare(record, topic))

    async def prepare(self, record: Outgoing, topic: Topic) -> Outgoing:
        """A record as it is sent to its topic: by claim check where it is large. Raises Rejected, TryLater."""
        if topic.public:
            return self._claims.check_in(record, topic)
        if self._claims.is_large(record):
            return await asyncio.to_thread(self._claims.check_in, record, topic)
        return record

    async def send(self, record: Outgoing) -> None:
        """Send a record as it is; return once acknowledged. Raises as `publish` does."""
        await self.send_all((record,))

    async def send_all(self, records: Iterable[Outgoing]) -> None:
        """Send records as they are, in their order; return once all are acknowledged.

        Raises as `publish` does, for the first that failed, once the fate of all is known.
        """
        if self._producer is None:
            raise Stop("was asked to send after it stopped", subject="Kafka producer")
        queued: list[tuple[Outgoing, Awaitable[object]]] = []
        failed: list[tuple[Outgoing, BaseException]] = []
        for record in records:
            try:
                acknowledgement = await self._producer.send(
                    record.topic, record.value, record.key, record.partition, headers=list(record.headers)
                )
            except KafkaError as error:
                failed.append((record, error))
                break
            queued.append((record, acknowledgement))
        ends = await asyncio.gather(*(acknowledgement for _, acknowledgement in queued), return_exceptions=True)
        failed[:0] = [
            (record, end) for (record, _), end in zip(queued, ends, strict=True) if isinstance(end, BaseException)
        ]
        if failed:
            record, first = failed[0]
            if isinstance(first, KafkaError):
                raise self._meaning(first, record) from first
            raise first

    def _meaning(self, error: KafkaError, record: Outgoing) -> WatchfloorError:
        if isinstance(error, MessageSizeTooLargeError):
            size = len(record.value or b"") + len(record.key or b"")
            return Rejected(f"refuses a record of {size} bytes; its limit is {MAX_RECORD_BYTES}", subject=record.topic)
        if isinstance(error, UnknownTopicOrPartitionError):
            return TryLater("there is no such topic", subject=record.topic, remedy="watchfloor topics create")
        return trouble(self._bootstrap, error)


def trouble(bootstrap: str, error: KafkaError | OSError) -> TryLater | Stop:
    """What a failure of the client means, in one clear line: the broker is away for now, or this cannot work."""
    if isinstance(error, KafkaError) and not (error.retriable or isinstance(error, KafkaTimeoutError)):
        return Stop(f"the Kafka client cannot go on: {error!r}", subject=bootstrap, remedy="start the service again")
    reason = "does not answer" if isinstance(error, KafkaConnectionError | OSError) else f"fails: {error!r}"
    return TryLater(
        f"the Kafka broker {reason}",
        subject=bootstrap,
        remedy="start it with `make run`, or set WATCHFLOOR_BROKER or WATCHFLOOR_KAFKA_PORT",
    )
