"""300 clients of one stream, while the gateway is killed and the broker is started again."""

import asyncio
import contextlib
import random
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from fixtures.gateway_process import GatewayProcess
from fixtures.latest import BEGINNING, latest
from fixtures.listeners import Heard, SlowListener, listen
from fixtures.system import free_ports

from watchfloor.errors import TryLater
from watchfloor.events import ArticleLatest, ArticleWithdrawn
from watchfloor.kafka import admin
from watchfloor.kafka.records import compose, following_id
from watchfloor.kafka.sender import Sender
from watchfloor.settings import Settings
from watchfloor.topics import ARTICLES_LATEST
from watchfloor_local.broker import EmbeddedBroker

pytestmark = pytest.mark.faults
QUICK, SLOW, SEED = 280, 20, 20260301
ARTICLES, RING, PAUSE_SECONDS = 90, 60, 0.04
GROWTH_MB = 40
PATIENCE_SECONDS = 60.0
SENTENCES = 50
"""Of an article: so many that what a client does not read is soon more than the sockets hold."""
Event = ArticleLatest | ArticleWithdrawn


class Indexer:
    """Publishes versions and withdrawals in an order drawn from a seed; knows what the latest of each article is."""

    def __init__(self, settings: Settings) -> None:
        self._sender = Sender(settings)
        self._draw = random.Random(SEED)  # noqa: S311 - to be repeatable
        self._lately: list[Event] = []
        self.states: dict[str, list[int]] = {}
        """Of each article every version, in order; 0 where it was withdrawn."""

    async def publish(self, records: int) -> None:
        """So many new things, one after the other, with pauses."""
        for _ in range(records):
            event = self._next()
            await self._send(event)
            version = event.version if isinstance(event, ArticleLatest) else 0
            self.states.setdefault(event.article_id, []).append(version)
            self._lately.append(event)
            await asyncio.sleep(PAUSE_SECONDS)

    async def say_again(self, records: int) -> None:
        """What an indexer does that was killed: what it had not acknowledged it says again, each by its latest word."""
        lately = self._lately[-records:]
        words = {event.article_id: event for event in lately}
        for event in lately:
            await self._send(words[event.article_id])

    async def stop(self) -> None:
        """Disconnect."""
        await self._sender.stop()

    def _next(self) -> Event:
        number = self._draw.randrange(ARTICLES)
        states = self.states.get(f"{number:032x}", [])
        if states and states[-1] and self._draw.random() < 0.1:
            at = BEGINNING + timedelta(hours=max(states), minutes=30)
            return ArticleWithdrawn(article_id=f"{number:032x}", fetched_at=at, reason="http_410")
        return latest(number, max(states, default=0) + 1, sentences=SENTENCES)

    async def _send(self, event: Event) -> None:
        """Until the broker has it: an event that was sent in vain may come twice."""
        version = event.version if isinstance(event, ArticleLatest) else "gone"
        record = compose(event, ARTICLES_LATEST, "indexer", following_id(f"{event.article_id}:{version}", "indexer", 0))
        async with asyncio.timeout(PATIENCE_SECONDS):
            while True:
                try:
                    await self._sender.start()
                    await self._sender.publish(record, ARTICLES_LATEST)
                except TryLater:
                    await asyncio.sleep(0.3)
                else:
                    return


@pytest.fixture
def own_broker(tmp_path: Path) -> Iterator[EmbeddedBroker]:
    settings = Settings()
    port, controller = free_ports(2)
    with EmbeddedBroker(tmp_path / "kafka", port, controller, settings.cache, settings.kafka_jars_url) as broker:
        yield broker


async def until(ask: Callable[[], bool], what: str) -> None:
    """Return once the answer is yes. Raises AssertionError, naming what was waited for."""
    deadline = asyncio.get_running_loop().time() + PATIENCE_SECONDS
    while not ask():
        assert asyncio.get_running_loop().time() < deadline, f"not within {PATIENCE_SECONDS:g} s: {what}"
        await asyncio.sleep(0.1)


