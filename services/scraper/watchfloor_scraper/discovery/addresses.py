"""Addresses that pages name."""

import re

import ada_url

MAX_CHARACTERS = 2_000
"""Servers and browsers give up not far beyond it; what is longer is data, no address."""
NO_ADDRESS = re.compile(r"[\"<>]")
"""Signs of a template or script that was taken for an address."""
SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


def join(base: str, address: str) -> str | None:
    """The absolute address, without its fragment; None where it is empty, no http or https address, or too long.

    >>> join("https://news.example/world/", " a?x=1#top"), join("https://news.example/", "javascript:void(0)")
    ('https://news.example/world/a?x=1', None)
    """
    written = address.strip()
    if not written or written.startswith("#") or len(written) > MAX_CHARACTERS or NO_ADDRESS.search(written):
        return None
    scheme = SCHEME.match(written)
    if scheme and scheme[0].lower() not in ("http:", "https:"):
        return None
    try:
        parts = ada_url.URL(written, base)
    except ValueError:
        return None
    if parts.protocol not in ("http:", "https:") or not parts.hostname.strip("."):
        return None
    parts.hash = ""
    return parts.href if len(parts.href) <= MAX_CHARACTERS else None
