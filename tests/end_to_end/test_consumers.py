"""The consumer in the docs is what a downstream developer copies: it must run as it stands."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from fixtures.system import System, wait_for

pytestmark = pytest.mark.end_to_end
DOC = Path(__file__).parents[2] / "docs" / "consumers.md"
URL = "https://pilot.example/sea/read-by-a-stranger-1"
PARAGRAPH = (
    "<p>The pilots of the northern strait said on Monday that they had not been asked and that they would have advised "
    "against the drill at this time of the year, since the ice is moving and the buoys are not where they were.</p>"
)
HTML = (
    "<html lang='en'><title>Read by a stranger</title><article><h1>Read by a stranger</h1>"
    f"{PARAGRAPH * 3}</article></html>"
)


def test_the_consumer_of_the_docs_has_at_most_twenty_lines_and_reads_an_article(system: System, tmp_path: Path) -> None:
    [code] = re.findall(r"```python\n(.*?)```", DOC.read_text(encoding="utf-8"), re.DOTALL)
    assert len([line for line in code.splitlines() if line.strip()]) <= 20
    status, answer, _ = system.request("/v1/pages", {"url": URL, "html": HTML, "fetched_at": "2026-05-01T10:00:00Z"})
    assert status == 202, answer
    printed = tmp_path / "printed.txt"
    with printed.open("wb") as out:
        consumer = subprocess.Popen(
            [sys.executable, "-c", code], env={**os.environ, "BROKER": system.bootstrap}, stdout=out, stderr=out
        )
    try:
        wait_for(
            lambda: "1 Read by a stranger" in printed.read_text(encoding="utf-8"), "the consumer printed the title"
        )
    finally:
        consumer.kill()
        consumer.wait()
