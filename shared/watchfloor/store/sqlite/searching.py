"""A search: the articles that match, a page of them in order, and all of them counted."""

import json
import sqlite3

from watchfloor.query.distance import Locate
from watchfloor.store.highlights import Highlighter
from watchfloor.store.printed import Printed
from watchfloor.store.protocol import Found, Hit, Position, Search, Sort
from watchfloor.store.sqlite import counting, relevance
from watchfloor.store.sqlite.conditions import Compiler, Condition, is_of_row, stemmers_of
from watchfloor.store.sqlite.reading import KEPT, KeptRow

VALUES: dict[Sort, str] = {
    "newest": "a.moment",
    "oldest": "a.moment",
    "changed": "a.changed",
    "relevance": relevance.AGE,
}
EVERY = Condition("1")
Page = list[tuple[float, str, int]]
"""Of each article the value that it is ordered by, and both its ids."""


def search(connection: sqlite3.Connection, wanted: Search, locate: Locate) -> Found:
    """Answer a search as the store is at this moment."""
    compiler = Compiler(stemmers_of(connection.execute("SELECT script, code FROM stemmers")), locate)
    where = _held(connection, wanted, compiler)
    total, columns = counting.counted(connection, where, wanted) if wanted.counts else (None, {})
    page, following = _page(connection, where, wanted, compiler)
    return Found(
        hits=_hits(connection, [row_id for _, _, row_id in page], Highlighter(wanted.marked, compiler.stemmers)),
        total=len(page) if total is None else total,
        next=following,
        facets={name: counting.facet(connection, columns[name]) for name in wanted.facets},
        histogram=counting.histogram(columns["day"]) if wanted.histogram else (),
        spots=counting.spots(connection, columns["spots"]) if wanted.spots else (),
    )


def _held(connection: sqlite3.Connection, wanted: Search, compiler: Compiler) -> Condition:
    """What matches, as a condition. Where it is put twice, what has to be looked up for it is held until the moment ends."""
    found = compiler.condition(wanted.query)
    if is_of_row(wanted.query) or not wanted.counts:
        return found
    connection.execute(f"INSERT INTO temp.matched SELECT a.id FROM articles a WHERE {found.sql}", found.values)  # noqa: S608 - our own
    return Condition("a.id IN temp.matched")


def _page(
    connection: sqlite3.Connection, where: Condition, wanted: Search, compiler: Compiler
) -> tuple[Page, Position | None]:
    """The rows of a page in order, and where it ends where more follow."""
    value, scored = _ordered_by(connection, wanted, compiler)
    order, follows = ("ASC", ">") if wanted.sort == "oldest" else ("DESC", "<")
    behind = _behind(f"({value}, a.article_id) {follows} (?, ?)", wanted.after)
    rows = connection.execute(
        f"SELECT {value}, a.article_id, a.id FROM articles a {scored} WHERE {where.sql} AND {behind.sql}"  # noqa: S608 - our own
        f" ORDER BY 1 {order}, 2 {order} LIMIT ?",
        (*where.values, *behind.values, wanted.limit + 1),
    ).fetchall()
    page = rows[: wanted.limit]
    more = len(rows) > len(page) > 0
    return page, Position(page[-1][0], page[-1][1]) if more else None


def _ordered_by(connection: sqlite3.Connection, wanted: Search, compiler: Compiler) -> tuple[str, str]:
    """The value to order by, and the table of scores to join for it."""
    value = VALUES[wanted.sort]
    score = relevance.score(wanted.query, compiler) if wanted.sort == "relevance" else None
    if score is None:
        return value, ""
    connection.execute(f"INSERT INTO temp.scores {score.sql}", score.values)
    return f"{value} + coalesce(s.weight, 0)", "LEFT JOIN temp.scores s ON s.id = a.id"


def _behind(sql: str, after: Position | None) -> Condition:
    return Condition(sql, (after.sort_value, after.article_id)) if after else EVERY


def _hits(connection: sqlite3.Connection, ids: list[int], highlighter: Highlighter) -> tuple[Hit, ...]:
    found = connection.execute(f"{KEPT} WHERE a.id IN (SELECT value FROM json_each(?))", (json.dumps(ids),))  # noqa: S608 - our own
    rows = {row.id: row for row in map(KeptRow._make, found)}
    return tuple(_hit(rows[row_id], highlighter) for row_id in ids)


def _hit(row: KeptRow, highlighter: Highlighter) -> Hit:
    kept = row.kept()
    if not highlighter:
        return Hit(kept, (), highlighter.plain(row.title))
    printed = Printed.read(kept.written)
    return Hit(kept, highlighter.passages(printed), highlighter.title(printed))
