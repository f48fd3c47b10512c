"""A client that comes from far behind: a real gateway reads the real topic for it, up to what is new."""

import asyncio
from collections.abc import Iterator

import pytest
from fixtures.gateway_process import GatewayProcess
from fixtures.latest import latest
from fixtures.listeners import Heard, listen
from fixtures.system import free_ports
from fixtures.working import eventually, send_records

from watchfloor.events import ArticleLatest
from watchfloor.kafka.records import compose, visit_id
from watchfloor.settings import Settings
from watchfloor.topics import ARTICLES_LATEST

pytestmark = pytest.mark.integration
ARTICLES, RING, CLIENTS = 3000, 100, 12
START = "0:0,1:0,2:0,3:0,4:0,5:0"


@pytest.fixture
def gateway(kafka: Settings) -> Iterator[Settings]:
    """A gateway whose ring holds little of what the topic has."""
    settings = Settings(**{**kafka.model_dump(), "http_port": free_ports(1)[0], "stream_records": RING})
    settings.data.mkdir(parents=True)
    asyncio.run(publish(settings, [latest(number, 1) for number in range(ARTICLES)]))
    with GatewayProcess(settings):
        yield settings


async def publish(settings: Settings, articles: list[ArticleLatest]) -> None:
    records = [compose(each, ARTICLES_LATEST, "indexer", visit_id(each, str(each.version))) for each in articles]
    await send_records(settings, *records)


async def test_whoever_comes_from_the_beginning_hears_each_article_once_and_then_what_is_new(gateway: Settings) -> None:
    heard = [Heard(last_id=START) for _ in range(CLIENTS)]
    tasks = [asyncio.create_task(listen(gateway.http_port, each)) for each in heard]
    await publish(gateway, [latest(number, 2) for number in range(100)])
    expected = {f"{number:032x}": [1, 2] if number < 100 else [1] for number in range(ARTICLES)}

    async def complete() -> bool:
        return all(sum(map(len, each.told.values())) >= ARTICLES + 100 for each in heard)

    await eventually(complete, "all have heard all")
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    for each in heard:
        assert each.told == expected
        assert set(each.names) == {"article"}
