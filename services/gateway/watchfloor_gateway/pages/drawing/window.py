"""Which stretch of the earth a map shows: every point in its middle half, and some coast to know it by."""

import math
from collections.abc import Callable, Sequence
from itertools import pairwise

from watchfloor_gateway.pages.drawing.projection import HEIGHT, WHOLE_TURN, WIDTH, Window
from watchfloor_gateway.pages.drawing.topology import Point

CLOSEST = 40.0
"""Units a degree: a single town is shown with 700 km of its surroundings from north to south."""
FARTHEST_FOR_COAST = CLOSEST / 16
STEPS_A_DOUBLING = 8
"""Windows come in few sizes and places, so that one path serves many answers."""
GRID = 8
"""Units between the middles that a window may have."""
MIDDLE_WIDTH, MIDDLE_HEIGHT = WIDTH / 2, HEIGHT / 2
CLEAR = 6
"""Units that points keep from the edge of the middle half, since dots have a size."""
MOST_SLANTED = 75
"""Degrees of latitude: nearer to a pole, circles are no longer kept round."""
WORLD = WIDTH / WHOLE_TURN
NEARLY_WORLD = WORLD * 4 / 3
"""What would show more than 270 degrees shows all: it would reach beyond the poles anyway."""
WORLD_MIDDLE = 11.0
"""Degrees east: its edge runs through the Bering Strait and parts no land."""
WORLD_EDGE = 20.0
"""Degrees that points keep from the edge of the world, or else it is turned to them."""
WORLD_PARALLEL = 35


def window(points: Sequence[Point], has_coast: Callable[[Window], bool]) -> Window:
    """The window for points (longitude, latitude). Where they lie far inland it is widened until it shows a coast.

    Every point lies in its middle half; in a window of the whole world, from north to south alone.
    """
    longitude, wide = _arc([point[0] for point in points])
    south, north = min(point[1] for point in points), max(point[1] for point in points)
    latitude, high = (south + north) / 2, north - south
    shape = _shape(latitude)
    along = _stepped(min(CLOSEST, _fit(MIDDLE_HEIGHT, high), _fit(MIDDLE_WIDTH, wide) / shape))
    while along * shape > NEARLY_WORLD:
        made = Window(_snapped(longitude, along * shape, wrap=True), _snapped(latitude, along), along * shape, along)
        if has_coast(made) or along <= FARTHEST_FOR_COAST:
            return made
        along = _narrower(along)
    return _world(longitude, wide, latitude, high)


def _world(longitude: float, wide: float, latitude: float, high: float) -> Window:
    """The whole turn of the earth, flattened where points lie too near to both poles."""
    along = _stepped(min(WORLD / _shape(WORLD_PARALLEL), _fit(MIDDLE_HEIGHT, high)))
    off = (longitude - WORLD_MIDDLE + WHOLE_TURN / 2) % WHOLE_TURN - WHOLE_TURN / 2
    usual = abs(off) + wide / 2 <= WHOLE_TURN / 2 - WORLD_EDGE
    middle = WORLD_MIDDLE if usual else _snapped(longitude, WORLD, wrap=True)
    return Window(middle, _snapped(latitude, along), WORLD, along)


def _arc(longitudes: Sequence[float]) -> tuple[float, float]:
    """The middle and the length of the shortest stretch of a parallel that holds all, over the antimeridian too.

    >>> _arc([178.0, -150.0])
    (194.0, 32.0)
    """
    turned = sorted({longitude % WHOLE_TURN for longitude in longitudes})
    gaps = [(b - a, b) for a, b in pairwise([*turned, turned[0] + WHOLE_TURN])]
    gap, first = max(gaps)
    length = WHOLE_TURN - gap
    return (first + length / 2) % WHOLE_TURN, length


def _fit(units: float, degrees: float) -> float:
    """Units a degree so that the degrees fit, wherever on the grid the middle comes to lie."""
    return (units - GRID - 2 * CLEAR) / max(degrees, 1e-6)


def _shape(latitude: float) -> float:
    """How much shorter a degree to the east is than one to the north, in steps of five degrees of latitude."""
    return math.cos(math.radians(min(5 * round(abs(latitude) / 5), MOST_SLANTED)))


def _stepped(along: float) -> float:
    steps = math.ceil(round(math.log2(CLOSEST / along) * STEPS_A_DOUBLING, 6))
    return CLOSEST / 2 ** (steps / STEPS_A_DOUBLING)


def _narrower(along: float) -> float:
    return along / 2 ** (1 / 2)


def _snapped(degrees: float, scale: float, *, wrap: bool = False) -> float:
    snapped = round(degrees * scale / GRID) * GRID / scale
    return round((snapped + WHOLE_TURN / 2) % WHOLE_TURN - WHOLE_TURN / 2 if wrap else snapped, 6)
