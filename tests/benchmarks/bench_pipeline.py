"""Articles a second: each pure stage alone, and the whole pipeline against what the cores could do.

    python tests/benchmarks/bench_pipeline.py [ARTICLES]

Prints, of one run on this machine: articles a CPU second of the parser's, the enricher's and the store's pure work; then
the rate of the whole system on real Kafka, and the ratio of it to the cores divided by the sum of those CPU seconds.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from fixtures.fetched import invented_page
from fixtures.system import System, wait_for
from fixtures.topic import put

from watchfloor.events import PageFetched
from watchfloor.store.protocol import Change
from watchfloor.store.sqlite import SqliteStore
from watchfloor.topics import PAGES_FETCHED
from watchfloor_enricher.stage import enrich_event
from watchfloor_parser.parse import parse_event

Result = TypeVar("Result")
BATCH, WARM_UP, ALONE = 50, 5, 100


def cpu_seconds(work: Callable[[], Result]) -> tuple[float, Result]:
    """CPU seconds of this process for one piece of work, and what it gave."""
    began = time.process_time()
    result = work()
    return time.process_time() - began, result


def alone(pages: list[PageFetched], folder: Path) -> dict[str, float]:
    """CPU seconds an article of each pure stage."""
    for warm in pages[:WARM_UP]:
        enrich_event(parse_event(warm))
    parsing, parsed = cpu_seconds(lambda: [parse_event(each) for each in pages])
    enriching, enriched = cpu_seconds(lambda: [enrich_event(each) for each in parsed])
    store = SqliteStore(folder / "alone.sqlite")
    changes = [Change(each) for each in enriched]
    storing, _ = cpu_seconds(lambda: [store.apply(changes[at : at + BATCH]) for at in range(0, len(changes), BATCH)])
    store.close()
    return {name: spent / len(pages) for name, spent in (("parse", parsing), ("enrich", enriching), ("store", storing))}


def whole(pages: list[PageFetched], folder: Path) -> float:
    """Articles a second of the whole system, from the first page sent to the last one found."""
    records: list[tuple[str | None, bytes | None, dict[str, str]]] = [
        (each.page_id, each.write(), {"ce_type": PageFetched.type_name, "ce_id": f"{each.page_id}:1"}) for each in pages
    ]
    with System(folder) as system:
        put(system.bootstrap, PAGES_FETCHED.name, records[:WARM_UP])
        wait_for(lambda: system.search("")["total"] == WARM_UP, "the system is warm")
        began = time.monotonic()
        put(system.bootstrap, PAGES_FETCHED.name, records[WARM_UP:])
        wait_for(lambda: system.search("", limit=1)["total"] == len(pages), "all articles are found", 1800)
        return (len(pages) - WARM_UP) / (time.monotonic() - began)


def main(articles: int) -> None:
    """Measure, and print the figures."""
    cores = len(os.sched_getaffinity(0))
    pages = [invented_page(number) for number in range(articles)]
    with tempfile.TemporaryDirectory() as folder:
        spent = alone(pages[:ALONE], Path(folder))
        rate = whole(pages, Path(folder))
    could = cores / sum(spent.values())
    for name, seconds in spent.items():
        print(f"{name:8} {1 / seconds:8.1f} articles a CPU second  ({1000 * seconds:.1f} ms)")
    print(
        f"pipeline {rate:8.1f} articles a second; {cores} cores could do {could:.1f}: ratio {rate / could:.2f} (goal .8)"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
