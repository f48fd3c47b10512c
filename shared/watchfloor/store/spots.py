"""Points on the map: where the articles of an answer are about, as exactly as a dot claims."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from watchfloor.events import ArticleLatest, Precision
from watchfloor.query.distance import Point
from watchfloor.store.protocol import Spot

MOST_SPOTS = 100
"""Points in an answer, those of most articles first."""
PRECISE: frozenset[Precision] = frozenset({"site", "city", "district"})
"""Whose middle is where it happened; the middle of a country or a region is only somewhere in it."""


class Named(NamedTuple):
    """A point as an article names it."""

    name: str
    country: str | None
    latitude: float
    longitude: float
    precision: Precision


def named(article: ArticleLatest) -> frozenset[Named]:
    """The points that an article names, each once, by the first of its names."""
    points: dict[Point, Named] = {}
    for place in article.places:
        if place.latitude is not None and place.longitude is not None and place.precision in PRECISE:
            here = Named(place.name, place.country, place.latitude, place.longitude, place.precision)
            points.setdefault((here.latitude, here.longitude), here)
    return frozenset(points.values())


def ordered(counts: Iterable[tuple[Named, int]]) -> tuple[Spot, ...]:
    """The points of most articles, each by the name that most articles give it, as far as an answer holds them.

    Places bear the names that articles print, so one point has several: Kyiv, Київ, Киев.
    """
    total: Counter[Point] = Counter()
    called: dict[Point, Named] = {}
    for here, count in sorted(counts, key=_order):
        point = (here.latitude, here.longitude)
        called.setdefault(point, here)
        total[point] += count
    most = sorted(total, key=lambda point: (-total[point], called[point].name, point))[:MOST_SPOTS]
    return tuple(Spot(*called[point], count=total[point]) for point in most)


def _order(counted: tuple[Named, int]) -> tuple[int, str, str, str]:
    here, count = counted
    return -count, here.name, here.country or "", here.precision
