"""Which of the lists that a check found are written into the file for a new outlet. Pure."""

from watchfloor.errors import Rejected
from watchfloor_scraper.checking.report import ListRead, Report
from watchfloor_scraper.configuration import Outlet

KEYS = {"feed": "feeds", "sitemap": "sitemaps", "section": "sections"}


def with_lists(outlet: Outlet, report: Report) -> Outlet:
    """The outlet with the lists that can be read and name something that would be fetched.

    Feeds before all; sitemaps beside them only where they are of news, since others list what is years old. Where there
    is neither, all that there is. Raises Rejected where there is nothing.
    """
    good = [found for found in report.lists if found.used and found.fetched]
    feeds = [found for found in good if found.place.kind == "feed"]
    news = [found for found in good if found.place.kind == "sitemap" and "news" in found.place.url.lower()]
    chosen = [*feeds, *news] or good
    if not chosen:
        raise Rejected(_why(report), subject=outlet.home, remedy="give --feed, --sitemap or --section")
    lists = {key: tuple(_urls(chosen, kind)) for kind, key in KEYS.items()}
    return Outlet.model_validate({**outlet.as_written(), **lists})


def _urls(chosen: list[ListRead], kind: str) -> list[str]:
    return [found.place.url for found in chosen if found.place.kind == kind]


def _why(report: Report) -> str:
    """The first thing that stands in the way."""
    refused = next((entry for entry in report.entries if not entry.fetched), None)
    unread = next((found for found in report.lists if not found.ok), None)
    if refused is not None:
        return f"offers nothing that may be fetched; {refused.url}: {refused.why}"
    return f"offers nothing to be read{f'; {unread.place.url}: {unread.detail}' if unread else ''}"
