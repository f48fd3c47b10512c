"""What every store promises of what it keeps: versions, withdrawals, and that only the set of changes counts."""

from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from watchfloor.events import ArticleEnriched, ArticleLatest, ArticleWithdrawn, PageGone
from watchfloor.store.protocol import Change, Search, Store
from watchfloor.store.standing import MOVED

from .conftest import MakeStore
from .invented import article, changes, gone, id_of, minutes

TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
PAGES = ("one-a-b-1", "two-a-b-2", "amp-one-a-b-1")
CANONICAL = {"amp-one-a-b-1": "one-a-b-1"}


def apply(store: Store, *events: ArticleEnriched | PageGone) -> list[object]:
    """Apply the events one by one, as a stage does; what the store said, flat."""
    return [standing for event in events for said in store.apply(changes(event)) for standing in said]


def latest(store: Store, page: str = "a-b-c-1") -> ArticleLatest:
    kept = store.article(id_of(page))
    assert kept is not None
    return kept.article


def test_an_article_that_was_never_seen_is_none(store: Store) -> None:
    assert store.article("0" * 32) is None
    assert store.versions("0" * 32) == ()
    assert store.version("0" * 32, 1) is None
    assert store.newest() is None


def test_an_article_comes_back_whole_with_its_version_and_its_trace(store: Store) -> None:
    event = article("A ferry sank off Portmoor.", at=3)
    ((said,),) = store.apply([Change(event, TRACE)])
    kept = store.article(event.article_id)
    assert kept is not None
    assert kept.article == said
    assert kept.withdrawn_at is None
    assert kept.trace_id == "4bf92f3577b34da6a3ce929d0e0e4736"
    assert {name: getattr(kept.article, name) for name in ArticleEnriched.model_fields} == dict(event)
    assert (kept.article.version, kept.article.first_fetched_at, kept.article.changed_at) == (1, minutes(3), minutes(3))
    assert store.newest() == minutes(3)


def test_versions_are_numbered_without_gaps_and_fetches_of_equal_content_are_one(store: Store) -> None:
    apply(store, *(article(text, at=at) for at, text in enumerate(["old", "old", "new", "newer", "newer"])))
    assert [(v.version, v.first_fetched_at, v.last_fetched_at) for v in store.versions(id_of())] == [
        (1, minutes(0), minutes(1)),
        (2, minutes(2), minutes(2)),
        (3, minutes(3), minutes(4)),
    ]
    assert (latest(store).version, latest(store).changed_at, latest(store).fetched_at) == (3, minutes(3), minutes(4))


def test_a_text_that_is_changed_and_changed_back_has_three_versions(store: Store) -> None:
    apply(store, article("A", at=0), article("B", at=1), article("A", at=2))
    numbered = [store.version(id_of(), number) for number in (1, 2, 3, 4)]
    assert [kept and kept.article.text for kept in numbered] == ["A", "B", "A", None]
    assert store.version(id_of(), 0) is None


def test_an_older_fetch_that_comes_late_renumbers_those_after_it(store: Store) -> None:
    said = apply(store, article("new", at=5), article("old", at=1))
    assert [standing.version for standing in said if isinstance(standing, ArticleLatest)] == [1, 2]
    assert said[1] == latest(store)
    assert (latest(store).text, latest(store).first_fetched_at) == ("new", minutes(1))


def test_the_same_fetch_read_again_replaces_its_version_and_makes_none(store: Store) -> None:
    apply(store, article("badly read", at=1), article("well read", at=1))
    assert [version.version for version in store.versions(id_of())] == [1]
    assert latest(store).text == "well read"


def test_what_the_store_says_is_said_even_where_nothing_changed(store: Store) -> None:
    first, again = apply(store, article("text", at=1), article("text", at=1))
    assert first == again == latest(store)


def test_a_batch_is_answered_change_by_change_with_what_the_articles_are_in_the_end(store: Store) -> None:
    said = store.apply(changes(article("A", at=0), article("B", at=1), gone("no-such-page")))
    assert [[type(standing).__name__ for standing in each] for each in said] == [
        ["ArticleLatest"],
        ["ArticleLatest"],
        [],
    ]
    assert said[0] == said[1] == (latest(store),)


