"""Write the golden pages and what the parser reads out of them; read the difference before you commit it.

python services/parser/tests/golden/write.py
"""

import gzip
import json
import sys
from datetime import datetime
from pathlib import Path

from watchfloor_parser.page.reading import RawPage
from watchfloor_parser.parse import parse

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))
from pages import CHARSETS, GOLDEN, Golden  # type: ignore[import-not-found]  # noqa: E402 - beside this program, which is run by its path


def write(golden: Golden) -> None:
    """Pack a page, and put beside it what is read out of it."""
    content = golden.html.encode(CHARSETS.get(golden.name, "utf-8"))
    (HERE / f"{golden.name}.html.gz").write_bytes(gzip.compress(content, mtime=0))
    article = parse(RawPage(content, golden.name, golden.url, datetime.fromisoformat(golden.fetched_at)))
    asked = {"url": golden.url, "fetched_at": golden.fetched_at, "filled": golden.fields}
    expected = {**asked, "article": article.model_dump(mode="json")}
    text = json.dumps(expected, ensure_ascii=False, indent=1)
    (HERE / f"{golden.name}.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    for page in GOLDEN:
        write(page)
