"""What matches, counted: by facets, by days, by points on the map.

SQL joins what is counted of all articles into one text for each facet, and the values are counted here: an index of
labels would be as large as the articles' texts, and take longer to read.
"""

import json
import sqlite3
from collections import Counter
from datetime import date

from watchfloor.store import facets
from watchfloor.store.protocol import Search, Spot
from watchfloor.store.spots import Named, ordered
from watchfloor.store.sqlite.conditions import Condition
from watchfloor.store.sqlite.forms import day, unpacked_ids

Counted = dict[str, str]
"""By the name of a column, its values for every article that matches, joined."""


def counted(connection: sqlite3.Connection, where: Condition, wanted: Search) -> tuple[int, Counted]:
    """How many articles match, and all that they are counted by."""
    names = [*wanted.facets, *(["spots"] if wanted.spots else ())]
    columns = [f"group_concat(a.{name}, '')" for name in names] + (["group_concat(a.day)"] if wanted.histogram else [])
    total, *joined = connection.execute(
        f"SELECT {', '.join(['count(*)', *columns])} FROM articles a WHERE {where.sql}",  # noqa: S608 - our own
        where.values,
    ).fetchone()
    return total, {name: values or "" for name, values in zip([*names, "day"], joined, strict=False)}


def facet(connection: sqlite3.Connection, labels: str) -> facets.Counts:
    """Count by a facet; `labels` are those of all articles, packed."""
    counts = Counter(unpacked_ids(labels))
    most = counts.most_common(facets.MOST_VALUES)
    if not most:
        return ()
    shown = [label for label, count in counts.items() if count >= most[-1][1]]
    rows = connection.execute(
        "SELECT id, value FROM labels WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(shown),)
    )
    return facets.ordered((value, counts[label]) for label, value in rows)


def histogram(days: str) -> tuple[tuple[date, int], ...]:
    """Count by days, which are given with commas between them."""
    counts = Counter(days.split(",")) if days else {}
    return tuple((day(number), count) for number, count in sorted((int(text), count) for text, count in counts.items()))


def spots(connection: sqlite3.Connection, points: str) -> tuple[Spot, ...]:
    """Count by points; `points` are those of all articles, packed."""
    counts = Counter(unpacked_ids(points))
    rows = connection.execute(
        "SELECT id, name, country, latitude, longitude, precision FROM spots"
        " WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(counts)),),
    )
    return ordered(
        (Named(name, country or None, latitude, longitude, precision), counts[spot_id])
        for spot_id, name, country, latitude, longitude, precision in rows
    )
