"""Where a person looks, an error is a page that says what happened, what holds and what can be done; elsewhere it is JSON."""

import httpx
import pytest
from fastapi import FastAPI

from watchfloor.errors import TryLater
from watchfloor_gateway.errors import MEDIA_TYPE

BROWSER = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


def failing(app: FastAPI, error: Exception) -> None:
    async def fails() -> None:
        raise error

    app.router.add_api_route("/live/fails", fails)
    app.router.routes.insert(0, app.router.routes.pop())


async def test_an_address_without_a_page_says_so_in_the_frame(client: httpx.AsyncClient) -> None:
    answer = await client.get("/nothing-of-ours", headers=BROWSER)
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/html")
    assert "There is nothing here" in answer.text
    assert 'id="screens"' in answer.text


async def test_a_method_that_is_not_taken_is_a_page_with_those_that_are(client: httpx.AsyncClient) -> None:
    answer = await client.delete("/keys")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET")
    assert "This cannot be asked so" in answer.text


@pytest.mark.parametrize("path", ["/v1/nothing", "/docs/nothing", "/metrics/x", "/static/x/none.js", "/healthz/x"])
async def test_programs_get_json_whatever_they_accept(client: httpx.AsyncClient, path: str) -> None:
    assert (await client.get(path, headers=BROWSER)).headers["content-type"] == MEDIA_TYPE


async def test_who_does_not_ask_for_html_outside_of_the_screens_gets_json(client: httpx.AsyncClient) -> None:
    assert (await client.get("/nothing")).headers["content-type"] == MEDIA_TYPE


async def test_an_unforeseen_error_is_a_page_that_tells_nothing_of_the_inside(
    app: FastAPI, client: httpx.AsyncClient
) -> None:
    failing(app, ZeroDivisionError("a secret of the inside"))
    answer = await client.get("/live/fails")
    assert (answer.status_code, answer.headers["cache-control"]) == (500, "no-store")
    assert "Watchfloor failed at this" in answer.text
    assert "secret of the inside" not in answer.text


async def test_a_store_that_is_away_is_told_beside_what_was_read_before(
    app: FastAPI, client: httpx.AsyncClient
) -> None:
    failing(app, TryLater("is locked", subject="store", remedy="wait"))
    answer = await client.get("/live/fails?q=%22port%22", headers={"hx-request": "true"})
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    assert answer.headers["hx-reselect"] == "#problem"
    assert answer.headers["hx-push-url"] == "false"
    assert '<a href="/live/fails?q=%22port%22">Try again</a>' in answer.text
    assert 'id="screens"' not in answer.text


async def test_where_a_search_has_no_answer_its_query_can_still_be_changed(
    app: FastAPI, client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> None:
        raise TryLater("is locked", subject="store", remedy="wait")

    monkeypatch.setattr(app.state.parts.store, "search", away)
    answer = await client.get("/search?q=%22port%22+-%3Cb%3E", headers=BROWSER)
    assert answer.status_code == 503
    assert 'name="q"' in answer.text
    assert 'value="&#34;port&#34; -&lt;b&gt;"' in answer.text
    assert 'name="q"' not in (await client.get("/articles/none", headers=BROWSER)).text


async def test_a_problem_with_a_page_s_name_in_it_is_text(client: httpx.AsyncClient) -> None:
    answer = await client.get("/<script>alert(1)</script>", headers=BROWSER)
    assert "<script>alert" not in answer.text


async def test_a_host_of_another_name_learns_nothing_of_the_watch(client: httpx.AsyncClient) -> None:
    answer = await client.get("/search", headers={**BROWSER, "host": "evil.example"})
    assert (answer.status_code, answer.headers["content-type"]) == (421, MEDIA_TYPE)


async def test_head_has_the_headers_of_the_page_and_no_body(client: httpx.AsyncClient) -> None:
    answer = await client.head("/nothing", headers=BROWSER)
    assert (answer.status_code, answer.content) == (404, b"")
