"""Sites in, fetched pages out: the source `scraper`. The wiring; the order of the work is in crawl.py."""

import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, closing
from pathlib import Path

from watchfloor.events import Event, PageDecided, PageFetched, PageGone, PageRequested, SourceHealth
from watchfloor.settings import Settings
from watchfloor.source import Source, Visit
from watchfloor.web.allowed import allowed_of
from watchfloor.web.client import Client, Resolver
from watchfloor.web.limits import DEFAULT_LIMITS, Limits
from watchfloor_scraper.archive import ArchiveWriter
from watchfloor_scraper.asking import Asker
from watchfloor_scraper.crawl import Crawl
from watchfloor_scraper.desk import Desk
from watchfloor_scraper.frontier import Frontier
from watchfloor_scraper.health.ledger import HealthLedger
from watchfloor_scraper.health.watch import HealthWatch
from watchfloor_scraper.listing import Lister
from watchfloor_scraper.visiting import Visitor

WRITES = (PageFetched, PageGone, PageDecided, SourceHealth)
READS = (PageRequested, PageDecided)


def build(
    settings: Settings,
    *,
    resolver: Resolver | None = None,
    limits: Limits = DEFAULT_LIMITS,
    clock: Callable[[], float] = time.time,
) -> Source:
    """The scraper by these settings. Without `resolver`, the machine resolves names; `limits` bound each request.

    `clock` says what time it is: what is due, and when everything was decided, goes by it.
    Raises InvalidConfiguration where sources.yaml is bad at the start, Stop where a file of its own cannot be opened.
    """
    frontier = Frontier(settings.data / "frontier.sqlite", now=clock)
    ledger = HealthLedger(settings.data / "health.sqlite")
    desk = Desk(settings, frontier, HealthWatch(ledger, frontier), clock)
    allowed = allowed_of(settings)

    async def visits() -> AsyncIterator[Sequence[Visit]]:
        async with AsyncExitStack() as stack:
            stack.enter_context(closing(frontier))
            stack.enter_context(closing(ledger))
            stack.callback(desk.close)
            guarded = Client(desk.user_agent, limits=limits, allowed=allowed, resolver=resolver)
            client = await stack.enter_async_context(guarded)
            desk.introduces(client.introduce)
            archive = stack.enter_context(ArchiveWriter(Path(settings.archive))) if settings.archive else None
            asker = Asker(client, frontier, limits, clock, archive)
            lister = Lister(settings, frontier, asker, clock)
            stack.push_async_callback(lister.close)
            visitor = Visitor(asker, frontier, lister, desk.configuration, clock)
            crawl = Crawl(frontier, visitor, desk.between, desk.settled, clock)
            desk.wakes(crawl.wake)
            async for together in crawl.visits():
                yield together

    async def receive(event: Event) -> None:
        desk.receive(event)

    return Source("scraper", WRITES, visits, READS, receive, paces_itself=True, remark=desk.remark)
