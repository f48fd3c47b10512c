"""Asks the hosts of one outlet for a check: one request at a time, at their pace, and nothing that robots.txt forbids."""

import asyncio
from dataclasses import dataclass

from watchfloor.web.client import Client
from watchfloor.web.errors import FetchError
from watchfloor.web.limits import DEFAULT_LIMITS, Limits
from watchfloor.web.response import Response
from watchfloor_scraper.checking.report import HostRules
from watchfloor_scraper.configuration import Outlet
from watchfloor_scraper.configuration.identification import PRODUCT
from watchfloor_scraper.feed.addresses import root_of
from watchfloor_scraper.politeness import bounds, tdmrep
from watchfloor_scraper.politeness.pace import host_delay, rest_seconds
from watchfloor_scraper.politeness.robots_policy import (
    RobotsRecord,
    RobotsVerdict,
    read_sitemaps,
    robots_record,
    verdict,
)

ROBOTS_LIMITS = bounds.of_robots(DEFAULT_LIMITS)
TDM_LIMITS = bounds.of_tdmrep(DEFAULT_LIMITS)
LIST_LIMITS = bounds.of_list(DEFAULT_LIMITS)
MOST_KEPT = 1024**2
"""Bytes of an answer up to which it is kept for the length of the check."""
MOST_HOSTS = 5
"""Hosts that a check of one outlet asks."""


@dataclass(frozen=True)
class Answer:
    """What came of a request: a page with status 200, or why there is none."""

    code: str
    detail: str
    url: str
    """The address that answered, after redirects."""
    content: bytes = b""

    @property
    def ok(self) -> bool:
        """Whether there is a page."""
        return self.code == "ok"


class _LeavesHost(Exception):
    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.url = url


class _Forbidden(Exception):
    """A redirect to what robots.txt forbids."""


class Asker:
    """Asks for one outlet. What it learns of a host holds for the length of the check."""

    def __init__(self, client: Client, outlet: Outlet) -> None:
        self._client = client
        self._outlet = outlet
        self._robots: dict[str, RobotsRecord] = {}
        self._tdm: dict[str, tuple[tdmrep.TdmRule, ...]] = {}
        self._last: dict[str, float] = {}
        self._resting: set[str] = set()
        self._answers: dict[str, Answer] = {}

    async def verdict(self, url: str) -> RobotsVerdict:
        """Whether robots.txt lets an address be fetched; that of its host is read first."""
        return verdict(await self._robots_of(root_of(url)), url, PRODUCT)

    async def reserved(self, url: str) -> tdmrep.TdmVerdict:
        """Whether its host's tdmrep.json reserves the mining of an address."""
        root = root_of(url)
        if root not in self._tdm:
            answer = await self._fetch(root + tdmrep.PATH, TDM_LIMITS)
            content = answer.content if isinstance(answer, Response) and answer.status == 200 else b""
            self._tdm[root] = tdmrep.read_tdmrep(content)
        return tdmrep.reserved(self._tdm[root], {}, b"", url)

    async def get(self, url: str) -> Answer:
        """Ask for a page or a list, if that is allowed and was not done before.

        A redirect to another host is followed by the rules and at the pace of that host.
        """
        if url not in self._answers:
            answer = await self._get(url)
            if len(answer.content) > MOST_KEPT:
                return answer
            self._answers[url] = answer
        return self._answers[url]

    async def _get(self, url: str) -> Answer:
        for _ in range(MOST_HOSTS):
            allowed = await self.verdict(url)
            if not allowed.allowed:
                return Answer("robots", allowed.why, url)
            try:
                answer = await self._fetch(url, LIST_LIMITS, tuple(self._outlet.headers_for(url).items()))
            except _LeavesHost as leaves:
                url = leaves.url
                continue
            except _Forbidden as forbidden:
                return Answer("robots", str(forbidden), url)
            return answer if isinstance(answer, Answer) else _judged(answer)
        return Answer("redirects", f"redirects over more than {MOST_HOSTS} hosts", url)

    def sitemaps(self, url: str) -> tuple[str, ...]:
        """The sitemaps that the robots.txt of a host names, as far as that was read."""
        root = root_of(url)
        record = self._robots.get(root)
        return read_sitemaps(record.content, f"{root}/robots.txt") if record and record.state == "rules" else ()

    def delay(self, root: str) -> float:
        """Seconds between two requests to a host of which robots.txt was read."""
        record = self._robots.get(root)
        asked = verdict(record, f"{root}/", PRODUCT).crawl_delay if record else None
        return host_delay(self._outlet.delay.total_seconds(), asked)

    def knows(self, url: str) -> bool:
        """Whether the host of an address may be asked for its robots.txt: it was already, or not too many were."""
        return root_of(url) in self._robots or len(self._robots) < MOST_HOSTS

    def hosts(self) -> tuple[HostRules, ...]:
        """What the hosts that were asked say."""
        return tuple(
            HostRules(
                f"{root}/robots.txt", record.detail, verdict(record, f"{root}/", PRODUCT).crawl_delay, self.delay(root)
            )
            for root, record in self._robots.items()
        )

    async def _robots_of(self, root: str) -> RobotsRecord:
        if root not in self._robots:
            answer = await self._fetch(f"{root}/robots.txt", ROBOTS_LIMITS, follow_anywhere=True)
            now = asyncio.get_running_loop().time()
            if isinstance(answer, Response):
                self._robots[root] = robots_record(answer.status, answer.content, now, None)
            else:
                self._robots[root] = robots_record(answer.code, b"", now, None)
        return self._robots[root]

    async def _fetch(
        self, url: str, limits: Limits, headers: tuple[tuple[str, str], ...] = (), *, follow_anywhere: bool = False
    ) -> Response | Answer:
        """One request in the host's turn; robots.txt and tdmrep.json are asked for without asking robots.txt."""
        root = root_of(url)
        if root in self._resting:
            return Answer("rate_limited", "the host asked for rest before", url)

        async def may_follow(target: str) -> None:
            if not follow_anywhere and root_of(target) != root:
                raise _LeavesHost(target)
            record = self._robots.get(root_of(target))
            allowed = verdict(record, target, PRODUCT) if record else None
            if allowed and not allowed.allowed:
                raise _Forbidden(f"redirects to {target}: {allowed.why}")

        await self._turn(root)
        try:
            response = await self._client.get(url, headers=headers, limits=limits, may_follow=may_follow)
        except FetchError as error:
            return Answer(error.code, error.reason, url)
        if rest_seconds(response.status, None, 0) is not None:
            self._resting.add(root)
        return response

    async def _turn(self, root: str) -> None:
        """Wait until the host may be asked again. Its pace may have become known only since it was asked last."""
        loop = asyncio.get_running_loop()
        if root in self._last:
            await asyncio.sleep(max(0.0, self._last[root] + self.delay(root) - loop.time()))
        self._last[root] = loop.time()


def _judged(response: Response) -> Answer:
    said = f"{response.status} {response.reason}".strip()
    if response.status == 200:
        return Answer("ok", said, response.final_url, response.content)
    code = "rate_limited" if response.status == 429 else "http_5xx" if response.status >= 500 else "http_4xx"
    return Answer(code, said, response.final_url)
