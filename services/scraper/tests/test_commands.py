"""The commands print what the README promises."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from watchfloor.errors import InvalidAddress, Rejected
from watchfloor_scraper.commands import feed, ingest, robots


def test_feed_prints_a_line_of_json_an_entry(tmp_path: Path) -> None:
    file = tmp_path / "feed.xml"
    file.write_text("<rss><item><link>/a</link><title>Über</title></item></rss>", encoding="utf-8")
    done = CliRunner().invoke(feed, [str(file), "--url", "https://news.example/rss"])
    assert done.exit_code == 0
    assert done.stdout.startswith('{"url": "https://news.example/a", "title": "Über", "published_at": null, ')
    assert json.loads(done.stdout)["guid"] is None


def test_feed_refuses_an_address_that_is_none(tmp_path: Path) -> None:
    file = tmp_path / "feed.xml"
    file.write_text("<rss></rss>", encoding="utf-8")
    done = CliRunner().invoke(feed, [str(file), "--url", "news"])
    assert isinstance(done.exception, InvalidAddress)


@pytest.mark.parametrize(("written", "printed"), [("10", "10"), ("2.5", "2.5"), ("soon", "null")])
def test_robots_prints_delay_and_verdicts_on_one_line(tmp_path: Path, written: str, printed: str) -> None:
    file = tmp_path / "robots.txt"
    file.write_text(f"User-agent: *\nDisallow: /a\nCrawl-delay: {written}\n", encoding="utf-8")
    done = CliRunner().invoke(robots, [str(file), "--agent", "WatchfloorBot", "--", "/a", "/b"])
    assert done.stdout == f'{{"crawl_delay": {printed}, "allowed": ["/b"], "denied": ["/a"]}}\n'
    assert json.loads(done.stdout)["denied"] == ["/a"]


def test_ingest_refuses_one_address_for_several_pages_and_a_time_that_is_none(tmp_path: Path) -> None:
    done = CliRunner().invoke(ingest, [str(tmp_path), "--url", "https://news.example/a"])
    assert done.exit_code == 2
    assert "index.tsv" in done.output
    done = CliRunner().invoke(ingest, [str(tmp_path), "--fetched-at", "yesterday"])
    assert isinstance(done.exception, Rejected)
