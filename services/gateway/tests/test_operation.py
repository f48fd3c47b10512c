"""What an operator and a reader of the docs may rely on."""

import re
from collections.abc import Callable

import httpx
from prometheus_client.parser import text_string_to_metric_families

from watchfloor.events import ArticleEnriched
from watchfloor.settings import Settings
from watchfloor_gateway.serving import address


async def counted(client: httpx.AsyncClient, **labels: str) -> float:
    text = (await client.get("/metrics")).text
    samples = (sample for family in text_string_to_metric_families(text) for sample in family.samples)
    return sum(s.value for s in samples if s.name == "watchfloor_http_requests_total" and s.labels == labels)


async def test_the_process_lives_whatever_it_depends_on(client: httpx.AsyncClient) -> None:
    assert (await client.get("/healthz")).json() == {"status": "alive"}


async def test_readiness_names_what_is_away_and_why(client: httpx.AsyncClient) -> None:
    answer = await client.get("/readyz")
    assert answer.status_code == 503
    assert "broker: 127.0.0.1:1: the Kafka broker does not answer" in answer.json()["detail"]
    assert "store" not in answer.json()["detail"]


async def test_requests_are_counted_by_the_template_of_their_route(
    client: httpx.AsyncClient, keep: Callable[..., ArticleEnriched]
) -> None:
    labels = {"method": "HEAD", "route": "/v1/articles/{article_id}", "status": "200"}
    before = await counted(client, **labels)
    await client.head(f"/v1/articles/{keep(1).article_id}")
    assert await counted(client, **labels) == before + 1


async def test_invented_paths_make_no_labels_of_their_own(client: httpx.AsyncClient) -> None:
    labels = {"method": "OTHER", "route": "none", "status": "404"}
    before = await counted(client, **labels)
    await client.request("INVENTED", "/invented")
    assert await counted(client, **labels) == before + 1


async def test_the_docs_name_every_operation_and_load_nothing_from_elsewhere(client: httpx.AsyncClient) -> None:
    text = (await client.get("/docs")).text
    for path in (await client.get("/openapi.json")).json()["paths"]:
        assert f"{path}</code></h2>" in text
    assert "<script" not in text
    assert set(re.findall(r'(?:src|href|action)="([^"#]+)"', text)) == {
        "/docs.css", "/openapi.json", "/v1/articles", "/v1/articles.jsonl", "/v1/articles.csv", "/v1/articles.atom",
        "/v1/stream", "/v1/sources", "/v1/explain", "/healthz", "/readyz", "/metrics",
    }  # fmt: skip
    assert (await client.get("/docs.css")).headers["content-type"].startswith("text/css")


async def test_every_link_of_the_docs_leads_to_something(client: httpx.AsyncClient) -> None:
    text = (await client.get("/docs")).text
    ids = re.findall(r'id="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', text)) <= set(ids)


def test_the_address_can_be_opened_where_the_gateway_listens_everywhere() -> None:
    assert address(Settings(http_host="0.0.0.0", http_port=9000)) == "http://127.0.0.1:9000"
    assert address(Settings(http_host="::1", http_port=9000)) == "http://[::1]:9000"
