"""Find the article's text: strip the furniture, read the pieces, choose those of the article.

The text itself, its order and kinds are read from the tree here, where no markup glues or parts words.
"""

import copy
from dataclasses import dataclass

from lxml.html import HtmlElement

from watchfloor.events import BlockKind
from watchfloor_parser.body.blocks import read_pieces
from watchfloor_parser.body.choice import choose
from watchfloor_parser.body.furniture import strip_furniture
from watchfloor_parser.body.trim import trim
from watchfloor_parser.page.reading import Page
from watchfloor_parser.page.words import key


@dataclass(frozen=True)
class Body:
    """The article's blocks (kind, text) and how they were found."""

    blocks: tuple[tuple[BlockKind, str], ...]
    source: str

    @property
    def text(self) -> str:
        """The blocks joined by a blank line."""
        return "\n\n".join(text for _, text in self.blocks)


def read_body(page: Page) -> Body:
    """The article's text."""
    tree = copy.deepcopy(page.root)
    headline = _same_place(tree, page)
    strip_furniture(tree, headline)
    body = tree.find("body")
    pieces = read_pieces(body if body is not None else tree)
    chosen = trim(choose(tree, pieces), key(page.headline_text))
    return Body(tuple((p.kind, p.text) for p in chosen), "trafilatura")


def _same_place(tree: HtmlElement, page: Page) -> HtmlElement | None:
    if page.headline is None:
        return None
    found = tree.xpath(page.root.getroottree().getpath(page.headline))
    return found[0] if found else None
