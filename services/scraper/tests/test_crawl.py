"""The order of the work: noted before it is done, given out, and kept only once it was taken. Real server and files."""

import asyncio
import gzip
import sqlite3
import time
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager, closing
from datetime import datetime
from pathlib import Path
from typing import cast

import pytest
from fixtures.crawling import crawl_settings, crawling
from fixtures.small_server import page
from fixtures.small_site import Answers, SmallSite, html, outlet, rss, small_site

from watchfloor.errors import TryLater
from watchfloor.events import Event, PageDecided, PageFetched
from watchfloor.settings import Settings
from watchfloor.source import Visit
from watchfloor.web.response import Response
from watchfloor_scraper import visiting
from watchfloor_scraper.answers.consequence import Consequence
from watchfloor_scraper.answers.pages import follow_page
from watchfloor_scraper.archive import ArchiveWriter
from watchfloor_scraper.crawl import MOST_TROUBLED, Crawl
from watchfloor_scraper.frontier import CONFIGURED, Finding, Frontier, Outcome, Target
from watchfloor_scraper.frontier.finding import FIND, target
from watchfloor_scraper.source import build
from watchfloor_scraper.visiting import Visitor

Given = AsyncGenerator[list[Visit], None]
NEWS: Answers = {"/feed.xml": rss("/1", "/2"), "/1": html("One"), "/2": html("Two")}
SILENCE = b""
"""An answer that never comes, on a connection that stays open."""
TWICE = "feeds: [{base}/feed.xml], revisit: {first: 1s, growth: 1, until: 1h}"


def settings_of(site: SmallSite, folder: Path, more: str = "feeds: [{base}/feed.xml]", **others: object) -> Settings:
    return crawl_settings(folder, outlet(site, more=more), allowed=site.host, **others)


def known(settings: Settings, url: str) -> Target:
    """What a scraper that is no more has kept of an address."""
    with closing(sqlite3.connect(settings.data / "frontier.sqlite")) as base:
        base.row_factory = sqlite3.Row
        return target(base.execute(FIND, (url,)).fetchone())


async def given(visits: Given, kind: type[Event]) -> Visit:
    """The first event of a kind; what came before it counts as acknowledged, what it came with does not."""
    async with asyncio.timeout(30):
        async for together in visits:
            for visit in together:
                if isinstance(visit.event, kind):
                    return visit
    raise AssertionError("it ended")


@asynccontextmanager
async def at_work(settings: Settings) -> AsyncIterator[Given]:
    """A scraper whose events nobody acknowledges but by asking for more; at the end it is stopped where it stands."""
    visits = cast("Given", build(settings).visits())
    try:
        yield visits
    finally:
        await visits.aclose()


async def test_what_was_given_and_not_acknowledged_is_given_again_under_the_same_number(tmp_path: Path) -> None:
    """The record's `ce_id` is made of the page and this number, so a consumer can drop the repeat."""
    async with small_site(NEWS) as site:
        settings = settings_of(site, tmp_path)
        async with at_work(settings) as visits:
            first = await given(visits, PageFetched)
        assert isinstance(first.event, PageFetched)
        left = known(settings, first.event.url)
        assert (left.visit, left.under_way, left.last_fetched_at) == (1, True, None)
        async with at_work(settings) as visits:
            again = await given(visits, PageFetched)
            assert isinstance(again.event, PageFetched)
            assert (again.event.url, again.number) == (first.event.url, first.number) == (again.event.url, "1")
            await anext(visits)
        kept = known(settings, first.event.url)
        assert (kept.visit, kept.under_way, kept.body_hash is None) == (2, False, False)


async def test_what_a_list_brought_is_not_known_before_it_is_acknowledged(tmp_path: Path) -> None:
    async with small_site(NEWS) as site:
        settings = settings_of(site, tmp_path)
        async with at_work(settings) as visits:
            await given(visits, PageDecided)
        with Frontier(settings.data / "frontier.sqlite", now=lambda: 0.0) as frontier:
            assert not frontier.knows(site.url("/1"))
        async with at_work(settings) as visits:
            found = await given(visits, PageDecided)
            await given(visits, PageFetched)
        assert isinstance(found.event, PageDecided)
        assert (found.event.url, found.number) == (site.url("/1"), "found:feed")


async def test_a_visit_is_noted_before_the_site_is_asked(tmp_path: Path) -> None:
    """A kill while the site answers leaves the visit begun, and the next process makes it first."""
    async with small_site({**NEWS, "/1": SILENCE}) as site:
        settings = settings_of(site, tmp_path)
        async with crawling(settings) as crawl:
            await crawl.until(lambda: "/1" in site.paths, "the request")
        left = known(settings, site.url("/1"))
        assert (left.visit, left.under_way) == (1, True)


async def test_numbers_of_visits_go_on_over_restarts(tmp_path: Path) -> None:
    async with small_site({**NEWS, "/1": [html("One"), html("One, corrected")], "/feed.xml": rss("/1")}) as site:
        settings = settings_of(site, tmp_path, TWICE)
        async with crawling(settings) as crawl:
            await crawl.until(crawl.fetched, "the page")
            await crawl.until(lambda: crawl.decided(site.url("/1"))[-1][0] == "fetched", "that it is kept")
            await asyncio.sleep(0.1)
        async with crawling(settings) as crawl:
            await crawl.until(crawl.fetched, "the corrected page")
        (again,) = crawl.fetched()
        assert b"corrected" in again.content()
        assert [visit.number for visit in crawl.visits if visit.event is again] == ["2"]


