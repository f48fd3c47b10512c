"""How words are kept and sought, in every store and in memory alike (docs/adr/0004-search-analysis.md).

A text is kept as one line of words: first every word as it stands, folded; then, behind a bar, the stem of every word,
marked with the language of the stemmer that read it. A bar also parts what no phrase may run across. A query is
read by every stemmer that may have read the article, so it finds a word whatever the language.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, product

from watchfloor.query.folding import Script
from watchfloor.query.stemming import Stemmers, candidates, stem
from watchfloor.query.tree import Words
from watchfloor.query.words import Word, words

BAR = "|"
MARK = ":"
Candidates = Callable[[Script], Iterable[str]]


def kept(parts: Iterable[str | None], stemmers: Stemmers) -> str:
    """The line of words that stands for these texts, which no phrase may join.

    >>> kept(["Two F-16s", "Kyiv"], {"latin": "en"})
    'two f 16s | kyiv | :en:two :en:f :en:16s | :en:kyiv'
    """
    read = [list(words(part)) for part in parts if part]
    exact = f" {BAR} ".join(" ".join([word.form for word in part]) for part in read)
    stems = f" {BAR} ".join(" ".join([_marked(word, stemmers) for word in part]) for part in read)
    return exact if stems == exact else f"{exact} {BAR} {stems}"


def _marked(word: Word, stemmers: Stemmers) -> str:
    code = stemmers.get(word.script)
    return word.form if code is None else _marked_stem(code, word.settled)


@lru_cache(maxsize=200_000)
def _marked_stem(code: str, settled: str) -> str:
    return f"{MARK}{code}{MARK}{stem(code, settled)}"


def kept_words(word: Word, stemmers: Stemmers) -> tuple[str, str]:
    """The two words that are kept of a word: as it stands, and its stem."""
    return word.form, _marked(word, stemmers)


@dataclass(frozen=True)
class Pattern:
    """Kept words that must stand one after the other; with `prefix`, the last may go on."""

    words: tuple[str, ...]
    prefix: bool = False

    def found_in(self, line: str) -> bool:
        """Whether a kept line holds it."""
        sought = f" {' '.join(self.words)}"
        return (sought if self.prefix else f"{sought} ") in f" {line} "


def patterns(sought: Words, stemmers: Candidates = candidates) -> tuple[Pattern, ...]:
    """What to look for in kept lines, any of which will do; none where there is no word.

    A phrase and a beginning are sought as they stand; a word also under each stem that it may have been kept by.
    """
    read = list(words(sought.text))
    if not read:
        return ()
    goes_on = read[-1].ends_run
    if goes_on and len(read) > 1 and read[-2].unspaced and not read[-2].ends_run:
        read, goes_on = read[:-1], False
    exact = Pattern(tuple(word.form for word in read), prefix=sought.prefix or goes_on)
    if sought.phrase or exact.prefix:
        return (exact,)
    scripts = sorted({word.script for word in read})
    readings = product(*(tuple(stemmers(script)) or (None,) for script in scripts))
    stemmed = (_stemmed(read, {s: c for s, c in zip(scripts, codes, strict=True) if c}) for codes in readings)
    return tuple(dict.fromkeys(chain((exact,), stemmed)))


def _stemmed(read: list[Word], stemmers: Mapping[Script, str]) -> Pattern:
    return Pattern(tuple(_marked(word, stemmers) for word in read))
