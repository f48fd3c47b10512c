"""Where the articles of an answer are: each place leads to the search for it, too."""

from collections.abc import Mapping, Sequence

from watchfloor.query import Clause, FieldIs, Near, Node
from watchfloor.store.protocol import Spot
from watchfloor_gateway.pages.drawing.spots import found_spots
from watchfloor_gateway.pages.drawing.where import Where, drawn
from watchfloor_gateway.pages.query.here import Here, clause_for


def where(here: Here, found: Sequence[Spot]) -> Where | None:
    """The places that are named; None where none can be shown."""
    asked = [place for node in here.nodes if (place := _place(node))]
    demanded = _demanded(here)
    return drawn(found_spots(found, asked), lambda name: _address(here, name, demanded))


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
