"""A worker and its group: a successor takes over wherever it runs, and who has left for good ends instead of waiting."""

import asyncio
import logging

import pytest
from faust.assignor.partition_assignor import PartitionAssignor
from faust.types.settings.settings import Settings as FaustSettings
from fixtures.pass_through import build, gone
from fixtures.working import finished, running, send

from watchfloor.kafka.worker import BROKEN, Worker
from watchfloor.settings import Settings

pytestmark = pytest.mark.integration


async def test_a_successor_of_the_same_instance_takes_over_on_another_host(
    kafka: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A container that is made anew has another host name; Kafka hands it what the member of that name had."""
    settings = kafka.model_copy(update={"instance": "1"})
    for number, host in enumerate(("first", "second")):
        monkeypatch.setattr(FaustSettings, "NODE_HOSTNAME", host)
        await send(settings, gone(f"https://harbour.example/{number}", number))
        async with running(build(0), settings):
            await finished(settings)


async def test_a_worker_that_cannot_be_a_member_any_more_ends_and_says_why(
    kafka: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(*_: object) -> None:
        raise ValueError("an assignment that nobody foresaw")

    monkeypatch.setattr(PartitionAssignor, "on_assignment", refuse)
    with caplog.at_level(logging.CRITICAL, "watchfloor"):
        assert await asyncio.wait_for(Worker(build(0), kafka).run(), 60) == BROKEN
    [entry] = [record for record in caplog.records if record.name == "watchfloor.kafka.worker"]
    assert "an assignment that nobody foresaw" in entry.getMessage()
    assert vars(entry)["event"] == "service_failed"
