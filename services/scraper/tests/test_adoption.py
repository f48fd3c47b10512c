"""What a configuration means for the frontier: which lists are read, which outlets served, how fast hosts are asked."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fixtures.frontier import NOON, Clock, fetched

from watchfloor_scraper.adoption import adopt, lists_of
from watchfloor_scraper.configuration import Configuration, Outlet, read_configuration
from watchfloor_scraper.frontier import CONFIGURED, Finding, Frontier
from watchfloor_scraper.politeness.robots_policy import robots_record

FEED, MAP, HOST = "https://a.example/feed", "https://a.example/map.xml", "a.example:443"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def frontier(tmp_path: Path, clock: Clock) -> Iterator[Frontier]:
    with Frontier(tmp_path / "frontier.sqlite", now=clock) as opened:
        yield opened


def configured(*outlets: str) -> Configuration:
    return read_configuration("sources: [" + ", ".join(f"{{{one}}}" for one in outlets) + "]", "sources.yaml")


GAZETTE = f"id: gazette, home: 'https://a.example/', feeds: ['{FEED}']"


def test_an_outlet_is_read_by_its_lists_and_only_without_any_by_its_home_page() -> None:
    named = {
        "id": "a",
        "home": "https://a.example/",
        "feeds": [FEED],
        "sitemaps": [MAP],
        "sections": ["https://a.example/w"],
    }
    assert [(one.kind, one.url) for one in lists_of(Outlet.model_validate(named), NOON)] == [
        ("feed", FEED),
        ("sitemap", MAP),
        ("section", "https://a.example/w"),
    ]
    (home,) = lists_of(Outlet.model_validate({"id": "a", "home": "https://a.example/"}), NOON)
    assert (home.kind, home.url, home.found_in, home.source_id) == ("home", "https://a.example/", CONFIGURED, "a")


def test_lists_are_due_at_once_and_keep_their_schedule_when_it_is_adopted_again(
    frontier: Frontier, clock: Clock
) -> None:
    adopt(frontier, configured(GAZETTE), NOON)
    (taken,) = frontier.take(NOON, limit=9, busy=())
    frontier.settle([fetched(taken, NOON + 900, NOON, etag='"one"')], NOON)
    clock.now += 60
    adopt(frontier, configured(GAZETTE), clock.now)
    known = frontier.known(FEED)
    assert known is not None
    assert (known.due_at, known.etag) == (NOON + 900, '"one"')


def test_a_list_that_is_no_longer_named_is_forgotten_and_the_pages_stay(frontier: Frontier) -> None:
    adopt(frontier, configured(GAZETTE), NOON)
    frontier.add([Finding("https://a.example/1", "page", "gazette", FEED, 0.0, "live")])
    adopt(frontier, configured(f"id: gazette, home: 'https://a.example/', sitemaps: ['{MAP}']"), NOON)
    assert [one.url for one in frontier.lists("gazette")] == [MAP]
    assert frontier.knows("https://a.example/1")


@pytest.mark.parametrize("after", [(), (f"{GAZETTE}, paused: true",)])
def test_an_outlet_that_is_removed_or_paused_is_served_no_more_until_it_is_back(
    frontier: Frontier, after: tuple[str, ...]
) -> None:
    adopt(frontier, configured(GAZETTE), NOON)
    adopt(frontier, configured(*after), NOON)
    assert frontier.take(NOON, limit=9, busy=()) == []
    adopt(frontier, configured(GAZETTE), NOON)
    assert [one.url for one in frontier.take(NOON, limit=9, busy=())] == [FEED]


@pytest.mark.parametrize(("crawl_delay", "delay"), [(None, 5.0), (30, 30.0), (1, 5.0)])
def test_a_host_is_asked_as_slowly_as_the_slower_of_operator_and_robots_txt_wants(
    frontier: Frontier, crawl_delay: int | None, delay: float
) -> None:
    """Also right after a restart: a robots.txt that was read before it still holds."""
    if crawl_delay is not None:
        rules = f"User-agent: *\nCrawl-delay: {crawl_delay}".encode()
        frontier.keep_robots(HOST, robots_record(200, rules, NOON, None))
    adopt(frontier, configured(f"{GAZETTE}, delay: 5s"), NOON)
    assert frontier.host(HOST).delay == delay
