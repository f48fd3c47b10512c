"""The search screen as it is answered."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from html import unescape
from urllib.parse import quote

import httpx
import pytest

from watchfloor.errors import TryLater
from watchfloor.events import ArticleEnriched, Quantity, SourceHealth
from watchfloor.kafka.publisher import Publisher
from watchfloor.settings import Settings
from watchfloor.store.memory import MemoryStore
from watchfloor.store.protocol import Change
from watchfloor.store.sqlite import SqliteStore
from watchfloor_gateway.app import create_app

Keep = Callable[..., ArticleEnriched]
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


async def screen(client: httpx.AsyncClient, q: str = "", status: int = 200, **parameters: str) -> str:
    answer = await client.get("/search", params={"q": q, **parameters} if q else parameters)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    return answer.text


def words(html: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", "", html)))


def rows(html: str) -> list[str]:
    return re.findall(r'<h3[^>]*><a href="[^"]*"[^>]*>(.*?)</a></h3>', html)


def source(source_id: str, state: str = "well", **known: object) -> Change:
    nothing = dict.fromkeys(
        ("country", "language", "reliability", "last_fetched_at", "next_fetch_at", "last_article_at", "usual_24h")
    )
    given = {
        "source_id": source_id, "name": source_id.title(), "home": f"https://{source_id}.example/", "tags": (),
        "state": state, "reasons": (), "since": NOON, "at": NOON, "known_pages": 1, "articles_24h": 0,
        "articles_6h": (), "words_daily": (),
    }  # fmt: skip
    return Change(SourceHealth.model_validate({**nothing, **given, **known}))


async def test_a_query_is_answered_in_whole(client: httpx.AsyncClient, keep: Keep) -> None:
    for number in (1, 2, 30):
        keep(number)
    html = await screen(client, "pilot")

    assert rows(html) == ["Harbour report 30", "Harbour report 2", "Harbour report 1"]
    assert "3 articles from 1 source." in words(html)
    assert "Articles with pilot" in words(html)
    assert '<mark class="hit">pilot</mark>' in html
    assert "Tuesday 3 March 2026" in words(html)
    assert 'href="/v1/articles.atom?q=pilot"' in html


async def test_the_order_is_a_link_and_stays_with_the_form(client: httpx.AsyncClient, keep: Keep) -> None:
    keep(1)
    keep(2)
    html = await screen(client, "pilot", sort="oldest")

    assert rows(html) == ["Harbour report 1", "Harbour report 2"]
    assert '<input type="hidden" name="sort" value="oldest">' in html
    assert 'href="/search?q=pilot"' in html


async def test_the_next_rows_come_by_a_cursor_until_all_were_shown(client: httpx.AsyncClient, keep: Keep) -> None:
    for number in range(60):
        keep(number)
    first = await screen(client, "pilot")
    [following] = re.findall(r'href="([^"]*cursor[^"]*)"', first)
    second = (await client.get(unescape(following))).text

    assert "Show the next 10" in words(first)
    assert "50 of 60 shown" in words(first)
    assert "51 to 60 of 60 shown" in words(second)
    assert len({*rows(first), *rows(second)}) == 60
    assert "continued" in words(second)


@pytest.mark.parametrize("sort", ["newest", "oldest", "changed", "relevance"])
async def test_the_embedded_store_is_turned_through_in_every_order(settings: Settings, keep: Keep, sort: str) -> None:
    store = SqliteStore(settings.store_path)
    store.apply([Change(keep(number)) for number in range(60)])
    app = create_app(settings, store, Publisher(settings, "gateway"))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost:8470") as client:
        first = await screen(client, "pilot", sort=sort)
        [following] = re.findall(r'href="([^"]*cursor[^"]*)"', first)
        second = (await client.get(unescape(following))).text
    store.close()

    assert "51 to 60 of 60 shown" in words(second)
    assert len({*rows(first), *rows(second)}) == 60
    assert ("continued" in words(second)) == (sort != "relevance")


@pytest.mark.parametrize("change", [{"q": "other"}, {"sort": "oldest"}, {"shown": "7"}, {"cursor": "forged"}])
async def test_a_cursor_leads_nowhere_but_where_it_was_given(
    client: httpx.AsyncClient, keep: Keep, change: dict[str, str]
) -> None:
    for number in range(60):
        keep(number)
    [following] = re.findall(r'href="([^"]*cursor[^"]*)"', await screen(client, "pilot"))
    given = dict(httpx.URL(unescape(following)).params)
    html = await screen(client, status=400, **{**given, **change})

    assert "These results cannot be continued" in html
    assert rows(html) == []


async def test_a_fault_is_shown_where_it_stands_and_the_text_stays_in_the_field(client: httpx.AsyncClient) -> None:
    html = await screen(client, 'mine AND "Sulina', status=400)

    assert "The query stops making sense at character 10" in words(html)
    assert (
        '<pre dir="ltr">mine AND <span class="at">&#34;Sulina</span>\n         <span class="at">^</span></pre>' in html
    )
    assert 'value="mine AND &#34;Sulina"' in html
    assert "last answer" not in html


async def test_a_distance_without_a_number_is_a_fault(client: httpx.AsyncClient) -> None:
    html = words(await screen(client, "mine AND place:Sulina~km", status=400))

    assert "The query stops making sense at character 16" in html
    assert "Write place:Istanbul~50km." in html


async def test_with_script_a_fault_leaves_the_last_answer_where_it_is(client: httpx.AsyncClient) -> None:
    answer = await client.get("/search", params={"q": "mine AND"}, headers={"hx-request": "true"})

    assert answer.headers["hx-reselect"] == answer.headers["hx-retarget"] == "#refused"
    assert "The last answer stays below." in answer.text


async def test_a_fault_is_seen_under_wide_characters(client: httpx.AsyncClient) -> None:
    assert "\n\u3000\u3000 <span" in await screen(client, "水雷 )", status=400)


async def test_nothing_found_says_which_part_is_too_much(client: httpx.AsyncClient, keep: Keep) -> None:
    keep(1)
    html = await screen(client, "pilot language:uk")

    assert "No article has both" in html
    assert "without “in Ukrainian” 1 article" in words(html)
    assert "without “pilot”" not in words(html)


async def test_an_empty_list_is_not_taken_for_quiet(client: httpx.AsyncClient, store: MemoryStore) -> None:
    store.apply([source("alpha", "silent"), source("beta"), source("gamma", "down", language="fr")])

    assert "of 2 sources that could have such an article, Alpha is silent or down" in words(
        await screen(client, "pilot language:uk")
    )
    assert "1 source that could have such an article is watched; none of them is silent" in words(
        await screen(client, "pilot source:beta")
    )
    assert "No source is watched that could have such an article" in words(await screen(client, "source:delta"))


def ships(lost: int) -> dict[str, object]:
    """A text with a number in it, and the enricher's find of that number."""
    text = f"Six sailors were saved, officials said, and {lost} ships were lost off the harbour."
    at = text.index(str(lost))
    found = Quantity(
        in_="text", start=at, end=at + 1, words=str(lost), value=lost, bound="exactly", unit=None, of="ships", whom=None,
        found_by="rule/1", confidence=None,
    )  # fmt: skip
    return {"text": text, "quantities": (found,)}


