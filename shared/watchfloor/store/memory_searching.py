"""A search of the store in memory: what matches, put in order and counted, one article after the other."""

from collections import Counter
from datetime import UTC, date

from watchfloor.events import ArticleLatest
from watchfloor.query.analysis import patterns
from watchfloor.query.document import document, moment
from watchfloor.store import facets, spots
from watchfloor.store.protocol import FacetName, Found, Hit, Position, Search, Spot
from watchfloor.store.sought import TITLE_WEIGHT, sought_words


def answer(hits: list[Hit], search: Search) -> Found:
    """The answer to a search that all these articles match."""
    placed = sorted(((_position(hit, search), hit) for hit in hits), key=_order, reverse=search.sort != "oldest")
    rest = [pair for pair in placed if _follows(pair[0], search)]
    page = rest[: search.limit]
    return Found(
        hits=tuple(hit for _, hit in page),
        total=len(hits) if search.total else len(page),
        next=page[-1][0] if len(rest) > len(page) > 0 else None,
        facets={name: _counted(hits, name) for name in search.facets},
        histogram=_histogram(hits) if search.histogram else (),
        spots=_spots(hits) if search.spots else (),
    )


def _position(hit: Hit, search: Search) -> Position:
    article = hit.kept.article
    seconds = moment(article).timestamp()
    match search.sort:
        case "relevance":
            value = _weight(article, search) + seconds / 1e11
        case "changed":
            value = max(article.changed_at, hit.kept.withdrawn_at or article.changed_at).timestamp()
        case "newest" | "oldest":
            value = seconds
    return Position(value, article.article_id)


def _weight(article: ArticleLatest, search: Search) -> int:
    lines = document(article).lines
    return sum(
        TITLE_WEIGHT if name == "title" else 1
        for names, words in sought_words(search.query)
        for name in names
        if any(pattern.found_in(lines[name]) for pattern in patterns(words))
    )


def _follows(position: Position, search: Search) -> bool:
    if search.after is None:
        return True
    here, end = _key(position), _key(search.after)
    return here > end if search.sort == "oldest" else here < end


def _key(position: Position) -> tuple[float, str]:
    return position.sort_value, position.article_id


def _order(placed: tuple[Position, Hit]) -> tuple[float, str]:
    return _key(placed[0])


def _counted(hits: list[Hit], name: FacetName) -> facets.Counts:
    return facets.ordered(Counter(value for hit in hits for value in facets.values(hit.kept.article)[name]).items())


def _spots(hits: list[Hit]) -> tuple[Spot, ...]:
    return spots.ordered(Counter(where for hit in hits for where in spots.named(hit.kept.article)).items())


def _histogram(hits: list[Hit]) -> tuple[tuple[date, int], ...]:
    return tuple(sorted(Counter(moment(hit.kept.article).astimezone(UTC).date() for hit in hits).items()))
