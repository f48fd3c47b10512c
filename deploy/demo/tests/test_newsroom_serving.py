"""The newsroom as a visitor meets it, over HTTP."""

import asyncio
import logging
import re
from collections import Counter
from datetime import timedelta
from urllib.parse import urljoin

import httpx
import pytest
from fixtures.newsroom import OPENING, Running

from watchfloor.errors import Stop
from watchfloor.settings import Settings
from watchfloor_demo.configuration import configuration
from watchfloor_demo.list_pages import FEED_TYPES
from watchfloor_demo.outlets import OUTLETS, Outlet, addresses
from watchfloor_demo.serving import listen, serve
from watchfloor_demo.timetable import read_timetable, shown
from watchfloor_scraper.configuration import read_configuration
from watchfloor_scraper.feed import read_feed
from watchfloor_scraper.robots import read_robots

HREF = re.compile(r'<a [^>]*?href="([^"#]+)"')
HOSPITALS = "/cyber/2025/03/14/ransomware-czech-hospitals"
SUBMARINE = "/baltic/fishermen-report-submarine-off-gotland"
each_outlet = pytest.mark.parametrize("outlet", OUTLETS, ids=lambda outlet: outlet.id)


async def listed_by(running: Running, url: str) -> set[str]:
    """The addresses that a feed or sitemap lists; those of an index's sitemaps."""
    found = read_feed((await running.visitor.get(url)).content, url)
    entries = {entry.url for entry in found.entries}
    if found.kind != "sitemap_index":
        return entries
    return set().union(*[await listed_by(running, entry) for entry in entries])


async def linked_by(running: Running, url: str) -> set[str]:
    """The addresses that a page links to."""
    page = (await running.visitor.get(url)).text
    return {urljoin(url, href) for href in HREF.findall(page)}


def articles(running: Running, outlet: Outlet) -> set[str]:
    """The addresses of all articles of an outlet that are there at the opening."""
    at_first = shown(read_timetable(outlet), OPENING, OPENING).articles
    return {running.url(outlet.id, version.path) for version in at_first}


@each_outlet
async def test_every_article_is_reached_through_the_lists_of_the_configuration(
    running: Running, outlet: Outlet
) -> None:
    source = read_configuration(configuration(running.settings), "sources.yaml").by_id[outlet.id]
    reached = set().union(*[await listed_by(running, url) for url in (*source.feeds, *source.sitemaps)])
    reached |= set().union(*[await linked_by(running, url) for url in source.sections])
    wanted = articles(running, outlet)
    assert wanted <= reached
    assert all(source.covers(url).ok for url in wanted)
    assert {(await running.visitor.get(url)).status_code for url in wanted} == {200}


@each_outlet
async def test_feeds_give_titles_and_dates_and_sitemaps_the_same_articles(running: Running, outlet: Outlet) -> None:
    kinds = {"rdf": "rss", "news_sitemap": "sitemap", "gzip_sitemap": "sitemap"}
    for path, kind in outlet.lists.items():
        url = running.url(outlet.id, path)
        feed = read_feed((await running.visitor.get(url)).content, url)
        assert feed.kind == kinds.get(kind, kind)
        assert feed.entries
        if kind in FEED_TYPES:
            assert {entry.url for entry in feed.entries} == articles(running, outlet)
            assert all(entry.title and entry.published_at for entry in feed.entries)


async def test_the_outlets_differ_in_what_leads_to_their_articles() -> None:
    assert {kind for outlet in OUTLETS for kind in outlet.lists.values()} == {
        *("rss", "rdf", "atom", "json", "sitemap", "news_sitemap", "gzip_sitemap", "sitemap_index")
    }
    assert [outlet.id for outlet in OUTLETS if not outlet.lists] == ["haixia-guancha"]


async def test_one_outlet_is_found_by_its_sitemap_alone_and_one_by_its_sections_alone(running: Running) -> None:
    by_sitemap, by_sections = OUTLETS[5], OUTLETS[6]
    for path in ("/", *by_sitemap.sections):
        assert not articles(running, by_sitemap) & await linked_by(running, running.url(by_sitemap.id, path))
    assert not articles(running, by_sections) & await linked_by(running, running.url(by_sections.id, "/"))
    assert not by_sections.lists
    assert b"Sitemap" not in (await running.get(by_sections.id, "/robots.txt")).content


