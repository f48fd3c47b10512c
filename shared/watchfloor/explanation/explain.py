"""The conductor: from an address to the first reason why its article is here or not."""

from datetime import datetime

from watchfloor.events import SourceHealth
from watchfloor.explanation.absence import absence
from watchfloor.explanation.facts import Answers, Facts, gather
from watchfloor.explanation.model import Explanation, SourceStanding
from watchfloor.explanation.presence import presence
from watchfloor.explanation.steps import steps


def explain(asked: str, store: Answers, now: datetime) -> Explanation:
    """Why the article at an address is here, or is not, by what the store says at the moment `now`.

    Raises InvalidAddress where no page can have the address, and what the store raises.
    """
    facts = gather(store, asked, now)
    finding = presence(facts, facts.kept) if facts.kept else absence(facts)
    return Explanation(
        asked=asked,
        url=facts.url,
        page_id=facts.page_id,
        verdict=finding.verdict,
        reason=finding.reason.code,
        sentence=finding.sentence,
        remedy=finding.remedy(facts),
        steps=steps(facts, finding),
        article_id=facts.kept.article.article_id if facts.kept else None,
        versions=facts.versions,
        also_at=_also_at(facts),
        source=_standing(facts.source) if facts.source else None,
    )


def _also_at(facts: Facts) -> tuple[str, ...]:
    """The article's own address first, then those that it was fetched from."""
    known = [facts.kept.article.canonical_url] if facts.kept else []
    known += [page.url for page in facts.pages]
    return tuple(dict.fromkeys(url for url in known if url != facts.url))


def _standing(source: SourceHealth) -> SourceStanding:
    return SourceStanding(
        source_id=source.source_id, name=source.name, state=source.state, since=source.since, reasons=source.reasons
    )
