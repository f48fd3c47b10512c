"""Which pieces of a page are the article's.

trafilatura (Barbaresi, ACL 2021) says where the article is. What it leaves out is taken in where it stands in a twin of
a chosen container (an article that is split by adverts) or among chosen paragraphs of one parent.
"""

import copy
import re
from collections import Counter

import trafilatura
from lxml.html import HtmlElement

from watchfloor_parser.body.blocks import Piece

TOKEN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]|[^\W\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]+")
MATCHED = 0.6
"""The share of a piece's runs of four words that trafilatura must have."""
RUN = 4
LONG = 60
MOST_LINKED = 0.3
LEVELS = 3


def choose(tree: HtmlElement, pieces: list[Piece]) -> list[Piece]:
    """The article's pieces, in order."""
    text = _ask_trafilatura(tree)
    runs = _runs(text)
    core = [_is_matched(piece.text, runs) for piece in pieces]
    twins = _twins(pieces, core)
    return [piece for piece, chosen, twin in zip(pieces, core, twins, strict=True) if chosen or twin]


def _ask_trafilatura(tree: HtmlElement) -> str:
    document = trafilatura.bare_extraction(
        copy.deepcopy(tree), include_comments=False, with_metadata=False, favor_precision=True
    )
    return "" if document is None or isinstance(document, dict) else str(document.text or "")


def _runs(text: str) -> set[tuple[str, ...]]:
    words = TOKEN.findall(text)
    return {tuple(words[k : k + n]) for n in range(1, RUN + 1) for k in range(len(words) - n + 1)}


def _is_matched(text: str, runs: set[tuple[str, ...]]) -> bool:
    words = TOKEN.findall(text)
    if not words:
        return False
    size = min(RUN, len(words))
    own = [tuple(words[k : k + size]) for k in range(len(words) - size + 1)]
    return sum(run in runs for run in own) >= MATCHED * len(own)


def _twins(pieces: list[Piece], core: list[bool]) -> list[bool]:
    """Pieces of running text that stand like the chosen ones do."""
    chosen = [piece for piece, is_chosen in zip(pieces, core, strict=True) if is_chosen and len(piece.text) >= LONG]
    shapes = Counter(_shape(piece.holder) for piece in chosen)
    usual = {shape for shape, count in shapes.items() if count >= 2 and any(name for _, name in shape)}
    parents = Counter(piece.holder.getparent() for piece in chosen)
    places = [place for place, is_chosen in enumerate(core) if is_chosen]
    first, last = (places[0], places[-1]) if places else (0, -1)
    return [
        _is_text(piece)
        and (_shape(piece.holder) in usual or (first < place < last and parents[piece.holder.getparent()] >= 2))
        for place, piece in enumerate(pieces)
    ]


def _is_text(piece: Piece) -> bool:
    return len(piece.text) >= LONG and piece.linked <= MOST_LINKED * len(piece.text)


def _shape(holder: HtmlElement) -> tuple[tuple[str, str], ...]:
    """An element and those above it, by tag and class."""
    chain = [holder, *holder.iterancestors()][:LEVELS]
    return tuple((str(one.tag), " ".join(sorted((one.get("class") or "").split()))) for one in chain)
