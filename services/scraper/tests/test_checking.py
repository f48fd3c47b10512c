"""A check asks a site what it offers and allows, and says what would be fetched and what not."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from fixtures.small_server import SmallServer, page, serving

from watchfloor.errors import Rejected
from watchfloor.web.client import Client
from watchfloor_scraper.checking import Asker, Report, check_outlet, lines_of, outlet_at, with_lists
from watchfloor_scraper.configuration import Outlet

Site = dict[str, bytes]
FEED = """<rss><channel>
<item><link>/world/harbour-closed-after-blast</link></item>
<item><link>/sport/cup-final-goes-to-penalties</link></item>
<item><link>/drafts/not-yet-to-be-read</link></item>
<item><link>https://elsewhere.example/a</link></item>
</channel></rss>"""
HOME = b'<head><link rel=alternate type="application/rss+xml" href="/feed.xml"></head><body>Northwatch</body>'
SECTION = b"<main>" + b"".join(
    f"<article><h2><a href=/2026/04/{day}/patrol-boat-leaves-the-port>Patrol boat leaves the port on day {day}</a></h2></article>".encode()
    for day in range(10, 16)
)  # fmt: skip
NOT_FOUND = page(b"no", status="404 Not Found")


@asynccontextmanager
async def site(pages: Site) -> AsyncIterator[SmallServer]:
    async with serving(lambda path: page(pages[path]) if path in pages else NOT_FOUND) as server:
        yield server


def outlet(server: SmallServer, **fields: Any) -> Outlet:
    settled = {
        key: [server.url(path) for path in paths] if key in ("feeds", "sitemaps", "sections") else paths
        for key, paths in fields.items()
    }
    return Outlet.model_validate({"id": "northwatch", "home": server.url(), "delay": "0s", **settled})


async def checked(server: SmallServer, **fields: Any) -> Report:
    async with Client("WatchfloorBot/0 (+test)", allowed=server.allowed) as client:
        found = outlet(server, **fields)
        return await check_outlet(found, Asker(client, found))


def paths(server: SmallServer) -> list[str]:
    return [asked.split()[1] for asked in server.asked]


def verdicts(server: SmallServer, report: Report) -> dict[str, str]:
    return {entry.url.removeprefix(server.url("")): entry.code for entry in report.entries}


async def test_each_entry_is_fetched_or_left_for_a_reason() -> None:
    robots = b"User-agent: *\nDisallow: /drafts/\nCrawl-delay: 0.01"
    async with site({"/": HOME, "/robots.txt": robots, "/feed.xml": FEED.encode()}) as server:
        report = await checked(server, feeds=["/feed.xml"], exclude=["/sport/"])
        assert verdicts(server, report) == {
            "/world/harbour-closed-after-blast": "ok",
            "/sport/cup-final-goes-to-penalties": "excluded",
            "/drafts/not-yet-to-be-read": "robots",
            "https://elsewhere.example/a": "off_domain",
        }
        assert report.entries[2].why == "robots.txt has `Disallow: /drafts/`"
        assert [(host.crawl_delay, host.delay) for host in report.hosts] == [(0.01, 0.01)]
        assert report.well


async def test_no_article_is_asked_for_and_nothing_twice() -> None:
    async with site({"/": HOME, "/feed.xml": FEED.encode()}) as server:
        await checked(server)
        assert sorted(paths(server)) == ["/", "/.well-known/tdmrep.json", "/feed.xml", "/robots.txt"]


async def test_where_nothing_is_configured_the_linked_feed_and_the_sitemaps_of_robots_are_read() -> None:
    sitemap = b"<urlset><url><loc>/a-page-of-the-sitemap</loc></url></urlset>"
    robots = b"Sitemap: /map.xml"
    async with site({"/": HOME, "/robots.txt": robots, "/feed.xml": FEED.encode(), "/map.xml": sitemap}) as server:
        report = await checked(server)
    assert [(found.place.kind, found.place.found_by, found.code) for found in report.lists] == [
        ("feed", "link", "ok"),
        ("sitemap", "robots", "ok"),
        ("section", "home", "empty"),
    ]


async def test_what_is_offered_beside_the_configured_lists_is_told_and_not_read() -> None:
    async with site({"/": HOME, "/own.xml": FEED.encode()}) as server:
        report = await checked(server, feeds=["/own.xml"])
        assert [(found.place.url, found.used, found.code) for found in report.lists] == [
            (server.url("/own.xml"), True, "ok"),
            (server.url("/feed.xml"), False, "unread"),
        ]
        assert "/feed.xml" not in paths(server)


async def test_the_usual_paths_are_looked_at_where_a_site_offers_nothing() -> None:
    async with site({"/": b"<body>", "/rss.xml": FEED.encode()}) as server:
        report = await checked(server)
        assert [(found.place.found_by, found.code) for found in report.lists] == [
            ("home", "empty"),
            ("usual_path", "unread"),
        ]
        assert (await settled(server, server.url())).feeds == (server.url("/rss.xml"),)


async def test_where_nothing_is_configured_the_home_page_is_read_for_links() -> None:
    async with site({"/": SECTION}) as server:
        report = await checked(server)
        assert [(found.place.kind, found.place.found_by, found.entries) for found in report.lists] == [
            ("section", "home", 6)
        ]
        assert set(verdicts(server, report).values()) == {"ok"}


async def test_the_newest_sitemaps_of_an_index_are_read() -> None:
    entries = "".join(
        f"<sitemap><loc>/map-{year}.xml</loc><lastmod>{year}-01-01</lastmod></sitemap>" for year in range(2015, 2026)
    )
    pages = {
        f"/map-{year}.xml": f"<urlset><url><loc>/of-{year}</loc></url></urlset>".encode() for year in range(2015, 2026)
    }
    async with site({"/index.xml": f"<sitemapindex>{entries}</sitemapindex>".encode(), **pages}) as server:
        report = await checked(server, sitemaps=["/index.xml"])
        assert list(verdicts(server, report)) == ["/of-2025", "/of-2024", "/of-2023"]
    assert report.lists[0].detail == "3 entries in the newest 3 of 11 sitemaps"


@pytest.mark.parametrize(
    ("answer", "code", "detail"),
    [
        (NOT_FOUND, "http_4xx", "404 Not Found"),
        (page(b"", status="503 Busy"), "http_5xx", "503 Busy"),
        (page(b"<html>"), "not_a_feed", "is an HTML page"),
        (page(b"<rss></rss>"), "empty", "0 entries (rss)"),
        (page(b"", "Location: file:///etc/passwd", status="302 Found"), "guard", "neither http nor https"),
    ],
)  # fmt: skip
async def test_a_list_that_cannot_be_read_says_why(answer: bytes, code: str, detail: str) -> None:
    def respond(path: str) -> bytes:
        return answer if path == "/feed.xml" else NOT_FOUND

    async with serving(respond) as server:
        report = await checked(server, feeds=["/feed.xml"])
    assert report.lists[0].code == code
    assert detail in report.lists[0].detail
    assert not report.well


async def test_a_site_whose_robots_txt_is_out_of_order_is_asked_for_nothing_else() -> None:
    async with serving(lambda _: page(b"", status="500 Oops")) as server:
        report = await checked(server, feeds=["/feed.xml"])
        assert paths(server) == ["/robots.txt"]
    assert report.lists[0].code == "robots"
    assert report.hosts[0].detail == "robots.txt cannot be reached (500): nothing may be fetched"


async def test_a_host_that_asks_for_rest_is_left_alone() -> None:
    def respond(path: str) -> bytes:
        return page(b"", status="429 Too Many Requests") if path == "/" else NOT_FOUND

    async with serving(respond) as server:
        report = await checked(server, feeds=["/a.xml", "/b.xml"])
        assert paths(server) == ["/robots.txt", "/"]
    assert [found.code for found in report.lists] == ["rate_limited", "rate_limited"]


async def test_a_redirect_to_another_host_is_followed_by_the_rules_of_that_host() -> None:
    async with site(
        {"/robots.txt": b"User-agent: WatchfloorBot\nDisallow: /feed", "/feed.xml": FEED.encode()}
    ) as second:
        redirect = page(b"", f"Location: {second.url('/feed.xml')}", status="301 Moved")
        async with (
            serving(lambda path: redirect if path == "/feed.xml" else NOT_FOUND) as first,
            Client("WatchfloorBot/0 (+test)", allowed=first.allowed | second.allowed) as client,
        ):
            found = outlet(first, feeds=["/feed.xml"])
            report = await check_outlet(found, Asker(client, found))
        assert paths(second) == ["/robots.txt"]
    assert (report.lists[0].code, report.lists[0].detail) == ("robots", "robots.txt has `Disallow: /feed`")


async def test_a_reservation_of_mining_is_heeded_unless_it_is_licensed() -> None:
    tdm = b'[{"location": "/world/", "tdm-reservation": 1}]'
    async with site({"/feed.xml": FEED.encode(), "/.well-known/tdmrep.json": tdm}) as server:
        reserved = verdicts(server, await checked(server, feeds=["/feed.xml"]))
        licensed = verdicts(server, await checked(server, feeds=["/feed.xml"], tdm="licensed"))
    assert (reserved["/world/harbour-closed-after-blast"], reserved["/drafts/not-yet-to-be-read"]) == ("tdm", "ok")
    assert licensed["/world/harbour-closed-after-blast"] == "ok"


async def test_a_paused_outlet_is_asked_for_nothing() -> None:
    async with site({}) as server:
        report = await checked(server, paused=True)
        assert server.asked == []
    assert list(lines_of(report))[1:] == ["  paused   nothing is fetched"]


async def test_the_pace_of_robots_txt_is_kept_from_the_second_request_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is waited is added up rather than measured: nothing here depends on the machine's speed."""
    waited: list[float] = []

    async def sleep(seconds: float) -> None:
        waited.append(seconds)

    monkeypatch.setattr("watchfloor_scraper.checking.asker.asyncio.sleep", sleep)
    async with site({"/robots.txt": b"User-agent: *\nCrawl-delay: 3600", "/feed.xml": FEED.encode()}) as server:
        await checked(server, feeds=["/feed.xml"], delay="1s")
        asked = len(server.asked)
    assert asked == 4
    assert [seconds > 3000 for seconds in waited] == [True] * 3


