"""The crawl against Scrapy, both measured in one run, and its memory by the number of known addresses.

    python tests/benchmarks/bench_crawl.py [HOSTS] [PAGES] [ROUNDS]

A local web of 30 hosts (loopback addresses) with 100 articles each, which their front pages link. Scrapy follows the links
and writes each body gzipped to a file; Watchfloor's scraper runs as it is served, with frontier, guard, robots.txt and
every decision, to the topics of a real broker. Politeness is off on both sides, as far as it costs time: no delays. Both
run in processes of their own, whose CPU seconds count from start to end; the rounds alternate, the medians are compared.
Scrapy is installed for this alone, into a temporary environment.
"""

import asyncio
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

TESTS = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TESTS))

from fixtures.many_hosts import hosts  # noqa: E402
from fixtures.system import WATCHFLOOR, free_ports  # noqa: E402
from fixtures.working import fresh_topics, quick_settings, size_of  # noqa: E402

from watchfloor.settings import Settings  # noqa: E402
from watchfloor.topics import PAGES_FETCHED  # noqa: E402
from watchfloor_local.broker import EmbeddedBroker  # noqa: E402
from watchfloor_scraper.frontier import Finding, Frontier  # noqa: E402

GOAL = 2.0
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""Compiled modules are kept, as on a user's machine; a first round, which counts nothing, compiles them."""
SCRAPY = "scrapy>=2.13,<3"
PATIENCE_SECONDS = 300
KNOWN = (10_000, 200_000)


@contextmanager
def web(count: int, pages: int) -> Iterator[int]:
    """The local web; its port."""
    (port,) = free_ports(1)
    command = [sys.executable, "-m", "fixtures.many_hosts", str(port), str(count), str(pages)]
    with subprocess.Popen(command, env={**ENVIRONMENT, "PYTHONPATH": str(TESTS)}, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        yield port
        process.kill()


def scrapy_python(folder: Path) -> str:
    """A Python that has Scrapy."""
    uv = next(iter(sorted(Path(".tools").glob("uv-*/bin/uv"))), Path("uv"))
    subprocess.run([uv, "venv", "--quiet", "--python", sys.executable, folder / "scrapy"], check=True)
    python = folder / "scrapy" / "bin" / "python"
    subprocess.run([uv, "pip", "install", "--quiet", "--python", python, SCRAPY], check=True)
    return str(python)


def by_scrapy(python: str, port: int, count: int, pages: int) -> float:
    """Pages a CPU second."""
    with tempfile.TemporaryDirectory() as folder:
        script = Path(__file__).with_name("scrapy_side.py")
        process = subprocess.Popen(
            [python, str(script), folder, str(port), str(count)], env={**ENVIRONMENT, "PYTHONPATH": str(TESTS)}
        )
        _, _, usage = os.wait4(process.pid, 0)
        reached = len(list(Path(folder).glob("*.gz")))
    assert reached == count * pages, f"Scrapy reached {reached} pages"
    return reached / (usage.ru_utime + usage.ru_stime)


def sources(port: int, count: int) -> str:
    """A configuration that has the front pages read."""
    one = "  - {{id: h{0}, home: 'http://{1}:{2}/', sections: ['http://{1}:{2}/'], delay: 0s, cadence: 24h, revisit: off}}"
    listed = "\n".join(one.format(number, host, port) for number, host in enumerate(hosts(count)))
    return f"contact: bench@watchfloor.example\nsources:\n{listed}\n"


@contextmanager
def scraper(settings: Settings, port: int, count: int) -> Iterator[psutil.Process]:
    """The scraper as it is served, reading the local web."""
    settings.data.mkdir(parents=True, exist_ok=True)
    path = settings.data / "sources.yaml"
    path.write_text(sources(port, count))
    environment = {
        "WATCHFLOOR_BROKER": settings.bootstrap,
        "WATCHFLOOR_DATA_FOLDER": str(settings.data),
        "WATCHFLOOR_SOURCES": str(path),
        "WATCHFLOOR_WEB_ALLOWED": ",".join(f"{host}:{port}" for host in hosts(count)),
    }
    with (settings.data / "scraper.log").open("ab") as log:
        process = psutil.Popen(
            [WATCHFLOOR, "serve", "scraper"], env={**ENVIRONMENT, **environment}, stdout=log, stderr=log
        )
        try:
            yield process
        finally:
            process.kill()
            process.wait()


def by_watchfloor(broker: str, port: int, count: int, pages: int) -> float:
    """Pages a CPU second."""

    async def measure(folder: Path) -> float:
        await fresh_topics(broker)
        settings = quick_settings(broker, folder / "var")
        with scraper(settings, port, count) as process:
            deadline = time.monotonic() + PATIENCE_SECONDS
            while (reached := await size_of(settings, PAGES_FETCHED)) < count * pages:
                assert time.monotonic() < deadline, f"Watchfloor reached {reached} pages: {settings.data}"
                await asyncio.sleep(0.1)
            used = process.cpu_times()
        assert reached == count * pages, f"Watchfloor sent {reached} pages"
        return reached / (used.user + used.system)

    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(measure(Path(folder)))


def memory(broker: str, port: int, known: int) -> float:
    """MB that the scraper holds (unshared and shared, in proportion) while it reads, knowing so many addresses."""

    async def measure(folder: Path) -> float:
        await fresh_topics(broker)
        settings = quick_settings(broker, folder / "var")
        settings.data.mkdir(parents=True)
        far = time.time() + 86_400
        with Frontier(settings.data / "frontier.sqlite", now=time.time) as frontier:
            for first in range(0, known, 10_000):
                numbers = range(first, first + 10_000)
                urls = [f"http://host-{number % 1000}.example/world/{number}" for number in numbers]
                frontier.add([Finding(url, "page", None, "bench", far, "live") for url in urls])
        with scraper(settings, port, 5) as process:
            deadline = time.monotonic() + PATIENCE_SECONDS
            while await size_of(settings, PAGES_FETCHED) < 500:
                assert time.monotonic() < deadline, "the scraper did not get through"
                await asyncio.sleep(0.1)
            return float(process.memory_full_info().pss) / 1e6

    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(measure(Path(folder)))


def main(count: int, pages: int, rounds: int) -> None:
    """Print the medians, their ratio, and the memory."""
    port, controller_port = free_ports(2)
    defaults = Settings()
    with (
        tempfile.TemporaryDirectory() as folder,
        EmbeddedBroker(
            Path(folder) / "kafka", port, controller_port, defaults.cache, defaults.kafka_jars_url
        ) as broker,
        web(count, pages) as served,
    ):
        python = scrapy_python(Path(folder))
        theirs, ours = [], []
        for _ in range(rounds + 1):
            theirs.append(by_scrapy(python, served, count, pages))
            ours.append(by_watchfloor(broker.bootstrap, served, count, pages))
        del theirs[0], ours[0]
        ratio = statistics.median(ours) / statistics.median(theirs)
        print(f"crawl of {count * pages} pages over {count} hosts, pages a CPU second, medians of {rounds} rounds:")
        print(f"  Scrapy     {statistics.median(theirs):7.0f}")
        print(f"  Watchfloor {statistics.median(ours):7.0f}   ratio {ratio:.2f} (goal {GOAL})")
        for known in KNOWN:
            print(f"  memory with {known:>7,} known addresses: {memory(broker.bootstrap, served, known):.0f} MB")


if __name__ == "__main__":
    given = [int(text) for text in sys.argv[1:]]
    main(*[*given, *(30, 100, 3)[len(given) :]])
