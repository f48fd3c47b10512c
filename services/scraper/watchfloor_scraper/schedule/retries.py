"""When to come again after a failure."""

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC
from email.utils import parsedate_to_datetime

DAY, HOUR, MINUTE = 86_400.0, 3600.0, 60.0
JITTER = 0.2
"""A wait is longer or shorter by up to this share, so that what failed together does not come again together."""
LONGEST_RETRY_AFTER = DAY
DELAY_SECONDS = re.compile(r"\d+", re.ASCII)


@dataclass(frozen=True)
class Backoff:
    """Growing waits, in seconds."""

    first: float
    growth: float
    longest: float
    attempts: int
    """Failures in a row after which a page is given up; a list never is."""


BACKOFFS = {
    "timeout": Backoff(5 * MINUTE, 2, 12 * HOUR, 8),
    "connect": Backoff(5 * MINUTE, 2, 12 * HOUR, 8),
    "http_5xx": Backoff(5 * MINUTE, 2, 12 * HOUR, 8),
    "http_429": Backoff(10 * MINUTE, 2, 12 * HOUR, 10),
    "dns": Backoff(15 * MINUTE, 3, DAY, 6),
    "tls": Backoff(HOUR, 3, DAY, 5),
    "http_4xx": Backoff(6 * HOUR, 2, 2 * DAY, 3),
    "robots": Backoff(DAY, 1, DAY, 30),
    "tdm": Backoff(DAY, 1, DAY, 30),
    "guard": Backoff(DAY, 2, 7 * DAY, 3),
}
"""By what went wrong (the codes of SourceHealth). What passes by itself in minutes is tried soon; a name that does not
resolve and a certificate need somebody's hand; a 403 is an answer, and robots.txt is asked anew once a day anyway."""
OTHER = Backoff(30 * MINUTE, 2, DAY, 6)


def next_retry(
    cause: str, failures: int, url: str, now: float, *, retry_after: float | None = None, is_list: bool = False
) -> float | None:
    """When an address is due again after `failures` in a row, this one counted; None: it is given up.

    Never before `retry_after` seconds. The same address and number give the same time.

    >>> waits = [next_retry("timeout", n, "https://news.example/a", 0.0) for n in (1, 2, 3)]
    >>> 240 <= waits[0] <= 360 and 480 <= waits[1] <= 720 and 960 <= waits[2] <= 1440
    True
    """
    backoff = BACKOFFS.get(cause, OTHER)
    if failures >= backoff.attempts and not is_list:
        return None
    wait = min(backoff.first * backoff.growth ** min(max(failures, 1) - 1, 32), backoff.longest)
    return now + max(wait * _jitter(url, failures), retry_after or 0.0)


def _jitter(url: str, failures: int) -> float:
    """From 0.8 to 1.2, by address and number."""
    drawn = int.from_bytes(hashlib.sha256(f"{failures} {url}".encode()).digest()[:4], "big") / 2**32
    return 1 - JITTER + 2 * JITTER * drawn


def read_retry_after(header: str | None, now: float) -> float | None:
    """Seconds to wait by a Retry-After header (RFC 9110, 10.2.3), at most a day; None where it says nothing readable.

    >>> read_retry_after("120", 0.0), read_retry_after("99999999999999999999", 0.0), read_retry_after("soon", 0.0)
    (120.0, 86400.0, None)
    >>> read_retry_after("Thu, 01 Jan 1970 00:05:00 GMT", 60.0), read_retry_after("Thu, 01 Jan 1970 00:00:00 GMT", 60.0)
    (240.0, 0.0)
    """
    written = (header or "").strip()
    if DELAY_SECONDS.fullmatch(written):
        return LONGEST_RETRY_AFTER if len(written) > 9 else min(float(written), LONGEST_RETRY_AFTER)
    try:
        date = parsedate_to_datetime(written[:100])
        moment = date.replace(tzinfo=date.tzinfo or UTC).timestamp()
    except (ValueError, OverflowError, TypeError, IndexError):
        return None
    return min(max(moment - now, 0.0), LONGEST_RETRY_AFTER)
