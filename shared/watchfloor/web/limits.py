"""What one request may cost, and why just so much."""

from dataclasses import dataclass

KIB = 1024
MIB = 1024 * KIB


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds of one request with its redirects. What exceeds one ends at once, with the code named here.

    The defaults, argued. *Bytes*: a news page is seldom over 5 MB; a sitemap may have 50 MB unpacked by its standard, but
    one of news holds 1,000 entries, which is under 1 MB. *Ratio*: HTML packs to a tenth, sitemaps to a fortieth; gzip can reach 1,032,
    brotli far more, and only to do harm. The first MiB is free, since a short page of one repeated row does none.
    *Headers*: servers themselves mostly stop at 8 to 32 KiB. *Rate*: below 1 KiB a second a page of 30 KiB, small for
    news, misses the total time anyhow; 10 s are long enough for a lost packet to be sent again several times.
    """

    redirects: int = 10
    """Redirects that are followed; one more: `redirects`."""
    total_seconds: float = 30.0
    """For all requests and bodies together, the waits of `may_follow` not counted: `timeout`."""
    answer_seconds: float = 15.0
    """From the start of each request, the name's resolution included, to the end of its headers: `timeout`."""
    wire_bytes: int = 15 * MIB
    """Of the body as transferred; already the declared length may not exceed it: `too_large`."""
    decoded_bytes: int = 20 * MIB
    """Of the body unpacked: `too_large`."""
    ratio: int = 100
    """Decoded to transferred bytes, beyond `ratio_free_bytes` decoded: `ratio`."""
    ratio_free_bytes: int = MIB
    header_bytes: int = 64 * KIB
    """Of all names and values together: `headers`."""
    header_count: int = 128
    """Header lines: `headers`."""
    rate_bytes: int = KIB
    """Bytes a second of the body, averaged over each `rate_seconds` from its beginning: `too_slow`."""
    rate_seconds: float = 10.0
    cut_at: int | None = None
    """Decoded bytes after which the body is cut and the transfer ended, without an error: the answer says that it is
    not complete. A declared length then refuses nothing."""


DEFAULT_LIMITS = Limits()