async def test_the_headers_of_the_outlet_are_sent_and_the_crawler_names_itself() -> None:
    async with site({"/feed.xml": FEED.encode()}) as server:
        await checked(server, feeds=["/feed.xml"], headers={"X-Agreed": "yes"})
        asked = server.asked[-2]
    assert "X-Agreed: yes" in asked
    assert "User-Agent: WatchfloorBot/0 (+test)" in asked


async def test_lines_show_a_part_of_a_long_list_and_count_the_rest() -> None:
    items = "".join(f"<item><link>/a-{number}</link></item>" for number in range(30))
    async with site({"/feed.xml": f"<rss>{items}</rss>".encode()}) as server:
        report = await checked(server, feeds=["/feed.xml"])
        lines = [line.replace(server.url(""), "") for line in lines_of(report, shown=2)]
    assert lines[0].startswith("northwatch  127.0.0.1  ")
    assert lines[1:] == [
        "  robots   /robots.txt: there is no robots.txt (404): all may be fetched; asked every 0 s at most",
        "  feed     /feed.xml: 30 entries (rss), 30 to be fetched (as given)",
        f"    fetch  /a-0  it is of 127.0.0.1:{server.port}; there is no robots.txt (404): all may be fetched",
        f"    fetch  /a-1  it is of 127.0.0.1:{server.port}; there is no robots.txt (404): all may be fetched",
        "    and 28 more, of which 28 would be fetched",
    ]


