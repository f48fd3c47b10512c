"""Whether an article came late, and what held it up: finding its page, or fetching it. Pure."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from watchfloor.events import PageDecided
from watchfloor.explanation import reasons
from watchfloor.explanation.facts import Facts
from watchfloor.explanation.finding import Finding, because
from watchfloor.explanation.reasons import reason_of
from watchfloor.explanation.wording import span, when
from watchfloor.store.protocol import Kept

LATE = timedelta(hours=1)
HOLDS_UP = frozenset({"held_back", "refused", "failed"})


def late(facts: Facts, kept: Kept) -> Iterator[Finding]:
    """That a page came late which a list of its source named."""
    found = next((step for step in facts.trail if step.verdict == "found"), None)
    if found is None or kept.article.origin != "live":
        return
    yield from _held_back(found, facts)
    yield from _fetched_late(found, facts, kept)
    published = _published(kept)
    if published is not None and found.at - published >= LATE:
        yield _found_late(found, published, facts, kept)


def _found_late(found: PageDecided, published: datetime, facts: Facts, kept: Kept) -> Finding:
    """Late by our reckoning counts from when its source was first read: before that nobody could have found it."""
    since = facts.source.watched_since if facts.source else None
    ago = span(found.at - published)
    if since is None or found.at - max(published, since) >= LATE:
        after = f"found {when(found.at)}, {ago} after it was published ({found.detail})"
        return Finding("here", reasons.FOUND_LATE, f"Here late: {after}.", found)
    here = f"Here, in version {kept.article.version} since {when(kept.article.changed_at)}"
    before = f"published {span(since - published)} before its source was watched for the first time ({when(since)})"
    return Finding("here", reasons.HERE, f"{here}; it was {before}, and found then.", "version")


def _held_back(found: PageDecided, facts: Facts) -> Iterator[Finding]:
    """That a rule of ours kept it for long, until the operator changed it."""
    named = (step for step in facts.trail if step.verdict == "held_back" and step.source_id == found.source_id)
    held = next((step for step in named if found.at - step.at >= LATE), None)
    if held is not None:
        after = (
            f"Here late: it was held back for {span(found.at - held.at)}, until {when(found.at)}, since {because(held)}"
        )
        yield Finding("here", reason_of(held.verdict, held.reason), f"{after}.", held)


def _fetched_late(found: PageDecided, facts: Facts, kept: Kept) -> Iterator[Finding]:
    fetched = kept.article.first_fetched_at
    if fetched - found.at < LATE:
        return
    after = f"Here late: fetched {when(fetched)}, {span(fetched - found.at)} after it was found"
    held_up = (step for step in facts.trail if step.verdict in HOLDS_UP and step.source_id == found.source_id)
    between = [step for step in held_up if found.at <= step.at <= fetched]
    if between:
        step = between[-1]
        times = f", {len(between)} times" if len(between) > 1 else ""
        yield Finding(
            "here", reason_of(step.verdict, step.reason), f"{after}, since {because(step)}{times}.", step, step.by
        )
    else:
        turn = "its host was asked at its own pace or wished to be left alone, and others came first"
        yield Finding("here", reasons.FETCHED_LATE, f"{after}: {turn}.", "fetch")


def _published(kept: Kept) -> datetime | None:
    """When it was published; of a bare date the end of its day, so that nothing counts as later than it was."""
    text = kept.article.published_at
    if text is None:
        return None
    if "T" in text:
        return datetime.fromisoformat(text)
    return datetime.fromisoformat(text).replace(tzinfo=UTC) + timedelta(days=1)
