"""An article as the rooms see it: its body and each of its captions as a passage."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

from watchfloor.events import Article, Span
from watchfloor_enricher.text.sentences import Range, paragraphs_of, sentences_of
from watchfloor_enricher.text.tokens import Token, tokens_of

Where = Literal["text"] | int
"""The body, or the index of an image: its caption."""


class Stretch(NamedTuple):
    """A stretch of one passage, in code points."""

    where: Where
    start: int
    end: int

    def overlaps(self, other: "Stretch") -> bool:
        """Whether the two have a code point in common."""
        return self.where == other.where and self.start < other.end and other.start < self.end


@dataclass(frozen=True)
class Passage:
    """Continuous text: the body, or one caption. Ranges of tokens are indices into `tokens`."""

    where: Where
    text: str

    @cached_property
    def tokens(self) -> list[Token]:
        """Words and marks."""
        return tokens_of(self.text)

    @cached_property
    def paragraphs(self) -> list[Range]:
        """Paragraphs, in code points."""
        return paragraphs_of(self.text)

    @cached_property
    def sentences(self) -> list[Range]:
        """Sentences, as ranges of tokens."""
        return list(sentences_of(self.tokens, self.paragraphs))

    @cached_property
    def _token_starts(self) -> list[int]:
        return [token.start for token in self.tokens]

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    def tokens_in(self, start: int, end: int) -> Range:
        """The tokens that begin in text[start:end]."""
        return Range(bisect_left(self._token_starts, start), bisect_left(self._token_starts, end))

    def sentence_of(self, token: int) -> Range:
        """The sentence that holds a token."""
        return self.sentences[bisect_right(self._sentence_starts, token) - 1]

    def words(self, tokens: Range) -> str:
        """The text of a range of tokens, as printed."""
        return self.text[self.tokens[tokens.start].start : self.tokens[tokens.end - 1].end]

    def stretch(self, tokens: Range) -> Stretch:
        """The code points of a range of tokens."""
        return Stretch(self.where, self.tokens[tokens.start].start, self.tokens[tokens.end - 1].end)

    def span(self, start: int, end: int) -> Span:
        """A span of this passage as events have it."""
        return Span(in_=self.where, start=start, end=end, words=self.text[start:end])


@dataclass(frozen=True)
class ArticleText:
    """All passages of an article, the body first."""

    passages: tuple[Passage, ...]
    language: str | None

    @property
    def is_english(self) -> bool:
        """Whether English rules hold; also where nothing tells the language."""
        return self.language in (None, "en")

    @cached_property
    def by_place(self) -> dict[Where, Passage]:
        """The passages by where they are."""
        return {passage.where: passage for passage in self.passages}

    def span(self, stretch: Stretch) -> Span:
        """The span of a stretch."""
        return self.by_place[stretch.where].span(stretch.start, stretch.end)


def read_article(article: Article) -> ArticleText:
    """The body and the captions of an article as passages."""
    captions = (Passage(index, image.caption) for index, image in enumerate(article.images) if image.caption)
    return ArticleText((Passage("text", article.text), *captions), article.language)
