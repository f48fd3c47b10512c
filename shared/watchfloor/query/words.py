"""Text cut into words: UAX 29 in spirit, with overlapping pairs where a script sets no spaces between words."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from watchfloor.query.folding import Script, fold, script_of, settle_case

UNSPACED = (
    "\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0edf\u1000-\u104f\u1780-\u17d3"  # Thai, Lao, Burmese, Khmer
    "\u3005-\u3007\u3041-\u309f\u30a0-\u30ff\u31f0-\u31ff\uff66-\uff9f"  # kana
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"  # Han
    "\u1100-\u11ff\u3130-\u318f\uac00-\ud7af"  # Hangul: spaces, but particles grow on its words
)


def _ranges_of_marks() -> str:
    """Combining marks of the basic plane, as a character class: those are no letters to `re`."""
    marks = [code for code in range(0x10000) if unicodedata.category(chr(code)) in ("Mn", "Mc")]
    runs = [list(run) for _, run in groupby(enumerate(marks), key=lambda pair: pair[1] - pair[0])]
    return "".join(f"{chr(run[0][1])}-{chr(run[-1][1])}" for run in runs)


LETTER = rf"[^\W\d_{UNSPACED}]"
WORD_CHARACTER = rf"[^\W_{UNSPACED}]"
INSIDE = rf"(?:{WORD_CHARACTER}|[{_ranges_of_marks()}\u00ad\u200b-\u200d\u2060])"
CYRILLIC = "[\u0400-\u052f]"
RUN = re.compile(
    rf"[{UNSPACED}]+"
    rf"|(?<!\w){LETTER}(?:\.{LETTER})+(?!\w)"  # U.S.
    rf"|{WORD_CHARACTER}{INSIDE}*(?:(?<={CYRILLIC})['’`´]{CYRILLIC}{INSIDE}*)*"  # об'єкт
)
"""A stretch of text that is a word, or several that no space parts: what `words_of` reads."""
BEGINS_UNSPACED = re.compile(f"[{UNSPACED}]")


class Word(NamedTuple):
    """A word as it is kept and sought: `run[start:end]` of the run it was read from, in Unicode code points."""

    form: str
    """Folded."""
    settled: str
    """For the stemmer: case settled, accents kept."""
    script: Script
    start: int
    end: int
    unspaced: bool = False
    """Of a run without spaces between its words: two characters of it."""
    ends_run: bool = False
    """The last character of such a run, alone."""


def words(text: str) -> Iterator[Word]:
    """The words of a text in order.

    >>> [word.form for word in words("The U.S. and Élysée's F-16")]
    ['the', 'us', 'and', 'elysee', 's', 'f', '16']
    >>> [word.form for word in words("边防部队")]
    ['边防', '防部', '部队', '队']
    """
    for run in RUN.findall(text):
        yield from words_of(run)


def words_of(run: str) -> tuple[Word, ...]:
    """The words of one run; none where nothing is left of it on folding."""
    return tuple(_pairs(run)) if BEGINS_UNSPACED.match(run) else _one(run)


@lru_cache(maxsize=200_000)
def _one(run: str) -> tuple[Word, ...]:
    form = fold(run)
    script: Script = next((script_of(letter) for letter in form if letter.isalpha()), "other")
    return (Word(form, settle_case(run), script, 0, len(run)),) if form else ()


def _pairs(run: str) -> Iterator[Word]:
    """Each character with the next, the last alone. Where width changes on folding, a pair spans the whole run."""
    folded = fold(run)
    aligned = len(folded) == len(run)
    for index in range(len(folded)):
        pair = folded[index : index + 2]
        first, last = (index, index + len(pair)) if aligned else (0, len(run))
        yield Word(pair, pair, "other", first, last, unspaced=True, ends_run=len(pair) == 1)
