"""The article's screen as it is served: every link within it arrives, nothing of the article becomes markup."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from fixtures.elements import Page

from watchfloor.events import ArticleEnriched, PageGone, SourceHealth
from watchfloor.store.memory import MemoryStore
from watchfloor.store.protocol import Change

MORNING = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
Keep = Callable[..., ArticleEnriched]
Visit = Callable[..., Awaitable[Page]]


@pytest.fixture
def visit(client: httpx.AsyncClient) -> Visit:
    async def visit(article: ArticleEnriched, **parameters: str) -> Page:
        answer = await client.get(f"/articles/{article.article_id}", params=parameters)
        assert answer.status_code == 200
        return Page(answer.text)

    return visit


def blocks(*given: tuple[str, str]) -> dict[str, object]:
    """Blocks and the text that they make."""
    at, made = 0, []
    for kind, text in given:
        made.append({"kind": kind, "text": text, "start": at, "end": at + len(text)})
        at += len(text) + 2
    return {"blocks": made, "text": "\n\n".join(text for _, text in given)}


def image(caption: str | None = None, **fields: str | None) -> dict[str, str | None]:
    return {"url": "https://a.example/2026/ship.jpg", "caption": caption, "credit": None, "agency": None, **fields}


def person(name: str, text: str, **fields: object) -> dict[str, object]:
    at = text.index(name)
    mention = {"in": "text", "start": at, "end": at + len(name), "words": name}
    known = {"subkind": None, "title": None, "country": None, "links": (), "found_by": "rule/1", "confidence": None}
    return {"id": name, "kind": "person", "name": name, "mentions": (mention,), **known, **fields}


async def test_an_article_that_is_not_there_is_a_page_of_its_own(client: httpx.AsyncClient) -> None:
    answer = await client.get("/articles/nothing")

    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/html")


async def test_every_link_within_the_page_arrives_and_no_id_is_double(keep: Keep, visit: Visit) -> None:
    text = "Anna Bergmann left Odesa."
    page = await visit(keep(text=text, entities=[person("Anna Bergmann", text)], images=[image("A ship")]))

    assert page.doubled() == []
    assert page.lost() == []
    assert "#who-1" in page.links()
    assert "#p1" in page.links()
    assert page.nested_links == 0


async def test_what_the_article_says_is_text_wherever_it_stands(keep: Keep, client: httpx.AsyncClient) -> None:
    bad = "<img src=x onerror=alert(1)>'\"&"
    event = keep(
        **blocks(
            ("paragraph", bad),
            ("heading", bad),
            ("list_item", bad),
            ("table_row", f"{bad} | {bad}"),
            ("quotation", bad),
        ),
        title=bad,
        subtitle=bad,
        authors=[bad],
        agencies=[bad],
        publisher=bad,
        section=bad,
        entities=[person(bad, bad, title=bad, found_by=bad)],
        images=[image(bad, url="javascript:alert(1)", credit=bad, agency="A & B")],
        evidence=[{"field": bad, "source": bad, "confidence": None}],
    )
    answer = await client.get(f"/articles/{event.article_id}", params={"q": bad})

    assert "<img" not in answer.text
    assert "javascript:" not in "".join(Page(answer.text).links())


async def test_only_web_addresses_are_linked(keep: Keep, visit: Visit) -> None:
    page = await visit(keep(url="ftp://old.example/a", canonical_url="ftp://old.example/a"))

    assert not any(link.startswith("ftp") for link in page.links())
    assert "Open at the source" not in page.text("from")[0]


async def test_each_kind_of_block_is_what_it_is_and_has_its_number(keep: Keep, visit: Visit) -> None:
    given = blocks(
        ("paragraph", "One."),
        ("heading", "Two"),
        ("list_item", "Three"),
        ("list_item", "Four"),
        ("quotation", "Five"),
        ("table_row", "Ship | Injured"),
        ("table_row", "Halcyon | 6"),
    )
    page = await visit(keep(**given))
    named = {
        attrs["id"]: tag for tag, attrs, _ in page.elements if str(attrs.get("id", "")).startswith("p") and tag != "p"
    }

    assert page.text("para") == ["1One.", "2Two", "3Three", "4Four", "5Five"]
    assert {key: named[key] for key in ("p2", "p3", "p4", "p6", "p7")} == {
        "p2": "h2", "p3": "li", "p4": "li", "p6": "tr", "p7": "tr",
    }  # fmt: skip
    (table,) = page.text("printed")
    assert "Halcyon" in table
    assert "|" not in table


async def test_the_first_figure_follows_the_opening_the_others_the_text(keep: Keep, visit: Visit) -> None:
    given = blocks(*(("paragraph", f"{number}.") for number in range(1, 5)))
    page = await visit(keep(**given, images=[image("A"), image("B"), image("C")]))
    wanted = ("para", "plate")
    order = [str(attrs["id"]) for _, attrs, _ in page.elements if attrs.get("class") in wanted]

    assert order == ["p1", "p2", "figure-1", "p3", "p4", "figure-2", "figure-3"]


async def test_a_figure_tells_of_its_picture_without_fetching_it(keep: Keep, visit: Visit) -> None:
    page = await visit(keep(images=[image("A tug.", credit="T. Marin", agency="Sea Press")]))
    (plate,) = page.text("plate")

    assert not any(tag == "img" for tag, _, _ in page.elements)
    assert "a.example/2026/ship.jpg" in plate
    assert page.text("credit") == ["Credit: T. Marin", "Agency: Sea Press"]


async def test_words_that_were_sought_are_marked_and_lead_back(keep: Keep, visit: Visit) -> None:
    page = await visit(keep(title="Mines again", text="A mine was seen."), q="mine")

    assert page.text("hit") == ["Mines", "mine"]
    assert page.links().count("/search?q=mine") == 1


async def test_a_query_that_cannot_be_read_keeps_nobody_from_reading(keep: Keep, visit: Visit) -> None:
    page = await visit(keep(), q='"')

    assert page.text("hit") == []


async def test_a_withdrawn_article_says_so_and_keeps_its_text(keep: Keep, store: MemoryStore, visit: Visit) -> None:
    event = keep()
    gone = PageGone(
        page_id=event.page_id, url=event.url, status=410, fetched_at=event.fetched_at + timedelta(hours=2),
        reason="the server says it is gone", source_id=None, origin="live",
    )  # fmt: skip
    store.apply([Change(gone)])
    page = await visit(event)

    assert "Withdrawn" in page.text("changed")[0]
    assert "the server says it is gone" in page.text("changed")[0]
    assert page.text("para") == ["1A harbour pilot saw the convoy."]


async def test_without_title_blocks_or_marks_it_is_still_a_page(keep: Keep, visit: Visit) -> None:
    page = await visit(keep(title=None, blocks=[], text="First line.\n\nSecond line.", published_at=None))

    assert page.text("para") == ["1First line.", "2Second line."]
    assert page.text("marks-switch") == []
    assert any(tag == "h1" and "".join(text) == "No title" for tag, _, text in page.elements)
    assert "not stated" in page.text("facts")[0]


async def test_a_paywalled_article_says_how_much_is_here(keep: Keep, visit: Visit) -> None:
    page = await visit(keep(paywalled=True))

    assert "The page shows 6 words" in page.text("state-box")[0]


async def test_marks_that_a_reader_has_switched_off_come_switched_off(
    keep: Keep, visit: Visit, client: httpx.AsyncClient
) -> None:
    text = "Anna Bergmann left."
    event = keep(text=text, entities=[person("Anna Bergmann", text)])
    client.cookies.set("watchfloor", "marks=people")
    page = await visit(event)
    checked = {attrs["value"]: "checked" in attrs for _, attrs, _ in page.elements if attrs.get("name") == "marks"}

    assert checked.pop("people") is False
    assert set(checked.values()) == {True}


async def test_an_article_from_right_to_left_has_its_direction_and_language(keep: Keep, visit: Visit) -> None:
    page = await visit(keep(language="ar", title="لغم", text="لغم بحري"))
    (reading,) = [attrs for _, attrs, _ in page.elements if attrs.get("class") == "reading"]

    assert (reading["lang"], reading["dir"]) == ("ar", "rtl")


async def test_only_what_is_known_is_told_of_where_it_comes_from(keep: Keep, visit: Visit) -> None:
    evidence = [
        {"field": "title", "source": "json-ld:headline", "confidence": 0.987},
        {"field": "authors", "source": "json-ld:headline", "confidence": 0.987},
        {"field": "blocks", "source": "page", "confidence": None},
    ]
    event = keep(evidence=evidence)
    page = await visit(event)
    told = dict(zip(_terms(page, "dt"), _terms(page, "dd"), strict=True))

    assert told["Title, authors"] == "from json-ld:headline 0.99"
    assert told["Text"] == "from page"
    assert told["Article id"] == event.article_id
    assert "Source" not in told


async def test_the_country_is_that_of_the_source_and_none_is_guessed(
    keep: Keep, store: MemoryStore, visit: Visit
) -> None:
    event = keep(source_id="tidewatch")
    unknown = await visit(event)
    store.apply([Change(health("tidewatch", country="RO"))])
    known = await visit(event)

    assert "Romania" not in unknown.text("from")[0]
    assert "/sources/tidewatch" not in unknown.links()
    assert "Romania" in known.text("from")[0]
    assert "/sources/tidewatch" in known.links()


def health(source_id: str, country: str | None) -> SourceHealth:
    """A source that is well."""
    at = MORNING
    return SourceHealth(
        source_id=source_id, name="Tidewatch", home="https://tidewatch.example/", country=country, language="en", tags=(),
        reliability=None, state="well", reasons=(), since=at, at=at, last_fetched_at=at, next_fetch_at=at,
        last_article_at=at, known_pages=1, articles_24h=1, usual_24h=1.0, articles_6h=(), words_daily=(),
    )  # fmt: skip


def _terms(page: Page, name: str) -> list[str]:
    """The texts of a list of terms, that of the provenance."""
    start = next(index for index, (_, attrs, _) in enumerate(page.elements) if attrs.get("class") == "proof")
    return ["".join(text) for tag, _, text in page.elements[start:] if tag == name]
