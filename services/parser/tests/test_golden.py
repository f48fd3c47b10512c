"""Whole pages, as they were that day, and what is read out of them."""

import gzip
import json
from datetime import datetime
from pathlib import Path

import pytest

from watchfloor_parser.page.reading import RawPage
from watchfloor_parser.parse import parse

FOLDER = Path(__file__).parent / "golden"
EXPECTED = sorted(FOLDER.glob("*.json"))


@pytest.mark.parametrize("file", EXPECTED, ids=lambda file: file.stem)
def test_a_golden_page_is_read_as_on_its_day(file: Path) -> None:
    """Every field is as it was, twice over: the same page gives the same article."""
    expected = json.loads(file.read_text(encoding="utf-8"))
    content = gzip.decompress(file.with_suffix(".html.gz").read_bytes())
    raw = RawPage(content, file.stem, expected["url"], datetime.fromisoformat(expected["fetched_at"]))
    article = parse(raw)
    assert article.model_dump(mode="json") == expected["article"]
    assert parse(raw).model_dump_json() == article.model_dump_json()


@pytest.mark.parametrize("file", EXPECTED, ids=lambda file: file.stem)
def test_no_field_that_a_rule_fills_is_empty(file: Path) -> None:
    """A golden page that says nothing proves nothing; each field that is filled says where it was found."""
    expected = json.loads(file.read_text(encoding="utf-8"))
    article = expected["article"]
    assert [field for field in expected["filled"] if not article[field]] == []
    assert set(expected["filled"]) <= {evidence["field"] for evidence in article["evidence"]}


@pytest.mark.parametrize("file", EXPECTED, ids=lambda file: file.stem)
def test_blocks_stand_where_they_say(file: Path) -> None:
    article = json.loads(file.read_text(encoding="utf-8"))["article"]
    assert all(article["text"][b["start"] : b["end"]] == b["text"] for b in article["blocks"])


def test_there_are_golden_pages() -> None:
    assert len(EXPECTED) >= 6
