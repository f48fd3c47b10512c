"""Invented articles for the laws: outlets, people and events that do not exist."""

from datetime import UTC, datetime, timedelta
from typing import Any

from watchfloor.events import (
    ArticleEnriched,
    Block,
    Entity,
    PageDecided,
    PageGone,
    Place,
    Quotation,
    SourceHealth,
    Span,
)
from watchfloor.identity import article_id, content_hash, page_id
from watchfloor.store.protocol import Change

BEGINNING = datetime(2026, 3, 1, 12, tzinfo=UTC)
FOUND: dict[str, Any] = {"found_by": "rule/1", "confidence": None}


def minutes(number: float) -> datetime:
    """So many minutes after the beginning."""
    return BEGINNING + timedelta(minutes=number)


def article(
    text: str = "Nothing happened.", *, at: float = 0, page: str = "a-b-c-1", of: str | None = None, **fields: Any
) -> ArticleEnriched:
    """An article of the page, fetched so many minutes after the beginning; `of` is its canonical page if another."""
    url, canonical = f"https://news.example/{page}", f"https://news.example/{of or page}"
    blocks = (Block(kind="paragraph", text=text, start=0, end=len(text)),)
    title = fields.get("title", "A quiet day")
    base: dict[str, Any] = {
        "article_id": article_id(canonical), "page_id": page_id(url), "url": url, "canonical_url": canonical,
        "fetched_at": minutes(at), "content_hash": content_hash(title, blocks, []), "origin": "live", "source_id": None,
        "title": title, "subtitle": None, "authors": (), "agencies": (), "publisher": None, "site_name": None,
        "section": None, "tags": (), "language": "en", "published_at": None, "modified_at": None,
        "article_type": "news", "paywalled": False, "blocks": blocks, "text": text, "images": (), "evidence": (),
        "entities": (), "places": (), "main_place": None, "quotations": (), "times": (), "quantities": (),
    }  # fmt: skip
    return ArticleEnriched(**(base | fields))


def gone(page: str = "a-b-c-1", *, at: float = 0, reason: str = "answered 410") -> PageGone:
    """The page is no more."""
    url = f"https://news.example/{page}"
    return PageGone(
        page_id=page_id(url), url=url, status=410, fetched_at=minutes(at), reason=reason, source_id=None, origin="live"
    )


def decided(
    verdict: Any = "found", reason: str = "feed", *, at: float = 0, page: str = "a-b-c-1", **fields: Any
) -> PageDecided:
    """A decision about the page, so many minutes after the beginning."""
    url = f"https://news.example/{page}"
    base: dict[str, Any] = {
        "page_id": page_id(url), "url": url, "source_id": "news", "origin": "live", "by": "scraper",
        "verdict": verdict, "reason": reason, "detail": f"{verdict}: {reason}", "at": minutes(at),
    }  # fmt: skip
    return PageDecided(**(base | fields))


def health(source_id: str = "news", *, at: float = 0, **fields: Any) -> SourceHealth:
    """How a source is, so many minutes after the beginning."""
    base: dict[str, Any] = {
        "source_id": source_id, "name": source_id.title(), "home": f"https://{source_id}.example/", "country": None,
        "language": None, "tags": (), "reliability": None, "state": "well", "reasons": (), "since": minutes(0),
        "at": minutes(at), "last_fetched_at": None, "next_fetch_at": None, "last_article_at": None, "known_pages": 0,
        "articles_24h": 0, "usual_24h": None, "articles_6h": (), "words_daily": (),
    }  # fmt: skip
    return SourceHealth(**(base | fields))


def changes(*events: ArticleEnriched | PageGone | PageDecided | SourceHealth) -> list[Change]:
    """The events as changes of no known way."""
    return [Change(event) for event in events]


def id_of(page: str = "a-b-c-1") -> str:
    """The id of the article whose canonical page this is."""
    return article_id(f"https://news.example/{page}")


def span(words: str = "words") -> Span:
    """A stretch of some text."""
    return Span(in_="text", start=0, end=len(words), words=words)


def entity(name: str, kind: Any = "person", number: int = 1) -> Entity:
    """An entity that is mentioned once, by its name."""
    return Entity(
        id=f"e{number}",
        kind=kind,
        subkind=None,
        name=name,
        title=None,
        country=None,
        links=(),
        mentions=(span(name),),
        **FOUND,
    )


def place(name: str, latitude: float | None, longitude: float | None, country: str | None = None) -> Place:
    """A place of the article."""
    return Place(
        entity_id="e1", name=name, kind="city", country=country, admin=(), latitude=latitude, longitude=longitude,
        radius_km=None, mentions=(span(name),), precision="city", **FOUND,
    )  # fmt: skip


def quotation(speaker: str) -> Quotation:
    """Something that somebody said."""
    return Quotation(
        in_="text",
        start=0,
        end=5,
        words="words",
        kind="direct",
        speaker=speaker,
        speaker_id=None,
        addressee=None,
        verb=None,
        **FOUND,
    )
