"""What a source says of itself while it is at work, as `watchfloor health` reads it."""

import asyncio
import socket
from collections.abc import AsyncIterator
from pathlib import Path

from watchfloor import status
from watchfloor.events import PageGone
from watchfloor.kafka.source_worker import SourceWorker
from watchfloor.settings import Settings
from watchfloor.source import Source, Visit

PATIENCE_SECONDS = 60.0


async def nothing() -> AsyncIterator[Visit]:
    none_yet: tuple[Visit, ...] = ()
    await asyncio.Event().wait()
    for visit in none_yet:
        yield visit


async def said_by(source: Source, folder: Path) -> status.Status:
    """The first word of a source under its worker; a broker that takes no connection keeps it from nothing of that."""
    with socket.socket() as unheard:
        unheard.bind(("127.0.0.1", 0))
        settings = Settings(data_folder=folder, kafka_port=unheard.getsockname()[1])
        worker = SourceWorker(source, settings)
        running = asyncio.create_task(worker.run())
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                while (last := status.read(settings.status_folder, source.name)) is None:  # noqa: ASYNC110 - a file gives no event
                    await asyncio.sleep(0.02)
        finally:
            worker.stop()
            await running
    return last


async def test_what_is_wrong_though_a_source_is_at_work_stands_in_its_status(tmp_path: Path) -> None:
    source = Source("scraper", (PageGone,), nothing, remark=lambda: "the sources stay as they were")
    said = await said_by(source, tmp_path)
    assert (said.state, said.detail) == ("starting", "the sources stay as they were")


async def test_a_source_that_has_not_reached_the_broker_yet_is_starting(tmp_path: Path) -> None:
    said = await said_by(Source("scraper", (PageGone,), nothing), tmp_path)
    assert (said.state, said.detail) == ("starting", "")
