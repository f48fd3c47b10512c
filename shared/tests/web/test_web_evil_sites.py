"""Whatever a site does, a request ends with the right code, in bounded time and memory."""

import asyncio
import tracemalloc

import pytest
from fixtures.evil_server import EvilSites, Site, cases, start

from watchfloor.web.client import Client
from watchfloor.web.errors import CODES, FetchError
from watchfloor.web.limits import Limits

# Short times, so that what never ends is soon over; all other limits are the defaults.
LIMITS = Limits(total_seconds=20, answer_seconds=3, rate_seconds=1)
AT_ONCE = 8
MEMORY_BYTES = 80_000_000
AGENT = "WatchfloorBot/0.0 (+https://watchfloor.example/bot)"


async def ending(client: Client, site: Site, turns: asyncio.Semaphore) -> str | None:
    """The code that a request for the evil place ends with, or None for an answer."""
    async with turns:
        try:
            await client.get(site.url)
        except FetchError as error:
            return error.code
    return None


def guarded(sites: EvilSites) -> Client:
    return Client(AGENT, limits=LIMITS, allowed=sites.allowed, resolver=sites.resolver)


def test_the_cases_are_many_and_each_has_its_own_name() -> None:
    assert len({case.name for case in cases}) == len(cases) >= 30
    assert {case.expected for case in cases} >= set(CODES)


async def test_every_evil_site_ends_with_its_code_in_bounded_memory() -> None:
    turns = asyncio.Semaphore(AT_ONCE)
    tracemalloc.start()
    try:
        async with start() as sites, guarded(sites) as client:
            before = tracemalloc.get_traced_memory()[0]
            async with asyncio.timeout(120):
                ended = await asyncio.gather(*(ending(client, site, turns) for site in sites.by_name.values()))
            peak = tracemalloc.get_traced_memory()[1] - before
    finally:
        tracemalloc.stop()
    wrong = [(case.name, code, case.expected) for case, code in zip(cases, ended, strict=True) if code != case.expected]
    assert wrong == []
    assert peak < MEMORY_BYTES


async def test_an_evil_site_is_asked_once_and_its_bomb_is_not_downloaded_in_a_redirect() -> None:
    chosen = [case for case in cases if case.name in ("closes", "gzip_bomb_302", "rebinding")]
    async with start(chosen) as sites, guarded(sites) as client:
        turns = asyncio.Semaphore(AT_ONCE)
        assert [await ending(client, site, turns) for site in sites.by_name.values()] == [
            case.expected for case in chosen
        ]
        assert [request.path for request in sites["closes"].asked] == ["/evil"]
        assert [request.path for request in sites["gzip_bomb_302"].asked] == ["/evil", "/calm"]
        assert [request.path for request in sites["rebinding"].asked] == ["/evil"]


@pytest.mark.parametrize("path", ["/", "/robots.txt", "/feed.xml", "/sitemap.xml", "/calm"])
async def test_apart_from_its_evil_a_site_is_an_ordinary_outlet(path: str) -> None:
    chosen = [case for case in cases if case.name == "redirect_to_metadata"]
    async with start(chosen) as sites, guarded(sites) as client:
        response = await client.get(sites["redirect_to_metadata"].base + path)
    assert response.status == 200
    assert b"/evil" in response.content or path in ("/robots.txt", "/calm")
