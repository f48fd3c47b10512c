"""What the answer to a request for robots.txt means for the pages of its host, by RFC 9309. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import ada_url

from watchfloor_scraper.robots import LINE_END, MAX_BYTES, Robots, normalise_address, read_robots

HOUR, DAY = 3600.0, 86_400.0
LONGEST_FRESH = DAY
"""Section 2.4: a copy is not used for more than 24 hours."""
SHORTEST_FRESH = HOUR
"""A max-age below this is not honoured: robots.txt would be asked as often as pages are."""
FIRST_RETRY, LONGEST_RETRY = 60.0, HOUR
GIVEN_UP_AFTER = 30 * DAY
"""Section 2.3.1.4: what is unreachable for so long counts as unavailable."""
REDIRECTED_TOO_OFTEN = frozenset({"redirects", "too_many_redirects", "redirect_loop"})
MAX_SITEMAPS = 1000
SITEMAP = re.compile(r"\s*sitemap\s*:\s*(\S+)", re.IGNORECASE)
MAX_AGE = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?(\d{1,9})\"?(?:$|[\s,;])", re.IGNORECASE | re.ASCII)
NO_STORE = re.compile(r"(?:^|[\s,])no-(?:store|cache)(?:$|[\s,;=])", re.IGNORECASE)
SMALL_BYTES = 64 * 1024

RobotsState = Literal["rules", "allow_all", "disallow_all"]


@dataclass(frozen=True)
class RobotsRecord:
    """The robots.txt of a host, as it stands. Times in seconds since 1970."""

    state: RobotsState
    content: bytes
    """The file as it was last read, at most a byte more than `MAX_BYTES`; kept while it cannot be reached."""
    detail: str
    """For a person: what was answered, and what follows from it."""
    fetched_at: float
    """When it was last asked for."""
    expires_at: float
    """When it is to be asked for again."""
    read_at: float | None = None
    """When `content` was read; None where it never was."""
    failing_since: float | None = None
    """Since when it cannot be reached; None where it can."""
    trouble: str | None = None
    """The word for why there is no answer (`dns`, `timeout`); None where there is one, be it a 5xx."""


@dataclass(frozen=True)
class RobotsVerdict:
    """Whether an address may be fetched."""

    allowed: bool
    why: str
    """For a person: the rule that decides, or the state of the file."""
    crawl_delay: float | None
    """Seconds between two requests that the file asks of this agent; None where it asks for none."""


def robots_record(
    answer: int | str, body: bytes, now: float, previous: RobotsRecord | None, *, cache_control: str | None = None
) -> RobotsRecord:
    r"""What follows from an answer to the request for robots.txt (RFC 9309, 2.3.1).

    `answer` is the HTTP status after redirects were followed, five at least, else a word for why there is none (`dns`,
    `timeout`). 2xx: its rules. 304: those of before. 3xx, or a word of `REDIRECTED_TOO_OFTEN`, and 4xx: there is none,
    all is allowed. 429, 5xx and no answer: nothing is allowed, but a copy less than 24 hours old holds as long; after
    30 days the last copy holds again, or all is allowed.

    >>> robots_record(200, b"User-agent: *\nDisallow: /drafts/", 0.0, None).state
    'rules'
    >>> robots_record("timeout", b"", 0.0, None).detail
    'robots.txt cannot be reached (timeout): nothing may be fetched'
    """
    fresh_until = now + _fresh_seconds(cache_control)
    if answer == 304 and previous is not None and previous.read_at is not None:
        return _rules(previous.content, "robots.txt has not changed", now, fresh_until)
    if isinstance(answer, int) and 200 <= answer < 300:
        return _rules(body[: MAX_BYTES + 1], f"robots.txt was read ({answer})", now, fresh_until)
    if answer in REDIRECTED_TOO_OFTEN or (isinstance(answer, int) and 300 <= answer < 500 and answer not in (304, 429)):
        detail = f"there is no robots.txt ({answer}): all may be fetched"
        return RobotsRecord("allow_all", b"", detail, now, fresh_until)
    return _unreachable(answer, now, previous)


def _rules(content: bytes, detail: str, now: float, expires_at: float) -> RobotsRecord:
    return RobotsRecord("rules", content, detail, now, expires_at, read_at=now)


def _unreachable(answer: int | str, now: float, previous: RobotsRecord | None) -> RobotsRecord:
    content, read_at = (previous.content, previous.read_at) if previous else (b"", None)
    since = previous.failing_since if previous and previous.failing_since is not None else now
    given_up = now - since >= GIVEN_UP_AFTER
    state: RobotsState
    if read_at is not None and (given_up or now - read_at <= LONGEST_FRESH):
        state, follows = "rules", "the copy of before holds"
    elif given_up:
        state, follows = "allow_all", "it counts as absent after 30 days, all may be fetched"
    else:
        state, follows = "disallow_all", "nothing may be fetched"
    detail = f"robots.txt cannot be reached ({answer}): {follows}"
    again = now + min(max((now - since) / 2, FIRST_RETRY), LONGEST_RETRY)
    if state == "rules" and read_at is not None and not given_up:
        again = min(again, max(read_at + LONGEST_FRESH, now + FIRST_RETRY))
    return RobotsRecord(state, content, detail, now, again, read_at, since, answer if isinstance(answer, str) else None)


def _fresh_seconds(cache_control: str | None) -> float:
    """How long an answer holds: its max-age (RFC 9111, 5.2.2.1) between an hour and a day; a day where it has none."""
    said = cache_control or ""
    found = MAX_AGE.search(said)
    if NO_STORE.search(said):
        return SHORTEST_FRESH
    return min(max(float(found[1]), SHORTEST_FRESH), LONGEST_FRESH) if found else LONGEST_FRESH


def verdict(record: RobotsRecord, url: str, agent: str) -> RobotsVerdict:
    r"""Whether `agent` may fetch an address, and why.

    >>> record = robots_record(200, b"User-agent: *\nDisallow: /drafts/\nCrawl-delay: 4", 0.0, None)
    >>> verdict(record, "https://news.example/drafts/a", "WatchfloorBot")
    RobotsVerdict(allowed=False, why='robots.txt has `Disallow: /drafts/`', crawl_delay=4.0)
    """
    if record.state != "rules":
        itself = normalise_address(url).partition("?")[0] == "/robots.txt"
        return RobotsVerdict(record.state == "allow_all" or itself, record.detail, None)
    robots = _read(record.content)
    rule = robots.deciding(url, agent)
    named = f"robots.txt has `{'Allow' if rule.allow else 'Disallow'}: {rule.pattern}`" if rule else None
    return RobotsVerdict(robots.allows(url, agent), named or "robots.txt has no rule for it", robots.crawl_delay(agent))


def _read(content: bytes) -> Robots:
    """Rules that were read lately are kept; of long files, which take megabytes, only two."""
    return _read_small(content) if len(content) <= SMALL_BYTES else _read_large(content)


_read_small = lru_cache(maxsize=64)(read_robots)
_read_large = lru_cache(maxsize=2)(read_robots)


def read_sitemaps(content: bytes, url: str) -> tuple[str, ...]:
    r"""The sitemaps that a robots.txt at `url` names, in its order, absolute; at most 1,000.

    The line belongs to no group (sitemaps.org, "Specifying the Sitemap location in your robots.txt file").

    >>> read_sitemaps(b"User-agent: a\nSitemap: /news.xml # fresh\nDisallow: /", "https://news.example/robots.txt")
    ('https://news.example/news.xml',)
    """
    found: dict[str, None] = {}
    for address in _sitemaps(content, url):
        found.setdefault(address)
        if len(found) == MAX_SITEMAPS:
            break
    return tuple(found)


def _sitemaps(content: bytes, url: str) -> Iterator[str]:
    text = content[:MAX_BYTES].removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")
    for line in LINE_END.split(text):
        found = SITEMAP.match(line.partition("#")[0])
        address = _resolve(found[1], url) if found else None
        if address:
            yield address


def _resolve(address: str, base: str) -> str | None:
    try:
        parts = ada_url.URL(address, base)
    except ValueError:
        return None
    return parts.href if parts.protocol in ("http:", "https:") and parts.hostname.strip(".") else None
