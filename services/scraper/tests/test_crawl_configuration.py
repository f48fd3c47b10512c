"""What an operator and other services ask of a scraper at work: sources.yaml that changes, pages on request, health."""

import asyncio
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest
from fixtures.crawling import CONTACT, Crawling, crawl_settings, crawling
from fixtures.small_server import page
from fixtures.small_site import Answers, SmallSite, html, outlet, requested, rss, small_site

from watchfloor.errors import InvalidAddress, Rejected, TryLater
from watchfloor.events import PageDecided, PageGone, SourceHealth
from watchfloor.identity import page_id
from watchfloor.settings import Settings
from watchfloor_scraper.configuration import InvalidConfiguration
from watchfloor_scraper.source import build

NEWS: Answers = {"/feed.xml": rss("/1"), "/1": html("One"), "/other": html("Other")}
PAUSED = "feeds: [{base}/feed.xml], paused: true"


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look at the file and at the outlets' health more often than an operator needs."""
    monkeypatch.setattr("watchfloor_scraper.health.watch.JUDGED_EVERY", 0.2)
    monkeypatch.setattr("watchfloor_scraper.desk.LOOK_SECONDS", 0.2)


def write(settings: Settings, sources: str, contact: str = CONTACT) -> None:
    """What an operator's editor does."""
    Path(settings.sources).write_text(f"{contact}sources:\n{sources}", encoding="utf-8")


def states(crawl: Crawling, name: str) -> list[str]:
    """The states of an outlet as they were said, repeats left out."""
    said = [health.state for health in crawl.events(SourceHealth) if health.source_id == name]
    return [state for number, state in enumerate(said) if number == 0 or said[number - 1] != state]


def fetched_by(crawl: Crawling, name: str) -> list[str]:
    return [sent.url for sent in crawl.fetched() if sent.source_id == name]


async def test_an_outlet_that_is_added_is_read_without_a_restart(tmp_path: Path) -> None:
    async with small_site(NEWS) as first, small_site(NEWS) as second:
        settings = crawl_settings(tmp_path, outlet(first), allowed=f"{first.host},{second.host}")
        async with crawling(settings) as crawl:
            await crawl.until(lambda: fetched_by(crawl, "gazette"), "the first outlet")
            write(settings, outlet(first) + outlet(second, "herald"))
            await crawl.until(lambda: fetched_by(crawl, "herald"), "the second outlet")
            await crawl.until(lambda: states(crawl, "herald") == ["well"], "its health")


async def test_an_outlet_that_is_removed_is_asked_no_more_and_its_last_health_says_so(tmp_path: Path) -> None:
    async with small_site(NEWS) as first, small_site(NEWS) as second:
        both = outlet(first) + outlet(second, "herald")
        settings = crawl_settings(tmp_path, both, allowed=f"{first.host},{second.host}")
        async with crawling(settings) as crawl:
            await crawl.until(lambda: crawl.health("herald"), "the second outlet")
            write(settings, outlet(first))
            await crawl.until(lambda: states(crawl, "herald")[-1] == "removed", "the last word on it")
            asked, reads = len(second.paths), first.paths.count("/feed.xml")
            await crawl.until(lambda: first.paths.count("/feed.xml") > reads + 2, "the first outlet's rhythm")
            assert len(second.paths) == asked
            assert states(crawl, "herald") == ["well", "removed"]


async def test_a_paused_outlet_is_known_and_not_asked_until_it_is_resumed(tmp_path: Path) -> None:
    async with small_site(NEWS) as site:
        settings = crawl_settings(tmp_path, outlet(site, more=PAUSED), allowed=site.host)
        async with crawling(settings) as crawl:
            await crawl.until(lambda: crawl.health("gazette"), "its health")
            assert states(crawl, "gazette") == ["paused"]
            assert site.paths == []
            write(settings, outlet(site))
            await crawl.until(crawl.fetched, "the page")
            await crawl.until(lambda: states(crawl, "gazette") == ["paused", "well"], "its health")


