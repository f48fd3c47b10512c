"""The hub's life: it waits for a broker that is away, goes on where it stood, and knows a topic that is another."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable
from pathlib import Path

import pytest

from watchfloor.errors import TryLater
from watchfloor.kafka.retry import Delays
from watchfloor.kafka.tail import START, Bounds, Position, Tailed
from watchfloor.settings import Settings
from watchfloor_gateway.stream import hub as hubs
from watchfloor_gateway.stream.catch_up import LOOK_BACK
from watchfloor_gateway.stream.hub import Hub

from .invented import Topic, latest

PATIENCE_SECONDS = 60.0


class Broker:
    """Has a topic, and is away at first; counts how often it was asked from where."""

    def __init__(self) -> None:
        self.topic = Topic()
        self.away = True
        self.asked = 0
        self.begun: list[Position] = []

    async def goes_away(self) -> None:
        """And is asked in vain."""
        asked, self.away = self.asked, True
        await until(lambda: self.asked > asked)

    async def bounds(self, _: Settings) -> Bounds:
        """What the topic has."""
        self.asked += 1
        if self.away:
            raise TryLater("does not answer", subject="the broker")
        return Bounds(START, self.topic.position)

    async def between(self, _: Settings, start: Position, end: Position) -> AsyncGenerator[Tailed, None]:
        """What lies in between."""
        for record in self.topic.records:
            if start.offsets[record.partition] <= record.offset < end.offsets[record.partition]:
                yield record

    async def tail(self, settings: Settings, start: Position) -> AsyncGenerator[Tailed, None]:
        """What comes, until the broker is away."""
        self.begun.append(start)
        while not self.away:
            topic = self.topic
            async for record in self.between(settings, start, topic.position):
                yield record
            start = start.join(topic.position)
            await asyncio.sleep(0.001)
        raise TryLater("broke off", subject="the broker")


@pytest.fixture
def broker(monkeypatch: pytest.MonkeyPatch) -> Broker:
    broker = Broker()
    for name in ("bounds", "between", "tail"):
        monkeypatch.setattr(hubs, name, getattr(broker, name))
    monkeypatch.setattr(hubs, "PAUSES", Delays(first=0.001, longest=0.002))
    return broker


@pytest.fixture
async def hub(broker: Broker, tmp_path: Path) -> AsyncGenerator[Hub, None]:
    hub = Hub(Settings(data_folder=tmp_path))
    running = asyncio.create_task(hub.run())
    yield hub
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def until(ask: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not ask():  # noqa: ASYNC110 - a test may look
            await asyncio.sleep(0.002)


async def test_it_waits_for_a_broker_that_is_away_and_says_so_once(
    broker: Broker, hub: Hub, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        await until(lambda: broker.asked > 5)
    said = [*caplog.get_records("setup"), *caplog.records]
    assert [record.getMessage() for record in said] == ["the stream waits: the broker: does not answer"]
    assert not hub.ready
    broker.away = False
    await until(lambda: hub.ready)


async def test_it_begins_a_way_back_and_learns_what_was_said_before_that(broker: Broker, hub: Hub) -> None:
    for number in range(6 * LOOK_BACK * 3):
        broker.topic.put(latest(number if number < 6 * LOOK_BACK * 2 else number - 6 * LOOK_BACK))
    broker.away = False
    await until(lambda: hub.ready)
    assert hub.ring.start == broker.topic.position.back(LOOK_BACK)
    assert hub.ring.next == hub.ring.first
    broker.topic.put(latest(1, 2))
    await until(lambda: hub.position == broker.topic.position)
    assert hub.ring.next == hub.ring.first + 1


async def test_it_goes_on_where_it_stood(broker: Broker, hub: Hub) -> None:
    broker.away = False
    await until(lambda: hub.ready)
    broker.topic.put(latest(1))
    await until(lambda: hub.position == broker.topic.position)
    stood = hub.position
    await broker.goes_away()
    broker.topic.put(latest(2))
    broker.away = False
    await until(lambda: hub.position == broker.topic.position)
    assert broker.begun == [START, stood]
    assert (hub.life, hub.ring.next - hub.ring.first) == (1, 2)


async def test_it_knows_a_topic_that_was_made_anew(broker: Broker, hub: Hub) -> None:
    broker.away = False
    await until(lambda: hub.ready)
    for number in range(30):
        broker.topic.put(latest(number))
    await until(lambda: hub.position == broker.topic.position)
    await broker.goes_away()
    broker.topic = Topic()
    broker.topic.put(latest(1))
    broker.away = False
    await until(lambda: hub.life == 2 and hub.ready)
    assert hub.position == broker.topic.position


async def test_what_was_withdrawn_long_ago_and_is_back_is_told_by_the_store_s_word(tmp_path: Path) -> None:
    asked: list[str] = []

    async def came_back(article: object) -> bool:
        asked.append(getattr(article, "article_id"))  # noqa: B009
        return asked[-1].endswith("2")

    hub, topic = Hub(Settings(data_folder=tmp_path), came_back=came_back), Topic()
    hub.begin(START, START)
    for number in (1, 2, 1, 2):
        await hub.take(topic.put(latest(number, refetched=5)))
    assert asked == [f"{1:032x}", f"{2:032x}"]
    assert [entry.offset for entry in hub.ring.since(0, 10)] == [0]
    assert hub.ring.since(0, 10)[0].partition == 2
