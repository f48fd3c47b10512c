"""Addresses that a reader may be sent to: searches of ours, and those of articles, which are written by strangers."""

import re
from functools import lru_cache
from urllib.parse import urlencode, urlsplit

from watchfloor.query import FieldName, quoted

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


@lru_cache(maxsize=20_000)
def search_for(field: FieldName, value: str) -> str | None:
    """The search for a value; None where the query language cannot say it.

    >>> search_for("person", "Ilinca Văduva"), search_for("person", "…")
    ('/search?q=person%3A%22Ilinca+V%C4%83duva%22', None)
    """
    query = quoted(field, value)
    return f"/search?{urlencode({'q': query})}" if query else None
