"""Where the words that were sought stand in an article as printed, in whatever inflection, and passages around them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from watchfloor.events import ArticleLatest
from watchfloor.query.analysis import Candidates, patterns
from watchfloor.query.stemming import Stemmers, candidates
from watchfloor.query.tree import Node
from watchfloor.store.finding import Sought, Span, Spans, spans_in, stand_in
from watchfloor.store.printed import Printed, stemmers_of
from watchfloor.store.sought import sought_words

OPENS, CLOSES = "\u0002", "\u0003"
MOST_PASSAGES = 3
AROUND = 90
"""Characters before and after a find, drawn out to the border of a word."""
CONTROLS = re.compile(r"[\u0000-\u0008\u000b-\u001f]")


@dataclass(frozen=True)
class Finds:
    """Where found words stand in the texts of an article: code points, in order, without overlaps."""

    title: Spans
    subtitle: Spans
    text: Spans
    captions: tuple[Spans, ...]
    """Those of each image."""


def finds(node: Node, article: ArticleLatest) -> Finds:
    """Where the words that a query seeks stand in an article. A phrase may run over the end of a paragraph."""
    return Highlighter(node, candidates).finds(article)


class Highlighter:
    """Shows what a query seeks in the articles that it finds; made once for all of an answer."""

    def __init__(self, node: Node, stemmers: Candidates) -> None:
        sought = [(lines, pattern) for lines, words in sought_words(node) for pattern in patterns(words, stemmers)]
        self._in_title = Sought(pattern for lines, pattern in sought if "title" in lines)
        self._anywhere = Sought(pattern for lines, pattern in sought if "text" in lines)

    def __bool__(self) -> bool:
        """Whether anything is sought where passages come from."""
        return bool(self._in_title) or bool(self._anywhere)

    def passages(self, article: ArticleLatest | Printed) -> tuple[str, ...]:
        """Up to three passages of title, subtitle, text and captions; none where no words are sought there."""
        stemmers = stemmers_of(article)
        texts = [article.subtitle, article.text, *(image.caption for image in article.images)]
        parts = [(article.title, self._in_title), *((text, self._anywhere) for text in texts)]
        found = (passage for text, sought in parts if text and sought for passage in _passages(text, sought, stemmers))
        return tuple(islice(found, MOST_PASSAGES))

    def title(self, article: ArticleLatest | Printed) -> str | None:
        """The title whole, with what is sought in it marked."""
        if article.title is None:
            return None
        spans = spans_in(article.title, self._in_title, stemmers_of(article))
        return _marked(article.title, 0, len(article.title), list(spans))

    def plain(self, title: str | None) -> str | None:
        """A title in which nothing is sought."""
        return None if title is None else _clean(title).strip()

    def finds(self, article: ArticleLatest) -> Finds:
        """Where what is sought stands."""
        stemmers = stemmers_of(article)
        return Finds(
            title=spans_in(article.title, self._in_title, stemmers),
            subtitle=spans_in(article.subtitle, self._anywhere, stemmers),
            text=spans_in(article.text, self._anywhere, stemmers),
            captions=tuple(spans_in(image.caption, self._anywhere, stemmers) for image in article.images),
        )


def _passages(text: str, sought: Sought, stemmers: Stemmers) -> Iterator[str]:
    """The neighbourhood of each find, paragraph by paragraph; finds that lie near each other share one."""
    begun = sought.begun_in(text, stemmers)
    for paragraph in text.splitlines() if begun else ():
        holds = any(piece in paragraph for piece in begun)
        spans = list(stand_in(paragraph, sought, stemmers, begun)) if holds else []
        while spans:
            start, end = _neighbourhood(paragraph, *spans[0])
            inside = [span for span in spans if span[1] <= end]
            spans = spans[len(inside) :]
            yield _marked(paragraph, start, end, inside)


def _neighbourhood(text: str, start: int, end: int) -> Span:
    """The surroundings of a find, cut between words."""
    first, last = max(0, start - AROUND), min(len(text), end + AROUND)
    if first:
        first = start - len(text[first:start].partition(" ")[2] or text[first:start])
    if last < len(text):
        last = end + len(text[end:last].rpartition(" ")[0] or text[end:last])
    return first, last


def _marked(text: str, start: int, end: int, spans: list[Span]) -> str:
    pieces, at = [], start
    for first, last in spans:
        if first >= at:
            pieces += [_clean(text[at:first]), OPENS, _clean(text[first:last]), CLOSES]
            at = last
    return "".join([*pieces, _clean(text[at:end])]).strip()


def _clean(text: str) -> str:
    """Printed control characters would pass for our marks."""
    return CONTROLS.sub("", text)
