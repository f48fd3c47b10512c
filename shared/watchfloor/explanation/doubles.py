"""Whether the store has the same article twice, under two addresses that do not know of each other."""

from typing import Protocol

from watchfloor.events import ArticleLatest
from watchfloor.identity import registrable_domain
from watchfloor.query.tree import Words
from watchfloor.store.protocol import Found, Kept, Search

OPENING_WORDS, LONGEST_OPENING = 12, 300
ALIKE = 0.8
"""The share of common paragraphs from which two pages of one site carry one article."""
LOOKED_AT = 20


class Searches(Protocol):
    """What is asked of a store; see Store."""

    def search(self, search: Search) -> Found: ...  # noqa: D102


def double_of(kept: Kept, store: Searches) -> Kept | None:
    """Another article that shows a reader the same; None where there is none, or where it was withdrawn."""
    opening = _opening(kept.article)
    if opening is None:
        return None
    found = store.search(Search(Words(opening, phrase=True), sort="oldest", limit=LOOKED_AT))
    others = (hit.kept for hit in found.hits if hit.kept.article.article_id != kept.article.article_id)
    return next((other for other in others if other.withdrawn_at is None and same(kept.article, other.article)), None)


def _opening(article: ArticleLatest) -> str | None:
    """How its longest paragraph begins, else its title: words that hardly another text has in a row."""
    longest = max((block.text for block in article.blocks), key=len, default=article.title or "")
    return " ".join(longest.split()[:OPENING_WORDS])[:LONGEST_OPENING] or None


def same(one: ArticleLatest, other: ArticleLatest) -> bool:
    """Whether two articles show a reader the same; of two sites to the letter, since they may share an agency's text."""
    if one.content_hash == other.content_hash:
        return True
    if registrable_domain(one.canonical_url) != registrable_domain(other.canonical_url):
        return False
    ours, theirs = ({block.text for block in article.blocks} for article in (one, other))
    return bool(ours and theirs) and len(ours & theirs) >= ALIKE * len(ours | theirs)
