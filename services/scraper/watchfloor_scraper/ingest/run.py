"""Runs an ingest under the worker of sources: the one place here that reaches Kafka, and only when called."""

import asyncio
import time

from watchfloor.settings import Settings
from watchfloor_scraper.ingest.display import Display
from watchfloor_scraper.ingest.inputs import find_inputs
from watchfloor_scraper.ingest.ledger import Ledger
from watchfloor_scraper.ingest.source import Order, build

LOOK_SECONDS = 0.5


def run(order: Order, settings: Settings, *, wait: bool) -> Display:
    """Send what was ordered, then wait for the stages where that is asked for. Returns what was done.

    Raises Stop where the ledger cannot be opened, and what the worker of sources raises.
    """
    from watchfloor.kafka.admin import lag  # noqa: PLC0415 - importing faust takes a second, and only this command needs it
    from watchfloor.kafka.source_worker import run_source  # noqa: PLC0415

    total = sum(1 for _ in find_inputs(order.paths))
    with Ledger(settings.data / "ingest.sqlite") as ledger, Display(total) as display:
        source = build(order, ledger, display)
        asyncio.run(run_source(source, settings, on_sent=lambda _: display.sent()))

        if wait and display.complete:
            while any(stage.records for stage in asyncio.run(lag(settings))):
                time.sleep(LOOK_SECONDS)
    return display
