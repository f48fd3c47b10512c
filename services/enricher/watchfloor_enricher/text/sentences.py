"""Where paragraphs and sentences begin and end."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from watchfloor_enricher.text.tokens import Token

# Both begin at a line's end, never at the space before it: that keeps a long run of spaces linear.
BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")
LINE_BREAK = re.compile(r"\n\s*")
STOPS = frozenset(".!?…؟۔")
STOPS_WITHOUT_SPACE = frozenset("。！？")
CLOSERS = frozenset("\"'”’»›)]“」』")
STARTERS = frozenset(
    "The A An In On At He She It They We I You But And However This That These Those There His Her Its "
    "Their As After Before While When If For With Since Meanwhile According Many Some Most Both No Not".split()
)
"""Words that begin a sentence after an abbreviation with a stop, such as "U.S."."""
NO_END = frozenset(
    "Mr. Mrs. Ms. Dr. Prof. St. Sen. Rep. Gov. Gen. Col. Maj. Capt. Cmdr. Cdr. Lt. Sgt. Cpl. Adm. Brig. "
    "Rev. Hon. Messrs. Amb. Supt. Insp. Fr. Pres. Mt. Ft. No. vs.".split()
)


class Range(NamedTuple):
    """A run of things: from the first to the one after the last."""

    start: int
    end: int


def paragraphs_of(text: str) -> list[Range]:
    r"""The paragraphs, in code points, without the space around them.

    They are parted by blank lines, or by line breaks where there are no blank lines.

    >>> paragraphs_of("One.\n\nTwo.")
    [Range(start=0, end=4), Range(start=6, end=10)]
    """
    border = BLANK_LINE if BLANK_LINE.search(text.strip()) else LINE_BREAK
    edges = [0, *(edge for found in border.finditer(text) for edge in found.span()), len(text)]
    return [
        _stripped(text, start, end)
        for start, end in zip(edges[::2], edges[1::2], strict=True)
        if text[start:end].strip()
    ]


def _stripped(text: str, start: int, end: int) -> Range:
    part = text[start:end]
    return Range(start + len(part) - len(part.lstrip()), end - len(part) + len(part.rstrip()))


def sentences_of(tokens: Sequence[Token], paragraphs: Sequence[Range]) -> Iterator[Range]:
    """The sentences, as ranges of token indices; none goes over the border of a paragraph."""
    start, borders = 0, iter(paragraphs)
    border = next(borders, None)
    for index, token in enumerate(tokens):
        following = tokens[index + 1] if index + 1 < len(tokens) else None
        while border is not None and token.start >= border.end:
            border = next(borders, None)
        leaves = following is None or border is None or following.start >= border.end
        if leaves or (following is not None and _ends(tokens, start, index, following)):
            yield Range(start, index + 1)
            start = index + 1


def _ends(tokens: Sequence[Token], start: int, index: int, following: Token) -> bool:
    """Whether a sentence ends with this token: a stop, also with closing marks behind it, before a new beginning."""
    last = index
    while last > start and tokens[last].words in CLOSERS and tokens[last].start == tokens[last - 1].end:
        last -= 1
    stop, token = tokens[last].words, tokens[index]
    if stop in STOPS_WITHOUT_SPACE:
        return following.words not in CLOSERS
    apart = following.start > token.end
    if stop in STOPS:
        return apart and not following.words[0].islower() and following.words not in ",;:—–-"
    abbreviation = len(stop) > 2 and stop.endswith(".") and stop not in NO_END
    return abbreviation and apart and following.words in STARTERS
