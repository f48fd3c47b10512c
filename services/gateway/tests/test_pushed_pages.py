"""What becomes of a page that somebody hands over."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import httpx
import pytest

from watchfloor.errors import InvalidAddress
from watchfloor.events import PageRequested
from watchfloor.identity import page_id
from watchfloor_gateway.bodies import parse
from watchfloor_gateway.errors import Refusal
from watchfloor_gateway.pushed_pages import PushedPage, fetched, requested

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
URL = "https://tidewatch.example/1-harbour"
JSON = {"content-type": "application/json"}
HTML = '<meta charset="koi8-r"><p>Порт “Ⓐ” '


async def refused(client: httpx.AsyncClient, body: object, status: int = 422) -> dict[str, Any]:
    answer = await client.post("/v1/pages", content=json.dumps(body), headers=JSON)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    return cast("dict[str, Any]", answer.json())


def test_the_page_is_kept_as_utf_8_whatever_its_meta_says() -> None:
    event, _ = fetched(PushedPage(url=URL, html=HTML), NOW)
    assert event.content() == HTML.encode()
    assert event.content_type == "text/html; charset=utf-8"
    assert (event.origin, event.status, event.source_id) == ("pushed", 200, None)


def test_the_address_is_canonicalised_before_it_gives_the_id() -> None:
    event, _ = fetched(PushedPage(url="HTTPS://TIDEWATCH.example:443/1-harbour?utm_source=x#top", html=HTML), NOW)
    assert (event.url, event.page_id) == (URL, page_id(URL))


def test_without_a_time_it_was_fetched_now() -> None:
    assert fetched(PushedPage(url=URL, html=HTML), NOW)[0].fetched_at == NOW


def test_the_same_page_at_the_same_time_is_the_same_visit_and_any_other_is_not() -> None:
    def visit(**fields: object) -> str:
        return fetched(PushedPage.model_validate({"url": URL, "html": HTML, **fields}), NOW)[1]

    assert visit() == visit() == visit(fetched_at="2026-03-02T14:00:00+02:00")
    assert len({visit(), visit(html=HTML + " "), visit(fetched_at="2026-03-02T11:59:59Z")}) == 3


def test_a_time_later_than_now_is_refused() -> None:
    page = PushedPage.model_validate({"url": URL, "html": HTML, "fetched_at": "2026-03-02T12:00:00Z"})
    assert fetched(page, NOW)[0].fetched_at == NOW
    with pytest.raises(Refusal):
        fetched(page, NOW - timedelta(microseconds=1))


def test_a_page_without_html_is_asked_for_by_its_canonical_address_each_time_anew() -> None:
    page = PushedPage(url="HTTPS://TIDEWATCH.example:443/1-harbour?utm_source=x#top")
    event, visit = requested(page, NOW)
    assert event == PageRequested(page_id=page_id(URL), url=URL, requested_at=NOW)
    assert (visit, requested(page, NOW + timedelta(seconds=1))[1]) == ("2026-03-02T12:00:00Z", "2026-03-02T12:00:01Z")


def test_an_address_that_no_page_can_have_is_refused() -> None:
    with pytest.raises(InvalidAddress):
        fetched(PushedPage(url="ftp://tidewatch.example/1", html=HTML), NOW)


@pytest.mark.parametrize(
    ("body", "field", "says"),
    [
        ({"url": "ftp://tidewatch.example/1"}, "url", "http or https"),
        ({"url": URL, "fetched_at": "2026-01-01T00:00:00Z"}, "fetched_at", "add the html"),
        ({"url": URL, "html": None, "fetched_at": "2026-01-01T00:00:00Z"}, "fetched_at", "add the html"),
        ({"url": URL, "html": " \n"}, "html", "is empty"),
        ({"url": URL, "html": 7}, "html", "string"),
        ({"html": HTML}, "url", "required"),
        ({"url": "harbour", "html": HTML}, "url", "give an absolute address"),
        ({"url": "https://\ud800.example/", "html": HTML}, "url", "give an absolute address"),
        ({"url": "https://a.example/" + "x" * 9000, "html": HTML}, "url", "8192"),
        ({"url": URL, "html": HTML, "fetched_at": "2999-01-01T00:00:00Z"}, "fetched_at", "later than now"),
        ({"url": URL, "html": HTML, "fetched_at": "1815-06-18T11:30:00Z"}, "fetched_at", "before there was a web"),
        ({"url": URL, "html": HTML, "fetched_at": "0001-01-01T00:00:00+23:59"}, "fetched_at", "before there was a web"),
        ({"url": URL, "html": HTML, "fetched_at": "2026-01-01"}, "fetched_at", "a time with its zone"),
        ({"url": URL, "html": HTML, "fetched_at": "2026-01-01T00:00:00"}, "fetched_at", "timezone"),
        ({"url": URL, "html": HTML, "fetched_at": 1767225600}, "fetched_at", "a time with its zone"),
        ({"url": URL, "htm": HTML}, "htm", "there is no such input"),
        ([URL, HTML], "body", "object"),
        (7, "body", "object"),
    ],
)
async def test_a_page_that_cannot_be_taken_is_refused_by_the_name_of_the_field(
    client: httpx.AsyncClient, body: object, field: str, says: str
) -> None:
    problem = await refused(client, body)
    assert [error["field"] for error in problem["errors"]] == [field]
    assert says in problem["detail"]


def test_half_a_character_becomes_the_sign_for_an_unreadable_one() -> None:
    """JavaScript writes lone surrogates into JSON; UTF-8 has no place for them."""
    assert parse(b'{"html": "a\\ud83d b\\ud83d\\ude00"}') == {"html": "a\ufffd b\U0001f600"}


async def test_a_refusal_does_not_repeat_a_large_input(client: httpx.AsyncClient) -> None:
    assert len(json.dumps(await refused(client, {"url": URL, "html": ["x" * 500_000]}))) < 1000


@pytest.mark.parametrize(
    "content_type", [None, "text/plain", "application/x-www-form-urlencoded", "application/json; charset=koi8-r"]
)
async def test_a_body_that_is_not_declared_as_json_is_refused(
    client: httpx.AsyncClient, content_type: str | None
) -> None:
    headers = {"content-type": content_type} if content_type else {}
    answer = await client.post("/v1/pages", content=b"{}", headers=headers)
    assert answer.status_code == 415
    assert "application/json" in answer.json()["detail"]


@pytest.mark.parametrize(
    "content", [b"", b"{", b"\xff\xfe", b"[" * 100_000, b'{"url": NaN}', b"1" * 5000, b'{"a": "\n"}']
)
async def test_a_body_that_is_no_json_is_a_bad_request(client: httpx.AsyncClient, content: bytes) -> None:
    answer = await client.post(
        "/v1/pages", content=content, headers={"content-type": "application/json; charset=UTF-8"}
    )
    assert answer.status_code == 400
    assert answer.json()["type"] == "urn:watchfloor:problem:not-json"


@pytest.mark.parametrize("chunks", [1, 3])
async def test_the_limit_holds_for_what_arrives_whatever_length_was_declared(
    client: httpx.AsyncClient, chunks: int
) -> None:
    async def stream() -> AsyncIterator[bytes]:
        for _ in range(chunks):
            yield b" " * (1024 * 1024 + 1)

    answer = await client.post("/v1/pages", content=stream(), headers=JSON)
    assert answer.status_code == 413
    assert "WATCHFLOOR_PAGE_MAX_MB" in answer.json()["detail"]


@pytest.mark.parametrize("body", [{"url": URL, "html": HTML}, {"url": URL}])
async def test_a_broker_that_is_away_is_said_so_with_the_time_to_come_again(
    client: httpx.AsyncClient, body: dict[str, str]
) -> None:
    problem = await refused(client, body, status=503)
    assert problem["type"] == "urn:watchfloor:problem:try-later"
    assert "Kafka broker does not answer" in problem["detail"]
