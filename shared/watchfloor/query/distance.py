"""Distances on the earth, and the box that holds a circle."""

from collections.abc import Callable
from dataclasses import dataclass
from math import asin, cos, degrees, pi, radians, sin, sqrt

EARTH_RADIUS_KM = 6371.0088
"""Mean radius, IUGG 1980."""
SAME_PLACE_KM = 0.1
"""Two points as near as this are one place: both come from one gazetteer, so only rounding parts them."""
ROUNDING = 1 + 1e-9
"""Widens a box by less than a centimetre, so that no rounding leaves out what is in the circle; the distance decides."""

Point = tuple[float, float]
"""Degrees north and degrees east, WGS 84."""
Locate = Callable[[str], Point | None]
"""Where a place of that name lies; None where the name is not known. A gazetteer's `lookup`."""


def nowhere(name: str) -> Point | None:  # noqa: ARG001 - the shape of a gazetteer that knows no place
    """The gazetteer of those who have none."""
    return None


def distance_km(one: Point, other: Point) -> float:
    """The great-circle distance in kilometres, by the haversine formula.

    >>> round(distance_km((50.45, 30.523), (49.84, 24.03)))
    467
    """
    north, south = radians(one[0]), radians(other[0])
    half_up, half_over = (north - south) / 2, radians(one[1] - other[1]) / 2
    chord = sin(half_up) ** 2 + cos(north) * cos(south) * sin(half_over) ** 2
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(chord)))


@dataclass(frozen=True)
class Box:
    """Degrees that hold a circle. Where `west` > `east`, it runs over the 180th meridian."""

    south: float
    north: float
    west: float
    east: float


def box_around(centre: Point, kilometres: float) -> Box:
    """A box of degrees that holds every point within so many kilometres, and little more.

    After J. P. Matuschek, "Finding points within a distance of a latitude/longitude using bounding coordinates".
    """
    angle = min(kilometres / EARTH_RADIUS_KM * ROUNDING + ROUNDING - 1, pi)
    south, north = centre[0] - degrees(angle), centre[0] + degrees(angle)
    if south <= -90 or north >= 90:
        return Box(max(south, -90.0), min(north, 90.0), -180.0, 180.0)
    over = degrees(asin(min(1.0, sin(angle) / cos(radians(centre[0])))))
    return Box(south, north, _wrapped(centre[1] - over), _wrapped(centre[1] + over))


def _wrapped(longitude: float) -> float:
    return (longitude + 180) % 360 - 180
