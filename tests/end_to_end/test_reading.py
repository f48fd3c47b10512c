"""A news page goes in through the topics; what a careful analyst reads out of it is found by search."""

import gzip
import json
from pathlib import Path

import pytest
from fixtures import material
from fixtures.dispatch import draw
from fixtures.dispatch_page import FURNITURE
from fixtures.reading import differences
from fixtures.system import System

pytestmark = pytest.mark.end_to_end
SEEDS = range(1, 9)
REFERENCE_FURNITURE = (
    "cookies",
    "Share this",
    "Subscribe to our",
    "Talks about talks",
    "All rights reserved",
    "Drone factories",
)


@pytest.mark.skipif(not material.has("reference"), reason=material.ABSENT)
@pytest.mark.parametrize("page", ["article.html", "article-bare.html"])
def test_the_reference_page_is_read_as_an_analyst_reads_it(page: str, tmp_path: Path) -> None:
    """Title, section, site, time, ten paragraphs, captions, people, places, quotations, dates, quantities."""
    folder = material.FOLDER / "reference"
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    with System(tmp_path) as system:
        sent = system.run("ingest", str(folder / page), "--url", expected["url"], "--fetched-at", expected["published"])
        assert sent.returncode == 0, sent.stderr
        article = system.found("title:Istanbul OR Istanbul")
        wrong = differences(
            article, expected, rich=page == "article.html", furniture=REFERENCE_FURNITURE, quotes_at_least=9
        )
    assert wrong == []


@pytest.mark.parametrize("form", ["rich", "bare"])
def test_invented_pages_with_the_same_traits_are_read_as_well(form: str, tmp_path: Path) -> None:
    """Names, offices, cities and numbers are drawn by a seed, so that no rule fits one page alone."""
    dispatches = {seed: draw(seed) for seed in SEEDS}
    pages = tmp_path / "pages"
    pages.mkdir()
    rows = []
    for seed, dispatch in dispatches.items():
        (pages / f"{seed}.html.gz").write_bytes(gzip.compress(getattr(dispatch, form).encode(), mtime=0))
        rows.append(f"{seed}.html.gz\t{dispatch.expected['url']}\t{dispatch.expected['published']}\n")
    (pages / "index.tsv").write_text("".join(rows), encoding="utf-8")
    wrong = {}
    with System(tmp_path) as system:
        sent = system.run("ingest", str(pages))
        assert sent.returncode == 0, sent.stderr
        for seed, dispatch in dispatches.items():
            expected = dispatch.expected
            article = system.found(f'"{expected["people"][2]["name"]}"')
            wrong[seed] = differences(
                article,
                expected,
                rich=form == "rich",
                furniture=FURNITURE,
                quotes_at_least=len(expected["quotes"]) - 2,
            )
    assert {seed: faults for seed, faults in wrong.items() if faults} == {}
