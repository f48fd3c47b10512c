"""What the indexer keeps and publishes, with events in a list and no broker."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from watchfloor import tracing
from watchfloor.errors import Rejected, TryLater
from watchfloor.events import (
    ArticleEnriched,
    ArticleLatest,
    ArticleWithdrawn,
    Block,
    PageDecided,
    PageGone,
    SourceHealth,
)
from watchfloor.identity import article_id, content_hash, page_id
from watchfloor.settings import Settings
from watchfloor.store.memory import MemoryStore
from watchfloor.store.protocol import Change, Standing
from watchfloor.store.sqlite import SqliteStore
from watchfloor_indexer.batches import Applied, Batches
from watchfloor_indexer.index import index
from watchfloor_indexer.stage import build
from watchfloor_indexer.turns import Turns

BEGINNING = datetime(2026, 3, 1, 12, tzinfo=UTC)


def article(text: str, at: int = 0, page: str = "a-b-c-1", of: str | None = None) -> ArticleEnriched:
    url, canonical = f"https://news.example/{page}", f"https://news.example/{of or page}"
    blocks = (Block(kind="paragraph", text=text, start=0, end=len(text)),)
    nothing: dict[str, Any] = dict.fromkeys(
        ("source_id", "subtitle", "publisher", "site_name", "section", "published_at", "modified_at", "main_place")
    )
    empty: dict[str, Any] = dict.fromkeys(
        (
            "authors",
            "agencies",
            "tags",
            "images",
            "evidence",
            "entities",
            "places",
            "quotations",
            "times",
            "quantities",
        ),
        (),
    )
    return ArticleEnriched(
        article_id=article_id(canonical), page_id=page_id(url), url=url, canonical_url=canonical, title="A quiet day",
        fetched_at=BEGINNING + timedelta(minutes=at), content_hash=content_hash("A quiet day", blocks, []),
        origin="live", language="en", article_type="news", paywalled=False, blocks=blocks, text=text, **nothing, **empty,
    )  # fmt: skip


def gone(at: int, page: str = "a-b-c-1") -> PageGone:
    url = f"https://news.example/{page}"
    at_time = BEGINNING + timedelta(minutes=at)
    said = {"reason": "answered 410", "source_id": None, "origin": "live"}
    return PageGone.model_validate({"page_id": page_id(url), "url": url, "status": 410, "fetched_at": at_time, **said})


class Noting(MemoryStore):
    """A real store that notes how many changes came together, and refuses an article that says "poison"."""

    def __init__(self) -> None:
        super().__init__()
        self.batches: list[int] = []
        self.away = False

    def apply(self, changes: Sequence[Change]) -> list[tuple[Standing, ...]]:
        """Keep the changes, or not."""
        if self.away:
            raise TryLater("is away", subject="the store")
        if any(isinstance(each.event, ArticleEnriched) and each.event.text == "poison" for each in changes):
            raise ValueError("poison")
        self.batches.append(len(changes))
        return super().apply(changes)


@pytest.fixture
async def store() -> Noting:
    return Noting()


@pytest.fixture
async def batches(store: Noting) -> AsyncIterator[Batches]:
    made = Batches(store)
    yield made
    await made.close()


async def said(event: ArticleEnriched | PageGone, batches: Batches, turns: Turns) -> list[Standing]:
    return [standing async for standing in index(event, batches, turns)]


async def test_an_article_in_its_latest_version_out(batches: Batches) -> None:
    turns = Turns()
    (first,) = await said(article("old", 0), batches, turns)
    (second,) = await said(article("new", 5), batches, turns)
    (late,) = await said(article("older", -5), batches, turns)
    assert isinstance(first, ArticleLatest)
    assert isinstance(second, ArticleLatest)
    assert isinstance(late, ArticleLatest)
    assert [(each.version, each.text) for each in (first, second, late)] == [(1, "old"), (2, "new"), (3, "new")]


async def test_a_page_gone_withdraws_and_one_of_no_article_says_nothing(batches: Batches) -> None:
    turns = Turns()
    assert await said(gone(1, "never-seen"), batches, turns) == []
    await said(article("text", 0), batches, turns)
    (standing,) = await said(gone(1), batches, turns)
    assert isinstance(standing, ArticleWithdrawn)


async def test_the_same_event_again_says_the_same_again(batches: Batches) -> None:
    turns = Turns()
    assert await said(article("text"), batches, turns) == await said(article("text"), batches, turns)


async def test_the_way_of_the_event_is_kept_with_its_article(store: Noting, batches: Batches) -> None:
    tracing.enter("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
    await said(article("text"), batches, Turns())
    kept = store.article(article("text").article_id)
    assert kept is not None
    assert kept.trace_id == "4bf92f3577b34da6a3ce929d0e0e4736"


async def test_changes_that_come_together_share_a_transaction(store: Noting, batches: Batches) -> None:
    turns = Turns()
    await asyncio.gather(*(said(article("text", page=f"p-a-g-{n}"), batches, turns) for n in range(50)))
    assert sum(store.batches) == 50
    assert len(store.batches) <= 3


async def test_a_refused_change_does_not_take_its_neighbours_with_it(batches: Batches) -> None:
    turns = Turns()
    texts = ["fine", "poison", "fine too"]
    events = [article(text, page=f"p-a-g-{number}") for number, text in enumerate(texts)]
    good, bad, other = await asyncio.gather(*(said(e, batches, turns) for e in events), return_exceptions=True)
    assert isinstance(bad, ValueError)
    assert isinstance(good, list)
    assert isinstance(other, list)


async def test_a_store_that_is_away_says_try_later_and_works_again_afterwards(store: Noting, batches: Batches) -> None:
    store.away = True
    with pytest.raises(TryLater):
        await said(article("text"), batches, Turns())
    store.away = False
    assert len(await said(article("text"), batches, Turns())) == 1


async def test_of_one_article_the_next_waits_until_the_first_is_published_and_then_says_what_is_latest(
    batches: Batches,
) -> None:
    turns = Turns()
    async with aclosing(index(article("old", 0), batches, turns)) as first:
        assert (await anext(first)).article_id == article("old").article_id
        newer = [asyncio.create_task(said(article(f"text {at}", at), batches, turns)) for at in (1, 2)]
        await asyncio.sleep(0.1)
        assert not any(task.done() for task in newer)
    for (standing,) in await asyncio.gather(*newer):
        assert isinstance(standing, ArticleLatest)
        assert standing.version == 3


async def test_a_publication_that_is_broken_off_lets_the_next_one_through(batches: Batches) -> None:
    turns = Turns()
    broken = index(article("old", 0), batches, turns)
    await anext(broken)
    await broken.aclose()
    assert len(await asyncio.wait_for(said(article("new", 1), batches, turns), 10)) == 1


async def test_two_that_touch_the_same_articles_never_wait_for_each_other() -> None:
    turns = Turns()
    one, two = (ArticleWithdrawn(article_id=id_ * 32, fetched_at=BEGINNING, reason="r") for id_ in "ab")

    async def publish(order: int, *standings: Standing) -> None:
        async with turns.take(Applied(order, standings)):
            await asyncio.sleep(0)

    await asyncio.wait_for(asyncio.gather(*(publish(n, *((one, two) if n % 2 else (two, one))) for n in range(40))), 10)
    assert not turns._turns


async def test_what_waited_says_what_was_said_last_not_what_it_was_told() -> None:
    turns = Turns()
    old, new = (ArticleWithdrawn(article_id="a" * 32, fetched_at=BEGINNING, reason=reason) for reason in ("old", "new"))
    seen = []

    async def publish(order: int, standing: Standing) -> None:
        async with turns.take(Applied(order, (standing,))) as now:
            seen.extend(now)
            await asyncio.sleep(0.01)

    await asyncio.gather(publish(2, new), publish(1, old), publish(3, new))
    assert seen == [new, new, new]


async def test_the_stage_writes_the_store_that_the_settings_name(tmp_path: Path) -> None:
    stage = build(Settings(data_folder=tmp_path))
    published = [event async for event in stage.handle(article("text"))]
    assert [type(event) for event in published] == [ArticleLatest]
    await stage.close()
    reader = SqliteStore(Settings(data_folder=tmp_path).store_path, read_only=True)
    kept = reader.article(published[0].key)
    reader.close()
    assert kept is not None
    assert kept.article == published[0]


def decided(verdict: str, reason: str, **fields: object) -> PageDecided:
    said = {"page_id": page_id("https://news.example/a-b-c-1"), "url": "https://news.example/a-b-c-1", "detail": ""}
    base = {**said, "source_id": "news", "origin": "live", "by": "scraper", "at": BEGINNING}
    return PageDecided.model_validate({**base, "verdict": verdict, "reason": reason, **fields})


async def test_trails_and_the_health_of_sources_are_kept_and_nothing_is_published_of_them(tmp_path: Path) -> None:
    stage = build(Settings(data_folder=tmp_path))
    nothing = dict.fromkeys(("country", "language", "reliability", "last_fetched_at", "next_fetch_at", "usual_24h"))
    health = SourceHealth.model_validate(
        {
            **nothing, "source_id": "news", "name": "News", "home": "https://news.example/", "tags": (), "reasons": (),
            "state": "well", "since": BEGINNING, "at": BEGINNING, "last_article_at": None, "known_pages": 0,
            "articles_24h": 0, "articles_6h": (), "words_daily": (),
        }
    )  # fmt: skip
    events = [decided("found", "feed"), decided("parsed", "news", by="parser"), health]
    assert [said for event in events for said in [each async for each in stage.handle(event)]] == []
    await stage.close()
    reader = SqliteStore(Settings(data_folder=tmp_path).store_path, read_only=True)
    assert [each.verdict for each in reader.trail(events[0].key)] == ["found", "parsed"]
    assert reader.sources() == (health,)
    reader.close()


async def test_the_stage_refuses_what_the_store_does_not_keep(tmp_path: Path) -> None:
    stage = build(Settings(data_folder=tmp_path))
    with pytest.raises(Rejected, match="nothing that the store keeps"):
        await anext(aiter(stage.handle(ArticleWithdrawn(article_id="a" * 32, fetched_at=BEGINNING, reason="r"))))
    await stage.close()
