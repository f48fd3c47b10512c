"""The forms of words that were read before: most words of a text have stood in another, and reading one takes long."""

from collections.abc import Mapping

from watchfloor.query.analysis import kept_words
from watchfloor.query.folding import Script
from watchfloor.query.words import RUN, words_of

Codes = tuple[tuple[Script, str], ...]
"""Stemmers as a key."""
Forms = tuple[str, ...]
"""In which the words of a piece are kept: as they stand, and their stems."""
LONGEST = 40
"""Characters of a piece that is remembered: a longer one, as of a script without spaces, does not come again."""


class Lexicon:
    """Pieces of text, as they stand between spaces, with the forms of the words in them. Threads may share one.

    About `most` of them are remembered (some 400 bytes each); then it starts afresh.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._known: dict[Codes, dict[str, Forms]] = {}

    def forms(self, pieces: set[str], codes: Codes) -> Mapping[str, Forms]:
        """The forms of these pieces, among others, as those stemmers read them."""
        known = self._known.setdefault(codes, {})
        new = pieces.difference(known)
        if not new:
            return known
        read = {piece: _read(piece, codes) for piece in new}
        long = {piece: forms for piece, forms in read.items() if len(piece) > LONGEST}
        known.update({piece: forms for piece, forms in read.items() if piece not in long})
        if sum(map(len, list(self._known.values()))) > self._most:
            self._known = {}
        return {**known, **long} if long else known


def _read(piece: str, codes: Codes) -> Forms:
    stemmers = dict(codes)
    read = (kept_words(word, stemmers) for run in RUN.findall(piece) for word in words_of(run))
    return tuple(form for forms in read for form in forms)