async def test_an_error_that_nobody_foresaw_ends_its_visit_and_not_the_crawl(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def follow_or_fail(target: Target, *rest: object) -> object:
        if target.url.endswith("/1"):
            raise ZeroDivisionError("a fault of ours")
        return follow_page(target, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(visiting, "follow_page", follow_or_fail)
    async with small_site(NEWS) as site, crawling(settings_of(site, tmp_path)) as crawl:
        await crawl.until(lambda: crawl.decided(site.url("/2"))[1:], "the other page")
        await crawl.until(lambda: crawl.decided(site.url("/1"))[1:], "the end of the visit")
        assert crawl.decided(site.url("/1"))[-1] == ("failed", "unforeseen")
        assert crawl.decided(site.url("/2"))[-1] == ("fetched", "http_200")


async def test_a_visit_whose_archive_cannot_be_written_is_made_again_under_its_number(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write, full = ArchiveWriter.write, [True]

    def write_or_fail(self: ArchiveWriter, exchange: Response, fetched_at: datetime) -> None:
        if full and exchange.final_url.endswith("/feed.xml"):
            full.clear()
            raise TryLater("cannot be written: disk full", subject="archive")
        write(self, exchange, fetched_at)

    monkeypatch.setattr(ArchiveWriter, "write", write_or_fail)
    monkeypatch.setattr("watchfloor_scraper.crawl.AGAIN_SECONDS", 0.2)
    async with small_site(NEWS) as site:
        settings = settings_of(site, tmp_path, archive=str(tmp_path / "archive"))
        async with crawling(settings) as crawl:
            await crawl.until(lambda: len(crawl.fetched()) == 2, "both pages")
        assert site.pages().count("/feed.xml") >= 2
        assert {visit.number for visit in crawl.visits if isinstance(visit.event, PageFetched)} == {"1"}


async def test_every_answer_is_archived_where_the_operator_wants_it(tmp_path: Path) -> None:
    async with small_site({**NEWS, "/feed.xml": rss("/1", "/none")}) as site:
        settings = settings_of(site, tmp_path, archive=str(tmp_path / "archive"))
        async with crawling(settings) as crawl:
            await crawl.until(lambda: crawl.decided(site.url("/none"))[1:], "what is missing")
            await crawl.until(crawl.fetched, "the page")
        (segment,) = (tmp_path / "archive").glob("*.warc.gz")
        archived = gzip.decompress(segment.read_bytes()).decode()
        for path in ("/robots.txt", "/feed.xml", "/1", "/none"):
            assert f"WARC-Target-URI: {site.url(path)}\r\n" in archived


async def test_hosts_are_asked_side_by_side_and_each_by_one_connection(tmp_path: Path) -> None:
    """A host that does not answer keeps no other waiting, and is not asked a second thing meanwhile."""
    async with small_site({**NEWS, "/feed.xml": rss(*(f"/{n}" for n in range(5)))}) as site:
        async with small_site({"/robots.txt": SILENCE}) as silent:
            sources = outlet(silent, "silent", "feeds: [{base}/a, {base}/b]") + outlet(site)
            settings = crawl_settings(tmp_path, sources, allowed=f"{site.host},{silent.host}")
            async with crawling(settings) as crawl:
                await crawl.until(lambda: len(crawl.events(PageDecided)) >= 10, "the site that answers")
        assert (site.server.connections, silent.paths) == (1, ["/robots.txt"])


async def test_a_page_of_no_known_kind_of_answer_is_tried_again_later(tmp_path: Path) -> None:
    async with small_site({**NEWS, "/1": page(b"", status="500 Oops")}) as site:
        async with crawling(settings_of(site, tmp_path)) as crawl:
            await crawl.until(lambda: crawl.decided(site.url("/1"))[1:], "the failure")
            assert crawl.decided(site.url("/1"))[-1] == ("failed", "http_5xx")
        left = known(settings_of(site, tmp_path), site.url("/1"))
        assert left.failures == 1
        assert left.due_at is not None


class HangsWhereItFailed:
    """Visits that never end where the last one failed, and end at once elsewhere."""

    def __init__(self) -> None:
        self.begun: list[str] = []

    async def visit(self, target: Target) -> Consequence | None:
        """Hang, or say that the list brought nothing new."""
        self.begun.append(target.url)
        if target.failures:
            await asyncio.Event().wait()
        return Consequence(target, Outcome(target.url, None, fetched_at=time.time()))


async def test_hosts_that_hang_leave_room_for_those_that_answer(tmp_path: Path) -> None:
    """A hundred of them have been due for longer than the one that answers."""
    frontier = Frontier(tmp_path / "frontier.sqlite", now=time.time)
    hanging = [f"https://h{number}.example/feed" for number in range(100)]
    now = time.time()
    frontier.add([Finding(url, "feed", None, CONFIGURED, now, "live") for url in hanging])
    frontier.settle([Outcome(url, now, failures=1) for url in hanging], now)
    frontier.add([Finding("https://well.example/feed", "feed", None, CONFIGURED, now + 1, "live")])
    visitor = HangsWhereItFailed()
    crawl = Crawl(frontier, cast("Visitor", visitor), lambda _now: (), lambda _each: None)
    work = asyncio.ensure_future(anext(crawl.visits(), None))
    async with asyncio.timeout(60):
        while "https://well.example/feed" not in visitor.begun:  # noqa: ASYNC110 - the crawl gives no event for this
            await asyncio.sleep(0.05)
    work.cancel()
    await asyncio.gather(work, return_exceptions=True)
    frontier.close()
    assert len(set(visitor.begun)) <= MOST_TROUBLED + 1
