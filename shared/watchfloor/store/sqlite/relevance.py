"""How much an article is about what is sought.

A term's weight saturates with its number in the article, as in BM25 (Robertson and Zaragoza 2009), and counts more in
the title. What BM25 takes from the whole collection (rarity, average length) is left out: with it, every new article
would move all others, and a reader who turns the page would see some twice and others never. Equal weights: newest
first.
"""

from watchfloor.query.analysis import Pattern, patterns
from watchfloor.query.document import LineName
from watchfloor.query.tree import Node
from watchfloor.store.sought import TITLE_WEIGHT, sought_words
from watchfloor.store.sqlite.conditions import Compiler, Condition

HALF_AT = 4
"""The weight of a term that gives half of what it can give at most."""
FULL = 1000
"""What one term can give at most; whole numbers, so that the sum is the same on every page."""
AGE = "a.moment / 1e17"
"""Where weights are equal, the newest first: the microseconds of the moment as a fraction (until the year 5138)."""


def score(node: Node, compiler: Compiler) -> Condition | None:
    """SQL that gives articles with sought words their weight, rows of `id` and `weight`; None where none is sought."""
    read = ((lines, patterns(words, compiler.stemmers)) for lines, words in sought_words(node))
    leaves = [_leaf(lines, sought) for lines, sought in read if sought]
    if not leaves:
        return None
    terms = " UNION ALL ".join(leaf.sql for leaf in leaves)
    return Condition(
        f"SELECT id, sum(weight * {FULL} / (weight + {HALF_AT})) AS weight FROM ({terms}) GROUP BY id",  # noqa: S608
        tuple(value for leaf in leaves for value in leaf.values),
    )


def _leaf(lines: tuple[LineName, ...], sought: tuple[Pattern, ...]) -> Condition:
    """How often each article has a term; of a phrase each word counts its share."""
    terms = sorted({word for pattern in sought for word in pattern.words})
    share = max(len(pattern.words) for pattern in sought)
    wanted, values = f"term IN ({_marks(terms)})", (*terms,)
    if sought[0].prefix:
        beginning = sought[0].words[-1]
        wanted, values = f"({wanted} OR term BETWEEN ? AND ?)", (*values, beginning, f"{beginning}\U0010ffff")
    return Condition(
        f"SELECT doc AS id, max(1, sum(CASE col WHEN 'title' THEN {TITLE_WEIGHT} ELSE 1 END) / {share}) AS weight"  # noqa: S608
        f" FROM instances WHERE {wanted} AND col IN ({_marks(lines)}) GROUP BY doc",
        (*values, *lines),
    )


def _marks(values: list[str] | tuple[LineName, ...]) -> str:
    return ", ".join("?" * len(values))
