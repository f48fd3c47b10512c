"""Articles a second: each pure stage alone, and the whole pipeline against what the cores could do.

    python tests/benchmarks/bench_pipeline.py [--articles N]

Prints, of one run on this machine: articles a CPU second of `parse` and of `enrich` and of the store's `apply`; then the
rate of the whole system on real Kafka, and the ratio of that to the cores divided by the sum of those CPU seconds.
"""

import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from fixtures.dispatch import draw

from watchfloor.events import PageFetched, pack
from watchfloor.identity import page_id

AT = datetime(2026, 11, 1, tzinfo=UTC)


def pages(count: int) -> list[PageFetched]:
    """Invented pages, each different."""
    found = []
    for number in range(count):
        url = f"https://sentinel.example/conflicts/report-{number:05}/"
        html = draw(number).bare
        found.append(
            PageFetched(
                page_id=page_id(url),
                url=url,
                final_url=url,
                status=200,
                fetched_at=AT,
                content_type="text/html; charset=utf-8",
                etag=None,
                last_modified=None,
                body=pack(html.encode()),
                source_id=None,
                origin="live",
            )
        )
    return found


def cpu_seconds(work: Callable[[], object]) -> float:
    """CPU seconds of this process for one piece of work."""
    began = time.process_time()
    work()
    return time.process_time() - began
