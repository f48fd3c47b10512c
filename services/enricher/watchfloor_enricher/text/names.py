"""Runs of capitalised words, which names are made of."""

from collections.abc import Iterator, Sequence

from watchfloor_enricher.text.lexicon import FUNCTION_WORDS, PARTICLES
from watchfloor_enricher.text.passage import Passage
from watchfloor_enricher.text.sentences import Range
from watchfloor_enricher.text.tokens import Token

ARABIC_ARTICLES = ("al-", "el-", "as-", "ash-", "at-", "an-", "ar-", "ad-", "ud-", "ul-", "bin-")
SUFFIXES = frozenset("Jr. Sr. II III IV".split())


def name_runs(passage: Passage) -> Iterator[Range]:
    """The longest runs of words that names can be made of, none over the border of a sentence or a mark."""
    tokens = passage.tokens
    for sentence in passage.sentences:
        start = sentence.start
        while start < sentence.end:
            end = _end_of_run(tokens, start, sentence.end)
            if end > start:
                yield Range(start, end)
            start = max(end, start + 1)


def _end_of_run(tokens: Sequence[Token], start: int, limit: int) -> int:
    end = index = start
    while index < limit and _adjacent(tokens, start, index):
        if is_name_like(tokens[index]):
            end = index + 1
        elif index == start or tokens[index].words not in PARTICLES:
            break
        index += 1
    return end


def _adjacent(tokens: Sequence[Token], start: int, index: int) -> bool:
    """Whether at most white space of one line stands between a token and the one before."""
    return index == start or tokens[index].start - tokens[index - 1].end <= 1


def is_name_like(token: Token) -> bool:
    """Whether the token can be part of a name: capitalised, and no function word."""
    words = token.words
    if not words[0].isupper():
        return words.startswith(ARABIC_ARTICLES) and words.partition("-")[2][:1].isupper()
    if words.endswith("."):
        return len(words) == 2 or words in SUFFIXES or words.count(".") > 1
    return not any(letter.isdigit() for letter in words) and (
        words.lower() not in FUNCTION_WORDS or _is_capitals(words)
    )


def _is_capitals(words: str) -> bool:
    return len(words) > 1 and words.isupper()
