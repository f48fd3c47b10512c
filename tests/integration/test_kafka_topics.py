"""Topics, lag, and following the latest articles, on a real broker."""

import asyncio
from datetime import UTC, datetime

import pytest
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from click.testing import CliRunner
from fixtures.pass_through import build, gone
from fixtures.working import finished, lag_of, running, send, send_records

from watchfloor.events import ArticleWithdrawn
from watchfloor.kafka import admin
from watchfloor.kafka.commands import topics
from watchfloor.kafka.records import Outgoing, compose
from watchfloor.kafka.tail import START, Position, Tailed, tail
from watchfloor.settings import Settings
from watchfloor.topics import ARTICLES_LATEST, PAGES_FETCHED, Topic, all_topics

pytestmark = pytest.mark.integration
FETCHED = datetime(2026, 3, 1, 9, tzinfo=UTC)


def withdrawn(number: int) -> Outgoing:
    event = ArticleWithdrawn(article_id=f"{number:032x}", fetched_at=FETCHED, reason=f"gone {number}")
    return compose(event, ARTICLES_LATEST, "indexer", str(number))


async def follow(kafka: Settings, start: Position | None, count: int) -> list[Tailed]:
    found = []
    async for tailed in tail(kafka, start):
        found.append(tailed)
        if len(found) == count:
            return found
    raise AssertionError("a tail has no end")


async def test_topics_are_made_as_declared_and_making_them_again_changes_nothing(kafka: Settings) -> None:
    assert await admin.create_topics(kafka) == []
    states = await admin.describe(kafka)
    assert [state.topic for state in states] == list(all_topics())
    assert [state.drift for state in states] == [()] * len(states)
    assert {state.partitions for state in states} == {6}


async def test_what_differs_from_the_declaration_is_told(kafka: Settings) -> None:
    client = AIOKafkaAdminClient(bootstrap_servers=kafka.bootstrap)
    await client.start()
    await client.delete_topics([PAGES_FETCHED.name, ARTICLES_LATEST.name])
    while {PAGES_FETCHED.name, ARTICLES_LATEST.name} & set(await client.list_topics()):  # noqa: ASYNC110 - no event for it
        await asyncio.sleep(0.05)
    await client.create_topics([NewTopic(PAGES_FETCHED.name, 2, 1, topic_configs={"retention.ms": "1000"})])
    while PAGES_FETCHED.name not in await client.list_topics():  # noqa: ASYNC110 - made, and a moment later told of
        await asyncio.sleep(0.05)
    await client.close()
    drift = {state.topic.name: " ".join(state.drift) for state in await admin.describe(kafka)}
    assert "retention.ms is 1000, declared 604800000" in drift[PAGES_FETCHED.name]
    assert "2 partitions, declared 6" in drift[PAGES_FETCHED.name]
    assert "missing" in drift[ARTICLES_LATEST.name]
    output = await asyncio.to_thread(describe, kafka)
    assert "2 partitions, declared 6" in output


def describe(kafka: Settings) -> str:
    result = CliRunner().invoke(topics, ["describe"], env={"WATCHFLOOR_BROKER": kafka.broker}, catch_exceptions=False)
    assert result.exit_code == 0
    return result.output


async def test_lag_is_what_a_stage_has_not_acknowledged(kafka: Settings) -> None:
    await send(kafka, *(gone(f"https://harbour.example/{number}") for number in range(7)))
    assert await lag_of(kafka, "parser") == 7
    assert "parser is 7 behind" in await asyncio.to_thread(describe, kafka)
    async with running(build(0), kafka):
        await finished(kafka)
    assert await lag_of(kafka, "enricher") == 7


async def test_a_reader_that_comes_back_with_its_position_misses_nothing_and_gets_nothing_twice(
    kafka: Settings,
) -> None:
    await send_records(kafka, *map(withdrawn, range(10)))
    first = await follow(kafka, START, 4)
    rest = await follow(kafka, Position.parse(str(first[-1].position)), 6)
    seen = [tailed.event.key for tailed in first + rest]
    assert sorted(seen) == [f"{number:032x}" for number in range(10)]


async def test_a_reader_without_a_position_gets_what_comes_from_now_on(kafka: Settings) -> None:
    await send_records(kafka, withdrawn(1))
    following = asyncio.create_task(follow(kafka, None, 1))
    for number in range(2, 200):
        await send_records(kafka, withdrawn(number))
        if following.done():
            break
    (tailed,) = await asyncio.wait_for(following, 30)
    assert tailed.event.key != f"{1:032x}"


async def test_what_is_no_article_is_passed_over(kafka: Settings) -> None:
    broken = Outgoing(ARTICLES_LATEST.name, b"1", b"{not json", ())
    await send_records(kafka, broken, withdrawn(1))
    (tailed,) = await follow(kafka, START, 1)
    assert isinstance(tailed.event, ArticleWithdrawn)
    assert tailed.event.reason == "gone 1"


@pytest.mark.parametrize("topic", all_topics(), ids=lambda topic: topic.name)
def test_every_topic_takes_records_up_to_the_limit(topic: Topic) -> None:
    assert int(admin.config_of(topic)["max.message.bytes"]) >= 4 * 1024 * 1024
