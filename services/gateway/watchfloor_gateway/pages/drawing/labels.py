"""Names beside dots: those that come first get room, the others are left to the list."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal
from unicodedata import combining, east_asian_width

from watchfloor_gateway.pages.drawing.clipping import Box
from watchfloor_gateway.pages.drawing.projection import HEIGHT, WIDTH

Anchor = Literal["start", "middle", "end"]
SIZE = 10
"""Of the letters, in units; as the stylesheet has it."""
LETTER, WIDE_LETTER = 6.2, 10.0
"""Units that a letter takes at most on average, and one of Chinese, Japanese or Korean."""
RISE = 3.5
"""From the middle of a line of letters down to its foot."""
GAP = 4
EDGE = 3
"""Units that names keep from the edge of the picture."""
LONGEST = 28
"""Letters; what is longer is cut."""


@dataclass(frozen=True)
class Circle:
    """A dot that no name may cover."""

    x: float
    y: float
    radius: float


@dataclass(frozen=True)
class Label:
    """A name, and where its foot begins, ends or has its middle."""

    text: str
    x: float
    y: float
    anchor: Anchor


def placed(wanted: Sequence[tuple[Circle, str]], further: Iterable[Circle] = ()) -> tuple[Label, ...]:
    """The names that fit, the first wanted first: right, left, above or below their dots, over no dot and no other name."""
    taken = [_around(circle) for circle in (*(circle for circle, _ in wanted), *further)]
    labels = []
    for circle, text in wanted:
        for label, box in _ways(circle, shortened(text)):
            if _inside(box) and not any(_meet(box, other) for other in taken):
                labels.append(label)
                taken.append(box)
                break
    return tuple(labels)


def shortened(text: str) -> str:
    """A name of bearable length.

    >>> shortened("The Autonomous Republic of Crimea and the City of Sevastopol")
    'The Autonomous Republic of…'
    """
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"


def _ways(circle: Circle, text: str) -> Iterator[tuple[Label, Box]]:
    """Where a name may stand, the best place first, with the box that it fills."""
    width, off = _width(text), circle.radius + GAP
    above, below = circle.y - circle.radius - SIZE / 2 - 1, circle.y + circle.radius + SIZE / 2 + 1
    for x, y, anchor in (
        (circle.x + off, circle.y, "start"),
        (circle.x - off, circle.y, "end"),
        (circle.x, above, "middle"),
        (circle.x, below, "middle"),
        (circle.x + circle.radius, above, "start"),
        (circle.x - circle.radius, above, "end"),
        (circle.x + circle.radius, below, "start"),
        (circle.x - circle.radius, below, "end"),
    ):
        left = x - width * {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor]
        box = Box(left, y - SIZE * 0.6, left + width, y + SIZE * 0.6)
        yield Label(text, x, y + RISE, anchor), box  # type: ignore[arg-type]  # of the table above


def _width(text: str) -> float:
    wide = sum(east_asian_width(letter) in "WF" for letter in text)
    marks = sum(combining(letter) > 0 for letter in text)
    return wide * WIDE_LETTER + (len(text) - wide - marks) * LETTER


def _around(circle: Circle) -> Box:
    x, y, radius = circle.x, circle.y, circle.radius
    return Box(x - radius, y - radius, x + radius, y + radius)


def _inside(box: Box) -> bool:
    return box.left >= EDGE and box.top >= EDGE and box.right <= WIDTH - EDGE and box.bottom <= HEIGHT - EDGE


def _meet(a: Box, b: Box) -> bool:
    return a.left < b.right and b.left < a.right and a.top < b.bottom and b.top < a.bottom