async def test_a_bad_file_leaves_the_old_configuration_at_work(tmp_path: Path) -> None:
    async with small_site(NEWS) as site:
        settings = crawl_settings(tmp_path, outlet(site), allowed=site.host)
        async with crawling(settings) as crawl:
            await crawl.until(crawl.fetched, "the page")
            write(settings, "  - {id: gazette, home: nowhere, cadence: often}\n")
            await crawl.until(crawl.source.remark, "that it is told")
            reads = site.paths.count("/feed.xml")
            await crawl.until(lambda: site.paths.count("/feed.xml") > reads + 2, "its rhythm")
            assert states(crawl, "gazette")[-1] == "well"


async def test_a_new_contact_is_named_to_sites_from_then_on(tmp_path: Path) -> None:
    async with small_site(NEWS) as site:
        settings = crawl_settings(tmp_path, outlet(site), allowed=site.host)
        async with crawling(settings) as crawl, asyncio.timeout(60):
            await crawl.until(crawl.fetched, "the first page")
            assert "(+desk@watchfloor.example)" in site.server.asked[-1]
            write(settings, outlet(site), "contact: night.desk@watchfloor.example\n")
            for number in count():
                await crawl.source.receive(requested(site.url(f"/other?page={number}")))
                await asyncio.sleep(0.1)
                if "(+night.desk@watchfloor.example)" in site.server.asked[-1]:
                    break


def test_a_bad_file_at_the_start_is_told_with_its_place(tmp_path: Path) -> None:
    settings = crawl_settings(tmp_path, "  - {id: gazette, home: 'https://a.example/', cadence: often}\n")
    with pytest.raises(InvalidConfiguration, match=r"line 3.*cadence"):
        build(settings)


async def test_what_was_held_back_is_said_once_and_fetched_once_the_configuration_covers_it(tmp_path: Path) -> None:
    narrow = "feeds: [{base}/feed.xml], exclude: ['/sport/*']"
    async with small_site({"/feed.xml": rss("/sport/1", "/1"), "/1": html("1"), "/sport/1": html("Sport")}) as site:
        settings = crawl_settings(tmp_path, outlet(site, more=narrow), allowed=site.host)
        async with crawling(settings) as crawl:
            await crawl.until(lambda: site.paths.count("/feed.xml") > 3, "some readings")
            assert crawl.decided(site.url("/sport/1")) == [("held_back", "excluded")]
            write(settings, outlet(site))
            await crawl.until(lambda: len(crawl.fetched()) == 2, "the page")
            steps = [("held_back", "excluded"), ("found", "feed"), ("fetched", "http_200")]
            assert crawl.decided(site.url("/sport/1")) == steps


async def test_a_page_that_is_asked_for_is_fetched_at_once_whatever_its_outlet_does(tmp_path: Path) -> None:
    async with small_site(NEWS) as site:
        settings = crawl_settings(tmp_path, outlet(site, more=PAUSED), allowed=site.host)
        async with crawling(settings) as crawl:
            await crawl.source.receive(requested(site.url("/other?utm_source=mail")))
            await crawl.until(crawl.fetched, "the page")
        (sent,) = crawl.fetched()
        assert (sent.url, sent.source_id, sent.origin) == (site.url("/other"), "gazette", "pushed")
        assert crawl.decided(site.url("/other")) == [("requested", "request"), ("fetched", "http_200")]
        assert site.pages() == ["/other"]


async def test_a_page_of_no_outlet_is_fetched_too_by_the_rules_of_its_site(tmp_path: Path) -> None:
    robots = page(b"User-agent: *\nDisallow: /drafts/")
    async with small_site({**NEWS, "/robots.txt": robots}) as site:
        settings = Settings(data_folder=tmp_path, web_allowed=site.host)
        async with crawling(settings) as crawl:
            for path in ("/drafts/1", "/other"):
                await crawl.source.receive(requested(site.url(path)))
            await crawl.until(crawl.fetched, "the page")
            await crawl.until(lambda: crawl.decided(site.url("/drafts/1"))[1:], "what is forbidden")
        assert [(sent.url, sent.source_id) for sent in crawl.fetched()] == [(site.url("/other"), None)]
        assert crawl.decided(site.url("/drafts/1"))[-1] == ("refused", "robots")


