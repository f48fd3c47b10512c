"""Where it happened: places that are a point on the map, then countries and areas, which are none."""

from collections.abc import Iterator
from dataclasses import dataclass

from watchfloor.events import Annotations, Entity, Place, Precision, Span
from watchfloor_gateway.pages.article.entry import Entry
from watchfloor_gateway.pages.article.evidence import evidence_at
from watchfloor_gateway.pages.article.passages import Passages
from watchfloor_gateway.pages.drawing.spots import spot_id
from watchfloor_gateway.pages.links import search_for

WIDE: frozenset[Precision] = frozenset({"country", "area"})
"""The middle of these would be a place where nothing happened."""


@dataclass(frozen=True)
class Located(Entry):
    """A place. `latitude` and `longitude` are None where it is not known, or too wide for a point."""

    entity_id: str
    name: str
    kind: str | None
    country: str | None
    latitude: float | None
    longitude: float | None
    radius_km: float | None
    precision: Precision | None
    wide: bool
    main: bool
    """The article is about it."""
    address: str | None

    @property
    def coordinates(self) -> str | None:
        """Degrees north and east: `45.16, −0.13`."""
        if self.latitude is None or self.longitude is None:
            return None
        return f"{self.latitude:.2f}, {self.longitude:.2f}".replace("-", "\N{MINUS SIGN}")

    @property
    def spot(self) -> str | None:
        """The id of its dot on the map."""
        return None if self.latitude is None or self.longitude is None else spot_id(self.latitude, self.longitude)

    @property
    def reach(self) -> str | None:
        """How wide a region is: `±80 km`; a town needs no such word."""
        return f"±{self.radius_km:.0f} km" if self.radius_km and self.precision in ("region", "district") else None


def where(article: Annotations, passages: Passages) -> tuple[Located, ...]:
    """The places: the one that the article is about first, then as the article has them, wide ones last."""
    found = [_located(place, number, article, passages) for number, place in enumerate(_places(article), start=1)]
    return tuple(sorted(found, key=lambda each: (each.wide, not each.main)))


def _places(article: Annotations) -> Iterator[tuple[str, Entity | None, Place | None]]:
    """Entities that are places, with what is known of where they lie: both are one."""
    places = {place.entity_id: place for place in article.places}
    entities = {entity.id: entity for entity in article.entities if entity.kind == "place"}
    for entity_id in dict.fromkeys([*entities, *places]):
        yield entity_id, entities.get(entity_id), places.get(entity_id)


def _located(
    named: tuple[str, Entity | None, Place | None], number: int, article: Annotations, passages: Passages
) -> Located:
    entity_id, entity, place = named
    finds = [find for find in (place, entity) if find]
    spans = _distinct(span for find in finds for span in find.mentions)
    wide = place.precision in WIDE if place else True
    return Located(
        id=f"where-{number}",
        evidence=evidence_at(finds, spans, passages),
        spans=spans,
        entity_id=entity_id,
        name=finds[0].name,
        kind=(place.kind if place else entity and entity.subkind) or None,
        country=finds[0].country,
        latitude=None if wide or not place else place.latitude,
        longitude=None if wide or not place else place.longitude,
        radius_km=place.radius_km if place else None,
        precision=place.precision if place else None,
        wide=wide,
        main=entity_id == article.main_place,
        address=search_for("place", finds[0].name),
    )


def _distinct(spans: Iterator[Span]) -> tuple[Span, ...]:
    return tuple({(span.in_, span.start, span.end): span for span in spans}.values())
