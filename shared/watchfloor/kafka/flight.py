"""Records in flight: those of one key one after the other, keys side by side, acknowledgements in order.

A record is acknowledged only when all before it in its partition are finished too: acknowledging out of order would
commit past what is unfinished, and a kill would lose that. It knows no broker; it is given what to do.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass

from watchfloor.kafka.lag import Head
from watchfloor.kafka.records import Received
from watchfloor.kafka.retry import Halt, Halted

Place = tuple[str, int]


@dataclass(slots=True)
class _Flying:
    record: Received
    acknowledge: Callable[[], object]
    finished: bool = False


class Flight:
    """What a worker has taken and not yet acknowledged.

    `handle` returns when the record's fate is acknowledged by the broker, and raises Halted where it was let go.
    Anything else that it raises ends the worker: it is given to `fail`, and the record stays unacknowledged.
    """

    def __init__(
        self,
        handle: Callable[[Received], Awaitable[None]],
        fail: Callable[[BaseException], None],
        halt: Halt,
        *,
        most_records: int,
        most_bytes: int,
        few_records: int,
    ) -> None:
        self._handle = handle
        self._fail = fail
        self._halt = halt
        self._most_records, self._most_bytes, self._few_records = most_records, most_bytes, few_records
        self._records, self._bytes = 0, 0
        self._partitions: dict[Place, deque[_Flying]] = {}
        self._lanes: dict[tuple[str, bytes | None], deque[_Flying]] = {}
        self._next: dict[Place, int] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._changed, self._nearly_done = asyncio.Event(), asyncio.Event()

    @property
    def in_flight(self) -> int:
        """Records taken and not yet acknowledged."""
        return self._records

    def head(self, place: Place) -> Head | None:
        """The oldest record of a partition that is not acknowledged; None where none was taken yet."""
        waiting = self._partitions.get(place)
        if waiting:
            return Head(waiting[0].record.offset, waiting[0].record.timestamp_ms)
        return Head(self._next[place]) if place in self._next else None

    def take(self, batch: Iterable[tuple[Received, Callable[[], object]]]) -> None:
        """Begin with records, given in the order of their partitions, each with its acknowledgement."""
        for record, acknowledge in batch:
            flying = _Flying(record, acknowledge)
            self._records += 1
            self._bytes += record.size
            self._partitions.setdefault((record.topic, record.partition), deque()).append(flying)
            name = (record.topic, record.key)
            lane = self._lanes.get(name)
            if lane is None:
                lane = self._lanes[name] = deque((flying,))
                self._tasks.add(asyncio.create_task(self._fly(name, lane)))
            else:
                lane.append(flying)

    async def room(self, seconds: float) -> None:
        """Wait until more may be taken: as soon as few are left, else after these seconds if there is room.

        Taking whenever there is room would make every batch a small one, and each costs requests. Raises Halted.
        """
        if self._records > self._few_records:
            self._nearly_done.clear()
            await self._halt.wait_for(self._nearly_done, seconds)
        while self._records >= self._most_records or self._bytes >= self._most_bytes:
            self._changed.clear()
            await self._halt.wait_for(self._changed)

    async def drain(self, grace_seconds: float) -> None:
        """Let go of all, waiting retries at once, the rest after a grace; then forget what is unfinished."""
        self._halt.set()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=grace_seconds)
        for task in self._tasks:
            task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=1.0)
        self._tasks.clear()
        self._partitions.clear()
        self._lanes.clear()
        self._next.clear()
        self._records = self._bytes = 0
        self._changed.set()

    async def _fly(self, name: tuple[str, bytes | None], lane: deque[_Flying]) -> None:
        try:
            while lane:
                if self._halt.is_set:
                    return
                await self._handle(lane[0].record)
                self._finish(lane.popleft())
        except Halted:
            return
        except Exception as error:  # noqa: BLE001 - it is passed on: the worker ends with it
            self._fail(error)
        finally:
            self._tasks.discard(asyncio.current_task())
            if self._lanes.get(name) is lane:
                del self._lanes[name]

    def _finish(self, flying: _Flying) -> None:
        flying.finished = True
        place = (flying.record.topic, flying.record.partition)
        waiting = self._partitions.get(place, ())
        while waiting and waiting[0].finished:
            first = waiting.popleft()
            first.acknowledge()
            self._next[place] = first.record.offset + 1
            self._records -= 1
            self._bytes -= first.record.size
        self._changed.set()
        if self._records <= self._few_records:
            self._nearly_done.set()
