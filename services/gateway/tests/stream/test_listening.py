"""One client's way: each event once and in order, whatever it missed; told of what it cannot have."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from pathlib import Path

import pytest

from watchfloor.errors import TryLater
from watchfloor.events import ArticleLatest, ArticleWithdrawn
from watchfloor.kafka.tail import START, Bounds, Position, Tailed
from watchfloor.query import parse_query
from watchfloor.settings import Settings
from watchfloor_gateway.stream import listener
from watchfloor_gateway.stream.catch_up import Pages
from watchfloor_gateway.stream.hub import Hub
from watchfloor_gateway.stream.listener import Listener, Wanted

from .invented import Told, Topic, events, last_id, latest, withdrawn

ALL = parse_query("")
PATIENCE_SECONDS = 60.0


class Watched:
    """A hub over a topic in memory, whose past can be read again as the broker's can."""

    def __init__(self, folder: Path, topic: Topic | None = None, **settings: int) -> None:
        self.topic = topic or Topic()
        self.hub = Hub(Settings(data_folder=folder, **settings))  # type: ignore[arg-type]
        self.hub.pages = Pages(self._between, self._bounds, self.hub._news_of_old)
        self.first = START
        self.readings = self.most_readings = self.pages = 0
        self.away = False

    async def _between(self, start: Position, end: Position) -> AsyncGenerator[Tailed, None]:
        self.readings, self.pages = self.readings + 1, self.pages + 1
        self.most_readings = max(self.readings, self.most_readings)
        position = start
        try:
            for partition in range(6):
                for record in self.topic.records:
                    if (
                        record.partition == partition
                        and start.offsets[partition] <= record.offset < end.offsets[partition]
                    ):
                        position = Position({**position.offsets, partition: record.offset + 1})
                        yield Tailed(
                            record.event, position, record.traceparent, partition, record.offset, record.recorded_at
                        )
                        await asyncio.sleep(0)
        finally:
            self.readings -= 1

    async def _bounds(self) -> Bounds:
        if self.away:
            raise TryLater("is away", subject="the broker")
        return Bounds(self.first, self.topic.position)

    def begin(self, at: Position | None = None) -> None:
        """The hub begins here, else at the topic's end."""
        self.hub.begin(at or self.topic.position, at or self.topic.position)

    async def put(self, *events: ArticleLatest | ArticleWithdrawn) -> None:
        """New records, as the hub reads them."""
        for event in events:
            await self.hub.take(self.topic.put(event))

    async def connect(self, since: str | None = None, query: str = "") -> "Client":
        """A client that has found its place; it hears until it hangs up."""
        client = Client(self.hub, Wanted(parse_query(query), "whole", Position.parse(since) if since else None))
        await until(lambda: client.place is not None)
        return client

    async def heard(self, since: str | None, query: str = "", most: int = 10**6) -> bytes:
        """What a client is sent until it has heard all that there is, or so many bytes."""
        client = await self.connect(since, query)
        return await client.all(self, most)


class Client:
    """A client, and what it was sent."""

    def __init__(self, hub: Hub, wanted: Wanted) -> None:
        self.content = b""
        self._listener = Listener(hub, wanted)
        self._hearing = asyncio.create_task(self._hear())

    async def _hear(self) -> None:
        async for piece in self._listener.pieces():
            self.content += piece

    @property
    def place(self) -> Position | None:
        """Where it stands; None before it has arrived."""
        return self._listener._place if self._listener._life else None

    async def all(self, watched: Watched, most: int = 10**6) -> bytes:
        """Hang up once it has heard all that there is, or so many bytes."""
        goal = watched.topic.position
        await until(lambda: len(self.content) >= most or (self.place is not None and self.place.covers(goal)))
        for _ in range(5):
            await asyncio.sleep(0)
        self._hearing.cancel()
        return self.content

    async def end(self) -> bytes:
        """Hear to the end."""
        await asyncio.wait_for(self._hearing, PATIENCE_SECONDS)
        return self.content


async def until(ask: Callable[[], bool]) -> None:
    deadline = asyncio.get_running_loop().time() + PATIENCE_SECONDS
    while not ask():
        assert asyncio.get_running_loop().time() < deadline
        await asyncio.sleep(0.002)


def told(content: bytes) -> list[tuple[int, int]]:
    """Number and version of each article, in order."""
    return [
        (int(each.data["article_id"], 16), each.data["version"]) for each in events(content) if each.name == "article"
    ]


def gaps(content: bytes) -> list[Told]:
    return [each for each in events(content) if each.name == "gap"]


