"""The way of a page, step by step: what its trail and the store tell, in the order of time. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import get_args

from watchfloor.events import PageDecided
from watchfloor.explanation import reasons
from watchfloor.explanation.facts import Facts
from watchfloor.explanation.finding import Finding
from watchfloor.explanation.model import Step, StepName
from watchfloor.explanation.reasons import reason_of
from watchfloor.explanation.wording import when
from watchfloor.store.protocol import Kept

ORDER = {name: rank for rank, name in enumerate(get_args(StepName))}
NAMES: dict[str, StepName] = {
    "found": "found",
    "requested": "found",
    "held_back": "found",
    "refused": "robots",
    "fetched": "fetch",
    "unchanged": "fetch",
    "failed": "fetch",
    "gone": "fetch",
    "parsed": "parse",
    "ended": "parse",
}
STAGES: dict[str, StepName] = {"scraper": "found", "parser": "parse", "enricher": "enrich", "indexer": "index"}


@dataclass(frozen=True)
class _Made:
    """A step, and the decisions that it stands for."""

    name: StepName
    at: datetime | None
    what: str
    code: str
    of: tuple[PageDecided, ...] = ()


def steps(facts: Facts, finding: Finding) -> tuple[Step, ...]:
    """The steps, of which one is decisive: it is added where nothing else tells of it."""
    made = [*_address(facts), *_trail(facts), *(_stored(facts, facts.kept) if facts.kept else ())]
    decisive = next((step for step in made if _is_decisive(step, finding)), None)
    if decisive is None:
        decisive = _added(facts, finding)
        made.append(decisive)
    ordered = sorted(made, key=lambda step: (step.name != "address", step.at or facts.now, ORDER[step.name]))
    return tuple(
        Step(name=step.name, at=step.at, what=step.what, code=step.code, decisive=step is decisive) for step in ordered
    )


def _added(facts: Facts, finding: Finding) -> _Made:
    """The step of a reason that lies in no single decision; of an article that is here it has the time of its fetch."""
    name = _of(finding.decisive) if isinstance(finding.decisive, PageDecided) else finding.decisive
    at = facts.kept.article.fetched_at if facts.kept and name != "address" else None
    return _Made(name, at, finding.reason.meaning.format(stage=finding.stage), finding.reason.code)


def _is_decisive(step: _Made, finding: Finding) -> bool:
    if isinstance(finding.decisive, PageDecided):
        return any(decision is finding.decisive for decision in step.of)
    return step.name == finding.decisive and step.code == finding.reason.code


def _of(decision: PageDecided) -> StepName:
    if decision.verdict == "rejected":
        return STAGES[decision.by]
    return "fetch" if decision.by == "scraper" and decision.verdict == "ended" else NAMES[decision.verdict]


def _address(facts: Facts) -> Iterator[_Made]:
    if facts.asked.strip() == facts.url:
        yield _Made("address", None, facts.url, "asked")
    else:
        yield _Made("address", None, f"{facts.asked.strip()} is {facts.url}", reasons.CANONICALISED.code)


def _trail(facts: Facts) -> Iterator[_Made]:
    """The decisions; what was decided the same way several times in a row is one step."""
    fetched = next((step for step in facts.trail if step.verdict == "fetched"), None)
    if fetched is not None:
        yield _Made("robots", fetched.at, "robots.txt allows it", "allowed")
    for _, group in groupby(facts.trail, key=lambda step: (step.by, step.verdict, step.reason)):
        run = tuple(group)
        last = run[-1]
        words = last.detail or reason_of(last.verdict, last.reason).meaning.format(stage=last.by)
        again = f" ({len(run)} times since {when(run[0].at)})" if len(run) > 1 else ""
        yield _Made(_of(last), last.at, f"{last.verdict.replace('_', ' ')}: {words}{again}", last.reason, run)


def _stored(facts: Facts, kept: Kept) -> Iterator[_Made]:
    """What the store tells of the article that the page led to."""
    article = kept.article
    if article.origin != "live" and not any(step.verdict in ("found", "requested") for step in facts.trail):
        reason = reasons.PUSH if article.origin == "pushed" else reasons.BACKFILL
        yield _Made("found", article.first_fetched_at, reason.meaning, reason.code)
    finds = f"{len(article.entities)} entities, {len(article.places)} places, {len(article.quotations)} quotations"
    yield _Made("enrich", article.fetched_at, finds, "enriched")
    yield _Made("index", article.fetched_at, f"article {article.article_id}, as {article.canonical_url}", "stored")
    for version in facts.versions:
        what = f"version {version.version} of {len(facts.versions)}: {version.title or 'without a title'}"
        latest = version.version == len(facts.versions) and kept.withdrawn_at is None
        yield _Made("version", version.first_fetched_at, what, reasons.HERE.code if latest else "version")
    if kept.withdrawn_at is not None:
        yield _Made("version", kept.withdrawn_at, "withdrawn", reasons.GONE.code)
