"""What a page says of itself."""

import pytest

from watchfloor_scraper.discovery.html_text import html_text, without_raw_text
from watchfloor_scraper.discovery.link_header import read_link_headers
from watchfloor_scraper.discovery.page_links import MAX_FEEDS, FeedLink, PageLinks, read_page_links

URL = "https://news.example/world/a"


def read(head: str, *headers: str, body: str = "") -> PageLinks:
    page = f"<html><head>{head}</head><body>{body}</body></html>"
    return read_page_links(page.encode(), URL, link_headers=headers)


def test_the_head_names_canonical_amp_next_languages_and_feeds() -> None:
    found = read(
        '<link rel="canonical" href="/world/a-long-name"><link rel="amphtml" href="?amp=1">'
        '<link rel="next" href="/world/a/2"><link rel=alternate hreflang=UK href=/uk/a>'
        '<link rel="alternate" type="application/rss+xml; charset=utf-8" title=" World \n news " href="//feeds.news.example/w">'
    )
    assert found == PageLinks(
        base=URL,
        canonical="https://news.example/world/a-long-name",
        amphtml="https://news.example/world/a?amp=1",
        feeds=(FeedLink("https://feeds.news.example/w", "World news", "application/rss+xml"),),
        languages=(("uk", "https://news.example/uk/a"),),
        next="https://news.example/world/a/2",
    )


def test_addresses_are_relative_to_the_first_base_that_is_one() -> None:
    found = read('<base target="_blank"><base href="/en/"><base href="/de/"><link rel=canonical href=a>')
    assert (found.base, found.canonical) == ("https://news.example/en/", "https://news.example/en/a")


@pytest.mark.parametrize(
    "link",
    [
        '<link rel="alternate" type="application/json" href="https://news.example/wp-json/wp/v2/posts/7">',
        '<link rel="alternate" type="application/json+oembed" href="/oembed?url=x">',
        '<link rel="alternate" type="application/rss+xml" title="World » Comments Feed" href="/world/a/feed/">',
        '<link rel="alternate" type="application/rss+xml" title="Kommentar-Feed" href="/world/a/feed/">',
        '<link rel="alternate" type="application/rss+xml" href="/comments/feed/">',
        '<link rel="stylesheet" type="application/rss+xml" href="/rss">',
        '<link rel="alternate" type="application/rss+xml" href="">',
        '<link rel="alternate" type="application/rss+xml" href="javascript:void(0)">',
        "<script>document.write('<link rel=alternate type=application/rss+xml href=/rss>')</script>",
        "<!-- <link rel=alternate type=application/rss+xml href=/rss> -->",
    ],
)
def test_what_is_no_feed_of_articles_is_no_feed(link: str) -> None:
    assert read(link).feeds == ()


@pytest.mark.parametrize(
    "link",
    [
        '<link rel="ALTERNATE" type="Application/Atom+XML" href="/x">',
        '<link rel="alternate feed" href="/x">',
        '<link rel="alternate" type="application/feed+json" href="/x">',
        '<link rel="alternate" type="text/xml" href="/x?format=rss2">',
        '<link rel="alternate" type="application/json" href="/x/feed.json">',
    ],
)
def test_feeds_are_known_by_their_types_and_where_those_say_little_by_their_addresses(link: str) -> None:
    (feed,) = read(link).feeds
    assert feed.url.startswith("https://news.example/x")


def test_a_feed_that_is_named_twice_is_one_and_there_is_a_limit() -> None:
    link = '<link rel="alternate" type="application/rss+xml" title="{0}" href="/rss/{0}">'
    found = read("".join(link.format(number % 40) for number in range(80)))
    assert [feed.title for feed in found.feeds] == [str(number) for number in range(MAX_FEEDS)]


def test_the_body_is_not_believed_but_for_the_next_page_of_a_list() -> None:
    body = '<link rel="canonical" href="/evil"><a class=more href="/world?page=2" rel="nofollow next">More</a>'
    found = read("", body=body)
    assert (found.canonical, found.next) == (None, "https://news.example/world?page=2")
    assert read("", body='<a rel="next" href="#">').next is None
    assert read('<link rel=next href="/world/a">').next is None


def test_headers_say_what_the_head_does_not() -> None:
    headers = ('</c>; rel="canonical", </n>; rel=next', '</e>; rel=canonical; anchor="/other"')
    assert (read("", *headers).canonical, read("", *headers).next) == (
        "https://news.example/c",
        "https://news.example/n",
    )
    assert read("<link rel=canonical href=/head>", *headers).canonical == "https://news.example/head"


@pytest.mark.parametrize(
    ("header", "links"),
    [
        ('<http://a.example/;b>; rel="previous"; title="a, b; c=\\"d\\""', [("http://a.example/;b", "previous", 'a, b; c="d"')]),
        ("</>; rel=http://b.example/x", [("/", "http://b.example/x", None)]),
        ("</a>;rel=next;rel=prev, </b> ; REL = up", [("/a", "next", None), ("/b", "up", None)]),
        ("</a>; title*=UTF-8''x; rel=next;, ,</b>", [("/a", "next", None), ("/b", None, None)]),
        ("rubbish", []),
        ("</a", []),
        ("", []),
    ],
)  # fmt: skip
def test_link_headers_are_read_by_their_standard(header: str, links: list[tuple[str, str | None, str | None]]) -> None:
    found = [
        (link.target, link.parameters.get("rel"), link.parameters.get("title")) for link in read_link_headers([header])
    ]
    assert found == links


@pytest.mark.parametrize(
    ("declared", "codec", "text"),
    [
        ("utf-8", "utf-8", "Катер"), ("windows-1251", "cp1251", "Катер"), ("gb2312", "gb18030", "巡逻艇"),
        ("iso-8859-1", "cp1252", "“Élan”"), ("shift_jis", "cp932", "巡視船"), ("utf-16", "utf-8", "Катер"),
        ("rot13", "utf-8", "boat"), ("nonsense", "utf-8", "Катер"),
    ],
)  # fmt: skip
def test_a_page_is_decoded_by_what_it_is_and_then_by_what_it_says(declared: str, codec: str, text: str) -> None:
    page = f'<meta http-equiv=x content="text/html; charset={declared}"><a>{text}</a>'
    assert html_text(page.encode(codec)).endswith(f"<a>{text}</a>")


def test_a_character_cut_off_at_the_end_does_not_change_the_encoding() -> None:
    assert html_text("<a>Катер".encode()[:-1]) == "<a>Кате"


def test_what_stands_in_a_script_that_never_ends_is_left_out() -> None:
    assert without_raw_text("<a><script>" * 3) == "<a><script>"
