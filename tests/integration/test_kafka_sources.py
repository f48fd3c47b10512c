"""Sources on a real broker: one after the other, backfill held back, the same record when it is given again."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from fixtures.pass_through import build, gone
from fixtures.working import committed_of, eventually, on_topic, running, size_of

from watchfloor.errors import Rejected, TryLater
from watchfloor.events import Event, PageGone, PageRequested
from watchfloor.identity import page_id
from watchfloor.kafka.publisher import Publisher
from watchfloor.kafka.records import read
from watchfloor.kafka.source_worker import SourceWorker, run_source
from watchfloor.settings import Settings
from watchfloor.source import Source, Visit
from watchfloor.topics import ARTICLES_PARSED, PAGES_FETCHED, PAGES_REQUESTED, dead_letters_of

pytestmark = pytest.mark.integration


def source(*events: PageGone, after: list[str] | None = None, kafka: Settings | None = None) -> Source:
    async def visits() -> AsyncIterator[Visit]:
        for count, event in enumerate(events, 1):
            yield Visit(event, "1")
            if after is not None and kafka is not None:
                assert await size_of(kafka, PAGES_FETCHED) == count, "the code behind a yield runs after the ack"
                after.append(event.url)

    return Source(name="ingest", writes=(PageGone,), visits=visits)


def pages(count: int, origin: str = "live") -> list[PageGone]:
    return [
        gone(f"https://harbour.example/{origin}/{number}", number).model_copy(update={"origin": origin})
        for number in range(count)
    ]


async def test_the_next_item_is_asked_for_only_after_the_last_is_acknowledged(kafka: Settings) -> None:
    events = pages(20)
    after: list[str] = []
    sent: list[Event] = []
    count = await run_source(source(*events, after=after, kafka=kafka), kafka, on_sent=sent.append)
    assert count == 20
    assert after == [event.url for event in events]
    assert sent == events


async def test_a_visit_given_again_is_the_same_record(kafka: Settings) -> None:
    for _ in range(2):
        await run_source(source(*pages(3)), kafka)
    records = await on_topic(kafka, PAGES_FETCHED)
    assert len(records) == 6
    assert len({(record.ce_id, record.value, record.headers) for record in records}) == 3


async def test_a_backfill_is_held_back_until_its_pages_are_through_and_live_pages_pass_it(kafka: Settings) -> None:
    few = kafka.model_copy(update={"backfill_in_flight": 5})
    worker = SourceWorker(source(*pages(12, "backfill")), few)
    backfill = asyncio.create_task(worker.run())

    async def five_are_sent() -> bool:
        return await size_of(kafka, PAGES_FETCHED) == 5

    await eventually(five_are_sent, "as many as may be in flight")
    await asyncio.sleep(1)
    assert await five_are_sent(), "no more while they are in flight"
    assert await run_source(source(*pages(3)), few) == 3, "what is live is not held back"
    async with running(build(0), kafka):

        async def the_next_stage_has_them() -> bool:
            return await size_of(kafka, ARTICLES_PARSED) >= 8

        await eventually(the_next_stage_has_them, "eight events")
        await asyncio.sleep(1)
        assert await size_of(kafka, PAGES_FETCHED) == 8, "a page that waits for the next stage is in flight too"
    worker.stop()
    assert await asyncio.wait_for(backfill, 10) == 5


async def test_visits_given_together_are_all_acknowledged_before_the_next_is_asked_for(kafka: Settings) -> None:
    """Those of one page stay in their order."""
    one, two = gone("https://harbour.example/a", 1), gone("https://harbour.example/a", 2)
    sizes: list[int] = []

    async def visits() -> AsyncIterator[Visit | tuple[Visit, ...]]:
        yield (Visit(one, "1"), Visit(two, "2"), *(Visit(event, "1") for event in pages(30)))
        sizes.append(await size_of(kafka, PAGES_FETCHED))
        yield Visit(gone("https://harbour.example/b"), "1")

    assert await run_source(Source("ingest", (PageGone,), visits), kafka) == 33
    assert sizes == [32]
    events = [read(record, PAGES_FETCHED) for record in await on_topic(kafka, PAGES_FETCHED)]
    assert [event for event in events if event.key == one.key] == [one, two]


def asked_for(url: str) -> PageRequested:
    return PageRequested(page_id=page_id(url), url=url, requested_at=datetime(2026, 3, 1, tzinfo=UTC))


async def ask_for(kafka: Settings, *urls: str) -> None:
    async with Publisher(kafka, "gateway") as publisher:
        for url in urls:
            await publisher.publish(asked_for(url), "1")


def reading(taken: list[str], refused: str = "") -> Source:
    async def nothing_new() -> AsyncIterator[Visit]:
        await asyncio.Event().wait()
        yield Visit(pages(1)[0], "1")

    async def receive(event: Event) -> None:
        assert isinstance(event, PageRequested)
        if event.url == refused:
            raise Rejected("is not what we fetch", subject=event.url)
        taken.append(event.url)

    return Source("scraper", (PageGone,), nothing_new, (PageRequested,), receive)


async def test_a_source_is_given_what_it_reads_and_a_successor_goes_on_behind_it(kafka: Settings) -> None:
    """What it rejects goes to its dead letters, and the next record is read."""
    taken: list[str] = []
    for first, last in ((0, 3), (3, 5)):
        worker = SourceWorker(reading(taken, refused="https://harbour.example/1"), kafka)
        work = asyncio.create_task(worker.run())
        wanted = [f"https://harbour.example/{number}" for number in range(first, last)]
        await ask_for(kafka, *wanted)

        async def all_are_acknowledged(count: int = last) -> bool:
            done = (await committed_of(kafka, "scraper")).items()
            return sum(offset for place, offset in done if place.topic == PAGES_REQUESTED.name) == count

        await eventually(all_are_acknowledged, "every record")
        worker.stop()
        await asyncio.wait_for(work, 10)
    assert sorted(taken) == [f"https://harbour.example/{number}" for number in (0, 2, 3, 4)]
    (letter,) = await on_topic(kafka, dead_letters_of("scraper"))
    assert letter.key == page_id("https://harbour.example/1").encode()


async def test_a_stop_does_not_wait_for_a_source_that_waits_for_news(kafka: Settings) -> None:
    closed = asyncio.Event()

    async def visits() -> AsyncIterator[Visit]:
        try:
            yield Visit(pages(1)[0], "1")
            await asyncio.Event().wait()
        finally:
            closed.set()

    worker = SourceWorker(Source("ingest", (PageGone,), visits), kafka)
    running_source = asyncio.create_task(worker.run())

    async def one_is_sent() -> bool:
        return await size_of(kafka, PAGES_FETCHED) == 1

    await eventually(one_is_sent, "the first item")
    worker.stop()
    assert await asyncio.wait_for(running_source, 10) == 1
    assert closed.is_set()


async def test_an_error_of_the_source_reaches_whoever_runs_it(kafka: Settings) -> None:
    async def visits() -> AsyncIterator[Visit]:
        yield Visit(pages(1)[0], "1")
        raise LookupError("the folder is gone")

    with pytest.raises(LookupError, match="the folder is gone"):
        await run_source(Source("ingest", (PageGone,), visits), kafka)
    assert await size_of(kafka, PAGES_FETCHED) == 1


async def test_a_publisher_returns_after_the_acknowledgement_with_the_trace(kafka: Settings) -> None:
    (event,) = pages(1)
    async with Publisher(kafka, "gateway") as publisher:
        await publisher.check()
        traceparent = await publisher.publish(event, "1")
        assert await size_of(kafka, PAGES_FETCHED) == 1
    (record,) = await on_topic(kafka, PAGES_FETCHED)
    assert record.traceparent == traceparent
    assert read(record, PAGES_FETCHED) == event


async def test_a_publisher_without_a_broker_says_what_to_do() -> None:
    nowhere = Settings(broker="127.0.0.1:1")
    async with Publisher(nowhere, "gateway") as publisher:
        with pytest.raises(TryLater, match=r"127\.0\.0\.1:1.*make run"):
            await publisher.publish(pages(1)[0], "1")
        with pytest.raises(TryLater):
            await publisher.check()