@contextlib.asynccontextmanager
async def quick_ones(port: int) -> AsyncIterator[list[Heard]]:
    """Clients that read at once whatever comes."""
    heard = [Heard() for _ in range(QUICK)]
    tasks = [asyncio.create_task(listen(port, each)) for each in heard]
    try:
        yield heard
        assert not [task for task in tasks if task.done()]
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def behind(indexer: Indexer, client: Heard) -> dict[str, list[int]]:
    """What a client has not heard the latest of, and what it has heard of it."""
    told = {article_id: client.told.get(article_id, []) for article_id in indexer.states}
    return {key: told[key] for key, states in indexer.states.items() if told[key][-1:] != states[-1:]}


async def all_heard(indexer: Indexer, heard: list[Heard]) -> None:
    """Wait until every client has heard the latest of each article."""
    try:
        await until(
            lambda: not any(behind(indexer, each) for each in heard), "all have heard the latest of each article"
        )
    except AssertionError:
        print([(behind(indexer, each), each) for each in heard if behind(indexer, each)][:1])
        raise


async def kill_the_gateway(gateway: GatewayProcess, indexer: Indexer, heard: list[Heard]) -> None:
    """While articles come; meanwhile the indexer says some of them again."""
    await indexer.publish(60)
    publishing = asyncio.create_task(indexer.publish(40))
    await asyncio.sleep(0.5)
    gateway.kill()
    await publishing
    await indexer.say_again(70)
    await asyncio.to_thread(gateway.start)
    await until(lambda: all(each.connections > 1 for each in heard), "all are back")
    await indexer.publish(40)
    await all_heard(indexer, heard)


async def start_the_broker_again(broker: EmbeddedBroker, indexer: Indexer, heard: list[Heard]) -> None:
    """While articles come, and once more says the indexer some of them again."""
    publishing = asyncio.create_task(indexer.publish(80))
    await asyncio.sleep(0.5)
    broker.kill()
    await asyncio.to_thread(broker.start)
    await publishing
    await indexer.say_again(50)
    await indexer.publish(120)
    await all_heard(indexer, heard)


@contextlib.asynccontextmanager
async def slow_ones(port: int) -> AsyncIterator[list[SlowListener]]:
    """Clients that have asked, and do not read."""
    slow = [SlowListener(port) for _ in range(SLOW)]
    try:
        await asyncio.gather(*(each.ask() for each in slow))
        yield slow
    finally:
        for each in slow:
            each.close()


async def told_of_their_gap(slow: list[SlowListener]) -> None:
    """Let them read at last."""
    reading = [asyncio.create_task(each.read()) for each in slow]
    await until(lambda: all(each.heard.names["gap"] for each in slow), "every slow client is told of its gap")
    for task in reading:
        task.cancel()
    await asyncio.gather(*reading, return_exceptions=True)


@pytest.mark.timeout(300)
async def test_no_client_misses_or_doubles_a_version_and_slow_ones_slow_nobody(
    own_broker: EmbeddedBroker, tmp_path: Path
) -> None:
    port = free_ports(1)[0]
    settings = Settings(broker=own_broker.bootstrap, data_folder=tmp_path, http_port=port, stream_records=RING)
    await admin.create_topics(settings)
    with GatewayProcess(settings) as gateway:
        indexer = Indexer(settings)
        async with quick_ones(port) as heard:
            await until(lambda: all(each.last_id for each in heard), "all are connected and know their place")
            await kill_the_gateway(gateway, indexer, heard)
            async with slow_ones(port) as slow:
                await indexer.publish(40)
                before = gateway.memory_mb()
                await start_the_broker_again(own_broker, indexer, heard)
                after = gateway.memory_mb()
                await told_of_their_gap(slow)
            await asyncio.to_thread(gateway.stop)
        await indexer.stop()
    print(f"memory {before:.0f} MB, then {after:.0f} MB")
    for each in heard:
        assert each.told == indexer.states
        assert set(each.names) == {"article", "withdrawn"}
    assert after - before < GROWTH_MB
