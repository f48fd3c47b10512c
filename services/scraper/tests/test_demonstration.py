"""The articles of the demonstration are whole: a newcomer sees them first."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from watchfloor.identity import page_id
from watchfloor_scraper.ingest.files import read_page
from watchfloor_scraper.ingest.inputs import Input, find_inputs
from watchfloor_scraper.ingest.own_address import own_address
from watchfloor_scraper.ingest.visits import page_visit

ARTICLES = Path(__file__).parents[3] / "deploy" / "demo" / "articles"
LISTED = [item for item in find_inputs([ARTICLES]) if isinstance(item, Input)]


def test_every_line_of_the_index_is_good_and_every_page_is_listed() -> None:
    assert len(list(find_inputs([ARTICLES]))) == len(LISTED) >= 12
    assert {item.path.name for item in LISTED} == {path.name for path in ARTICLES.glob("*.html")}


@pytest.mark.parametrize("item", LISTED, ids=lambda item: item.path.stem)
def test_a_page_of_the_demonstration_becomes_a_visit_and_names_the_address_of_the_index(item: Input) -> None:
    content = read_page(item.path, 1024**2)
    assert item.url is not None
    assert item.fetched_at is not None
    assert page_visit(item, content, item.fetched_at, now=datetime.now(UTC)).event.key == page_id(item.url)
    assert own_address(content) == item.url


def test_one_article_comes_in_two_versions() -> None:
    addresses = [item.url for item in LISTED]
    assert len(addresses) == len(set(addresses)) + 1
