"""What a map shows: the points of an answer, or those of one article."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from watchfloor.events import ArticleLatest, Place, Precision
from watchfloor.store import protocol
from watchfloor.store.spots import PRECISE

SHOWN: frozenset[Precision] = PRECISE | {"region"}
"""A region is shown as a ring of its size; the middle of a country stands for anywhere, and is no place on a map."""


@dataclass(frozen=True)
class Spot:
    """A place on the map. `count` is of articles, None where there is one article alone."""

    name: str
    latitude: float
    longitude: float
    precision: Precision
    count: int | None = None
    radius_km: float | None = None
    entity_id: str | None = None
    here: bool = False
    """Whether it is the chosen place, or the main one."""

    @property
    def id(self) -> str:
        """Says where it is, so that a row and a dot of the same place have the same."""
        return spot_id(self.latitude, self.longitude)


def spot_id(latitude: float, longitude: float) -> str:
    """The id of the dot at a point, for `data-spots` and `data-spot`.

    >>> spot_id(45.1566, 29.6533)
    '45.157,29.653'
    """
    return f"{latitude:.3f},{longitude:.3f}"


def found_spots(spots: Iterable[protocol.Spot], chosen: Collection[str] = ()) -> tuple[Spot, ...]:
    """The points of an answer; `chosen` are the names of places that the query asks for."""
    names = {name.casefold() for name in chosen}
    return tuple(
        Spot(
            spot.name,
            spot.latitude,
            spot.longitude,
            spot.precision,
            count=spot.count,
            here=spot.name.casefold() in names,
        )
        for spot in spots
    )


def spots_of(article: ArticleLatest) -> tuple[Spot, ...]:
    """The places of an article that can be shown, the most mentioned first."""
    placed = sorted(article.places, key=lambda place: -len(place.mentions))
    return tuple(spot for place in placed for spot in _spot(place, article.main_place))


def _spot(place: Place, main_place: str | None) -> Iterator[Spot]:
    if place.precision not in SHOWN or place.latitude is None or place.longitude is None:
        return
    yield Spot(
        place.name,
        place.latitude,
        place.longitude,
        place.precision,
        radius_km=place.radius_km,
        entity_id=place.entity_id,
        here=place.entity_id == main_place,
    )


def ids_of(article: ArticleLatest) -> str:
    """The ids of an article's places, for the `data-spots` of its row."""
    return " ".join(dict.fromkeys(spot.id for spot in spots_of(article)))
