"""A page that a list names: what of it was known before, and what the list tells of it now."""

from dataclasses import dataclass
from datetime import datetime

from watchfloor.events import Origin
from watchfloor_scraper.discovery.listings import Found
from watchfloor_scraper.frontier import Finding, Target
from watchfloor_scraper.frontier.finding import due_again
from watchfloor_scraper.health.facts import DAY

NEVER = 10 * 365 * DAY
"""How far away what is held back is due: it is known, and comes at once where a later configuration covers it."""
OLD = 14 * DAY
"""What a sitemap lists as older than this did not just appear: it comes in as a backfill."""


@dataclass(frozen=True)
class Named:
    """A page that a list names, with what was known of it; None where nothing was."""

    found: Found
    known: Target | None

    def comes_in(self, now: float) -> bool:
        """Whether it is new, or was held back until now."""
        return self.known is None or is_held_back(self.known, now)


def is_held_back(known: Target, now: float) -> bool:
    """Whether a page is known and not to be fetched."""
    return known.settled_at is None and known.due_at is not None and known.due_at - now > NEVER / 2


def tells_more(found: Found, known: Target, target: Target, now: float) -> bool:
    """Whether a list tells something of a known page: that it changed, is still there, or may be fetched after all."""
    finding = finding_of(found, target, now, now)
    return _says_it_changed(finding, known) or due_again(known, finding, now) != known.due_at


def _says_it_changed(finding: Finding, known: Target) -> bool:
    """Whether the list says so for the first time, of a page that was fetched before that."""
    if finding.lastmod is None or known.last_fetched_at is None:
        return False
    return finding.lastmod > max(known.lastmod or 0.0, known.last_fetched_at)


def finding_of(found: Found, target: Target, due_at: float, now: float) -> Finding:
    """The page as the list `target` names it, to be fetched at a time."""
    return Finding(
        found.url,
        "page",
        target.source_id,
        target.url,
        due_at,
        origin_of(found, target, now),
        title=found.title,
        published_at=found.published_at,
        lastmod=seconds_of(found.updated_at),
    )


def origin_of(found: Found, target: Target, now: float) -> Origin:
    """How the page comes in."""
    when = seconds_of(found.published_at or found.updated_at)
    old = target.kind == "sitemap" and when is not None and now - when > OLD
    return "backfill" if old else target.origin


def seconds_of(printed: str | None) -> float | None:
    """Seconds since the epoch; a bare date counts as its beginning in UTC."""
    if printed is None:
        return None
    text = printed if "T" in printed else f"{printed}T00:00:00+00:00"
    return datetime.fromisoformat(text).timestamp()
