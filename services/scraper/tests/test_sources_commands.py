"""The commands of `watchfloor sources` do what their help says."""

import asyncio
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from fixtures.small_server import SmallServer, page, serving

from watchfloor.errors import Rejected, Stop
from watchfloor_scraper.configuration import InvalidConfiguration, load
from watchfloor_scraper.sources_commands import sources

TEXT = """\
contact: desk@news.example
sources:
  - id: a   # ours
    home: https://a.example/
    feeds: [https://a.example/feed]
  - {id: b, home: 'https://b.example/', paused: true}
"""
FEED = b"<rss><item><link>/harbour-closed</link></item><item><link>https://c.example/</link></item></rss>"
HOME = b'<link rel=alternate type="application/rss+xml" href="/feed.xml">'


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "sources.yaml"
    file.write_text(TEXT, encoding="utf-8")
    monkeypatch.setenv("WATCHFLOOR_SOURCES", str(file))
    return file


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[SmallServer]:
    """A site with a feed, served beside the command, which has an event loop of its own."""
    pages = {"/": HOME, "/feed.xml": FEED}
    up, done = threading.Event(), asyncio.Event()
    loop = asyncio.new_event_loop()
    running: list[SmallServer] = []

    async def serve() -> None:
        async with serving(lambda path: page(pages[path]) if path in pages else page(b"", status="404 No")) as small:
            running.append(small)
            up.set()
            await done.wait()

    thread = threading.Thread(target=loop.run_until_complete, args=(serve(),))
    thread.start()
    assert up.wait(30)
    monkeypatch.setenv("WATCHFLOOR_WEB_ALLOWED", f"127.0.0.1:{running[0].port}")
    yield running[0]
    loop.call_soon_threadsafe(done.set)
    thread.join(30)
    loop.close()


def run(*arguments: str, given: bytes | None = None) -> Result:
    return CliRunner().invoke(sources, arguments, input=given)


def test_list_prints_a_line_a_source(path: Path) -> None:
    lines = run("list").stdout.splitlines()
    assert [line.split() for line in lines] == [
        ["a", "1", "feed", "a.example", "https://a.example/"],
        ["b", "paused", "b.example", "https://b.example/"],
    ]
    first = json.loads(run("list", "--json").stdout.splitlines()[0])
    assert first == {"id": "a", "name": "a.example", "home": "https://a.example/", "feeds": ["https://a.example/feed"]}


def test_without_a_file_the_commands_say_what_to_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WATCHFLOOR_SOURCES", raising=False)
    for command in (["list"], ["pause", "a"], ["check"], ["export", "opml"]):
        error = run(*command).exception
        assert isinstance(error, Stop)
        assert "set WATCHFLOOR_SOURCES" in str(error)


def test_pause_and_resume_change_the_file_and_keep_its_comments(path: Path) -> None:
    assert run("pause", "a", "b").exit_code == 0
    assert [outlet.paused for outlet in load(path).outlets] == [True, True]
    assert run("resume", "a", "b").exit_code == 0
    assert [outlet.paused for outlet in load(path).outlets] == [False, False]
    assert "# ours" in path.read_text(encoding="utf-8")
    assert isinstance(run("pause", "c").exception, Rejected)


def test_add_with_a_feed_asks_nobody(path: Path) -> None:
    done = run(
        "add",
        "https://c.example/",
        "--feed",
        "https://c.example/rss",
        "--name",
        "Sea News",
        "--tag",
        "navy",
        "--country",
        "GB",
    )
    assert done.exit_code == 0, done.exception
    added = load(path).by_id["sea-news"]
    assert (added.home, added.feeds, added.tags, added.country) == (
        "https://c.example/",
        ("https://c.example/rss",),
        ("navy",),
        "GB",
    )


