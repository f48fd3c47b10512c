"""Trails of pages and the health of sources, in memory: a part of the store in memory."""

from datetime import datetime

from watchfloor.events import PageDecided, SourceHealth
from watchfloor.store.trail import Place, kept, place

Key = tuple[datetime, str, str]


class Trails:
    """What was decided about each page, and how each source is."""

    def __init__(self) -> None:
        self._decided: dict[str, dict[Key, tuple[Place, PageDecided]]] = {}
        self._health: dict[str, SourceHealth] = {}

    def keep(self, event: PageDecided | SourceHealth) -> None:
        """Keep one event."""
        if isinstance(event, SourceHealth):
            known = self._health.get(event.source_id, event)
            self._health[event.source_id] = max(known, event, key=lambda word: (word.at, word.write()))
            return
        where = place(event)
        of_page = {**self._decided.get(event.page_id, {}), where.key: (where, event)}
        stay = kept(where for where, _ in of_page.values())
        self._decided[event.page_id] = {key: pair for key, pair in of_page.items() if pair[0] in stay}

    def trail(self, page_id: str) -> tuple[PageDecided, ...]:
        """What was decided about a page, in the order of time."""
        pairs = sorted(self._decided.get(page_id, {}).values(), key=lambda pair: pair[0])
        return tuple(decision for _, decision in pairs)

    def sources(self) -> tuple[SourceHealth, ...]:
        """How each source is, by its id."""
        return tuple(health for _, health in sorted(self._health.items()) if health.state != "removed")
