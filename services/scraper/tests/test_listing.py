"""Reading lists: further pages of them, more than is taken at once, what has no end. Real server, frontier and pool."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from fixtures.crawling import crawl_settings
from fixtures.frontier import NOON, Clock
from fixtures.small_server import page
from fixtures.small_site import Answers, SmallSite, index, rss, sitemap, small_site

from watchfloor.events import PageDecided
from watchfloor.web.client import Client
from watchfloor.web.response import Response
from watchfloor_scraper import listing
from watchfloor_scraper.answers.consequence import Consequence
from watchfloor_scraper.answers.lists import SOON
from watchfloor_scraper.asking import Asker
from watchfloor_scraper.configuration import Outlet
from watchfloor_scraper.discovery.listings import MAX_FOUND, MAX_PAGES
from watchfloor_scraper.discovery.traps import MAX_DATES
from watchfloor_scraper.frontier import CONFIGURED, Finding, Frontier, Kind
from watchfloor_scraper.listing import Lister

LATER = NOON + 1e8


@dataclass
class Reading:
    """A lister, and what it needs to read."""

    site: SmallSite
    frontier: Frontier
    asker: Asker
    lister: Lister
    clock: Clock

    @property
    def outlet(self) -> Outlet:
        """The outlet of the site."""
        return Outlet.model_validate({"id": "gazette", "home": self.site.url(), "delay": "0s", "cadence": "1s"})

    async def read(self, path: str, kind: Kind = "feed") -> Consequence:
        """Read a list once, and keep what follows, as the crawl does."""
        self.frontier.add([Finding(self.site.url(path), kind, "gazette", CONFIGURED, 0.0, "live")])
        self.clock.now += 3600
        while (taken := self.frontier.take(self.clock.now, limit=1, busy=())[0]).url != self.site.url(path):
            self.frontier.release(taken.url, LATER)
            self.clock.now += 10
        reply = None
        while not isinstance(reply, Response):
            reply = await self.asker.ask(taken, self.outlet)
        consequence = await self.lister.follow(taken, reply, self.outlet, self.clock.now)
        self.frontier.add(consequence.findings)
        self.frontier.settle([consequence.outcome], self.clock.now)
        return consequence


@asynccontextmanager
async def reading(folder: Path, answers: Answers) -> AsyncIterator[Reading]:
    clock = Clock()
    async with small_site(answers) as site:
        with Frontier(folder / "frontier.sqlite", now=clock) as frontier:
            async with Client("WatchfloorBot/0", allowed=site.server.allowed) as client:
                asker = Asker(client, frontier, clock=clock)
                lister = Lister(crawl_settings(folder, ""), frontier, asker, clock)
                try:
                    yield Reading(site, frontier, asker, lister, clock)
                finally:
                    await lister.close()


def found(consequence: Consequence) -> list[str]:
    """The ends of the addresses that are found."""
    events = (visit.event for visit in consequence.visits)
    return [
        event.url.rpartition("/")[2] for event in events if isinstance(event, PageDecided) and event.verdict == "found"
    ]


def reasons(consequence: Consequence) -> set[str]:
    return {visit.event.reason for visit in consequence.visits if isinstance(visit.event, PageDecided)}


async def test_where_all_entries_of_a_feed_are_new_it_is_read_on_to_what_is_known(tmp_path: Path) -> None:
    """So nothing is lost while the scraper stood still for longer than the feed remembers."""
    answers: Answers = {
        "/feed": [rss("/1"), rss("/5", "/4", then="/feed?2")],
        "/feed?2": rss("/3", "/2", then="/feed?3"),
    }
    async with reading(tmp_path, {**answers, "/feed?3": rss("/2", "/1", then="/feed?4")}) as desk:
        assert found(await desk.read("/feed")) == ["1"]
        assert found(await desk.read("/feed")) == ["5", "4", "3", "2"]
        assert desk.site.pages() == ["/feed", "/feed", "/feed?2", "/feed?3"]


async def test_a_feed_that_is_read_for_the_first_time_is_read_no_further(tmp_path: Path) -> None:
    async with reading(tmp_path, {"/feed": rss("/1", then="/feed?2"), "/feed?2": rss("/2")}) as desk:
        assert found(await desk.read("/feed")) == ["1"]
        assert desk.site.pages() == ["/feed"]


async def test_next_pages_without_end_are_read_to_a_bound(tmp_path: Path) -> None:
    pages = {f"/feed?{n}": rss(f"/{n}", then=f"/feed?{n + 1}") for n in range(2, 20)}
    async with reading(tmp_path, {"/feed": [rss("/0"), rss("/1", then="/feed?2")], **pages}) as desk:
        await desk.read("/feed")
        assert len(found(await desk.read("/feed"))) == MAX_PAGES


async def test_a_next_page_that_is_none_ends_the_list_without_harm(tmp_path: Path) -> None:
    answers: Answers = {
        "/feed": [rss("/0"), rss("/1", then="/feed?2")],
        "/feed?2": page(b"<html>sorry", "Content-Type: text/html"),
    }
    async with reading(tmp_path, answers) as desk:
        await desk.read("/feed")
        assert found(await desk.read("/feed")) == ["1"]


async def test_more_than_is_taken_at_once_comes_with_the_next_readings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where nothing is dated, and what is new stands at the end."""
    monkeypatch.setattr(listing, "MAX_FOUND", 3)
    async with reading(tmp_path, {"/sitemap.xml": sitemap(*(f"/{number}" for number in range(7)))}) as desk:
        taken = [await desk.read("/sitemap.xml", "sitemap") for _ in range(4)]
        assert list(map(found, taken)) == [["0", "1", "2"], ["3", "4", "5"], ["6"], []]
        due = [(one.outcome.due_at or 0.0) - (one.outcome.fetched_at or 0.0) for one in taken]
        assert due[:2] == [SOON, SOON]
        assert due[2] != SOON


