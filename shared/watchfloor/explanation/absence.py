"""Why an article is not here: the first reason, along the way of its page. Pure."""

from dataclasses import replace
from datetime import timedelta

from watchfloor.events import HealthReason, PageDecided, SourceHealth
from watchfloor.explanation import reasons
from watchfloor.explanation.facts import Facts, redirect_of
from watchfloor.explanation.finding import Finding, because
from watchfloor.explanation.forms import forms
from watchfloor.explanation.reasons import Reason, reason_of
from watchfloor.explanation.wording import span, when

VISITS = frozenset({"refused", "fetched", "failed", "gone", "parsed", "ended", "rejected"})
"""What comes of asking for a page; `unchanged` only says that what came of it before still holds."""
LAGGING_AFTER = timedelta(minutes=10)
"""What was handed on is in the store within seconds, unless a stage is behind."""
PARSED_AS_FETCHED = timedelta(seconds=45)
"""A page's fetch and what the parser says of it carry the same time, give or take the time that it was on the wire."""
SOURCE_STATES: dict[str, Reason] = {
    "paused": reasons.SOURCE_PAUSED,
    "down": reasons.SOURCE_DOWN,
    "silent": reasons.SOURCE_SILENT,
    "late": reasons.SOURCE_LATE,
}
UNREAD_PAGES = frozenset({reasons.PARSE_EMPTY.code, reasons.LAYOUT_CHANGED.code})
"""Why a source may be down though its lists are read."""


def absence(facts: Facts) -> Finding:
    """The first reason why the store has no article of a page."""
    visit = _last_visit(facts.trail)
    if visit is not None:
        return _after(visit, facts)
    waits = _waits(facts.trail)
    held = next((step for step in reversed(facts.trail) if step.verdict == "held_back"), None)
    if waits is not None:
        return _waiting(waits, facts)
    if held is None:
        return _never_found(facts)
    resumed = held.reason == reasons.PAUSED.code and facts.source and facts.source.state != "paused"
    return _waiting(held, facts) if resumed else _missing(held)


def _waits(trail: tuple[PageDecided, ...]) -> PageDecided | None:
    """The first time that it was named without being held back then or later by the source that named it."""
    held = [step for step in trail if step.verdict == "held_back"]
    named = [step for step in trail if step.verdict in ("found", "requested")]
    free = (step for step in named if not any(each.source_id == step.source_id and each.at >= step.at for each in held))
    return next(free, None)


def _last_visit(trail: tuple[PageDecided, ...]) -> PageDecided | None:
    """The last word of the last visit that said something new."""
    visits = [step for step in trail if step.verdict in VISITS]
    if not visits:
        return next((step for step in reversed(trail) if step.verdict == "unchanged"), None)
    last = visits[-1]
    if last.verdict != "fetched":
        return last
    heard = [step for step in visits if step.by != "scraper" and step.at >= last.at - PARSED_AS_FETCHED]
    return heard[-1] if heard else last


def _after(visit: PageDecided, facts: Facts) -> Finding:
    """What the last visit led to."""
    redirect = _redirect(facts)
    if redirect is not None and visit.verdict in ("fetched", "ended", "rejected"):
        return redirect
    if visit.verdict == "fetched":
        return _under_way(visit, reasons.UNPARSED, facts)
    if visit.verdict == "parsed":
        return _under_way(visit, reasons.UNINDEXED, facts)
    return _missing(visit, _failures(facts.trail, visit))


def _redirect(facts: Facts) -> Finding | None:
    """That a page leads to another one, where that is no other form of its own address.

    What stopped that other page, which has a way of its own, stopped this one; but where it was read and is no
    article, this one was not there any more.
    """
    step, target = redirect_of(facts.trail) or (None, None)
    if step is None or target is None or target in forms(facts.url):
        return None
    beyond = facts.beyond if facts.beyond and facts.beyond.trail else None
    leads = f"it leads to {target} ({when(step.at)})"
    if beyond is not None and not _ended(beyond):
        found = absence(beyond)
        there = found.sentence[0].lower() + found.sentence[1:]
        return replace(found, sentence=f"Not here: {leads}, and that is {there}", decisive=step, target=target)
    ends = (end for end in reversed((beyond or facts).trail) if end.verdict == "ended" and end is not step)
    then = next((f"; there, {because(end)}" for end in ends), "")
    sentence = f"Not here: {leads}, of which the store has no article{then}."
    return Finding("missing", reasons.REDIRECTED, sentence, step, target=target)