async def test_a_page_that_is_known_is_fetched_once_more(tmp_path: Path) -> None:
    async with small_site({**NEWS, "/1": [html("One"), html("One, corrected")]}) as site:
        settings = crawl_settings(tmp_path, outlet(site), allowed=site.host)
        async with crawling(settings) as crawl:
            await crawl.until(crawl.fetched, "the page")
            await crawl.source.receive(requested(site.url("/1")))
            await crawl.until(lambda: len(crawl.fetched()) == 2, "the page once more")
        assert [visit.number for visit in crawl.visits if visit.event in crawl.fetched()] == ["1", "2"]


async def test_a_request_that_comes_again_is_the_same_decision(tmp_path: Path) -> None:
    """Kafka may deliver it twice: the step keeps its number, so its record keeps its id."""
    async with small_site(NEWS) as site:
        async with crawling(Settings(data_folder=tmp_path, web_allowed=site.host)) as crawl:
            for _ in range(2):
                await crawl.source.receive(requested(site.url("/other")))
            await crawl.until(lambda: len(crawl.events(PageDecided)) >= 3, "the steps")
        numbers = {visit.number for visit in crawl.visits if visit.number.startswith("requested")}
        assert numbers == {"requested:2026-06-01T00:00:00+00:00"}


async def test_a_request_for_what_is_no_page_is_rejected_and_one_that_comes_too_late_waits(tmp_path: Path) -> None:
    async with crawling(Settings(data_folder=tmp_path)) as crawl:
        await crawl.source.receive(requested("https://nowhere.invalid/"))
        await crawl.until(lambda: crawl.decided("https://nowhere.invalid/"), "a request that is taken")
        with pytest.raises(InvalidAddress):
            await crawl.source.receive(
                requested("https://a.example/").model_copy(update={"url": "mailto:desk@a.example"})
            )
        with pytest.raises(Rejected, match="reads no PageGone"):
            await crawl.source.receive(gone("https://a.example/"))
    with pytest.raises(TryLater):
        await crawl.source.receive(requested("https://a.example/1"))


async def test_health_is_said_when_it_changes_with_its_reasons(tmp_path: Path) -> None:
    async with small_site({"/feed.xml": page(b"", status="403 Forbidden")}) as site:
        settings = crawl_settings(tmp_path, outlet(site), allowed=site.host)
        async with crawling(settings) as crawl:
            await crawl.until(lambda: (one := crawl.health("gazette")) and one.reasons, "a reason")
            count = len(crawl.events(SourceHealth))
            await crawl.until(lambda: site.paths, "some time")
    health = crawl.health("gazette")
    assert health is not None
    assert {reason.code for reason in health.reasons} <= {"http_4xx"}
    assert count <= 4
    assert health.name == "127.0.0.1"


async def test_what_the_parser_says_of_a_page_counts_for_the_health_of_its_outlet(tmp_path: Path) -> None:
    async with small_site(NEWS) as site:
        settings = crawl_settings(tmp_path, outlet(site), allowed=site.host)
        async with crawling(settings) as crawl:
            await crawl.until(crawl.fetched, "the page")
            for number in range(10):
                await crawl.source.receive(unread(site, number))
            await crawl.until(lambda: states(crawl, "gazette")[-1] == "down", "its health")
    health = crawl.health("gazette")
    assert health is not None
    assert [reason.code for reason in health.reasons] == ["parse_empty"]


def gone(url: str) -> PageGone:
    """An event that the scraper writes, and does not read."""
    now = datetime.now(UTC)
    return PageGone(
        page_id=page_id(url), url=url, status=404, fetched_at=now, reason="", source_id=None, origin="live"
    )  # fmt: skip


def unread(site: SmallSite, number: int) -> PageDecided:
    """What the parser says of a page that holds no article."""
    url = site.url(f"/{number}")
    return PageDecided(
        page_id=page_id(url), url=url, source_id="gazette", origin="live", by="parser", verdict="ended", reason="index",
        detail="a list", at=datetime.now(UTC),
    )  # fmt: skip
