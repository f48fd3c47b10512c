"""Topics, consumer groups and lag: what the broker knows, and how it should be."""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType
from aiokafka.errors import (
    GroupCoordinatorNotAvailableError,
    GroupLoadInProgressError,
    KafkaError,
    NotCoordinatorForGroupError,
    TopicAlreadyExistsError,
    for_code,
)

from watchfloor.errors import Stop, TryLater
from watchfloor.kafka.sender import HEADROOM_BYTES, trouble
from watchfloor.settings import Settings
from watchfloor.topics import DAY_MS, MAX_RECORD_BYTES, STAGES, TOPICS, Topic, all_topics, topics_read_by

log = logging.getLogger(__name__)
DEAD_LETTER_SUFFIX = ".dead.v1"
REQUEST_MS = 10_000
COORDINATOR_AWAY = (GroupCoordinatorNotAvailableError, GroupLoadInProgressError, NotCoordinatorForGroupError)
COORDINATOR_ATTEMPTS, COORDINATOR_PAUSE_SECONDS = 40, 0.25
MOST_COPIES = 3
"""Replicas of a partition: one on each broker, up to these."""


def group_of(stage: str) -> str:
    """The consumer group of a stage."""
    return f"watchfloor.{stage}"


def config_of(topic: Topic) -> dict[str, str]:
    """The broker's configuration of a topic: how long it keeps what, and how large its records may be."""
    headroom = HEADROOM_BYTES if topic.name.endswith(DEAD_LETTER_SUFFIX) else 0
    size = {"max.message.bytes": str(MAX_RECORD_BYTES + headroom)}
    if topic.compacted:
        # Segments roll daily: the active one is never compacted, and a quiet topic would keep every version for a week.
        return {
            "cleanup.policy": "compact",
            "delete.retention.ms": str(topic.retention_ms),
            "segment.ms": str(DAY_MS),
            **size,
        }
    return {"cleanup.policy": "delete", "retention.ms": str(topic.retention_ms), **size}


@asynccontextmanager
async def client(settings: Settings) -> AsyncIterator[AIOKafkaAdminClient]:
    """A connection for administration. Raises TryLater where the broker is away, also in the midst."""
    admin = AIOKafkaAdminClient(bootstrap_servers=settings.bootstrap, request_timeout_ms=REQUEST_MS)
    try:
        await admin.start()
        yield admin
    except (KafkaError, OSError) as error:
        raise trouble(settings.bootstrap, error) from error
    finally:
        await admin.close()


async def wait_for_broker(settings: Settings, seconds: float) -> None:
    """Return once the broker answers. Raises TryLater where it has not within these seconds."""
    deadline = asyncio.get_running_loop().time() + seconds
    while True:
        try:
            async with client(settings) as admin:
                await admin.list_topics()
        except TryLater:
            if asyncio.get_running_loop().time() >= deadline:
                raise
            await asyncio.sleep(0.2)
        else:
            return


async def create_topics(settings: Settings, topics: Iterable[Topic] | None = None) -> list[str]:
    """Create what is missing of the declared topics; what is there is left as it is. Returns the names of the new.

    Raises TryLater where the broker is away, Stop where it refuses.
    """
    async with client(settings) as admin:
        present = set(await admin.list_topics())
        missing = [topic for topic in topics or all_topics() if topic.name not in present]
        if not missing:
            return []
        copies = min(MOST_COPIES, len((await admin.describe_cluster())["brokers"]))
        response = await admin.create_topics(
            [NewTopic(topic.name, topic.partitions, copies, topic_configs=config_of(topic)) for topic in missing]
        )
        made = []
        for name, code, *detail in response.topic_errors:
            error = for_code(code)
            if code and error is not TopicAlreadyExistsError:
                raise Stop(f"the broker refuses to create it: {error.__name__} {detail or ''}", subject=name)
            if not code:
                made.append(name)
        return made


@dataclass(frozen=True)
class TopicState:
    """A topic as the broker has it, against the declaration."""

    topic: Topic
    partitions: int
    """0 where it is missing."""
    records: int
    """By offsets: of a compacted topic more than there are."""
    drift: tuple[str, ...]
    """What differs from the declaration, for a person."""


