"""Texts with found words in them, cut into pieces: a template marks and escapes each by itself."""

import re
from dataclasses import dataclass

from watchfloor.store.highlights import CLOSES, OPENS

MARK = re.compile(f"[{OPENS}{CLOSES}]")


@dataclass(frozen=True)
class Piece:
    """A stretch of text, sought or not."""

    text: str
    hit: bool = False


def marked(text: str) -> tuple[Piece, ...]:
    r"""The pieces of a text in which found words stand between U+0002 and U+0003.

    >>> marked("Two \2mines\3 found")
    (Piece(text='Two ', hit=False), Piece(text='mines', hit=True), Piece(text=' found', hit=False))
    """
    pieces, hit, at = [], False, 0
    for mark in MARK.finditer(text):
        pieces.append(Piece(text[at : mark.start()], hit))
        hit, at = mark[0] == OPENS, mark.end()
    pieces.append(Piece(text[at:], hit))
    return tuple(piece for piece in pieces if piece.text)


def plain(text: str) -> str:
    """The text without the marks of found words."""
    return MARK.sub("", text)
