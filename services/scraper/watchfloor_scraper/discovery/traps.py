"""Addresses without end: calendars, filters, paths that bite their tail.

For pages that are followed because a page links to them: sections and their next pages. An article that a feed or
sitemap names needs no such doubt.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

import ada_url

MAX_CHARACTERS = 1_000
MAX_SEGMENTS = 20
MAX_PARAMETERS = 8
MAX_REPEATS = 3
"""Times that one segment may stand in a path; `/a/b/a/b/a/b` is a relative link gone wrong."""
MAX_DATES = 12
"""Pages of one pattern whose addresses tell only a date: a year of months."""
MAX_VARIANTS = 50
"""Pages of one pattern whose addresses differ only in parameters that name no article."""
NAMES_AN_ARTICLE = re.compile(r"(?:[a-z]*_?id|p|story|article|news|nid|aid|sid)", re.IGNORECASE)
DATE_PARAMETER = re.compile(
    r"date|day|month|year|week|tag|monat|jahr|cal(?:endar)?|mes|dia|ano|tribe-bar-date|from|to", re.IGNORECASE
)


@lru_cache(maxsize=2048)
def pattern_of(url: str) -> str:
    """What an address has in common with its likes: numbers are `#`, of parameters only the names remain, in order.

    >>> pattern_of("https://news.example/calendar/2031/01/?view=month&day=3")
    'news.example/calendar/#/#/?day&view'
    """
    parts = ada_url.URL(url)
    path = "/".join(
        "#" if any(map(str.isdigit, part)) and not _is_slug(part) else part for part in parts.pathname.split("/")
    )
    names = sorted({part.partition("=")[0].lower() for part in parts.search[1:].split("&") if part})
    return parts.hostname + path + ("?" + "&".join(names) if names else "")


def is_trap(url: str, seen_patterns: Mapping[str, int]) -> bool:
    """Whether an address is likely one of endlessly many; `seen_patterns` counts what was followed, by `pattern_of`.

    >>> is_trap("https://news.example/calendar/2031/01/", {"news.example/calendar/#/#/": 12})
    True
    >>> is_trap("https://news.example/world/?page=2", {"news.example/world/?page": 1})
    False
    """
    parts = ada_url.URL(url)
    segments = [part for part in parts.pathname.split("/") if part]
    parameters = [part.partition("=")[0] for part in parts.search[1:].split("&") if part]
    if len(url) > MAX_CHARACTERS or len(segments) > MAX_SEGMENTS or len(parameters) > MAX_PARAMETERS:
        return True
    if any(segments.count(part) > MAX_REPEATS for part in segments):
        return True
    seen = seen_patterns.get(pattern_of(url), 0)
    if any(DATE_PARAMETER.fullmatch(name) for name in parameters) or _ends_in_dates(segments):
        return seen >= MAX_DATES
    names_article = any(NAMES_AN_ARTICLE.fullmatch(name) for name in parameters)
    return bool(parameters) and seen >= MAX_VARIANTS and not names_article


def _ends_in_dates(segments: list[str]) -> bool:
    """Whether a path ends in a year, a year and a month, or a day, with nothing after it."""
    tail = "/".join(segments[-3:])
    return bool(re.search(r"(?:^|/)(?:19|20|21)\d{2}(?:[/-]\d{1,2}){0,2}$|(?:^|/)(?:19|20|21)\d{6}$", tail))


def _is_slug(segment: str) -> bool:
    return sum(1 for word in re.split(r"[-_.]", segment) if word.isalpha()) >= 3