async def test_without_a_place_a_client_hears_what_comes_from_now_on(tmp_path: Path) -> None:
    watched = Watched(tmp_path)
    watched.begin()
    await watched.put(latest(1), latest(2))
    client = await watched.connect()
    await watched.put(latest(3), latest(3), withdrawn(1))
    content = await client.all(watched)
    assert told(content) == [(3, 1)]
    assert events(content)[-1].name == "withdrawn"
    assert events(content)[-1].id == str(watched.topic.position)
    assert content.startswith(b"retry: ")


async def test_whoever_comes_back_goes_on_exactly_where_it_was(tmp_path: Path) -> None:
    watched = Watched(tmp_path)
    watched.begin()
    await watched.put(*(latest(number) for number in range(50)))
    whole = await watched.heard(str(START))
    assert told(whole) == [(number, 1) for number in range(50)]
    for cut in (0, 7, 49):
        assert told(await watched.heard(events(whole)[cut].id)) == [(number, 1) for number in range(cut + 1, 50)]


async def test_after_a_restart_of_the_gateway_what_lies_before_its_ring_is_read_from_the_topic(tmp_path: Path) -> None:
    """A hub that reads the partitions in another order must still give each event once."""
    watched = Watched(tmp_path)
    watched.begin()
    await watched.put(*(latest(number) for number in range(40)))
    place = events(await watched.heard(str(START)))[9].id
    again = Watched(tmp_path, watched.topic)
    ends = {number: at - number % 3 for number, at in watched.topic.position.offsets.items()}
    again.hub.begin(Position(ends), watched.topic.position)
    position = Position(ends)
    for record in sorted(watched.topic.records, key=lambda each: (-each.partition, each.offset)):
        if record.offset >= ends[record.partition]:
            position = Position({**position.offsets, record.partition: record.offset + 1})
            await again.hub.take(
                Tailed(record.event, position, "", record.partition, record.offset, record.recorded_at)
            )
    await again.put(latest(40))
    content = await again.heard(place)
    assert sorted(told(content)) == [(number, 1) for number in range(10, 41)]
    assert last_id(content) == str(watched.topic.position)


@pytest.mark.parametrize("cut", range(0, 60, 7))
async def test_a_client_that_is_cut_off_again_and_again_hears_each_version_once(tmp_path: Path, cut: int) -> None:
    """It is cut off after every few events, before the ring, at the seam and in it; the topic repeats itself."""
    watched = Watched(tmp_path, stream_records=20)
    watched.begin()
    for number in range(60):
        await watched.put(latest(number), *(latest(number - back) for back in (1, 4, 17) if number >= back))
    heard: list[tuple[int, int]] = []
    place = str(START)
    while part := await watched.heard(place, most=900 + 300 * cut):
        whole = part[: part.rindex(b"\n\n") + 2]
        heard += told(whole)
        if place == (place := last_id(whole)):
            break
    assert sorted(heard) == [(number, 1) for number in range(60)]


async def test_a_repeat_is_known_though_its_first_was_heard_before_the_connection_broke(tmp_path: Path) -> None:
    """The indexer was killed: what it had published before comes again, with new offsets, while nobody listened."""
    watched = Watched(tmp_path)
    for number in range(30):
        watched.topic.put(latest(number))
    place = str(watched.topic.position)
    for number in range(30):
        watched.topic.put(latest(number))
    watched.topic.put(latest(5, 2))
    watched.begin()
    assert told(await watched.heard(place)) == [(5, 2)]


async def test_a_client_that_falls_out_of_the_ring_is_told_of_the_gap_and_goes_on_after_it(tmp_path: Path) -> None:
    watched = Watched(tmp_path, stream_records=10)
    watched.begin()
    pieces = Listener(watched.hub, Wanted(ALL, "whole")).pieces()
    content = await anext(pieces) + await anext(pieces)
    await watched.put(*(latest(number) for number in range(5)))
    content += await anext(pieces)
    await watched.put(*(latest(number) for number in range(5, 100)))
    content += await anext(pieces) + await anext(pieces)
    (gap,) = gaps(content)
    assert gap.data == {"missed": 85, "from": events(content)[4].id, "to": gap.id}
    assert told(content) == [(number, 1) for number in (*range(5), *range(90, 100))]


