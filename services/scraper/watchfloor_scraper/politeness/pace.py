"""How fast a host may be asked. Pure; seconds everywhere."""

DEFAULT_DELAY = 2.0
"""Between two requests to a host, where nobody says otherwise."""
LONGEST_CRAWL_DELAY = 3600.0
"""What a `Crawl-delay` may ask at most. A longer one would keep a host's lists from being read every day, and is as a
rule a mistake of units; a site that wants no visits at all has `Disallow`."""
FIRST_BLOCK, LONGEST_BLOCK = 60.0, 6 * 3600.0
BUSY = frozenset({429, 503})
"""Statuses by which a host asks for rest (RFC 6585, 4; RFC 9110, 15.6.4)."""


def host_delay(outlet_delay: float | None, crawl_delay: float | None) -> float:
    """Seconds between two requests to a host: what the operator sets, else 2; never less than its robots.txt asks.

    >>> host_delay(None, None), host_delay(0.5, None), host_delay(0.5, 10.0), host_delay(5.0, 1e9)
    (2.0, 0.5, 10.0, 3600.0)
    """
    own = DEFAULT_DELAY if outlet_delay is None else outlet_delay
    return max(own, min(crawl_delay or 0.0, LONGEST_CRAWL_DELAY))


def rest_seconds(status: int, retry_after: float | None, blocks: int) -> float | None:
    """How long a host is to be left alone after this answer; None where it does not ask for rest.

    `retry_after` is what its header says (see `read_retry_after`), `blocks` how often it asked for rest since it last
    answered. Without a header: a minute, doubling each time up to 6 hours.

    >>> rest_seconds(429, 30.0, 0), rest_seconds(503, None, 3), rest_seconds(429, None, 50), rest_seconds(500, None, 0)
    (30.0, 480.0, 21600.0, None)
    """
    if status not in BUSY:
        return None
    grown: float = min(FIRST_BLOCK * 2.0 ** min(blocks, 16), LONGEST_BLOCK)
    return grown if retry_after is None else max(retry_after, 1.0)
