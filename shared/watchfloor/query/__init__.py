"""The query language: text to a tree, and a tree held against an article in memory."""

from watchfloor.query.matching import matches
from watchfloor.query.parsing import parse_query
from watchfloor.query.tokens import QuerySyntaxError
from watchfloor.query.tree import And, Everything, FieldIs, FieldName, Near, Node, Not, Or, Published, Words

__all__ = [
    "And",
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
    "matches",
    "parse_query",
]
