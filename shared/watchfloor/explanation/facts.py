"""What the store knows of an address: all that an explanation rests on."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from watchfloor import identity
from watchfloor.domains import domain_of
from watchfloor.events import PageDecided, SourceHealth
from watchfloor.explanation.doubles import double_of
from watchfloor.explanation.forms import canonical_or_none, forms
from watchfloor.explanation.reasons import OTHER_ADDRESS, REDIRECTED, Reason
from watchfloor.store.protocol import Address, Found, Kept, Search, VersionSummary
from watchfloor.store.trail import place

ADDRESS = re.compile(r"https?://[^\s\"'<>“”]+")


class Answers(Protocol):
    """What is asked of a store; see Store."""

    def article(self, article_id: str) -> Kept | None: ...  # noqa: D102
    def versions(self, article_id: str) -> tuple[VersionSummary, ...]: ...  # noqa: D102
    def pages_of(self, article_id: str) -> tuple[Address, ...]: ...  # noqa: D102
    def article_of_page(self, page_id: str) -> str | None: ...  # noqa: D102
    def trail(self, page_id: str) -> tuple[PageDecided, ...]: ...  # noqa: D102
    def sources(self) -> tuple[SourceHealth, ...]: ...  # noqa: D102
    def search(self, search: Search) -> Found: ...  # noqa: D102


@dataclass(frozen=True)
class Facts:
    """What is known of an address at the moment `now`."""

    asked: str
    url: str
    page_id: str
    now: datetime
    trail: tuple[PageDecided, ...]
    """Of its page; where that has none but its article is known, of the pages that led to the article."""
    kept: Kept | None
    by_way_of: tuple[Reason, str] | None
    """Where the article is known by another address alone: how that is found, and the address."""
    versions: tuple[VersionSummary, ...]
    pages: tuple[Address, ...]
    source: SourceHealth | None
    double: Kept | None
    configured: frozenset[str]
    """The ids of all sources."""
    beyond: "Facts | None"
    """Of the page that a page without an article leads to."""

    @property
    def fetched_last(self) -> datetime | None:
        """When this page itself was fetched last for the article; None where it was not."""
        return next((page.last_fetched_at for page in self.pages if page.page_id == self.page_id), None)


def gather(store: Answers, asked: str, now: datetime) -> Facts:
    """Ask the store.

    Raises InvalidAddress where no page can have the address, and what the store raises.
    """
    facts = _of_page(store, asked, now)
    redirect = redirect_of(facts.trail)
    if facts.kept is not None or redirect is None or redirect[1] in forms(facts.url):
        return facts
    return replace(facts, beyond=_of_page(store, redirect[1], now))


def _of_page(store: Answers, asked: str, now: datetime) -> Facts:
    url = identity.canonical_url(asked)
    page_id = identity.page_id(url)
    trail = store.trail(page_id)
    kept, by_way_of = _article(store, page_id), None
    if kept is None:
        kept, by_way_of = next(_elsewhere(store, url, trail), (None, None))
    article_id = kept.article.article_id if kept else None
    pages = store.pages_of(article_id) if article_id else ()
    trail = trail or _merged(store, pages)
    sources = store.sources()
    return Facts(
        asked=asked,
        url=url,
        page_id=page_id,
        now=now,
        trail=trail,
        kept=kept,
        by_way_of=by_way_of,
        versions=store.versions(article_id) if article_id else (),
        pages=pages,
        source=_source(sources, url, trail, kept),
        double=double_of(kept, store) if kept else None,
        configured=frozenset(source.source_id for source in sources),
        beyond=None,
    )


def _article(store: Answers, page_id: str) -> Kept | None:
    """The article that a page led to, or whose canonical address it has: the two ids are made alike."""
    return store.article(store.article_of_page(page_id) or page_id)


def _elsewhere(store: Answers, url: str, trail: tuple[PageDecided, ...]) -> Iterator[tuple[Kept, tuple[Reason, str]]]:
    redirect = redirect_of(trail)
    candidates = [(REDIRECTED, redirect[1])] if redirect else []
    candidates += [(OTHER_ADDRESS, form) for form in forms(url) if not trail]
    for reason, address in candidates:
        kept = _article(store, identity.page_id(address))
        if kept:
            yield kept, (reason, address)


def _merged(store: Answers, pages: tuple[Address, ...]) -> tuple[PageDecided, ...]:
    return tuple(sorted((step for page in pages for step in store.trail(page.page_id)), key=place))


def redirect_of(trail: tuple[PageDecided, ...]) -> tuple[PageDecided, str] | None:
    """The last visit of a page and the address that it led to, canonicalised; None where it led nowhere else."""
    visits = (step for step in reversed(trail) if step.by == "scraper" and step.verdict in ("fetched", "ended"))
    last = next(visits, None)
    if last is None or last.reason != REDIRECTED.code:
        return None
    named = [canonical_or_none(address) for address in ADDRESS.findall(last.detail)]
    target = next((address for address in reversed(named) if address not in (None, last.url)), None)
    return (last, target) if target else None


def _source(
    sources: tuple[SourceHealth, ...], url: str, trail: tuple[PageDecided, ...], kept: Kept | None
) -> SourceHealth | None:
    """Whose page it is: the source that it came from, else one of the same registrable domain, of the same host first."""
    named = [kept.article.source_id] if kept else []
    named += [step.source_id for step in reversed(trail)]
    by_id = {source.source_id: source for source in sources}
    known = next((by_id[name] for name in named if name in by_id), None)
    return known or next(iter(covering(url, sources)), None)


def covering(url: str, sources: tuple[SourceHealth, ...]) -> list[SourceHealth]:
    """The sources of the domain of an address, those of its own host first."""
    domain, host = domain_of(url), identity.host_of(url)
    of_domain = [source for source in sources if domain in (domain_of(source.home), *source.domains)]
    return sorted(of_domain, key=lambda source: (identity.host_of(source.home) != host, source.source_id))
