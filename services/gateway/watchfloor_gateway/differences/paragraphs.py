"""The paragraphs of an article, and where each stands in its text."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from watchfloor.events import Article

LINE = re.compile(r"\S.*")


class Paragraph(NamedTuple):
    """A paragraph: `article.text[start:end] == text`."""

    text: str
    start: int
    end: int


def paragraphs(article: Article) -> Sequence[Paragraph]:
    """The blocks of an article; its lines where it has text alone."""
    if article.blocks:
        return [Paragraph(block.text, block.start, block.end) for block in article.blocks]
    return [Paragraph(line[0], line.start(), line.end()) for line in LINE.finditer(article.text)]
