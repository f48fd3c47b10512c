"""An article's text as the reader meets it: numbered paragraphs, then the captions of its figures."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeVar

from watchfloor.events import Article, Block, Span

In = Literal["text"] | int
"""Where a find stands: in the text, or in the caption of the image of this index."""
LINE = re.compile(r"\S.*")
AnySpan = TypeVar("AnySpan", bound=Span)


@dataclass(frozen=True)
class Reference:
    """A link from what stands beside the text to the place in it."""

    target: str
    label: str


@dataclass(frozen=True)
class Passages:
    """The texts in which finds stand, where paragraphs and captions are, and how they are called."""

    text: str
    blocks: tuple[Block, ...]
    captions: tuple[str, ...]

    def words(self, where: In, start: int, end: int) -> str:
        """A stretch of the text or of a caption; empty where there is none."""
        if isinstance(where, int):
            return self.captions[where][start:end] if where < len(self.captions) else ""
        return self.text[start:end]

    def reference(self, where: In, start: int) -> Reference:
        """The paragraph in which a find begins: `¶3`; or its caption."""
        if isinstance(where, int):
            return Reference(figure_id(where), "caption" if len(self.captions) == 1 else f"caption {where + 1}")
        starts = [block.start for block in self.blocks]
        number = max(bisect_right(starts, start), 1)
        return Reference(paragraph_id(number), f"¶{number}")

    def references(self, spans: Iterable[Span]) -> tuple[Reference, ...]:
        """Each paragraph in which one of the finds begins, once, in the order of the text."""
        return tuple(dict.fromkeys(self.reference(span.in_, span.start) for span in in_order(spans)))


def passages(article: Article) -> Passages:
    """The article's blocks; its lines where it has text alone."""
    captions = tuple(image.caption or "" for image in article.images)
    return Passages(article.text, article.blocks or tuple(_lines(article.text)), captions)


def _lines(text: str) -> Iterable[Block]:
    for line in LINE.finditer(text):
        yield Block(kind="paragraph", text=line[0], start=line.start(), end=line.end())


def paragraph_id(number: int) -> str:
    """The id of a paragraph; they are numbered from 1."""
    return f"p{number}"


def figure_id(index: int) -> str:
    """The id of an image's figure; the images are counted from 0, what a reader sees from 1."""
    return f"figure-{index + 1}"


def in_order(spans: Iterable[AnySpan]) -> list[AnySpan]:
    """By where they stand, the captions after the text."""
    return sorted(spans, key=lambda span: (-1 if span.in_ == "text" else span.in_, span.start, span.end))
