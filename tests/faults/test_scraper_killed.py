"""The scraper killed with -9 every five seconds for two minutes, then left to finish."""

import asyncio
import os
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

import pytest
from fixtures.changing_site import CHANGES_EACH, hosts, page, paths
from fixtures.system import WATCHFLOOR, free_ports
from fixtures.working import on_topic

from watchfloor.events import ArticleEnriched, PageFetched
from watchfloor.identity import article_id, canonical_url
from watchfloor.kafka.records import Received, read
from watchfloor.settings import Settings
from watchfloor.store.protocol import Change
from watchfloor.store.sqlite import SqliteStore
from watchfloor.topics import PAGES_FETCHED
from watchfloor_enricher.stage import enrich_event
from watchfloor_parser.parse import parse_event

pytestmark = pytest.mark.faults
HOSTS, PAGES = 10, 100
DELAY_SECONDS = 0.3
KILLS, EVERY_SECONDS = 24, 5.0
FINISH_SECONDS = 240.0
LOOKED_THROUGH = 20
"""Pages, of those sent twice under one id, that are followed into the store."""


@contextmanager
def site(folder: Path) -> Iterator[int]:
    """The site; its port."""
    (port,) = free_ports(1)
    command = [sys.executable, "-m", "fixtures.changing_site", str(port), str(HOSTS), str(PAGES), str(folder)]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        yield port
        process.kill()


def environment(settings: Settings, port: int) -> Mapping[str, str]:
    """The variables of a scraper that reads the site."""
    one = (
        "  - {{id: host{0}, home: 'http://{1}:{2}/', feeds: ['http://{1}:{2}/feed.xml'], delay: {3}s, cadence: 10s,"
        " revisit: {{first: 10s, growth: 1, until: 1h}}}}\n"
    )
    listed = "".join(one.format(number, host, port, DELAY_SECONDS) for number, host in enumerate(hosts(HOSTS)))
    settings.data.mkdir(parents=True, exist_ok=True)
    path = settings.data / "sources.yaml"
    path.write_text(f"contact: desk@watchfloor.example\nsources:\n{listed}", encoding="utf-8")
    return {
        **os.environ,
        "WATCHFLOOR_BROKER": settings.bootstrap,
        "WATCHFLOOR_DATA_FOLDER": str(settings.data),
        "WATCHFLOOR_SOURCES": str(path),
        "WATCHFLOOR_WEB_ALLOWED": ",".join(f"{host}:{port}" for host in hosts(HOSTS)),
    }


def start(variables: Mapping[str, str], log: Path) -> subprocess.Popen[bytes]:
    with log.open("ab") as entries:
        return subprocess.Popen([WATCHFLOOR, "serve", "scraper"], env=variables, stdout=entries, stderr=entries)


def gaps(requests: Path) -> list[float]:
    """Seconds between two requests to the same host, the robots.txt that follows a start included."""
    times = defaultdict(list)
    for line in requests.read_text(encoding="utf-8").splitlines():
        at, host, _ = line.split("\t")
        times[host].append(float(at))
    return [after - before for moments in times.values() for before, after in pairwise(moments)]


def wanted(port: int) -> dict[str, bytes]:
    """What each page must have been sent as, in the end."""
    return {
        canonical_url(f"http://{host}:{port}{path}"): page(host, path, changed=number % CHANGES_EACH == 0)
        for host in hosts(HOSTS)
        for number, path in enumerate(paths(PAGES))
    }


def bodies_of(records: list[Received]) -> dict[str, set[bytes]]:
    sent: dict[str, set[bytes]] = defaultdict(set)
    for record in records:
        event = read(record, PAGES_FETCHED)
        assert isinstance(event, PageFetched)
        sent[event.url].add(event.content())
    return sent


@pytest.mark.timeout(900)
async def test_killed_again_and_again_it_fetches_every_page_and_keeps_every_hosts_pace(
    kafka: Settings, tmp_path: Path
) -> None:
    """1,000 pages of which 50 change: all are fetched, no host is asked faster than its rate, a repeat has its old id."""
    with site(tmp_path) as port:
        variables, log = environment(kafka, port), tmp_path / "scraper.log"
        for number in range(KILLS):
            process = start(variables, log)
            await asyncio.sleep(EVERY_SECONDS)
            assert process.poll() is None, log.read_text(errors="replace")[-3000:]
            process.kill()
            process.wait()
            if number == KILLS // 2:
                (tmp_path / "changed").touch()
        process = start(variables, log)
        try:
            records = await _all_sent(kafka, port, log)
        finally:
            process.kill()
            process.wait()
    shortest = min(gaps(tmp_path / "requests.tsv"))
    assert shortest >= DELAY_SECONDS, f"a host was asked again after {shortest:.3f} s"
    _holds_every_repeat_once(records, tmp_path)


async def _all_sent(kafka: Settings, port: int, log: Path) -> list[Received]:
    """Wait until every page was sent in its last form."""
    needed = wanted(port)
    missing = sorted(needed)
    deadline = time.monotonic() + FINISH_SECONDS
    while missing and time.monotonic() < deadline:
        await asyncio.sleep(2)
        records = await on_topic(kafka, PAGES_FETCHED)
        sent = bodies_of(records)
        missing = [url for url, body in needed.items() if body not in sent.get(url, set())]
    said = log.read_text(errors="replace")[-2000:]  # noqa: ASYNC240 - nothing else runs
    assert not missing, f"{len(missing)} pages are missing, such as {missing[:3]}; {said}"
    return records


def _holds_every_repeat_once(records: list[Received], folder: Path) -> None:
    """Records of one id are one visit: the same page, and one version in the store."""
    by_id: dict[str, list[PageFetched]] = defaultdict(list)
    for record in records:
        event = read(record, PAGES_FETCHED)
        assert isinstance(event, PageFetched)
        by_id[record.ce_id].append(event)
    assert all(len({event.url for event in events}) == 1 for events in by_id.values())
    repeated = [events for events in by_id.values() if len(events) > 1][:LOOKED_THROUGH]
    print(f"{len(records)} records of {len(by_id)} visits; {sum(len(e) - 1 for e in by_id.values())} repeats")
    store = SqliteStore(folder / "store.sqlite")
    for events in repeated:
        enriched = [enrich_event(parse_event(event)) for event in events]
        assert all(isinstance(event, ArticleEnriched) for event in enriched)
        store.apply([Change(event) for event in enriched])
        versions = store.versions(article_id(events[0].url))
        assert len(versions) == len({event.content() for event in events})
    store.close()
