"""The watch line says what was measured, and nothing where nothing was."""

import asyncio
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from fastapi import FastAPI

from watchfloor.errors import Stop, TryLater
from watchfloor.events import SourceHealth, SourceState
from watchfloor.store.memory import MemoryStore
from watchfloor_gateway.pages.frame.keeper import KEPT_FOR, Keeper
from watchfloor_gateway.pages.frame.watch import Measured, Watch, watch

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def source(state: SourceState, usual: float | None) -> SourceHealth:
    nothing = dict.fromkeys(
        ("country", "language", "reliability", "last_fetched_at", "next_fetch_at", "last_article_at"), None
    )
    given = {
        "source_id": f"{state}-{usual}", "name": "Tidewatch", "home": "https://tidewatch.example", "tags": (),
        "state": state, "reasons": (), "since": NOON, "at": NOON, "known_pages": 1, "articles_24h": 1,
        "usual_24h": usual, "articles_6h": (), "words_daily": (),
    }  # fmt: skip
    return SourceHealth.model_validate({**nothing, **given})


def measured(
    silence: timedelta = timedelta(), hours: tuple[int, ...] = (1,) * 24, sources: tuple[SourceHealth, ...] = ()
) -> Measured:
    return Measured(NOON, NOON - silence, hours, sources)


def test_sources_are_counted_by_state_and_paused_ones_are_not() -> None:
    said = watch(
        measured(sources=(source("well", 1), source("well", 2), source("silent", 3), source("paused", 4))), None
    )
    assert [(each.state, each.count) for each in said.states] == [("well", 2), ("silent", 1)]


def test_what_is_usual_is_said_once_it_is_known_of_every_source_that_is_watched() -> None:
    assert watch(measured(sources=(source("well", 10.4), source("late", 20.0))), None).usual == 30
    assert watch(measured(sources=(source("well", 10.4), source("paused", None))), None).usual == 10
    assert watch(measured(sources=(source("well", 10.4), source("late", None))), None).usual is None
    assert watch(measured(), None).usual is None


@pytest.mark.parametrize(
    ("minutes", "a_day", "stale"),
    [
        (14, 100_000, False),
        (16, 100_000, True),
        (60, 100, False),
        (101, 100, True),
        (60 * 23, 0, False),
        (60 * 25, 0, True),
    ],
)
def test_the_newest_article_is_stale_when_chance_does_not_explain_the_silence(
    minutes: int, a_day: int, stale: bool
) -> None:
    said = watch(measured(timedelta(minutes=minutes), hours=(a_day,) + (0,) * 23), None)
    assert said.stale is stale


def test_of_an_empty_store_nothing_is_said() -> None:
    said = watch(Measured(NOON, None, (0,) * 24, ()), None)
    assert (said.newest, said.age, said.bars, said.usual, said.states, said.delay) == (None, None, None, None, (), None)


async def test_one_answer_serves_everybody_for_two_seconds() -> None:
    keeper, asked = Keeper(), 0

    async def measure() -> Watch:
        nonlocal asked
        asked += 1
        await asyncio.sleep(0)
        return Watch(NOON, articles=asked)

    answers = await asyncio.gather(*(keeper.watch(measure, NOON) for _ in range(20)))
    assert {each.articles for each in answers} == {1}
    assert (await keeper.watch(measure, NOON + KEPT_FOR)).articles == 2


@pytest.mark.parametrize("error", [TryLater, Stop])
async def test_where_the_store_is_away_the_last_answer_stays_and_says_since_when(error: type[TryLater | Stop]) -> None:
    keeper = Keeper()

    async def measure() -> Watch:
        return Watch(NOON, newest=NOON, age="now", articles=7)

    async def fail() -> Watch:
        raise error("is away", subject="store")

    await keeper.watch(measure, NOON)
    for seconds in (10, 20):
        said = await keeper.watch(fail, NOON + timedelta(seconds=seconds))
        assert (said.articles, said.age, said.away) == (7, None, NOON + timedelta(seconds=10))
    assert (await keeper.watch(measure, NOON + timedelta(seconds=30))).away is None


async def test_a_page_is_rendered_though_the_store_is_away(
    app: FastAPI, client: httpx.AsyncClient, store: MemoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away() -> None:
        raise TryLater("is locked", subject="store", remedy="wait")

    monkeypatch.setattr(store, "newest", away)
    answer = await client.get("/keys")
    assert answer.status_code == 200
    assert "no answer from the store since" in answer.text


async def test_the_watch_line_is_asked_for_by_itself(client: httpx.AsyncClient) -> None:
    answer = await client.get("/frame/watch-line")
    assert '<section class="watchline" id="watch-line"' in answer.text
    assert "<main" not in answer.text
