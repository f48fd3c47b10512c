"""What a spreadsheet may be given."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta

import httpx
import pytest
from fixtures.hostile import payloads
from hypothesis import given
from hypothesis import strategies as st

from watchfloor.events import ArticleEnriched, Entity, PageGone, Span
from watchfloor.store.memory import MemoryStore
from watchfloor.store.protocol import Change
from watchfloor_gateway.csv_lines import COLUMNS, COMPUTED, QUOTES, guarded

Keep = Callable[..., ArticleEnriched]
FORMULAS = (
    "=cmd|' /C calc'!A0", '+HYPERLINK("//evil.example")', "-2+3", "@SUM(1+1)", "\t=1+1", "\r=1+1", "\n=1+1", "  =1+1", "\ufeff=1+1",
    '"=1+1', "'=1+1", '" \' =1+1', "\u00a0=1+1", "\u200b\u2060=1+1", "＝1+1", "＋1", "－1", "＠SUM(1)", "﹦1", "−1", "\x00=1+1",
    "“=1+1”", "\u202e=1+1", "\u0301=1",
)  # fmt: skip


def rows(answer: httpx.Response, delimiter: str = ",") -> list[dict[str, str]]:
    page = io.StringIO(answer.content.decode("utf-8-sig"), newline="")
    return list(csv.DictReader(page, delimiter=delimiter))


async def table(client: httpx.AsyncClient, **parameters: str) -> list[dict[str, str]]:
    answer = await client.get("/v1/articles.csv", params=parameters)
    assert answer.status_code == 200, answer.text
    return rows(answer)


def entity(name: str, kind: str) -> Entity:
    span = Span(in_="text", start=0, end=1, words="A")
    nothing = dict.fromkeys(("subkind", "title", "country", "confidence"))
    return Entity.model_validate(
        {**nothing, "id": name, "kind": kind, "name": name, "links": (), "mentions": (span,), "found_by": "test/1"}
    )


async def test_a_line_says_what_the_article_is(client: httpx.AsyncClient, keep: Keep) -> None:
    people = (entity("Ines Marlow", "person"), entity("Harbour Office", "organisation"), entity("Otto Brack", "person"))
    event = keep(1, authors=("A", "B"), entities=people)
    (row,) = await table(client, q="convoy")
    assert tuple(row) == COLUMNS
    assert row == {
        "article_id": event.article_id,
        "version": "1",
        "title": "Harbour report 1",
        "source": "Tidewatch",
        "canonical_url": event.canonical_url,
        "published_at": event.published_at,
        "modified_at": "",
        "first_fetched_at": "2026-03-02T07:00:00Z",
        "changed_at": "2026-03-02T07:00:00Z",
        "withdrawn_at": "",
        "language": "en",
        "article_type": "news",
        "authors": "A | B",
        "section": "",
        "people": "Ines Marlow | Otto Brack",
        "organisations": "Harbour Office",
        "places": "",
    }


async def test_the_whole_query_is_there_in_order(
    client: httpx.AsyncClient, keep: Keep, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("watchfloor_gateway.exports.LINES_AT_ONCE", 2)
    for number in range(1, 6):
        keep(number)
    titles = [row["title"] for row in await table(client, q="harbour", sort="oldest")]
    assert titles == [f"Harbour report {number}" for number in range(1, 6)]


async def test_a_withdrawn_article_says_since_when(client: httpx.AsyncClient, keep: Keep, store: MemoryStore) -> None:
    event = keep(1)
    at = event.fetched_at + timedelta(days=1)
    gone = PageGone(
        page_id=event.page_id, url=event.url, status=410, fetched_at=at, reason="gone", source_id=None, origin="live"
    )
    store.apply([Change(gone)])
    assert (await table(client))[0]["withdrawn_at"] == "2026-03-03T07:00:00Z"


async def test_it_is_a_file_in_utf_8_that_spreadsheets_know_as_such(client: httpx.AsyncClient, keep: Keep) -> None:
    keep(1, title="Звіт, “Odesa”")
    answer = await client.get("/v1/articles.csv", params={"q": 'title:"Звіт" -nowhere'})
    assert answer.content.startswith(b'\xef\xbb\xbf"article_id","version"')
    assert answer.headers["content-type"].startswith("text/csv; charset=utf-8")
    assert answer.headers["content-disposition"] == 'attachment; filename="watchfloor-title-nowhere.csv"'
    assert answer.content.endswith(b"\r\n")
    assert "Звіт, “Odesa”".encode() in answer.content


@pytest.mark.parametrize("query", ['"; filename=x.exe', "a/../../etc", "a\r\nx: y", "x" * 500])
async def test_no_query_gets_out_of_the_name_of_the_file(client: httpx.AsyncClient, query: str) -> None:
    answer = await client.get("/v1/articles.csv", params={"q": query})
    if answer.status_code == 200:
        name = answer.headers["content-disposition"].removeprefix('attachment; filename="').removesuffix('.csv"')
        assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
        assert len(name) <= 60


@pytest.mark.parametrize("formula", FORMULAS)
async def test_a_text_that_might_be_computed_begins_with_an_apostrophe(
    client: httpx.AsyncClient, keep: Keep, formula: str
) -> None:
    keep(
        1, title=formula, authors=(formula, "B"), section=formula, publisher=formula,
        entities=(entity(formula, "person"), entity(formula, "organisation")),
    )  # fmt: skip
    (row,) = await table(client)
    for column in ("title", "authors", "section", "source", "people", "organisations"):
        assert row[column].startswith("'"), column
        assert "\n" not in row[column]
    assert row["version"] == "1"
    assert row["published_at"].startswith("2026-03-02T07:00:00")


@pytest.mark.parametrize("text", ["Harbour report", "3 - 2 = 1", "e-mail@tide.example", "Звіт", "a; b", "5+5"])
async def test_a_text_that_is_none_stays_as_it_is(client: httpx.AsyncClient, keep: Keep, text: str) -> None:
    keep(1, title=text)
    assert (await table(client))[0]["title"] == text


async def test_where_cells_are_parted_by_semicolons_no_formula_begins_either(
    client: httpx.AsyncClient, keep: Keep
) -> None:
    keep(1, title='Odds; =1+1;"=2"\n=3', authors=("A", "=4"))
    answer = await client.get("/v1/articles.csv")
    page = io.StringIO(answer.content.decode("utf-8-sig"), newline="")
    for line in csv.reader(page, delimiter=";"):
        assert not any(cell.strip("\"' ").startswith("=") and not cell.startswith("'") for cell in line)


async def test_head_is_get_without_a_body(client: httpx.AsyncClient, keep: Keep) -> None:
    keep(1)
    get, head = await client.get("/v1/articles.csv"), await client.head("/v1/articles.csv")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-disposition"] == get.headers["content-disposition"]


async def test_the_table_of_nothing_is_its_header(client: httpx.AsyncClient) -> None:
    answer = await client.get("/v1/articles.csv", params={"q": "nowhere"})
    assert answer.content.decode("utf-8-sig").count("\r\n") == 1
    assert rows(answer) == []


@given(st.text(st.sampled_from("=+-@＝＠\t\r\n \ufeff\u200b\"';a1")), st.text())
def test_no_cell_begins_as_a_formula_whatever_it_is_made_of(opening: str, rest: str) -> None:
    for part in guarded(opening + rest).split(";"):
        assert part.startswith("'") or part.strip("".join(QUOTES) + " ")[:1] not in COMPUTED
    assert not {"\n", "\r", "\t"} & set(guarded(opening + rest))


async def test_every_hostile_payload_is_one_harmless_cell(client: httpx.AsyncClient, keep: Keep) -> None:
    for number, payload in enumerate(payloads(), 1):
        keep(number, title=payload)
    found = await table(client, sort="oldest")
    assert len(found) == len(payloads())
    assert all(set(row) == set(COLUMNS) for row in found)
    assert not any(row["title"].strip("\"' ")[:1] in COMPUTED and row["title"][0] != "'" for row in found)
    assert not any(letter in row["title"] for row in found for letter in "\x00\t\r\n\x1b")
