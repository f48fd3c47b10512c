"""The commands: files in, lines out, and an exit status that can be believed."""

import gzip
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from watchfloor_parser.commands import canonical, parse


@pytest.fixture
def page(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "page.html"
    file.write_text(f"<h1>Mines at Vesk</h1>{text}", encoding="utf-8")
    return file


def test_each_file_gives_a_line_plain_or_gzip(page: Path) -> None:
    packed = page.with_suffix(".gz")
    packed.write_bytes(gzip.compress(page.read_bytes()))
    done = CliRunner().invoke(parse, [str(page), str(packed)])
    assert done.exit_code == 0
    assert [json.loads(line)["title"] for line in done.stdout.splitlines()] == ["Mines at Vesk", "Mines at Vesk"]


def test_the_good_files_are_printed_and_the_bad_ones_named(page: Path, tmp_path: Path) -> None:
    empty, broken = tmp_path / "empty.html", tmp_path / "broken.gz"
    empty.write_bytes(b"")
    broken.write_bytes(gzip.compress(b"<p>x</p>" * 100)[:20])
    done = CliRunner().invoke(parse, [str(empty), str(page), str(broken), str(tmp_path / "none.html")])
    assert done.exit_code == 1
    assert len(done.stdout.splitlines()) == 1
    assert "empty.html: is empty" in done.stderr
    assert "broken.gz: is broken gzip" in done.stderr
    assert "none.html: cannot be read: No such file" in done.stderr


def test_a_page_over_the_limit_is_refused_with_the_remedy(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WATCHFLOOR_PAGE_MAX_MB", "1")
    page.write_bytes(b"<p>word</p>" * 200_000)
    done = CliRunner().invoke(parse, [str(page)])
    assert done.exit_code == 1
    assert "page.html: is larger than 1 MB" in done.stderr
    assert "WATCHFLOOR_PAGE_MAX_MB" in done.stderr


def test_address_and_time_go_into_the_article(page: Path) -> None:
    asked = [str(page), "--url", "https://news.example/a?utm_source=x", "--fetched-at", "2026-06-01T14:00:00+02:00"]
    article = json.loads(CliRunner().invoke(parse, asked).stdout)
    assert (article["url"], article["fetched_at"]) == ("https://news.example/a", "2026-06-01T12:00:00Z")


@pytest.mark.parametrize("time", ["yesterday", "2026-06-01T14:00:00", "2026-06-01"])
def test_a_time_without_a_zone_is_refused(page: Path, time: str) -> None:
    done = CliRunner().invoke(parse, [str(page), "--fetched-at", time])
    assert done.exit_code == 2
    assert "ISO 8601 time with a zone" in done.stderr


def test_one_address_is_of_one_file(page: Path) -> None:
    assert CliRunner().invoke(parse, [str(page), str(page), "--url", "https://news.example/a"]).exit_code == 2


def test_canonical_prints_the_address_alone(page: Path) -> None:
    assert CliRunner().invoke(canonical, ["HTTPS://News.Example/a#b"]).stdout == "https://news.example/a\n"
    page.write_text('<link rel="canonical" href="/world/mines-at-vesk"><h1>x</h1>', encoding="utf-8")
    asked = ["https://news.example/amp/world/mines-at-vesk?outputType=amp", "--page", str(page)]
    assert CliRunner().invoke(canonical, asked).stdout == "https://news.example/world/mines-at-vesk\n"
