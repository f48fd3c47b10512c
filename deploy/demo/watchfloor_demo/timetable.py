"""The timetable: which version of which article is served at which second after the newsroom opened.

`newsroom/index.tsv` is the timetable. Its first three columns (file, URL, time) are those that `watchfloor ingest`
reads; then follow when the article says that it was published, the section pages that list it, and the seconds from
and until which this version is served. After `until` the article is withdrawn.
"""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from watchfloor_demo.outlets import Outlet

NEWSROOM = Path(__file__).parent / "newsroom"
HEADLINE = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)


@dataclass(frozen=True)
class Version:
    """A page of an article, and when it is served."""

    path: str
    content: str
    """The page, with the outlet's own home in its addresses."""
    published: datetime
    sections: frozenset[str]
    written: datetime
    """When it last changed, if it is served from the beginning."""
    since: timedelta
    until: timedelta | None
    """When the article is withdrawn; None: never."""

    @property
    def title(self) -> str:
        """Its headline, plain."""
        found = HEADLINE.search(self.content)
        return html.unescape(found[1]) if found else ""

    def changed(self, opened: datetime) -> datetime:
        """When this page came to be as it is."""
        return opened + self.since if self.since else self.written


@dataclass(frozen=True)
class Shown:
    """What an outlet has at one moment."""

    articles: tuple[Version, ...]
    """The latest version of each, the last published first."""
    withdrawn: frozenset[str]
    """The paths of what was an article."""
    changed: datetime
    """When any of this last changed."""
    opened: datetime
    """When the newsroom opened."""


def read_timetable(outlet: Outlet, folder: Path = NEWSROOM) -> tuple[Version, ...]:
    """The versions of an outlet's articles, those of one article in their order."""
    header, *lines = (folder / "index.tsv").read_text(encoding="utf-8").splitlines()
    rows = (dict(zip(header.split("\t"), line.split("\t"), strict=True)) for line in lines)
    return tuple(_version(row, outlet, folder) for row in rows if row["file"].startswith(outlet.id + "/"))


def _version(row: dict[str, str], outlet: Outlet, folder: Path) -> Version:
    return Version(
        path=row["url"].removeprefix(outlet.home),
        content=(folder / row["file"]).read_text(encoding="utf-8"),
        published=datetime.fromisoformat(row["published"]),
        sections=frozenset(row["sections"].split()),
        written=datetime.fromisoformat(row["time"]).astimezone(UTC),
        since=timedelta(seconds=float(row["from"])),
        until=timedelta(seconds=float(row["until"])) if row["until"] else None,
    )


def shown(versions: Iterable[Version], opened: datetime, now: datetime) -> Shown:
    """What is served at the moment `now` by a newsroom that opened at `opened`."""
    open_for = max(now - opened, timedelta())
    latest: dict[str, Version] = {}
    changes: list[datetime] = []
    for version in versions:
        if version.since <= open_for:
            latest[version.path] = version
            changes.append(version.changed(opened))
    gone = {path: version.until for path, version in latest.items() if version.until and version.until <= open_for}
    changes.extend(opened + until for until in gone.values())
    articles = [version for path, version in latest.items() if path not in gone]
    articles.sort(key=lambda version: version.published, reverse=True)
    return Shown(tuple(articles), frozenset(gone), max(changes), opened)
