"""The embedded store: documents and decisions a second in batches, and what a search or an explanation takes among many.

Times are by the clock; CPU seconds stand beside them, since a machine that is shared makes the clock lie.

`PYTHONPATH=tests python tests/benchmarks/bench_store.py [DOCUMENTS]` prints lines of JSON; milliseconds as [clock, CPU].
"""

import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from fixtures.generated import BEGINNING, articles

from watchfloor.events import ArticleEnriched, PageDecided
from watchfloor.explanation.explain import explain
from watchfloor.query import parse_query
from watchfloor.store.protocol import Change, FacetName, Search
from watchfloor.store.sqlite import SqliteStore

DOCUMENTS, BATCH, ROUNDS = 10_000, 50, 15
FACETS: tuple[FacetName, ...] = ("source", "language", "type", "country", "person", "place")
QUERIES = {
    "one word in 3 %": "convoy",
    "two words": "convoy harbour",
    "a common word": "border",
    "a beginning": "milcon*",
    "a phrase": '"border convoy"',
    "everything": "",
    "a circle": "place:Vell~300km",
}


def written(store: SqliteStore, number: int) -> dict[str, float]:
    """Documents that become durable a second, one batch after the other."""
    changes = [Change(event) for event in articles(number)]
    began, cpu = time.perf_counter(), time.process_time()
    for start in range(0, number, BATCH):
        store.apply(changes[start : start + BATCH])
    took, cpu = time.perf_counter() - began, time.process_time() - cpu
    return {"documents": number, "documents_a_second": round(number / took), "a_cpu_second": round(number / cpu)}


def decided(store: SqliteStore, number: int) -> dict[str, float]:
    """Decisions that become durable a second: three for each document, in batches of three times as many."""
    steps = [("scraper", "found", "feed"), ("scraper", "fetched", "http_200"), ("parser", "parsed", "news")]
    changes = [Change(_decision(event, *step)) for event in articles(number) for step in steps]
    began, cpu = time.perf_counter(), time.process_time()
    for start in range(0, len(changes), BATCH * len(steps)):
        store.apply(changes[start : start + BATCH * len(steps)])
    took, cpu = time.perf_counter() - began, time.process_time() - cpu
    return {"decisions_a_second": round(len(changes) / took), "a_cpu_second": round(len(changes) / cpu)}


def _decision(event: ArticleEnriched, by: str, verdict: str, reason: str) -> PageDecided:
    said = {"page_id": event.page_id, "url": event.url, "source_id": "news", "origin": "live", "detail": "as it was"}
    return PageDecided.model_validate({**said, "by": by, "verdict": verdict, "reason": reason, "at": event.fetched_at})


def milliseconds(action: Callable[[], object]) -> list[float]:
    """The medians of some rounds: by the clock, and of CPU."""
    taken = []
    for _ in range(ROUNDS):
        began, cpu = time.perf_counter(), time.process_time()
        action()
        taken.append((time.perf_counter() - began, time.process_time() - cpu))
    return [round(median(column) * 1000, 1) for column in zip(*taken, strict=True)]


def searches(store: SqliteStore) -> dict[str, dict[str, object]]:
    """What each query takes: ten hits with highlights, and the same with six facets and the histogram."""
    answer: dict[str, dict[str, object]] = {}
    for name, text in QUERIES.items():
        query = parse_query(text)
        plain, counted = Search(query, limit=10), Search(query, limit=10, facets=FACETS, histogram=True)
        ranked = Search(query, "relevance", limit=10)
        answer[name] = {
            "found": store.search(plain).total,
            "ms": milliseconds(lambda asked=plain: store.search(asked)),  # type: ignore[misc]
            "ms_by_relevance": milliseconds(lambda asked=ranked: store.search(asked)),  # type: ignore[misc]
            "ms_with_facets_and_histogram": milliseconds(lambda asked=counted: store.search(asked)),  # type: ignore[misc]
        }
    return answer


def main() -> None:
    """Run it."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else DOCUMENTS
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "store.sqlite"
        store = SqliteStore(path, locate={"Vell": (48.0, 25.0)}.get)
        print(json.dumps(written(store, number)), flush=True)
        print(json.dumps(decided(store, number)), flush=True)
        store.rest()
        print(json.dumps({"megabytes": round(path.stat().st_size / 1e6)}))
        for name, answer in searches(store).items():
            print(json.dumps({"query": name, **answer}))
        url = next(articles(1)).url
        print(json.dumps({"explanation_ms": milliseconds(lambda: explain(url, store, BEGINNING))}))
        store.close()


if __name__ == "__main__":
    main()
