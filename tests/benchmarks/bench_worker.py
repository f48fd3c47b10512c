"""The worker's pass-through against a raw aiokafka loop with the same guarantee, both measured in one run.

    python tests/benchmarks/bench_worker.py [EVENTS] [ROUNDS]

The raw loop takes a batch, sends it with the same idempotent producer (acks=all), awaits every acknowledgement, and commits.
It neither decodes nor checks anything. The worker reads and validates each event, hands it to a stage, writes what the stage
gives with all its headers, keeps the order of keys, and counts. Each runs in a process of its own; the rounds alternate,
and the medians are compared. An event has 3 KB.
"""

import asyncio
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TESTS))

from fixtures.pass_through import gone  # noqa: E402
from fixtures.system import free_ports  # noqa: E402
from fixtures.working import fresh_topics, quick_settings, send, size_of  # noqa: E402

from watchfloor.events import PageGone  # noqa: E402
from watchfloor.settings import Settings  # noqa: E402
from watchfloor.topics import ARTICLES_PARSED, PAGES_FETCHED  # noqa: E402
from watchfloor_local.broker import EmbeddedBroker  # noqa: E402

GOAL = 0.45
BYTES = 3000
BATCH = 200


def event(number: int) -> PageGone:
    """An event of 3 KB."""
    return gone(f"https://harbour.example/{number}", number % 1000).model_copy(update={"reason": "x" * (BYTES - 300)})


async def raw(bootstrap: str, events: int) -> None:
    """Consume, produce, await, commit: the least that gives the guarantee."""
    from aiokafka import AIOKafkaConsumer, AIOKafkaProducer

    consumer = AIOKafkaConsumer(
        PAGES_FETCHED.name,
        bootstrap_servers=bootstrap,
        group_id="raw",
        enable_auto_commit=False,
        auto_offset_reset="earliest",
    )
    producer = AIOKafkaProducer(
        bootstrap_servers=bootstrap, acks="all", enable_idempotence=True, linger_ms=2, max_batch_size=256 * 1024
    )
    done, began = 0, 0.0
    async with consumer, producer:
        while done < events:
            found = await consumer.getmany(timeout_ms=1000, max_records=BATCH)
            began = began or (time.perf_counter() if found else 0.0)
            acknowledgements = [
                await producer.send(ARTICLES_PARSED.name, record.value, record.key, headers=list(record.headers))
                for records in found.values()
                for record in records
            ]
            await asyncio.gather(*acknowledgements)
            await consumer.commit()
            done += len(acknowledgements)
    print(done / (time.perf_counter() - began))


async def worker(bootstrap: str, events: int) -> None:
    """The same by the worker; the clock runs from the first event taken to the last acknowledged."""
    from fixtures.pass_through import build

    from watchfloor.kafka.worker import Worker

    with tempfile.TemporaryDirectory() as folder:
        running = Worker(build(0), quick_settings(bootstrap, Path(folder)))
        task = asyncio.create_task(running.run())
        began = 0.0
        while running.handled < events and not task.done():
            await asyncio.sleep(0.002)
            began = began or (time.perf_counter() if running.handled else 0.0)
        print(events / (time.perf_counter() - began))
        running.stop()
        await task


def measure(kind: str, bootstrap: str, events: int) -> float:
    """Events a second, in a process of its own, on fresh topics."""
    asyncio.run(_fill(bootstrap, events))
    command = [sys.executable, __file__, kind, bootstrap, str(events)]
    output = subprocess.run(command, check=True, capture_output=True, text=True, env=os.environ).stdout
    return float(output.split()[-1])


async def _fill(bootstrap: str, events: int) -> None:
    await fresh_topics(bootstrap)
    settings = Settings(broker=bootstrap)
    await send(settings, *map(event, range(events)))
    assert await size_of(settings, PAGES_FETCHED) == events


def main(events: int, rounds: int) -> None:
    """Measure both, and print the figures."""
    settings = Settings()
    port, controller_port = free_ports(2)
    with (
        tempfile.TemporaryDirectory() as folder,
        EmbeddedBroker(Path(folder), port, controller_port, settings.cache, settings.kafka_jars_url) as broker,
    ):
        found: dict[str, list[float]] = {"raw": [], "worker": []}
        for _ in range(rounds):
            for kind, rates in found.items():
                rates.append(measure(kind, broker.bootstrap, events))
    medians = {kind: statistics.median(rates) for kind, rates in found.items()}
    for kind, rates in found.items():
        print(f"{kind:7} {medians[kind]:8,.0f} events/s   (rounds: {', '.join(f'{rate:,.0f}' for rate in rates)})")
    print(f"ratio   {medians['worker'] / medians['raw']:8.2f}   (goal {GOAL})")


if __name__ == "__main__":
    if len(sys.argv) == 4:
        asyncio.run({"raw": raw, "worker": worker}[sys.argv[1]](sys.argv[2], int(sys.argv[3])))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000, int(sys.argv[2]) if len(sys.argv) > 2 else 3)