async def test_a_changed_article_shows_what_its_numbers_were(client: httpx.AsyncClient, keep: Keep) -> None:
    keep(1, **ships(2))
    keep(1, **ships(3), content_hash="d" * 64, fetched_at=NOON)
    html = await screen(client)

    assert "changed, 2 versions" in words(html)
    assert "<del>2</del> → <ins>3</ins>" in html


async def test_all_values_of_a_facet_are_shown_where_they_are_asked_for(client: httpx.AsyncClient, keep: Keep) -> None:
    for number in range(9):
        keep(number, section=f"Section {number}")

    assert "3 more of section" in words(await screen(client))
    assert "Section 8" in words(await screen(client, facet="section"))


async def test_the_store_away_is_a_screen_that_says_so(
    client: httpx.AsyncClient, store: MemoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> None:
        raise TryLater("is away", subject="the store")

    monkeypatch.setattr(store, "search", away)
    html = await screen(client, "pilot", status=503)

    assert "The store does not answer" in html


HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(2)>'


async def test_whatever_an_article_says_is_text(client: httpx.AsyncClient, keep: Keep) -> None:
    keep(1, f"{HOSTILE} pilot \x02{HOSTILE}\x03", title=HOSTILE, site_name=HOSTILE, section=HOSTILE, subtitle=HOSTILE)
    for html in (await screen(client), await screen(client, "pilot"), await screen(client, "script")):
        assert "<img" not in html
        assert "<script>" not in html
        assert "\x02" not in html
        assert "\x03" not in html


@pytest.mark.parametrize("parameter", ["q", "sort", "cursor", "shown", "facet"])
async def test_whatever_the_address_says_is_text(client: httpx.AsyncClient, keep: Keep, parameter: str) -> None:
    keep(1)
    answer = await client.get(f"/search?{parameter}={quote(HOSTILE)}")

    assert answer.status_code in (200, 400)
    assert "<img" not in answer.text
    assert "<script>" not in answer.text


async def test_every_link_of_the_screen_is_one_that_answers(client: httpx.AsyncClient, keep: Keep) -> None:
    for number in range(3):
        keep(number, section='Say "so" «or» “not” „here“', published_at=(NOON + timedelta(days=number)).isoformat())
    html = await screen(client, "pilot OR convoy")
    for href in set(re.findall(r'href="(/search[^"]*)"', html)):
        assert (await client.get(unescape(href))).status_code == 200, href
