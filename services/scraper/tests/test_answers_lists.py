"""What follows from a list that was read."""

from collections.abc import Iterable
from dataclasses import replace

import pytest
from fixtures.frontier import NOON
from fixtures.small_site import target

from watchfloor.events import PageDecided
from watchfloor_scraper.answers.consequence import Consequence
from watchfloor_scraper.answers.lists import SOON, Circumstances, ListAnswer, follow_list, follow_unchanged
from watchfloor_scraper.answers.named import NEVER, Named, is_held_back, tells_more
from watchfloor_scraper.configuration import Outlet
from watchfloor_scraper.discovery.documents import ListDocument
from watchfloor_scraper.discovery.listings import Found
from watchfloor_scraper.discovery.traps import MAX_DATES, pattern_of
from watchfloor_scraper.feed import NamedSource
from watchfloor_scraper.frontier import Kind, Target
from watchfloor_scraper.politeness.validators import Validators

DAY = 86_400.0
ROOT = "https://a.example"
GAZETTE = Outlet.model_validate({"id": "gazette", "home": f"{ROOT}/", "exclude": ["/sport/*"], "cadence": "5m..24h"})
WORLD, SPORT, ABROAD = Found(f"{ROOT}/world/1"), Found(f"{ROOT}/sport/1"), Found("https://b.example/1")
HELD = target(WORLD.url, due_at=NOON + NEVER - DAY, under_way=False)
FETCHED = target(
    WORLD.url, under_way=False, due_at=NOON + DAY, settled_at=NOON - DAY, first_fetched_at=NOON - DAY, body_hash="x",
    last_fetched_at=NOON - DAY,
)  # fmt: skip


def a_list(kind: Kind = "feed", **known: object) -> Target:
    return target(f"{ROOT}/list", kind, **known)


def around(named: Iterable[Named] = (), **parts: object) -> Circumstances:
    """What is known beside the list: nothing, but for these parts."""
    nothing = Circumstances(
        GAZETTE, tuple(named), complete=True, known=lambda _: False, patterns={}, sitemaps=(), room=9
    )
    return replace(nothing, **parts)  # type: ignore[arg-type]


def read(
    *found: Found, of: Target | None = None, known: Target | None = None, complete: bool = True, **parts: object
) -> Consequence:
    """A list that names these pages, of all of which the same is known."""
    answer = ListAnswer(ListDocument(found, complete), "digest", Validators('"e"', None))
    return follow_list(of or a_list(), answer, around([Named(one, known) for one in found], **parts), NOON)


def told(consequence: Consequence) -> list[tuple[str, str, str]]:
    decisions = [visit.event for visit in consequence.visits if isinstance(visit.event, PageDecided)]
    return [(one.url, one.verdict, one.reason) for one in decisions]


def test_what_is_new_is_found_and_due_at_once() -> None:
    consequence = read(replace(WORLD, title="A boat returns", published_at="2026-06-01T11:00:00Z"))
    assert told(consequence) == [(WORLD.url, "found", "feed")]
    assert "listed by https://a.example/list: A boat returns" in str(consequence.visits[0].event)
    (finding,) = consequence.findings
    assert (finding.url, finding.kind, finding.due_at, finding.origin) == (WORLD.url, "page", NOON, "live")
    assert (finding.title, finding.published_at) == ("A boat returns", "2026-06-01T11:00:00Z")
    kept = consequence.outcome
    assert (kept.new, kept.body_hash, kept.etag, kept.fetched_at, kept.failures) == (1, "digest", '"e"', NOON, 0)


def test_where_a_feed_names_who_wrote_it_the_trail_does() -> None:
    consequence = read(replace(WORLD, source=NamedSource("The Other Paper", "https://other.example/feed")))
    assert "taken from The Other Paper" in str(consequence.visits[0].event)


@pytest.mark.parametrize(("found", "reason"), [(SPORT, "excluded"), (ABROAD, "off_domain")])
def test_what_the_outlet_does_not_cover_is_known_and_held_back(found: Found, reason: str) -> None:
    consequence = read(found)
    assert told(consequence) == [(found.url, "held_back", reason)]
    assert [finding.due_at for finding in consequence.findings] == [NOON + NEVER]
    assert consequence.arrivals == ()


def test_what_stays_held_back_is_not_said_again() -> None:
    consequence = read(SPORT, known=replace(HELD, url=SPORT.url))
    assert (told(consequence), consequence.findings) == ([], ())


def test_what_a_later_configuration_covers_comes_in() -> None:
    consequence = read(WORLD, known=HELD, of=a_list(last_fetched_at=NOON - DAY))
    assert told(consequence) == [(WORLD.url, "found", "feed")]
    assert [finding.due_at for finding in consequence.findings] == [NOON]
    assert [url for url, _ in consequence.arrivals] == [WORLD.url]


def test_what_is_known_and_not_to_be_fetched_is_held_back_for_as_long_as_anybody_waits() -> None:
    assert is_held_back(HELD, NOON)
    assert not is_held_back(replace(HELD, due_at=NOON + 400 * DAY), NOON)
    assert not is_held_back(replace(HELD, settled_at=NOON), NOON)


