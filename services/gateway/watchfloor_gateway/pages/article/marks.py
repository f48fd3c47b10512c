"""Marks over a stretch of text, as a tree that a template can draw: cut, nested, with one link at each place.

How they overlap: a mark that crosses another is cut in two where the earlier ends; of two that begin together the longer
is outside, and of two that cover the same the order of RANK; a place under several marks leads to the innermost one's
entry, since links cannot nest. A quotation is ground and leads nowhere, its entry leads to it. Found words are inside of
all.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from heapq import heapify, heappop, heappush
from itertools import count
from typing import Literal

MarkKind = Literal["quote", "person", "organisation", "place", "time", "quantity"]
RANK: tuple[MarkKind, ...] = ("quote", "person", "organisation", "place", "time", "quantity")
DEEPEST = 12
"""Marks inside each other; one that would lie deeper is not drawn, its entry stands beside the text all the same."""


@dataclass(frozen=True)
class Mark:
    """A find at one place of a text: characters from `start` up to, not including, `end`."""

    kind: MarkKind
    start: int
    end: int
    entry: str
    """The id of what stands about it beside the text."""
    own: str | None = None
    """The id of the mark itself, where its entry leads to it rather than to its paragraph."""
    manner: str = ""
    """Further class names: `indirect`, `unsure`."""
    continued: bool = False
    """It began in an earlier stretch: no stop for the tabulator of its own."""


@dataclass(frozen=True)
class Piece:
    """`text` and `hit` hold text; all others hold pieces.

    `mark` is a mark that is one link, `around` a mark with others inside, `link` a stretch of the latter that is its
    own, `quote` a quotation.
    """

    form: Literal["text", "hit", "mark", "around", "link", "quote"]
    text: str = ""
    parts: tuple["Piece", ...] = ()
    classes: str = ""
    entry: str | None = None
    own: str | None = None
    stop: bool = True
    """Whether the tabulator stops here."""


Range = tuple[int, int]


def spread(marks: Iterable[Mark], stretches: Sequence[Range]) -> list[list[Mark]]:
    """For each of the stretches, which are in order and apart, the marks in it, counted from its start.

    A mark over several stretches is one piece in each.
    """
    spread_out: list[list[Mark]] = [[] for _ in stretches]
    starts = [start for start, _ in stretches]
    for mark in marks:
        rest, index = mark, max(bisect_right(starts, mark.start) - 1, 0)
        while index < len(stretches) and stretches[index][0] < mark.end:
            start, end = max(mark.start, stretches[index][0]), min(mark.end, stretches[index][1])
            if start < end:
                offset = stretches[index][0]
                spread_out[index].append(replace(rest, start=start - offset, end=end - offset))
                rest = replace(rest, own=None, continued=True)
            index += 1
    return spread_out


def draw(text: str, marks: Iterable[Mark], hits: Iterable[Range] = ()) -> tuple[Piece, ...]:
    """The text as a tree of pieces. `hits` are the ranges of found words, in order and apart."""
    known = {(mark.kind, mark.start, mark.end, mark.entry): mark for mark in marks if mark.start < mark.end}
    nested = _nest(mark for mark in known.values() if mark.end <= len(text))
    return tuple(_Drawing(text, tuple(hits)).pieces(0, len(text), nested, None))


def words_of(pieces: Iterable[Piece]) -> str:
    """The text of pieces, whatever is marked in it."""
    return "".join(piece.text or words_of(piece.parts) for piece in pieces)


@dataclass
class _Node:
    mark: Mark
    whole: int
    """Which mark it is a piece of."""
    inside: list["_Node"]


def _nest(marks: Iterable[Mark]) -> list[_Node]:
    """Cut what crosses and nest the rest, mark by mark in the order of where they begin."""
    turn = count()
    waiting = [
        (mark.start, -mark.end, RANK.index(mark.kind), next(turn), index, mark) for index, mark in enumerate(marks)
    ]
    heapify(waiting)
    top: list[_Node] = []
    around: list[_Node] = []
    while waiting:
        *_, whole, mark = heappop(waiting)
        while around and around[-1].mark.end <= mark.start:
            around.pop()
        border = around[-1].mark.end if around else mark.end
        if border < mark.end:
            rest = replace(mark, start=border, own=None)
            heappush(waiting, (border, -mark.end, RANK.index(mark.kind), next(turn), whole, rest))
            mark = replace(mark, end=border)
        if len(around) < DEEPEST:
            node = _Node(mark, whole, [])
            (around[-1].inside if around else top).append(node)
            around.append(node)
    return top


class _Drawing:
    """Goes through one text; remembers for which marks the tabulator has stopped."""

    def __init__(self, text: str, hits: Sequence[Range]) -> None:
        self._text = text
        self._hits = hits
        self._ends = [end for _, end in hits]
        self._stopped: set[int] = set()

    def pieces(self, start: int, end: int, inside: list[_Node], around: _Node | None) -> Iterator[Piece]:
        """What stands from `start` to `end`; `around` is the innermost mark there that leads somewhere."""
        at = start
        for node in inside:
            yield from self._between(at, node.mark.start, around)
            yield self._marked(node, around)
            at = node.mark.end
        yield from self._between(at, end, around)

    def _marked(self, node: _Node, around: _Node | None) -> Piece:
        mark = node.mark
        classes = f"mark {mark.kind} {mark.manner}".rstrip()
        if mark.kind == "quote":
            parts = self.pieces(mark.start, mark.end, node.inside, around)
            return Piece("quote", "", tuple(parts), classes, mark.entry, mark.own)
        if node.inside:
            parts = self.pieces(mark.start, mark.end, node.inside, node)
            return Piece("around", "", tuple(parts), classes, mark.entry, mark.own)
        parts = self._words(mark.start, mark.end)
        return Piece("mark", "", tuple(parts), classes, mark.entry, mark.own, self._stops(node))

    def _between(self, start: int, end: int, around: _Node | None) -> Iterator[Piece]:
        if around is None or start >= end:
            yield from self._words(start, end)
        else:
            parts = tuple(self._words(start, end))
            yield Piece("link", "", parts, entry=around.mark.entry, stop=self._stops(around))

    def _stops(self, node: _Node) -> bool:
        """Whether this link to the mark's entry is the first."""
        first = not node.mark.continued and node.whole not in self._stopped
        self._stopped.add(node.whole)
        return first

    def _words(self, start: int, end: int) -> Iterator[Piece]:
        """Text without marks, with the found words in it."""
        at = start
        for index in range(bisect_right(self._ends, start), len(self._hits)):
            first, last = max(self._hits[index][0], start), min(self._hits[index][1], end)
            if first >= end:
                break
            if at < first:
                yield Piece("text", self._text[at:first])
            yield Piece("hit", self._text[first:last])
            at = last
        if at < end:
            yield Piece("text", self._text[at:end])
