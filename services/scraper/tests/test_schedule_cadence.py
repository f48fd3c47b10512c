"""How often a list is read: laws, and sources simulated over weeks."""

import itertools
import random
from collections.abc import Iterator, Sequence
from statistics import mean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor_scraper.schedule.cadence import Bounds, Hints, Reading, after_skipped, next_interval

MINUTE, HOUR, DAY = 60.0, 3600.0, 86_400.0
BOUNDS = Bounds()
LISTED = 20
TIMES = st.floats(-1e10, 1e10)


class Readings:
    """A list that shows its latest 20 entries, read as `next_interval` says."""

    def __init__(self, entries: Sequence[float], *, dated: bool, until: float) -> None:
        self.times: list[float] = []
        self.delays: list[float] = []
        self.intervals: list[float] = []
        self.missed = 0
        now, seen, interval, last_new_at = 0.0, -1.0, None, None
        while now < until:
            new = [time for time in entries if seen < time <= now]
            shown = [time for time in entries if time <= now][-LISTED:]
            interval = next_interval(BOUNDS, interval, Reading(now, len(new), shown if dated else ()), last_new_at)
            self.times.append(now)
            self.intervals.append(interval)
            self.delays += [now - time for time in new if time > 0]
            self.missed += max(len(new) - LISTED, 0) if seen >= 0 else 0
            last_new_at, seen, now = (now if new else last_new_at), now, now + interval

    def between(self, start: float, end: float) -> int:
        """How many readings there were."""
        return sum(start <= time < end for time in self.times)


def regular(gap: float, start: float, end: float) -> list[float]:
    return list(itertools.takewhile(lambda time: time < end, itertools.count(start + gap / 3, gap)))