@pytest.mark.parametrize(
    ("known", "updated_at", "tells"),
    [
        (FETCHED, None, False),
        (FETCHED, "2026-06-01T11:00:00Z", True),  # later than the last visit
        (FETCHED, "2026-05-01", False),
        (replace(FETCHED, lastmod=NOON), "2026-06-01T11:00:00Z", False),  # said before
        (HELD, None, True),
        (replace(FETCHED, due_at=None, gone=True), None, True),  # given up: it is still listed
        (replace(FETCHED, due_at=None), None, False),  # not to be revisited
        (replace(FETCHED, due_at=None, under_way=True), None, False),
        (target(WORLD.url, due_at=NOON - 5, under_way=False), None, False),  # waits for its turn
        (target(WORLD.url, due_at=NOON - 5, under_way=False), "2026-06-01T11:00:00Z", False),
    ],
)
def test_a_list_tells_something_of_a_known_page_where_that_changes_when_it_is_due(
    known: Target, updated_at: str | None, tells: bool
) -> None:
    assert tells_more(replace(WORLD, updated_at=updated_at), known, a_list("sitemap"), NOON) is tells


def test_a_known_page_that_changed_is_handed_on_without_being_found_again() -> None:
    consequence = read(replace(WORLD, updated_at="2026-06-01T11:00:00Z"), known=FETCHED)
    assert told(consequence) == []
    assert [finding.lastmod for finding in consequence.findings] == [NOON - 3600]
    assert (consequence.outcome.new, consequence.outcome.unchanged, consequence.arrivals) == (0, 1, ())


@pytest.mark.parametrize(("kind", "origin"), [("sitemap", "backfill"), ("feed", "live"), ("section", "live")])
def test_what_a_sitemap_lists_as_old_is_a_backfill(kind: Kind, origin: str) -> None:
    old, new = replace(WORLD, published_at="2026-05-01"), replace(WORLD, url=f"{ROOT}/2", published_at="2026-05-31")
    assert [finding.origin for finding in read(old, new, of=a_list(kind)).findings] == [origin, "live"]
    assert [finding.origin for finding in read(replace(WORLD, updated_at="2026-05-01"), of=a_list(kind)).findings] == [
        origin
    ]


@pytest.mark.parametrize(("kind", "verdict"), [("section", "held_back"), ("home", "held_back"), ("feed", "found")])
def test_one_of_endlessly_many_links_is_held_back_and_an_entry_of_a_feed_is_not(kind: Kind, verdict: str) -> None:
    day = Found(f"{ROOT}/calendar/2031/01/")
    consequence = read(day, of=a_list(kind), patterns={pattern_of(day.url): MAX_DATES})
    assert told(consequence)[0][1] == verdict


def test_a_list_that_was_cut_off_is_read_again_soon_for_as_long_as_it_brings_news() -> None:
    assert read(WORLD, complete=False).outcome.due_at == NOON + SOON
    answer = ListAnswer(ListDocument((WORLD,), complete=True), "digest", Validators(None, None))
    more = around([Named(WORLD, None)], complete=False)
    assert follow_list(a_list(), answer, more, NOON).outcome.due_at == NOON + SOON
    assert read(WORLD, known=FETCHED, complete=False).outcome.due_at != NOON + SOON


def test_a_list_that_says_when_its_entries_appeared_is_read_twice_as_often_as_they_do() -> None:
    hourly = [Found(f"{ROOT}/{n}", published_at=f"2026-06-01T{n:02}:00:00Z") for n in range(12)]
    assert read(*hourly).outcome.interval == 1800


def test_a_list_that_has_not_changed_is_read_again_within_its_bounds() -> None:
    kept = follow_unchanged(a_list(interval=300.0, etag='"e"', body_hash="x", unchanged=2), GAZETTE, NOON).outcome
    assert (kept.etag, kept.body_hash, kept.unchanged, kept.fetched_at) == ('"e"', "x", 3, NOON)
    assert kept.due_at is not None
    assert NOON + 300 <= kept.due_at <= NOON + DAY


def test_the_sitemaps_of_an_index_become_lists_as_far_as_there_is_room() -> None:
    places = tuple(f"{ROOT}/sitemap-{number}.xml" for number in range(5))
    answer = ListAnswer(ListDocument((), complete=True, sitemaps=places), "digest", Validators(None, None))
    known = around(room=3, known=lambda url: url == places[0])
    consequence = follow_list(a_list("sitemap"), answer, known, NOON)
    assert [(one.url, one.kind, one.found_in) for one in consequence.findings] == [
        (place, "sitemap", f"{ROOT}/list") for place in places[1:4]
    ]


@pytest.mark.parametrize(("kind", "sitemaps"), [("home", [f"{ROOT}/news.xml"]), ("section", [])])
def test_a_home_page_brings_its_feeds_and_the_sitemaps_of_robots_txt(kind: Kind, sitemaps: list[str]) -> None:
    answer = ListAnswer(ListDocument((), complete=True, feeds=(f"{ROOT}/rss",)), "digest", Validators(None, None))
    consequence = follow_list(a_list(kind), answer, around(sitemaps=(f"{ROOT}/news.xml",)), NOON)
    assert [one.url for one in consequence.findings if one.kind == "feed"] == [f"{ROOT}/rss"]
    assert [one.url for one in consequence.findings if one.kind == "sitemap"] == sitemaps


def test_what_a_list_shows_at_its_first_reading_came_at_no_known_time_unless_it_prints_one() -> None:
    printed = replace(WORLD, published_at="2026-06-01T10:00:00Z")
    assert read(WORLD).arrivals == ()
    assert read(printed).arrivals == ((WORLD.url, NOON - 7200),)
    assert read(WORLD, of=a_list(last_fetched_at=NOON - 60)).arrivals == ((WORLD.url, NOON),)
