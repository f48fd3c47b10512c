"""How far a stage is behind, in records and in seconds: looked at every few seconds, by the worker itself.

It asks the broker for the ends of the partitions that the worker has, over a connection of its own, so that a slow answer
holds up no record; with that it notices, too, when the broker is away. Where the worker stands it knows better than the
broker.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import KafkaError

from watchfloor import logs, metrics
from watchfloor.errors import WatchfloorError
from watchfloor.kafka import admin
from watchfloor.kafka.sender import trouble
from watchfloor.settings import Settings

log = logging.getLogger(__name__)
LOOK_SECONDS = 3.0
ANSWER_MS = 5_000
Place = tuple[str, int]


@dataclass(frozen=True)
class Head:
    """Where a reader stands in a partition: the offset of the record that it has to finish next.

    `written_ms` is when that was written (milliseconds since the epoch); None where the reader does not hold it yet.
    """

    offset: int
    written_ms: int | None = None


@dataclass
class Backlog:
    """Works out a lag from heads and ends. It knows no broker."""

    _seen: dict[Place, tuple[int, float]] = field(default_factory=dict)
    """Since when a record is known to wait of which only the offset is known."""

    def measure(self, heads: Mapping[Place, Head], ends: Mapping[Place, int], now: float) -> tuple[int, float]:
        """Records before the reader, and the age of the oldest in seconds at `now`, seconds since the epoch.

        A record that the reader does not hold yet is as old as it has been seen to wait: it may be older.

        >>> Backlog().measure({("t", 0): Head(7, 90_000)}, {("t", 0): 9}, now=100.0)
        (2, 10.0)
        """
        behind = {place: ends[place] - head.offset for place, head in heads.items() if ends.get(place, 0) > head.offset}
        since = {place: self._since(place, heads[place], now) for place in behind}
        self._seen = {place: (heads[place].offset, since[place]) for place in behind if heads[place].written_ms is None}
        return sum(behind.values()), max(0.0, now - min(since.values(), default=now))

    def _since(self, place: Place, head: Head, now: float) -> float:
        if head.written_ms is not None:
            return head.written_ms / 1000
        offset, seen = self._seen.get(place, (head.offset, now))
        return seen if offset == head.offset else now


class LagWatch:
    """Keeps the gauges of one stage. `heads` gives, for each partition that the worker has, where it stands.

    None stands for a partition of which it has taken nothing yet: there it begins at what the group has committed.
    """

    def __init__(self, stage: str, settings: Settings, heads: Callable[[], Mapping[Place, Head | None]]) -> None:
        self._stage = stage
        self._settings = settings
        self._heads = heads
        self._backlog = Backlog()
        self._begins: dict[Place, Head] = {}
        self.trouble: str | None = None
        """Why the broker cannot be asked; None while it answers."""

    async def run(self) -> None:
        """Look until cancelled."""
        while True:
            try:
                await self._look_on()
            except WatchfloorError as error:
                self._note(error)
            await asyncio.sleep(LOOK_SECONDS)

    async def _look_on(self) -> None:
        """Look as long as the connection holds. Raises TryLater and Stop where it does not."""
        consumer = AIOKafkaConsumer(
            bootstrap_servers=self._settings.bootstrap, enable_auto_commit=False, request_timeout_ms=ANSWER_MS
        )
        try:
            async with asyncio.timeout(2 * ANSWER_MS / 1000):
                await consumer.start()
            while True:
                async with asyncio.timeout(2 * ANSWER_MS / 1000):
                    await self._look(consumer)
                await asyncio.sleep(LOOK_SECONDS)
        except (KafkaError, OSError) as error:  # of which TimeoutError is one
            raise trouble(self._settings.bootstrap, error) from error
        finally:
            with suppress(KafkaError, OSError):
                await consumer.stop()

    async def _look(self, consumer: AIOKafkaConsumer) -> None:
        places = list(self._heads())
        ends = await _ends(consumer, places)
        heads = await self._known(consumer, places)
        self._note(None)
        records, seconds = self._backlog.measure(heads, ends, time.time())
        metrics.LAG_RECORDS.labels(self._stage).set(records)
        metrics.LAG_SECONDS.labels(self._stage).set(seconds)

    async def _known(self, consumer: AIOKafkaConsumer, places: Iterable[Place]) -> dict[Place, Head]:
        """The heads, with what the group has committed where nothing was taken yet."""
        self._begins = {place: head for place, head in self._begins.items() if place in places}
        unknown = [place for place, head in self._heads().items() if head is None and place not in self._begins]
        if unknown:
            self._begins |= await self._committed(consumer, unknown)
        now = self._heads()
        for place, head in now.items():
            if head is not None:
                self._begins[place] = Head(head.offset)
        return {place: head for place in now if (head := now[place] or self._begins.get(place)) is not None}

    async def _committed(self, consumer: AIOKafkaConsumer, places: list[Place]) -> dict[Place, Head]:
        done = await admin.committed(self._settings, admin.group_of(self._stage))
        firsts = await consumer.beginning_offsets([TopicPartition(*place) for place in places])
        return {
            (place.topic, place.partition): Head(max(first, done.get(place, (0, ""))[0]))
            for place, first in firsts.items()
        }

    def _note(self, error: WatchfloorError | None) -> None:
        if error is not None and self.trouble is None:
            log.warning("%s: %s", self._stage, error, extra=logs.event("broker_away"))
        elif error is None and self.trouble is not None:
            log.info("%s: the broker answers again", self._stage, extra=logs.event("broker_back"))
        self.trouble = str(error) if error else None


async def _ends(consumer: AIOKafkaConsumer, places: Iterable[Place]) -> dict[Place, int]:
    """The next offset of each of these partitions."""
    asked = [TopicPartition(*place) for place in places]
    if set(asked) != consumer.assignment():
        # Unassigned, the client would ask for the metadata of each topic by itself, a tenth of a second each.
        consumer.assign(asked)
        consumer.pause(*asked)
    ends = await consumer.end_offsets(asked) if asked else {}
    return {(place.topic, place.partition): end for place, end in ends.items()}
