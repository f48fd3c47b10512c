"""Where a named place lies, for queries: the compiled gazetteer, opened when it is first asked."""

from pathlib import Path
from threading import Lock

from watchfloor.gazetteer import open_gazetteer
from watchfloor.query.distance import Locate, Point


def locator(cache: Path) -> Locate:
    """The gazetteer in the cache folder as a query asks it. Threads may share it."""
    one_at_a_time = Lock()

    def locate(name: str) -> Point | None:
        with one_at_a_time:
            found = open_gazetteer(cache).locate(name)
        return (found.latitude, found.longitude) if found else None

    return locate
