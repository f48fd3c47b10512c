"""A search: the articles that match, a page of them in order, and all of them counted."""

import json
import sqlite3
from collections.abc import Iterable
from heapq import nlargest, nsmallest
from typing import Any

from watchfloor.query.distance import Locate
from watchfloor.store.highlights import Highlighter
from watchfloor.store.printed import Printed
from watchfloor.store.protocol import Found, Hit, Position, Search, Sort
from watchfloor.store.sqlite import counting, relevance
from watchfloor.store.sqlite.conditions import Compiler, stemmers_of
from watchfloor.store.sqlite.reading import KEPT, KeptRow

VALUES: dict[Sort, str] = {
    "newest": "a.moment",
    "oldest": "a.moment",
    "changed": "a.changed",
    "relevance": relevance.AGE,
}
PLACED = 3
"""The first columns of what matches, by which a page of results is found; what is counted follows."""

Matched = list[tuple[Any, ...]]


def search(connection: sqlite3.Connection, wanted: Search, locate: Locate) -> Found:
    """Answer a search as the store is at this moment."""
    compiler = Compiler(stemmers_of(connection.execute("SELECT script, code FROM stemmers")), locate)
    counted = [*wanted.facets, *(["spots"] if wanted.spots else ()), *(["day"] if wanted.histogram else ())]
    matched = _matched(connection, wanted, counted, compiler)
    page, following = _page(matched, wanted)
    columns = dict(zip(counted, _columns(matched, len(counted)), strict=True))
    return Found(
        hits=_hits(connection, [row[2] for row in page], Highlighter(wanted.query, compiler.stemmers)),
        total=len(matched),
        next=following,
        facets={name: counting.facet(connection, columns[name]) for name in wanted.facets},
        histogram=counting.histogram(columns["day"]) if wanted.histogram else (),
        spots=counting.spots(connection, columns["spots"]) if wanted.spots else (),
    )


def _matched(connection: sqlite3.Connection, wanted: Search, counted: list[str], compiler: Compiler) -> Matched:
    """Every article that matches: the value it is ordered by, both its ids, and what it is counted by.

    They are counted here and not by SQL: an index of labels would be as large as the text, and take longer to read.
    """
    found = compiler.condition(wanted.query)
    columns = ", ".join([VALUES[wanted.sort], "a.article_id", "a.id", *(f"a.{name}" for name in counted)])
    matched = connection.execute(
        f"SELECT {columns} FROM articles a WHERE {found.sql}",  # noqa: S608 - the condition is our own
        found.values,
    ).fetchall()
    if wanted.sort == "relevance" and (score := relevance.score(wanted.query, compiler)):
        weights: dict[int, float] = dict(connection.execute(score.sql, score.values).fetchall())
        return [(age + weights.get(row_id, 0), article_id, row_id, *rest) for age, article_id, row_id, *rest in matched]
    return matched


def _columns(matched: Matched, number: int) -> Iterable[tuple[Any, ...]]:
    return list(zip(*matched, strict=True))[PLACED:] if matched else [()] * number


def _page(matched: Matched, wanted: Search) -> tuple[Matched, Position | None]:
    """The rows of a page in order, and where it ends where more follow."""
    after, ascending = wanted.after, wanted.sort == "oldest"
    if after is not None:
        end = (after.sort_value, after.article_id)
        matched = [row for row in matched if (row[:2] > end if ascending else row[:2] < end)]
    page = (nsmallest if ascending else nlargest)(wanted.limit, matched)
    more = len(matched) > len(page) > 0
    return page, Position(page[-1][0], page[-1][1]) if more else None


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
