"""The query language: text to a tree, and a tree held against an article in memory."""

from watchfloor.query.clauses import clauses, quoted, with_clause, without
from watchfloor.query.matching import matches
from watchfloor.query.parsing import Clause, parse_query
from watchfloor.query.tokens import QuerySyntaxError
from watchfloor.query.tree import (
    And,
    Everything,
    FieldIs,
    FieldName,
    Near,
    Node,
    Not,
    Or,
    Published,
    Words,
    conjunction,
)

__all__ = [
    "And",
    "Clause",
    "Everything",
    "FieldIs",
    "FieldName",
    "Near",
    "Node",
    "Not",
    "Or",
    "Published",
    "QuerySyntaxError",
    "Words",
    "clauses",
    "conjunction",
    "matches",
    "parse_query",
    "quoted",
    "with_clause",
    "without",
]
