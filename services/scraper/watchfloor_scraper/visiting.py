"""One visit, from the request to what follows from it."""

import logging
import time
from collections.abc import Callable

from watchfloor import logs, metrics
from watchfloor.errors import Stop, TryLater
from watchfloor.web.response import Response
from watchfloor_scraper.answers.consequence import Consequence
from watchfloor_scraper.answers.elsewhere import MOST_HOPS, follow_elsewhere
from watchfloor_scraper.answers.failures import Failure, follow_failure, of_status
from watchfloor_scraper.answers.pages import MISSING, NOT_MODIFIED, follow_page
from watchfloor_scraper.asking import READ, Asker, Elsewhere, NotYet
from watchfloor_scraper.configuration import Configuration, Outlet
from watchfloor_scraper.frontier import Frontier, Target
from watchfloor_scraper.listing import Lister
from watchfloor_scraper.politeness import pace
from watchfloor_scraper.schedule.retries import read_retry_after
from watchfloor_scraper.schedule.revisits import RevisitPolicy

log = logging.getLogger(__name__)


class Visitor:
    """Visits targets by the configuration as it is at that moment."""

    def __init__(
        self,
        asker: Asker,
        frontier: Frontier,
        lister: Lister,
        configuration: Callable[[], Configuration],
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._asker = asker
        self._frontier = frontier
        self._lister = lister
        self._configuration = configuration
        self._clock = clock

    async def visit(self, target: Target) -> Consequence | None:
        """What follows from a visit; None where the host's turn went to its robots.txt.

        Raises TryLater where the archive or the frontier cannot be written: the visit is to be made again.
        """
        logs.about(source=target.source_id)
        outlet = self._configuration().by_id.get(target.source_id or "")
        try:
            with metrics.VISIT_SECONDS.labels(target.kind).time():
                return await self._visit(target, outlet)
        except (TryLater, Stop):
            raise
        except Exception as error:
            log.exception("the visit to %s ended in a fault of ours", target.url, extra=logs.event("visit_failed"))
            return follow_failure(target, Failure("failed", "unforeseen", repr(error)), self._clock())

    async def _visit(self, target: Target, outlet: Outlet | None) -> Consequence | None:
        reply = await self._asker.ask(target, outlet)
        now = self._clock()
        if isinstance(reply, NotYet):
            return None
        if isinstance(reply, Failure):
            return follow_failure(target, reply, now)
        if isinstance(reply, Elsewhere):
            return follow_elsewhere(target, reply.url, outlet, now, self._way_to(target))
        return await self._follow(target, reply, outlet, now)

    def _way_to(self, target: Target) -> list[str]:
        """By which addresses a target was come to through redirects, the nearest first."""
        way: list[str] = []
        while len(way) < MOST_HOPS:
            before = self._frontier.known(target.found_in) if "://" in target.found_in else None
            if before is None or before.kind != target.kind:
                break
            way.append(before.url)
            target = before
        return way

    async def _follow(self, target: Target, response: Response, outlet: Outlet | None, now: float) -> Consequence:
        is_page = target.kind == "page"
        if response.status in READ or response.status == NOT_MODIFIED or (is_page and response.status in MISSING):
            if is_page:
                return follow_page(target, response, _policy(outlet), now)
            return await self._lister.follow(target, response, outlet, now)
        return self._turned_away(target, response, now)

    def _turned_away(self, target: Target, response: Response, now: float) -> Consequence:
        """An answer that is no page; where the host asks for rest, it is left alone."""
        retry_after = read_retry_after(response.header("retry-after"), now)
        rest = pace.rest_seconds(response.status, retry_after, self._frontier.host(target.host).blocks)
        if rest is not None:
            self._frontier.block(target.host, now + rest, f"HTTP {response.status}")
        return follow_failure(target, of_status(response.status, response.reason, rest), now)


def _policy(outlet: Outlet | None) -> RevisitPolicy | None:
    if outlet is None:
        return RevisitPolicy()
    revisit = outlet.revisit
    if revisit is None:
        return None
    return RevisitPolicy(revisit.first.total_seconds(), revisit.growth, revisit.until.total_seconds())
