"""Passages of an article around the words that were sought, from its text as printed, in whatever inflection."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from watchfloor.events import ArticleLatest
from watchfloor.query.analysis import Candidates, Pattern, kept_words, patterns
from watchfloor.query.stemming import Stemmers, stemmers_for
from watchfloor.query.tree import Node
from watchfloor.query.words import RUN, words_of
from watchfloor.store.sought import sought_words

OPENS, CLOSES = "\u0002", "\u0003"
MOST_PASSAGES = 3
AROUND = 90
"""Characters before and after a find, drawn out to the border of a word."""
CONTROLS = re.compile(r"[\u0000-\u0008\u000b-\u001f]")

Span = tuple[int, int]


class Highlighter:
    """Shows what a query seeks in the articles that it finds; made once for all of an answer."""

    def __init__(self, node: Node, candidates: Candidates) -> None:
        sought = [(lines, pattern) for lines, words in sought_words(node) for pattern in patterns(words, candidates)]
        self._in_title = _Sought(pattern for lines, pattern in sought if "title" in lines)
        self._anywhere = _Sought(pattern for lines, pattern in sought if "text" in lines)

    def passages(self, article: ArticleLatest) -> tuple[str, ...]:
        """Up to three passages of title, subtitle, text and captions; none where no words are sought there."""
        stemmers = stemmers_for(article.language, f"{article.title or ''} {article.text}")
        texts = [article.subtitle, article.text, *(image.caption for image in article.images)]
        parts = [(article.title, self._in_title), *((text, self._anywhere) for text in texts)]
        found = (passage for text, sought in parts if text and sought for passage in _passages(text, sought, stemmers))
        return tuple(islice(found, MOST_PASSAGES))


class _Sought:
    """Patterns by the word that they begin with."""

    def __init__(self, sought: Iterable[Pattern]) -> None:
        self._patterns = list(sought)
        self._firsts = {pattern.words[0] for pattern in self._patterns}
        self._openings = tuple(p.words[0] for p in self._patterns if p.prefix and len(p.words) == 1)
        self._known: dict[tuple[str, ...], dict[str, bool]] = {}

    def __bool__(self) -> bool:
        return bool(self._patterns)

    def may_stand_in(self, text: str, stemmers: Stemmers) -> bool:
        """Whether any word of the text begins a pattern: quick, since most paragraphs hold none."""
        known = self._known.setdefault(tuple(stemmers.values()), {})
        for run in RUN.findall(text):
            if run not in known:
                known[run] = any(self.may_begin_with(kept_words(word, stemmers)) for word in words_of(run))
            if known[run]:
                return True
        return False

    def may_begin_with(self, forms: tuple[str, str]) -> bool:
        """Whether a pattern may begin with a word, which is kept in these two forms."""
        return not self._firsts.isdisjoint(forms) or forms[0].startswith(self._openings)

    def longest_at(self, kept: list[tuple[str, str]], index: int) -> int:
        """How many words the longest pattern covers that stands here; 0 where none does."""
        if not self.may_begin_with(kept[index]):
            return 0
        return max(_length_at(kept, index, pattern) for pattern in self._patterns)


def _passages(text: str, sought: _Sought, stemmers: Stemmers) -> Iterator[str]:
    """The neighbourhood of each find, paragraph by paragraph; finds that lie near each other share one."""
    for paragraph in text.splitlines():
        spans = list(_finds(paragraph, sought, stemmers)) if sought.may_stand_in(paragraph, stemmers) else []
        while spans:
            start, end = _neighbourhood(paragraph, *spans[0])
            inside = [span for span in spans if span[1] <= end]
            spans = spans[len(inside) :]
            yield _marked(paragraph, start, end, inside)


def _finds(text: str, sought: _Sought, stemmers: Stemmers) -> Iterator[Span]:
    """Where the patterns stand in the text, in order, without overlaps."""
    runs = ((run.start(), word) for run in RUN.finditer(text) for word in words_of(run[0]))
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