async def test_a_sitemap_of_sitemaps_leads_to_pages_and_ends_where_it_has_too_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "MOST_LISTS", 4)
    names = [f"/sitemap-{number}.xml" for number in range(9)]
    async with reading(tmp_path, {"/sitemap.xml": index(*names), **{name: sitemap("/1") for name in names}}) as desk:
        consequence = await desk.read("/sitemap.xml", "sitemap")
        assert len(consequence.findings) == 3
        assert {finding.kind for finding in consequence.findings} == {"sitemap"}
        assert desk.frontier.tallies("gazette", desk.clock.now).lists == 4


async def test_a_long_list_is_read_in_a_process_of_its_own(tmp_path: Path) -> None:
    entries = [f"/a-story-of-some-length-that-takes-its-place-in-the-list-{number}" for number in range(2000)]
    async with reading(tmp_path, {"/sitemap.xml": sitemap(*entries)}) as desk:
        assert len(found(await desk.read("/sitemap.xml", "sitemap"))) == 2000
        assert desk.lister._pool.pids


async def test_a_sitemap_of_as_many_addresses_as_one_may_have_is_read(tmp_path: Path) -> None:
    async with reading(
        tmp_path, {"/sitemap.xml": sitemap(*(f"/{n} 2026-05-01T10:00:00Z" for n in range(50_000)))}
    ) as desk:
        consequence = await desk.read("/sitemap.xml", "sitemap")
        assert (len(consequence.findings), reasons(consequence)) == (MAX_FOUND, {"sitemap"})


@pytest.mark.parametrize("body", [b"<html><p>sorry", b"", b"\x1f\x8bno gzip"])
async def test_what_is_no_list_is_said_to_be_unreadable_and_tried_again(tmp_path: Path, body: bytes) -> None:
    async with reading(tmp_path, {"/feed": page(body)}) as desk:
        consequence = await desk.read("/feed")
        assert reasons(consequence) == {"unreadable"}
        assert (consequence.outcome.failures, consequence.outcome.fetched_at) == (1, None)
        assert consequence.outcome.due_at is not None


