"""Following the latest articles as they come, from a position or from now on, without a consumer group."""

import logging
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass

from aiokafka import TopicPartition

from watchfloor.errors import Rejected
from watchfloor.events import ArticleLatest, ArticleWithdrawn
from watchfloor.kafka import admin
from watchfloor.kafka.reading import POLL_MS, consumer_at
from watchfloor.kafka.records import Received, read, received
from watchfloor.settings import Settings
from watchfloor.topics import ARTICLES_LATEST

log = logging.getLogger(__name__)
REMEDY = "give partition:offset for each partition, such as 0:17,1:4"


@dataclass(frozen=True)
class Position:
    """How far a reader is: of each partition the offset that it reads next. As text: `partition:offset,…`.

    >>> str(Position.parse("1:4,0:17"))
    '0:17,1:4'
    """

    offsets: Mapping[int, int]

    @classmethod
    def parse(cls, text: str) -> "Position":
        """Read a position. Raises Rejected, naming the text, where it is none."""
        try:
            pairs = [part.split(":") for part in text.split(",")]
            offsets = {int(partition): int(offset) for partition, offset in pairs}
        except ValueError as error:
            raise Rejected("is no position", subject=repr(text[:200]), remedy=REMEDY) from error
        if min(*offsets, *offsets.values()) < 0 or max(offsets) >= ARTICLES_LATEST.partitions:
            raise Rejected("names a partition or offset that cannot be", subject=repr(text[:200]), remedy=REMEDY)
        return cls(offsets)

    def after(self, record: Received) -> "Position":
        """The position of a reader that has read this record."""
        return Position({**self.offsets, record.partition: record.offset + 1})

    def __str__(self) -> str:
        return ",".join(f"{partition}:{offset}" for partition, offset in sorted(self.offsets.items()))


START = Position(dict.fromkeys(range(ARTICLES_LATEST.partitions), 0))
"""Before everything that the topic still has."""


@dataclass(frozen=True)
class Tailed:
    """What was read, and where its reader stands after it."""

    event: ArticleLatest | ArticleWithdrawn
    position: Position
    traceparent: str


async def tail(settings: Settings, start: Position | None = None) -> AsyncIterator[Tailed]:
    """Every article and withdrawal from `start` on, without end; from now on where there is no `start`.

    A partition that `start` does not name is read from now on. A record that is no article is logged and passed over.
    Waits while the broker is away; raises TryLater where it is away at the beginning.
    """
    position = await _settle(settings, start)
    begin = {TopicPartition(ARTICLES_LATEST.name, number): offset for number, offset in position.offsets.items()}
    async with consumer_at(settings, begin) as consumer:
        while True:
            for records in (await consumer.getmany(timeout_ms=POLL_MS)).values():
                for message in records:
                    record = received(message)
                    position = position.after(record)
                    event = _article(record)
                    if event is not None:
                        yield Tailed(event, position, record.traceparent)


async def _settle(settings: Settings, start: Position | None) -> Position:
    """Every partition's offset, none before the first or after the last that there is."""
    ends = await admin.offsets(settings, [ARTICLES_LATEST])
    given = start.offsets if start else {}
    return Position(
        {
            place.partition: min(max(first, given.get(place.partition, last)), last)
            for place, (first, last) in ends.items()
        }
    )


def _article(record: Received) -> ArticleLatest | ArticleWithdrawn | None:
    try:
        event = read(record, ARTICLES_LATEST)
    except Rejected as error:
        log.warning("passed over: %s", error)
        return None
    return event if isinstance(event, ArticleLatest | ArticleWithdrawn) else None
