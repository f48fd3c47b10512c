"""Rings cut to a box, and freed of points that no eye would miss."""

import operator
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

from watchfloor_gateway.pages.drawing.topology import Point


class Box(NamedTuple):
    """A rectangle, in the units of the picture."""

    left: float
    top: float
    right: float
    bottom: float


def clipped(ring: Sequence[Point], box: Box) -> list[Point]:
    """The part of a closed ring inside the box, closed; empty where there is none.

    Source: Sutherland and Hodgman, Reentrant polygon clipping, Communications of the ACM 17 (1974). Parts that lie
    apart stay joined by lines along the border of the box.
    """
    sides: tuple[tuple[int, float, Callable[[float, float], bool]], ...] = (
        (0, box.left, operator.ge),
        (0, box.right, operator.le),
        (1, box.top, operator.ge),
        (1, box.bottom, operator.le),
    )
    kept = list(ring)
    for axis, border, inside in sides:
        kept = _cut(kept, axis, border, inside)
    return kept


def _cut(ring: list[Point], axis: int, border: float, inside: Callable[[float, float], bool]) -> list[Point]:
    kept: list[Point] = []
    for a, b in pairwise(ring):
        enters, leaves = inside(b[axis], border), inside(a[axis], border)
        if enters != leaves:
            kept.append(_crossing(a, b, axis, border))
        if enters:
            kept.append(b)
    return [*kept, kept[0]] if kept else kept


def _crossing(a: Point, b: Point, axis: int, border: float) -> Point:
    other = 1 - axis
    across = a[other] + (b[other] - a[other]) * (border - a[axis]) / (b[axis] - a[axis])
    return (border, across) if axis == 0 else (across, border)


def simplified(ring: Sequence[Point], tolerance: float) -> list[Point]:
    """A closed ring with fewer points: none that is left out lies further than `tolerance` from its line.

    Source: Douglas and Peucker, Algorithms for the reduction of the number of points, Cartographica 10 (1973).
    """
    if not ring:
        return []
    opposite = max(range(len(ring)), key=lambda index: _apart(ring[0], ring[index]))
    kept = {0, opposite, len(ring) - 1}
    open_ends = [(0, opposite), (opposite, len(ring) - 1)]
    while open_ends:
        first, last = open_ends.pop()
        furthest, distance = _furthest(ring, first, last)
        if distance > tolerance * tolerance:
            kept.add(furthest)
            open_ends += [(first, furthest), (furthest, last)]
    return [ring[index] for index in sorted(kept)]


def _furthest(ring: Sequence[Point], first: int, last: int) -> tuple[int, float]:
    """The point between two that lies furthest from the line through them, and its distance squared."""
    (x, y), (to_x, to_y) = ring[first], ring[last]
    dx, dy = to_x - x, to_y - y
    length = dx * dx + dy * dy
    best, most = first, 0.0
    for index in range(first + 1, last):
        px, py = ring[index][0] - x, ring[index][1] - y
        share = min(max((px * dx + py * dy) / length, 0.0), 1.0) if length else 0.0
        off_x, off_y = px - share * dx, py - share * dy
        distance = off_x * off_x + off_y * off_y
        if distance > most:
            best, most = index, distance
    return best, most


def _apart(a: Point, b: Point) -> float:
    return (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2
