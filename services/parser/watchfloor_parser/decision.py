"""What the parser says of a page that it has read."""

import re

from watchfloor.events import NO_ARTICLES, ArticleParsed, PageDecided

LONGEST_TITLE = 120
"""Characters of a title in the sentence about its page."""
_WITHOUT_SPACES = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_RUN = f"[^\\s{_WITHOUT_SPACES}]*"
WORD = re.compile(f"[{_WITHOUT_SPACES}]|{_RUN}[^\\W{_WITHOUT_SPACES}]{_RUN}")
"""Where a script writes no spaces each character counts, as in word processors; a mark alone is no word."""


def decision(article: ArticleParsed) -> PageDecided:
    """That a page holds an article, or which page without an article it is; its time is that of the fetch."""
    ended = article.article_type in NO_ARTICLES
    words = None if ended else len(WORD.findall(article.text))
    return PageDecided(
        page_id=article.page_id,
        url=article.url,
        source_id=article.source_id,
        origin=article.origin,
        by="parser",
        verdict="ended" if ended else "parsed",
        reason=article.article_type,
        detail=", ".join([article.article_type, *_counted(words), _titled(article.title)]),
        at=article.fetched_at,
        article_id=None if ended else article.article_id,
        words=words,
    )


def _counted(words: int | None) -> list[str]:
    return [] if words is None else [f"{words} word{'' if words == 1 else 's'}"]


def _titled(title: str | None) -> str:
    """A title in quotation marks, cut where it is long.

    >>> _titled("Port closed"), _titled(None), len(_titled("x" * 500))
    ('“Port closed”', 'without a title', 123)
    """
    if not title:
        return "without a title"
    return f"“{title}”" if len(title) <= LONGEST_TITLE else f"“{title[:LONGEST_TITLE]}…”"