@pytest.mark.parametrize("dated", [True, False])
@pytest.mark.parametrize("gap", [15 * MINUTE, HOUR, 4 * HOUR, DAY])
def test_a_source_with_an_entry_every_so_often_is_read_some_times_for_each(gap: float, *, dated: bool) -> None:
    weeks = 8 * 7 * DAY
    found = Readings(regular(gap, -30 * gap, weeks), dated=dated, until=weeks)
    settled = weeks / 2
    assert max(found.delays[len(found.delays) // 2 :]) <= 0.75 * gap
    assert mean(found.delays[len(found.delays) // 2 :]) <= 0.5 * gap
    assert found.between(settled, weeks) <= 8 * (weeks - settled) / gap
    assert found.missed == 0


@given(gap=st.floats(11 * MINUTE, 47 * HOUR), offset=st.floats(0, 1))
def test_a_dated_list_is_read_at_half_its_gap_from_the_first_reading_on(gap: float, offset: float) -> None:
    shown = [(offset - number) * gap for number in range(1, LISTED)]
    interval = next_interval(BOUNDS, None, Reading(0.0, LISTED, shown), None)
    assert interval == pytest.approx(min(max(gap / 2, BOUNDS.shortest), BOUNDS.longest))


def test_a_faster_source_than_the_shortest_interval_is_read_at_that() -> None:
    found = Readings(regular(MINUTE, -DAY, DAY), dated=True, until=DAY)
    assert set(found.intervals) == {BOUNDS.shortest}
    assert found.missed == 0


@pytest.mark.parametrize("dated", [True, False])
def test_bursts_are_found_soon_and_the_time_between_them_is_not_spent_reading(*, dated: bool) -> None:
    bursts = [day * DAY + 9 * HOUR + number * 20 for day in range(-3, 28) for number in range(15)]
    found = Readings(bursts, dated=dated, until=28 * DAY)
    assert found.between(14 * DAY, 28 * DAY) <= 14 * 20
    assert max(found.delays[len(found.delays) // 2 :]) <= 18 * HOUR
    assert found.missed == 0


@pytest.mark.parametrize("dated", [True, False])
def test_a_newsroom_that_sleeps_at_night_is_found_awake_within_the_hour(*, dated: bool) -> None:
    day = [
        time
        for start in range(-3, 21)
        for time in regular(20 * MINUTE, start * DAY + 7 * HOUR, start * DAY + 22 * HOUR)
    ]
    found = Readings(day, dated=dated, until=21 * DAY)
    assert max(found.delays[len(found.delays) // 2 :]) <= HOUR
    assert found.between(14 * DAY, 21 * DAY) <= 7 * 250


@pytest.mark.parametrize("dated", [True, False])
def test_a_dead_source_is_read_once_a_day_and_found_alive_within_two(*, dated: bool) -> None:
    entries = [*regular(HOUR, -2 * DAY, 0), *regular(HOUR, 60 * DAY, 70 * DAY)]
    found = Readings(entries, dated=dated, until=70 * DAY)
    assert found.between(40 * DAY, 60 * DAY) <= 21
    back = [time for time in found.times if time > 60 * DAY]
    assert back[0] <= 61 * DAY + HOUR
    assert max(found.delays[-3 * 24 :]) <= HOUR


@pytest.mark.parametrize("dated", [True, False])
def test_a_source_that_speeds_up_is_followed_before_its_list_runs_over(*, dated: bool) -> None:
    entries = [*regular(HOUR, -DAY, 5 * DAY), *regular(6 * MINUTE, 5 * DAY, 6 * DAY)]
    found = Readings(entries, dated=dated, until=6 * DAY)
    assert found.missed == 0
    assert max(found.delays[-100:]) <= 6 * MINUTE


@pytest.mark.parametrize("dated", [True, False])
@pytest.mark.parametrize("seed", range(3))
def test_a_source_that_publishes_at_random_is_read_often_enough_and_not_much_more(seed: int, *, dated: bool) -> None:
    drawn = random.Random(seed)  # noqa: S311 - the same sources in every run
    entries = list(itertools.takewhile(lambda time: time < 28 * DAY, appearances(drawn, HOUR)))
    found = Readings(entries, dated=dated, until=28 * DAY)
    assert mean(found.delays[len(found.delays) // 2 :]) <= 0.75 * HOUR
    assert found.between(14 * DAY, 28 * DAY) <= 14 * 24 * 8


def appearances(drawn: random.Random, gap: float) -> Iterator[float]:
    time = -30 * gap
    while True:
        time += drawn.expovariate(1 / gap)
        yield time


@given(
    interval=st.none() | st.floats(0, 1e7),
    at=st.floats(0, 1e10),
    new=st.integers(0, 10**6),
    published=st.lists(TIMES, max_size=30),
    last_new_at=st.none() | TIMES,
    hints=st.builds(Hints, *[st.none() | st.floats(0, 1e9)] * 3),
)
def test_an_interval_lies_within_its_bounds_whatever_a_list_says(
    interval: float | None, at: float, new: int, published: list[float], last_new_at: float | None, hints: Hints
) -> None:
    bounds = Bounds(60.0, 7200.0)
    found = next_interval(bounds, interval, Reading(at, new, published), last_new_at, hints)
    assert bounds.shortest <= found <= bounds.longest


@given(interval=st.floats(300, 86_400), silence=st.floats(0, 1e7))
def test_silence_never_shortens_an_interval_and_news_never_lengthens_it_much(interval: float, silence: float) -> None:
    silent = next_interval(BOUNDS, interval, Reading(1e8, 0), 1e8 - silence)
    news = next_interval(BOUNDS, interval, Reading(1e8, 1), 1e8 - silence)
    assert silent >= interval
    assert news <= interval * 1.25


@pytest.mark.parametrize(
    ("hints", "minutes"),
    [
        (Hints(), 10), (Hints(ttl=30 * MINUTE), 30), (Hints(max_age=15 * MINUTE, ttl=5 * MINUTE), 15),
        (Hints(ttl=DAY), 60), (Hints(update_period=HOUR), 10), (Hints(update_period=15 * MINUTE), 15),
    ],
)  # fmt: skip
def test_what_a_source_wishes_is_honoured_up_to_an_hour_and_where_it_does_so_itself(
    hints: Hints, minutes: float
) -> None:
    shown = [number * 20 * MINUTE for number in range(10)]
    assert next_interval(BOUNDS, None, Reading(shown[-1], 10, shown), None, hints) == minutes * MINUTE


def test_entries_of_the_future_and_entries_of_one_time_say_nothing() -> None:
    future = Reading(0.0, 3, [DAY, 2 * DAY, 3 * DAY])
    built = Reading(0.0, 3, [-1.0] * 20)
    assert next_interval(BOUNDS, 1000.0, future, -1000.0) == next_interval(BOUNDS, 1000.0, built, -1000.0) == 500.0


@given(due=st.floats(0, 1e10), hours=st.sets(st.integers(-5, 30)))
def test_skipped_hours_put_a_reading_off_by_less_than_a_day_and_never_into_one_of_them(
    due: float, hours: set[int]
) -> None:
    found = after_skipped(due, hours)
    skipped = {hour % 24 for hour in hours}
    assert due <= found <= due + DAY
    assert int(found // HOUR) % 24 not in skipped or len(skipped) == 24
