"""The versions of an article: tabs, what changed between two of them, both texts side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from watchfloor.events import ArticleLatest
from watchfloor.store.protocol import Kept, Store, VersionSummary
from watchfloor_gateway.differences.comparison import compare
from watchfloor_gateway.differences.digest import Digest, digests_of
from watchfloor_gateway.differences.model import Comparison, Step
from watchfloor_gateway.differences.paragraphs import paragraphs
from watchfloor_gateway.pages.article.head import RIGHT_TO_LEFT
from watchfloor_gateway.pages.article.tabs import Address, Tab, tabs
from watchfloor_gateway.pages.article.twin import Fold, Line, twin
from watchfloor_gateway.pages.article.weighed import Item, weighed

MOST_TABS = 8
"""Each tab tells what its version changed, for which two versions have to be compared once."""
MOST_ITEMS = 60
MOST_STEPS = 4


@dataclass(frozen=True)
class LatestChange:
    """What the latest version did to the one before."""

    changes: int
    """None where the form of paragraphs alone is another."""
    silent: bool
    changed_at: datetime
    modified: bool
    """Whether the article itself gives a date of its change."""
    steps: tuple[Step, ...]
    versions: int
    href: str


@dataclass(frozen=True)
class Difference:
    """What changed between the two versions that are looked at."""

    silent: bool
    coarse: bool
    items: tuple[Item, ...]
    more: int
    """Lighter ones that are not listed."""
    twin: tuple[Fold | Line, ...]
    cut: bool
    """Whether the two texts are too long to be shown whole."""


@dataclass(frozen=True)
class VersionsView:
    """The section of the versions. `difference` is None where one version alone is looked at, whose text is `whole`."""

    article_id: str
    q: str
    count: int
    old: int
    new: int
    seen_at: datetime
    """When the newer of the two was first seen."""
    tabs: tuple[Tab, ...]
    untold: int
    """Versions without a tab."""
    difference: Difference | None
    title: str | None
    """Of the newer of the two."""
    whole: tuple[str, ...]
    language: str | None
    direction: str
    is_latest: bool
    """Whether the newer of the two is what stands above, so that its paragraphs can be linked."""
    latest: LatestChange
    withdrawn_at: datetime | None


def read(store: Store, kept: Kept, old: int | None = None, new: int | None = None, q: str = "") -> VersionsView | None:
    """The versions of an article, `old` compared with `new`: the last two where they are not given or not there.

    With `old` equal to `new` that version's text is shown. None where the article has one version alone. At most ten
    versions are read, however many there are.
    """
    summaries = store.versions(kept.article.article_id)
    if len(summaries) < 2:
        return None
    pair = _chosen(len(summaries), old, new)
    told = _told(store, summaries, kept.article.article_id)
    both = _version(store, kept, pair[0]), _version(store, kept, pair[1])
    if both[0] is None or both[1] is None or told.get(len(summaries)) is None:
        return None
    return _view(kept, summaries, pair, (both[0], both[1]), told, q)


def _chosen(count: int, old: int | None, new: int | None) -> tuple[int, int]:
    """The two versions that are looked at, the older first."""
    one, other = (number if number and 1 <= number <= count else None for number in (old, new))
    if one and other:
        return min(one, other), max(one, other)
    if other and other > 1:
        return other - 1, other
    return (one, count) if one and one < count else (count - 1, count)


def _version(store: Store, kept: Kept, number: int) -> ArticleLatest | None:
    if number == kept.article.version:
        return kept.article
    found = store.version(kept.article.article_id, number)
    return found.article if found else None


def _told(store: Store, summaries: Sequence[VersionSummary], article_id: str) -> dict[int, Digest | None]:
    """What each of the last versions did to the one before it."""
    digests = digests_of(store)
    found: dict[int, Digest | None] = {}
    for before, after in list(pairwise(summaries))[-MOST_TABS:]:
        key = article_id, before.content_hash, before.last_fetched_at, after.content_hash, after.last_fetched_at

        def both(one: int = before.version, other: int = after.version) -> tuple[ArticleLatest, ArticleLatest] | None:
            versions = store.version(article_id, one), store.version(article_id, other)
            return (versions[0].article, versions[1].article) if versions[0] and versions[1] else None

        found[after.version] = digests.of(key, both)
    return found


def _view(
    kept: Kept,
    summaries: Sequence[VersionSummary],
    pair: tuple[int, int],
    both: tuple[ArticleLatest, ArticleLatest],
    told: dict[int, Digest | None],
    q: str,
) -> VersionsView | None:
    article, (old, new), count = kept.article, pair, len(summaries)
    address = Address(article.article_id, q)
    latest = told[count]
    if latest is None:
        return None
    return VersionsView(
        article_id=article.article_id,
        q=q,
        count=count,
        old=old,
        new=new,
        seen_at=summaries[new - 1].first_fetched_at,
        tabs=tabs(summaries, told, pair, address),
        untold=max(0, count - len(told) - 1),
        difference=None if old == new else _difference(compare(*both)),
        title=both[1].title,
        whole=tuple(paragraph.text for paragraph in paragraphs(both[1])) if old == new else (),
        language=article.language,
        direction="rtl" if article.language in RIGHT_TO_LEFT else "auto",
        is_latest=new == count,
        latest=LatestChange(
            changes=latest.changes,
            silent=latest.silent,
            changed_at=summaries[-1].first_fetched_at,
            modified=article.modified_at is not None,
            steps=latest.steps[:MOST_STEPS],
            versions=count,
            href=address.of(count - 1, count),
        ),
        withdrawn_at=kept.withdrawn_at,
    )


def _difference(comparison: Comparison) -> Difference:
    items = weighed(comparison.changes)
    lines, cut = twin(comparison.passages)
    return Difference(
        silent=comparison.silent,
        coarse=comparison.coarse,
        items=items[:MOST_ITEMS],
        more=max(0, len(items) - MOST_ITEMS),
        twin=lines,
        cut=cut,
    )
