"""A query as the filter bar has it: the conjuncts of its top level, to be told apart, taken out and added."""

from datetime import date

from watchfloor.query.parsing import Clause, parse_clauses, parse_query
from watchfloor.query.tokens import QuerySyntaxError
from watchfloor.query.tree import Everything, FieldIs, FieldName, Node

QUOTES = (('"', '"'), ("«", "»"), ("“", "”"), ("„", "“"))
"""What a value may stand in, the usual first."""


def clauses(text: str) -> tuple[Clause, ...]:
    """What the query demands, one after the other; all of them together mean what the query means.

    A query with an OR outside of parentheses is one clause, an empty one none. Raises QuerySyntaxError as parse_query.

    >>> [clause.of('drone AND country:UA -(a OR b)') for clause in clauses('drone AND country:UA -(a OR b)')]
    ['drone', 'country:UA', '-(a OR b)']
    """
    return parse_clauses(text)


def without(text: str, clause: Clause) -> str:
    """The query without one of its clauses, and without the AND that joined it.

    Raises QuerySyntaxError as parse_query, and LookupError where the clause is not one of this query's.

    >>> without('drone AND country:UA -air', clauses('drone AND country:UA -air')[1])
    'drone -air'
    """
    every = clauses(text)
    index = next((i for i, each in enumerate(every) if (each.start, each.end) == (clause.start, clause.end)), None)
    if index is None:
        raise LookupError(f"{clause} is no clause of {text!r}")
    if index == 0:
        return text[every[1].start :] if len(every) > 1 else ""
    before, after = text[: every[index - 1].end], text[clause.end :]
    apart = " " if after and not after[0].isspace() else ""
    return f"{before}{apart}{after}".rstrip()


def with_clause(text: str, addition: str) -> str:
    """The query that demands this, too; the query itself where it does already.

    An OR is put in parentheses. The answer may be longer than a query can be: then parse_query refuses it. Raises
    QuerySyntaxError where one of the two cannot be read.

    >>> with_clause('drone OR missile', 'country:UA')
    '(drone OR missile) country:UA'
    >>> with_clause('drone country:UA', 'country:UA')
    'drone country:UA'
    """
    present = clauses(text)
    known: list[Node] = [Everything(), *(clause.node for clause in present)]
    written = {clause.of(text) for clause in present}
    asked = (clause for clause in clauses(addition) if clause.node not in known and clause.of(addition) not in written)
    new = {clause.node: _closed(addition, clause) for clause in asked}
    if not new:
        return text
    if all(clause.node == Everything() for clause in present):
        return " ".join(new.values())
    return " ".join([_closed(text, present[0]) if present[0].loose else text.strip(), *new.values()])


def _closed(text: str, clause: Clause) -> str:
    return f"({clause.of(text)})" if clause.loose else clause.of(text)


def quoted(field: FieldName, value: str) -> str | None:
    """`field:"value"`, which parses back to exactly this value; None where the language cannot say it.

    It cannot say a value without a letter or digit, one with `*`, one that begins or ends with a space, one in whose
    words every kind of quotation mark closes, and of a field of codes what is no code.

    >>> quoted("person", 'Ola "Bear" Tarvin'), quoted("person", "…")
    ('person:«Ola "Bear" Tarvin»', None)
    """
    written = (f"{field}:{opening}{value}{closing}" for opening, closing in QUOTES)
    return next((text for text in written if _says(text, field, value)), None)


def _says(text: str, field: FieldName, value: str) -> bool:
    try:
        node = parse_query(text)
    except QuerySyntaxError:
        return False
    return isinstance(node, FieldIs) and node.field == field and node.value.text == value and not node.value.prefix


def published(first: date, last: date) -> str:
    """Published from the first of these days to the end of the last, in UTC.

    >>> published(date(2026, 11, 11), date(2026, 11, 24))
    'published:[2026-11-11 TO 2026-11-24]'
    """
    return f"published:[{first.isoformat()} TO {last.isoformat()}]"
