"""The land, as the outline of a window: coasts alone, since every data set's borders take sides.

Data: Natural Earth 1:50m land (public domain), as the package world-atlas writes it.
"""

import json
import math
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from watchfloor_gateway.pages.drawing.clipping import Box, clipped, simplified
from watchfloor_gateway.pages.drawing.path import path
from watchfloor_gateway.pages.drawing.projection import HEIGHT, WHOLE_TURN, WIDTH, Window
from watchfloor_gateway.pages.drawing.topology import Line, Point, rings, unwound

DATA = Path(__file__).parent / "vendor" / "world-atlas" / "land-50m.json"
MARGIN = 4
"""Units beyond the picture in which lines along the border run unseen."""
CLIP = Box(-MARGIN, -MARGIN, WIDTH + MARGIN, HEIGHT + MARGIN)
TOLERANCES = (0.3, 0.5, 0.8, 1.2, 1.8, 2.7)
"""Units that a coast may be off: the first by which the path is short enough."""
LONGEST = 24_000
"""Characters of a path."""
SMALLEST = 0.6
"""Units across: an island that is smaller is left out."""
WINDOWS_KEPT = 128
POLE = 89.9


class Land(NamedTuple):
    """A ring of coast in degrees, unwound, and the box that holds it."""

    ring: Line
    west: float
    south: float
    east: float
    north: float


@cache
def lands() -> tuple[Land, ...]:
    """Every ring of coast."""
    topology = json.loads(DATA.read_bytes())
    return tuple(_land(unwound(ring)) for ring in rings(topology, "land") if not _at_pole(ring))


def _at_pole(ring: Line) -> bool:
    """Where the data were cut open at the pole, they have a ring that no coast is."""
    return all(abs(latitude) > POLE for _, latitude in ring)


def _land(ring: Line) -> Land:
    longitudes, latitudes = [point[0] for point in ring], [point[1] for point in ring]
    return Land(ring, min(longitudes), min(latitudes), max(longitudes), max(latitudes))


@cache
def _coasts() -> frozenset[tuple[int, int]]:
    """The cells of one degree, counted from the date line and the south pole, through which a coast runs."""
    points = (point for land in lands() for point in land.ring if abs(point[1]) < POLE)
    return frozenset((math.floor(longitude) % 360, math.floor(latitude)) for longitude, latitude in points)


def has_coast(window: Window) -> bool:
    """Whether a coast is seen, also where a wide panel shows the middle half of the picture alone."""
    half_wide, half_high = WIDTH / 2 / window.across, HEIGHT / 4 / window.along
    columns = range(math.ceil(window.longitude - half_wide), math.floor(window.longitude + half_wide))
    rows = range(math.ceil(window.latitude - half_high), math.floor(window.latitude + half_high))
    return any((column % 360, row) in _coasts() for column in columns for row in rows)


@lru_cache(maxsize=WINDOWS_KEPT)
def land(window: Window) -> str:
    """The land of a window as the data of an SVG path, no longer than LONGEST."""
    seen = [clipped(ring, CLIP) for ring in _projected(window)]
    drawn = ""
    for tolerance in TOLERANCES:
        drawn = path(simplified(ring, tolerance) for ring in seen if _large(ring))
        if len(drawn) <= LONGEST:
            break
    return drawn


def _projected(window: Window) -> Iterator[list[Point]]:
    """The rings that may be seen, on each turn of the earth on which they are."""
    half_wide, half_high = (WIDTH / 2 + MARGIN) / window.across, (HEIGHT / 2 + MARGIN) / window.along
    west, east = window.longitude - half_wide, window.longitude + half_wide
    for land in lands():
        if land.north < window.latitude - half_high or land.south > window.latitude + half_high:
            continue
        for turn in _turns(land, west, east):
            yield _in_units(land.ring, window, turn * WHOLE_TURN)


def _turns(land: Land, west: float, east: float) -> range:
    """On which turns of the earth a ring may be seen; one that goes around it holds them all."""
    if land.east - land.west > WHOLE_TURN:
        return range(1)
    return range(math.ceil((west - land.east) / WHOLE_TURN), math.floor((east - land.west) / WHOLE_TURN) + 1)


def _in_units(ring: Line, window: Window, turned: float) -> list[Point]:
    left = WIDTH / 2 + (turned - window.longitude) * window.across
    return [(left + longitude * window.across, window.y(latitude)) for longitude, latitude in ring]


def _large(ring: list[Point]) -> bool:
    if not ring:
        return False
    across, along = [point[0] for point in ring], [point[1] for point in ring]
    return max(max(across) - min(across), max(along) - min(along)) >= SMALLEST
