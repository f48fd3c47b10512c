"""The list of sources: worst first, in words, and nothing said that the records do not carry."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor.events import HealthReason, SourceHealth
from watchfloor.store.memory import MemoryStore
from watchfloor.store.protocol import Change
from watchfloor_gateway.pages.sources.lengths import lengths
from watchfloor_gateway.pages.sources.one import one
from watchfloor_gateway.pages.sources.rhythm import rhythm, usual
from watchfloor_gateway.pages.sources.row import row
from watchfloor_gateway.pages.sources.view import SHOWN_AT_FIRST, view

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
STEADY = (0, 2, 3, 1) * 7


def health(source_id: str = "tidewatch", state: str = "well", **more: object) -> SourceHealth:
    nothing = dict.fromkeys(("country", "language", "reliability", "last_fetched_at", "next_fetch_at", "usual_24h"))
    known: dict[str, Any] = {
        "source_id": source_id, "name": source_id, "home": f"https://{source_id}.example/", "tags": (), "reasons": (),
        "state": state, "since": NOW, "at": NOW, "last_article_at": None, "known_pages": 1, "articles_24h": 0,
        "articles_6h": STEADY, "words_daily": (),
    }  # fmt: skip
    return SourceHealth.model_validate({**nothing, **known, **more})


def told(code: str, detail: str, count: int = 1) -> HealthReason:
    return HealthReason(code=code, detail=detail, count=count)


def test_the_worst_come_first_and_of_equal_state_those_that_lack_most() -> None:
    sources = [
        *(health(state, state) for state in ("well", "paused", "late", "silent")),
        health("small", "down", usual_24h=4.0),
        health("large", "down", usual_24h=40.0),
        health("unknown", "down"),
    ]
    shown = view(sources, NOW)
    order = ["large", "small", "unknown", "silent", "late", "paused", "well"]
    assert [each.source_id for each in shown.rows] == order


def test_sums_name_the_states_that_occur_and_one_state_can_be_kept_to() -> None:
    sources = [health("a"), health("b"), health("c", "down")]
    shown = view(sources, NOW, state="down")
    assert [(each.state, each.number) for each in shown.sums] == [("", 3), ("well", 2), ("down", 1)]
    assert (shown.state, [each.source_id for each in shown.rows]) == ("down", ["c"])
    assert view(sources, NOW, state="removed").state == ""


def test_sources_that_are_well_are_folded_and_others_never() -> None:
    ill = [health(f"ill{number}", "late") for number in range(SHOWN_AT_FIRST + 3)]
    well = [health(f"well{number}") for number in range(SHOWN_AT_FIRST + 3)]
    assert (len(view(ill, NOW).rows), view(ill, NOW).folded) == (len(ill), 0)
    assert view([*ill, *well], NOW).folded == len(well)
    assert (len(view(well, NOW).rows), view(well, NOW).folded) == (SHOWN_AT_FIRST, 3)
    assert view(well, NOW, unfolded=True).folded == 0
    assert view(well[: SHOWN_AT_FIRST + 1], NOW).folded == 0


def test_it_is_said_when_nothing_was_heard_of_any_source_for_long() -> None:
    assert view([health(at=NOW - timedelta(minutes=5))], NOW).unheard is None
    assert view([health(at=NOW - timedelta(hours=3))], NOW).unheard == "09:00"
    assert view([], NOW).unheard is None


def test_what_is_usual_is_the_sources_own_day_shared_out_over_its_quarters() -> None:
    drawn = rhythm(health(usual_24h=6.0))
    assert [stretch.usual for stretch in drawn.stretches[:4]] == [0.0, 2.0, 3.0, 1.0]
    assert drawn.words == "42 articles in 7 days; 6 in 24 hours are usual"


def test_without_a_rhythm_there_is_no_band_and_nothing_is_missing() -> None:
    drawn = rhythm(health(state="down", articles_6h=(*STEADY[:20], *(0,) * 8)))
    assert (drawn.usual, drawn.missing) == ("", "")
    assert "not known yet" in drawn.words
    assert all(stretch.usual is None and not stretch.missing for stretch in drawn.stretches)


@pytest.mark.parametrize(("state", "missing"), [("down", 6), ("silent", 6), ("well", 0), ("late", 0), ("paused", 0)])
def test_red_are_the_stretches_since_the_last_article_in_which_it_would_have_spoken(state: str, missing: int) -> None:
    drawn = rhythm(health(state=state, usual_24h=6.0, articles_6h=(*STEADY[:20], *(0,) * 8)))
    assert sum(stretch.missing for stretch in drawn.stretches) == missing
    quarters = {place % 4 for place, stretch in enumerate(drawn.stretches) if stretch.missing}
    assert 0 not in quarters


@given(st.lists(st.integers(0, 500), max_size=28), st.floats(0, 5000) | st.none())
def test_the_drawing_stays_in_its_box(counts: list[int], usual_24h: float | None) -> None:
    drawn = rhythm(health(state="down", usual_24h=usual_24h, articles_6h=tuple(counts)))
    levels = [float(level) for level in re.findall(r"V([\d.]+)", drawn.usual + drawn.bars)]
    assert all(0 <= level <= 24 for level in levels)
    if usual_24h is not None and len(counts) >= 4:
        assert sum(usual(counts, usual_24h)[:4]) == pytest.approx(usual_24h)


@given(st.lists(st.integers(0, 100_000) | st.none(), max_size=14))
def test_lengths_are_drawn_in_their_box_and_days_without_articles_are_left_out(daily: list[int | None]) -> None:
    drawn = lengths(daily)
    points = [tuple(map(float, point.split(","))) for point in drawn.line.split()]
    assert all(0 <= at <= 100 and 0 <= level <= 28 for at, level in points)
    known = sum(words is not None for words in daily)
    assert len(points) == (2 if known == 1 else known)


def test_a_fall_below_half_of_the_usual_length_is_flagged_once_that_is_known() -> None:
    assert lengths([500, 500, 480, 90]).fell
    assert not lengths([500, 90]).fell
    assert lengths([500, 90]).usual is None
    assert lengths([]).words == "no article in 14 days"


def test_reasons_are_in_words_and_counted_where_their_words_do_not() -> None:
    reasons = (told("behind", "2 of its 3 lists wait to be read", 2), told("http_5xx", "503 from the feed", 6))
    shown = row(health(state="late", reasons=reasons), NOW)
    assert shown.reasons == ("2 of its 3 lists wait to be read", "503 from the feed, 6 times in 24 h")


def test_when_it_is_asked_next_is_said_only_where_that_is_still_true() -> None:
    later, before = NOW + timedelta(minutes=3), NOW - timedelta(minutes=3)
    assert row(health(next_fetch_at=later), NOW).next_said == "next 12:03"
    assert row(health(next_fetch_at=before), NOW).next_said == ""
    assert row(health(state="late", next_fetch_at=before), NOW).next_said == "due since 11:57"
    assert row(health(state="paused"), NOW).next_said == "next not planned"
    assert row(health(), NOW).last_said == "not yet"


def test_a_home_that_is_no_web_address_is_no_link() -> None:
    assert one(health(home="javascript:alert(1)"), NOW).home is None
    assert one(health(), NOW).home == "https://tidewatch.example/"


async def test_the_list_is_a_page_and_each_source_has_its_own(client: httpx.AsyncClient, store: MemoryStore) -> None:
    hostile = "<script>alert(1)</script>"
    store.apply([Change(health("coast", "down", name=hostile, reasons=(told("dns", hostile, 2),)))])
    answer = await client.get("/sources")
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text
    assert answer.text.count('role="row"') == 2
    own = await client.get("/sources/coast")
    assert own.status_code == 200
    assert "<script>alert" not in own.text
    assert "/search?q=source%3A%22coast%22" in own.text
    absent = await client.get("/sources/nobody")
    assert (absent.status_code, "nobody" in absent.text) == (404, True)


async def test_without_sources_it_is_said_how_to_name_some(client: httpx.AsyncClient) -> None:
    answer = await client.get("/sources")
    assert "No sources yet" in answer.text
    assert "make run SOURCES=sources.yaml" in answer.text
    assert 'class="sources"' not in answer.text
