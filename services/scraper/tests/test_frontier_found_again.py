"""When a known address is due that is named once more."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fixtures.frontier import NOON, Clock, fetched, listed, page

from watchfloor_scraper.frontier import Finding, Frontier, Target
from watchfloor_scraper.frontier.finding import due_again

HOUR, DAY = 3600.0, 86_400.0


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "frontier.sqlite"


@pytest.fixture
def frontier(path: Path, clock: Clock) -> Iterator[Frontier]:
    with Frontier(path, now=clock) as opened:
        yield opened


def test_a_page_that_was_never_visited_may_come_earlier_but_never_later(frontier: Frontier) -> None:
    frontier.add([page("https://a.example/1", NOON + 100)])
    for due_at, planned in ((NOON + 200, NOON + 100), (NOON + 50, NOON + 50)):
        frontier.add([page("https://a.example/1", due_at)])
        assert frontier.next_time(NOON, ()) == planned


VISITED = Target(
    url="https://a.example/1", page_id="0" * 32, host="a.example:443", kind="page", source_id="gazette", origin="live",
    found_in="https://a.example/feed", found_at=NOON, title=None, published_at=None, lastmod=None, visit=2,
    repeated=False, under_way=False, due_at=NOON + DAY, etag=None, last_modified=None, body_hash=None, misses=0,
    failures=0, gone=False, first_fetched_at=NOON, last_fetched_at=NOON, last_changed_at=NOON, interval=None,
    unchanged=0, last_new_at=None, settled_at=NOON,
)  # fmt: skip


@pytest.mark.parametrize(
    ("known", "finding", "due_at"),
    [
        (VISITED, page("x"), NOON + DAY),
        (VISITED, page("x", lastmod=NOON + 60), NOON + HOUR),
        (replace(VISITED, unchanged=2), page("x", lastmod=NOON + 60), NOON + 4 * HOUR),
        (replace(VISITED, lastmod=NOON + 60), page("x", lastmod=NOON + 60), NOON + DAY),
        (VISITED, page("x", lastmod=NOON - 60), NOON + DAY),
        (replace(VISITED, due_at=None), page("x"), None),
        (replace(VISITED, due_at=None, gone=True), page("x"), NOON + 7 * DAY),
        (replace(VISITED, due_at=None, first_fetched_at=None, last_fetched_at=None), page("x"), NOON + DAY),
        (replace(VISITED, first_fetched_at=None, last_fetched_at=None), page("x"), NOON + DAY),
        (replace(VISITED, under_way=True, due_at=None), page("x"), None),
        (replace(VISITED, kind="feed", due_at=None), listed("x"), NOON + 2),
        (replace(VISITED, kind="feed", due_at=None), page("x"), None),
    ],
)
def test_when_a_known_address_is_due_that_is_named_once_more(
    known: Target, finding: Finding, due_at: float | None
) -> None:
    assert due_again(known, finding, NOON + 2) == due_at


def test_a_sitemap_that_always_prints_the_present_time_does_not_bring_its_pages_at_every_reading(
    frontier: Frontier, clock: Clock
) -> None:
    frontier.add([page("https://a.example/1")])
    visits = 0
    for _ in range(7 * 24 * 4):
        clock.now += HOUR / 4
        frontier.add([page("https://a.example/1", lastmod=clock.now)])
        for taken in frontier.take(clock.now, limit=1, busy=()):
            visits += 1
            frontier.settle([fetched(taken, None, clock.now, unchanged=taken.unchanged + 1)], clock.now)
    assert 2 <= visits <= 9
