"""A map: land, dots in the same projection, names where there is room. `templates/drawing/map.html` prints it."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from watchfloor_gateway.pages.drawing.labels import SIZE, Circle, Label, placed
from watchfloor_gateway.pages.drawing.land import has_coast, land
from watchfloor_gateway.pages.drawing.projection import HEIGHT, KM_A_DEGREE, WIDTH, Window
from watchfloor_gateway.pages.drawing.spots import Spot
from watchfloor_gateway.pages.drawing.topology import Point
from watchfloor_gateway.pages.drawing.window import window
from watchfloor_gateway.pages.wording import count, number

LARGEST, SMALLEST = 13.0, 3.5
"""Radius of a dot, in units; the largest only where many articles name the place."""
ALONE = 5.0
"""Radius where nothing is counted."""
MOST_LABELS = 12
CLEAR = 3.0
"""Units by which a ring must be wider than its dot to be seen as a size."""
LAST_PARALLEL = 89.0
NORTH_END, SOUTH_END = 84.0, -57.0
"""Parallels between which all land lies but Antarctica."""
EDGE = 4
"""Units between what is drawn and an edge that is cut."""


@dataclass(frozen=True)
class Dot:
    """A place as it is drawn: a dot, a ring of its true size, or both. Numbers are text for attributes."""

    spot: Spot
    href: str
    label: str
    x: str
    y: str
    radius: str | None
    ring: str | None


@dataclass(frozen=True)
class Name:
    """A name beside a dot."""

    text: str
    x: str
    y: str
    anchor: str


@dataclass(frozen=True)
class MapView:
    """A map in units of its view box. The largest dots come first, so that small ones lie on top."""

    width: int
    top: int
    """Units from the window's edge at which the picture begins: the whole world has nothing north of its land."""
    height: int
    whole: bool
    """Whether it is the whole world, of which a wide panel must crop nothing."""
    land: str
    dots: tuple[Dot, ...]
    names: tuple[Name, ...]


def draw_map(spots: Sequence[Spot], *, href: Callable[[Spot], str]) -> MapView | None:
    """The map of places, the most important first; None without any. `href` says where a dot leads.

    A window that was not asked for yet takes some tenths of a second: draw in a thread.
    """
    if not spots:
        return None
    shown = window([point for spot in spots for point in _extent(spot)], has_coast)
    most = max(spot.count or 0 for spot in spots)
    circles = [_circle(spot, shown, most) for spot in spots]
    drawn = sorted(zip(spots, circles, strict=True), key=lambda pair: -pair[1].radius)
    dots = tuple(_dot(spot, circle, shown, href(spot)) for spot, circle in drawn)
    wanted = [(circle, _name(spot)) for spot, circle in zip(spots, circles, strict=True)]
    further = (circle for circle, _ in wanted[MOST_LABELS:])
    labels = placed(wanted[:MOST_LABELS], further)
    top, height = _cut(shown, circles, labels) if shown.is_world else (0, HEIGHT)
    return MapView(WIDTH, top, height, shown.is_world, land(shown), dots, tuple(map(_printed, labels)))


def _cut(shown: Window, circles: Sequence[Circle], labels: Sequence[Label]) -> tuple[int, int]:
    """The top and the height of the whole world: from its northernmost land to its southernmost, and all that is drawn."""
    tops = [*(circle.y - circle.radius for circle in circles), *(label.y - SIZE for label in labels)]
    feet = [*(circle.y + circle.radius for circle in circles), *(label.y for label in labels)]
    top = max(0, math.floor(min(shown.y(NORTH_END), min(tops) - EDGE)))
    return top, min(HEIGHT, math.ceil(max(shown.y(SOUTH_END), max(feet) + EDGE))) - top


def _extent(spot: Spot) -> list[Point]:
    """What must lie in the window: the place, or its ring, if that is what is shown."""
    middle = (spot.longitude, spot.latitude)
    if spot.precision != "region" or spot.radius_km is None:
        return [middle]
    high = spot.radius_km / KM_A_DEGREE
    south, north = max(spot.latitude - high, -LAST_PARALLEL), min(spot.latitude + high, LAST_PARALLEL)
    return [middle, (spot.longitude, south), (spot.longitude, north)]


def _circle(spot: Spot, shown: Window, most: int) -> Circle:
    """The dot of a place: its area goes by the count, between bounds."""
    largest = min(LARGEST, SMALLEST + math.sqrt(most))
    radius = max(largest * math.sqrt(spot.count / most), SMALLEST) if spot.count else ALONE
    return Circle(shown.x(spot.longitude), shown.y(spot.latitude), radius)


def _dot(spot: Spot, circle: Circle, shown: Window, href: str) -> Dot:
    true = shown.radius(spot.radius_km or 0)
    region = spot.precision == "region"
    ring = _figure(max(true, ALONE)) if region or true > circle.radius + CLEAR else None
    radius = None if region else _figure(circle.radius)
    label = spot.name if spot.count is None else f"{spot.name}, {count(spot.count, 'article')}"
    return Dot(spot, href, label, _figure(circle.x), _figure(circle.y), radius, ring)


def _name(spot: Spot) -> str:
    return spot.name if spot.count is None else f"{spot.name} {number(spot.count)}"


def _printed(label: Label) -> Name:
    return Name(label.text, _figure(label.x), _figure(label.y), label.anchor)


def _figure(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
