"""What a feed reader may rely on."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from xml.etree import ElementTree as ET

import httpx
import pytest
from fixtures.hostile import payloads
from hypothesis import given, settings
from hypothesis import strategies as st

from watchfloor.events import ArticleEnriched, ArticleLatest, PageGone
from watchfloor.store.memory import MemoryStore
from watchfloor.store.protocol import Change, Hit, Kept
from watchfloor_gateway import atom

Keep = Callable[..., ArticleEnriched]
ATOM = "{http://www.w3.org/2005/Atom}"
FEED = atom.Feed("urn:x:feed", "A feed", "http://localhost/f", "http://localhost/s", "http://localhost/")
HOSTILE = (
    "]]><script>alert(1)</script>", "<![CDATA[<b>]]>", "a\x00b\x08\x1b[31m", "\ufffe\uffff", "&lt;b&gt; & \"'", "<!--", "<?xml?>",
    "\u202egnp.exe",
)  # fmt: skip


async def feed(client: httpx.AsyncClient, **parameters: str) -> ET.Element:
    answer = await client.get("/v1/articles.atom", params=parameters)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/atom+xml"
    return read(answer.content)


def read(content: bytes) -> ET.Element:
    return ET.fromstring(content)  # noqa: S314 - of our own making


def entries(root: ET.Element) -> list[ET.Element]:
    return root.findall(f"{ATOM}entry")


def text(element: ET.Element, name: str) -> str | None:
    return element.findtext(ATOM + name)


def links(element: ET.Element) -> dict[str, str]:
    return {link.attrib["rel"]: link.attrib["href"] for link in element.findall(f"{ATOM}link")}


def gone(store: MemoryStore, event: ArticleEnriched, at: datetime) -> None:
    page = PageGone(
        page_id=event.page_id, url=event.url, status=410, fetched_at=at, reason="gone", source_id=None, origin="live"
    )
    store.apply([Change(page)])


async def test_an_entry_says_what_the_article_is_and_where(client: httpx.AsyncClient, keep: Keep) -> None:
    event = keep(1, authors=("Ines Marlow",), tags=("navy", "harbours"))
    (entry,) = entries(await feed(client, q="convoy"))
    assert text(entry, "id") == f"urn:watchfloor:article:{event.article_id}"
    assert text(entry, "title") == "Harbour report 1"
    assert text(entry, "published") == text(entry, "updated") == "2026-03-02T07:00:00Z"
    assert [name.text for name in entry.iter(f"{ATOM}name")] == ["Ines Marlow"]
    assert [each.attrib["term"] for each in entry.findall(f"{ATOM}category")] == ["navy", "harbours"]
    assert links(entry) == {
        "alternate": f"http://localhost:8470/articles/{event.article_id}",
        "via": event.canonical_url,
    }
    assert text(entry, "summary") == "A harbour pilot saw the convoy."
    assert entry.attrib["{http://www.w3.org/XML/1998/namespace}lang"] == "en"
    assert {entry.find(ATOM + name).attrib["type"] for name in ("title", "summary")} == {"text"}  # type: ignore[union-attr]


async def test_the_feed_says_what_it_is_of_and_where_it_is(client: httpx.AsyncClient, keep: Keep) -> None:
    keep(1)
    root = await feed(client, q='convoy "harbour pilot"')
    assert root.tag == f"{ATOM}feed"
    assert text(root, "title") == 'Watchfloor: convoy "harbour pilot"'
    assert links(root)["self"].startswith("http://localhost:8470/v1/articles.atom?q=convoy")
    assert links(root)["alternate"] == "http://localhost:8470/search?q=convoy+%22harbour+pilot%22"
    assert text(root, "updated") == "2026-03-02T07:00:00Z"


async def test_the_feed_of_a_query_has_one_id_and_another_query_another(client: httpx.AsyncClient) -> None:
    first, again = await feed(client, q="convoy"), await feed(client, q="convoy")
    assert text(first, "id") == text(again, "id") != text(await feed(client, q="harbour"), "id")


async def test_an_empty_feed_is_a_feed(client: httpx.AsyncClient) -> None:
    root = await feed(client, q="nowhere")
    assert entries(root) == []
    assert text(root, "updated") == "1970-01-01T00:00:00Z"


async def test_what_changed_last_comes_first_so_that_a_correction_of_something_old_is_seen(
    client: httpx.AsyncClient, keep: Keep
) -> None:
    old = keep(1)
    for number in range(2, 60):
        keep(number)
    keep(1, "The pilot took it back.", fetched_at=old.fetched_at + timedelta(days=9))
    found = entries(await feed(client))
    assert len(found) == 50
    assert text(found[0], "id") == f"urn:watchfloor:article:{old.article_id}"
    assert text(found[0], "updated") == "2026-03-11T07:00:00Z"
    assert text(found[0], "published") == "2026-03-02T07:00:00Z"


async def test_a_withdrawn_article_stays_and_says_so(client: httpx.AsyncClient, keep: Keep, store: MemoryStore) -> None:
    event = keep(1)
    gone(store, event, event.fetched_at + timedelta(days=1))
    (entry,) = entries(await feed(client))
    assert text(entry, "title") == "Withdrawn: Harbour report 1"
    assert text(entry, "updated") == "2026-03-03T07:00:00Z"


@pytest.mark.parametrize(
    ("given_", "named"),
    [
        ({"authors": ("A", "B", "A"), "publisher": "Tidewatch Press"}, ["A", "B"]),
        ({"publisher": "Tidewatch Press"}, ["Tidewatch Press"]),
        ({"site_name": "Tidewatch"}, ["Tidewatch"]),
        ({"site_name": None}, ["not stated"]),
        ({"site_name": "\x00 "}, ["not stated"]),
    ],
)
async def test_every_entry_has_an_author_with_a_name(
    client: httpx.AsyncClient, keep: Keep, given_: dict[str, object], named: list[str]
) -> None:
    keep(1, **given_)
    assert [name.text for name in (await feed(client)).iter(f"{ATOM}name")] == named


async def test_a_bare_day_is_no_moment_and_none_is_made_up(client: httpx.AsyncClient, keep: Keep) -> None:
    keep(1, published_at="2026-03-02")
    (entry,) = entries(await feed(client))
    assert text(entry, "published") is None
    assert text(entry, "updated") == "2026-03-02T07:00:00Z"


@pytest.mark.parametrize("hostile", HOSTILE)
async def test_hostile_words_are_words(client: httpx.AsyncClient, keep: Keep, hostile: str) -> None:
    keep(1, f"{hostile} and text", title=hostile, authors=(hostile,), tags=(hostile,))
    root = await feed(client)
    (entry,) = entries(root)
    assert {element.tag.removeprefix(ATOM) for element in root.iter()} <= {
        "feed", "id", "title", "updated", "link", "generator", "entry", "published", "author", "name", "category", "summary",
    }  # fmt: skip
    assert text(entry, "title") == (" ".join(atom.NO_CHARACTERS.sub("", hostile).split()) or "Without a title")


@pytest.mark.parametrize("query", ["]]><script>", "a\x00b", "</title>", '"&"'])
async def test_a_hostile_query_is_words(client: httpx.AsyncClient, query: str) -> None:
    answer = await client.get("/v1/articles.atom", params={"q": query})
    assert answer.status_code in (200, 400)
    if answer.status_code == 200:
        assert text(read(answer.content), "title") == f"Watchfloor: {atom.NO_CHARACTERS.sub('', query)}"


def hit(**fields: Any) -> Hit:
    """An article of these fields, whatever they hold."""
    at = datetime(2026, 3, 2, tzinfo=UTC)
    empty = {**dict.fromkeys(ArticleLatest.model_fields), "article_id": "0" * 32, "authors": (), "tags": ()}
    given_: dict[str, Any] = {**empty, "changed_at": at, "canonical_url": "", **fields}
    kept = Kept(
        article=ArticleLatest.model_construct(**given_), withdrawn_at=None, withdrawn_reason=None, trace_id=None
    )
    return Hit(kept, (), None)


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", 'https://a.example/"><b>', "https://a b", "//a.example", ""]
)
def test_only_what_is_an_address_of_the_web_becomes_a_link(address: str) -> None:
    (entry,) = entries(read(atom.write(FEED, [hit(canonical_url=address)])))
    assert set(links(entry)) == {"alternate"}


async def test_asking_again_is_answered_without_a_body_until_something_changes(
    client: httpx.AsyncClient, keep: Keep
) -> None:
    keep(1)
    first = await client.get("/v1/articles.atom")
    etag, modified = first.headers["etag"], first.headers["last-modified"]
    assert parsedate_to_datetime(modified) == datetime(2026, 3, 2, 7, tzinfo=UTC)
    for asked in ({"if-none-match": etag}, {"if-modified-since": modified}):
        again = await client.get("/v1/articles.atom", headers=asked)
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", etag)
    keep(2)
    for asked in ({"if-none-match": etag}, {"if-modified-since": modified}):
        assert (await client.get("/v1/articles.atom", headers=asked)).status_code == 200


async def test_where_an_etag_is_named_the_date_does_not_count(client: httpx.AsyncClient, keep: Keep) -> None:
    keep(1)
    modified = (await client.get("/v1/articles.atom")).headers["last-modified"]
    for named in ('"another"', ""):
        asked = {"if-none-match": named, "if-modified-since": modified}
        assert (await client.get("/v1/articles.atom", headers=asked)).status_code == 200


async def test_a_date_that_is_none_is_ignored(client: httpx.AsyncClient, keep: Keep) -> None:
    keep(1)
    for date in ("yesterday", "", "Mon, 99 Foo 2026"):
        assert (await client.get("/v1/articles.atom", headers={"if-modified-since": date})).status_code == 200


async def test_a_second_that_still_lasts_is_no_date_to_rely_on(client: httpx.AsyncClient, keep: Keep) -> None:
    keep(1, fetched_at=datetime.now(UTC) + timedelta(hours=1))
    answer = await client.get("/v1/articles.atom")
    assert "last-modified" not in answer.headers
    assert "etag" in answer.headers


async def test_head_is_get_without_a_body(client: httpx.AsyncClient, keep: Keep) -> None:
    keep(1)
    get, head = await client.get("/v1/articles.atom"), await client.head("/v1/articles.atom")
    assert (head.status_code, head.content, head.headers["etag"]) == (200, b"", get.headers["etag"])


async def test_a_query_that_cannot_be_read_is_a_problem(client: httpx.AsyncClient) -> None:
    answer = await client.get("/v1/articles.atom", params={"q": "convoy (harbour"})
    assert (answer.status_code, answer.json()["position"]) == (400, 7)


any_text = st.text(st.characters(exclude_categories=()))


@settings(deadline=None)
@given(title=any_text, words=any_text, name=any_text, tag=any_text, address=any_text)
def test_every_article_makes_a_feed_that_can_be_read(title: str, words: str, name: str, tag: str, address: str) -> None:
    article = hit(title=title, text=words, authors=(name,), tags=(tag,), canonical_url=address)
    root = read(atom.write(FEED, [article]))
    (entry,) = entries(root)
    assert all(text(entry, part) for part in ("id", "title", "updated"))
    assert all(each.text for each in entry.iter(f"{ATOM}name"))


def test_every_hostile_payload_is_words_wherever_it_stands() -> None:
    for payload in payloads():
        article = hit(title=payload, text=payload, authors=(payload,), tags=(payload,), canonical_url=payload)
        (entry,) = entries(read(atom.write(FEED, [article])))
        assert {each.tag.removeprefix(ATOM) for each in entry.iter()} == {
            "entry", "id", "title", "updated", "author", "name", "link", "category", "summary",
        }  # fmt: skip
        assert set(links(entry)) == {"alternate"}
