"""What an analyst's script may rely on when it asks for articles."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import httpx
import pytest

from watchfloor import tracing
from watchfloor.events import ArticleEnriched, ArticleLatest, PageGone
from watchfloor.store.memory import MemoryStore
from watchfloor.store.protocol import Change
from watchfloor_gateway.answers import ArticleAnswer, Articles


async def found(client: httpx.AsyncClient, **parameters: Any) -> dict[str, Any]:
    answer = await client.get("/v1/articles", params=parameters)
    assert answer.status_code == 200, answer.text
    return cast("dict[str, Any]", answer.json())


def numbers(answer: dict[str, Any]) -> list[int]:
    return [int(item["title"].split()[-1]) for item in answer["items"]]


async def test_an_empty_store_answers_an_empty_page(client: httpx.AsyncClient) -> None:
    assert await found(client) == {"items": [], "total": 0, "next": None, "facets": {}, "histogram": []}


async def test_an_item_is_the_latest_article_whole_with_what_only_http_adds(
    client: httpx.AsyncClient, keep: Callable[..., ArticleEnriched]
) -> None:
    event = keep(1)
    (item,) = (await found(client, q="convoy"))["items"]
    assert set(item) == {*ArticleLatest.model_fields, "withdrawn_at", "withdrawn_reason", "trace_id", "highlights"}
    assert item["text"] == event.text
    assert item["version"] == 1
    assert (item["withdrawn_at"], item["withdrawn_reason"]) == (None, None)
    assert item["highlights"] == ["A harbour pilot saw the \x02convoy\x03."]


async def test_an_answer_has_the_form_that_is_described(
    client: httpx.AsyncClient, keep: Callable[..., ArticleEnriched]
) -> None:
    """It is put together from JSON that was written before, so that nothing else checks it."""
    event = keep(1, "Пілот «бачив» \x02 конвой", title='A "title"\nand more')
    keep(2)
    answer = await client.get("/v1/articles", params={"facet": ["language", "source"], "limit": 1, "sort": "oldest"})
    read = Articles.model_validate_json(answer.content)
    assert read.model_dump(mode="json") == answer.json()
    assert (read.items[0].text, read.items[0].title) == (event.text, event.title)
    empty = await client.get("/v1/articles", params={"q": "nowhere"})
    assert Articles.model_validate_json(empty.content).total == 0
    whole = await client.get(f"/v1/articles/{event.article_id}")
    assert ArticleAnswer.model_validate_json(whole.content).model_dump(mode="json") == whole.json()


async def test_an_answer_carries_the_trace_of_the_articles_page(
    client: httpx.AsyncClient, keep: Callable[..., ArticleEnriched]
) -> None:
    event = keep(1)
    expected = tracing.trace_id(tracing.begin(f"{event.page_id}:{event.fetched_at}"))
    answer = await client.get(f"/v1/articles/{event.article_id}")
    assert tracing.trace_id(answer.headers["traceparent"]) == expected == answer.json()["trace_id"]


@pytest.mark.parametrize("sort", ["newest", "oldest", "relevance", "changed"])
async def test_the_cursor_leads_through_all_that_matches_once(
    client: httpx.AsyncClient, keep: Callable[..., ArticleEnriched], sort: str
) -> None:
    for number in range(1, 8):
        keep(number)
    query = {"q": "harbour", "sort": sort, "limit": 3}
    answer = await found(client, **query)
    seen = numbers(answer)
    while answer["next"]:
        answer = await found(client, **query, cursor=answer["next"])
        seen += numbers(answer)
    assert answer["total"] == 7
    assert sorted(seen) == list(range(1, 8))
    if sort != "relevance":
        assert seen == sorted(seen, reverse=sort != "oldest")


async def test_a_cursor_of_another_query_is_refused(
    client: httpx.AsyncClient, keep: Callable[..., ArticleEnriched]
) -> None:
    keep(1)
    keep(2)
    cursor = (await found(client, q="harbour", limit=1))["next"]
    for other in ({"q": "convoy"}, {"q": "harbour", "sort": "oldest"}, {"q": "harbour", "from": "2020-01-01"}):
        answer = await client.get("/v1/articles", params={**other, "cursor": cursor})
        assert answer.status_code == 400
        assert answer.json()["type"] == "urn:watchfloor:problem:invalid-cursor"
        assert "another query" in answer.json()["detail"]


async def test_limit_and_facets_may_change_between_two_pages(
    client: httpx.AsyncClient, keep: Callable[..., ArticleEnriched]
) -> None:
    keep(1)
    keep(2)
    cursor = (await found(client, limit=1))["next"]
    assert numbers(await found(client, cursor=cursor, limit=9, facet="language")) == [1]


async def test_facets_and_histogram_count_all_that_match_not_the_page(
    client: httpx.AsyncClient, keep: Callable[..., ArticleEnriched]
) -> None:
    keep(1)
    keep(2, language="uk", text="Звіт")
    keep(30)
    answer = await found(client, limit=1, facet=["language", "type"])
    assert answer["facets"] == {
        "language": [{"value": "en", "count": 2}, {"value": "uk", "count": 1}],
        "type": [{"value": "news", "count": 3}],
    }
    assert answer["histogram"] == [{"day": "2026-03-02", "count": 2}, {"day": "2026-03-03", "count": 1}]


async def test_from_and_to_count_both_ends_and_a_date_to_its_end(
    client: httpx.AsyncClient, keep: Callable[..., ArticleEnriched]
) -> None:
    for number in (1, 18, 42):  # 07:00 on the 2nd, 00:00 on the 3rd, 00:00 on the 4th
        keep(number)
    assert numbers(await found(client, **{"from": "2026-03-03", "to": "2026-03-03"})) == [18]
    assert numbers(await found(client, to="2026-03-03T00:00:00Z")) == [18, 1]
    assert numbers(await found(client, **{"from": "2026-03-03T02:00:00 02:00"})) == [42, 18], "a + that became a space"


async def test_several_sources_or_languages_mean_any_of_them(
    client: httpx.AsyncClient, keep: Callable[..., ArticleEnriched]
) -> None:
    keep(1)
    keep(2, language="uk")
    keep(3, language="pl", source_id="baltic-desk")
    assert numbers(await found(client, language=["uk", "PL"])) == [3, 2]
    assert numbers(await found(client, source="baltic-desk")) == [3]
    assert numbers(await found(client, source="tidewatch.example", language="en")) == [1]


async def test_what_a_form_leaves_blank_counts_as_left_out(
    client: httpx.AsyncClient, keep: Callable[..., ArticleEnriched]
) -> None:
    keep(1)
    blank = dict.fromkeys(("q", "from", "to", "source", "language", "sort", "limit", "cursor", "facet"), "")
    assert (await found(client, **blank))["total"] == 1


async def test_an_unknown_parameter_is_refused_by_name_not_ignored(client: httpx.AsyncClient) -> None:
    answer = await client.get("/v1/articles", params={"lang": "uk"})
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == ["lang"]


@pytest.mark.parametrize(
    ("parameters", "field"),
    [
        ({"limit": "501"}, "limit"),
        ({"limit": "0"}, "limit"),
        ({"sort": "best"}, "sort"),
        ({"from": "yesterday"}, "from"),
        ({"to": "2026-03-02T08:00"}, "to"),
        ({"from": "9999-12-31T23:59:59-23:59"}, "from"),
        ({"language": "Ukrainian"}, "language.0"),
        ({"source": "!!"}, "source.0"),
        ({"facet": "colour"}, "facet.0"),
    ],
)
async def test_a_parameter_that_cannot_be_read_is_named_with_the_remedy(
    client: httpx.AsyncClient, parameters: dict[str, str], field: str
) -> None:
    answer = await client.get("/v1/articles", params=parameters)
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == [field]
    assert answer.json()["detail"].startswith(f"{field}: ")


async def test_a_span_that_ends_before_it_begins_is_refused(client: httpx.AsyncClient) -> None:
    answer = await client.get("/v1/articles", params={"from": "2026-03-03", "to": "2026-03-01"})
    assert answer.status_code == 422
    assert "ends before it begins" in answer.json()["detail"]


async def test_a_query_that_cannot_be_read_says_at_which_position(client: httpx.AsyncClient) -> None:
    answer = await client.get("/v1/articles", params={"q": "convoy (harbour"})
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["position"] == 7


async def test_the_versions_of_an_article_can_be_read_one_by_one(
    client: httpx.AsyncClient, keep: Callable[..., ArticleEnriched]
) -> None:
    first = keep(1)
    later = keep(1, "The pilot took it back.", fetched_at=first.fetched_at + timedelta(hours=5))
    base = f"/v1/articles/{first.article_id}"
    history = (await client.get(f"{base}/versions")).json()["items"]
    assert [(each["version"], each["content_hash"]) for each in history] == [
        (1, first.content_hash),
        (2, later.content_hash),
    ]
    assert (await client.get(f"{base}/versions/1")).json()["text"] == first.text
    assert (await client.get(base)).json()["text"] == later.text


async def test_what_is_not_there_is_404_and_says_what_was_asked_for(
    client: httpx.AsyncClient, keep: Callable[..., ArticleEnriched]
) -> None:
    known = keep(1).article_id
    for path in ("/v1/articles/0", f"/v1/articles/{'0' * 32}/versions", f"/v1/articles/{known}/versions/2"):
        answer = await client.get(path)
        assert answer.status_code == 404
        assert answer.json()["detail"].startswith(("there is no article", f"article {known!r} has no version 2"))


async def test_a_withdrawn_article_is_still_answered_and_says_since_when_and_why(
    client: httpx.AsyncClient, keep: Callable[..., ArticleEnriched], store: MemoryStore
) -> None:
    event = keep(1)
    at = event.fetched_at + timedelta(days=1)
    gone = PageGone(
        page_id=event.page_id, url=event.url, status=410, fetched_at=at, reason="gone", source_id=None, origin="live"
    )
    store.apply([Change(gone)])
    of_its_own = (await client.get(f"/v1/articles/{event.article_id}")).json()
    for answer in (of_its_own, (await found(client))["items"][0]):
        assert (answer["withdrawn_at"], answer["withdrawn_reason"]) == ("2026-03-03T07:00:00Z", "gone")


async def test_asking_again_for_what_has_not_changed_is_answered_without_a_body(
    client: httpx.AsyncClient, keep: Callable[..., ArticleEnriched]
) -> None:
    path = f"/v1/articles/{keep(1).article_id}"
    etag = (await client.get(path)).headers["etag"]
    again = await client.get(path, headers={"if-none-match": f'"other", W/{etag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", etag)
    keep(1, "Another text.", fetched_at=datetime(2026, 4, 1, tzinfo=UTC))
    assert (await client.get(path, headers={"if-none-match": etag})).status_code == 200


async def test_head_answers_as_get_without_a_body(
    client: httpx.AsyncClient, keep: Callable[..., ArticleEnriched]
) -> None:
    keep(1)
    for path in ("/v1/articles", "/v1/articles.jsonl", "/v1/articles.csv", "/v1/articles.atom", "/healthz", "/docs"):
        get, head = await client.get(path), await client.head(path)
        assert (head.status_code, head.content) == (200, b"")
        assert head.headers["content-type"] == get.headers["content-type"]


async def test_the_export_gives_every_match_whole_a_line_each(
    client: httpx.AsyncClient, keep: Callable[..., ArticleEnriched], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("watchfloor_gateway.exports.LINES_AT_ONCE", 2)
    for number in range(1, 6):
        keep(number)
    answer = await client.get("/v1/articles.jsonl", params={"q": "harbour", "sort": "oldest"})
    assert answer.headers["content-type"].startswith("application/jsonl")
    lines = [httpx.Response(200, content=line).json() for line in answer.text.splitlines()]
    assert [line["title"] for line in lines] == [f"Harbour report {number}" for number in range(1, 6)]
    assert lines == (await found(client, q="harbour", sort="oldest"))["items"]


async def test_the_export_of_nothing_is_empty(client: httpx.AsyncClient) -> None:
    answer = await client.get("/v1/articles.jsonl", params={"q": "nowhere"})
    assert (answer.status_code, answer.content) == (200, b"")
