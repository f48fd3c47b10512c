"""What the scraper makes of sites, from their lists to what it sends. Real servers, real files."""

import asyncio
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from fixtures.crawling import crawl_settings, crawling
from fixtures.small_server import page
from fixtures.small_site import MISSING, SmallSite, html, index, moved, outlet, requested, rss, sitemap, small_site

from watchfloor.settings import Settings
from watchfloor_scraper.frontier import Frontier

FEED = "feeds: [{base}/feed.xml]"
TWICE = "feeds: [{base}/feed.xml], revisit: {first: 1s, growth: 1, until: 1h}"
"""Every page is looked at once a second."""


def settings_of(folder: Path, *sites: SmallSite, more: str = FEED) -> Settings:
    """The first site is the outlet; all may be asked."""
    allowed = ",".join(site.host for site in sites)
    return crawl_settings(folder, outlet(sites[0], more=more), allowed=allowed)


async def test_a_page_is_found_fetched_and_sent_with_what_the_site_said(tmp_path: Path) -> None:
    async with small_site({"/feed.xml": rss("/1"), "/1": html("One", 'ETag: "one"')}) as site:
        async with crawling(settings_of(tmp_path, site)) as crawl:
            await crawl.until(crawl.fetched, "the page")
        (sent,) = crawl.fetched()
        assert (sent.url, sent.final_url, sent.status, sent.etag) == (site.url("/1"), site.url("/1"), 200, '"one"')
        assert (sent.source_id, sent.origin, sent.content_type) == ("gazette", "live", "text/html")
        assert crawl.decided(site.url("/1")) == [("found", "feed"), ("fetched", "http_200")]


async def test_a_redirect_within_the_host_is_followed_and_told(tmp_path: Path) -> None:
    async with small_site({"/feed.xml": rss("/1"), "/1": moved("/stories/1"), "/stories/1": html("One")}) as site:
        async with crawling(settings_of(tmp_path, site)) as crawl:
            await crawl.until(crawl.fetched, "the page")
        (sent,) = crawl.fetched()
        assert (sent.url, sent.final_url) == (site.url("/1"), site.url("/stories/1"))
        assert crawl.decided(site.url("/1")) == [("found", "feed"), ("fetched", "redirected")]


async def test_a_redirect_to_another_host_of_the_outlet_is_fetched_by_the_rules_of_that_host(tmp_path: Path) -> None:
    async with small_site({"/story": html("Story"), "/robots.txt": page(b"User-agent: *\nDisallow: /no")}) as other:
        answers = {"/feed.xml": rss("/1", "/2"), "/1": moved(other.url("/story")), "/2": moved(other.url("/no"))}
        async with small_site(answers) as site:
            settings = settings_of(tmp_path, site, other, more=f"{FEED}, domains: ['{other.host}']")
            async with crawling(settings) as crawl:
                await crawl.until(crawl.fetched, "the page")
                await crawl.until(lambda: len(crawl.decided(other.url("/no"))) == 2, "what is forbidden")
        assert [sent.url for sent in crawl.fetched()] == [other.url("/story")]
        assert crawl.decided(site.url("/1"))[-1] == ("ended", "redirected")
        assert crawl.decided(other.url("/no")) == [("found", "page"), ("refused", "robots")]
        assert other.pages() == ["/story"]


async def test_a_redirect_to_a_host_that_is_not_the_outlets_is_held_back(tmp_path: Path) -> None:
    async with small_site({"/story": html("Story")}) as other:
        async with small_site({"/feed.xml": rss("/1"), "/1": moved(other.url("/story"))}) as site:
            async with crawling(settings_of(tmp_path, site, other)) as crawl:
                await crawl.until(lambda: len(crawl.decided(site.url("/1"))) == 2, "the redirect")
            assert crawl.decided(site.url("/1"))[-1] == ("held_back", "off_domain")
        assert other.paths == []


