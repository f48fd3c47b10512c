"""Articles over time, as bars."""

from datetime import UTC, date, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

from watchfloor.query import Published, clauses
from watchfloor_gateway.pages.query.here import Here
from watchfloor_gateway.pages.search.days import Days, days

NOW = datetime(2026, 11, 24, 14, 30, tzinfo=UTC)
FIRST = date(2026, 11, 1)


def drawn(histogram: list[tuple[date, int]], query: str = "") -> Days:
    found = days(histogram, Here(query, clauses(query)), NOW)
    assert found is not None
    return found


def query_of(href: str | None) -> str:
    return parse_qs(urlsplit(href or "").query)["q"][0]


def test_days_without_articles_are_drawn_as_zero() -> None:
    found = drawn([(FIRST, 2), (FIRST + timedelta(days=3), 4)])

    assert found.unit == "day"
    assert [bar.bar.count for bar in found.chart.bars] == [2, 0, 0, 4]
    assert [bar.height for bar in found.chart.bars] == ["50", "0", "0", "100"]


def test_the_range_asked_for_is_drawn_whole() -> None:
    found = drawn([(date(2026, 11, 20), 1)], "drone published:[2026-11-18 TO 2026-11-22]")

    assert [bar.bar.count for bar in found.chart.bars] == [0, 0, 1, 0, 0]


def test_a_bar_leads_to_its_day_in_place_of_the_range() -> None:
    found = drawn([(date(2026, 11, 20), 1)], "(a OR b) published:[2026-11-18 TO 2026-11-22]")

    assert query_of(found.chart.bars[2].bar.href) == "(a OR b) published:2026-11-20"
    assert found.drag == "(a OR b) "


def test_an_or_is_put_in_parentheses() -> None:
    assert query_of(drawn([(FIRST, 1)], "a OR b").chart.bars[0].bar.href) == "(a OR b) published:2026-11-01"


def test_an_end_within_a_day_stays_where_it_is() -> None:
    found = drawn([(date(2026, 11, 20), 1)], "published:[2026-11-20T10:00Z TO 2026-11-21T12:00Z]")
    asked = [query_of(bar.bar.href) for bar in found.chart.bars]

    assert asked == [
        "published:[2026-11-20T10:00:00Z TO 2026-11-20]",
        "published:[2026-11-21 TO 2026-11-21T12:00:00Z]",
    ]


def test_what_is_ahead_of_now_is_not_drawn() -> None:
    assert len(drawn([(date(2026, 11, 20), 1)], "published:[2026-11-20 TO 2027-11-20]").chart.bars) == 5


def test_many_days_become_weeks_months_and_years_and_nothing_is_lost() -> None:
    for span, unit in ((59, "day"), (60, "week"), (400, "week"), (1000, "month"), (9000, "year"), (30_000, "decade")):
        histogram = [(FIRST - timedelta(days=span), 3), (FIRST - timedelta(days=span // 2), 2), (FIRST, 1)]
        found = drawn(histogram)

        assert found.unit == unit
        assert len(found.chart.bars) <= 60
        assert sum(bar.bar.count for bar in found.chart.bars) == 6


def test_each_bar_asks_for_the_days_that_it_counts() -> None:
    histogram = [(FIRST + timedelta(days=day), 1) for day in range(200)]
    for bar in drawn(histogram).chart.bars:
        [clause] = clauses(query_of(bar.bar.href))

        assert isinstance(clause.node, Published)
        inside = [day for day, _ in histogram if _holds(clause.node, day)]
        assert len(inside) == bar.bar.count


def _holds(node: Published, day: date) -> bool:
    at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    return (node.since is None or node.since <= at) and (node.until is None or at < node.until)


def test_an_endless_range_is_drawn_as_far_as_there_are_articles() -> None:
    found = drawn([(date(2026, 11, 18), 1), (date(2026, 11, 20), 1)], "published:[0001-01-01 TO now]")

    assert [bar.bar.count for bar in found.chart.bars] == [1, 0, 1]


def test_the_ends_of_the_calendar_are_days_like_others() -> None:
    assert drawn([(date(1, 1, 1), 1), (date(9999, 12, 31), 1)]).unit == "age"


def test_nothing_found_draws_nothing() -> None:
    assert days([], Here(""), NOW) is None


def test_every_slot_has_its_place_on_the_axis() -> None:
    found = drawn([(FIRST, 1), (FIRST + timedelta(days=39), 1)])

    assert len(found.axis) == found.chart.width == 40
    assert found.axis[:4] == ("1 Nov", "", "", "4")
