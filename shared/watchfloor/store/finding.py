"""Where sought words stand in a text as printed, in whatever inflection: without an index, but quickly."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from watchfloor.query.analysis import Pattern, kept_words
from watchfloor.query.stemming import Stemmers
from watchfloor.query.words import RUN, words_of
from watchfloor.store.lexicon import Codes, Forms, Lexicon

SPACED = re.compile(r"\S+")
"""What str.split gives."""
LEXICON = Lexicon(most=60_000)

Span = tuple[int, int]
Spans = tuple[Span, ...]


class Sought:
    """Patterns by the word that they begin with."""

    def __init__(self, sought: Iterable[Pattern]) -> None:
        self._patterns = list(sought)
        self._firsts = {pattern.words[0] for pattern in self._patterns}
        self._openings = tuple(p.words[0] for p in self._patterns if p.prefix and len(p.words) == 1)
        self.in_rows = any(len(pattern.words) > 1 for pattern in self._patterns)
        """Whether more than single words are sought."""
        self._seen: dict[Codes, set[str]] = defaultdict(set)
        self._wanted: dict[Codes, set[str]] = defaultdict(set)

    def __bool__(self) -> bool:
        return bool(self._patterns)

    def begun_in(self, text: str, stemmers: Stemmers) -> set[str]:
        """What stands between two spaces in the text and may begin a pattern: quick, since most texts hold none."""
        codes = tuple(stemmers.items())
        pieces, seen, wanted = set(text.split()), self._seen[codes], self._wanted[codes]
        if new := pieces - seen:
            forms = LEXICON.forms(new, codes)
            wanted.update(self._beginning(new, forms))
            seen |= new
        return wanted & pieces

    def _beginning(self, pieces: Iterable[str], forms: Mapping[str, Forms]) -> list[str]:
        if self._openings:
            return [piece for piece in pieces if self.may_begin_with(forms[piece])]
        return [piece for piece in pieces if not self._firsts.isdisjoint(forms[piece])]

    def may_begin_with(self, forms: Forms) -> bool:
        """Whether a pattern may begin with a word that is kept in one of these forms; no stem looks like a beginning."""
        if not self._firsts.isdisjoint(forms):
            return True
        return bool(self._openings) and any(form.startswith(self._openings) for form in forms)

    def longest_at(self, kept: list[tuple[str, str]], index: int) -> int:
        """How many words the longest pattern covers that stands here; 0 where none does."""
        if not self.may_begin_with(kept[index]):
            return 0
        return max(_length_at(kept, index, pattern) for pattern in self._patterns)


def spans_in(text: str | None, sought: Sought, stemmers: Stemmers) -> Spans:
    """Where the patterns stand in a text that may be missing."""
    begun = sought.begun_in(text, stemmers) if text else set()
    return tuple(stand_in(text, sought, stemmers, begun)) if text and begun else ()


def stand_in(text: str, sought: Sought, stemmers: Stemmers, begun: set[str]) -> Iterator[Span]:
    """Where the patterns stand in the text, in order, without overlaps; each begins in one of the pieces `begun`."""
    pieces = ((piece.start(), piece[0]) for piece in SPACED.finditer(text) if sought.in_rows or piece[0] in begun)
    runs = (
        (at + run.start(), word) for at, piece in pieces for run in RUN.finditer(piece) for word in words_of(run[0])
    )
    read = [(start + word.start, start + word.end, kept_words(word, stemmers)) for start, word in runs]
    kept = [forms for _, _, forms in read]
    index = 0
    while index < len(read):
        length = sought.longest_at(kept, index)
        if length:
            yield read[index][0], read[index + length - 1][1]
        index += length or 1


def _length_at(words: list[tuple[str, str]], index: int, pattern: Pattern) -> int:
    """How many words of the text the pattern covers here; 0 where it does not stand here."""
    here = words[index : index + len(pattern.words)]
    if len(here) < len(pattern.words):
        return 0
    *whole, last = zip(pattern.words, here, strict=True)
    if not all(word in forms for word, forms in whole):
        return 0
    fits = last[1][0].startswith(last[0]) if pattern.prefix else last[0] in last[1]
    return len(here) if fits else 0
