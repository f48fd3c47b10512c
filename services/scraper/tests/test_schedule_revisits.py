"""When an article is looked at again."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from watchfloor_scraper.schedule.revisits import RevisitPolicy, after_miss, is_gone, next_revisit

HOUR, DAY = 3600.0, 86_400.0
POLICIES = st.builds(RevisitPolicy, st.floats(1, DAY), st.floats(1, 10), st.floats(1, 90 * DAY))


def visits(policy: RevisitPolicy, *, changes: bool = False, most: int = 1000) -> list[float]:
    """The ages at which an article is looked at that changes at every visit, or never."""
    ages: list[float] = []
    now, unchanged = 0.0, 0
    while len(ages) < most and (due := next_revisit(policy, now, 0.0, now if changes else 0.0, unchanged)) is not None:
        now, unchanged = due, 0 if changes else unchanged + 1
        ages.append(now)
    return ages


def test_by_default_an_article_is_looked_at_ten_times_in_thirty_days() -> None:
    hours = [age / HOUR for age in visits(RevisitPolicy())]
    assert hours == [1, 3, 7, 15, 31, 63, 127, 255, 511, 720]


def test_a_page_whose_bytes_always_change_costs_some_visits_more_but_not_one_each_hour() -> None:
    assert 20 < len(visits(RevisitPolicy(), changes=True)) < 60


def test_without_growth_all_waits_are_the_same_whatever_changes() -> None:
    policy = RevisitPolicy(first=5.0, growth=1.0, until=100.0)
    assert visits(policy) == [5.0 * number for number in range(1, 21)]
    assert visits(policy, changes=True)[:20] == [5.0 * number for number in range(1, 21)]


def test_a_changed_article_is_looked_at_sooner_again() -> None:
    policy, now = RevisitPolicy(), 31 * HOUR
    after_change = next_revisit(policy, now, 0.0, now, 0)
    unchanged = next_revisit(policy, now, 0.0, None, 5)
    assert after_change is not None
    assert unchanged is not None
    assert after_change - now < (unchanged - now) / 4


def test_an_article_that_changed_at_the_end_of_its_time_is_watched_a_quarter_longer() -> None:
    policy = RevisitPolicy()
    assert next_revisit(policy, 30 * DAY, 0.0, 0.0, 9) is None
    assert next_revisit(policy, 30 * DAY, 0.0, 30 * DAY, 0) == 30 * DAY + 90 * HOUR
    assert next_revisit(policy, 38 * DAY, 0.0, 38 * DAY, 0) is None


@given(POLICIES, st.booleans())
def test_revisits_go_on_in_time_and_end(policy: RevisitPolicy, changes: bool) -> None:
    ages = visits(policy, changes=changes, most=300)
    assert all(later > earlier for earlier, later in itertools.pairwise(ages))
    assert all(age <= policy.until * 1.25 + 1 for age in ages)


@given(POLICIES)
def test_without_changes_the_waits_grow(policy: RevisitPolicy) -> None:
    ages = [0.0, *visits(policy, most=50)]
    waits = [later - earlier for earlier, later in itertools.pairwise(ages)]
    assert all(later >= earlier * 0.999 for earlier, later in itertools.pairwise(waits[:-1]))  # the last is cut


def test_a_missing_page_is_looked_at_soon_and_a_gone_one_ever_more_rarely() -> None:
    assert [is_gone(misses) for misses in range(4)] == [False, False, True, True]
    waits = [after_miss(RevisitPolicy(), 0.0, misses) for misses in range(1, 6)]
    assert waits == [600.0, DAY, 7 * DAY, 30 * DAY, None]
    assert after_miss(RevisitPolicy(first=5.0), 100.0, 1) == 105.0
