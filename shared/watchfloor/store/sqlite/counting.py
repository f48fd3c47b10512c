"""What matches, counted: by a facet, by days, by points on the map."""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable
from datetime import date

from watchfloor.store import facets
from watchfloor.store.protocol import Spot
from watchfloor.store.spots import Named, ordered
from watchfloor.store.sqlite.forms import day, unpacked_ids


def facet(connection: sqlite3.Connection, column: Iterable[bytes]) -> facets.Counts:
    """Count by a facet; `column` holds the labels of each article, packed."""
    counts = Counter(unpacked_ids(column))
    most = counts.most_common(facets.MOST_VALUES)
    if not most:
        return ()
    shown = [label for label, count in counts.items() if count >= most[-1][1]]
    rows = connection.execute(
        "SELECT id, value FROM labels WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(shown),)
    )
    return facets.ordered((value, counts[label]) for label, value in rows)


def histogram(column: Iterable[int]) -> tuple[tuple[date, int], ...]:
    """Count by days."""
    return tuple((day(number), count) for number, count in sorted(Counter(column).items()))


def spots(connection: sqlite3.Connection, column: Iterable[bytes]) -> tuple[Spot, ...]:
    """Count by points; `column` holds those of each article, packed."""
    counts = Counter(unpacked_ids(column))
    rows = connection.execute(
        "SELECT id, name, country, latitude, longitude, precision FROM spots"
        " WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(counts)),),
    )
    return ordered(
        (Named(name, country or None, latitude, longitude, precision), counts[spot_id])
        for spot_id, name, country, latitude, longitude, precision in rows
    )
