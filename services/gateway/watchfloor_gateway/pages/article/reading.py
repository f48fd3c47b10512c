"""The reading column: paragraphs of each kind and figures, with their marks, in the order in which they are read."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, groupby
from typing import Literal

from watchfloor.events import Article, Block, BlockKind
from watchfloor_gateway.pages.article.entry import Pin
from watchfloor_gateway.pages.article.figures import Figure, figures
from watchfloor_gateway.pages.article.marks import Mark, Piece, Range, draw, spread
from watchfloor_gateway.pages.article.passages import Passages, paragraph_id

OPENING = 2
"""Paragraphs before the first figure: the page does not say where its images stood."""
CELLS_APART = " | "
"""What the parser writes between the cells of a row."""


@dataclass(frozen=True)
class Paragraph:
    """A block of the text: the cells of a row of a table, one piece of text else."""

    number: int
    cells: tuple[tuple[Piece, ...], ...]

    @property
    def parts(self) -> tuple[Piece, ...]:
        """The text of what is no row."""
        return self.cells[0]

    @property
    def id(self) -> str:
        """Where a link leads to it."""
        return paragraph_id(self.number)


@dataclass(frozen=True)
class Run:
    """Paragraphs of one kind that follow each other, so that items of a list make a list; or figures."""

    kind: BlockKind | Literal["figures"]
    paragraphs: tuple[Paragraph, ...] = ()
    figures: tuple[Figure, ...] = ()


def reading(
    article: Article,
    passages: Passages,
    pins: Sequence[Pin],
    hits: Sequence[Range],
    caption_hits: Sequence[Sequence[Range]],
) -> tuple[Run, ...]:
    """The article's text; the first figure after its opening, the others behind it."""
    drawn = figures(article, pins, caption_hits)
    paragraphs = _paragraphs(passages, pins, hits)
    opening, rest = paragraphs[:OPENING], paragraphs[OPENING:]
    return (*_runs(opening), *_plates(drawn[:1]), *_runs(rest), *_plates(drawn[1:]))


def _paragraphs(passages: Passages, pins: Sequence[Pin], hits: Sequence[Range]) -> list[tuple[BlockKind, Paragraph]]:
    stretches = [list(_cells(block)) for block in passages.blocks]
    marks = iter(spread((pin.mark for pin in pins if pin.where == "text"), list(chain.from_iterable(stretches))))
    return [
        (block.kind, Paragraph(number, tuple(_drawn(passages, cell, next(marks), hits) for cell in cells)))
        for number, (block, cells) in enumerate(zip(passages.blocks, stretches, strict=True), start=1)
    ]


def _cells(block: Block) -> Iterator[Range]:
    """Where the cells of a row stand in the text; what is no row is one cell."""
    at = block.start
    for text in block.text.split(CELLS_APART) if block.kind == "table_row" else [block.text]:
        yield at, at + len(text)
        at += len(text) + len(CELLS_APART)


def _drawn(passages: Passages, cell: Range, marks: Iterable[Mark], hits: Sequence[Range]) -> tuple[Piece, ...]:
    return draw(passages.words("text", *cell), marks, _within(hits, *cell))


def _within(hits: Sequence[Range], start: int, end: int) -> list[Range]:
    return [(max(first, start) - start, min(last, end) - start) for first, last in hits if first < end and last > start]


def _runs(paragraphs: Iterable[tuple[BlockKind, Paragraph]]) -> tuple[Run, ...]:
    groups = groupby(paragraphs, key=lambda each: each[0])
    return tuple(Run(kind, tuple(paragraph for _, paragraph in group)) for kind, group in groups)


def _plates(drawn: tuple[Figure, ...]) -> tuple[Run, ...]:
    return (Run("figures", figures=drawn),) if drawn else ()
