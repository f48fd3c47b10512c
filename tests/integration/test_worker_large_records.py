"""Large records on a real broker: by claim check between services, refused where a public topic cannot carry them."""

import random
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from fixtures.fetched import fetched_page
from fixtures.pass_through import build, gone
from fixtures.working import eventually, finished, on_topic, running, send, size_of

from watchfloor.events import ArticleWithdrawn, Event, PageFetched, PageGone
from watchfloor.kafka import dead_letters
from watchfloor.kafka.claim_checks import CLAIM, claim_checks_of
from watchfloor.kafka.publisher import Publisher
from watchfloor.kafka.records import read
from watchfloor.settings import Settings
from watchfloor.stage import Stage
from watchfloor.topics import (
    ARTICLES_ENRICHED,
    ARTICLES_LATEST,
    ARTICLES_PARSED,
    MAX_RECORD_BYTES,
    PAGES_FETCHED,
    dead_letters_of,
)

pytestmark = pytest.mark.integration


def page(kilobytes: int) -> PageFetched:
    """A page of noise, which does not become smaller by compression."""
    url = f"https://harbour.example/{kilobytes}"
    content = random.Random(7).randbytes(kilobytes * 768)  # noqa: S311 - noise, no secret
    return fetched_page(url, content, datetime(2026, 3, 1, 9, tzinfo=UTC), origin="pushed")


async def test_a_large_page_travels_by_claim_check_and_arrives_whole(kafka: Settings) -> None:
    seen: list[Event] = []

    async def handle(event: Event) -> AsyncIterator[Event]:
        seen.append(event)
        yield gone(event.url) if isinstance(event, PageFetched) else event

    small, large = page(100), page(6000)
    async with Publisher(kafka, "gateway") as publisher:
        for event in (small, large):
            await publisher.publish(event, "1")
    records = {record.key: record for record in await on_topic(kafka, PAGES_FETCHED)}
    assert CLAIM not in records[small.key.encode()].header
    assert len(records[large.key.encode()].value or b"") < 200
    async with running(Stage("parser", (PageFetched,), (PageGone,), handle), kafka):

        async def both_came() -> bool:
            return await size_of(kafka, ARTICLES_PARSED) == 2

        await eventually(both_came, "two pages")
    assert {event.key: event for event in seen} == {small.key: small, large.key: large}


async def test_a_large_page_whose_file_is_gone_ends_in_the_dead_letters_naming_the_file(kafka: Settings) -> None:
    async with Publisher(kafka, "gateway") as publisher:
        await publisher.publish(page(1000), "1")
    (file,) = kafka.claims_folder.iterdir()
    content = file.read_bytes()
    file.unlink()
    async with running(build(0), kafka):

        async def it_is_rejected() -> bool:
            return await size_of(kafka, dead_letters_of("parser")) == 1

        await eventually(it_is_rejected, "the dead letter")
    (record,) = await on_topic(kafka, dead_letters_of("parser"))
    letter = dead_letters.read(record, "parser")
    assert str(file) in letter.reason
    assert letter.attempts > 1
    file.write_bytes(content)
    assert read(claim_checks_of(kafka).check_out(record, 1), PAGES_FETCHED) == page(1000)


async def test_what_a_public_topic_cannot_carry_is_rejected_naming_size_and_limit(kafka: Settings) -> None:
    async def handle(event: Event) -> AsyncIterator[Event]:
        if not isinstance(event, PageGone):
            return  # what the worker says of the rejection comes to the indexer, too
        reason = "x" * (3 if event.time.minute else MAX_RECORD_BYTES)
        yield ArticleWithdrawn(article_id=event.key, fetched_at=event.time, reason=reason)

    stage = Stage("indexer", (PageGone,), (ArticleWithdrawn,), handle)
    await send(kafka, gone("https://harbour.example/1"), gone("https://harbour.example/2", 1), topic=ARTICLES_ENRICHED)
    async with running(stage, kafka):
        await finished(kafka, "indexer")
    (record,) = await on_topic(kafka, dead_letters_of("indexer"))
    letter = dead_letters.read(record, "indexer")
    assert str(MAX_RECORD_BYTES) in letter.reason
    (tombstone,) = await on_topic(kafka, ARTICLES_LATEST)
    assert tombstone.value is None
    withdrawn = read(tombstone, ARTICLES_LATEST)
    assert isinstance(withdrawn, ArticleWithdrawn)
    assert withdrawn.reason == "xxx"
