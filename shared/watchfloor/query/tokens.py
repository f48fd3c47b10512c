"""The text of a query cut into pieces, each with its position."""

import re
from collections.abc import Iterator
from functools import partial
from typing import Literal, NamedTuple

from watchfloor.errors import Rejected

Kind = Literal["word", "phrase", "range", "field", "and", "or", "not", "open", "close", "end"]
QUOTES = {'"': '"', "“": "”“", "„": "“”", "«": "»", "”": "”"}
QUOTED = "|".join(f"{opening}[^{closing}]*(?:[{closing}]|$)" for opening, closing in QUOTES.items())
PIECE = re.compile(
    rf"(?P<space>\s+)|(?P<open>\()|(?P<close>\))|(?P<range>\[[^\]]*(?:\]|$))|(?P<phrase>{QUOTED})"
    r"|(?P<not>-(?=[^\s)-]))|(?P<field>[A-Za-z_]+:)|(?P<word>[^\s()\[\]\"“„«]+)|(?P<stray>.)"
)
OPERATORS: dict[str, Kind] = {"AND": "and", "OR": "or", "NOT": "not"}


class QuerySyntaxError(Rejected):
    """A query that cannot be read: what is wrong, at which position (code points from 0), and the remedy."""

    def __init__(self, reason: str, *, subject: str, remedy: str | None = None, position: int = 0) -> None:
        super().__init__(f"{reason}, at position {position}", subject=subject, remedy=remedy)
        self.position = position
        self.fault = reason

    def __reduce__(self) -> tuple[object, ...]:
        """Keep the position where an error crosses the border of a process."""
        again = partial(QuerySyntaxError, subject=self.subject, remedy=self.remedy, position=self.position)
        return again, (self.fault,)


class Piece(NamedTuple):
    """A piece of the query: `text` without its quotation marks or brackets."""

    kind: Kind
    text: str
    position: int
    end: int


def pieces(query: str) -> Iterator[Piece]:
    """The pieces in order, the last of kind "end".

    Raises QuerySyntaxError for a quotation mark or bracket that is not closed, and for a stray sign.
    """
    for found in PIECE.finditer(query):
        if found.lastgroup != "space":
            yield _piece(query, found)
    yield Piece("end", "", len(query), len(query))


def _piece(query: str, found: re.Match[str]) -> Piece:
    text, at, end = found[0], found.start(), found.end()
    match found.lastgroup:
        case "phrase":
            if len(text) < 2 or text[-1] not in QUOTES[text[0]]:
                raise _error(query, "a quotation mark is not closed", at, f"close it: {text[0]}…{QUOTES[text[0]][0]}")
            return Piece("phrase", text[1:-1], at, end)
        case "range":
            if not text.endswith("]"):
                raise _error(query, "a bracket is not closed", at, "close it: published:[2026-01-01 TO now]")
            return Piece("range", text[1:-1], at, end)
        case "field":
            return Piece("field", text[:-1], at, end)
        case "word":
            return Piece(OPERATORS.get(text, "word"), text, at, end)
        case "open" | "close" | "not" as kind:
            return Piece(kind, text, at, end)
        case _:
            raise _error(query, f"{text!r} stands alone", at, "put text with such signs in quotation marks")


def _error(query: str, reason: str, position: int, remedy: str) -> QuerySyntaxError:
    return QuerySyntaxError(reason, subject=query, remedy=remedy, position=position)
