"""Asking politely: one request to a host in its turn, and none that its robots.txt or the operator does not allow.

Before a host is asked for anything, its robots.txt is, then its tdmrep.json; each of these is a request of its own, and
what was to be asked waits for the next turn. A redirect to another host is not followed: that host has its own rules
and its own pace, so the new address is asked for in its own turn.
"""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from watchfloor.events import instant
from watchfloor.web.client import Client
from watchfloor.web.errors import FetchError
from watchfloor.web.limits import DEFAULT_LIMITS, Limits
from watchfloor.web.response import Response
from watchfloor_scraper.answers.failures import Failure
from watchfloor_scraper.archive import ArchiveWriter
from watchfloor_scraper.configuration import Outlet
from watchfloor_scraper.configuration.identification import PRODUCT
from watchfloor_scraper.feed.addresses import root_of
from watchfloor_scraper.frontier import Frontier, Target, host_key
from watchfloor_scraper.politeness import bounds, pace, robots_policy, tdmrep, validators
from watchfloor_scraper.politeness.robots_policy import RobotsRecord, RobotsVerdict
from watchfloor_scraper.politeness.tdmrep import TdmRecord

READ = frozenset({200, 203})
"""Answers with what was asked for; 203 is that, passed on by a proxy."""
NOT_REACHED = frozenset({"dns", "connect", "tls", "timeout", "guard"})
"""Why a host's robots.txt was not had, where that says more of the host than of the file."""


@dataclass(frozen=True)
class Elsewhere:
    """The address redirects to another host."""

    url: str


@dataclass(frozen=True)
class NotYet:
    """The host's turn went to its robots.txt or tdmrep.json."""


Reply = Response | Failure | Elsewhere | NotYet


class _LeavesHost(Exception):
    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.url = url


