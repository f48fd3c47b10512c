"""Where the articles of a list are: a map, and a list that holds the same links."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from watchfloor_gateway.pages.drawing.map import MapView, draw_map
from watchfloor_gateway.pages.drawing.spots import Spot


@dataclass(frozen=True)
class Where:
    """Places, as a map and as a list."""

    map: MapView
    places: tuple[tuple[str, str, int], ...]
    """Name, address and count."""


def drawn(spots: Sequence[Spot], address: Callable[[str], str]) -> Where | None:
    """The places of articles, each with the address that its name leads to; None where there are none."""
    addresses = {spot.name: address(spot.name) for spot in spots}
    view = draw_map(spots, href=lambda spot: addresses[spot.name])
    return Where(view, tuple((spot.name, addresses[spot.name], spot.count or 0) for spot in spots)) if view else None
