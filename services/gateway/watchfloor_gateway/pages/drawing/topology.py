"""TopoJSON: shapes whose shared lines are written once, as steps of whole numbers.

Source: The TopoJSON Format Specification, version 1 (2.1.2 transforms, 2.1.3 arcs, 2.1.4 arc indexes).
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, pairwise
from typing import Any

Point = tuple[float, float]
Line = tuple[Point, ...]


def rings(topology: Mapping[str, Any], name: str) -> tuple[Line, ...]:
    """The rings of all polygons in one object of a topology, closed: the first point is the last again.

    Raises ValueError for an object that holds anything but polygons.
    """
    arcs = [_arc(arc, topology["transform"]) for arc in topology["arcs"]]
    return tuple(_joined(indexes, arcs) for indexes in _rings(topology["objects"][name]))


def _arc(steps: Sequence[Sequence[int]], transform: Mapping[str, Sequence[float]]) -> Line:
    """An arc's first point is a position, each further one the step from the last."""
    (right, up), (left, bottom) = transform["scale"], transform["translate"]
    across, along = accumulate(step[0] for step in steps), accumulate(step[1] for step in steps)
    return tuple((x * right + left, y * up + bottom) for x, y in zip(across, along, strict=True))


def _rings(shape: Mapping[str, Any]) -> Iterator[Sequence[int]]:
    match shape["type"]:
        case "GeometryCollection":
            for part in shape["geometries"]:
                yield from _rings(part)
        case "MultiPolygon":
            for polygon in shape["arcs"]:
                yield from polygon
        case "Polygon":
            yield from shape["arcs"]
        case other:
            raise ValueError(f"{other} has no rings (give an object of polygons)")


def _joined(indexes: Sequence[int], arcs: Sequence[Line]) -> Line:
    """Arcs end to end. A negative index is the complement of an arc's own: the arc backwards."""
    lines = [arcs[index] if index >= 0 else arcs[~index][::-1] for index in indexes]
    return lines[0] + tuple(point for line in lines[1:] for point in line[1:])


def unwound(ring: Line) -> Line:
    """A ring of longitudes and latitudes without its jumps from 180 to -180.

    One that goes around a pole is given three turns of it, and closed beyond the pole.

    >>> unwound(((179.0, 1.0), (-179.0, 1.0), (-179.0, 2.0), (179.0, 1.0)))
    ((179.0, 1.0), (181.0, 1.0), (181.0, 2.0), (179.0, 1.0))
    """
    turns = accumulate((_turn(b[0] - a[0]) for a, b in pairwise(ring)), initial=0)
    line = tuple((longitude + turn, latitude) for (longitude, latitude), turn in zip(ring, turns, strict=True))
    return line if line[0] == line[-1] else _around_pole(line)


def _around_pole(line: Line) -> Line:
    step = line[-1][0] - line[0][0]
    turns = tuple((longitude + turn * step, latitude) for turn in (-1, 0, 1) for longitude, latitude in line)
    beyond = 720.0 if sum(latitude for _, latitude in line) > 0 else -720.0
    return (*turns, (turns[-1][0], beyond), (turns[0][0], beyond), turns[0])


def _turn(step: float) -> int:
    return -360 if step > 180 else 360 if step < -180 else 0
