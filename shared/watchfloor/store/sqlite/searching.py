"""A search: the articles that match, a page of them in order, and all of them counted."""

import sqlite3
from collections.abc import Sequence
from datetime import date

from watchfloor.query.distance import Locate
from watchfloor.store import facets
from watchfloor.store.highlights import Highlighter
from watchfloor.store.protocol import FacetName, Found, Hit, Position, Search
from watchfloor.store.sqlite import relevance
from watchfloor.store.sqlite.conditions import Compiler, stemmers_of
from watchfloor.store.sqlite.forms import day
from watchfloor.store.sqlite.reading import kept

MATCHED = "CREATE TEMP TABLE IF NOT EXISTS matched (id INTEGER PRIMARY KEY, article_id TEXT, day INTEGER, value REAL)"
MANY = 4
"""Where one article in so many matches, counting goes by field, else by article."""


def search(connection: sqlite3.Connection, wanted: Search, locate: Locate) -> Found:
    """Answer a search as the store is at this moment."""
    compiler = Compiler(stemmers_of(connection.execute("SELECT script, code FROM stemmers")), locate)
    total = _match(connection, wanted, compiler)
    ids, following = _page(connection, wanted)
    highlighter = Highlighter(wanted.query, compiler.stemmers)
    return Found(
        hits=tuple(_hit(connection, article_id, highlighter) for article_id in ids),
        total=total,
        next=following,
        facets={name: _facet(connection, name, total) for name in wanted.facets},
        histogram=_histogram(connection) if wanted.histogram else (),
    )


def _match(connection: sqlite3.Connection, wanted: Search, compiler: Compiler) -> int:
    """Note every article that matches, with the value it is ordered by; answer how many."""
    connection.execute(MATCHED)
    connection.execute("DELETE FROM matched")
    condition = compiler.condition(wanted.query)
    value = relevance.AGE if wanted.sort == "relevance" else "a.moment"
    found = connection.execute(
        f"INSERT INTO matched SELECT a.id, a.article_id, a.day, {value} FROM articles a WHERE {condition.sql}",  # noqa: S608
        condition.values,
    )
    if wanted.sort == "relevance" and (score := relevance.score(wanted.query, compiler)):
        connection.execute(
            f"UPDATE matched SET value = value + s.weight FROM ({score.sql}) s WHERE s.id = matched.id",  # noqa: S608
            score.values,
        )
    return found.rowcount


def _page(connection: sqlite3.Connection, wanted: Search) -> tuple[list[str], Position | None]:
    """The ids of a page, and where it ends where more follow."""
    sign, direction = (">", "ASC") if wanted.sort == "oldest" else ("<", "DESC")
    after = wanted.after
    rows: Sequence[tuple[str, float]] = connection.execute(
        f"SELECT article_id, value FROM matched {f'WHERE (value, article_id) {sign} (?, ?)' if after else ''}"  # noqa: S608
        f" ORDER BY value {direction}, article_id {direction} LIMIT ?",
        (*((after.sort_value, after.article_id) if after else ()), wanted.limit + 1),
    ).fetchall()
    page = rows[: wanted.limit]
    more = len(rows) > len(page) and page
    return [article_id for article_id, _ in page], Position(page[-1][1], page[-1][0]) if more else None


def _hit(connection: sqlite3.Connection, article_id: str, highlighter: Highlighter) -> Hit:
    found = kept(connection, article_id)
    if found is None:
        raise LookupError(f"{article_id} has a row but no fetch")
    return Hit(found, highlighter.passages(found.article))


def _facet(connection: sqlite3.Connection, name: FacetName, total: int) -> facets.Counts:
    """Count by a facet: over the field where much matches, else over the articles, whichever reads less."""
    articles = connection.execute("SELECT count(*) FROM articles").fetchone()[0]
    if total * MANY > articles:
        source = "labels l CROSS JOIN matched m ON m.id = l.article"
    else:
        source = "matched m CROSS JOIN labels l ON l.article = m.id"
    rows = connection.execute(
        f"SELECT l.value, count(*) FROM {source} WHERE l.field = ? GROUP BY l.value",  # noqa: S608 - one of two
        (name,),
    )
    return facets.ordered(rows)


def _histogram(connection: sqlite3.Connection) -> tuple[tuple[date, int], ...]:
    rows = connection.execute("SELECT day, count(*) FROM matched GROUP BY day ORDER BY day")
    return tuple((day(number), count) for number, count in rows)