@each_outlet
async def test_the_home_page_leads_to_sections_and_feeds(running: Running, outlet: Outlet) -> None:
    home = (await running.get(outlet.id, "/")).text
    assert {running.url(outlet.id, path) for path in outlet.sections} <= await linked_by(
        running, running.url(outlet.id, "/")
    )
    feeds = [path for path, kind in outlet.lists.items() if kind in FEED_TYPES]
    assert re.findall(r'rel="alternate" type="[^"]+" title="[^"]+" href="([^"]+)"', home) == [
        running.url(outlet.id, path) for path in feeds
    ]


@each_outlet
async def test_no_page_leads_to_what_is_not_there(running: Running, outlet: Outlet) -> None:
    seen: set[str] = set()
    ahead = {running.url(outlet.id, "/"), *articles(running, outlet)}
    while ahead:
        url = ahead.pop()
        seen.add(url)
        answer = await running.visitor.get(url)
        assert answer.status_code == 200, url
        assert ".example" not in answer.text
        ahead |= await linked_by(running, url) - seen


@each_outlet
async def test_robots_txt_allows_the_articles_and_names_sitemaps_that_are_there(
    running: Running, outlet: Outlet
) -> None:
    content = (await running.get(outlet.id, "/robots.txt")).content
    robots = read_robots(content)
    assert all(robots.allows(url, "WatchfloorBot") for url in articles(running, outlet))
    assert (robots.crawl_delay("WatchfloorBot") or 0) <= 0.5
    for url in re.findall(r"^Sitemap: (.+)$", content.decode(), re.MULTILINE):
        assert articles(running, outlet) <= await listed_by(running, url)


async def test_drafts_are_linked_and_listed_and_forbidden_and_a_visit_is_noted(
    running: Running, caplog: pytest.LogCaptureFixture
) -> None:
    outlet = OUTLETS[0]
    (path,) = outlet.drafts
    url = running.url(outlet.id, path)
    assert url in await linked_by(running, running.url(outlet.id, "/"))
    assert url in await listed_by(running, running.url(outlet.id, "/sitemap.xml"))
    assert not read_robots((await running.get(outlet.id, "/robots.txt")).content).allows(url, "WatchfloorBot")
    with caplog.at_level(logging.WARNING, "watchfloor.newsroom"):
        assert (await running.get(outlet.id, path, user_agent="GreedyBot/1.0")).status_code == 200
    assert f"GreedyBot/1.0 asked for {url}, which robots.txt forbids" in caplog.text


async def test_corrections_and_the_withdrawal_come_at_their_seconds(running: Running) -> None:
    told = []
    for running.seconds in (0, 14, 15, 29, 30, 3600):
        text = (await running.get("straitledger", HOSPITALS)).text
        told.append(("14 hospitals" in text.split("Correction")[0], "Correction" in text, "$4.2 million" in text))
    first, corrected, silently = (True, False, False), (False, True, False), (False, True, True)
    assert told == [first, first, corrected, corrected, silently, silently]
    statuses = []
    for running.seconds in (0, 19, 20, 3600):
        statuses.append((await running.get("northwatch", SUBMARINE)).status_code)
    assert statuses == [200, 200, 410, 410]


async def test_what_is_withdrawn_leaves_the_lists(running: Running) -> None:
    url = running.url("northwatch", SUBMARINE)
    lists = [running.url("northwatch", path) for path in OUTLETS[0].lists]
    assert all([url in await listed_by(running, one) for one in lists])
    running.seconds = 20
    assert not any([url in await listed_by(running, one) for one in lists])
    assert url not in await linked_by(running, running.url("northwatch", "/baltic"))


async def test_a_visitor_that_has_the_page_already_is_told_so(running: Running) -> None:
    page = await running.get("straitledger", HOSPITALS)
    tag, changed = page.headers["etag"], page.headers["last-modified"]
    for known in ({"if_none_match": tag}, {"if_none_match": f'W/{tag}, "other"'}, {"if_modified_since": changed}):
        again = await running.get("straitledger", HOSPITALS, **known)
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    for unknown in ({"if_none_match": '"other"', "if_modified_since": changed}, {"if_modified_since": "yesterday"}):
        assert (await running.get("straitledger", HOSPITALS, **unknown)).status_code == 200


