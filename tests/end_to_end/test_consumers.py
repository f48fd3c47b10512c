"""The consumer in the docs is what a downstream developer copies: it must run as it stands."""

from pathlib import Path

import pytest
from fixtures.docs_consumer import CODE, until_it_prints
from fixtures.system import System

pytestmark = pytest.mark.end_to_end
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
    assert len([line for line in CODE.splitlines() if line.strip()]) <= 20
    status, answer, _ = system.request("/v1/pages", {"url": URL, "html": HTML, "fetched_at": "2026-05-01T10:00:00Z"})
    assert status == 202, answer
    until_it_prints("1 Read by a stranger", system.bootstrap, tmp_path)
