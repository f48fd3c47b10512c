"""What an article should be about to answer a query well: for relevance and highlights."""

from collections.abc import Iterator

from watchfloor.query.document import ANYWHERE, CODES, LineName, line_of
from watchfloor.query.tree import And, FieldIs, Node, Or, Words

TITLE_WEIGHT = 8
"""A word in the title counts as much as so many in the text."""


def sought_words(node: Node) -> Iterator[tuple[tuple[LineName, ...], Words]]:
    """The words that are asked for, each with the lines it is sought in; not those behind a NOT."""
    match node:
        case Words():
            yield ANYWHERE, node
        case FieldIs(field, value) if field not in CODES:
            yield (line_of(field),), value
        case And(parts) | Or(parts):
            for part in parts:
                yield from sought_words(part)
        case _:
            return
