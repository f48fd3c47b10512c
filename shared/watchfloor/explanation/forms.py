"""Other forms of an address that often lead to the same page: what people paste is seldom what a feed lists."""

import re
from collections.abc import Iterator

import ada_url

from watchfloor.errors import InvalidAddress
from watchfloor.identity import canonical_url

SUBDOMAINS = ("", "www.", "m.")
SAYS_WHICH_FORM = re.compile(r"^(?:www|m|mobile|touch|amp)\.(?=[^.]+\.)")
AMP_PATH = re.compile(r"/amp(?:\.html?|/)?$|\.amp$|^/amp(?=/)")
AMP_QUERY = re.compile(r"^\?(?:amp(?:=(?:1|true))?|output_?type=amp)$", re.IGNORECASE)


def forms(url: str) -> tuple[str, ...]:
    """Other forms of an address: scheme, `www.` and `m.`, a trailing slash, AMP. The nearest come first.

    >>> forms("https://news.example/a")[:3]
    ('https://news.example/a/', 'https://www.news.example/a', 'https://www.news.example/a/')
    >>> "https://www.news.example/a" in forms("http://m.news.example/a/amp/")
    True
    """
    parts = ada_url.URL(url)
    bare = SAYS_WHICH_FORM.sub("", parts.host)
    other = "http:" if parts.protocol == "https:" else "https:"
    made = (
        f"{protocol}//{subdomain}{bare}{path.rstrip('/')}{slash}{query}"
        for path, query in _paths(parts.pathname, parts.search)
        for protocol in (parts.protocol, other)
        for subdomain in SUBDOMAINS
        for slash in ("", "/")
    )
    return tuple(dict.fromkeys(form for form in map(canonical_or_none, made) if form and form != url))


def _paths(path: str, query: str) -> Iterator[tuple[str, str]]:
    """Path and query as they are, and without what asks for the AMP form."""
    yield path, query
    plain = AMP_PATH.sub("", path) or "/", AMP_QUERY.sub("", query)
    if plain != (path, query):
        yield plain


def canonical_or_none(address: str) -> str | None:
    """The canonical form of an address; None where no page can have it.

    >>> canonical_or_none("HTTP://News.Example/a"), canonical_or_none("mailto:desk@news.example")
    ('http://news.example/a', None)
    """
    try:
        return canonical_url(address)
    except InvalidAddress:
        return None
