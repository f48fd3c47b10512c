"""Where an article comes from: its addresses, when it was read, and what each of its fields was read from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from urllib.parse import quote, urlencode

from watchfloor.events import Evidence, SourceHealth
from watchfloor.store.protocol import Address, Kept
from watchfloor_gateway.pages.links import outside

CALLED = {
    "canonical_url": "canonical address", "site_name": "site", "article_type": "kind", "blocks": "text",
    "published_at": "published", "modified_at": "changed", "paywalled": "whether paywalled",
}  # fmt: skip
"""How fields are called on the page where their names are those of the record."""


@dataclass(frozen=True)
class Told:
    """Fields that were read from the same."""

    fields: tuple[str, ...]
    sources: tuple[tuple[str, float | None], ...]
    """What each was read from, and how sure that is; None where it was not measured."""


@dataclass(frozen=True)
class Page:
    """A page that led to the article."""

    url: str
    address: str | None
    first_fetched_at: datetime
    last_fetched_at: datetime


@dataclass(frozen=True)
class Provenance:
    """Only what is known."""

    article_id: str
    canonical_url: str
    canonical_address: str | None
    fetched_at: datetime
    origin: str
    source_id: str | None
    source_address: str | None
    """Of its own screen; None where the source is no longer configured."""
    version: int
    content_hash: str
    trace_id: str | None
    told: tuple[Told, ...]
    pages: tuple[Page, ...]
    explain: str
    json: str


def provenance(kept: Kept, source: SourceHealth | None, pages: Sequence[Address]) -> Provenance:
    """Of the latest version; `source` is what is known of whoever published it."""
    article = kept.article
    return Provenance(
        article_id=article.article_id,
        canonical_url=article.canonical_url,
        canonical_address=outside(article.canonical_url),
        fetched_at=article.fetched_at,
        origin=article.origin,
        source_id=article.source_id,
        source_address=f"/sources/{quote(source.source_id, safe='')}" if source else None,
        version=article.version,
        content_hash=article.content_hash,
        trace_id=kept.trace_id,
        told=_told(article.evidence),
        pages=tuple(Page(page.url, outside(page.url), page.first_fetched_at, page.last_fetched_at) for page in pages),
        explain=f"/explain?{urlencode({'url': article.canonical_url})}",
        json=f"/v1/articles/{article.article_id}",
    )


def _told(evidence: Sequence[Evidence]) -> tuple[Told, ...]:
    """The fields in their order; those that follow each other and were read from the same, together."""
    sources: dict[str, list[tuple[str, float | None]]] = {}
    for each in evidence:
        sources.setdefault(each.field, []).append((each.source, each.confidence))
    runs = groupby(sources.items(), key=lambda item: item[1])
    return tuple(Told(tuple(CALLED.get(field, field) for field, _ in run), tuple(read)) for read, run in runs)
