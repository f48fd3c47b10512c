"""What the enricher reads out of an article's text: who said what, where, when, how much."""

from typing import ClassVar, Literal

from pydantic import Field

from watchfloor.events.article import Article, ArticleParsed
from watchfloor.events.base import Event, Instant, Record

EntityKind = Literal["person", "organisation", "place", "equipment", "facility", "other"]
Precision = Literal["site", "city", "district", "region", "country", "area"]
QuotationKind = Literal["direct", "mixed", "indirect"]
Granularity = Literal["year", "quarter", "month", "week", "day", "hour", "minute", "second"]
Bound = Literal["exactly", "about", "at_least", "more_than", "at_most", "less_than"]
COUNTRY = Field(pattern=r"^[A-Z]{2}$", description="ISO 3166-1 alpha-2; None where the text does not tell")


class Span(Record):
    """A stretch of the article: `text[start:end] == words`, or of that image's caption."""

    in_: Literal["text"] | int = Field(alias="in", description='"text", or the index of an image: its caption')
    start: int = Field(ge=0, description="Unicode code points")
    end: int = Field(ge=1, description="the code point after the last")
    words: str = Field(min_length=1)


class Find(Record):
    """How a find came about."""

    found_by: str = Field(examples=["quotation-rules/1"], description="rule or model, with its version")
    confidence: float | None = Field(
        ge=0, le=1, description="share of such finds that were right on data kept aside; None until it is measured"
    )


class Entity(Find):
    """A person, organisation, place or thing, with every mention of it in the article."""

    id: str = Field(description="unique in the article")
    kind: EntityKind
    subkind: str | None = Field(examples=["missile", "ministry"])
    name: str = Field(description="the fullest form in the article")
    title: str | None = Field(description="office or rank as printed; of persons")
    country: str | None = COUNTRY
    links: tuple[str, ...] = Field(examples=[("geonames:745044",)])
    mentions: tuple[Span, ...] = Field(min_length=1)


class Place(Find):
    """Where a place entity lies."""

    entity_id: str
    name: str
    kind: str = Field(examples=["country", "city", "region"])
    country: str | None = COUNTRY
    admin: tuple[str, ...] = Field(description="names of the regions it lies in, the largest first, where known")
    latitude: float | None = Field(ge=-90, le=90, description="degrees north, WGS 84")
    longitude: float | None = Field(ge=-180, le=180, description="degrees east, WGS 84")
    radius_km: float | None = Field(gt=0, description="of a circle that holds most of the place")
    mentions: tuple[Span, ...] = Field(min_length=1)
    precision: Precision


class Quotation(Span, Find):
    """Words that the article puts in someone's mouth, without the outer quotation marks."""

    kind: QuotationKind
    speaker: str | None = Field(description="full name as the article gives it; None where it does not say")
    speaker_id: str | None = Field(description="id of the entity that speaks")
    addressee: str | None
    verb: str | None = Field(description="the word of saying, as printed")


class Time(Span, Find):
    """An expression of time, resolved against the publication time, else the time of fetching."""

    value: str = Field(examples=["2025-06-02", "P14M", "2025-12"], description="TIMEX3 value (ISO-TimeML)")
    granularity: Granularity | None = Field(description="None for a duration or a set of times")
    ahead: bool | None = Field(description="after publication; None where that cannot be said")


class Quantity(Span, Find):
    """A number with what it counts or measures."""

    value: int | float
    bound: Bound
    unit: str | None = Field(examples=["km", "USD", "%"])
    of: str | None = Field(description="the noun that is counted, as printed")
    whom: str | None = Field(description="who suffers or does it, where the article says")


class Annotations(Record):
    """All that the enricher adds to an article."""

    entities: tuple[Entity, ...]
    places: tuple[Place, ...]
    main_place: str | None = Field(description="entity_id of the place that the article is about")
    quotations: tuple[Quotation, ...]
    times: tuple[Time, ...]
    quantities: tuple[Quantity, ...]


class AnnotatedArticle(Article, Annotations):
    """What `watchfloor enrich` prints: an article and its annotations; ids may be missing."""


class ArticleEnriched(ArticleParsed, Annotations):
    """An article with its annotations."""

    type_name: ClassVar[str] = "watchfloor.article.enriched.v1"


class ArticleLatest(ArticleEnriched):
    """The latest version of an article, as the store has it."""

    type_name: ClassVar[str] = "watchfloor.article.latest.v1"

    version: int = Field(ge=1, description="1 for the first; numbered without gaps")
    first_fetched_at: Instant = Field(description="when the article was first seen")
    changed_at: Instant = Field(description="when this version was first seen")


class ArticleWithdrawn(Event):
    """The article is no longer at any of its addresses. On the topic: a tombstone with these fields as headers."""

    type_name: ClassVar[str] = "watchfloor.article.withdrawn.v1"
    key_field: ClassVar[str] = "article_id"

    article_id: str = Field(pattern=r"^[0-9a-f]{32}$")
    fetched_at: Instant = Field(description="when the page was found gone")
    reason: str
