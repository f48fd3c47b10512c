"""Where the articles of an answer are: a map, and a list that holds the same links."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from watchfloor.query import Clause, FieldIs, Near, Node
from watchfloor.store.protocol import Spot
from watchfloor_gateway.pages.drawing.map import MapView, draw_map
from watchfloor_gateway.pages.drawing.spots import found_spots
from watchfloor_gateway.pages.query.here import Here, clause_for


@dataclass(frozen=True)
class Where:
    """Places of the answer, as a map and as a list."""

    map: MapView
    places: tuple[tuple[str, str, int], ...]
    """Name, address and count."""


def where(here: Here, found: Sequence[Spot]) -> Where | None:
    """The places that are named; None where none can be shown."""
    asked = [place for node in here.nodes if (place := _place(node))]
    spots = found_spots(found, asked)
    demanded = _demanded(here)
    addresses = {spot.name: _address(here, spot.name, demanded) for spot in spots}
    drawn = draw_map(spots, href=lambda spot: addresses[spot.name])
    listed = ((spot.name, addresses[spot.name], spot.count or 0) for spot in spots)
    return Where(drawn, tuple(listed)) if drawn else None


def _place(node: Node) -> str | None:
    match node:
        case Near(place, _):
            return place
        case FieldIs("place", value):
            return value.text
        case _:
            return None


def _demanded(here: Here) -> dict[str, Clause]:
    places = ((clause, _place(clause.node)) for clause in here.clauses if isinstance(clause.node, FieldIs))
    return {place.casefold(): clause for clause, place in places if place}


def _address(here: Here, name: str, demanded: Mapping[str, Clause]) -> str:
    """The search for a place, too; without it where it is asked for already; as it is where it cannot be said."""
    clause = demanded.get(name.casefold())
    if clause:
        return here.without(clause)
    text = clause_for("place", name)
    return here.adding(text) if text else here.address()
