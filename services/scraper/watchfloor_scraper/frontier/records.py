"""What goes into the frontier and what comes out. Times are seconds since 1970 in UTC, as everywhere in this room."""

from dataclasses import dataclass
from typing import Literal, get_args

from watchfloor.events.base import Origin

Kind = Literal["page", "feed", "sitemap", "section", "home"]
"""All but pages are lists: they are read for the addresses in them."""
KINDS: tuple[Kind, ...] = get_args(Kind)
CONFIGURED = "sources.yaml"
"""`found_in` of the lists that the operator names."""


@dataclass(frozen=True)
class Finding:
    """An address that should be known."""

    url: str
    """As it is to be fetched; canonical where it is a page's."""
    kind: Kind
    source_id: str | None
    found_in: str
    """Address of the list or page that names it, `CONFIGURED`, or `request`."""
    due_at: float
    """When it shall be fetched; what is past counts as now."""
    origin: Origin
    title: str | None = None
    published_at: str | None = None
    """As the list prints it: ISO 8601."""
    lastmod: float | None = None
    """When its list says that it last changed."""


@dataclass(frozen=True)
class Target:
    """What is known of an address; `Frontier.take` gives those that are to be fetched now."""

    url: str
    page_id: str
    host: str
    """host:port, lower case; see `host_key`."""
    kind: Kind
    source_id: str | None
    origin: Origin
    found_in: str
    found_at: float
    title: str | None
    published_at: str | None
    lastmod: float | None
    visit: int
    """Number of the visit that is under way, else of the next one: 1 and more, the same after a kill or a release."""
    repeated: bool
    """Whether an earlier process was killed during this very visit, and may have sent what came of it."""
    under_way: bool
    due_at: float | None
    """When it is or was due; None where it is not planned, or is under way."""
    etag: str | None
    last_modified: str | None
    body_hash: str | None
    """sha256 in hexadecimal digits of the last body."""
    misses: int
    """Consecutive answers of 404 or 410."""
    failures: int
    """Consecutive failures."""
    gone: bool
    first_fetched_at: float | None
    last_fetched_at: float | None
    last_changed_at: float | None
    interval: float | None
    """Of a list: seconds between two readings, as last reckoned."""
    unchanged: int
    """Consecutive visits that brought nothing new."""
    last_new_at: float | None
    """Of a list: when it last named something that was not known."""
    settled_at: float | None
    """When the last visit ended, however it did; None where there was none."""


@dataclass(frozen=True)
class Outcome:
    """What is kept of a visit, once the broker has acknowledged what came of it."""

    url: str
    due_at: float | None
    """When to come again; None: never of our own accord (see `frontier.finding.due_again`)."""
    fetched_at: float | None = None
    """When it answered with what was asked for (200 or 304); None where it did not."""
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    changed: bool = False
    misses: int = 0
    failures: int = 0
    interval: float | None = None
    unchanged: int = 0
    new: int = 0
    """Of a list: how many of its entries were not known."""
    gone: bool = False
    asked: bool = True
    """Whether the host was asked for it; where not, it may be asked for something else at once."""


@dataclass(frozen=True)
class HostState:
    """How often a host may be asked, and when next."""

    name: str
    delay: float
    """Seconds between two requests."""
    asked_at: float
    """When something of it was last given out; 0 where nothing was."""
    next_at: float
    """Before this nothing of it is given out."""
    blocked_until: float
    """Nor before this, because it said so; 0 where it never did."""
    blocked_for: str | None
    """Why it was last blocked."""
    blocks: int
    """Times that it was blocked since it last answered."""


@dataclass(frozen=True)
class Tallies:
    """What an operator wants to know of an outlet."""

    known_pages: int
    lists: int
    new_pages: tuple[int, ...]
    """Pages found live, not in a backfill, in each 6 hours of the last 7 days: 28 numbers, oldest first, cut at
    midnight and at 6, 12 and 18 o'clock UTC; the last number is that of the 6 hours under way."""
    last_fetched_at: float | None
    """The last answer of any of its pages or lists."""
    last_new_at: float | None
    """When it last had a new page, found live."""
    next_at: float | None
    """When it is asked next, as far as is known; None where nothing is planned."""
    lists_due_at: float | None
    """When the first of its lists is due: where that is long ago, its lists are read late."""
