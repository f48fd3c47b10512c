"""Where the reader is: a query in an order. Every link of the search screen leads from here to another query."""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import get_args
from urllib.parse import urlencode

from watchfloor.query import Clause, FieldName, Node, quoted, with_clause, without
from watchfloor.query.document import CODES
from watchfloor.store.protocol import Sort

ORDERS: tuple[Sort, ...] = get_args(Sort)
USUAL: Sort = "newest"
ANY_CLAUSE = "published:[1000-01-01 TO 1000-01-01]"
"""One that no query has."""


@dataclass(frozen=True)
class Here:
    """A query as it was written, what it demands, and the order of the answer."""

    q: str
    clauses: tuple[Clause, ...] = ()
    sort: Sort = USUAL

    @property
    def nodes(self) -> tuple[Node, ...]:
        """What the query demands."""
        return tuple(clause.node for clause in self.clauses)

    def address(self, q: str | None = None, *, sort: Sort | None = None, **more: str) -> str:
        """The search for another query, or in another order.

        >>> Here("drone", (), "oldest").address("missile"), Here("drone", (), "oldest").address(sort="newest")
        ('/search?q=missile&sort=oldest', '/search?q=drone')
        """
        query, order = self.q if q is None else q, sort or self.sort
        asked = {**({"q": query} if query else {}), **({"sort": order} if order != USUAL else {}), **more}
        return f"/search?{urlencode(asked)}" if asked else "/search"

    @cached_property
    def base(self) -> str:
        """The query as it must stand before a further clause: an OR in parentheses, a space behind it."""
        return with_clause(self.q, ANY_CLAUSE).removesuffix(ANY_CLAUSE)

    def adding(self, text: str) -> str:
        """The search that demands this clause, too; it does not yet."""
        return self.address(self.base + text)

    def without(self, clause: Clause) -> str:
        """The search that does not demand this clause."""
        return self.address(without(self.q, clause))


@lru_cache(maxsize=20_000)
def clause_for(field: FieldName, value: str) -> str | None:
    """The clause that asks for a value, codes without quotation marks; None where the query language cannot say it.

    >>> clause_for("language", "uk"), clause_for("person", "Ilinca Văduva")
    ('language:uk', 'person:"Ilinca Văduva"')
    """
    clause = quoted(field, value)
    return f"{field}:{value}" if clause and field in CODES else clause
