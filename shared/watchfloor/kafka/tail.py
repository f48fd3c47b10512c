"""Following the latest articles as they come, from a position or from now on, without a consumer group."""

import logging
from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from aiokafka import TopicPartition

from watchfloor import logs
from watchfloor.errors import Rejected, TryLater
from watchfloor.events import ArticleLatest, ArticleWithdrawn
from watchfloor.kafka import admin
from watchfloor.kafka.reading import POLL_MS, consumer_at, read_between
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

    def join(self, other: "Position") -> "Position":
        """As far as the further of the two, in each partition.

        >>> str(Position({0: 3, 1: 9}).join(Position({0: 5, 1: 2})))
        '0:5,1:9'
        """
        mine = self.offsets
        return Position({**mine, **{place: max(at, mine.get(place, 0)) for place, at in other.offsets.items()}})

    def covers(self, other: "Position") -> bool:
        """Whether a reader here has read all that one at `other` has."""
        return all(self.offsets.get(place, 0) >= at for place, at in other.offsets.items())

    def back(self, records: int) -> "Position":
        """So many records earlier in each partition."""
        return Position({place: max(0, at - records) for place, at in self.offsets.items()})

    def ahead_of(self, other: "Position") -> int:
        """How many records lie between, where this is further.

        >>> Position({0: 3, 1: 9}).ahead_of(Position({0: 1, 1: 9}))
        2
        """
        return sum(max(0, at - other.offsets.get(place, 0)) for place, at in self.offsets.items())

    def __str__(self) -> str:
        return ",".join(f"{partition}:{offset}" for partition, offset in sorted(self.offsets.items()))


START = Position(dict.fromkeys(range(ARTICLES_LATEST.partitions), 0))
"""Before everything that the topic still has."""


@dataclass(frozen=True)
class Tailed:
    """What was read, where it lies, and where its reader stands after it."""

    event: ArticleLatest | ArticleWithdrawn
    position: Position
    traceparent: str
    partition: int
    offset: int
    recorded_at: datetime
    """When it was written, by the writer's clock."""


@dataclass(frozen=True)
class Bounds:
    """What the topic has: from `first` to before `last`."""

    first: Position
    last: Position

    def settle(self, start: Position | None) -> Position:
        """The nearest position that there is; a partition that `start` does not name stands at its end."""
        given = start.offsets if start else {}
        first = self.first.offsets
        return Position(
            {place: min(max(first[place], given.get(place, last)), last) for place, last in self.last.offsets.items()}
        )


async def bounds(settings: Settings) -> Bounds:
    """What the topic has now. Raises TryLater where the broker is away, or has no such topic."""
    ends = await admin.offsets(settings, [ARTICLES_LATEST])
    if not ends:
        remedy = "watchfloor topics create"
        raise TryLater("there is no such topic", subject=ARTICLES_LATEST.name, remedy=remedy)
    return Bounds(
        Position({place.partition: first for place, (first, _) in ends.items()}),
        Position({place.partition: last for place, (_, last) in ends.items()}),
    )


async def tail(settings: Settings, start: Position | None = None) -> AsyncGenerator[Tailed, None]:
    """Every article and withdrawal from `start` on, without end; from now on where there is no `start`.

    A partition that `start` does not name is read from now on. A record that is no article is logged and passed over.
    Waits while the broker is away; raises TryLater where it is away at the beginning.
    """
    position = (await bounds(settings)).settle(start)
    async with consumer_at(settings, _places(position)) as consumer:
        while True:
            for records in (await consumer.getmany(timeout_ms=POLL_MS)).values():
                for message in records:
                    record = received(message)
                    position = position.after(record)
                    tailed = _tailed(record, position)
                    if tailed is not None:
                        yield tailed


async def between(settings: Settings, start: Position, end: Position) -> AsyncGenerator[Tailed, None]:
    """The articles and withdrawals from `start` to before `end`, in order within each partition.

    Raises TryLater where the broker is away.
    """
    position = start
    ends = _places(end)
    limits = {place: (first, ends[place]) for place, first in _places(start).items() if place in ends}
    async for record in read_between(settings, limits):
        position = position.after(record)
        tailed = _tailed(record, position)
        if tailed is not None:
            yield tailed


def _places(position: Position) -> dict[TopicPartition, int]:
    return {TopicPartition(ARTICLES_LATEST.name, number): offset for number, offset in position.offsets.items()}


def _tailed(record: Received, position: Position) -> Tailed | None:
    event = _article(record)
    if event is None:
        return None
    recorded_at = datetime.fromtimestamp(record.timestamp_ms / 1000, UTC)
    return Tailed(event, position, record.traceparent, record.partition, record.offset, recorded_at)


def _article(record: Received) -> ArticleLatest | ArticleWithdrawn | None:
    try:
        event = read(record, ARTICLES_LATEST)
    except Rejected as error:
        log.warning("passed over: %s", error, extra=logs.event("record_passed_over"))
        return None
    return event if isinstance(event, ArticleLatest | ArticleWithdrawn) else None
