"""What the reader of feeds and sitemaps promises."""

import gzip
import json
from dataclasses import asdict
from pathlib import Path

import pytest

from watchfloor_scraper.feed import NotAFeed, read_feed

CORPUS = Path(__file__).parent / "feeds"
URL = "https://news.example/feeds/x.xml"
FEEDS = sorted(path for path in CORPUS.iterdir() if path.with_name(path.name + ".expected.jsonl").exists())


def rss(item: str, before: str = "") -> bytes:
    return f"{before}<rss version='2.0'><channel><link>https://news.example/</link>{item}</channel></rss>".encode()


def only(content: bytes) -> tuple[str, str | None, str | None]:
    (entry,) = read_feed(content, URL).entries
    return entry.url, entry.title, entry.published_at


@pytest.mark.parametrize("path", FEEDS, ids=lambda path: path.name)
def test_a_feed_of_the_corpus_is_read_as_it_should_be(path: Path) -> None:
    expected = path.with_name(path.name + ".expected.jsonl").read_text(encoding="utf-8").splitlines()
    found = read_feed(path.read_bytes(), f"https://news.example/feeds/{path.name}").entries
    assert [asdict(entry) for entry in found] == [json.loads(line) for line in expected]


@pytest.mark.parametrize(
    ("declared", "codec"),
    [
        ("windows-1251", "cp1251"), ("koi8-u", "koi8-u"), ("UTF-16", "utf-16"), ("utf-8", "utf-8"),
        ("Shift_JIS", "cp932"), ("no-such-encoding", "cp1251"), ("utf-8", "cp1251"), ("windows-1251", "utf-8"),
    ],
)  # fmt: skip
def test_the_encoding_is_found_also_where_the_xml_line_is_wrong(declared: str, codec: str) -> None:
    title = "Прикордонники затримали катер біля острова вночі"
    if codec == "cp932":
        title = "巡視船が島の近くで漁船を停止"
    text = f"<?xml version='1.0' encoding='{declared}'?><rss><item><link>/a</link><title>{title}</title></item></rss>"
    assert only(text.encode(codec))[1] == title


def test_western_text_without_a_declaration_is_windows_1252() -> None:
    text = "<rss><item><link>/a</link><title>Le cargo « Élan » heurté à l’entrée du port</title></item></rss>"
    assert only(text.encode("cp1252"))[1] == "Le cargo « Élan » heurté à l’entrée du port"


def test_a_guid_is_the_link_where_there_is_none_unless_it_says_that_it_is_none() -> None:
    assert only(rss("<item><guid>https://news.example/a</guid></item>"))[0] == "https://news.example/a"
    assert not read_feed(rss('<item><guid isPermaLink="false">https://news.example/a</guid></item>'), URL).entries
    assert not read_feed(rss("<item><guid>4711</guid></item>"), URL).entries


def test_a_link_wins_over_a_guid_and_the_original_link_over_a_counting_one() -> None:
    item = "<item><guid>https://news.example/?p=1</guid><link>https://news.example/a</link></item>"
    assert only(rss(item))[0] == "https://news.example/a"
    item = "<item><link>https://count.example/1</link><feedburner:origLink>https://news.example/a</feedburner:origLink></item>"
    assert only(rss(item))[0] == "https://news.example/a"


def test_an_atom_link_in_rss_that_names_the_feed_is_no_article() -> None:
    item = '<item><atom:link rel="self" href="https://news.example/feed"/><link>https://news.example/a</link></item>'
    assert only(rss(item))[0] == "https://news.example/a"


def test_titles_of_extensions_are_not_the_title() -> None:
    item = "<item><link>/a</link><media:title>Photo</media:title><itunes:title>Short</itunes:title></item>"
    assert only(rss(item))[1] is None


def test_relative_links_are_resolved_against_the_site_of_an_rss_feed() -> None:
    feed = b"<rss><channel><link>https://news.example/en/</link><item><link>a</link></item></channel></rss>"
    assert read_feed(feed, "https://feeds.example/rss").entries[0].url == "https://news.example/en/a"


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "data:text/html,x", "ftp://news.example/a", "https://", "mailto:a@b.example"]
)
def test_what_is_no_web_address_is_dropped(link: str) -> None:
    assert not read_feed(rss(f"<item><link>{link}</link><title>x</title></item>"), URL).entries


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        (b"<!DOCTYPE html><html><body>Not found</body></html>", "is an HTML page"),
        (b"%PDF-1.7", "no root element"),
        (b'{"a": 1}', "no list of items"),
        (b'{"items": ' + b"[" * 100_000, "is no JSON"),
        (b"\x1f\x8bnonsense", "is no gzip"),
    ],
)
def test_what_is_no_feed_gets_an_error_that_says_why_and_names_it(content: bytes, reason: str) -> None:
    with pytest.raises(NotAFeed, match=reason) as caught:
        read_feed(content, URL)
    assert URL in str(caught.value)


def test_a_bomb_of_gzip_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(NotAFeed, match="unpacks to more than 50 MB"):
        read_feed(gzip.compress(gzip.compress(b"\0" * 60_000_000, 1)), URL)


def test_a_feed_longer_than_the_limit_is_cut_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("watchfloor_scraper.feed.reading.MAX_ENTRIES", 3)
    found = read_feed(rss("<item><link>/a</link></item>" * 4), URL)
    assert (len(found.entries), found.complete) == (3, False)
    assert read_feed(rss("<item><link>/a</link></item>" * 3), URL).complete


def test_a_document_of_endless_tags_is_cut_and_keeps_what_came_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("watchfloor_scraper.markup.MAX_PARTS", 100)
    found = read_feed(rss("<item><link>/a</link></item>" + "<a>" * 1000), URL)
    assert (len(found.entries), found.complete) == (1, False)


def test_deep_nesting_that_is_never_closed_ends_with_its_entry() -> None:
    items = "<item><description>" + "<b>" * 5000 + "</item><item><link>/b</link><title>B</title></item>"
    assert only(rss(items))[:2] == ("https://news.example/b", "B")


def test_an_entry_is_found_below_deep_nesting_that_is_closed_again() -> None:
    item = "<item><description>" + "<b>" * 5000 + "x" + "</b>" * 5000 + "</description><link>/a</link></item>"
    assert only(rss(item))[0] == "https://news.example/a"