async def test_hosts_that_send_each_other_on_and_on_are_left_after_ten(tmp_path: Path) -> None:
    async with small_site({}) as one, small_site({"/feed.xml": rss("/on/0")}) as other:
        for here, there in ((one, other), (other, one)):
            here.answers.update({f"/on/{number}": moved(there.url(f"/on/{number + 1}")) for number in range(40)})
        way = [(other if number % 2 == 0 else one).url(f"/on/{number}") for number in range(40)]
        settings = settings_of(tmp_path, other, one, more=f"{FEED}, domains: ['{one.host}']")
        async with crawling(settings) as crawl:
            await crawl.until(lambda: len(crawl.decided(way[10])) == 2, "the last hop")
        assert [crawl.decided(address)[-1:] for address in way[:10]] == [[("ended", "redirected")]] * 10
        assert crawl.decided(way[10]) == [("found", "page"), ("failed", "redirects")]
        assert not {f"/on/{number}" for number in range(11, 40)} & {*one.paths, *other.paths}


async def test_hosts_that_send_one_in_a_circle_are_found_out(tmp_path: Path) -> None:
    async with small_site({}) as www, small_site({"/feed.xml": rss("/1")}) as site:
        site.answers["/1"], www.answers["/1"] = moved(www.url("/1")), moved(site.url("/1"))
        async with crawling(settings_of(tmp_path, site, www, more=f"{FEED}, domains: ['{www.host}']")) as crawl:
            await crawl.until(lambda: len(crawl.decided(www.url("/1"))) == 2, "the way back")
        assert crawl.decided(www.url("/1")) == [("found", "page"), ("failed", "redirect_loop")]


async def test_a_page_that_is_missing_twice_is_gone_once_and_comes_back_though_unchanged(tmp_path: Path) -> None:
    """A withdrawal is found by ordinary re-visits; what is put back is sent again, so that the store has it again."""
    async with small_site({"/feed.xml": rss("/1"), "/1": [html("One"), MISSING, MISSING, html("One")]}) as site:
        async with crawling(settings_of(tmp_path, site, more=TWICE)) as crawl:
            await crawl.until(crawl.gone, "the end of the page")
            await crawl.source.receive(requested(site.url("/1")))  # of itself it is looked at again after a day
            await crawl.until(lambda: len(crawl.fetched()) == 2, "the page, back")
        (gone,) = crawl.gone()
        assert (gone.url, gone.status, gone.source_id) == (site.url("/1"), 404, "gazette")
        steps = [step for step in crawl.decided(site.url("/1")) if step != ("requested", "request")]
        assert steps == [
            ("found", "feed"),
            ("fetched", "http_200"),
            ("failed", "http_404"),
            ("gone", "http_404"),
            ("fetched", "http_200"),
        ]


async def test_a_page_that_does_not_change_is_asked_for_by_condition_and_now_and_then_whole(tmp_path: Path) -> None:
    """A server that answers 304 to whoever asks by condition does not hide its corrections for ever."""
    answers = [html("One", 'ETag: "one"'), *[page(b"", 'ETag: "one"', status="304 Not Modified")] * 3, html("Two")]
    async with small_site({"/feed.xml": rss("/1"), "/1": answers}) as site:
        async with crawling(settings_of(tmp_path, site, more=TWICE)) as crawl:
            await crawl.until(lambda: len(crawl.fetched()) == 2, "the correction")
        conditional = ["if-none-match" in headers for headers in site.headers("/1")]
        assert conditional[:5] == [False, True, True, True, False]
        assert crawl.decided(site.url("/1"))[2:5] == [("unchanged", "not_modified")] * 3


async def test_a_host_that_asks_for_rest_is_asked_for_nothing_more(tmp_path: Path) -> None:
    busy = page(b"", "Retry-After: 3600", status="429 Too Many Requests")
    async with small_site({"/feed.xml": rss("/1", "/2", "/3"), "/1": busy, "/2": busy, "/3": busy}) as site:
        settings = settings_of(tmp_path, site)
        async with crawling(settings) as crawl:
            await crawl.until(lambda: "rate_limited" in str(crawl.visits), "the answer")
            await asyncio.sleep(1.2)  # the feed would be due once more
        assert len(site.pages()) == 2
        with Frontier(settings.data / "frontier.sqlite", now=time.time) as frontier:
            host = frontier.host(site.host)
        assert (host.blocked_for, host.blocks) == ("HTTP 429", 1)
        assert host.blocked_until > time.time() + 3000