def test_a_page_that_is_gone_withdraws_its_article_which_can_still_be_read(store: Store) -> None:
    said = apply(store, article(at=0), gone(at=5, reason="answered 410"))
    assert said[1] == ArticleWithdrawn(article_id=id_of(), fetched_at=minutes(5), reason="answered 410")
    kept = store.article(id_of())
    assert kept is not None
    assert (kept.withdrawn_at, kept.withdrawn_reason, kept.article.version) == (minutes(5), "answered 410", 1)
    assert store.version(id_of(), 1) == kept
    assert store.search(Search()).total == 1


def test_a_withdrawal_that_comes_before_its_article_is_kept(store: Store) -> None:
    assert apply(store, gone(at=5)) == []
    (said,) = apply(store, article(at=0))
    assert isinstance(said, ArticleWithdrawn)


def test_a_later_fetch_brings_the_article_back(store: Store) -> None:
    said = apply(store, article(at=0), gone(at=5), article(at=6))
    assert isinstance(said[-1], ArticleLatest)
    kept = store.article(id_of())
    assert kept is not None
    assert (kept.withdrawn_at, kept.withdrawn_reason) == (None, None)


def test_what_is_kept_can_be_had_as_the_json_that_the_topic_carries(store: Store) -> None:
    apply(store, article("Старий текст", at=0), article("Новий \u0002 «текст»", at=1.5, source_id="desk"))
    kept = store.article(id_of())
    assert kept is not None
    assert kept.written == kept.article.write()
    (hit,) = store.search(Search()).hits
    assert hit.kept == kept
    assert hit.kept.article == kept.article


def test_arrivals_count_articles_by_when_they_were_first_fetched(store: Store) -> None:
    apply(
        store,
        article(page="p-1", at=0),
        article("again", page="p-1", at=55),
        article(page="p-2", at=29.9),
        article(page="p-3", at=30),
        article(page="p-4", at=10, origin="pushed"),
        article(page="p-5", at=10, origin="backfill"),
        article("seen live", page="p-5", at=20),
        article(page="p-6", at=10),
        article("the archive has it", page="p-6", at=40, origin="backfill"),
        article(page="p-7", at=60),
        gone("p-1", at=58),
    )
    assert store.arrivals(minutes(0), minutes(60), 2) == (4, 1)
    assert store.arrivals(minutes(0), minutes(60), 6) == (1, 2, 1, 1, 0, 0)
    assert store.arrivals(minutes(-60), minutes(0), 3) == (0, 0, 0)
    for nothing in ((minutes(0), minutes(0), 1), (minutes(1), minutes(0), 1), (minutes(0), minutes(1), 0)):
        with pytest.raises(ValueError, match="there are none"):
            store.arrivals(*nothing)


def test_an_older_fetch_that_comes_late_moves_an_arrival(store: Store) -> None:
    apply(store, article("new", at=50))
    assert store.arrivals(minutes(0), minutes(60), 2) == (0, 1)
    apply(store, article("old", at=10))
    assert store.arrivals(minutes(0), minutes(60), 2) == (1, 0)
    apply(store, article("oldest", at=5, origin="backfill"))
    assert store.arrivals(minutes(0), minutes(60), 2) == (0, 0)


def test_one_address_gone_does_not_withdraw_what_another_showed_later(store: Store) -> None:
    apply(store, article(at=0, page="amp-1", of="a-b-c-1"), article(at=7), gone("amp-1", at=5))
    kept = store.article(id_of())
    assert kept is not None
    assert kept.withdrawn_at is None
    (said,) = apply(store, gone("amp-1", at=8))
    assert isinstance(said, ArticleWithdrawn)


def test_the_canonical_address_gone_withdraws_an_article_that_was_fetched_elsewhere(store: Store) -> None:
    apply(store, article(at=0, page="amp-1", of="a-b-c-1"))
    (said,) = apply(store, gone("a-b-c-1", at=1))
    assert isinstance(said, ArticleWithdrawn)