def _ended(facts: Facts) -> bool:
    visit = _last_visit(facts.trail)
    return visit is not None and visit.verdict == "ended"


def _missing(step: PageDecided, more: str = "") -> Finding:
    reason = reason_of(step.verdict, step.reason)
    return Finding("missing", reason, f"Not here: {because(step)}{more}.", step, step.by)


def _failures(trail: tuple[PageDecided, ...], last: PageDecided) -> str:
    """How often it failed in a row up to now."""
    run = 0
    for step in reversed([step for step in trail if step.verdict in VISITS]):
        if step.verdict != last.verdict:
            break
        run += 1
    return f", {run} times in a row" if last.verdict == "failed" and run > 1 else ""


def _under_way(step: PageDecided, reason: Reason, facts: Facts) -> Finding:
    age = facts.now - step.at
    lagging = age > LAGGING_AFTER
    sentence = f"Not here yet: {reason.meaning} (since {when(step.at)}, {span(age)} ago)"
    more = f"; {reasons.LAGGING.meaning}" if lagging else ""
    return Finding("under_way", reasons.LAGGING if lagging else reason, f"{sentence}{more}.", step)


def _waiting(step: PageDecided, facts: Facts) -> Finding:
    """It is known and was not fetched: because of its source, where that is not served, else it is not its turn."""
    age = facts.now - step.at
    known = f"known since {when(step.at)}, {span(age)} ago: {step.detail}"
    if not any(each.verdict == "requested" for each in facts.trail):  # that is fetched whatever its source is
        unserved = _unserved(step, facts, known)
        if unserved is not None:
            return unserved
    source = facts.source
    if source and source.state == "down" and age > LAGGING_AFTER and _why_not_found(source) is reasons.SOURCE_DOWN:
        sentence = f"Not here yet: {_of_source(source)} ({known})."
        return Finding("under_way", reasons.SOURCE_DOWN, sentence, "fetch")
    return Finding("under_way", reasons.WAITING, f"Not here yet: {reasons.WAITING.meaning} ({known}).", "fetch")


def _unserved(step: PageDecided, facts: Facts, known: str) -> Finding | None:
    """That the operator paused its source, or removed it and no other one has it."""
    named_by = {each.source_id for each in facts.trail if each.verdict == "found"}
    if facts.configured and step.source_id is not None and not facts.configured & named_by:
        gone = f"its source {step.source_id} is configured no more, so that it is not fetched"
        return Finding("missing", reasons.NO_SOURCE, f"Not here: {gone} ({known}).", "found")
    if facts.source and facts.source.state == "paused":
        return Finding("missing", reasons.PAUSED, f"Not here: {reasons.PAUSED.meaning} ({known}).", "found")
    return None


def _never_found(facts: Facts) -> Finding:
    if facts.source is None:
        return Finding("unknown", reasons.NO_SOURCE, f"Not here: {reasons.NO_SOURCE.meaning}.", "found")
    sentence = f"Not here, and never named to us: {_of_source(facts.source)}."
    return Finding("unknown", _why_not_found(facts.source), sentence, "found")


def _why_not_found(source: SourceHealth) -> Reason:
    """What the state of a source says of pages that its lists did not name."""
    if source.state == "down" and source.reasons and source.reasons[0].code in UNREAD_PAGES:
        return reasons.NEVER_FOUND
    if source.state == "well" and source.last_fetched_at is None and source.watched_since is not None:
        return reasons.SOURCE_NEW
    return SOURCE_STATES.get(source.state, reasons.NEVER_FOUND)


def _of_source(source: SourceHealth) -> str:
    """How the source of a page is, with its weightiest reason."""
    why = next((f": {_weighty(reason, source.state)}" for reason in source.reasons), "")
    meaning = _why_not_found(source).meaning
    return f"{meaning} (its source {source.source_id} is {source.state} since {when(source.since)}{why})"


def _weighty(reason: HealthReason, state: str) -> str:
    return reason.detail if reason.code == state else f"{reason.code}, {reason.detail}"
