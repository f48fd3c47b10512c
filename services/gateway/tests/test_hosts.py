"""A page of another site, or a name that was bent to point here, gets nothing."""

import httpx
import pytest

from watchfloor.settings import Settings
from watchfloor_gateway.hosts import allowed_names, same_place, split_host


@pytest.mark.parametrize(
    "host",
    ["localhost:8470", "127.0.0.1", "[::1]:8470", "LOCALHOST", "localhost.", "watch.example", "newsroom.example:80"],
)
async def test_loopback_names_and_the_operators_are_answered(client: httpx.AsyncClient, host: str) -> None:
    assert (await client.get("/healthz", headers={"host": host})).status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "192.0.2.7:8470", "notlocalhost"])
async def test_any_other_name_is_misdirected_and_says_which_variable_allows_it(
    client: httpx.AsyncClient, host: str
) -> None:
    answer = await client.get("/healthz", headers={"host": host})
    assert answer.status_code == 421
    assert "WATCHFLOOR_HTTP_ALLOWED_HOSTS" in answer.json()["detail"]


@pytest.mark.parametrize(
    "host", ["", "a b", "user@localhost", "localhost:port", "[::1", "localhost/x", "localhost:99999"]
)
async def test_a_host_that_is_none_is_a_bad_request(client: httpx.AsyncClient, host: str) -> None:
    assert (await client.get("/healthz", headers={"host": host})).status_code == 400


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "http://localhost:3000", "https://localhost:8470.evil.example", "file://"]
)
async def test_a_page_of_another_origin_may_neither_read_nor_post(client: httpx.AsyncClient, origin: str) -> None:
    for method in ("GET", "POST"):
        answer = await client.request(method, "/v1/pages", headers={"origin": origin}, json={})
        assert answer.status_code == 403
        assert answer.headers["content-type"] == "application/problem+json"


async def test_a_form_of_another_site_is_refused_where_the_browser_sends_no_origin(client: httpx.AsyncClient) -> None:
    answer = await client.post("/v1/pages", headers={"sec-fetch-site": "cross-site"}, json={})
    assert answer.status_code == 403


async def test_our_own_pages_may_ask(client: httpx.AsyncClient) -> None:
    assert (await client.get("/healthz", headers={"origin": "http://localhost:8470"})).status_code == 200


async def test_every_answer_forbids_scripts_frames_and_other_sites(client: httpx.AsyncClient) -> None:
    for path in ("/docs", "/v1/articles", "/nothing"):
        headers = (await client.get(path)).headers
        assert headers["content-security-policy"].startswith("default-src 'none'; style-src 'self'")
        assert headers["x-content-type-options"] == "nosniff"
        assert "access-control-allow-origin" not in headers


def test_an_address_for_all_interfaces_is_no_name() -> None:
    assert allowed_names(Settings(http_host="0.0.0.0")) == {"localhost", "127.0.0.1", "::1"}
    assert "192.0.2.7" in allowed_names(Settings(http_host="192.0.2.7"))


def test_default_ports_are_the_same_place() -> None:
    assert same_place("https://watch.example", "watch.example:443")
    assert not same_place("http://watch.example", "watch.example:443")


def test_a_host_loses_the_dot_of_its_root() -> None:
    assert split_host("localhost.:80") == ("localhost", 80)
