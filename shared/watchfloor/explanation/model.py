"""The form of an explanation, the same from the command and over HTTP."""

from typing import Literal

from pydantic import Field

from watchfloor.events import HealthReason, Instant, Record, SourceState
from watchfloor.store.protocol import VersionSummary

StepName = Literal["address", "found", "robots", "fetch", "parse", "enrich", "index", "version"]
Outcome = Literal["here", "withdrawn", "missing", "under_way", "unknown"]
"""here: the store has its article; withdrawn: had it; missing: it is known, and there is none; under_way: not yet;
unknown: nothing ever named it."""


class Step(Record):
    """One step of the page's way."""

    name: StepName
    at: Instant | None = Field(description="when; null where the step has no time of its own")
    what: str = Field(description="for a person")
    code: str = Field(
        description="a reason of docs/consumers.md, or what the step is: asked, allowed, enriched, stored, version"
    )
    decisive: bool = Field(description="whether this step is the reason that is given; one of them is")


class SourceStanding(Record):
    """How the source of a page is."""

    source_id: str
    name: str
    state: SourceState
    since: Instant
    reasons: tuple[HealthReason, ...]


class Explanation(Record):
    """Why an article is here or not: the first reason, and the way of its page."""

    asked: str = Field(description="the address as it was asked for")
    url: str = Field(description="the same, canonicalised")
    page_id: str
    verdict: Outcome
    reason: str = Field(
        description="the code of the first reason why it is not here, or why it is late, doubled or wrong",
        examples=["robots", "excluded", "doubled", "here"],
    )
    sentence: str = Field(description="the same for a person")
    remedy: str | None = Field(description="what an operator can do about it; null where there is nothing")
    steps: tuple[Step, ...] = Field(description="in the order of time")
    article_id: str | None = Field(description="of the article that it leads to")
    versions: tuple[VersionSummary, ...] = Field(description="of that article, oldest first")
    also_at: tuple[str, ...] = Field(description="other addresses that lead to the same article")
    source: SourceStanding | None = Field(description="whose page it is; null where no source is responsible for it")
