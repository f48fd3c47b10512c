"""What the frontier promises, on real files."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fixtures.frontier import NOON, Clock, fetched, listed, page, take_one
from hypothesis import example, given
from hypothesis import strategies as st

from watchfloor.errors import InvalidAddress
from watchfloor.identity import page_id
from watchfloor_scraper.frontier import Frontier, Outcome, host_key
from watchfloor_scraper.politeness.robots_policy import robots_record
from watchfloor_scraper.politeness.tdmrep import tdm_record

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


def test_what_was_not_known_is_told_once_and_in_its_order(frontier: Frontier) -> None:
    first = [page("https://a.example/1"), page("https://a.example/2"), page("https://a.example/1")]
    assert frontier.add(first) == first[:2]
    assert frontier.add([page("https://a.example/2"), page("https://a.example/3")]) == [page("https://a.example/3")]
    assert frontier.count() == {"page": 3, "feed": 0, "sitemap": 0, "section": 0, "home": 0}


def test_a_host_is_given_out_once_in_its_delay_and_two_hosts_at_the_same_time(frontier: Frontier, clock: Clock) -> None:
    frontier.add([page(f"https://{host}.example/{number}") for host in "ab" for number in (1, 2)])
    assert {found.host for found in frontier.take(NOON, limit=9, busy=())} == {"a.example:443", "b.example:443"}
    assert frontier.take(NOON + 1.9, limit=9, busy=()) == []
    assert frontier.next_time(NOON + 1.9, ()) == NOON + 2
    assert [found.host for found in frontier.take(NOON + 2, limit=9, busy=["a.example:443"])] == ["b.example:443"]
    assert len(frontier.take(NOON + 4, limit=0, busy=())) == 0


def test_http_and_https_of_one_name_are_two_hosts_and_case_makes_none() -> None:
    keys = [host_key(url) for url in ("http://A.example/", "https://a.example", "https://a.EXAMPLE.:443/x")]
    assert keys == ["a.example:80", "a.example:443", "a.example:443"]
    with pytest.raises(InvalidAddress):
        host_key("file:///etc/passwd")


@given(st.sampled_from(["http://", "https://", "HTTP:", ""]), st.text(max_size=12))
@example("http://", "./")
def test_what_is_accepted_has_the_id_of_a_page(scheme: str, rest: str) -> None:
    try:
        host_key(scheme + rest)
    except InvalidAddress:
        return
    page_id(scheme + rest)


def test_requested_comes_before_lists_and_lists_before_pages_the_newest_first(frontier: Frontier, clock: Clock) -> None:
    frontier.set_delay("a.example:443", 0)
    frontier.add([page("https://a.example/seen")])
    seen = take_one(frontier, clock)
    frontier.settle([fetched(seen, NOON, NOON)], NOON)
    frontier.add([page("https://a.example/old")])
    clock.now += 10
    frontier.add([page("https://a.example/new-1"), page("https://a.example/new-2"), listed("https://a.example/feed")])
    frontier.request(page("https://a.example/asked", source=None))
    order = [take_one(frontier, clock).url.rpartition("/")[2] for _ in range(3)]
    assert order == ["asked", "feed", "old"]  # the fourth target of a host is the one that has waited longest
    assert [take_one(frontier, clock).url.rpartition("/")[2] for _ in range(3)] == ["new-1", "new-2", "seen"]


@pytest.mark.parametrize("starving", ["https://a.example/oldest", "https://a.example/seen"])
def test_what_is_newer_never_starves_an_older_page_nor_a_revisit(
    frontier: Frontier, clock: Clock, starving: str
) -> None:
    frontier.add([page("https://a.example/seen")])
    frontier.settle([fetched(take_one(frontier, clock), NOON + 5, NOON)], NOON)
    clock.now += 10
    frontier.add([page("https://a.example/oldest")])
    for number in range(100):
        clock.now += 2
        frontier.add([page(f"https://a.example/{number}/{part}") for part in "ab"])
        if take_one(frontier, clock).url == starving:
            return
    raise AssertionError(f"{starving} was never given out")


def test_a_visit_that_a_killed_process_had_begun_comes_first_with_the_same_number(path: Path, clock: Clock) -> None:
    with Frontier(path, now=clock) as before:
        before.add([page("https://a.example/1"), page("https://b.example/1")])
        begun = take_one(before, clock)
    clock.now += 60
    with Frontier(path, now=clock) as after:
        after.add([listed(f"https://{begun.host.partition(':')[0]}/feed")])
        again = take_one(after, clock)
        assert (again.url, again.visit, again.repeated, begun.repeated) == (begun.url, begun.visit, True, False)
        after.settle([fetched(again, clock.now, clock.now)], clock.now)
        known = after.known(again.url)
        assert known is not None
        assert (known.visit, known.repeated) == (begun.visit + 1, False)


def test_a_restart_asks_no_host_sooner_than_its_delay(path: Path, clock: Clock) -> None:
    with Frontier(path, now=clock) as before:
        before.add([page("https://a.example/1")])
        before.set_delay("a.example:443", 30)
        take_one(before, clock)
    clock.now += 29
    with Frontier(path, now=clock) as after:
        assert after.take(clock.now, limit=1, busy=()) == []
        assert after.next_time(clock.now, ()) == NOON + 31, (
            "what was under way may have reached the host a second later"
        )


def test_a_target_that_was_not_asked_keeps_the_number_of_its_visit_and_its_place(
    frontier: Frontier, clock: Clock
) -> None:
    frontier.request(page("https://a.example/1"))
    taken = take_one(frontier, clock)
    frontier.release(taken.url, NOON + 60)
    assert frontier.take(NOON + 59, limit=1, busy=()) == []
    clock.now += 60
    again = take_one(frontier, clock)
    assert (again.url, again.visit, again.repeated) == (taken.url, taken.visit, False)
    frontier.release("https://a.example/never-heard-of", NOON)


def test_a_release_after_a_kill_still_says_that_the_visit_may_have_been_asked(path: Path, clock: Clock) -> None:
    with Frontier(path, now=clock) as before:
        before.add([page("https://a.example/1")])
        take_one(before, clock)
    with Frontier(path, now=clock) as after:
        clock.now += 10
        after.release(take_one(after, clock).url, clock.now)
        clock.now += 10
        assert take_one(after, clock).repeated


def test_what_came_of_a_visit_is_given_with_the_next(frontier: Frontier, clock: Clock) -> None:
    frontier.add([listed("https://a.example/feed")])
    kept = {"etag": '"1"', "last_modified": "yesterday", "body_hash": "ab" * 32, "interval": 600.0, "unchanged": 2}
    outcome = fetched(take_one(frontier, clock), NOON + 600, NOON + 1, changed=True, new=3, **kept)
    frontier.settle([outcome], NOON + 2)
    clock.now += 600
    found = take_one(frontier, clock)
    assert {name: getattr(found, name) for name in kept} == kept
    assert (found.visit, found.first_fetched_at, found.last_fetched_at) == (2, NOON + 1, NOON + 1)
    assert (found.last_changed_at, found.last_new_at, found.settled_at) == (NOON + 1, NOON + 1, NOON + 2)
    failed = Outcome(found.url, NOON + 900, failures=1, misses=1, gone=True)
    frontier.settle([failed], NOON + 601)
    after = frontier.known(found.url)
    assert after is not None
    assert (after.last_fetched_at, after.failures, after.misses, after.gone) == (NOON + 1, 1, 1, True)
    assert (after.last_changed_at, after.etag, after.due_at) == (NOON + 1, None, NOON + 900)


def test_what_is_never_due_again_is_not_given_out(frontier: Frontier, clock: Clock) -> None:
    frontier.add([page("https://a.example/1")])
    frontier.settle([fetched(take_one(frontier, clock), None, NOON)], NOON)
    assert frontier.next_time(NOON, ()) is None
    assert frontier.take(NOON + 1e9, limit=1, busy=()) == []
    frontier.request(page("https://a.example/1"))
    clock.now += 2
    assert take_one(frontier, clock).visit == 2


def test_a_request_for_what_is_under_way_brings_it_once_more(frontier: Frontier, clock: Clock) -> None:
    frontier.add([page("https://a.example/1")])
    taken = take_one(frontier, clock)
    frontier.request(page("https://a.example/1"))
    assert frontier.next_time(NOON, ()) is None
    frontier.settle([fetched(taken, None, NOON)], NOON)
    clock.now += 2
    assert take_one(frontier, clock).visit == 2


def test_a_paused_outlet_is_not_served_but_for_what_is_requested(frontier: Frontier, clock: Clock) -> None:
    frontier.add([page("https://a.example/1"), page("https://a.example/2"), page("https://b.example/1", source="post")])
    frontier.pause(["gazette"])
    assert [found.url for found in frontier.take(NOON, limit=9, busy=())] == ["https://b.example/1"]
    frontier.add([page("https://c.example/new")])
    assert frontier.next_time(NOON, ()) is None
    frontier.request(page("https://a.example/2", source=None))
    asked = take_one(frontier, clock)
    assert (asked.url, asked.source_id) == ("https://a.example/2", "gazette")
    frontier.settle([fetched(asked, NOON + 3, NOON)], NOON)
    assert frontier.take(NOON + 9, limit=9, busy=()) == []
    frontier.pause([])
    assert len(frontier.take(NOON + 9, limit=9, busy=())) == 2


def test_an_outlet_that_is_removed_keeps_its_pages_and_is_served_again_when_it_comes_back(
    frontier: Frontier, clock: Clock
) -> None:
    frontier.add([page("https://a.example/1"), listed("https://b.example/feed", source="post")])
    frontier.keep_outlets(["post"])
    assert [found.source_id for found in frontier.take(NOON, limit=9, busy=())] == ["post"]
    assert frontier.known("https://a.example/1") is not None
    frontier.keep_outlets([])
    assert frontier.next_time(NOON, ()) is None
    frontier.keep_outlets(["gazette", "post"])
    assert take_one(frontier, clock).source_id == "gazette"


def test_a_page_of_a_removed_outlet_goes_over_to_the_one_that_names_it(frontier: Frontier, clock: Clock) -> None:
    frontier.add([page("https://a.example/1")])
    frontier.keep_outlets(["post"])
    frontier.add([page("https://a.example/1", source="post")])
    assert take_one(frontier, clock).source_id == "post"
    assert (frontier.tallies("gazette", NOON).known_pages, frontier.tallies("post", NOON).known_pages) == (0, 1)


def test_a_page_stays_with_the_outlet_that_found_it_first(frontier: Frontier, clock: Clock) -> None:
    frontier.request(page("https://a.example/1", source=None))
    frontier.add([page("https://a.example/1", source="gazette")])
    frontier.add([page("https://a.example/1", source="post")])
    assert take_one(frontier, clock).source_id == "gazette"


def test_lists_that_are_no_longer_named_are_forgotten_with_those_that_only_they_named(frontier: Frontier) -> None:
    index, child = "https://a.example/index.xml", "https://a.example/1.xml"
    frontier.add([listed(index, "sitemap"), listed("https://a.example/feed")])
    frontier.add(
        [listed(child, "sitemap", found_in=index), listed("https://a.example/2.xml", "sitemap", found_in=child)]
    )
    frontier.add([page("https://a.example/1", found_in=index)])
    frontier.keep_lists(["https://a.example/feed"])
    assert frontier.count() == {"page": 1, "feed": 1, "sitemap": 0, "section": 0, "home": 0}
    frontier.settle([Outcome(index, NOON)], NOON)
    assert frontier.known(index) is None


def test_a_list_that_the_operator_names_keeps_its_schedule_when_it_is_named_again(
    frontier: Frontier, clock: Clock
) -> None:
    frontier.add([listed("https://a.example/feed")])
    frontier.settle([fetched(take_one(frontier, clock), NOON + 600, NOON)], NOON)
    frontier.add([listed("https://a.example/feed")])
    assert frontier.next_time(NOON, ()) == NOON + 600


def test_the_operator_alone_makes_a_list_of_a_page(frontier: Frontier, clock: Clock) -> None:
    frontier.add([page("https://a.example/world", NOON + DAY)])
    frontier.add([listed("https://a.example/world", "section", found_in="https://a.example/")])
    assert frontier.count()["page"] == 1
    frontier.add([listed("https://a.example/world", "section", source="post")])
    assert frontier.count() == {"page": 0, "feed": 0, "sitemap": 0, "section": 1, "home": 0}
    assert (take_one(frontier, clock).source_id, frontier.tallies("gazette", NOON).known_pages) == ("post", 0)


def test_a_blocked_host_rests_and_its_blocks_are_forgotten_when_it_answers(frontier: Frontier, clock: Clock) -> None:
    frontier.add([page("https://a.example/1")])
    frontier.block("a.example:443", NOON + 60, "http_429")
    frontier.block("a.example:443", NOON + 30, "http_503")
    host = frontier.host("a.example:443")
    assert (host.blocked_until, host.blocked_for, host.blocks) == (NOON + 60, "http_503", 2)
    assert (frontier.take(NOON + 59, limit=1, busy=()), frontier.next_time(NOON, ())) == ([], NOON + 60)
    clock.now += 60
    frontier.settle([fetched(take_one(frontier, clock), None, clock.now)], clock.now)
    assert frontier.host("a.example:443").blocks == 0


def test_a_delay_counts_from_the_last_target_and_may_become_longer_and_shorter(
    frontier: Frontier, clock: Clock
) -> None:
    frontier.add([page("https://a.example/1"), page("https://a.example/2")])
    take_one(frontier, clock)
    for seconds in (10, 3):
        frontier.set_delay("a.example:443", seconds)
        assert frontier.next_time(NOON, ()) == NOON + seconds
    assert frontier.host("unheard-of.example:443").next_at == 0


def test_a_turn_in_which_nothing_was_asked_is_given_back(frontier: Frontier, clock: Clock) -> None:
    frontier.add([page("https://a.example/1"), page("https://a.example/2")])
    first = take_one(frontier, clock)
    frontier.settle([Outcome(first.url, NOON + 60, failures=1, asked=False)], NOON)
    assert take_one(frontier, clock).url != first.url


def test_what_sites_say_to_robots_is_kept_whole(frontier: Frontier) -> None:
    robots = robots_record("timeout", b"", NOON, robots_record(200, b"Disallow: /\xff\x00", NOON - 9, None))
    tdm = tdm_record(200, b"[]", NOON)
    assert (frontier.robots("a.example:443"), frontier.tdm("a.example:443")) == (None, None)
    for _ in range(2):
        frontier.keep_robots("a.example:443", robots)
        frontier.keep_tdm("a.example:443", tdm)
    assert (frontier.robots("a.example:443"), frontier.tdm("a.example:443")) == (robots, tdm)


def test_an_outlet_is_told_what_it_has_brought_and_when_it_is_asked_next(frontier: Frontier, clock: Clock) -> None:
    empty = frontier.tallies("gazette", NOON)
    assert (empty.known_pages, empty.last_fetched_at, empty.next_at, sum(empty.new_pages)) == (0, None, None, 0)
    frontier.add([listed("https://a.example/feed"), page("https://a.example/0")])
    frontier.add([page("https://a.example/archive", origin="backfill")])
    frontier.settle([fetched(take_one(frontier, clock), NOON + 600, NOON + 1)], NOON + 1)
    clock.now += 12 * HOUR
    frontier.add([page("https://a.example/0"), page("https://a.example/1"), page("https://a.example/2")])
    found = frontier.tallies("gazette", clock.now)
    assert (found.known_pages, found.lists, found.new_pages) == (4, 1, (0,) * 25 + (1, 0, 2))
    assert (found.last_fetched_at, found.last_new_at) == (NOON + 1, clock.now)
    assert (found.next_at, found.lists_due_at) == (NOON + 1 + 2, NOON + 600)
    clock.now += 7 * DAY
    assert sum(frontier.tallies("gazette", clock.now).new_pages) == 0
    frontier.add([page("https://a.example/3")])
    assert sum(frontier.tallies("gazette", clock.now).new_pages) == 1
