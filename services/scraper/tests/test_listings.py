"""What lists name, and in which order sitemaps are read."""

from datetime import UTC, datetime

import pytest

from watchfloor_scraper.discovery.listings import MAX_PAGES, Found, following_page, of_feed, of_section
from watchfloor_scraper.discovery.sections import THRESHOLD, Candidate
from watchfloor_scraper.discovery.sitemap_walk import MAX_DEPTH, SitemapWalk
from watchfloor_scraper.discovery.traps import MAX_DATES, MAX_VARIANTS, is_trap, pattern_of
from watchfloor_scraper.feed import Entry, Feed, NamedSource, read_feed

NOW = datetime(2026, 4, 30, 12, tzinfo=UTC)
ROOT = "https://news.example/sitemap.xml"


def feed(*entries: Entry, complete: bool = True) -> Feed:
    return Feed("rss", entries, complete)


def entry(name: str, published: str | None = None, updated: str | None = None, title: str | None = None) -> Entry:
    return Entry(f"https://news.example/{name}", title, published, updated)


def index(*sitemaps: tuple[str, str | None]) -> Feed:
    return Feed("sitemap_index", tuple(Entry(url, None, None, lastmod) for url, lastmod in sitemaps), complete=True)


def rest(walk: SitemapWalk) -> list[str]:
    return list(iter(walk.take, None))


def test_addresses_are_canonical_and_what_is_said_twice_of_a_page_adds_up() -> None:
    first = Entry("HTTPS://news.example/a?utm_source=rss#x", None, None, "2026-04-29T00:00:00Z")
    again = Entry("https://news.example/a", "The boat", "2026-04-28", "2026-04-30", source=NamedSource("Wire", None))
    found = Found("https://news.example/a", "The boat", "2026-04-28", "2026-04-30", NamedSource("Wire", None))
    assert of_feed(feed(first, again), now=NOW).found == (found,)


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "mailto:a@news.example", "https://[", "/a"]
)
def test_what_no_page_can_have_is_dropped(address: str) -> None:
    assert of_feed(feed(Entry(address, None, None)), now=NOW).found == ()


@pytest.mark.parametrize(
    ("published", "kept"),
    [
        ("2026-05-01T11:59:59Z", True), ("2026-05-01T12:00:01Z", False), ("2026-05-01", True), ("2026-05-02", False),
        ("2099-01-01T00:00:00Z", False), ("1999-12-31", True), (None, False),
    ],
)  # fmt: skip
def test_a_date_that_lies_more_than_a_day_ahead_is_none(published: str | None, *, kept: bool) -> None:
    (found,) = of_feed(feed(entry("a", published, published)), now=NOW).found
    assert (found.published_at, found.updated_at) == ((published, published) if kept else (None, None))


def test_the_year_9999_is_no_date() -> None:
    text = "<rss><item><link>https://news.example/a</link><pubDate>Fri, 31 Dec 9999 23:59:59 GMT</pubDate></item></rss>"
    (found,) = of_feed(read_feed(text.encode(), ROOT), now=NOW).found
    assert found.published_at is None


def test_of_a_long_list_the_newest_are_kept_and_it_says_so() -> None:
    entries = [entry(str(number), f"2026-04-{number:02}") for number in range(1, 30)] + [entry("undated")]
    listing = of_feed(feed(*entries), now=NOW, most=3)
    assert [found.url[-2:] for found in listing.found] == ["29", "28", "27"]
    assert not listing.complete
    assert of_feed(feed(*entries), now=NOW).found[-1].url.endswith("undated")
    assert not of_feed(feed(entry("a"), complete=False), now=NOW).complete


def test_a_list_without_dates_keeps_its_order() -> None:
    assert [found.url[-1] for found in of_feed(feed(*map(entry, "cab")), now=NOW).found] == ["c", "a", "b"]


def test_of_a_section_the_likely_ones_are_found_each_once() -> None:
    def candidate(name: str, score: float) -> Candidate:
        return Candidate(f"https://news.example/{name}", score, "A headline", "")

    candidates = [candidate("a", 5.0), candidate("a?utm_medium=x", 4.0), candidate("b", THRESHOLD), candidate("c", 1.0)]
    assert [found.url[-1] for found in of_section(candidates).found] == ["a", "b"]
    listing = of_section([candidate(str(number), 3.0) for number in range(300)])
    assert (len(listing.found), listing.complete) == (200, False)


def test_a_next_page_is_read_once_in_the_outlet_and_not_without_end() -> None:
    first = "https://news.example/world"
    assert following_page("https://news.example/world?page=2", [first]) == "https://news.example/world?page=2"
    assert following_page("https://NEWS.example/world#x", [first]) is None
    assert following_page("https://other.example/world?page=2", [first]) is None
    assert following_page(None, [first]) is None
    assert (
        following_page("https://news.example/9", [f"https://news.example/{page}" for page in range(MAX_PAGES)]) is None
    )


