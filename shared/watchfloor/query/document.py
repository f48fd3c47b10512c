"""An article as a query sees it: lines of kept words, codes, points on the earth, a moment. Every store keeps this."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal, get_args

from watchfloor.events import ArticleLatest, EntityKind
from watchfloor.identity import registrable_domain
from watchfloor.query.analysis import kept
from watchfloor.query.country_domains import country_of
from watchfloor.query.distance import Point
from watchfloor.query.stemming import Stemmers, stemmers_for
from watchfloor.query.tree import FieldName

LineName = Literal["title", "text", "author", "source", "section", "person", "organisation", "place", "speaker"]
CodeName = Literal["language", "type", "country", "source_country"]
LINES: tuple[LineName, ...] = get_args(LineName)
CODES: tuple[CodeName, ...] = get_args(CodeName)
ANYWHERE: tuple[LineName, ...] = ("title", "text")
"""Where a reader looks: the title; subtitle, text and captions."""


@dataclass(frozen=True)
class Document:
    """What of an article can be searched."""

    lines: dict[LineName, str]
    codes: dict[CodeName, frozenset[str]]
    points: frozenset[Point]
    moment: datetime
    stemmers: Stemmers


def line_of(field: FieldName) -> LineName:
    """The line that a field of words is sought in; not for the fields of `CODES`."""
    return next(line for line in LINES if line == field)


def document(article: ArticleLatest) -> Document:
    """Read an article for searching."""
    stemmers = stemmers_for(article.language, f"{article.title or ''} {article.text}")
    return Document(
        lines={name: kept(texts, stemmers) for name, texts in _lines(article).items()},
        codes=_codes(article),
        points=frozenset(
            (place.latitude, place.longitude)
            for place in article.places
            if place.latitude is not None and place.longitude is not None
        ),
        moment=moment(article),
        stemmers=stemmers,
    )


def moment(article: ArticleLatest) -> datetime:
    """When it was published, a bare date being midnight in UTC; else when it was first fetched."""
    if article.published_at is None:
        return article.first_fetched_at
    printed = datetime.fromisoformat(article.published_at)
    return printed if printed.tzinfo else printed.replace(tzinfo=UTC)


def _lines(article: ArticleLatest) -> dict[LineName, list[str | None]]:
    return {
        "title": [article.title],
        "text": [article.subtitle, article.text, *(image.caption for image in article.images)],
        "author": list(article.authors),
        "source": [article.source_id, registrable_domain(article.canonical_url), article.site_name, article.publisher],
        "section": [article.section],
        "person": _names_of(article, "person"),
        "organisation": _names_of(article, "organisation"),
        "place": [*_names_of(article, "place"), *_distinct(place.name for place in article.places)],
        "speaker": _speakers(article),
    }


def _names_of(article: ArticleLatest, kind: EntityKind) -> list[str | None]:
    """Every form in which the article names its entities of a kind."""
    forms = (
        form
        for entity in article.entities
        if entity.kind == kind
        for form in (entity.name, *(mention.words for mention in entity.mentions))
    )
    return _distinct(forms)


def _speakers(article: ArticleLatest) -> list[str | None]:
    ids = {quotation.speaker_id for quotation in article.quotations}
    known = (entity.name for entity in article.entities if entity.id in ids)
    return _distinct([*(q.speaker for q in article.quotations if q.speaker), *known])


def _distinct(names: Iterable[str]) -> list[str | None]:
    return list(dict.fromkeys(names))


def _codes(article: ArticleLatest) -> dict[CodeName, frozenset[str]]:
    source_country = country_of(article.url)
    return {
        "language": frozenset({article.language} if article.language else ()),
        "type": frozenset({article.article_type}),
        "country": frozenset(place.country for place in article.places if place.country),
        "source_country": frozenset({source_country} if source_country else ()),
    }
