"""The forms of the answers, and how an answer is sent: with an ETag, so that asking again is cheap."""

import hashlib
from collections.abc import Mapping
from datetime import date

from fastapi import Request, Response
from pydantic import BaseModel, Field
from pydantic_core import to_json

from watchfloor.events import ArticleLatest, Instant, utc_text
from watchfloor.store.protocol import FacetName, Found, Hit, Kept, VersionSummary

MARKS = "found words stand between U+0002 and U+0003"


class ArticleAnswer(ArticleLatest):
    """An article as the store has it."""

    withdrawn_at: Instant | None = Field(description="when it was gone from all its addresses; null while it is there")
    withdrawn_reason: str | None = Field(description="why it is held to be gone; null while it is there")
    trace_id: str | None = Field(description="one id from the page's record to this answer")


class Item(ArticleAnswer):
    """An article that a search found."""

    highlights: tuple[str, ...] = Field(description=f"passages that match; {MARKS}")


class FacetCount(BaseModel):
    """How many matching articles have this value."""

    value: str
    count: int


class DayCount(BaseModel):
    """How many matching articles were published on this day, in UTC."""

    day: date
    count: int


class Articles(BaseModel):
    """A page of results. `total`, `facets` and `histogram` count all that match."""

    items: tuple[Item, ...]
    total: int
    next: str | None = Field(description="the `cursor` that continues; null at the end")
    facets: dict[FacetName, tuple[FacetCount, ...]] = Field(description="those asked for, the most frequent first")
    histogram: tuple[DayCount, ...]


class Versions(BaseModel):
    """An article's history, oldest first."""

    items: tuple[VersionSummary, ...]


def article_answer(kept: Kept) -> bytes:
    """The JSON of an ArticleAnswer. The article's own part of it is the store's, and is not read for that."""
    return _joined(kept.written, _standing(kept))


def item(hit: Hit) -> bytes:
    """The JSON of an Item."""
    return _joined(hit.kept.written, {**_standing(hit.kept), "highlights": hit.highlights})


def articles(found: Found, following: str | None) -> bytes:
    """The JSON of Articles."""
    told = {
        "total": found.total,
        "next": following,
        "facets": {
            name: [{"value": value, "count": count} for value, count in counts] for name, counts in found.facets.items()
        },
        "histogram": [{"day": day, "count": count} for day, count in found.histogram],
    }
    return _joined(b'{"items":[' + b",".join(map(item, found.hits)) + b"]}", told)


def lines(found: Found) -> bytes:
    """The same items, a line of JSON each."""
    return b"".join(item(hit) + b"\n" for hit in found.hits)


def _standing(kept: Kept) -> dict[str, object]:
    return {
        "withdrawn_at": utc_text(kept.withdrawn_at) if kept.withdrawn_at else None,
        "withdrawn_reason": kept.withdrawn_reason,
        "trace_id": kept.trace_id,
    }


def _joined(written: bytes, told: Mapping[str, object]) -> bytes:
    """An object's JSON with more members."""
    return written[:-1] + b"," + to_json(told)[1:]


def send(request: Request, answer: BaseModel | bytes, headers: Mapping[str, str] | None = None) -> Response:
    """Send an answer, or its JSON; or 304 where the client has it already."""
    content = answer if isinstance(answer, bytes) else answer.model_dump_json().encode()
    etag = etag_of(content)
    headers = {"etag": etag, "cache-control": "private, no-cache", **(headers or {})}
    if has(request.headers.get("if-none-match", ""), etag):
        return Response(status_code=304, headers=headers)
    return Response(content, media_type="application/json", headers=headers)


def etag_of(content: bytes) -> str:
    """The strong ETag of an answer's content."""
    return f'"{hashlib.sha256(content).hexdigest()[:32]}"'


def has(if_none_match: str, etag: str) -> bool:
    """Whether the client names this ETag (RFC 9110, 13.1.2: compared weakly).

    >>> has('"a", W/"b"', '"b"')
    True
    """
    named = {tag.strip().removeprefix("W/") for tag in if_none_match.split(",")}
    return etag in named or "*" in named
