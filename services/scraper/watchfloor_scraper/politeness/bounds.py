"""What an answer may cost, where it is not a page: each made of the limits that hold for pages. Pure."""

from dataclasses import replace

from watchfloor.web.limits import MIB, Limits
from watchfloor_scraper.politeness import tdmrep
from watchfloor_scraper.robots import MAX_BYTES


def of_robots(limits: Limits) -> Limits:
    """For a robots.txt: what is longer is cut, not refused (RFC 9309, 2.5)."""
    return replace(limits, cut_at=MAX_BYTES + 1)


def of_tdmrep(limits: Limits) -> Limits:
    """For a tdmrep.json."""
    return replace(limits, decoded_bytes=tdmrep.MAX_BYTES)


def of_list(limits: Limits) -> Limits:
    """For a list: a sitemap may have 50 MB unpacked (sitemaps.org), and its lines differ by little: it packs well."""
    return replace(limits, decoded_bytes=50 * MIB, ratio=200)
