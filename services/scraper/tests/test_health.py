"""How a source is judged: against its own rhythm, its own lengths, and what its lists answer."""

from dataclasses import replace
from pathlib import Path

import pytest

from watchfloor.errors import Stop
from watchfloor_scraper.health.assessment import assess
from watchfloor_scraper.health.facts import DAY, Facts, ListState, PageReading, Trouble
from watchfloor_scraper.health.ledger import HealthLedger

HOUR = 3600.0
NOW = 20 * DAY
FEED = ListState("https://news.example/feed", failures=0, due_at=NOW + 60, interval=600, last_read_at=NOW - 540)
HOURLY = tuple(NOW - n * HOUR for n in range(24 * 10, 0, -1))


def facts(
    *lists: ListState,
    paused: bool = False,
    arrivals: tuple[float, ...] = HOURLY,
    readings: tuple[PageReading, ...] = (),
    troubles: tuple[Trouble, ...] = (),
) -> Facts:
    return Facts(paused, lists or (FEED,), arrivals, readings, troubles)


def failing(count: int, url: str = "https://news.example/feed") -> ListState:
    return ListState(url, failures=count, due_at=NOW + 60, interval=600, last_read_at=NOW - HOUR)


def read(words: int, count: int, *, is_article: bool = True, ago: float = 0.0) -> tuple[PageReading, ...]:
    return tuple(PageReading(NOW - ago - n, is_article, words) for n in range(count, 0, -1))


def test_a_source_that_is_read_and_brings_news_is_well() -> None:
    assert assess(facts(), NOW).state == "well"
    assert assess(facts(), NOW).reasons == ()


def test_a_paused_source_is_paused_whatever_else_is_wrong() -> None:
    assert assess(facts(failing(9), paused=True), NOW).state == "paused"


def test_a_source_is_down_only_when_all_its_lists_fail_again_and_again() -> None:
    """The reasons are those of the last day, the most frequent first, each with its last words."""
    seen = (
        Trouble(NOW - 300, "dns", "no such host"),
        Trouble(NOW - 200, "http_5xx", "502 Bad Gateway"),
        Trouble(NOW - 100, "http_5xx", "503 Service Unavailable"),
    )
    other = failing(0, "https://news.example/map.xml")
    assert assess(facts(failing(2)), NOW).state == "well"
    assert assess(facts(failing(3), other), NOW).state == "well"
    down = assess(facts(failing(3), troubles=seen), NOW)
    assert down.state == "down"
    assert [(reason.code, reason.count, reason.detail) for reason in down.reasons] == [
        ("http_5xx", 2, "503 Service Unavailable"),
        ("dns", 1, "no such host"),
    ]


def test_a_list_that_was_never_read_or_not_for_a_day_is_out_of_reach_at_its_first_failure() -> None:
    """Of a wrong address, or a feed that robots.txt forbids, nobody needs to be told for a day that all is well."""
    assert assess(facts(replace(failing(1), last_read_at=None)), NOW).state == "down"
    assert assess(facts(replace(failing(1), last_read_at=NOW - DAY)), NOW).state == "down"
    assert assess(facts(replace(failing(0), last_read_at=None)), NOW).state == "well"


def test_silence_is_held_against_the_sources_own_rhythm() -> None:
    """A source that publishes hourly is silent after some hours; one that sleeps at night is not silent in the morning."""
    quiet = tuple(at - 30 * HOUR for at in HOURLY)
    judged = assess(facts(arrivals=quiet), NOW)
    assert judged.state == "silent"
    assert judged.reasons[0].detail == "answers, but nothing new for 31 h; usual gap is 1 h"
    by_day = tuple(at for at in HOURLY if 8 <= (at % DAY) / HOUR < 20)
    last_evening = tuple(at for at in by_day if at <= NOW - 4 * HOUR)
    assert assess(facts(arrivals=last_evening), NOW + 8 * HOUR).state != "silent"


def test_a_source_of_which_little_is_known_is_never_silent() -> None:
    assert assess(facts(arrivals=HOURLY[:9]), NOW + 30 * DAY).state != "silent"
    assert assess(facts(arrivals=()), NOW).state == "well"


def test_a_source_whose_lists_wait_too_long_is_late() -> None:
    waiting = ListState("https://news.example/feed", 0, due_at=NOW - 2 * HOUR, interval=600, last_read_at=None)
    judged = assess(facts(waiting), NOW)
    assert (judged.state, judged.reasons[0].code) == ("late", "behind")
    assert "the longest for 2 h" in judged.reasons[0].detail


def test_a_source_that_tells_us_to_wait_is_late() -> None:
    slowed = (Trouble(NOW - 10, "rate_limited", "429, told to wait 600 s"),)
    assert assess(facts(failing(1), troubles=slowed), NOW).state == "late"
    assert assess(facts(troubles=slowed), NOW).state == "well", "it answered since"


@pytest.mark.parametrize(
    ("readings", "code"),
    [
        (read(0, 8, is_article=False), "parse_empty"),
        (read(500, 40, ago=DAY) + read(60, 5), "layout_changed"),
    ],
)
def test_a_source_whose_pages_cannot_be_read_any_more_is_down(readings: tuple[PageReading, ...], code: str) -> None:
    judged = assess(facts(readings=readings), NOW)
    assert (judged.state, judged.reasons[0].code) == ("down", code)


def test_a_few_index_pages_among_articles_mean_nothing() -> None:
    mixed = read(500, 7, ago=60) + read(0, 3, is_article=False)
    assert assess(facts(readings=mixed), NOW).state == "well"


def test_the_ledger_keeps_what_was_noted_over_a_restart_and_forgets_what_is_old(tmp_path: Path) -> None:
    path = tmp_path / "health.sqlite"
    ledger = HealthLedger(path)
    for at in (NOW - 15 * DAY, NOW - 10, NOW - 10):
        ledger.note_arrival("a", "https://news.example/1", at)
    ledger.note_trouble("a", "https://news.example/feed", Trouble(NOW - 2 * DAY, "dns", "old"))
    ledger.note_trouble("a", "https://news.example/feed", Trouble(NOW - 5, "dns", "no such host"))
    ledger.note_reading("a", "0" * 32, PageReading(NOW - 5, is_article=True, words=400))
    ledger.note_arrival("b", "https://other.example/1", NOW)
    assert ledger.since("a", "well", NOW - 100) == NOW - 100
    ledger.close()
    ledger = HealthLedger(path)
    assert ledger.arrivals("a", NOW) == (NOW - 10,)
    assert ledger.troubles("a", NOW) == (Trouble(NOW - 5, "dns", "no such host"),)
    assert ledger.readings("a", NOW) == (PageReading(NOW - 5, is_article=True, words=400),)
    assert ledger.since("a", "well", NOW) == NOW - 100
    assert ledger.since("a", "down", NOW) == NOW
    assert (ledger.watched_since("a", NOW - 50), ledger.watched_since("a", NOW)) == (NOW - 50, NOW - 50)
    ledger.unwatch("a")
    assert ledger.watched_since("a", NOW) == NOW
    ledger.sweep(NOW)
    assert ledger._base.execute("SELECT count(*) FROM arrivals").fetchone() == (2,)
    assert ledger.sources() == {"a"}
    ledger.close()


def test_a_ledger_that_is_no_database_is_told_with_its_remedy(tmp_path: Path) -> None:
    path = tmp_path / "health.sqlite"
    path.write_text("this is no database, only some text that is long enough to be looked at by SQLite" * 20)
    with pytest.raises(Stop, match="move it away"):
        HealthLedger(path)
