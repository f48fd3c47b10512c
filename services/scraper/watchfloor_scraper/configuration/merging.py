"""Which of some outlets are new to a configuration, and under which ids. Pure."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import count

from watchfloor.identity import canonical_url
from watchfloor_scraper.configuration.configuration import Configuration
from watchfloor_scraper.configuration.outlet import Outlet


@dataclass(frozen=True)
class Merged:
    """What became of outlets that were to be added."""

    added: tuple[Outlet, ...]
    known: tuple[Outlet, ...]
    """Those that were there already, by one of their lists, or by their home where they have none."""


def settle(configuration: Configuration, outlets: Iterable[Outlet]) -> Merged:
    """Tell new outlets from known ones; a new one whose id is another's gets a number behind it."""
    places = {place for outlet in configuration.outlets for place in _places(outlet)}
    ids = set(configuration.by_id)
    added: list[Outlet] = []
    known: list[Outlet] = []
    for outlet in outlets:
        if places.isdisjoint(_places(outlet)):
            named = outlet.model_copy(update={"id": free_id(outlet.id, ids.__contains__)})
            added.append(named)
            ids.add(named.id)
            places.update(_places(named))
        else:
            known.append(outlet)
    return Merged(tuple(added), tuple(known))


def free_id(wanted: str, taken: Callable[[str], bool]) -> str:
    """The id itself, else with the first number behind it that makes it free.

    >>> free_id("bbc", {"bbc", "bbc-2"}.__contains__)
    'bbc-3'
    """
    numbered = (f"{wanted[:58]}-{number}" for number in count(2))
    return wanted if not taken(wanted) else next(name for name in numbered if not taken(name))


def _places(outlet: Outlet) -> set[str]:
    return {canonical_url(url) for url in outlet.lists or (outlet.home,)}
