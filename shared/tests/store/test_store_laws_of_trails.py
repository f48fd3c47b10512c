"""What every store promises of what was decided about pages, of where they lead, and of sources."""

from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from watchfloor.events import PageDecided, SourceHealth
from watchfloor.store import trail
from watchfloor.store.protocol import Search, Store

from .conftest import MakeStore
from .invented import article, changes, decided, gone, health, id_of, minutes

VERDICTS = [
    ("scraper", "found", "feed"),
    ("scraper", "held_back", "excluded"),
    ("scraper", "fetched", "http_200"),
    ("scraper", "unchanged", "not_modified"),
    ("scraper", "failed", "timeout"),
    ("parser", "parsed", "news"),
]


def told(store: Store, page: str = "a-b-c-1") -> list[tuple[str, str]]:
    return [(each.verdict, each.reason) for each in store.trail(id_of(page))]


def test_a_page_that_nothing_was_decided_about_has_no_trail(store: Store) -> None:
    assert store.trail("0" * 32) == ()
    assert store.article_of_page("0" * 32) is None
    assert store.pages_of("0" * 32) == ()


def test_a_decision_touches_no_article_and_comes_back_whole(store: Store) -> None:
    event = decided("failed", "http_5xx", at=3, detail="answered 503")
    assert store.apply(changes(event, health(), article())) == [(), (), store.apply(changes(article()))[0]]
    assert store.trail(event.page_id) == (event,)
    assert store.search(Search()).total == 1


def test_a_trail_is_in_the_order_of_time_and_of_one_moment_in_the_order_of_the_way(store: Store) -> None:
    parsed = decided("parsed", "news", at=2, by="parser")
    store.apply(changes(parsed, decided("fetched", "http_200", at=2), decided("failed", "dns", at=1)))
    store.apply(changes(decided("held_back", "paused", at=0), decided("found", "feed", at=0)))
    assert [verdict for verdict, _ in told(store)] == ["found", "held_back", "failed", "fetched", "parsed"]


def test_pages_have_trails_of_their_own(store: Store) -> None:
    store.apply(changes(decided(page="one"), decided("refused", "robots", page="two")))
    assert (told(store, "one"), told(store, "two")) == ([("found", "feed")], [("refused", "robots")])


def test_what_a_stage_says_of_a_fetch_again_stands_in_place_of_what_it_said_before(store: Store) -> None:
    ended = decided("ended", "index", at=1, by="parser")
    store.apply(changes(ended, decided("parsed", "news", at=1, by="parser")))
    store.apply(changes(decided("rejected", "unforeseen", at=1, by="enricher")))
    assert told(store) == [("parsed", "news"), ("rejected", "unforeseen")]


def test_the_scraper_may_say_several_things_at_once(store: Store) -> None:
    store.apply(changes(decided("found", "feed"), decided("found", "sitemap"), decided("found", "feed")))
    assert told(store) == [("found", "feed"), ("found", "sitemap")]


def test_of_a_long_trail_the_first_finds_the_last_of_every_kind_and_the_latest_stay(store: Store) -> None:
    beginning = [decided("found", "feed", at=at, detail=str(at)) for at in range(9)]
    once = [decided("fetched", "http_200", at=10), decided("parsed", "news", at=10, by="parser")]
    visits = [decided("unchanged", "not_modified", at=at) for at in range(11, 11 + 2 * trail.LATEST)]
    store.apply(changes(*beginning, *once))
    for visit in visits:
        store.apply(changes(visit))
    kept = store.trail(id_of())
    assert kept == (*beginning[: trail.FIRST_FOUND], beginning[-1], *once, *visits[-trail.LATEST :])


decisions = st.builds(
    lambda kind, at: decided(kind[1], kind[2], at=at, by=kind[0]), st.sampled_from(VERDICTS), st.integers(0, 9)
)
words = st.builds(
    lambda name, at, state: health(name, at=at, state=state),
    st.sampled_from(["news", "coast"]),
    st.integers(0, 5),
    st.sampled_from(["well", "down", "removed"]),
)
few = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def said(store: Store) -> list[object]:
    return [store.trail(id_of()), store.sources(), store.source("news"), store.source("coast")]


@few
@given(events=st.lists(st.one_of(decisions, words), max_size=25), random=st.randoms(use_true_random=False))
def test_the_order_of_decisions_does_not_matter_nor_that_they_come_again(
    make_store: MakeStore, events: list[Any], random: Random
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        for module in ("trail", "sqlite.trails"):
            patch.setattr(f"watchfloor.store.{module}.LATEST", 3)
        patch.setattr("watchfloor.store.trail.FIRST_FOUND", 2)
        one, other = make_store(), make_store()
        for event in events:
            one.apply(changes(event))
        other.apply(changes(*random.sample(events, len(events)), *events[: len(events) // 2]))
        assert said(one) == said(other)


def test_the_latest_word_on_a_source_stands_whatever_comes_late(store: Store) -> None:
    down, well = health(at=5, state="down", since=minutes(4)), health(at=1)
    store.apply(changes(down, well, health("coast")))
    assert store.source("news") == down
    assert [each.source_id for each in store.sources()] == ["coast", "news"]
    assert store.source("harbour") is None


def test_a_source_that_was_removed_is_shown_no_more_and_does_not_come_back_by_an_older_word(store: Store) -> None:
    store.apply(changes(health(at=1), health(at=2, state="removed"), health(at=1)))
    assert (store.sources(), store.source("news")) == ((), None)
    store.apply(changes(health(at=3)))
    assert store.source("news") == health(at=3)


def test_the_pages_of_an_article_are_told_with_their_addresses_the_first_first(store: Store) -> None:
    amp = article(at=1, page="amp-1", of="a-b-c-1")
    store.apply(changes(article(at=2), article(at=3), amp))
    assert [(each.url, each.first_fetched_at, each.last_fetched_at) for each in store.pages_of(id_of())] == [
        ("https://news.example/amp-1", minutes(1), minutes(1)),
        ("https://news.example/a-b-c-1", minutes(2), minutes(3)),
    ]
    assert store.article_of_page(amp.page_id) == id_of()


def test_a_page_leads_to_the_article_of_its_newest_fetch(store: Store) -> None:
    store.apply(changes(article(at=2, of="second-x-y"), article(at=1, of="first-x-y"), gone(at=9)))
    assert store.article_of_page(id_of()) == id_of("second-x-y")


def test_events_are_read_as_they_were_written(store: Store) -> None:
    store.apply(changes(decided(detail="Гавань “закрито”"), health(tags=("море",))))
    (decision,), (source,) = store.trail(id_of()), store.sources()
    assert isinstance(decision, PageDecided)
    assert isinstance(source, SourceHealth)
    assert (decision.detail, source.tags) == ("Гавань “закрито”", ("море",))
