"""What a page says of itself in its head: its canonical address, its AMP form, its feeds, where the list goes on."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from watchfloor_scraper.discovery.addresses import join
from watchfloor_scraper.discovery.html_text import html_text, without_raw_text
from watchfloor_scraper.discovery.link_header import Link, read_link_headers
from watchfloor_scraper.markup import Tag, tags_and_text

SEARCHED_BYTES = 512 * 1024
MAX_FEEDS, MAX_LANGUAGES = 30, 100
MAX_TITLE = 300
FEED_TYPES = frozenset(
    {"application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml", "text/rss+xml"}
)
GENERAL_TYPES = frozenset({"application/xml", "text/xml", "application/json"})
"""Types that a feed may have too; WordPress gives them to its interface for programs. The address decides."""
NAMES_A_FEED = re.compile(r"(?:\b|_)(?:rss|feed|atom|rdf)s?(?:\b|_|\d)", re.IGNORECASE)
OF_COMMENTS = re.compile(r"/comments?/(?:feed|rss|atom)|/(?:feed|rss)/comments?|feed=(?:rss2-)?comments", re.IGNORECASE)
CALLED_COMMENTS = re.compile(r"comment|komment|coment|comenta|комм?ентар|تعليق|评论|評論|コメント|댓글", re.IGNORECASE)
NEXT_ANCHOR = re.compile(
    r"<a\s[^<>]{0,2000}?\brel\s{0,9}=\s{0,9}[\"']?[^\"'<>]{0,60}\bnext\b[^<>]{0,2000}>", re.IGNORECASE
)


@dataclass(frozen=True)
class FeedLink:
    """A feed that a page names."""

    url: str
    title: str | None
    type: str
    """The media type as the page gives it, lower case; empty where it gives none."""


@dataclass(frozen=True)
class PageLinks:
    """What a page says of itself. All addresses are absolute, and none is canonicalised."""

    base: str
    """What relative addresses of the page are relative to."""
    canonical: str | None = None
    amphtml: str | None = None
    feeds: tuple[FeedLink, ...] = ()
    """Without those of comments."""
    languages: tuple[tuple[str, str], ...] = ()
    """The page in other languages: the language as written, lower case, and the address."""
    next: str | None = None
    """The next page of a list; on an article it may be another article."""


def read_page_links(content: bytes, url: str, *, link_headers: Iterable[str] = ()) -> PageLinks:
    """Read the head of a page that was served from `url`, and its `Link` headers. Never raises.

    Where head and headers differ, the head wins. Links in the body are not believed, since readers may write there; only
    an `a rel=next` is, where the head has none.

    >>> read_page_links(b'<link rel=alternate type="application/rss+xml" href="/rss">', "https://news.example/a").feeds
    (FeedLink(url='https://news.example/rss', title=None, type='application/rss+xml'),)
    """
    text = without_raw_text(html_text(content[:SEARCHED_BYTES]))
    base = url
    said: list[Link] = []
    for tag in _head(text):
        attributes = tag.attributes()
        if tag.name == "link":
            said.append(Link(attributes.get("href", ""), attributes))
        elif base == url:
            base = join(url, attributes.get("href", "")) or url
    said += read_link_headers(link_headers)
    return _settle(said, base, url, text)


def _settle(said: list[Link], base: str, url: str, text: str) -> PageLinks:
    following = _first(said, "next", base) or _next_anchor(text, base)
    return PageLinks(
        base=base,
        canonical=_first(said, "canonical", base),
        amphtml=_first(said, "amphtml", base),
        feeds=tuple({feed.url: feed for feed in reversed(list(_feeds(said, base)))}.values())[::-1][:MAX_FEEDS],
        languages=tuple(_languages(said, base))[:MAX_LANGUAGES],
        next=following if following != url else None,
    )


def _head(text: str) -> Iterator[Tag]:
    """The links and bases before the body."""
    for part in tags_and_text(text):
        if isinstance(part, Tag):
            if part.name == "body":
                return
            if part.name in ("link", "base") and not part.closes:
                yield part


def _first(said: list[Link], relation: str, base: str) -> str | None:
    targets = (join(base, link.target) for link in said if relation in link.relations)
    return next(filter(None, targets), None)


def _feeds(said: list[Link], base: str) -> Iterator[FeedLink]:
    for link in said:
        media_type = link.parameters.get("type", "").partition(";")[0].strip().lower()
        target = join(base, link.target)
        title = " ".join(link.parameters.get("title", "").split())[:MAX_TITLE]
        of_comments = CALLED_COMMENTS.search(title) or OF_COMMENTS.search(target or "")
        if target and _is_feed(link, media_type, target) and not of_comments:
            yield FeedLink(target, title or None, media_type)


def _is_feed(link: Link, media_type: str, target: str) -> bool:
    if "feed" in link.relations or "alternate" not in link.relations:
        return "feed" in link.relations
    if media_type in FEED_TYPES:
        return True
    return media_type in GENERAL_TYPES and "/wp-json/" not in target and bool(NAMES_A_FEED.search(target))


def _languages(said: list[Link], base: str) -> Iterator[tuple[str, str]]:
    for link in said:
        language = link.parameters.get("hreflang", "").strip().lower()
        if language and "alternate" in link.relations and (target := join(base, link.target)):
            yield language, target


def _next_anchor(text: str, base: str) -> str | None:
    found = NEXT_ANCHOR.search(text)
    tags = tags_and_text(found[0]) if found else iter(())
    return next((join(base, tag.attributes().get("href", "")) for tag in tags if isinstance(tag, Tag)), None)
