"""What a check of an outlet found: what its site allows, what it offers, what would be fetched and what not. Pure."""

from dataclasses import asdict, dataclass
from typing import Literal

ListKind = Literal["feed", "sitemap", "section"]
FoundBy = Literal["configuration", "link", "robots", "usual_path", "home"]
"""How a list was found: written in the file, linked from the home page as `rel=alternate`, named by robots.txt, at a
path where many sites have one, or the home page itself."""


@dataclass(frozen=True)
class HostRules:
    """What a host says about robots."""

    url: str
    """Of its robots.txt."""
    detail: str
    crawl_delay: float | None
    """Seconds, as robots.txt has it."""
    delay: float
    """Seconds that are left between two requests."""


@dataclass(frozen=True)
class Place:
    """Where a list is, or may be."""

    kind: ListKind
    url: str
    found_by: FoundBy


@dataclass(frozen=True)
class ListRead:
    """A list, and how the reading of it went."""

    place: Place
    used: bool
    """False where it was only found: the outlet is configured to read others."""
    code: str
    """`ok`, `empty`, `robots`, `not_a_feed`, or why it cannot be fetched (`http_4xx`, `timeout`); `unread` where unused."""
    detail: str
    entries: int
    fetched: int = 0
    """Of the entries that were judged, those that would be fetched."""

    @property
    def ok(self) -> bool:
        """Whether articles come from it."""
        return self.code == "ok"


@dataclass(frozen=True)
class EntryJudged:
    """What would become of an address that a list names."""

    url: str
    list_url: str
    fetched: bool
    code: str
    """`ok`, `off_domain`, `excluded`, `not_included`, `not_http`, `robots`, `tdm`."""
    why: str


@dataclass(frozen=True)
class Report:
    """All that a check of one outlet found."""

    id: str
    name: str
    home: str
    paused: bool
    hosts: tuple[HostRules, ...]
    lists: tuple[ListRead, ...]
    entries: tuple[EntryJudged, ...]

    @property
    def well(self) -> bool:
        """Whether it would work: all lists that are used can be read, and at least one entry would be fetched."""
        used = [found for found in self.lists if found.used]
        return self.paused or (
            bool(used) and all(map(_readable, used)) and any(entry.fetched for entry in self.entries)
        )

    def as_dict(self) -> dict[str, object]:
        """The fields, for JSON."""
        return {**asdict(self), "well": self.well}


def _readable(found: ListRead) -> bool:
    return found.code in ("ok", "empty")