async def test_what_is_forbidden_does_not_hold_up_what_is_allowed(tmp_path: Path) -> None:
    robots = page(b"User-agent: *\nDisallow: /drafts/\n", "Content-Type: text/plain")
    paths = [f"/drafts/{number}" for number in range(20)]
    async with small_site({"/robots.txt": robots, "/feed.xml": rss(*paths, "/1"), "/1": html("One")}) as site:
        async with crawling(settings_of(tmp_path, site)) as crawl:
            await crawl.until(crawl.fetched, "the page")
            await crawl.until(lambda: all(crawl.decided(site.url(path))[1:] for path in paths), "the refusals")
        assert {crawl.decided(site.url(path))[-1] for path in paths} == {("refused", "robots")}
        assert set(site.pages()) == {"/feed.xml", "/1"}


async def test_a_sitemap_of_sitemaps_leads_to_pages_the_old_ones_as_a_backfill(tmp_path: Path) -> None:
    today = datetime.now(UTC).date()
    answers = {
        "/sitemap.xml": index("/a.xml", "/b.xml"),
        "/a.xml": sitemap(f"/new {today}"),
        "/b.xml": sitemap(f"/old {today - timedelta(days=400)}"),
        "/new": html("New"),
        "/old": html("Old"),
    }
    async with small_site(answers) as site:
        async with crawling(settings_of(tmp_path, site, more="sitemaps: [{base}/sitemap.xml]")) as crawl:
            await crawl.until(lambda: len(crawl.fetched()) == 2, "both pages")
        origins = {sent.url: sent.origin for sent in crawl.fetched()}
        assert origins == {site.url("/new"): "live", site.url("/old"): "backfill"}


async def test_where_only_the_home_page_is_known_it_leads_to_feeds_and_sitemaps_and_articles(tmp_path: Path) -> None:
    home = b"""<html><link rel="alternate" type="application/rss+xml" href="/rss"><main><h2>
        <a href="/2026/05/04/a-boat-returns-to-its-harbour">A boat returns to its harbour at dawn</a></h2>"""
    answers = {
        "/": page(home, "Content-Type: text/html"),
        "/robots.txt": page(b"Sitemap: /news.xml\n", "Content-Type: text/plain"),
        "/rss": rss("/of-feed"),
        "/news.xml": sitemap("/of-sitemap"),
    }
    linked = "/2026/05/04/a-boat-returns-to-its-harbour"
    async with small_site({**answers, **{path: html(path) for path in ("/of-feed", "/of-sitemap", linked)}}) as site:
        async with crawling(settings_of(tmp_path, site, more="country: gb")) as crawl:
            await crawl.until(lambda: len(crawl.fetched()) == 3, "all three pages")
        found = {path: crawl.decided(site.url(path))[0] for path in ("/of-feed", "/of-sitemap", linked)}
        assert found == {
            "/of-feed": ("found", "feed"),
            "/of-sitemap": ("found", "sitemap"),
            linked: ("found", "home"),
        }


@pytest.mark.parametrize("named", ["/1?utm_source=rss", "/1#top", "/x/../1"])
async def test_two_forms_of_an_address_are_one_page(tmp_path: Path, named: str) -> None:
    async with small_site({"/feed.xml": rss("/1", named, "/2"), "/1": html("One"), "/2": html("Two")}) as site:
        async with crawling(settings_of(tmp_path, site)) as crawl:
            await crawl.until(lambda: len(crawl.fetched()) == 2, "the pages")
        assert sorted(site.pages())[:2] == ["/1", "/2"]


async def test_the_lists_of_an_outlet_that_always_bring_news_do_not_keep_its_pages_waiting(tmp_path: Path) -> None:
    feeds = [rss(f"/{number}") for number in range(1, 9)]
    pages = {f"/{number}": html(str(number)) for number in range(1, 9)}
    async with small_site({"/feed.xml": feeds, **pages}) as site:
        async with crawling(settings_of(tmp_path, site)) as crawl:
            await crawl.until(lambda: len(crawl.fetched()) >= 4, "the pages")
        lists, articles = site.pages().count("/feed.xml"), len(set(site.pages())) - 1
        assert articles >= lists - 1
