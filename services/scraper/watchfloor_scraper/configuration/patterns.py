"""Patterns of `include` and `exclude`. They mean what they would mean in robots.txt, since its reader reads them."""

import re
from collections.abc import Iterable

from watchfloor_scraper.configuration.faults import BadValue
from watchfloor_scraper.robots import Rule, read_robots

MAX_CHARACTERS = 1000
UNWRITTEN = re.compile(r"[\s\x00-\x1f\x7f#]")
"""What would end a pattern in robots.txt."""


def read_pattern(text: str) -> str:
    """A pattern on path and query, `*` for anything and `$` at the end for the end, as it is written.

    Raises BadValue.

    >>> read_pattern("/world/*.html$")
    '/world/*.html$'
    """
    pattern = text.strip()
    if pattern.lower().startswith(("http://", "https://")):
        raise BadValue(f"{text[:80]!r} is an address, not a pattern", "give its path, such as /world/*")
    if not pattern.startswith(("/", "*")):
        raise BadValue(f"{text[:80]!r} does not begin as a path does", "begin with / or *")
    if UNWRITTEN.search(pattern) or len(pattern) > MAX_CHARACTERS:
        raise BadValue(f"{text[:80]!r} is no pattern", "percent-encode blanks and #")
    return pattern


def rules(patterns: Iterable[str]) -> tuple[tuple[str, Rule], ...]:
    """Each pattern with the rule it stands for."""
    return tuple((pattern, _rule(pattern)) for pattern in patterns)


def _rule(pattern: str) -> Rule:
    return read_robots(f"User-agent: *\nDisallow: {pattern}".encode()).groups[0].rules[0]


def first_match(rules: Iterable[tuple[str, Rule]], address: str) -> str | None:
    """The first pattern that matches a normalised address; None where none does."""
    return next((pattern for pattern, rule in rules if rule.matches(address)), None)
