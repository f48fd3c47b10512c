"""Write what the parser reads out of the extraction sets, a line a page, in the form that their score.py reads.

    python tests/benchmarks/bench_extraction.py predictions.ndjson [--sets zyte,fundus_eval]
    python ../shared/extraction/score.py predictions.ndjson --against baseline.ndjson

The sets are read from the folder `extraction` in WATCHFLOOR_TEST_MATERIAL (default ../shared); where it is absent,
nothing is measured. Where a page names no person, its agencies stand as authors: so do the sets. Times are CPU seconds of `parse` alone.
"""

import argparse
import gzip
import json
import logging
import os
import sys
import time
from pathlib import Path
from typing import Any

import watchfloor_parser.warm  # noqa: F401 - loads the models before the first page is timed
from watchfloor.errors import Rejected
from watchfloor_parser.page.reading import RawPage
from watchfloor_parser.parse import parse

ROOT = Path(__file__).resolve().parents[2]
MATERIAL = Path(os.environ.get("WATCHFLOOR_TEST_MATERIAL", ROOT.parent / "shared")) / "extraction"
SETS = "zyte,fundus_eval,fundus_fixtures,traf_eval,wcxb_dev,wcxb_test"


def predict(raw: RawPage) -> dict[str, Any]:
    """One page's prediction; empty where the parser rejects it."""
    try:
        article = parse(raw)
    except Rejected as error:
        print(error, file=sys.stderr)
        return {"text": ""}
    return {
        "title": article.title,
        "authors": list(article.authors or article.agencies),
        "published": article.published_at,
        "image": article.images[0].url if article.images else None,
        "language": article.language,
        "text": article.text,
    }


def predictions(name: str) -> list[dict[str, Any]]:
    """The predictions of one set."""
    folder = MATERIAL / name
    rows = []
    for page, truth in json.loads((folder / "truth.json").read_text(encoding="utf-8")).items():
        content = gzip.decompress((folder / "pages" / f"{page}.html.gz").read_bytes())
        url = truth["url"] if (truth["url"] or "").startswith("http") else None
        begun = time.process_time()
        row = predict(RawPage(content, f"{name}/{page}", url))
        rows.append({"set": name, "id": page, **row, "seconds": round(time.process_time() - begun, 5)})
    return rows


def main() -> None:
    """Run the sets that are asked for and are there."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("predictions", type=Path)
    options.add_argument("--sets", default=SETS)
    chosen = options.parse_args()
    logging.disable(logging.CRITICAL)
    if not MATERIAL.is_dir():
        print(f"skipped: {MATERIAL} is absent; name its parent in WATCHFLOOR_TEST_MATERIAL")
        return
    with chosen.predictions.open("w", encoding="utf-8") as out:
        for name in chosen.sets.split(","):
            rows = predictions(name)
            out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
            print(
                f"{name}: {len(rows)} pages, {sum(row['seconds'] for row in rows) / len(rows) * 1000:.0f} ms CPU a page"
            )


if __name__ == "__main__":
    main()
