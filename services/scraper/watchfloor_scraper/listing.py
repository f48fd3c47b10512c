"""Reading lists: long ones in a process of their own, and on their next pages where more came than the first one shows."""

import asyncio
import re
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace

from watchfloor.errors import Rejected
from watchfloor.events import instant
from watchfloor.pool import KillablePool, Limits
from watchfloor.settings import Settings
from watchfloor.web.response import Response
from watchfloor_scraper.answers.consequence import Consequence
from watchfloor_scraper.answers.failures import UNASKED_304, Failure, follow_failure
from watchfloor_scraper.answers.lists import (
    BOUNDED,
    Circumstances,
    ListAnswer,
    digest_of,
    follow_list,
    follow_unchanged,
)
from watchfloor_scraper.answers.named import Named, tells_more
from watchfloor_scraper.answers.pages import NOT_MODIFIED
from watchfloor_scraper.asking import Asker
from watchfloor_scraper.configuration import Outlet
from watchfloor_scraper.discovery.documents import ListDocument, ListKind, RawList, read_list
from watchfloor_scraper.discovery.listings import MAX_FOUND, following_page
from watchfloor_scraper.discovery.traps import pattern_of
from watchfloor_scraper.frontier import Frontier, Target
from watchfloor_scraper.politeness.robots_policy import read_sitemaps
from watchfloor_scraper.politeness.validators import Validators, kept_validators

MOST_LISTS = 1000
"""Of one outlet: sitemaps of sitemaps have an end."""
READ_HERE_BYTES = 128 * 1024
"""A longer list is read in the pool, so that it does not keep other visits waiting."""
LIST_CPU_SECONDS = 10.0
"""For reading one list: a sitemap of 50,000 addresses, as many as one may have, takes three."""
LOOKED_UP_TOGETHER = 200
MOST_OUTLETS_COUNTED = 1000
MAX_AGE = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?(\d{1,9})", re.IGNORECASE | re.ASCII)
PRELOAD = ("watchfloor_scraper.discovery.documents",)


@dataclass(frozen=True)
class _Recognised:
    """The pages of a list, held against what is known; see `Circumstances`."""

    named: list[Named]
    complete: bool
    known_patterns: Counter[str]
    """Of its pages that were known: what an earlier process took for endless stays so."""


class Lister:
    """Reads lists, and says what follows from them."""

    def __init__(
        self, settings: Settings, frontier: Frontier, asker: Asker, clock: Callable[[], float] = time.time
    ) -> None:
        self._frontier = frontier
        self._asker = asker
        self._clock = clock
        limits = Limits(max(settings.page_cpu_seconds, LIST_CPU_SECONDS), settings.page_memory_mb)
        self._pool = KillablePool(limits, processes=settings.pool_processes, preload=PRELOAD)
        self._patterns: dict[str, Counter[str]] = defaultdict(Counter)

    async def close(self) -> None:
        """End the pool."""
        await self._pool.close()

    async def follow(self, target: Target, response: Response, outlet: Outlet | None, now: float) -> Consequence:
        """What follows from an answer to the request for a list. Raises TryLater where the pool was killed."""
        if response.status == NOT_MODIFIED:
            unasked = target.body_hash is None
            return follow_failure(target, UNASKED_304, now) if unasked else follow_unchanged(target, outlet, now)
        try:
            document = await self._read(target, response, outlet)
        except Rejected as error:
            return follow_failure(target, Failure("failed", "unreadable", error.reason), now)
        document = await self._catch_up(target, document, outlet)
        answer = ListAnswer(document, digest_of(response.content), _validators(target, response), _max_age(response))
        recognised = await self._recognise(target, document, now)
        consequence = follow_list(target, answer, self._around(target, outlet, recognised), now)
        self._count(target, consequence)
        return consequence

    async def _read(self, target: Target, response: Response, outlet: Outlet | None) -> ListDocument:
        kind: ListKind = "feed" if target.kind == "page" else target.kind
        links = tuple(value for name, value in response.headers if name.lower() == "link")
        home = outlet.home if outlet else None
        raw = RawList(kind, response.content, response.final_url, home, instant(self._clock()), links)
        if len(response.content) <= READ_HERE_BYTES:
            return read_list(raw)
        return await self._pool.run(read_list, raw, subject=response.final_url)

    async def _catch_up(self, target: Target, document: ListDocument, outlet: Outlet | None) -> ListDocument:
        """Where nothing of a list is known that was read before, more has come than it shows: go on to its next pages."""
        read = [target.url]
        last = document
        while target.last_fetched_at is not None and self._is_all_new(last):
            following = following_page(last.next_url, read)
            if following is None:
                break
            response = await self._asker.ask_on(target, outlet, following)
            if response is None:
                break
            read.append(following)
            try:
                last = await self._read(target, response, outlet)
            except Rejected:
                break
            document = _joined(document, last)
        return document

    def _is_all_new(self, document: ListDocument) -> bool:
        return bool(document.found) and not any(self._is_known(found.url) for found in document.found)

    def _is_known(self, url: str) -> bool:
        return self._frontier.knows(url)

    async def _recognise(self, target: Target, document: ListDocument, now: float) -> _Recognised:
        """Hold the pages of a list against what is known, with a pause for others now and then."""
        named: list[Named] = []
        patterns: Counter[str] = Counter()
        new = 0
        for number, found in enumerate(document.found):
            if number % LOOKED_UP_TOGETHER == 0:
                await asyncio.sleep(0)
            known = self._frontier.known(found.url)
            if known is None and new == MAX_FOUND:
                return _Recognised(named, complete=False, known_patterns=patterns)
            if known is None or tells_more(found, known, target, now):
                named.append(Named(found, known))
            new += known is None
            if known is not None and target.kind in BOUNDED:
                patterns[pattern_of(found.url)] += 1
        return _Recognised(named, complete=True, known_patterns=patterns)

    def _around(self, target: Target, outlet: Outlet | None, recognised: _Recognised) -> Circumstances:
        robots = self._frontier.robots(target.host) if target.kind == "home" else None
        sitemaps = read_sitemaps(robots.content, target.url) if robots else ()
        lists = self._frontier.tallies(target.source_id, self._clock()).lists if target.source_id else MOST_LISTS
        patterns = self._patterns[target.source_id or ""] | recognised.known_patterns
        named, complete = recognised.named, recognised.complete
        return Circumstances(outlet, named, complete, self._is_known, patterns, sitemaps, MOST_LISTS - lists)

    def _count(self, target: Target, consequence: Consequence) -> None:
        """Remember of which patterns pages were followed; all is forgotten where that grows too large."""
        if len(self._patterns) > MOST_OUTLETS_COUNTED:
            self._patterns.clear()
        pages = (finding.url for finding in consequence.findings if finding.kind == "page")
        self._patterns[target.source_id or ""].update(map(pattern_of, pages))


def _joined(document: ListDocument, older: ListDocument) -> ListDocument:
    """Two pages of a list as one; what moved on to the second while they were asked for counts once."""
    named = {found.url for found in document.found}
    return replace(document, found=(*document.found, *(found for found in older.found if found.url not in named)))


def _validators(target: Target, response: Response) -> Validators:
    answered = Validators(response.header("etag"), response.header("last-modified"))
    changed = target.body_hash is not None and target.body_hash != digest_of(response.content)
    return kept_validators(Validators(target.etag, target.last_modified), answered, body_changed=changed)


def _max_age(response: Response) -> float | None:
    found = MAX_AGE.search(response.header("cache-control") or "")
    return float(found[1]) if found else None
