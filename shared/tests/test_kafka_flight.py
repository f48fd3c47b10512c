"""Records in flight: order by key, acknowledgements in order, letting go."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable
from functools import partial

from hypothesis import given
from hypothesis import strategies as st

from watchfloor.kafka.flight import Flight
from watchfloor.kafka.records import Received
from watchfloor.kafka.retry import Halt

Handle = Callable[[Received], Awaitable[None]]


class Bench:
    """A flight whose acknowledgements and failures are noted."""

    def __init__(self, handle: Handle, most_records: int = 100) -> None:
        self.halt = Halt()
        self.acknowledged: list[tuple[int, int]] = []
        self.failures: list[BaseException] = []
        self.flight = Flight(
            handle, self.failures.append, self.halt, most_records=most_records, most_bytes=10**6, few_records=0
        )

    def take(self, *records: tuple[int, int, str]) -> None:
        """Take records, each given as partition, offset and key."""
        self.flight.take(
            (
                Received("topic", partition, offset, key.encode(), b""),
                partial(self.acknowledged.append, (partition, offset)),
            )
            for partition, offset, key in records
        )

    async def until(self, happened: Callable[[], bool]) -> None:
        """Let the flight go on until something has happened."""
        while not happened():  # noqa: ASYNC110 - what is waited for is what is tested
            await asyncio.sleep(0)

    async def landed(self) -> None:
        """Let the flight go on until nothing is in flight."""
        await self.until(lambda: not self.flight.in_flight)


@given(st.lists(st.tuples(st.integers(0, 2), st.sampled_from("abcd"), st.integers(0, 3)), max_size=40))
def test_keys_keep_their_order_and_acknowledgements_that_of_their_partition(
    records: list[tuple[int, str, int]],
) -> None:
    async def law() -> None:
        begun: defaultdict[bytes | None, list[int]] = defaultdict(list)
        steps = {offset: steps for offset, (_partition, _key, steps) in enumerate(records)}

        async def handle(record: Received) -> None:
            begun[record.key].append(record.offset)
            for _ in range(steps[record.offset]):
                await asyncio.sleep(0)

        bench = Bench(handle)
        bench.take(*((partition, offset, key) for offset, (partition, key, _steps) in enumerate(records)))
        await bench.landed()
        assert all(offsets == sorted(offsets) for offsets in begun.values())
        for number in range(3):
            offsets = [offset for partition, offset in bench.acknowledged if partition == number]
            assert offsets == sorted(offsets)
        assert len(bench.acknowledged) == len(records)

    asyncio.run(law())


async def test_what_is_finished_behind_something_unfinished_is_not_acknowledged() -> None:
    go_on = asyncio.Event()

    async def handle(record: Received) -> None:
        if record.offset == 1:
            await go_on.wait()

    bench = Bench(handle)
    bench.take((0, 0, "a"), (0, 1, "b"), (0, 2, "c"), (1, 0, "d"))
    await bench.until(lambda: bench.flight.in_flight == 2)
    assert bench.acknowledged == [(0, 0), (1, 0)]
    go_on.set()
    await bench.landed()
    assert bench.acknowledged[2:] == [(0, 1), (0, 2)]


async def test_letting_go_forgets_what_is_unfinished_and_what_has_not_begun() -> None:
    async def handle(record: Received) -> None:
        if record.offset == 1:
            await asyncio.Event().wait()

    bench = Bench(handle)
    bench.take((0, 0, "a"), (0, 1, "b"), (0, 2, "b"), (0, 3, "c"))
    await asyncio.sleep(0)
    await bench.flight.drain(grace_seconds=0)
    assert bench.acknowledged == [(0, 0)]
    assert bench.flight.in_flight == 0
    bench.halt.reset()
    bench.take((0, 2, "b"))
    await bench.landed()
    assert bench.acknowledged == [(0, 0), (0, 2)], "a key that was let go is handled again after a rebalance"


async def test_what_is_being_handled_may_finish_within_the_grace() -> None:
    async def handle(record: Received) -> None:
        await asyncio.sleep(0.01)

    bench = Bench(handle)
    bench.take((0, 0, "a"))
    await asyncio.sleep(0)
    await bench.flight.drain(grace_seconds=30)
    assert bench.acknowledged == [(0, 0)]


async def test_what_a_handler_cannot_settle_ends_the_worker_with_its_record_unacknowledged() -> None:
    async def handle(record: Received) -> None:
        raise RuntimeError("the producer is broken")

    bench = Bench(handle)
    bench.take((0, 0, "a"))
    await bench.until(lambda: bool(bench.failures))
    assert bench.acknowledged == []


async def test_there_is_no_room_while_too_many_are_in_flight() -> None:
    go_on = asyncio.Event()

    async def handle(record: Received) -> None:
        await go_on.wait()

    bench = Bench(handle, most_records=2)
    bench.take((0, 0, "a"), (0, 1, "b"))
    room = asyncio.create_task(bench.flight.room(0))
    await asyncio.sleep(0.02)
    assert not room.done()
    go_on.set()
    await asyncio.wait_for(room, 10)
