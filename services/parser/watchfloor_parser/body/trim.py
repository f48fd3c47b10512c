"""Take from the chosen pieces what is no text: headline, byline and date above it, links and labels below."""

import re

from watchfloor_parser.body.blocks import Piece
from watchfloor_parser.body.lines import is_furniture
from watchfloor_parser.page.words import key

SENTENCE_END = re.compile(r"[.!?…:。！？؟۔।][\"'”’»)\]]*$")
LONG = 80
"""Characters; before the first text of this length, lines that are no sentences belong to the article's head."""
LINKED = 0.85
SHORT_LINK = 150
REPEATED = 40
ADDRESS = re.compile(r"^(?:https?://|www\.)\S+$")


def trim(pieces: list[Piece], headline: str) -> list[Piece]:
    """The pieces without headline, furniture, mere links and repetitions."""
    own = [p for p in pieces if key(p.text) != headline and not is_furniture(p.text) and not _is_mere_link(p)]
    return _without_tail(_without_head(_once(own)))


def _is_mere_link(piece: Piece) -> bool:
    if ADDRESS.match(piece.text):
        return True
    return piece.kind != "heading" and piece.linked >= LINKED * len(piece.text) and len(piece.text) <= SHORT_LINK


def _once(pieces: list[Piece]) -> list[Piece]:
    """A long piece that comes again word for word is a teaser of itself."""
    seen: set[str] = set()
    kept = []
    for piece in pieces:
        if len(piece.text) < REPEATED or piece.text not in seen:
            kept.append(piece)
        seen.add(piece.text)
    return kept


def _without_head(pieces: list[Piece]) -> list[Piece]:
    first = next((place for place, piece in enumerate(pieces) if _is_text(piece)), 0)
    head = [p for p in pieces[:first] if p.kind == "heading" or SENTENCE_END.search(p.text)]
    return [*head, *pieces[first:]]


def _is_text(piece: Piece) -> bool:
    return len(piece.text) >= LONG or (
        piece.kind == "paragraph" and len(piece.text) >= LONG // 2 and bool(SENTENCE_END.search(piece.text))
    )


def _without_tail(pieces: list[Piece]) -> list[Piece]:
    """Labels, tags and headings without text behind the last sentence."""
    end = len(pieces)
    while end > 1 and (pieces[end - 1].kind == "heading" or _is_label(pieces[end - 1])):
        end -= 1
    return pieces[:end]


def _is_label(piece: Piece) -> bool:
    return (
        piece.linked > LINKED / 2 * len(piece.text) and len(piece.text) < LONG and not SENTENCE_END.search(piece.text)
    )
