"""Reading records without a consumer group: from here to there, or from here on."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import KafkaError

from watchfloor.kafka.records import Received, received
from watchfloor.kafka.sender import trouble
from watchfloor.settings import Settings
from watchfloor.topics import MAX_RECORD_BYTES

POLL_MS = 500


@asynccontextmanager
async def consumer_at(settings: Settings, begin: Mapping[TopicPartition, int]) -> AsyncIterator[AIOKafkaConsumer]:
    """A consumer that stands at these offsets. Raises TryLater where the broker is away."""
    consumer = AIOKafkaConsumer(
        bootstrap_servers=settings.bootstrap,
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        max_partition_fetch_bytes=MAX_RECORD_BYTES,
    )
    try:
        await consumer.start()
        consumer.assign(list(begin))
        for place, offset in begin.items():
            consumer.seek(place, offset)
        yield consumer
    except (KafkaError, OSError) as error:
        raise trouble(settings.bootstrap, error) from error
    finally:
        await consumer.stop()


async def read_between(settings: Settings, bounds: Mapping[TopicPartition, tuple[int, int]]) -> AsyncIterator[Received]:
    """The records from the first to before the last of these offsets, in order within each partition.

    Raises TryLater where the broker is away.
    """
    bounds = {place: (first, last) for place, (first, last) in bounds.items() if first < last}
    if not bounds:
        return
    async with consumer_at(settings, {place: first for place, (first, _last) in bounds.items()}) as consumer:
        waiting = set(bounds)
        while waiting:
            for place, records in (await consumer.getmany(*waiting, timeout_ms=POLL_MS)).items():
                for record in records:
                    if record.offset < bounds[place][1]:
                        yield received(record)
            waiting = {place for place in waiting if await consumer.position(place) < bounds[place][1]}
