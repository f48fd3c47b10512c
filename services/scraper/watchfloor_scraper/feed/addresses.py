"""Addresses that entries name."""

import re
from urllib.parse import urljoin

import ada_url

ABSOLUTE = re.compile(r"https?://", re.IGNORECASE)
LINE_BREAKS = re.compile(r"[\t\r\n]+[ \t\r\n]*")
WRONG_SLASHES = re.compile(r"^(https?):(?!//[^/\\])[/\\]+", re.IGNORECASE)
WITHOUT_SCHEME = re.compile(r"www\.[^/?#\s]+\.[^/?#\s]+", re.IGNORECASE)
DOUBLE_ESCAPE = re.compile(r"&(?:amp|#0*38|#[xX]0*26);")


def resolve(address: str | None, base: str) -> str | None:
    """Make an address absolute; None where it is empty or no http or https address with a host.

    An absolute one stays as it is written, but for the white space around it, line breaks inside it and slashes that are
    too many, too few or the wrong way (as browsers do: WHATWG URL, "basic URL parser"), and ampersands that were escaped
    twice. What begins with `www.` names a host, though by the standard it would be a file.

    >>> resolve("/world/a?x=1&amp;y=2", "https://news.example/rss/feed.xml")
    'https://news.example/world/a?x=1&y=2'
    >>> resolve("javascript:alert(1)", "https://news.example/") is None
    True
    """
    written = DOUBLE_ESCAPE.sub("&", LINE_BREAKS.sub("", (address or "").strip()))
    if not written:
        return None
    written = WRONG_SLASHES.sub(r"\1://", written, count=1)
    if WITHOUT_SCHEME.match(written):
        written = "//" + written
    try:
        absolute = written if ABSOLUTE.match(written) else urljoin(base, written)
        parts = ada_url.URL(absolute)
    except ValueError:
        return None
    return absolute if parts.protocol in ("http:", "https:") and parts.hostname.strip(".") else None


def root_of(url: str) -> str:
    """The root of an address's host: scheme, host and port. Raises ValueError where it has none.

    >>> root_of("http://127.0.0.1:8471/a?b")
    'http://127.0.0.1:8471'
    """
    absolute = resolve("/", url)
    if absolute is None:
        raise ValueError(f"{url!r} is no http or https address")
    return absolute.rstrip("/")
