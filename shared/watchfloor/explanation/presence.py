"""What there is to say of an article that is here: whether it is withdrawn, merged, doubled, wrong, stale or late. Pure.

The first that holds is the reason that is given: what is wrong with the article comes before what is late, and both
before the circumstances in which it came.
"""

from collections.abc import Callable, Iterator

from watchfloor.events import PageDecided
from watchfloor.explanation import reasons
from watchfloor.explanation.facts import Facts, redirect_of
from watchfloor.explanation.finding import Finding, because
from watchfloor.explanation.lateness import late
from watchfloor.explanation.model import StepName
from watchfloor.explanation.reading import misread, parsed
from watchfloor.explanation.reasons import reason_of
from watchfloor.explanation.wording import when
from watchfloor.store.protocol import Kept

TROUBLE = frozenset({"held_back", "refused", "failed", "gone", "ended", "rejected"})


def presence(facts: Facts, kept: Kept) -> Finding:
    """The first thing to say of an article that the store has."""
    for look in LOOKS:
        for finding in look(facts, kept):
            return finding
    article = kept.article
    changed = f"since {when(article.changed_at)}"
    sentence = f"Here, in version {article.version} {changed}; last fetched {when(article.fetched_at)}."
    return Finding("here", reasons.HERE, sentence, "version")


def _withdrawn(facts: Facts, kept: Kept) -> Iterator[Finding]:
    if kept.withdrawn_at is None:
        return
    gone = next((step for step in reversed(facts.trail) if step.verdict == "gone"), None)
    reason = reason_of("gone", gone.reason) if gone else reasons.GONE
    why = because(gone) if gone else reason.meaning
    here = f"it was here in {len(facts.versions)} version{'' if len(facts.versions) == 1 else 's'}"
    sentence = f"Withdrawn since {when(kept.withdrawn_at)}: {why}; {here}."
    yield Finding("withdrawn", reason, sentence, gone or "version")


def _under_another_address(facts: Facts, kept: Kept) -> Iterator[Finding]:
    canonical = kept.article.canonical_url
    redirect = _redirect(facts, canonical)
    if redirect is not None:
        sentence = f"Here as {canonical}: {because(redirect)}."
        yield Finding("here", reasons.REDIRECTED, sentence, redirect, target=canonical)
    elif facts.by_way_of is not None:
        reason, address = facts.by_way_of
        yield Finding("here", reason, f"Here as {canonical}: {reason.meaning}, {address}.", "address", target=canonical)
    elif canonical != facts.url:
        source = next((each.source for each in kept.article.evidence if each.field == "canonical_url"), None)
        named = f" ({source})" if source else ""
        decisive: PageDecided | StepName = parsed(facts, kept) or "parse"
        yield Finding("here", reasons.MERGED, f"Here as {canonical}: {reasons.MERGED.meaning}{named}.", decisive)
    elif _is_overwritten(facts, kept):
        article = kept.article
        since = f"version {article.version} since {when(article.changed_at)}"
        sentence = f"Here, but as {article.url} shows it, a page that names this address as its own ({since})."
        yield Finding("here", reasons.MERGED, sentence, "parse", target=article.url)


def _is_overwritten(facts: Facts, kept: Kept) -> bool:
    """Whether what is shown is of another page than this one, and came after what this one said."""
    own = facts.fetched_last
    return kept.article.page_id != facts.page_id and own is not None and own < kept.article.changed_at


def _redirect(facts: Facts, canonical: str) -> PageDecided | None:
    """The visit that was led elsewhere, where the article goes by another address than was asked for."""
    step, _ = redirect_of(facts.trail) or (None, None)
    return step if step and step.page_id == facts.page_id and canonical != facts.url else None


def _doubled(facts: Facts, kept: Kept) -> Iterator[Finding]:  # noqa: ARG001 - all looks are asked alike
    if facts.double is not None:
        other = facts.double.article
        since = f"{other.canonical_url} (article {other.article_id}, first fetched {when(other.first_fetched_at)})"
        yield Finding("here", reasons.DOUBLED, f"Here twice: {reasons.DOUBLED.meaning}: {since}.", "index")


def _stale(facts: Facts, kept: Kept) -> Iterator[Finding]:
    """What was shown since is not here, since asking again brought nothing."""
    since = facts.fetched_last or kept.article.fetched_at
    later = [step for step in facts.trail if step.at > since and _counts(step, kept)]
    if not later or later[-1].verdict not in TROUBLE:
        return
    step, target = redirect_of(facts.trail) or (None, "")
    if step is None or step.at <= since:
        step = later[-1]
    sentence = (
        f"Here in version {kept.article.version}, fetched {when(kept.article.fetched_at)}; what came since is not:"
    )
    reason = reason_of(step.verdict, step.reason)
    yield Finding("here", reason, f"{sentence} {because(step)}.", step, step.by, target)


def _counts(step: PageDecided, kept: Kept) -> bool:
    """Whether a decision is the outcome of asking again: that another source holds it back is none."""
    if step.verdict == "held_back":
        return step.source_id == kept.article.source_id
    return step.verdict not in ("found", "requested")


def _canonicalised(facts: Facts, kept: Kept) -> Iterator[Finding]:
    if facts.asked.strip() != facts.url:
        sentence = f"Here, in version {kept.article.version}: {reasons.CANONICALISED.meaning}, {facts.url}."
        yield Finding("here", reasons.CANONICALISED, sentence, "address")


def _came_otherwise(facts: Facts, kept: Kept) -> Iterator[Finding]:
    """How it came, where no list of a source named it as it appeared."""
    article, named = kept.article, [step for step in facts.trail if step.verdict in ("found", "requested")]
    reason = reasons.PUSH if article.origin == "pushed" else reasons.BACKFILL
    if named and named[0].verdict == "requested":
        reason = reasons.REQUEST
    elif article.origin == "live":
        return
    sentence = f"Here, in version {article.version}: {reason.meaning}; last fetched {when(article.fetched_at)}."
    yield Finding("here", reason, sentence, named[0] if named else "found")


def _unchanged(facts: Facts, kept: Kept) -> Iterator[Finding]:
    last = next((step for step in reversed(facts.trail) if _counts(step, kept)), None)
    if last is not None and last.verdict == "unchanged":
        shown = f"Here, in version {kept.article.version} since {when(kept.article.changed_at)}"
        yield Finding("here", reason_of("unchanged", last.reason), f"{shown}; when asked again, {because(last)}.", last)


LOOKS: tuple[Callable[[Facts, Kept], Iterator[Finding]], ...] = (
    *(_withdrawn, _under_another_address, _doubled, misread, _stale),
    *(_canonicalised, late, _came_otherwise, _unchanged),
)
