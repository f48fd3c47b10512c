"""A tree's text as blocks: paragraphs, headings, list items, quotations, table rows, in the order of the page."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree
from lxml.html import HtmlElement

from watchfloor.events import BlockKind
from watchfloor_parser.page.tree import BLOCKS, HEADINGS, SILENT
from watchfloor_parser.page.words import fold

LONG_LINE = 80
"""Characters; where lines between single breaks are so long and end a sentence, each is a paragraph."""
SENTENCE_ENDS = tuple(".!?…。！？؟۔।\"'”’»)")
CELLS = frozenset({"td", "th"})


@dataclass
class Piece:
    """A block of text with the element that holds it, and how much of it is in links."""

    kind: BlockKind
    text: str
    holder: HtmlElement
    linked: int = 0
    """Characters that stand in links."""
    cell: bool = field(default=False, repr=False)


def read_pieces(root: HtmlElement) -> list[Piece]:
    """Every piece of text in the tree. Rows of data tables are one piece each; tables that only lay out are not."""
    reader = _Reader(root)
    for event, node in etree.iterwalk(root, events=("start", "end")):
        if isinstance(node, HtmlElement):
            reader.enter(node) if event == "start" else reader.leave(node)
    reader.flush()
    return list(_with_rows(reader.pieces))


class _Reader:
    """Walks a tree and collects the text between the edges of blocks."""

    def __init__(self, root: HtmlElement) -> None:
        self.pieces: list[Piece] = []
        self._root = root
        self._lines: list[list[str]] = [[]]
        self._linked = 0
        self._blocks: list[HtmlElement] = [root]
        self._links = self._silent = 0

    def enter(self, node: HtmlElement) -> None:
        if node.tag in SILENT:
            self._silent += 1
        elif node.tag in BLOCKS:
            self.flush()
            self._blocks.append(node)
        elif node.tag == "br":
            self._break()
        self._links += node.tag == "a"
        self._add(node.text)

    def leave(self, node: HtmlElement) -> None:
        self._links -= node.tag == "a"
        if node.tag in SILENT:
            self._silent -= 1
        elif node.tag in BLOCKS:
            self.flush()
            if len(self._blocks) > 1:
                self._blocks.pop()
        if node is not self._root:
            self._add(node.tail)

    def flush(self) -> None:
        """End the piece in hand."""
        lines = [text for line in self._lines if (text := fold("".join(line)))]
        texts = lines if len(lines) > 2 and _are_paragraphs(lines) else [fold(" ".join(lines))]
        holder = self._blocks[-1]
        for text in filter(None, texts):
            self.pieces.append(Piece(_kind(self._blocks), text, holder, self._linked, _in_cell(self._blocks)))
        self._lines, self._linked = [[]], 0

    def _break(self) -> None:
        """One break ends a line, two end the piece."""
        if len(self._lines) > 1 and not fold("".join(self._lines[-1])):
            self.flush()
        else:
            self._lines.append([])

    def _add(self, text: str | None) -> None:
        if text and not self._silent:
            self._lines[-1].append(text)
            self._linked += len(text.strip()) if self._links else 0


def _are_paragraphs(lines: list[str]) -> bool:
    ended = sum(line.endswith(SENTENCE_ENDS) for line in lines)
    return ended >= 0.7 * len(lines) and sum(map(len, lines)) >= LONG_LINE * len(lines)


def _kind(blocks: list[HtmlElement]) -> BlockKind:
    tags = [block.tag for block in blocks]
    if any(tag in HEADINGS for tag in tags[-3:]):
        return "heading"
    if "blockquote" in tags:
        return "quotation"
    if any(tag in ("li", "dd", "dt") for tag in tags[-4:]):
        return "list_item"
    return "paragraph"


def _in_cell(blocks: list[HtmlElement]) -> bool:
    return any(block.tag in CELLS for block in blocks[-2:])


def _with_rows(pieces: list[Piece]) -> Iterator[Piece]:
    """Join the cells of a row of data into one piece."""
    rows: dict[HtmlElement, list[Piece]] = {}
    for piece in pieces:
        row = next(piece.holder.iterancestors("tr"), None) if piece.cell else None
        if row is not None and _holds_data(row):
            rows.setdefault(row, []).append(piece)
    for piece in pieces:
        row = next(piece.holder.iterancestors("tr"), None) if piece.cell else None
        if row not in rows:
            yield piece
        elif rows[row][0] is piece:
            cells = rows[row]
            yield Piece("table_row", " | ".join(c.text for c in cells), row, sum(c.linked for c in cells))


def _holds_data(row: HtmlElement) -> bool:
    """Whether a row has several short cells; one long cell only lays out the page."""
    cells = [fold(cell.text_content()) for cell in row if cell.tag in CELLS]
    return len([cell for cell in cells if cell]) > 1 and all(len(cell) <= 200 for cell in cells)