async def test_what_the_topic_no_longer_has_is_a_gap(tmp_path: Path) -> None:
    watched = Watched(tmp_path)
    for number in range(24):
        watched.topic.put(latest(number))
    watched.first = Position(dict.fromkeys(range(6), 2))
    watched.begin()
    content = await watched.heard("0:1,1:0,2:0,3:0,4:0,5:4")
    (gap,) = gaps(content)
    assert gap.data == {"missed": 9, "from": "0:1,1:0,2:0,3:0,4:0,5:4", "to": "0:2,1:2,2:2,3:2,4:2,5:4"}
    assert sorted(told(content)) == [(number, 1) for number in range(12, 24) if number % 6 != 5]


async def test_a_place_that_the_topic_never_reached_is_another_topic_s(tmp_path: Path) -> None:
    watched = Watched(tmp_path)
    watched.topic.put(latest(1))
    watched.begin()
    content = await watched.heard(f"0:0,1:{10**30},2:0,3:0,4:0,5:0")
    assert gaps(content)[0].data["missed"] is None
    assert last_id(content) == str(watched.topic.position)


async def test_a_topic_that_was_made_anew_is_told_as_a_gap(tmp_path: Path) -> None:
    watched = Watched(tmp_path)
    watched.begin(Position(dict.fromkeys(range(6), 90)))
    client = await watched.connect()
    watched.begin(START)
    await watched.put(latest(1))
    await until(lambda: b"event: article" in client.content)
    content = client.content
    assert [each.name for each in events(content)] == ["gap", "article"]
    assert last_id(content) == str(watched.topic.position)


async def test_a_query_finds_what_it_finds_in_a_search_and_everybody_hears_of_what_was_withdrawn(
    tmp_path: Path,
) -> None:
    watched = Watched(tmp_path)
    watched.begin()
    await watched.put(*(latest(number, title=f"{'Convoy' if number % 2 else 'Quay'} {number}") for number in range(8)))
    await watched.put(withdrawn(2))
    content = await watched.heard(str(START), "convoy")
    assert told(content) == [(1, 1), (3, 1), (5, 1), (7, 1)]
    assert events(content)[-1].data == {"article_id": f"{2:032x}", "withdrawn_at": "2026-03-02T18:00:00Z"}


async def test_clients_that_come_from_far_behind_share_few_readings(tmp_path: Path) -> None:
    watched = Watched(tmp_path)
    for number in range(3600):
        watched.topic.put(latest(number))
    watched.begin()
    places = [",".join(f"{partition}:{520 + client // 10}" for partition in range(6)) for client in range(40)]
    answers = await asyncio.gather(*(watched.heard(place) for place in places))
    for client, content in enumerate(answers):
        assert sorted(told(content)) == [(number, 1) for number in range(6 * (520 + client // 10), 3600)]
    assert watched.most_readings <= 4
    assert watched.pages <= 4


async def test_it_waits_for_a_broker_that_is_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listener, "RETRY_SECONDS", 0.05)
    watched = Watched(tmp_path)
    for number in range(6):
        watched.topic.put(latest(number))
    watched.away = True
    watched.begin()
    hearing = asyncio.create_task(watched.heard(str(START)))
    await asyncio.sleep(0.2)
    watched.away = False
    assert sorted(told(await hearing)) == [(number, 1) for number in range(6)]


async def test_a_silence_is_broken_by_a_comment_and_the_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where much comes that a client does not want: its place moves on with it."""
    monkeypatch.setattr(listener, "HEARTBEAT_SECONDS", 0.1)
    watched = Watched(tmp_path)
    watched.begin()
    client = await watched.connect(query="submarine")
    for number in range(40):
        await watched.put(latest(number))
        await asyncio.sleep(0.01)
    await until(lambda: client.content.count(b": still here") > 1)
    content = client.content
    assert b": still here\nid: " in content
    assert not events(content)
    assert last_id(content) != str(START)


async def test_the_page_hears_each_silence_as_an_event_that_a_script_is_told_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listener, "HEARTBEAT_SECONDS", 0.05)
    watched = Watched(tmp_path)
    waiting = Listener(watched.hub, Wanted(ALL, "small")).pieces()
    content = await anext(waiting) + await anext(waiting)
    watched.begin()
    content += b"".join([await anext(waiting) for _ in range(2)])
    assert {(each.name, each.id) for each in events(content)} == {("beat", None), ("beat", str(START))}
    assert b": still here" not in content


async def test_every_client_is_let_go_when_the_hub_closes(tmp_path: Path) -> None:
    watched = Watched(tmp_path)
    watched.begin()
    clients = [
        await watched.connect(),
        await watched.connect(query="convoy"),
        Client(watched.hub, Wanted(ALL, "small")),
    ]
    watched.hub.close()
    for client in clients:
        assert await client.end()
