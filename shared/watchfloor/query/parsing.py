"""The grammar of the query language: pieces to a tree.

query  = either
either = all { "OR" all }
all    = one { ["AND"] one }
one    = ("NOT" | "-") one | "(" either ")" | [field ":"] (word | "phrase" | [range])
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from watchfloor.query import values
from watchfloor.query.analysis import patterns
from watchfloor.query.tokens import Kind, Piece, QuerySyntaxError, pieces
from watchfloor.query.tree import Everything, FieldIs, FieldName, Node, Not, Or, Words, conjunction
from watchfloor.query.words import words

LONGEST = 2000
"""Characters of a query."""
DEEPEST = 20
"""Parentheses and negations inside each other."""
MOST_CLAUSES = 64
"""Words, phrases and fields in one query."""


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Clause:
    """One of the things that a query demands: `text[start:end]` of it, in code points, means `node`."""

    start: int
    end: int
    node: Node
    loose: bool = False
    """It is an OR without parentheses around it, and so the whole query."""

    def of(self, text: str) -> str:
        """As it is written in its query."""
        return text[self.start : self.end]


def parse_query(text: str, *, clock: values.Clock = _now) -> Node:
    """Read a query. An empty one, or `*`, asks for every article. `clock` says what `now` is, when it is read.

    Raises QuerySyntaxError, with the position of the fault.

    >>> parse_query('drone -author:smith')
    And(parts=(Words(text='drone', phrase=False, prefix=False), Not(part=FieldIs(field='author', \
value=Words(text='smith', phrase=False, prefix=False)))))
    """
    return conjunction(tuple(clause.node for clause in parse_clauses(text, clock=clock)))


def parse_clauses(text: str, *, clock: values.Clock = _now) -> tuple[Clause, ...]:
    """The parts of a query's top level, all of which it demands; none of an empty query.

    Raises QuerySyntaxError, with the position of the fault.
    """
    if len(text) > LONGEST:
        raise QuerySyntaxError(
            f"a query has at most {LONGEST} characters",
            subject=text[:60] + "…",
            remedy=f"shorten it, it has {len(text)}",
            position=LONGEST,
        )
    return _Parser(text, clock).query()


class _Parser:
    """Goes through the pieces once, from left to right."""

    def __init__(self, text: str, clock: values.Clock) -> None:
        self._text = text
        self._clock = clock
        self._pieces = list(pieces(text))
        self._next = 0
        self._clauses = 0

    def query(self) -> tuple[Clause, ...]:
        if self._peek().kind == "end":
            return ()
        rows = self._rows(0)
        if self._peek().kind != "end":
            raise self._error(
                "a parenthesis closes that was not opened", self._peek(), "take it away, or open it before"
            )
        if len(rows) == 1:
            return rows[0]
        return (Clause(rows[0][0].start, rows[-1][-1].end, _either(rows), loose=True),)

    def _rows(self, depth: int) -> list[tuple[Clause, ...]]:
        """What stands between the ORs."""
        rows = [self._all(depth)]
        while self._peek().kind == "or":
            self._take()
            rows.append(self._all(depth))
        return rows

    def _all(self, depth: int) -> tuple[Clause, ...]:
        parts = [self._clause(depth)]
        while self._peek().kind not in ("or", "close", "end"):
            if self._peek().kind == "and":
                self._take()
            parts.append(self._clause(depth))
        return tuple(parts)

    def _clause(self, depth: int) -> Clause:
        start = self._peek().position
        node = self._one(depth)
        return Clause(start, self._pieces[self._next - 1].end, node)

    def _one(self, depth: int) -> Node:
        piece = self._take()
        if depth > DEEPEST:
            raise self._error(f"more than {DEEPEST} parentheses or negations inside each other", piece, "flatten it")
        match piece.kind:
            case "not":
                return Not(self._one(depth + 1))
            case "open":
                return self._group(piece, depth + 1)
            case "field":
                return self._field(piece)
            case "word" | "phrase":
                return self._anywhere(piece)
        raise self._unexpected(piece)

    def _group(self, opening: Piece, depth: int) -> Node:
        node = _either(self._rows(depth))
        if self._peek().kind != "close":
            raise self._error("a parenthesis is not closed", opening, "close it with )")
        self._take()
        return node

    def _field(self, field: Piece) -> Node:
        name = field.text.lower()
        if name not in values.KNOWN_FIELDS:
            known = ", ".join(values.KNOWN_FIELDS)
            remedy = f"known are {known}; put other text in quotes"
            raise self._error(f"there is no field {field.text!r}", field, remedy)
        value = self._peek()
        if value.position != field.end or value.kind in ("end", "open", "close", "field"):
            raise self._error(f"nothing stands behind {name}:", field, f'write {name}:word or {name}:"several words"')
        self._take()
        self._count(field)
        try:
            return self._published(value) if name == "published" else self._holds(name, value)
        except values.ValueFault as fault:
            raise self._error(fault.reason, value, fault.remedy) from fault

    def _published(self, value: Piece) -> Node:
        return values.published(value.text, ranged=value.kind == "range", clock=self._clock)

    def _holds(self, name: str, value: Piece) -> Node:
        field: FieldName = next(known for known in values.FIELDS if known == name)
        if value.kind == "range":
            raise self._error("only published: takes a range", value, f"write {name}:word")
        text = values.code(field, value.text)
        if text is not None:
            return FieldIs(field, Words(text))
        if field == "place" and (near := self._near(value)):
            return near
        return FieldIs(field, self._words(value))

    def _near(self, value: Piece) -> Node | None:
        """`Istanbul~50km`, or `"Kryvyi Rih"~50km` in two pieces."""
        text, following = value.text, self._peek()
        if value.kind == "phrase" and following.text.startswith("~") and following.position == value.end:
            text += self._take().text
        return values.near(text)

    def _anywhere(self, piece: Piece) -> Node:
        self._count(piece)
        return Everything() if piece.text == "*" and piece.kind == "word" else self._words(piece)

    def _words(self, piece: Piece) -> Words:
        text = piece.text.removesuffix("*")
        sought = Words(text.strip(), phrase=piece.kind == "phrase", prefix=text != piece.text)
        if "*" in text:
            at = piece._replace(position=self._text.index("*", piece.position))
            raise self._error("a wildcard stands only at the end of a word", at, "write missil*")
        if not patterns(sought):
            raise self._error(f"{piece.text!r} has neither letter nor digit", piece, "write a word or leave it out")
        if sought.prefix and _begins_too_much(text):
            raise self._error("a wildcard needs the beginning of a word", piece, "set two letters right before it")
        return sought

    def _count(self, piece: Piece) -> None:
        self._clauses += 1
        if self._clauses > MOST_CLAUSES:
            raise self._error(f"more than {MOST_CLAUSES} words, phrases and fields", piece, "ask in several queries")

    def _unexpected(self, piece: Piece) -> QuerySyntaxError:
        wrong: dict[Kind, tuple[str, str]] = {
            "end": ("the query ends where a word is needed", "add a word, or take the last operator away"),
            "close": ("a parenthesis closes where a word is needed", "put a word before it"),
            "and": ("AND needs a word on both sides", "to find the word itself write it small or in quotes"),
            "or": ("OR needs a word on both sides", "to find the word itself write it small or in quotes"),
            "range": ("a range needs a field", "write published:[2026-01-01 TO now]"),
        }
        reason, remedy = wrong[piece.kind]
        return self._error(reason, piece, remedy)

    def _error(self, reason: str, piece: Piece, remedy: str) -> QuerySyntaxError:
        return QuerySyntaxError(reason, subject=self._text, remedy=remedy, position=piece.position)

    def _peek(self) -> Piece:
        return self._pieces[self._next]

    def _take(self) -> Piece:
        piece = self._pieces[self._next]
        self._next = min(self._next + 1, len(self._pieces) - 1)
        return piece


def _either(rows: list[tuple[Clause, ...]]) -> Node:
    nodes = tuple(conjunction(tuple(clause.node for clause in row)) for row in rows)
    return nodes[0] if len(nodes) == 1 else Or(nodes)


def _begins_too_much(beginning: str) -> bool:
    """Whether nothing, or a single letter, stands before a wildcard: half of all words begin so. 国 is a word."""
    *before, last = words(beginning)
    return not beginning[-1].isalnum() or not (before or last.unspaced or len(last.form) > 1)
