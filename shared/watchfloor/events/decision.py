"""What was decided about a page, step by step: the trail that explains why an article is there or is not."""

from datetime import datetime
from typing import ClassVar, Literal

from pydantic import Field

from watchfloor.events.base import Event, Instant, Origin
from watchfloor.events.page import PAGE_ID

Decider = Literal["scraper", "parser", "enricher", "indexer"]
Verdict = Literal[
    "found",
    "requested",
    "held_back",
    "refused",
    "fetched",
    "unchanged",
    "failed",
    "gone",
    "parsed",
    "ended",
    "rejected",
]
"""What became of a page at one step.

- found: a feed, a sitemap, a section or another page lists it; requested: somebody asked for it
- held_back: it is known and not fetched, by a rule of ours (another domain, `include`, `exclude`, a paused source)
- refused: the site does not allow it (robots.txt, TDMRep)
- fetched: its bytes were handed on; unchanged: asked for again, and the same as before
- failed: it could not be fetched this time; gone: 404 or 410 twice
- parsed: an article was read out of it; ended: it holds none
- rejected: it went to the dead letters of the stage
"""


class PageDecided(Event):
    """One step of a page's way, and why it went so."""

    type_name: ClassVar[str] = "watchfloor.page.decided.v1"
    key_field: ClassVar[str] = "page_id"

    page_id: str = PAGE_ID
    url: str = Field(description="the address of the page, canonicalised")
    source_id: str | None
    origin: Origin
    by: Decider
    verdict: Verdict
    reason: str = Field(
        pattern=r"^[a-z0-9_]+$",
        description="a code that stays the same: `feed`, `robots`, `timeout`, `http_5xx`, `index`; docs/consumers.md lists them",
    )
    detail: str = Field(description="for a person: where it was found, what was answered, what is wrong with it")
    at: Instant
    article_id: str | None = Field(None, description="of the article that was read out of it")
    words: int | None = Field(None, ge=0, description="words in that article's text")

    @property
    def time(self) -> datetime:
        """When it was decided."""
        return self.at
