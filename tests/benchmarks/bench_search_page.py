"""A search over HTTP among many articles: 50 of them whole, five facets, the histogram; the page that shows it; its first paint.

    PYTHONPATH=tests python tests/benchmarks/bench_search_page.py [ARTICLES]

The articles are generated from a seed into a store of their own, the gateway is a process of its own, there is no broker.
Prints lines of JSON: what each query finds and takes, then all of them together, with the CPU time of one request, the cores
of the machine, and how many processes wanted one when the measurement ended. Milliseconds are from the request to the
last byte of the answer. Last comes what a browser sees of the page, see `fixtures/first_paint.py`; without Chromium it says so.
"""

import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from itertools import islice
from pathlib import Path
from statistics import quantiles
from urllib.parse import urlencode

from fixtures import first_paint
from fixtures.gateway import running
from fixtures.generated import changes
from fixtures.system import free_ports

from watchfloor.settings import Settings
from watchfloor.store.protocol import Change
from watchfloor.store.sqlite import SqliteStore

ARTICLES, BATCH, ROUNDS, GOAL_MS = 20_000, 100, 15, 100
FACETS = ("source", "language", "type", "country", "person")
QUERIES = {
    "everything": {},
    "a common word": {"q": "border"},
    "a word in a tenth": {"q": "harbour"},
    "a word in 3 %": {"q": "convoy"},
    "two words and a language": {"q": "border harbour language:en"},
    "a beginning": {"q": "milcon*"},
    "a phrase": {"q": '"border convoy"'},
    "ten days": {"q": "published:[2026-09-11 TO 2026-09-20]"},
    "around a city": {"q": "place:Kyiv~400km"},
    "all but": {"q": "-border -type:opinion"},
    "changed last": {"q": "harbour", "sort": "changed"},
    "by relevance": {"q": "harbour OR convoy", "sort": "relevance"},
    "nothing": {"q": "xylophone"},
}


def batches(number: int) -> Iterator[list[Change]]:
    """What the store is told, in batches as a stage writes them."""
    told = changes(number)
    while batch := list(islice(told, BATCH)):
        yield batch


def build(path: Path, number: int) -> dict[str, float]:
    """A store of so many articles."""
    began = time.perf_counter()
    store = SqliteStore(path)
    for batch in batches(number):
        store.apply(batch)
    store.rest()
    store.close()
    took = time.perf_counter() - began
    return {"articles": number, "built_s": round(took, 1), "megabytes": round(path.stat().st_size / 1e6)}


def measured(connection: HTTPConnection, path: str, parameters: object) -> tuple[float, bytes]:
    """Milliseconds of one request, and what it answered."""
    began = time.perf_counter()
    connection.request("GET", f"{path}?{urlencode(parameters, doseq=True)}")  # type: ignore[arg-type]
    answer = connection.getresponse()
    content = answer.read()
    took = (time.perf_counter() - began) * 1000
    if answer.status != 200:
        raise RuntimeError(f"{path} {parameters} answered {answer.status}: {content[:300]!r}")
    return took, content


def percentiles(taken: list[float]) -> dict[str, float]:
    """The median, and what 95 of 100 stay under."""
    cut = quantiles(taken, n=20, method="inclusive")
    return {"p50_ms": round(cut[9], 1), "p95_ms": round(cut[18], 1)}


def cpu_ms(process: subprocess.Popen[bytes]) -> float:
    """CPU time of a process so far: where others use the machine, the clock tells less (proc(5))."""
    fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


def searches(connection: HTTPConnection) -> list[float]:
    """What each query takes as JSON, one after the other in each round, so that no answer is still warm."""
    asked = {name: {**query, "facet": FACETS, "limit": 50} for name, query in QUERIES.items()}
    found = {name: json.loads(measured(connection, "/v1/articles", query)[1]) for name, query in asked.items()}
    taken: dict[str, list[float]] = {name: [] for name in asked}
    for _ in range(ROUNDS):
        for name, query in asked.items():
            taken[name].append(measured(connection, "/v1/articles", query)[0])
    for name, times in taken.items():
        print(json.dumps({"search": name, "found": found[name]["total"], **percentiles(times)}), flush=True)
    return [each for times in taken.values() for each in times]


def asked_of_the_page() -> list[dict[str, str]]:
    """The same queries, as the page is asked for them."""
    return [{"q": query.get("q", ""), "sort": query.get("sort", "newest")} for query in QUERIES.values()]


def pages(connection: HTTPConnection) -> list[float]:
    """What they take as a page."""
    return [measured(connection, "/search", query)[0] for _ in range(ROUNDS) for query in asked_of_the_page()]


def measure(gateway: subprocess.Popen[bytes], port: int) -> dict[str, object]:
    """All queries, as JSON and as a page."""
    connection = HTTPConnection("127.0.0.1", port)
    told: dict[str, object] = {"goal_ms": GOAL_MS}
    for name, ask in (("answer", searches), ("page", pages)):
        before = cpu_ms(gateway)
        taken = ask(connection)
        told[name] = {**percentiles(taken), "cpu_ms": round((cpu_ms(gateway) - before) / len(taken), 1)}
    return {**told, **machine()}


def machine() -> dict[str, object]:
    """What the figures were measured on."""
    return {"cores": os.cpu_count(), "load": round(os.getloadavg()[0], 1), "python": platform.python_version()}


def main() -> None:
    """Run it."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else ARTICLES
    with tempfile.TemporaryDirectory(prefix="watchfloor-bench-") as folder:
        settings = Settings(data_folder=Path(folder), http_port=free_ports(1)[0], kafka_port=1)
        print(json.dumps(build(settings.store_path, number)), flush=True)
        with running(settings) as gateway:
            print(json.dumps({"articles": number, **measure(gateway, settings.http_port)}), flush=True)
            painted = first_paint.measure(f"http://127.0.0.1:{settings.http_port}", asked_of_the_page())
            print(json.dumps({"articles": number, **painted, **machine()}))


if __name__ == "__main__":
    main()
