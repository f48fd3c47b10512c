"""Rings as the data of an SVG path, to a tenth of a unit, short.

Source: Scalable Vector Graphics 2, 9.3 (path data).
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from watchfloor_gateway.pages.drawing.topology import Point

TENTHS = 10


def path(rings: Iterable[Sequence[Point]]) -> str:
    """Closed rings, each as a move and steps from point to point. Points that fall together are one.

    >>> path([[(0, 0), (10, 0.04), (10, -0.5), (0, 0)]])
    'M0 0l10 0 0-.5z'
    """
    return "".join(_ring(ring) for ring in rings)


def _ring(ring: Sequence[Point]) -> str:
    tenths = [(round(x * TENTHS), round(y * TENTHS)) for x, y in ring]
    steps = [(bx - ax, by - ay) for (ax, ay), (bx, by) in pairwise(tenths[:-1]) if (ax, ay) != (bx, by)]
    if len(steps) < 2:
        return ""
    return f"M{_numbers([tenths[0]])}l{_numbers(steps)}z"


def _numbers(pairs: Iterable[tuple[int, int]]) -> str:
    """Numbers in a row; a minus parts as well as a space does."""
    written = " ".join(number(tenths) for pair in pairs for tenths in pair)
    return written.replace(" -", "-")


def number(tenths: int) -> str:
    """Tenths as a number without anything that can be left out.

    >>> number(-5), number(120), number(1015)
    ('-.5', '12', '101.5')
    """
    whole, part = divmod(abs(tenths), TENTHS)
    text = (str(whole) if whole or not part else "") + (f".{part}" if part else "")
    return f"-{text}" if tenths < 0 else text