def test_add_tells_all_that_is_wrong_with_what_is_given(path: Path) -> None:
    error = run("add", "https://c.example/", "--feed", "feed", "--country", "UK").exception
    assert isinstance(error, InvalidConfiguration)
    assert str(error).splitlines() == [
        "the new source, country: 'UK' is no country code of ISO 3166-1 (give GB)",
        "the new source, feeds[0]: 'feed' is no http or https address (give an absolute address such as https://news.example/path)",
    ]
    assert path.read_text(encoding="utf-8") == TEXT


def test_add_finds_the_feed_of_a_site(path: Path, server: SmallServer) -> None:
    done = run("add", server.url(), "--id", "c", "--delay", "0s")
    assert done.exit_code == 0, done.exception
    assert load(path).by_id["c"].feeds == (server.url("/feed.xml"),)
    assert any("User-Agent: WatchfloorBot/0.1.0 (+desk@news.example)" in asked for asked in server.asked)


def test_add_of_a_feed_adds_its_site(path: Path, server: SmallServer) -> None:
    done = run("add", server.url("/feed.xml"), "--name", "The Harbour", "--delay", "0s")
    assert done.exit_code == 0, done.exception
    added = load(path).by_id["the-harbour"]
    assert (added.home, added.feeds, added.name) == (server.url("/"), (server.url("/feed.xml"),), "The Harbour")
    assert isinstance(run("add", server.url("/feed.xml"), "--id", "a", "--delay", "0s").exception, Rejected)


def test_check_of_an_address_prints_a_report(path: Path, server: SmallServer) -> None:
    done = run("check", server.url(), "--delay", "0s")
    assert done.exit_code == 0, done.exception
    assert f"fetch  {server.url('/harbour-closed')}" in done.stdout
    assert "leave  https://c.example/  off_domain: c.example is neither" in done.stdout


def test_check_of_a_file_reports_each_source_and_fails_where_one_is_not_well(path: Path, server: SmallServer) -> None:
    text = f"""\
contact: desk@news.example
sources:
  - {{id: a, home: '{server.url()}', delay: 0s}}
  - {{id: b, home: '{server.url()}', delay: 0s, feeds: ['{server.url("/gone")}']}}
"""
    path.write_text(text, encoding="utf-8")
    done = run("check", str(path), "--json")
    reports = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(report["id"], report["well"], report["lists"][0]["code"]) for report in reports] == [
        ("a", True, "ok"),
        ("b", False, "http_4xx"),
    ]
    assert done.exit_code == 1
    assert run("check", "--only", "a").exit_code == 0


def test_check_offline_asks_nobody_and_tells_every_fault(path: Path) -> None:
    assert run("check", "--offline").exit_code == 0
    path.write_text(TEXT.replace("id: a", "id: A").replace("paused: true", "paused: maybe"), encoding="utf-8")
    error = run("check", "--offline").exception
    assert isinstance(error, InvalidConfiguration)
    assert [fault.line for fault in error.faults] == [3, 6]


def test_nobody_is_asked_by_a_crawler_without_a_contact(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.write_text(TEXT.replace("contact: desk@news.example\n", ""), encoding="utf-8")
    monkeypatch.delenv("WATCHFLOOR_CONTACT", raising=False)
    error = run("check").exception
    assert isinstance(error, Stop)
    assert "WATCHFLOOR_CONTACT" in str(error)


def test_opml_goes_in_and_out(path: Path, tmp_path: Path) -> None:
    exported = run("export", "opml").stdout
    file = tmp_path / "out.opml"
    assert run("export", "opml", str(file)).exit_code == 0
    assert file.read_text(encoding="utf-8") == exported
    other = tmp_path / "other.yaml"
    done = run("import", "opml", "-", "--file", str(other), given=exported.encode())
    assert done.exit_code == 0, done.exception
    assert set(load(other).by_id) == {"a", "b"}
    again = run("import", "opml", str(file), "--file", str(other))
    assert "0 added, 2 known, 0 passed over" in again.stderr
