"""The live list: what changed last comes first, its gaps and days have lines, and what it shows is told to its script."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import httpx
import pytest

from watchfloor.errors import TryLater
from watchfloor.events import ArticleEnriched, PageGone, Place, Span
from watchfloor.query import clauses, parse_query
from watchfloor.store.memory import MemoryStore
from watchfloor.store.protocol import Change
from watchfloor_gateway.pages.live.asking import Answer, ask
from watchfloor_gateway.pages.live.gaps import gaps
from watchfloor_gateway.pages.live.minutes import minutes, stretch
from watchfloor_gateway.pages.live.view import Listing, listing

NOW = datetime(2026, 3, 2, 14, 31, 52, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
Keep = Callable[..., ArticleEnriched]


def came(
    keep: Keep, number: int, minutes_ago: float, text: str = "A convoy was seen.", **more: object
) -> ArticleEnriched:
    return keep(number, text, fetched_at=NOW - minutes_ago * MINUTE, **more)


def listed(store: MemoryStore, q: str = "") -> Listing:
    answer: Answer = ask(store, parse_query(q), NOW)
    return listing(q, clauses(q), answer, "0:17")


def titles(shown: Listing) -> list[str]:
    return ["".join(piece.text for piece in entry.row.title) for entry in shown.entries]


def gone(event: ArticleEnriched, at: datetime) -> PageGone:
    known = {"page_id": event.page_id, "url": event.url, "source_id": None, "origin": "live"}
    return PageGone.model_validate({**known, "fetched_at": at, "status": 404, "reason": "not_found"})


def test_the_last_change_comes_first_whenever_the_article_was_published(store: MemoryStore, keep: Keep) -> None:
    came(keep, 1, 50)
    came(keep, 2, 40)
    came(keep, 1, 3, "The navy saw two convoys.")
    shown = listed(store)
    assert titles(shown) == ["Harbour report 1", "Harbour report 2"]
    assert [(entry.row.edge.text, entry.row.versions) for entry in shown.entries] == [("14:28:52", 2), ("13:51:52", 1)]


def test_what_the_list_shows_is_told_by_version_and_withdrawal(store: MemoryStore, keep: Keep) -> None:
    first, second = came(keep, 1, 50), came(keep, 2, 40)
    store.apply([Change(gone(first, NOW - MINUTE))])
    shown = listed(store)
    assert shown.known == f"{first.article_id}:1w {second.article_id}:1"
    assert shown.entries[0].row.withdrawn
    assert shown.entries[0].row.edge.text == "14:30:52"
    assert shown.newest == NOW - MINUTE


def test_a_pause_three_times_the_usual_has_a_line_with_both(store: MemoryStore, keep: Keep) -> None:
    for number, minutes_ago in enumerate([1, 2, 3, 4, 5, 6, 26, 27, 28, 29, 30]):
        came(keep, number + 1, minutes_ago)
    lines = {place: entry.gap for place, entry in enumerate(listed(store).entries) if entry.gap}
    assert lines == {6: "14:05 to 14:25: nothing came for 20 minutes; a pause of less than two minutes is usual here"}


def test_a_silence_that_lasts_is_told_above_the_newest() -> None:
    steady = [NOW - (12 + each) * MINUTE for each in range(10)]
    found = gaps(steady, NOW)
    assert list(found) == [0]
    assert found[0].words.startswith("Nothing came since 14:19, for 12 minutes")
    assert gaps(steady, steady[0] + MINUTE) == {}


def test_of_few_pauses_none_is_usual_and_short_ones_are_no_gap() -> None:
    assert gaps([], NOW) == {}
    assert gaps([NOW, NOW - timedelta(hours=5)], NOW) == {}
    dense = [NOW - timedelta(seconds=each) for each in (*range(10), 200)]
    assert gaps(dense, NOW) == {}


def test_a_day_that_is_not_today_has_a_line(store: MemoryStore, keep: Keep) -> None:
    came(keep, 1, 5)
    came(keep, 2, 24 * 60)
    came(keep, 3, 24 * 60 + 5)
    assert [entry.day for entry in listed(store).entries] == [None, date(2026, 3, 1), None]


def test_of_the_text_only_what_is_sought_is_shown(store: MemoryStore, keep: Keep) -> None:
    came(keep, 1, 5, "A mine was seen.")
    assert listed(store).entries[0].row.snippet == ()
    sought = listed(store, "mine")
    assert [piece.text for piece in sought.entries[0].row.snippet if piece.hit] == ["mine"]
    assert sought.said == "Articles with mine"
    assert sought.events == "/live/events?q=mine"


def test_the_minutes_are_those_of_the_clock_the_present_one_included(store: MemoryStore, keep: Keep) -> None:
    came(keep, 1, 0)
    came(keep, 2, 59)
    came(keep, 3, 61)
    shown = listed(store).minutes
    assert (shown.total, len(shown.drawing.bars)) == (2, 60)
    assert [ten.articles for ten in shown.tens] == [1, 0, 0, 0, 0, 1]
    assert shown.drawing.bars[-1].bar.label == "14:31: 1 new article"
    assert stretch(NOW)[1] - stretch(NOW)[0] == 60 * MINUTE
    assert minutes((0,) * 60, stretch(NOW)[0]).total == 0


def test_the_map_shows_the_places_of_these_rows_and_leads_to_what_names_them(store: MemoryStore, keep: Keep) -> None:
    assert listed(store).where is None
    sulina = Place(
        found_by="gazetteer", confidence=None, entity_id="p1", name="Sulina", kind="city", country="RO", admin=(),
        latitude=45.16, longitude=29.65, radius_km=None, mentions=(Span(in_="text", start=0, end=1, words="A"),), precision="city",
    )  # fmt: skip
    came(keep, 1, 5, places=(sulina,))
    where = listed(store).where
    assert where is not None
    assert where.places == (("Sulina", "/live?q=place%3A%22Sulina%22", 1),)


async def test_the_page_can_be_read_and_read_again_without_a_script(client: httpx.AsyncClient, keep: Keep) -> None:
    kept = keep(1, title="<b>Harbour</b>")
    page = await client.get("/live", params={"q": "harbour"})
    assert page.status_code == 200
    assert re.search(r'<a class="fresh"[^>]* href="/live\?q=harbour"', page.text)
    assert f'href="/articles/{kept.article_id}?q=harbour"' in page.text
    assert "<b>Harbour" not in page.text
    assert 'data-events="/live/events?q=harbour"' in page.text


async def test_an_empty_list_says_so(client: httpx.AsyncClient) -> None:
    assert "Nothing has come yet." in (await client.get("/live")).text
    assert "Nothing that fits has come yet." in (await client.get("/live", params={"q": "mine"})).text


async def test_a_query_that_cannot_be_read_is_shown_with_its_fault_and_no_list(client: httpx.AsyncClient) -> None:
    page = await client.get("/live", params={"q": "mine AND ("})
    assert page.status_code == 400
    assert "stops making sense" in page.text
    assert 'id="feed"' not in page.text


async def test_a_store_that_is_away_is_said_to_be(
    client: httpx.AsyncClient, store: MemoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> None:
        raise TryLater("does not answer", subject="the store")

    monkeypatch.setattr(store, "search", away)
    page = await client.get("/live")
    assert page.status_code == 503
    assert 'id="feed"' not in page.text
