"""A worker is killed while it has events in flight: nothing is lost, and what comes twice is the same record."""

import asyncio
import os
import random
import signal
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from fixtures.pass_through import MILLISECONDS, gone
from fixtures.working import committed_of, eventually, finished, on_topic, send, size_of

from watchfloor.kafka.records import read
from watchfloor.settings import Settings
from watchfloor.topics import ARTICLES_PARSED

pytestmark = pytest.mark.faults
KILLS = 5
EVENTS = 8000
TESTS = Path(__file__).parents[1]


@contextmanager
def worker(kafka: Settings, milliseconds: int, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The pass-through stage in a process of its own."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(TESTS),
        "WATCHFLOOR_BROKER": kafka.broker,
        "WATCHFLOOR_DATA_FOLDER": str(kafka.data),
        MILLISECONDS: str(milliseconds),
    }
    with log.open("ab") as output:
        process = subprocess.Popen([sys.executable, "-m", "fixtures.pass_through"], env=environment, stderr=output)
    try:
        yield process
    finally:
        process.kill()
        process.wait(30)


async def test_a_worker_killed_five_times_with_events_in_flight_loses_none(kafka: Settings, tmp_path: Path) -> None:
    chance = random.Random(20260301)  # noqa: S311 - a seeded moment, no secret
    events = [gone(f"https://harbour.example/{number % 1000}", number) for number in range(EVENTS)]
    await send(kafka, *events)
    for _ in range(KILLS):
        with worker(kafka, 200, tmp_path / "worker.log") as process:
            before = await size_of(kafka, ARTICLES_PARSED)
            wanted = before + chance.randint(20, 200)

            async def it_is_at_work(wanted: int = wanted) -> bool:
                assert process.poll() is None, (tmp_path / "worker.log").read_text()[-2000:]
                return await size_of(kafka, ARTICLES_PARSED) >= wanted

            await eventually(it_is_at_work, f"{wanted} events came out")
            await asyncio.sleep(chance.uniform(0, 0.2))
            process.send_signal(signal.SIGKILL)
            process.wait(30)
            out, acknowledged = (
                await size_of(kafka, ARTICLES_PARSED),
                sum((await committed_of(kafka, "parser")).values()),
            )
            print(f"killed with {EVENTS - acknowledged} unacknowledged; {out} came out")
            assert acknowledged < EVENTS, "the kill must meet events in flight"
    with worker(kafka, 0, tmp_path / "worker.log") as process:
        await finished(kafka)
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0

    records = await on_topic(kafka, ARTICLES_PARSED)
    print(f"{len(records)} records of {EVENTS} events")
    by_id = {record.ce_id: (record.key, record.value, record.headers) for record in records}
    assert len(by_id) == EVENTS, "each event came through"
    assert {(record.key, record.value, record.headers) for record in records} == set(by_id.values()), (
        "repeats are equal"
    )
    latest: dict[bytes | None, object] = {}
    expected: defaultdict[str, list[object]] = defaultdict(list)
    for record in records:
        latest[record.key] = read(record, ARTICLES_PARSED).time
    for event in events:
        expected[event.key].append(event.time)
    assert {key.decode(): at for key, at in latest.items() if key} == {key: at[-1] for key, at in expected.items()}