async def describe(settings: Settings) -> list[TopicState]:
    """Every declared topic as the broker has it. Raises TryLater where the broker is away."""
    async with client(settings) as admin:
        partitions = await _partitions(admin, all_topics())
        configs = await _configs(admin, partitions)
    ends = await offsets(settings, all_topics())
    return [_state(topic, partitions.get(topic.name, 0), configs.get(topic.name, {}), ends) for topic in all_topics()]


def _state(
    topic: Topic, partitions: int, config: dict[str, str], ends: dict[TopicPartition, tuple[int, int]]
) -> TopicState:
    if not partitions:
        return TopicState(topic, 0, 0, ("missing: watchfloor topics create",))
    drift = [
        f"{name} is {config.get(name)}, declared {wanted}"
        for name, wanted in config_of(topic).items()
        if config.get(name) != wanted
    ]
    if partitions != topic.partitions:
        drift.append(f"{partitions} partitions, declared {topic.partitions}")
    records = sum(last - first for place, (first, last) in ends.items() if place.topic == topic.name)
    return TopicState(topic, partitions, records, tuple(drift))


async def _partitions(admin: AIOKafkaAdminClient, topics: Iterable[Topic]) -> dict[str, int]:
    """How many partitions the broker has of each of these topics; without those that it does not have."""
    present = set(await admin.list_topics())
    there = [topic.name for topic in topics if topic.name in present]
    described = await admin.describe_topics(there) if there else []
    return {item["topic"]: len(item["partitions"]) for item in described}


async def _configs(admin: AIOKafkaAdminClient, names: Iterable[str]) -> dict[str, dict[str, str]]:
    resources = [ConfigResource(ConfigResourceType.TOPIC, name) for name in names]
    if not resources:
        return {}
    responses = await admin.describe_configs(resources)
    return {
        name: {entry[0]: entry[1] for entry in entries}
        for response in responses
        for _code, _message, _kind, name, entries in response.resources
    }


async def offsets(settings: Settings, topics: Iterable[Topic]) -> dict[TopicPartition, tuple[int, int]]:
    """First and next offset of every partition that the broker has of these topics.

    Raises TryLater where the broker is away.
    """
    async with client(settings) as admin:
        partitions = await _partitions(admin, topics)
    places = [TopicPartition(name, number) for name, count in partitions.items() for number in range(count)]
    if not places:
        return {}
    consumer = AIOKafkaConsumer(bootstrap_servers=settings.bootstrap, request_timeout_ms=REQUEST_MS)
    try:
        await consumer.start()
        # Unassigned, the client would ask for the metadata of each topic by itself, a tenth of a second each.
        consumer.assign(places)
        consumer.pause(*places)
        first, last = await consumer.beginning_offsets(places), await consumer.end_offsets(places)
    except (KafkaError, OSError) as error:
        raise trouble(settings.bootstrap, error) from error
    finally:
        await consumer.stop()
    return {place: (first[place], last[place]) for place in places}


async def committed(settings: Settings, group: str) -> dict[TopicPartition, tuple[int, str]]:
    """What a group has committed: offset and metadata of each partition. Raises TryLater where the broker is away."""
    async with client(settings) as admin:
        for attempt in range(COORDINATOR_ATTEMPTS):
            try:
                found = await admin.list_consumer_group_offsets(group)
                break
            except COORDINATOR_AWAY:
                # A fresh broker makes the topic of the groups' offsets only when first asked.
                if attempt == COORDINATOR_ATTEMPTS - 1:
                    raise
                await asyncio.sleep(COORDINATOR_PAUSE_SECONDS)
    return {place: (entry.offset, entry.metadata) for place, entry in found.items()}


@dataclass(frozen=True)
class Lag:
    """How many records a stage has before it."""

    stage: str
    topic: str
    records: int


async def lag(settings: Settings) -> list[Lag]:
    """The lag of every stage on every topic that it reads. Raises TryLater where the broker is away."""
    ends = await offsets(settings, TOPICS)
    found = []
    for stage in STAGES:
        done = await committed(settings, group_of(stage))
        for topic in topics_read_by(stage):
            places = [place for place in ends if place.topic == topic.name]
            records = sum(max(0, ends[place][1] - _position(place, done, ends)) for place in places)
            found.append(Lag(stage, topic.name, records))
    return found


def _position(
    place: TopicPartition, done: dict[TopicPartition, tuple[int, str]], ends: dict[TopicPartition, tuple[int, int]]
) -> int:
    first = ends[place][0]
    return max(first, done[place][0]) if place in done else first
