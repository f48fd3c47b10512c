"""Addresses that a reader may be sent to: those of articles are written by strangers."""

from urllib.parse import urlsplit


def outside(url: str | None) -> str | None:
    """The address, if it is one of the web; else None.

    >>> outside("https://tidewatch.example/a"), outside("javascript:alert(1)"), outside("//tidewatch.example")
    ('https://tidewatch.example/a', None, None)
    """
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None