async def test_a_list_that_answers_by_condition_is_not_read_again(tmp_path: Path) -> None:
    first = page(rss("/1").partition(b"\r\n\r\n")[2], 'ETag: "one"')
    async with reading(tmp_path, {"/feed": [first, page(b"", status="304 Not Modified")]}) as desk:
        await desk.read("/feed")
        consequence = await desk.read("/feed")
        assert desk.site.headers("/feed")[1]["if-none-match"] == '"one"'
        assert (consequence.visits, consequence.outcome.unchanged, consequence.outcome.etag) == ((), 1, '"one"')


async def test_a_list_that_was_never_had_cannot_be_the_same_as_before(tmp_path: Path) -> None:
    async with reading(tmp_path, {"/feed": page(b"", status="304 Not Modified")}) as desk:
        assert reasons(await desk.read("/feed")) == {"protocol"}


async def test_an_etag_that_stands_on_another_list_is_not_believed_again(tmp_path: Path) -> None:
    bodies = [page(rss(f"/{n}", "/0").partition(b"\r\n\r\n")[2], 'ETag: "one"') for n in range(3)]
    async with reading(tmp_path, {"/feed": bodies}) as desk:
        for _ in range(3):
            await desk.read("/feed")
        assert ["if-none-match" in headers for headers in desk.site.headers("/feed")] == [False, True, False]


def calendar(*months: int) -> bytes:
    links = (
        f"<li><h3><a href='/calendar/{2030 + number // 12}/{number % 12 + 1:02}/'>What happens in month {number} of them"
        "</a></h3></li>"
        for number in months
    )
    return page(f"<title>Calendar</title><main><ul>{''.join(links)}</ul></main>".encode(), "Content-Type: text/html")


async def test_a_calendar_without_end_is_followed_for_a_year_and_stays_a_trap_after_a_restart(tmp_path: Path) -> None:
    pages = [calendar(*range(start, start + MAX_DATES)) for start in (0, 12, 24)]
    async with reading(tmp_path, {"/events": pages}) as desk:
        assert len(found(await desk.read("/events", "section"))) == MAX_DATES
        assert reasons(await desk.read("/events", "section")) == {"trap"}
        restarted = Lister(crawl_settings(tmp_path, ""), desk.frontier, desk.asker, desk.clock)
        desk.lister, before = restarted, desk.lister
        desk.site.answers["/events"] = pages[1]
        assert found(await desk.read("/events", "section")) == []
        await before.close()


async def test_a_title_that_is_half_a_character_spoils_nothing(tmp_path: Path) -> None:
    """An escape of JSON may stand for half of a surrogate pair, which no event can carry."""
    items = [{"id": "1", "url": "/1", "title": "half \ud83d"}, {"id": "2", "url": "/2", "title": "whole \U0001f600"}]
    body = json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "x", "items": items}).encode()
    async with reading(tmp_path, {"/feed.json": page(body)}) as desk:
        assert found(await desk.read("/feed.json")) == ["1", "2"]


async def test_a_robots_txt_that_names_impossible_sitemaps_spoils_nothing(tmp_path: Path) -> None:
    robots = b"Sitemap: https://./a.xml\nSitemap: http://\nSitemap: file:///etc/passwd\nSitemap: /real.xml\n"
    home = b"<html><link rel=alternate type=application/rss+xml href='https://../feed'><link rel=alternate "
    answers = {"/robots.txt": page(robots), "/": page(home + b"type=application/rss+xml href=/rss>")}
    async with reading(tmp_path, answers) as desk:
        consequence = await desk.read("/", "home")
        assert {finding.url for finding in consequence.findings} == {desk.site.url("/real.xml"), desk.site.url("/rss")}


@pytest.mark.parametrize("body", [b"<div>" * 100_000, b"<p " + b" ".join(b"a%d=1" % n for n in range(60_000)) + b">"])
async def test_a_section_page_that_wears_a_reader_out_is_read_within_bounds(tmp_path: Path, body: bytes) -> None:
    async with reading(tmp_path, {"/world": page(body, "Content-Type: text/html")}) as desk:
        assert (await desk.read("/world", "section")).outcome.failures in (0, 1)