class _Forbidden(Exception):
    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Asker:
    """Asks hosts on behalf of the crawl; what it learns of a host it keeps in the frontier."""

    def __init__(
        self,
        client: Client,
        frontier: Frontier,
        limits: Limits = DEFAULT_LIMITS,
        clock: Callable[[], float] = time.time,
        archive: ArchiveWriter | None = None,
    ) -> None:
        self._client = client
        self._frontier = frontier
        self._archive = archive
        self._clock = clock
        self._page_limits = limits
        self._robots_limits = bounds.of_robots(limits)
        self._tdm_limits = bounds.of_tdmrep(limits)
        self._list_limits = bounds.of_list(limits)

    async def ask(self, target: Target, outlet: Outlet | None) -> Reply:
        """Ask for a target whose host's turn it is.

        Raises nothing but CancelledError and what the frontier raises, and TryLater where the archive cannot be written.
        """
        robots = self._frontier.robots(target.host)
        if robots is None or robots.expires_at <= self._clock():
            record = await self._ask_for_robots(target, robots)
            self._keep_pace(target, outlet, robots_policy.verdict(record, target.url, PRODUCT))
            return NotYet()
        verdict = robots_policy.verdict(robots, target.url, PRODUCT)
        self._keep_pace(target, outlet, verdict)
        if not verdict.allowed:
            return _not_asked(robots, verdict.why)
        tdm = self._frontier.tdm(target.host)
        if _respects(outlet) and (tdm is None or tdm.expires_at <= self._clock()):
            await self._ask_for_tdm(target)
            return NotYet()
        return await self._get(target, outlet, robots, tdm)

    def _keep_pace(self, target: Target, outlet: Outlet | None, verdict: RobotsVerdict) -> None:
        own = outlet.delay.total_seconds() if outlet else None
        self._frontier.set_delay(target.host, pace.host_delay(own, verdict.crawl_delay))

    async def ask_on(self, target: Target, outlet: Outlet | None, url: str) -> Response | None:
        """Ask for a further page of a list whose visit this is, after the host's pause; None where that brings nothing."""
        robots = self._frontier.robots(target.host)
        if robots is None or host_key(url) != target.host or not robots_policy.verdict(robots, url, PRODUCT).allowed:
            return None
        await asyncio.sleep(self._frontier.host(target.host).delay)
        whole = replace(target, url=url, body_hash=None)
        reply = await self._get(whole, outlet, robots, None)
        return reply if isinstance(reply, Response) and reply.status in READ else None

    async def _get(self, target: Target, outlet: Outlet | None, robots: RobotsRecord, tdm: TdmRecord | None) -> Reply:
        async def may_follow(url: str) -> None:
            if host_key(url) != target.host:
                raise _LeavesHost(url)
            verdict = robots_policy.verdict(robots, url, PRODUCT)
            if not verdict.allowed:
                raise _Forbidden(f"redirects to {url}: {verdict.why}")
            await asyncio.sleep(self._frontier.host(target.host).delay)  # the host is asked once more

        limits = self._page_limits if target.kind in ("page", "section", "home") else self._list_limits
        try:
            response = await self._client.get(
                target.url, headers=tuple(_headers(target, outlet).items()), limits=limits, may_follow=may_follow
            )
        except FetchError as error:
            return Failure("failed", error.code, error.reason)
        except _LeavesHost as leaves:
            return Elsewhere(leaves.url)
        except _Forbidden as forbidden:
            return Failure("refused", "robots", forbidden.why)
        reply = _unless_reserved(response, target, tdm) if _respects(outlet) else response
        if isinstance(reply, Response):
            await self._keep(reply)
        return reply

    async def _ask_for_robots(self, target: Target, previous: RobotsRecord | None) -> RobotsRecord:
        url = root_of(target.url) + "/robots.txt"
        answer, body, cache = await self._ask_about_host(url, self._robots_limits)
        record = robots_policy.robots_record(answer, body, self._clock(), previous, cache_control=cache)
        self._frontier.keep_robots(target.host, record)
        return record

    async def _ask_for_tdm(self, target: Target) -> None:
        answer, body, _ = await self._ask_about_host(root_of(target.url) + tdmrep.PATH, self._tdm_limits)
        self._frontier.keep_tdm(target.host, tdmrep.tdm_record(answer, body, self._clock()))

    async def _ask_about_host(self, url: str, limits: Limits) -> tuple[int | str, bytes, str | None]:
        """Status or code of failure, body, Cache-Control."""
        try:
            response = await self._client.get(url, limits=limits)
        except FetchError as error:
            return error.code, b"", None
        await self._keep(response)
        return response.status, response.content, response.header("cache-control")

    async def _keep(self, response: Response) -> None:
        """Archive a response, where the operator wants that."""
        if self._archive is not None:
            await asyncio.to_thread(self._archive.write, response, instant(self._clock()))


def _not_asked(robots: RobotsRecord, why: str) -> Failure:
    """What keeps an address from being asked: a rule, a robots.txt out of order, or that its host cannot be reached."""
    if robots.state != "disallow_all":
        return Failure("refused", "robots", why, asked=False)
    if robots.trouble in NOT_REACHED:
        return Failure("failed", robots.trouble, why, asked=False)
    return Failure("refused", "robots_unreachable", why, asked=False)


def _headers(target: Target, outlet: Outlet | None) -> dict[str, str]:
    own = outlet.headers_for(target.url) if outlet else {}
    whole = target.gone or validators.asks_unconditionally(
        body_hash=target.body_hash,
        unchanged=target.unchanged,
        last_fetched_at=target.last_fetched_at,
        lastmod=target.lastmod,
    )
    return own if whole else {**own, **validators.conditional_headers(target.etag, target.last_modified)}


def _unless_reserved(response: Response, target: Target, tdm: TdmRecord | None) -> Reply:
    """The answer, where its site does not reserve text and data mining."""
    if target.kind != "page" or response.status not in READ:
        return response
    rules = tdmrep.read_tdmrep(tdm.content) if tdm else ()
    found = tdmrep.reserved(rules, dict(response.headers), response.content, target.url)
    if not found.reserved:
        return response
    terms = f"; its terms: {found.policy}" if found.policy else ""
    return Failure("refused", "tdm", f"text and data mining is reserved, says its {found.where}{terms}")


def _respects(outlet: Outlet | None) -> bool:
    return outlet is None or outlet.tdm == "respect"
