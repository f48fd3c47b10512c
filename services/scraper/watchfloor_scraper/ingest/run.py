"""Has an ingest run under the worker of sources."""

import asyncio

from watchfloor.running import lag_reader, source_runner
from watchfloor.settings import Settings
from watchfloor.source import Source
from watchfloor_scraper.ingest.display import Display
from watchfloor_scraper.ingest.inputs import find_inputs
from watchfloor_scraper.ingest.ledger import Ledger
from watchfloor_scraper.ingest.order import Order
from watchfloor_scraper.ingest.source import build

LOOK_SECONDS = 0.5


def run(order: Order, settings: Settings, *, wait: bool) -> Display:
    """Send what was ordered, then wait for the stages where that is asked for. Returns what was done.

    Raises Stop where the ledger cannot be opened, and what the worker of sources raises.
    """
    total = sum(1 for _ in find_inputs(order.paths))
    with Ledger(settings.data / "ingest.sqlite") as ledger, Display(total) as display:
        source = build(order, ledger, display)
        asyncio.run(_run(source, settings, display))
        if wait and display.complete:
            asyncio.run(_until_through(settings))
    return display


async def _run(source: Source, settings: Settings, display: Display) -> None:
    await source_runner()(source, settings, on_sent=lambda _: display.sent())


async def _until_through(settings: Settings) -> None:
    """Wait until no stage has anything before it."""
    lag = lag_reader()
    while any(stage.records for stage in await lag(settings)):  # noqa: ASYNC110 - the broker gives no event for this
        await asyncio.sleep(LOOK_SECONDS)
