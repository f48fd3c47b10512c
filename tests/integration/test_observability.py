"""What an operator sees of a service at work on a real broker: how far it is behind, whether it is ready, what it logs."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fixtures.pass_through import build, gone
from fixtures.system import free_ports
from fixtures.working import eventually, finished, quick_settings, running, send, send_records
from prometheus_client import REGISTRY
from prometheus_client.parser import text_string_to_metric_families

from watchfloor import metrics, status, tracing
from watchfloor.errors import TryLater
from watchfloor.events import Event, PageGone, PageRequested
from watchfloor.identity import page_id
from watchfloor.kafka import lag
from watchfloor.kafka.records import Outgoing
from watchfloor.kafka.source_worker import SourceWorker
from watchfloor.logs.entries import EVENTS, LIBRARY
from watchfloor.settings import Settings
from watchfloor.source import Source, Visit
from watchfloor.stage import Stage
from watchfloor.topics import PAGES_FETCHED, PAGES_REQUESTED
from watchfloor_local.broker import EmbeddedBroker

pytestmark = pytest.mark.integration


@pytest.fixture(autouse=True)
def looks_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lag, "LOOK_SECONDS", 0.2)


def gauge(name: str, stage: str = "parser") -> float | None:
    return REGISTRY.get_sample_value(name, {"stage": stage})


async def until_behind(records: int, stage: str = "parser") -> None:
    async def says_so() -> bool:
        return gauge("watchfloor_lag_records", stage) == records

    await eventually(says_so, f"{stage} says that it is {records} behind, not {gauge('watchfloor_lag_records', stage)}")


async def test_a_stage_tells_how_many_records_wait_and_for_how_long(kafka: Settings) -> None:
    go_on = asyncio.Event()

    async def handle(event: Event) -> AsyncIterator[Event]:
        await go_on.wait()
        yield event

    await send(kafka, *(gone(f"https://harbour.example/{number}", number) for number in range(10)))
    async with running(Stage("parser", (PageGone,), (PageGone,), handle), kafka):
        await until_behind(10)
        before = gauge("watchfloor_lag_seconds")
        await asyncio.sleep(1.5)
        after = gauge("watchfloor_lag_seconds")
        assert before is not None
        assert after is not None
        assert 0 <= before < after < 600
        go_on.set()
        await until_behind(0)
        assert gauge("watchfloor_lag_seconds") == 0


async def test_a_stage_that_has_taken_nothing_yet_is_as_far_as_its_group_has_come(kafka: Settings) -> None:
    await send(kafka, *(gone(f"https://harbour.example/{number}", number) for number in range(7)))
    async with running(build(0), kafka):
        await until_behind(0)
        await finished(kafka)
    metrics.LAG_RECORDS.labels("parser").set(99)
    async with running(build(0), kafka):
        await until_behind(0)


async def test_a_source_tells_how_far_it_is_behind_what_it_reads(kafka: Settings) -> None:
    go_on = asyncio.Event()

    async def receive(_: Event) -> None:
        if not go_on.is_set():
            raise TryLater("is not at work", subject="desk")

    async def nothing() -> AsyncIterator[Visit]:
        none_yet: tuple[Visit, ...] = ()
        await asyncio.Event().wait()
        for visit in none_yet:
            yield visit

    at = datetime(2026, 3, 1, tzinfo=UTC)
    urls = [f"https://harbour.example/{number}" for number in range(5)]
    wishes = [PageRequested(page_id=page_id(url), url=url, requested_at=at) for url in urls]
    await send(kafka, *wishes, topic=PAGES_REQUESTED)
    source = Source("scraper", (PageGone,), nothing, reads=(PageRequested,), receive=receive)
    worker = SourceWorker(source, kafka)
    running_source = asyncio.create_task(worker.run())
    try:
        await until_behind(5, "scraper")
        go_on.set()
        await until_behind(0, "scraper")
    finally:
        worker.stop()
        await running_source


@pytest.fixture
def own_broker(tmp_path: Path) -> Iterator[EmbeddedBroker]:
    """A broker that the test may stop and start."""
    port, controller = free_ports(2)
    settings = Settings()
    with EmbeddedBroker(tmp_path / "kafka", port, controller, settings.cache, settings.kafka_jars_url) as broker:
        yield broker


async def test_a_service_at_work_notices_that_the_broker_is_away_and_that_it_is_back(
    own_broker: EmbeddedBroker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(lag, "ANSWER_MS", 1000)
    settings = quick_settings(own_broker.bootstrap, tmp_path / "var")

    async def is_now(state: str) -> bool:
        told = status.own()
        return told is not None and told.state == state

    with caplog.at_level("INFO", logger="watchfloor.kafka.lag"):
        async with running(build(0), settings):
            await eventually(lambda: is_now("ready"), "it is ready")
            await asyncio.to_thread(own_broker.stop)
            await eventually(lambda: is_now("paused"), "it notices that the broker is away")
            told = status.own()
            assert told is not None
            assert "the Kafka broker" in told.detail
            await asyncio.to_thread(own_broker.start)
            await eventually(lambda: is_now("ready"), "it notices that the broker is back")
    names = [getattr(record, "event", None) for record in caplog.records if record.name == lag.__name__]
    assert names == ["broker_away", "broker_back"]


@contextmanager
def served(kafka: Settings, port: int, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """`watchfloor serve parser`, as it is run in a container."""
    environment = {
        **os.environ,
        "WATCHFLOOR_BROKER": kafka.broker,
        "WATCHFLOOR_DATA_FOLDER": str(kafka.data_folder),
        "WATCHFLOOR_OPERATIONS_PORT": str(port),
        "WATCHFLOOR_LOG_FORMAT": "json",
        "WATCHFLOOR_LOG_LEVEL": "debug",
        "WATCHFLOOR_POOL_PROCESSES": "1",
    }
    command = [sys.executable, str(Path(sys.executable).with_name("watchfloor")), "serve", "parser"]
    with log.open("wb") as file, subprocess.Popen(command, env=environment, stderr=file) as process:
        try:
            yield process
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(30)


def ask(port: int, path: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=30) as answer:
            return int(answer.status), answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()
    except OSError as error:
        return 0, str(error)


async def test_a_served_stage_answers_at_its_port_and_names_what_its_entries_are_about(
    kafka: Settings, tmp_path: Path
) -> None:
    (port,) = free_ports(1)
    event = gone("https://harbour.example/quay", 1, "harbour")
    poison = Outgoing(PAGES_FETCHED.name, b"poison", b'{"source_id": "a\\n{\\"event\\": \\"forged\\"}"}', (), 3)
    with served(kafka, port, tmp_path / "log") as process:

        async def is_ready() -> bool:
            assert process.poll() is None, (tmp_path / "log").read_text()
            return (await asyncio.to_thread(ask, port, "/readyz"))[0] == 200

        await eventually(is_ready, "it is ready")
        await send(kafka, event)
        await send_records(kafka, poison)
        await finished(kafka)
        assert (await asyncio.to_thread(ask, port, "/healthz")) == (200, '{"status": "alive"}')
        text = (await asyncio.to_thread(ask, port, "/metrics"))[1]
    values = {
        (sample.name, *sorted(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }
    assert values["watchfloor_ready", "parser"] == 1
    assert values["watchfloor_dead_letters_total", "parser", "unreadable"] == 1
    assert values["watchfloor_dead_letters_total", "parser", "unforeseen"] == 0
    assert values["watchfloor_breaker_open", "parser"] == 0
    assert ("watchfloor_lag_records", "parser") in values
    entries = [json.loads(line) for line in (tmp_path / "log").read_text().splitlines()]
    assert {entry["event"] for entry in entries} <= set(EVENTS)
    assert not [entry for entry in entries if entry["event"] == LIBRARY and entry["level"] in ("debug", "info")]
    assert (entries[0]["event"], entries[-1]["event"]) == ("service_started", "service_ended")
    (rejected,) = [entry for entry in entries if entry["event"] == "record_rejected"]
    assert (rejected["topic"], rejected["partition"], rejected["offset"]) == (PAGES_FETCHED.name, 3, 0)
    (handled,) = [
        entry for entry in entries if entry["event"] == "record_handled" and entry.get("page") == event.page_id
    ]
    assert handled["source"] == "harbour"
    assert handled["trace"] == tracing.trace_id(tracing.begin(f"{event.key}:{event.time:%H%M}"))