async def test_both_kinds_of_correction_are_news_to_a_visitor_that_has_the_page(running: Running) -> None:
    for moment in (0, 15):
        running.seconds = moment
        page = await running.get("straitledger", HOSPITALS)
        running.seconds = moment + 15
        by_tag = await running.get("straitledger", HOSPITALS, if_none_match=page.headers["etag"])
        by_date = await running.get("straitledger", HOSPITALS, if_modified_since=page.headers["last-modified"])
        assert (by_tag.status_code, by_date.status_code) == (200, 200)


@each_outlet
async def test_lists_that_have_not_changed_are_told_so_too(running: Running, outlet: Outlet) -> None:
    for path in ("/", "/robots.txt", *outlet.sections, *outlet.lists):
        tag = (await running.get(outlet.id, path)).headers["etag"]
        assert (await running.get(outlet.id, path, if_none_match=tag)).status_code == 304


async def test_a_restarted_newsroom_does_not_go_back_in_time(running: Running) -> None:
    await running.get("northwatch", "/")
    later = running.settings.model_copy(update={"newsroom_port": running.settings.newsroom_port + len(OUTLETS)})
    async with serve(later, clock=lambda: OPENING + timedelta(seconds=40)) as again:
        assert again.opened == OPENING
        address = f"http://127.0.0.1:{later.newsroom_port}{SUBMARINE}"
        assert (await running.visitor.get(address)).status_code == 410


async def test_it_opens_with_the_first_request_and_not_before(running: Running) -> None:
    """A visitor that starts slowly sees the first version of everything; a data folder that was deleted begins anew."""
    assert not (running.settings.data / "newsroom.json").exists()
    later = running.settings.model_copy(update={"newsroom_port": running.settings.newsroom_port + len(OUTLETS)})
    moment = OPENING + timedelta(days=1)
    async with serve(later, clock=lambda: moment) as newsroom:
        assert newsroom.opened is None
        await running.visitor.get(f"http://127.0.0.1:{later.newsroom_port}/")
        assert newsroom.opened == moment


async def test_a_note_of_the_opening_that_cannot_be_read_stops_it_with_the_remedy(running: Running) -> None:
    later = running.settings.model_copy(update={"newsroom_port": running.settings.newsroom_port + len(OUTLETS)})
    for note in ("", "[]", '{"opened_at": "noon"}', '{"opened_at": "2026-05-04"}', '{"opened_at": 1e300}'):
        (running.settings.data / "newsroom.json").write_text(note, encoding="utf-8")
        with pytest.raises(Stop, match="delete it"):
            async with serve(later):
                pass


async def test_what_is_no_reading_and_what_is_not_there_are_refused(running: Running) -> None:
    url = running.url("northwatch", "/nothing")
    assert (await running.visitor.get(url)).status_code == 404
    posted = await running.visitor.post(running.url("northwatch", "/"), content=b"x")
    assert (posted.status_code, posted.headers["allow"]) == (405, "GET, HEAD")
    head = await running.visitor.head(running.url("northwatch", "/"))
    page = await running.get("northwatch", "/")
    assert (head.status_code, head.content, head.headers["content-length"]) == (200, b"", str(len(page.content)))


@pytest.mark.parametrize("sent", [b"nonsense\r\n\r\n", b"GET / HTTP/1.1\r\nX: " + b"x" * 20_000, b"GET /"])
async def test_a_visitor_that_speaks_no_http_is_left_and_the_next_is_served(running: Running, sent: bytes) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", running.settings.newsroom_port)
    writer.write(sent)
    writer.write_eof()
    assert await reader.read() == b""
    writer.close()
    assert (await running.get("northwatch", "/")).status_code == 200


async def test_a_connection_serves_many_requests_and_closes_when_asked(running: Running) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", running.settings.newsroom_port)
    for _ in range(3):
        writer.write(b"HEAD / HTTP/1.1\r\nHost: x\r\n\r\n")
        assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 200 OK")
    writer.write(b"HEAD / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    assert b"Connection: close" in await reader.read()
    writer.close()


def test_a_taken_port_is_named_with_the_variable_that_sets_another() -> None:
    with listen("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(Stop, match=rf"port {port} is in use.*WATCHFLOOR_NEWSROOM_PORT"):
            listen("127.0.0.1", port)


async def test_requests_are_counted(settings: Settings) -> None:
    async with serve(settings) as newsroom, httpx.AsyncClient() as visitor:
        answers = [await visitor.get(address + "/") for address in addresses(settings)]
        assert Counter(answer.status_code for answer in answers) == {200: len(OUTLETS)}
        assert newsroom.answered == len(OUTLETS)
