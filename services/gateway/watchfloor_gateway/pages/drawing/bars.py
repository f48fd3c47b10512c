"""Bars over time: how high each stands, what is said of it, where it leads."""

from collections.abc import Sequence
from dataclasses import dataclass

LEAST = 0.015
"""Of the height: a single article is seen beside thousands."""


@dataclass(frozen=True)
class Bar:
    """One stretch of time with what was counted in it. `label` says both, `name` the stretch alone."""

    count: int
    label: str
    name: str = ""
    href: str | None = None
    first: str | None = None
    """The first and last day of the stretch, for who drags over several (static/drag.js)."""
    last: str | None = None
    now: bool = False
    """Whether the stretch is still going on."""


@dataclass(frozen=True)
class DrawnBar:
    """A bar in the units of the chart's view box, one unit wide for each stretch, as text for attributes."""

    bar: Bar
    x: int
    left: str
    top: str
    height: str


@dataclass(frozen=True)
class BarsView:
    """A chart. `label` says what is counted, for those who do not see it."""

    label: str
    width: int
    tall: int
    bars: tuple[DrawnBar, ...]


def draw_bars(bars: Sequence[Bar], label: str, *, tall: int = 100, slots: int = 0) -> BarsView:
    """Scale the bars to the highest. `slots` is for how many there must be room, so that few bars stay slim.

    >>> [bar.height for bar in draw_bars([Bar(2, "one"), Bar(0, "none"), Bar(4, "two")], "articles").bars]
    ['50', '0', '100']
    """
    most = max((bar.count for bar in bars), default=0)
    drawn = tuple(_drawn(index, bar, most, tall) for index, bar in enumerate(bars))
    return BarsView(label, max(len(bars), slots, 1), tall, drawn)


def _drawn(index: int, bar: Bar, most: int, tall: int) -> DrawnBar:
    share = max(bar.count / most, LEAST) if bar.count else 0.0
    return DrawnBar(bar, index, f"{index + 0.08:g}", _figure(tall * (1 - share)), _figure(tall * share))


def _figure(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
