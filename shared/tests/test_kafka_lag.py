"""How far a stage is behind, worked out from where it stands and where the topic ends."""

import asyncio

from watchfloor.kafka.flight import Flight
from watchfloor.kafka.lag import Backlog, Head
from watchfloor.kafka.records import Received
from watchfloor.kafka.retry import Halt

A, B = ("topic", 0), ("topic", 1)


def test_records_are_those_from_the_head_to_the_end_over_all_partitions() -> None:
    heads = {A: Head(7, 90_000), B: Head(3, 95_000)}
    assert Backlog().measure(heads, {A: 9, B: 3}, 100.0) == (2, 10.0)
    assert Backlog().measure(heads, {A: 9, B: 8}, 100.0) == (7, 10.0)


def test_a_stage_that_has_done_all_is_not_behind() -> None:
    assert Backlog().measure({A: Head(9)}, {A: 9}, 100.0) == (0, 0.0)
    assert Backlog().measure({}, {}, 100.0) == (0, 0.0)


def test_a_record_that_is_not_held_yet_ages_from_when_it_was_seen_to_wait() -> None:
    backlog = Backlog()
    assert backlog.measure({A: Head(5)}, {A: 6}, 100.0) == (1, 0.0)
    assert backlog.measure({A: Head(5)}, {A: 7}, 103.0) == (2, 3.0)
    assert backlog.measure({A: Head(6)}, {A: 7}, 106.0) == (1, 0.0), "another record is the oldest now"


def test_a_writer_whose_clock_is_ahead_makes_no_negative_age() -> None:
    assert Backlog().measure({A: Head(5, 200_000)}, {A: 6}, 100.0) == (1, 0.0)


def test_a_topic_that_was_made_anew_is_not_behind_by_less_than_nothing() -> None:
    assert Backlog().measure({A: Head(50)}, {A: 2}, 100.0) == (0, 0.0)


async def test_the_head_of_a_flight_is_its_oldest_record_that_is_not_acknowledged() -> None:
    go_on = asyncio.Event()

    async def handle(record: Received) -> None:
        if record.offset == 4:
            await go_on.wait()

    flight = Flight(handle, lambda _: None, Halt(), most_records=10, most_bytes=10**6, few_records=0)
    assert flight.head(A) is None
    records = [Received("topic", 0, number, b"%d" % number, b"", (), 1000 + number) for number in (3, 4, 5)]
    flight.take((record, lambda: None) for record in records)
    await asyncio.sleep(0.01)
    assert flight.head(A) == Head(4, 1004)
    go_on.set()
    while flight.in_flight:  # noqa: ASYNC110 - what is waited for is what is tested
        await asyncio.sleep(0)
    assert flight.head(A) == Head(6)
    await flight.drain(0.0)
    assert flight.head(A) is None
