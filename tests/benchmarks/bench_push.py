"""From fetched to pushed and found: pages handed in at a steady rate, each followed to the stream and to a search.

    python tests/benchmarks/bench_push.py [PAGES_A_SECOND]

Prints the median and the 95th percentile, in seconds, from a page's `fetched_at` to its event on `/v1/stream`, and to the
answer of a search for it that is asked at that moment (of every tenth page). The goal is p95 under 2 s at 20 a second.
"""

import asyncio
import json
import sys
import tempfile
import time
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from statistics import quantiles
from typing import Any

import httpx
from fixtures.dispatch import draw
from fixtures.system import System

SECONDS, WARM_UP, EACH = 30, 60, 10
PATIENCE_SECONDS = 120.0
GOAL_SECONDS = 2.0


class Followed:
    """What is measured: by address, seconds from `fetched_at` to the event, and to the answer of a search."""

    def __init__(self) -> None:
        self.pushed: dict[str, float] = {}
        self.found: dict[str, float] = {}
        self._searches: list[asyncio.Task[None]] = []

    async def listen(self, client: httpx.AsyncClient) -> None:
        """Follow the stream until cancelled."""
        waiting = b""
        async with client.stream("GET", "/v1/stream", timeout=None) as stream:
            async for some in stream.aiter_bytes():
                *blocks, waiting = (waiting + some).split(b"\n\n")
                for block in blocks:
                    if b"event: article\n" in block:
                        self._note(client, json.loads(block.split(b"data: ")[1]))

    def _note(self, client: httpx.AsyncClient, article: dict[str, Any]) -> None:
        fetched_at = datetime.fromisoformat(article["fetched_at"]).timestamp()
        self.pushed[article["url"]] = time.time() - fetched_at
        if len(self.pushed) % EACH == 0:
            self._searches.append(asyncio.create_task(self._search(client, article, fetched_at)))

    async def _search(self, client: httpx.AsyncClient, article: dict[str, Any], fetched_at: float) -> None:
        title = article["title"].replace('"', " ")
        answer = await client.get("/v1/articles", params={"q": f'title:"{title}"', "limit": 500})
        assert answer.status_code == 200, answer.text
        assert any(item["url"] == article["url"] for item in answer.json()["items"]), f"{article['url']} is not found"
        self.found[article["url"]] = time.time() - fetched_at

    async def rest(self) -> None:
        """Wait for the searches."""
        await asyncio.gather(*self._searches)


async def hand_in(client: httpx.AsyncClient, numbers: Iterable[int], rate: float) -> list[str]:
    """Hand pages in at this rate; answers their addresses."""
    loop = asyncio.get_running_loop()
    began, addresses, sent = loop.time(), [], []
    for index, number in enumerate(numbers):
        await asyncio.sleep(max(0.0, began + index / rate - loop.time()))
        url = f"https://sentinel.example/conflicts/report-{number:05}"
        page = {"url": url, "html": draw(number).bare}
        sent.append(asyncio.create_task(client.post("/v1/pages", json=page, timeout=60)))
        addresses.append(url)
    answers = await asyncio.gather(*sent)
    assert {answer.status_code for answer in answers} == {202}
    return addresses


async def wait_until_pushed(followed: Followed, addresses: list[str]) -> None:
    """Return once there is an event of each address."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not set(addresses) <= set(followed.pushed):  # noqa: ASYNC110 - what is waited for is counted elsewhere
            await asyncio.sleep(0.05)


async def measure(address: str, rate: float) -> tuple[list[float], list[float]]:
    """Seconds to the event, and to the answer of a search."""
    async with httpx.AsyncClient(base_url=address) as client:
        followed = Followed()
        listening = asyncio.create_task(followed.listen(client))
        await asyncio.sleep(1)
        await wait_until_pushed(followed, await hand_in(client, range(WARM_UP), rate))
        followed.found.clear()
        addresses = await hand_in(client, range(WARM_UP, WARM_UP + int(SECONDS * rate)), rate)
        await wait_until_pushed(followed, addresses)
        await followed.rest()
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)
    return [followed.pushed[url] for url in addresses], list(followed.found.values())


def main(rate: float) -> None:
    """Measure, and print the figures."""
    with tempfile.TemporaryDirectory() as folder, System(Path(folder)) as system:
        pushed, found = asyncio.run(measure(system.address, rate))
    for name, seconds in (("pushed", pushed), ("found", found)):
        cuts = quantiles(seconds, n=100)
        print(f"{name:7} p50 {cuts[49]:.2f} s   p95 {cuts[94]:.2f} s   most {max(seconds):.2f} s   of {len(seconds)}")
    print(f"at {rate:g} pages a second for {SECONDS} s (goal: p95 under {GOAL_SECONDS:g} s)")


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 20.0)