def test_a_page_gone_withdraws_every_article_that_it_led_to(store: Store) -> None:
    apply(store, article(at=0, of="first-x-y"), article(at=1, of="second-x-y"))
    said = apply(store, gone(at=2))
    assert {standing.article_id for standing in said if isinstance(standing, ArticleWithdrawn)} == {
        id_of("first-x-y"),
        id_of("second-x-y"),
    }


def test_a_fetch_read_again_as_another_articles_moves_and_the_one_left_is_withdrawn(store: Store) -> None:
    said = apply(store, article("text", at=1, of="wrong-x-y"), article("text", at=1))
    assert said[1] == latest(store)
    assert said[2] == ArticleWithdrawn(article_id=id_of("wrong-x-y"), fetched_at=minutes(1), reason=MOVED)
    assert store.article(id_of("wrong-x-y")) is None
    assert store.search(Search()).total == 1


def test_that_an_article_was_left_is_said_again_with_its_fetch(store: Store) -> None:
    """A kill between keeping and publishing must not lose the withdrawal."""
    apply(store, article("text", at=1, of="wrong-x-y"), article("text", at=1))
    assert [type(standing) for standing in apply(store, article("text", at=1))] == [ArticleLatest, ArticleWithdrawn]


def test_an_article_that_keeps_another_fetch_is_not_withdrawn_by_the_move(store: Store) -> None:
    apply(store, article("text", at=0, of="first-x-y"), article("text", at=1, of="first-x-y"))
    said = apply(store, article("text", at=1))
    assert [type(standing) for standing in said] == [ArticleLatest, ArticleLatest]
    assert latest(store, "first-x-y").fetched_at == minutes(0)


fetches = st.builds(
    lambda page, at, text: article(text, at=at, page=page, of=CANONICAL.get(page)),
    st.sampled_from(PAGES),
    st.integers(0, 6),
    st.sampled_from(["old text", "new text"]),
)
gones = st.builds(
    lambda page, at, why: gone(page, at=at, reason=why),
    st.sampled_from(PAGES),
    st.integers(0, 6),
    st.sampled_from("ab"),
)
histories = st.lists(st.one_of(fetches, gones), max_size=8, unique_by=lambda e: (type(e), e.page_id, e.fetched_at))
few = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def told(store: Store) -> list[object]:
    """All that a store says."""
    ids = [id_of(page) for page in PAGES]
    return [[store.article(i), store.versions(i)] for i in ids] + [store.newest(), store.search(Search(histogram=True))]


@few
@given(events=histories, random=st.randoms(use_true_random=False))
def test_the_order_of_changes_does_not_matter(
    make_store: MakeStore, events: list[ArticleEnriched | PageGone], random: Random
) -> None:
    one, other = make_store(), make_store()
    apply(one, *events)
    shuffled = random.sample(events, len(events))
    other.apply(changes(*shuffled))
    assert told(one) == told(other)


@few
@given(events=histories)
def test_changes_that_come_again_change_nothing(
    make_store: MakeStore, events: list[ArticleEnriched | PageGone]
) -> None:
    once, twice = make_store(), make_store()
    apply(once, *events)
    apply(twice, *events, *events[::-1])
    assert told(once) == told(twice)


@few
@given(events=histories)
def test_what_is_said_of_a_change_is_what_the_store_then_answers(
    make_store: MakeStore, events: list[ArticleEnriched | PageGone]
) -> None:
    store = make_store()
    for event in events:
        for standing in apply(store, event):
            assert isinstance(standing, ArticleLatest | ArticleWithdrawn)
            kept = store.article(standing.article_id)
            assert kept is not None
            if isinstance(standing, ArticleWithdrawn):
                assert kept.withdrawn_at == standing.fetched_at
            else:
                assert (kept.article, kept.withdrawn_at) == (standing, None)
    for page in PAGES:
        assert [each.version for each in store.versions(id_of(page))] == list(
            range(1, len(store.versions(id_of(page))) + 1)
        )
