"""What Prometheus is told of the outlets: how many are how, and which of them are ill, never too many."""

from datetime import UTC, datetime, timedelta

import pytest
from prometheus_client import REGISTRY

from watchfloor.events import SourceHealth, SourceState
from watchfloor_scraper.health.gauges import MOST_NAMED, Gauges, worst

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)


def health(source_id: str, state: SourceState, hours: float = 0.0) -> SourceHealth:
    since = NOON - timedelta(hours=hours)
    return SourceHealth(
        source_id=source_id, name=source_id, home="https://outlet.example/", country=None, language=None, tags=(),
        reliability=None, state=state, reasons=(), since=since, at=NOON, last_fetched_at=None, next_fetch_at=None,
        last_article_at=None, known_pages=0, articles_24h=0, usual_24h=None, articles_6h=(), words_daily=(),
    )  # fmt: skip


def told(source_id: str, state: str) -> float | None:
    return REGISTRY.get_sample_value("watchfloor_source_ill_since_seconds", {"source": source_id, "state": state})


def test_an_ill_source_is_named_with_its_state_for_as_long_as_it_is_ill() -> None:
    gauges = Gauges()
    gauges.measure([health("gazette", "silent", 3), health("post", "well")])
    assert told("gazette", "silent") == (NOON - timedelta(hours=3)).timestamp()
    assert told("post", "well") is None
    gauges.measure([health("gazette", "down", 1), health("post", "well")])
    assert (told("gazette", "silent"), told("gazette", "down")) == (None, (NOON - timedelta(hours=1)).timestamp())
    gauges.measure([health("gazette", "well"), health("post", "paused")])
    assert told("gazette", "down") is None


def test_every_state_is_counted_and_none_keeps_an_old_number() -> None:
    gauges = Gauges()
    gauges.measure([health("gazette", "late"), health("post", "late")])
    gauges.measure([health("gazette", "late"), health("post", "well")])
    counted = {
        state: REGISTRY.get_sample_value("watchfloor_sources", {"state": state})
        for state in ("well", "late", "silent", "down", "paused")
    }
    assert counted == {"well": 1, "late": 1, "silent": 0, "down": 0, "paused": 0}
    gauges.measure([])


@pytest.mark.parametrize("count", [MOST_NAMED, MOST_NAMED + 5])
def test_the_worst_are_named_and_never_more_than_a_hundred(count: int) -> None:
    late = [health(f"late-{number}", "late", number) for number in range(count)]
    named = worst([*late, health("down", "down"), health("well", "well")])
    assert [record.source_id for record in named[:2]] == ["down", f"late-{count - 1}"]
    assert len(named) == MOST_NAMED
