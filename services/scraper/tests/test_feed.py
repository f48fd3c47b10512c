"""What the reader of feeds and sitemaps promises."""

import gzip
import json
from dataclasses import asdict
from pathlib import Path

import pytest

from watchfloor_scraper.feed import Entry, FeedHints, NamedSource, NotAFeed, read_feed

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


def entry(content: str) -> Entry:
    (found,) = read_feed(content.encode(), URL).entries
    return found


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("www.news.example/a", "https://www.news.example/a"), ("https:/news.example/a", "https://news.example/a"),
        ("https:///news.example/a", "https://news.example/a"), ("http:\\\\news.example/a", "http://news.example/a"),
        ("//other.example/a", "https://other.example/a"), ("https://news.example//a", "https://news.example//a"),
        ("?p=1", "https://news.example/?p=1"), ("www/a", "https://news.example/www/a"),
    ],
)  # fmt: skip
def test_an_address_that_is_written_carelessly_is_read_as_it_is_meant(written: str, address: str) -> None:
    assert only(rss(f"<item><link>{written}</link></item>"))[0] == address


def test_an_entry_whose_text_lies_elsewhere_has_that_address() -> None:
    atom = "<feed><entry><id>urn:1</id><content type='text/html' src='/a'/></entry></feed>"
    assert only(atom.encode())[0] == "https://news.example/a"


@pytest.mark.parametrize(
    ("label", "codec", "title"),
    [("x-sjis", "cp932", "巡視船が島"), ("windows-874", "cp874", "เรือตรวจ"), ("Big5", "big5", "巡邏艇"), ("EUC-JP", "euc-jp", "巡視船")],
)  # fmt: skip
def test_labels_of_encodings_are_those_of_browsers(label: str, codec: str, title: str) -> None:
    text = f"<?xml version='1.0' encoding='{label}'?><rss><item><link>/a</link><title>{title}</title></item></rss>"
    assert only(text.encode(codec))[1] == title


def test_a_sitemap_and_an_index_that_are_taken_for_one_another_are_told_apart_by_what_they_list() -> None:
    found = read_feed(b"<urlset><sitemap><loc>/a.xml</loc></sitemap></urlset>", URL)
    assert (found.kind, found.entries[0].url) == ("sitemap_index", "https://news.example/a.xml")
    found = read_feed(b"<sitemapindex><url><loc>/a</loc></url></sitemapindex>", URL)
    assert (found.kind, found.entries[0].url) == ("sitemap", "https://news.example/a")
    assert read_feed(b"<urlset></urlset>", URL).kind == "sitemap"


def test_the_address_of_a_picture_is_not_that_of_the_page() -> None:
    text = b"<urlset><url><image:loc>https://news.example/i.jpg</image:loc><loc>https://news.example/a</loc></url></urlset>"
    assert only(text)[0] == "https://news.example/a"


def test_news_elements_count_also_without_the_element_around_them() -> None:
    text = b"<urlset><url><loc>/a</loc><news:title>T</news:title><news:publication_date>2026-04-30</news:publication_date></url></urlset>"
    assert only(text)[1:] == ("T", "2026-04-30")


def test_a_page_with_an_element_of_its_own_called_feed_is_no_feed() -> None:
    with pytest.raises(NotAFeed, match="is an HTML page"):
        read_feed(b"<!doctype html><html><body><feed>x</feed></body></html>", URL)
    assert read_feed(b"<html><body><pre><rss><item><link>/a</link></item></rss>", URL).kind == "rss"


def test_an_entry_keeps_its_source_guid_and_last_change() -> None:
    item = (
        "<item><link>/a</link><guid isPermaLink='false'> 47 \n 11 </guid><pubDate>30 Apr 2026</pubDate>"
        "<atom:updated>2026-05-01T00:00:00Z</atom:updated><source url='/wire.xml'>The &amp;amp; Wire</source></item>"
    )
    found = entry(rss(item).decode())
    assert (found.published_at, found.updated_at, found.guid) == ("2026-04-30", "2026-05-01T00:00:00Z", "47 11")
    assert found.source == NamedSource("The & Wire", "https://news.example/wire.xml")


@pytest.mark.parametrize(
    ("source", "named"),
    [
        ("<source>Wire</source>", NamedSource("Wire", None)),
        ("<source url='javascript:x'/>", None),
        ("<source><title>Wire</title><id>urn:1</id><link rel='self' href='/f'/><link href='/w'/></source>", NamedSource("Wire", "https://news.example/w")),
        ("<source><id>https://wire.example/</id></source>", NamedSource(None, "https://wire.example/")),
        ("<link rel='via' href='https://wire.example/1'/>", NamedSource(None, "https://wire.example/1")),
        ("", None),
    ],
)  # fmt: skip
def test_a_source_is_named_in_many_ways(source: str, named: NamedSource | None) -> None:
    assert entry(f"<feed><entry><link href='/a'/>{source}</entry></feed>").source == named


def test_a_guid_too_long_to_identify_anything_is_left_out() -> None:
    assert entry(rss(f"<item><link>/a</link><guid>{'x' * 5000}</guid></item>").decode()).guid is None


@pytest.mark.parametrize(
    ("said", "hints"),
    [
        ("<ttl>15</ttl>", FeedHints(update_seconds=900)),
        ("<ttl>?</ttl><sy:updatePeriod>Hourly </sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>", FeedHints(update_seconds=900)),
        ("<sy:updatePeriod>daily</sy:updatePeriod>", FeedHints(update_seconds=86_400)),
        ("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>", FeedHints(update_seconds=3_600)),
        ("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>9999999</sy:updateFrequency>", FeedHints(update_seconds=60)),
        ("<ttl>9999999</ttl>", FeedHints(update_seconds=365 * 86_400)),
        ("<skipHours><hour>0</hour><hour>24</hour><hour>5</hour><hour>99</hour></skipHours>", FeedHints(skip_hours=frozenset({0, 5}))),
        ("<atom:link rel='next' href='?page=2'/>", FeedHints(next_url="https://news.example/feeds/x.xml?page=2")),
        ("<atom:link rel='next' href='https://news.example/feeds/x.xml'/>", FeedHints()),
        ("<atom:link rel='prev-archive' href='/2026-03'/>", FeedHints(older_url="https://news.example/2026-03")),
        ("", FeedHints()),
    ],
)  # fmt: skip
def test_a_feed_says_of_itself_how_often_it_changes_and_where_it_goes_on(said: str, hints: FeedHints) -> None:
    item = "<item><link>/a</link><ttl>1</ttl><atom:link rel='next' href='/no'/></item>"
    assert read_feed(rss(said + item), URL).hints == hints
    assert read_feed(rss(item + said), URL).hints == hints


def test_a_json_feed_says_where_it_goes_on() -> None:
    found = read_feed(
        b'{"next_url": "?p=2", "items": [{"url": "/a", "id": 7, "date_modified": "2026-04-30T10:00:00Z"}]}', URL
    )
    assert found.hints == FeedHints(next_url="https://news.example/feeds/x.xml?p=2")
    assert (found.entries[0].guid, found.entries[0].updated_at) == ("7", "2026-04-30T10:00:00Z")


def test_the_last_change_of_a_page_of_a_sitemap_is_kept() -> None:
    assert entry("<urlset><url><loc>/a</loc><lastmod>2026-04-30</lastmod></url></urlset>").updated_at == "2026-04-30"