def test_sitemaps_of_news_come_first_then_the_newest_and_those_of_authors_last() -> None:
    walk = SitemapWalk([ROOT])
    assert walk.take() == ROOT
    listed = index(
        ("https://news.example/author-sitemap.xml", "2026-04-30"),
        ("https://news.example/2025.xml", "2026-01-01"),
        ("https://news.example/2026-03.xml", None),
        ("https://news.example/2026-04.xml", None),
        ("https://news.example/undated.xml", None),
        ("https://news.example/latest.xml", "2026-04-30T10:00:00Z"),
        ("https://news.example/google-news.xml", None),
    )
    walk.read(ROOT, listed)
    names = [url.rpartition("/")[2].removesuffix(".xml") for url in rest(walk)]
    assert names == ["google-news", "latest", "2026-04", "2026-03", "2025", "undated", "author-sitemap"]
    assert walk.complete


def test_an_index_that_names_itself_or_others_in_a_ring_ends() -> None:
    walk = SitemapWalk([ROOT, ROOT])
    given = []
    while (url := walk.take()) is not None:
        given.append(url)
        walk.read(url, index((ROOT + "#a", None), (url, None), ("https://news.example/b.xml", None)))
    assert given == [ROOT, "https://news.example/b.xml"]


def test_indexes_without_end_are_bounded_in_depth_and_number() -> None:
    walk = SitemapWalk([ROOT])
    given = []
    while (url := walk.take()) is not None:
        given.append(url)
        walk.read(url, index((f"https://news.example/{len(given)}.xml", None)))
    assert len(given) == MAX_DEPTH + 1
    assert not walk.complete
    walk = SitemapWalk([ROOT], most=10)
    walk.take()
    walk.read(ROOT, index(*((f"https://news.example/{number}.xml", None) for number in range(100))))
    assert (len(rest(walk)), walk.complete) == (9, False)


def test_sitemaps_of_other_domains_and_those_unchanged_since_the_last_round_are_left_out() -> None:
    walk = SitemapWalk([ROOT], since="2026-04-29T18:00:00Z")
    walk.take()
    listed = index(
        ("https://other.example/a.xml", None),
        ("https://maps.news.example/a.xml", "2026-04-29"),
        ("https://news.example/old.xml", "2026-04-28T23:00:00Z"),
        ("ftp://news.example/x.xml", None),
    )
    walk.read(ROOT, listed)
    assert rest(walk) == ["https://maps.news.example/a.xml"]
    assert walk.complete


def test_a_sitemap_of_pages_adds_no_sitemaps() -> None:
    walk = SitemapWalk([ROOT])
    walk.take()
    walk.read(ROOT, Feed("sitemap", (entry("a"),), complete=True))
    assert walk.take() is None


def test_a_calendar_is_followed_for_a_year_and_not_for_ever() -> None:
    seen: dict[str, int] = {}
    followed = 0
    for month in range(1200):
        url = f"https://news.example/calendar/{2026 + month // 12}/{month % 12 + 1:02}/"
        if not is_trap(url, seen):
            followed += 1
            seen[pattern_of(url)] = seen.get(pattern_of(url), 0) + 1
    assert followed == MAX_DATES


@pytest.mark.parametrize(
    "url",
    [
        "https://news.example/a/b/a/b/a/b/a/b", "https://news.example/" + "x/" * 30, "https://news.example/" + "x" * 2000,
        "https://news.example/?" + "&".join(f"f{number}=1" for number in range(9)),
    ],
)  # fmt: skip
def test_paths_that_bite_their_tail_and_endless_addresses_are_traps_at_once(url: str) -> None:
    assert is_trap(url, {})


@pytest.mark.parametrize(
    ("url", "seen"),
    [
        ("https://news.example/world?sort=a&view=b", MAX_VARIANTS), ("https://news.example/world?q=boats", MAX_VARIANTS),
        ("https://news.example/events?day=3", MAX_DATES), ("https://news.example/2031-01-03", MAX_DATES),
    ],
)  # fmt: skip
def test_what_varies_without_end_is_a_trap_after_some(url: str, seen: int) -> None:
    assert not is_trap(url, {pattern_of(url): seen - 1})
    assert is_trap(url, {pattern_of(url): seen})


@pytest.mark.parametrize(
    "url",
    [
        "https://news.example/world", "https://news.example/view.php?id=20611", "https://news.example/article/20611",
        "https://news.example/2026/04/30/the-boat-has-left", "https://news.example/a-b-c-20260430",
    ],
)  # fmt: skip
def test_articles_are_no_trap_however_many_there_are(url: str) -> None:
    assert not is_trap(url, {pattern_of(url): 100_000})