async def settled(server: SmallServer, url: str) -> Outlet:
    async with Client("WatchfloorBot/0 (+test)", allowed=server.allowed) as client:
        asker = Asker(client, outlet(server))
        found = await outlet_at(url, asker)
        return with_lists(found, await check_outlet(found, asker, new=True))


async def test_a_new_outlet_gets_the_feeds_and_the_news_sitemaps_that_can_be_read() -> None:
    sitemap = b"<urlset><url><loc>/a-page</loc></url></urlset>"
    robots = b"Sitemap: /map.xml\nSitemap: /news-map.xml\nSitemap: /news-gone.xml"
    pages = {
        "/": HOME,
        "/robots.txt": robots,
        "/feed.xml": FEED.encode(),
        "/map.xml": sitemap,
        "/news-map.xml": sitemap,
    }
    async with site(pages) as server:
        found = await settled(server, server.url())
        assert (found.feeds, found.sitemaps) == ((server.url("/feed.xml"),), (server.url("/news-map.xml"),))


async def test_the_address_of_a_feed_stands_for_the_site_of_its_entries() -> None:
    async with site({"/feed.xml": FEED.encode()}) as server:
        found = await settled(server, server.url("/feed.xml"))
        assert (found.home, found.feeds) == (server.url("/"), (server.url("/feed.xml"),))


@pytest.mark.parametrize(
    ("pages", "reason"),
    [
        ({}, "cannot be fetched: 404 Not Found"),
        ({"/": b"<body>nothing"}, "offers nothing to be read"),
        ({"/": HOME, "/feed.xml": b"<rss><item><link>https://b.example/</link></item></rss>"}, "b.example is neither"),
        ({"/": HOME, "/robots.txt": b"User-agent: *\nDisallow: /"}, "robots.txt has `Disallow: /`"),
    ],
)
async def test_a_site_that_gives_nothing_is_refused_with_the_reason(pages: Site, reason: str) -> None:
    async with site(pages) as server:
        with pytest.raises(Rejected) as caught:
            await settled(server, server.url())
    assert reason in str(caught.value)
