"""The breaker and the way home, on a real broker."""

import asyncio
import json
from collections.abc import AsyncIterator

import pytest
from click.testing import CliRunner
from fixtures.pass_through import build, gone
from fixtures.working import eventually, finished, on_topic, running, send, send_records, size_of

from watchfloor import status
from watchfloor.errors import Rejected
from watchfloor.events import Event, PageGone
from watchfloor.kafka.commands import dlq
from watchfloor.kafka.dead_letter_box import DeadLetterBox
from watchfloor.kafka.records import Outgoing, read
from watchfloor.settings import Settings
from watchfloor.stage import Stage
from watchfloor.topics import ARTICLES_PARSED, PAGES_FETCHED, dead_letters_of

pytestmark = pytest.mark.integration
DEAD = dead_letters_of("parser")


def poisoned(sources: int, count: int = 100) -> list[PageGone]:
    return [
        gone(f"https://outlet{number % sources}.example/{number}", number, f"outlet{number % sources}")
        for number in range(count)
    ]


def failing(error: Exception, mended: asyncio.Event) -> Stage:
    async def handle(event: Event) -> AsyncIterator[Event]:
        if not mended.is_set():
            raise error
        yield event

    return Stage(name="parser", reads=(PageGone,), writes=(PageGone,), handle=handle)


async def paused(kafka: Settings) -> bool:
    told = status.read(kafka.status_folder, "parser")
    return told is not None and told.state == "paused"


def command(kafka: Settings, *arguments: str) -> str:
    environment = {"WATCHFLOOR_BROKER": kafka.broker, "WATCHFLOOR_DATA_FOLDER": str(kafka.data)}
    result = CliRunner().invoke(dlq, arguments, env=environment, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


@pytest.mark.parametrize("error", [Rejected("has no title", subject="page"), KeyError("nobody foresaw this")])
async def test_a_hundred_poisoned_records_of_five_sources_stop_the_stage_and_all_come_home(
    kafka: Settings, error: Exception
) -> None:
    events = poisoned(sources=5)
    await send(kafka, *events)
    mended = asyncio.Event()
    async with running(failing(error, mended), kafka):
        await eventually(lambda: paused(kafka), "the breaker trips")
        await asyncio.sleep(2)
        assert 0 < await size_of(kafka, DEAD) <= kafka.breaker_failures
        told = status.read(kafka.status_folder, "parser")
        assert told is not None
        assert "outlet" in told.detail
        assert "dlq retry" in told.detail
        mended.set()
        await finished(kafka)
        dead = await size_of(kafka, DEAD)
        assert await size_of(kafka, ARTICLES_PARSED) == 100 - dead
        output = await asyncio.to_thread(command, kafka, "retry", "--all")
        assert f"parser: {dead} brought home" in output
        await finished(kafka)

        async def all_are_through() -> bool:
            return await size_of(kafka, ARTICLES_PARSED) == 100

        await eventually(all_are_through, "a hundred records, none twice")
    urls = {read(record, ARTICLES_PARSED).key for record in await on_topic(kafka, ARTICLES_PARSED)}
    assert urls == {event.key for event in events}
    ids = {record.ce_id for record in await on_topic(kafka, PAGES_FETCHED)}
    assert len(ids) == 100, "a record that was brought home has the id it had"


async def test_a_hundred_unreadable_records_of_five_sources_stop_the_stage(kafka: Settings) -> None:
    records = [
        Outgoing(PAGES_FETCHED.name, b"%d" % number, b'{"source_id": "outlet%d", "page_id": 7' % (number % 5), ())
        for number in range(100)
    ]
    await send_records(kafka, *records)
    async with running(build(0), kafka):
        await eventually(lambda: paused(kafka), "the breaker trips")
        await asyncio.sleep(1)
        assert 0 < await size_of(kafka, DEAD) <= kafka.breaker_failures
        loop = asyncio.get_running_loop()
        began = loop.time()
    assert loop.time() - began < 10, "a stop does not wait for an open breaker"


@pytest.mark.parametrize("error", [Rejected("has no title", subject="page"), KeyError("nobody foresaw this")])
async def test_one_bad_source_never_trips_the_breaker(kafka: Settings, error: Exception) -> None:
    await send(kafka, *poisoned(sources=1, count=60), gone("https://harbour.example/good", 61, "harbour"))

    async def handle(event: PageGone) -> AsyncIterator[Event]:
        if event.source_id == "outlet0":
            raise error
        yield event

    async with running(Stage("parser", (PageGone,), (PageGone,), handle), kafka):  # type: ignore[arg-type]
        await finished(kafka)
    assert await size_of(kafka, DEAD) == 60
    assert await size_of(kafka, ARTICLES_PARSED) == 1


async def test_dead_letters_are_listed_shown_and_brought_home_each_once(kafka: Settings) -> None:
    await send(kafka, *poisoned(sources=1, count=5))
    async with running(failing(Rejected("has no title", subject="page"), asyncio.Event()), kafka):
        await finished(kafka)
    assert "parser: 5 × Rejected: has no title" in await asyncio.to_thread(command, kafka, "list")
    letters = [json.loads(line) for line in (await asyncio.to_thread(command, kafka, "list", "--each")).splitlines()]
    chosen = letters[3]
    shown = json.loads(await asyncio.to_thread(command, kafka, "show", chosen["id"]))
    assert json.loads(shown["value"])["page_id"] == chosen["key"]
    assert shown["headers"]["ce_type"] == PageGone.type_name

    assert "parser: 1 brought home" in await asyncio.to_thread(command, kafka, "retry", "--id", chosen["id"])
    waiting = [letter.id async for letter in DeadLetterBox(kafka, "parser").waiting()]
    assert sorted([*waiting, chosen["id"]]) == sorted(letter["id"] for letter in letters)
    assert "parser: 4 brought home" in await asyncio.to_thread(command, kafka, "retry", "--all")
    assert "parser: 0 brought home" in await asyncio.to_thread(command, kafka, "retry", "--all")
    assert "0 dead letters" in await asyncio.to_thread(command, kafka, "list")

    given = await on_topic(kafka, PAGES_FETCHED)
    assert len(given) == 10
    assert len({record.ce_id for record in given}) == 5
    partitions = {(record.key, record.partition) for record in given}
    assert len(partitions) == 5, "each went to the partition that it came from"


async def test_a_letter_that_fails_again_says_how_often(kafka: Settings) -> None:
    await send(kafka, *poisoned(sources=1, count=1))
    async with running(failing(Rejected("has no title", subject="page"), asyncio.Event()), kafka):
        await finished(kafka)
        await asyncio.to_thread(command, kafka, "retry", "--all")
        await finished(kafka)

        async def it_is_back() -> bool:
            return await size_of(kafka, DEAD) == 2

        await eventually(it_is_back, "the second letter")
    (letter,) = [letter async for letter in DeadLetterBox(kafka, "parser").waiting()]
    assert letter.times == 2


async def test_an_id_that_no_letter_has_is_named(kafka: Settings) -> None:
    with pytest.raises(Rejected, match="parser:0:99"):
        await DeadLetterBox(kafka, "parser").find("parser:0:99")
    with pytest.raises(Rejected, match="nowhere"):
        DeadLetterBox(kafka, "nowhere")
