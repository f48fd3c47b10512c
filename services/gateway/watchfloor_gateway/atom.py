"""Articles as an Atom feed (RFC 4287), for readers of feeds."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

from watchfloor.events import ArticleLatest
from watchfloor.events.base import utc_text
from watchfloor.store.protocol import Hit, Kept

MEDIA_TYPE = "application/atom+xml"
NAMESPACE = "http://www.w3.org/2005/Atom"
NO_CHARACTERS = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 forbids (2.2, Char): control characters, surrogates, U+FFFE and U+FFFF."""
WEB_ADDRESS = re.compile(r"https?://[^\s\x00-\x20\x7f<>\"{}|\\^`]+", re.IGNORECASE)
"""Nothing else becomes a link: feed readers follow what stands there."""
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""An Atom feed must say when it was updated; one without entries never was."""
UNSTATED = "not stated"
LONGEST_SUMMARY = 400


@dataclass(frozen=True)
class Feed:
    """What a feed says of itself. `site` is where our own pages are, with a slash at its end."""

    id: str
    title: str
    address: str
    page: str
    site: str


def write(feed: Feed, hits: Sequence[Hit]) -> bytes:
    """The feed as XML in UTF-8, its entries in the order given."""
    root = ET.Element("feed", {"xmlns": NAMESPACE})
    _text(root, "id", feed.id)
    _text(root, "title", feed.title)
    _text(root, "updated", utc_text(updated(hits) or NEVER))
    _link(root, "self", feed.address, MEDIA_TYPE)
    _link(root, "alternate", feed.page, "text/html")
    _text(root, "generator", "Watchfloor")
    for hit in hits:
        _entry(root, feed.site, hit)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def updated(hits: Iterable[Hit]) -> datetime | None:
    """When something in the feed last changed; None where it is empty."""
    return max((_changed(hit.kept) for hit in hits), default=None)


def _changed(kept: Kept) -> datetime:
    return max(kept.article.changed_at, kept.withdrawn_at or kept.article.changed_at)


def _entry(root: ET.Element, site: str, hit: Hit) -> None:
    article = hit.kept.article
    entry = ET.SubElement(root, "entry", {"xml:lang": article.language} if article.language else {})
    _text(entry, "id", f"urn:watchfloor:article:{article.article_id}")
    _text(entry, "title", _title(hit.kept), type="text")
    _text(entry, "updated", utc_text(_changed(hit.kept)))
    if published := moment(article.published_at):
        _text(entry, "published", published)
    for name in _authors(article):
        _text(ET.SubElement(entry, "author"), "name", name)
    _link(entry, "alternate", f"{site}articles/{article.article_id}", "text/html")
    if WEB_ADDRESS.fullmatch(article.canonical_url):
        _link(entry, "via", article.canonical_url)
    for tag in _terms(article.tags):
        ET.SubElement(entry, "category", {"term": tag})
    _text(entry, "summary", _summary(hit), type="text")


def _title(kept: Kept) -> str:
    title = _plain(kept.article.title) or "Without a title"
    return f"Withdrawn: {title}" if kept.withdrawn_at else title


def _authors(article: ArticleLatest) -> list[str]:
    """Atom demands a name of every entry: the people who wrote it, else who published it."""
    return _terms(article.authors) or _terms([article.publisher, article.site_name])[:1] or [UNSTATED]


def _terms(texts: Iterable[str | None]) -> list[str]:
    return list(dict.fromkeys(term for text in texts if (term := _plain(text))))


def _summary(hit: Hit) -> str:
    """The passage that was sought, if it is not the title again; where there is none, how the article begins."""
    article = hit.kept.article
    title = _plain(article.title)
    passages = map(_plain, (*hit.highlights, article.subtitle, article.text))
    text = next((passage for passage in passages if passage not in ("", title)), "")
    return text if len(text) <= LONGEST_SUMMARY else text[: LONGEST_SUMMARY - 1].rstrip() + "…"


def moment(printed: str | None) -> str | None:
    """A printed time as Atom writes it (RFC 3339), None for a bare date: it names no moment, and none is made up.

    >>> moment("2026-03-02T07:00+02:00"), moment("2026-03-02")
    ('2026-03-02T05:00:00Z', None)
    """
    if printed is None or "T" not in printed:
        return None
    try:
        return utc_text(datetime.fromisoformat(printed))
    except OverflowError:  # of a zone at either end of the calendar
        return None


def _text(parent: ET.Element, name: str, text: str, **attributes: str) -> None:
    ET.SubElement(parent, name, attributes).text = NO_CHARACTERS.sub("", text)


def _link(parent: ET.Element, relation: str, address: str, kind: str | None = None) -> None:
    given = {"rel": relation, "href": NO_CHARACTERS.sub("", address)}
    ET.SubElement(parent, "link", {**given, "type": kind} if kind else given)


def _plain(text: str | None) -> str:
    return " ".join(NO_CHARACTERS.sub("", text or "").split())
