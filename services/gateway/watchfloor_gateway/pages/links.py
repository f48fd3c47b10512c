"""Addresses that a reader may be sent to: those of articles are written by strangers."""

import re
from urllib.parse import urlsplit

UNCLEAN = re.compile(r"[\x00-\x20\\]")
"""What browsers and parsers read each in its own way."""


def outside(url: str | None) -> str | None:
    """The address, if it is one of the web; else None.

    >>> outside("https://tidewatch.example/a"), outside("javascript:alert(1)"), outside("//tidewatch.example")
    ('https://tidewatch.example/a', None, None)
    """
    if url is None or UNCLEAN.search(url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None
