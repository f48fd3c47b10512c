"""Laws that hold for every input."""

import gzip
import json
from dataclasses import asdict
from io import BytesIO

from hypothesis import given
from hypothesis import strategies as st

from watchfloor_scraper.discovery.link_header import read_link_headers
from watchfloor_scraper.discovery.page_links import read_page_links
from watchfloor_scraper.discovery.path_shape import path_shape
from watchfloor_scraper.discovery.sections import read_section
from watchfloor_scraper.discovery.traps import is_trap, pattern_of
from watchfloor_scraper.feed import NotAFeed, read_feed
from watchfloor_scraper.feed.dates import read_date
from watchfloor_scraper.feed.titles import plain_title
from watchfloor_scraper.ingest.own_address import own_address
from watchfloor_scraper.ingest.warc.body import join_chunks
from watchfloor_scraper.ingest.warc.records import read_records
from watchfloor_scraper.markup import elements, tags_and_text
from watchfloor_scraper.robots import normalise_address, read_robots

PIECES = st.sampled_from(
    "<rss> <item> </item> <link> </link> <title> </title> <entry <url> <loc> <feed> <urlset> <pubDate> <guid> /> > \" '"
    " https://a.example/b xml:base='../x' xmlns:a='u' <![CDATA[ ]]> <!-- --> &amp; &#0; &#x110000; //[::1 http://[".split()
)
MARKUP = st.lists(PIECES | st.text(max_size=5), max_size=40).map("".join)
LINES = st.lists(
    st.sampled_from(
        [
            "User-agent: *",
            "User-agent: bot",
            "Disallow: /a",
            "Allow: /a/b",
            "Disallow: /*b$",
            "Crawl-delay: 3",
            "x",
            "Disallow:",
        ]
    ),
    max_size=12,
)
PATHS = st.text(alphabet="/abc*$?%2Fé&=", max_size=12).map("/".__add__)


@given(st.binary(max_size=300) | MARKUP.map(lambda text: text.encode(errors="replace")))
def test_the_reader_of_feeds_raises_nothing_but_what_it_declares(content: bytes) -> None:
    try:
        found = read_feed(content, "https://news.example/feed")
    except NotAFeed:
        return
    for entry in found.entries:
        assert entry.url.lower().startswith(("http://", "https://"))
        json.dumps(asdict(entry)).encode()


@given(MARKUP)
def test_the_reader_of_tags_keeps_every_letter_of_text_without_tags(text: str) -> None:
    list(elements(text, frozenset({"item"})))
    bare = text.replace("<", "").replace("&", "")
    assert "".join(part for part in tags_and_text(bare) if isinstance(part, str)) == bare


@given(
    st.text(max_size=60)
    | st.from_regex(r"\A[A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{2,4} \d\d:\d\d:\d\d ([+-]\d{4}|[A-Z]{1,4})\Z")
)
def test_a_date_is_none_or_iso(text: str) -> None:
    found = read_date(text)
    assert found is None or read_date(found) == found


@given(st.text(max_size=80))
def test_a_title_and_an_own_address_are_read_out_of_anything(text: str) -> None:
    assert plain_title(text) != ""
    own_address(text.encode(errors="replace"))


@given(st.binary(max_size=400), PATHS)
def test_robots_is_read_out_of_anything(content: bytes, path: str) -> None:
    robots = read_robots(content)
    assert isinstance(robots.allows(path, "bot"), bool)
    robots.crawl_delay("bot")


@given(LINES, PATHS)
def test_the_form_of_line_ends_case_and_comments_changes_no_verdict(lines: list[str], path: str) -> None:
    plain = read_robots("\n".join(lines).encode())
    dressed = read_robots("\r\n".join(f"  {line} # note" for line in lines).encode())
    assert plain.allows(path, "bot") == dressed.allows(path, "BOT/2")


@given(LINES, PATHS)
def test_allowing_all_at_the_end_of_the_agents_own_group_only_ever_allows_more(lines: list[str], path: str) -> None:
    text = "\n".join(["User-agent: bot", "Disallow: /a", *lines])
    opened = text + "\nUser-agent: bot\nAllow: /" + "*" * 40
    assert read_robots(opened.encode()).allows(path, "bot")


@given(PATHS)
def test_settling_an_address_twice_changes_nothing(path: str) -> None:
    once = normalise_address(path)
    assert normalise_address(once) == once


HTML = st.lists(
    st.sampled_from(
        "<a> </a> <a~href=/2026/04/30/x-y-z> <a~href=//n.example/1234>"
        " <div> </div> <nav> <h2> <time> <script> </script> <base~href=x>"
        " <link~rel=next~href=?p=2> <body> <!-- --> <img~alt=x> x y \" '".split()
    ).map(lambda piece: piece.replace("~", " ")) | st.text(max_size=4),
    max_size=40,
).map("".join)  # fmt: skip


@given(st.binary(max_size=300) | HTML.map(lambda text: text.encode(errors="replace")))
def test_links_and_sections_are_read_out_of_anything(content: bytes) -> None:
    links = read_page_links(content, "https://news.example/a")
    for address in (links.canonical, links.amphtml, links.next, *(feed.url for feed in links.feeds)):
        assert address is None or address.startswith(("http://", "https://"))
    for candidate in read_section(content, "https://n.example/world", outlet_home="https://news.example/"):
        assert path_shape(candidate.url).pattern is not None
        assert not is_trap(candidate.url, {}) or is_trap(candidate.url, {pattern_of(candidate.url): 10**6})


@given(st.text(max_size=80) | st.lists(st.sampled_from(list('<>;,="\\ arel/next*')), max_size=60).map("".join))
def test_a_link_header_is_read_out_of_anything(header: str) -> None:
    for link in read_link_headers([header]):
        assert all(isinstance(relation, str) for relation in link.relations)


RECORDS = st.lists(
    st.sampled_from(
        [
            b"WARC/1.0\r\n", b"WARC-Type: response\r\n", b"WARC-Target-URI: http://n.example/\r\n",
            b"Content-Length: 3\r\n",
            b"Content-Length: 99\r\n", b"Content-Length: -1\r\n", b"\r\n", b"abc",
            b"HTTP/1.1 200 OK\r\n", b"\r\n\r\n", b":", b"\x1f\x8b\x08",
        ]
    ),
    max_size=25,
).map(b"".join)  # fmt: skip


@given(
    st.binary(max_size=200) | RECORDS | st.lists(RECORDS.map(gzip.compress), max_size=3).map(b"".join),
    st.integers(0, 40),
)
def test_the_reader_of_archives_ends_and_raises_nothing_on_anything(content: bytes, cut: int) -> None:
    for content_or_part in (content, content[: max(len(content) - cut, 0)]):
        for item in read_records(BytesIO(content_or_part), wants=lambda _: True, max_bytes=100):
            assert item is not None


@given(
    st.binary(max_size=60)
    | st.lists(st.sampled_from([b"3\r\n", b"abc", b"\r\n", b"0\r\n", b"f;x\n"]), max_size=9).map(b"".join)
)
def test_joining_chunks_never_adds_octets(body: bytes) -> None:
    assert len(join_chunks(body)) <= len(body)
