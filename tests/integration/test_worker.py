"""Delivery on a real broker: what a worker does with what it reads."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator

import pytest
from fixtures.pass_through import build, gone
from fixtures.working import committed_of, eventually, finished, lag_of, on_topic, running, send, send_records, size_of

from watchfloor import status, tracing
from watchfloor.errors import Rejected, TryLater
from watchfloor.events import Event, PageDecided, PageGone
from watchfloor.kafka import dead_letters
from watchfloor.kafka.records import Outgoing, read
from watchfloor.settings import Settings
from watchfloor.stage import Handle, Stage
from watchfloor.topics import ARTICLES_PARSED, PAGES_DECIDED, PAGES_FETCHED, Topic, dead_letters_of

pytestmark = pytest.mark.integration
DEAD = dead_letters_of("parser")


def stage(handle: Handle) -> Stage:
    return Stage(name="parser", reads=(PageGone,), writes=(PageGone,), handle=handle)


async def urls(kafka: Settings, topic: Topic) -> list[str]:
    return [getattr(read(record, topic), "url", "") for record in await on_topic(kafka, topic)]


async def test_everything_that_goes_in_comes_out_with_its_trace_and_an_id_of_its_own(kafka: Settings) -> None:
    events = [gone(f"https://harbour.example/{number}", number) for number in range(300)]
    await send(kafka, *events)
    async with running(build(0), kafka):
        await finished(kafka)
    given, made = await on_topic(kafka, PAGES_FETCHED), await on_topic(kafka, ARTICLES_PARSED)
    assert sorted(read(record, ARTICLES_PARSED).key for record in made) == sorted(event.key for event in events)
    traces = {record.key: tracing.trace_id(record.traceparent) for record in given}
    assert {record.key: tracing.trace_id(record.traceparent) for record in made} == traces
    assert len({record.ce_id for record in given + made}) == 600


async def test_events_of_one_key_stay_in_order_while_keys_run_side_by_side(kafka: Settings) -> None:
    ran_together = 0
    at_work: set[str] = set()

    async def handle(event: Event) -> AsyncIterator[Event]:
        nonlocal ran_together
        assert event.key not in at_work
        at_work.add(event.key)
        ran_together = max(ran_together, len(at_work))
        await asyncio.sleep(0.02 if event.time.minute % 2 else 0)
        at_work.discard(event.key)
        yield event

    await send(kafka, *(gone(f"https://harbour.example/{number % 5}", number) for number in range(100)))
    async with running(stage(handle), kafka):
        await finished(kafka)
    times: defaultdict[bytes | None, list[object]] = defaultdict(list)
    for record in await on_topic(kafka, ARTICLES_PARSED):
        times[record.key].append(read(record, ARTICLES_PARSED).time)
    assert [sorted(moments) for moments in times.values()] == list(times.values())  # type: ignore[type-var]
    assert sum(map(len, times.values())) == 100
    assert ran_together > 1


async def test_an_event_is_not_acknowledged_before_what_follows_from_it_is(kafka: Settings) -> None:
    resumed = asyncio.Event()
    go_on = asyncio.Event()

    async def handle(event: Event) -> AsyncIterator[Event]:
        yield event
        resumed.set()
        await go_on.wait()
        yield event

    await send(kafka, gone("https://harbour.example/1"))
    async with running(stage(handle), kafka):
        await asyncio.wait_for(resumed.wait(), 60)
        assert await size_of(kafka, ARTICLES_PARSED) == 1, "it is resumed only after the broker's acknowledgement"
        await asyncio.sleep(1)
        assert sum((await committed_of(kafka, "parser")).values()) == 0
        go_on.set()
        await finished(kafka)
    first, second = await on_topic(kafka, ARTICLES_PARSED)
    assert first.ce_id != second.ce_id


async def test_a_slow_event_holds_the_acknowledgement_of_those_behind_it_in_its_partition(kafka: Settings) -> None:
    go_on = asyncio.Event()

    async def handle(event: Event) -> AsyncIterator[Event]:
        if event.time.minute == 0:
            await go_on.wait()
        yield event

    records = [
        Outgoing(PAGES_FETCHED.name, b"%d" % number, gone(f"https://harbour.example/{number}", number).write(), (), 3)
        for number in range(10)
    ]
    await send_records(kafka, *records)
    async with running(stage(handle), kafka):

        async def nine_came_out() -> bool:
            return await size_of(kafka, ARTICLES_PARSED) == 9

        await eventually(nine_came_out, "the other nine")
        await asyncio.sleep(1)
        assert sum((await committed_of(kafka, "parser")).values()) == 0
        go_on.set()
        await finished(kafka)


async def test_what_is_rejected_goes_to_the_dead_letters_whole_and_its_neighbours_pass(kafka: Settings) -> None:
    async def handle(event: PageGone) -> AsyncIterator[Event]:
        if event.url.endswith("/3"):
            raise Rejected("has no title", subject=event.url)
        yield event

    await send(kafka, *(gone(f"https://harbour.example/{number}", number) for number in range(6)))
    async with running(stage(handle), kafka):  # type: ignore[arg-type]
        await finished(kafka)
    (letter,) = [dead_letters.read(record, "parser") for record in await on_topic(kafka, DEAD)]
    (original,) = [record for record in await on_topic(kafka, PAGES_FETCHED) if b"/3" in (record.value or b"")]
    assert (letter.topic, letter.partition, letter.offset) == (original.topic, original.partition, original.offset)
    assert (letter.record.key, letter.record.value) == (original.key, original.value)
    assert original.headers == letter.record.headers[: len(original.headers)]
    assert (letter.error, letter.reason, letter.attempts, letter.times) == ("Rejected", "has no title", 1, 1)
    assert letter.traceback is None
    assert len(await on_topic(kafka, ARTICLES_PARSED)) == 5
    (told,) = [read(record, PAGES_DECIDED) for record in await on_topic(kafka, PAGES_DECIDED)]
    assert isinstance(told, PageDecided)
    assert (told.url, told.by, told.verdict) == ("https://harbour.example/3", "parser", "rejected")


async def test_an_unforeseen_error_goes_to_the_dead_letters_with_its_traceback(kafka: Settings) -> None:
    async def handle(event: Event) -> AsyncIterator[Event]:
        if event.time.minute == 0:
            raise ZeroDivisionError("nobody foresaw this")
        yield event

    await send(kafka, gone("https://harbour.example/1"), gone("https://harbour.example/2", 1))
    async with running(stage(handle), kafka):
        await finished(kafka)
    (letter,) = [dead_letters.read(record, "parser") for record in await on_topic(kafka, DEAD)]
    assert letter.error == "ZeroDivisionError"
    assert letter.traceback is not None
    assert "nobody foresaw this" in letter.traceback
    assert "test_worker.py" in letter.traceback


async def test_what_no_event_can_be_read_from_is_rejected_naming_its_place(kafka: Settings) -> None:
    broken = {b"invalid": b"{not json", b"array": b"[]", b"fields": b'{"url": 1}', b"binary": b"\xff\xfe\x00"}
    await send_records(kafka, *(Outgoing(PAGES_FETCHED.name, key, value, ()) for key, value in broken.items()))
    await send_records(
        kafka, Outgoing(PAGES_FETCHED.name, b"null", None, ()), Outgoing(PAGES_FETCHED.name, None, b"", ())
    )
    await send(kafka, gone("https://harbour.example/neighbour"))
    async with running(build(0), kafka):
        await finished(kafka)
    letters = [dead_letters.read(record, "parser") for record in await on_topic(kafka, DEAD)]
    assert {letter.record.key for letter in letters} == {*broken, b"null", None}
    for letter in letters:
        assert letter.subject == f"{PAGES_FETCHED.name}[{letter.partition}]@{letter.offset}"
        assert letter.error == "Rejected"
    assert await urls(kafka, ARTICLES_PARSED) == ["https://harbour.example/neighbour"]


async def test_what_must_wait_is_tried_again_until_it_passes(kafka: Settings) -> None:
    attempts = 0

    async def handle(event: Event) -> AsyncIterator[Event]:
        nonlocal attempts
        attempts += 1
        if attempts < 4:
            raise TryLater("the store is away", subject="store")
        yield event

    await send(kafka, gone("https://harbour.example/1"))
    async with running(stage(handle), kafka):
        await finished(kafka)
    assert attempts == 4
    assert await size_of(kafka, DEAD) == 0


async def test_a_stop_wakes_a_waiting_retry_and_leaves_its_event_to_the_next_worker(kafka: Settings) -> None:
    waiting = asyncio.Event()

    async def away(event: Event) -> AsyncIterator[Event]:
        if event.time.minute == 0:
            waiting.set()
            raise TryLater("the store is away", subject="store")
        yield event

    patient = kafka.model_copy(update={"retry_first_seconds": 3600.0, "retry_longest_seconds": 3600.0})
    await send(kafka, gone("https://harbour.example/held"), *(gone(f"https://harbour.example/{n}", n) for n in (1, 2)))
    loop = asyncio.get_running_loop()
    async with running(stage(away), patient):
        await asyncio.wait_for(waiting.wait(), 60)

        async def the_others_passed() -> bool:
            return await size_of(kafka, ARTICLES_PARSED) == 2

        await eventually(the_others_passed, "two events")
        began = loop.time()
    assert loop.time() - began < 10
    async with running(build(0), kafka):
        await finished(kafka)
    assert set(await urls(kafka, ARTICLES_PARSED)) == {f"https://harbour.example/{name}" for name in ("held", 1, 2)}


async def test_a_handler_that_does_not_end_cannot_hold_up_a_stop(kafka: Settings) -> None:
    begun = asyncio.Event()

    async def endless(event: Event) -> AsyncIterator[Event]:
        begun.set()
        await asyncio.Event().wait()
        yield event

    await send(kafka, gone("https://harbour.example/1"))
    loop = asyncio.get_running_loop()
    async with running(stage(endless), kafka):
        await asyncio.wait_for(begun.wait(), 60)
        began = loop.time()
    assert loop.time() - began < 10
    assert await lag_of(kafka, "parser") == 1


async def test_two_workers_share_the_partitions_and_lose_nothing_when_one_joins_and_one_leaves(kafka: Settings) -> None:
    expected = {f"https://harbour.example/{number}" for number in range(600)}
    await send(kafka, *(gone(url, number) for number, url in enumerate(sorted(expected))))
    async with running(build(20), kafka) as first:

        async def under_way() -> bool:
            return await size_of(kafka, ARTICLES_PARSED) > 50

        await eventually(under_way, "the first worker is at it")
        async with running(build(20), kafka.model_copy(update={"instance": "2"})):
            await eventually(lambda: _has_partitions(kafka, "parser-2"), "the second worker has its share")
            first.stop()
            await finished(kafka)
    assert set(await urls(kafka, ARTICLES_PARSED)) == expected


async def _has_partitions(kafka: Settings, service: str) -> bool:
    told = status.read(kafka.status_folder, service)
    return told is not None and told.state == "ready"


async def test_a_worker_tells_how_it_is(kafka: Settings) -> None:
    await send(kafka, gone("https://harbour.example/1"))
    async with running(build(0), kafka):

        async def it_says_so() -> bool:
            told = status.read(kafka.status_folder, "parser")
            return told is not None and told.state == "ready" and told.handled == 1

        await eventually(it_says_so, "a status file that says ready, and one event handled")
    told = status.read(kafka.status_folder, "parser")
    assert told is not None
    assert told.state == "stopping"
