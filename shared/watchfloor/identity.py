"""Who is who: canonical addresses, and the ids that hang on them. What is decided here is final: ids do not change.

The address is read by the WHATWG URL standard (ada-url), then made one by RFC 3986, section 6.2: case,
percent-encoding, default port, dot segments. What a server may use to tell pages apart stays: scheme, `www.`,
trailing slash, the order and the form of the query. What never tells two articles apart goes: fragment, credentials,
parameters that count visits.
"""

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Protocol

import ada_url
from publicsuffixlist import PublicSuffixList

from watchfloor.errors import InvalidAddress
from watchfloor.tracking_parameters import counts_visits

UNRESERVED = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
BARE_IN_PATH = frozenset(UNRESERVED + b"!'()*[]|")
BARE_IN_QUERY = BARE_IN_PATH | frozenset(b"`{}^\\")
"""What needs no percent-encoding: RFC 3986, section 6.2.2.2, and what browsers leave bare and servers take as both."""
PERCENT = re.compile(r"%([0-9A-Fa-f]{2})")
STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
ESCAPED_TWICE = re.compile(r"&(?:amp;)+")
"""No parameter begins with `amp;`: the address was taken out of HTML that was escaped once too often."""
SESSION_IN_PATH = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/;]*", re.IGNORECASE)
VARIANT = re.compile(r"^(?:amp|amp\.html?|print|full|all|single|page|index\.\w+|\d{1,2})$", re.IGNORECASE)
SECTION_FOLDERS = frozenset(
    {"category", "categories", "tag", "tags", "topic", "topics", "section", "sections", "author"}
)
REMEMBERED = 4096
"""Addresses whose canonical form is kept: each is asked for many times within seconds, on its way through a list."""
REMEDY = "give an absolute address such as https://news.example/path"


@lru_cache(maxsize=REMEMBERED)
def canonical_url(address: str) -> str:
    """Write an address in the one form that stands for its page, without looking at the page. Idempotent.

    Raises InvalidAddress where it is no http or https address with a host.

    >>> canonical_url("HTTP://News.Example:80/a/../caf%c3%a9?utm_source=rss&id=7#top")
    'http://news.example/caf%C3%A9?id=7'
    >>> canonical_url("https://news.example/desk/view.php?20611")
    'https://news.example/desk/view.php?20611'
    """
    parts = _read(address)
    site = f"{parts.protocol}//{parts.hostname.removesuffix('.')}{':' + parts.port if parts.port else ''}"
    path = _without_session(site, _settle_percent(parts.pathname, BARE_IN_PATH))
    query = _settle_percent(ESCAPED_TWICE.sub("&", parts.search[1:]), BARE_IN_QUERY)
    kept = "&".join(part for part in query.split("&") if part and not counts_visits(part))
    fragment = parts.hash if parts.hash.startswith("#!") and len(parts.hash) > 2 else ""
    return f"{site}{path}{'?' + kept if kept else ''}{fragment}"


def _without_session(site: str, path: str) -> str:
    """The path without the number of a session; `..;sid=1` is two dots then, which are resolved."""
    bare = SESSION_IN_PATH.sub("", path)
    return path if bare == path else str(ada_url.URL(site + bare).pathname)


def _read(address: str) -> ada_url.URL:
    try:
        parts = ada_url.URL(address.strip())
    except ValueError as error:
        raise InvalidAddress("is not an address", subject=repr(address), remedy=REMEDY) from error
    if parts.protocol not in ("http:", "https:") or not all(parts.hostname.removesuffix(".").split(".")):
        raise InvalidAddress("is not an http or https address", subject=repr(address), remedy=REMEDY)
    return parts


def _settle_percent(text: str, bare: frozenset[int]) -> str:
    """Decode what needs no encoding, upper-case the rest; a `%` that begins no octet stands for itself, so for `%25`."""

    def settle(found: re.Match[str]) -> str:
        byte = int(found[1], 16)
        return chr(byte) if byte in bare else found[0].upper()

    return PERCENT.sub(settle, STRAY_PERCENT.sub("%25", text))


@lru_cache(maxsize=1)
def _public_suffixes() -> PublicSuffixList:
    return PublicSuffixList()


def host_of(url: str) -> str:
    """The host of an address, lower case, IDNA-encoded, without port."""
    return _read(url).hostname.removesuffix(".")


@lru_cache(maxsize=REMEMBERED)
def registrable_domain(url: str) -> str:
    """The domain that somebody registered, by the Public Suffix List; the host itself where there is none (an IP).

    >>> registrable_domain("https://www.bbc.co.uk/news")
    'bbc.co.uk'
    """
    host = host_of(url)
    if host.startswith("[") or host.replace(".", "").isdigit():
        return host
    return _public_suffixes().privatesuffix(host) or host


def settle_canonical(url: str, declared: Iterable[str | None]) -> str:
    """The canonical address of a page that was fetched from `url` and says of itself that it is `declared`.

    The first declared address wins that is of the same registrable domain and neither home nor section page; else the
    fetched one. Declared addresses may be relative; unreadable ones are passed over.
    """
    own = canonical_url(url)
    for candidate in declared:
        settled = _resolve(own, candidate)
        if settled and registrable_domain(settled) == registrable_domain(own) and not _stands_for_many(settled, own):
            return settled
    return own


def _resolve(base: str, candidate: str | None) -> str | None:
    if not candidate or not candidate.strip():
        return None
    try:
        return canonical_url(ada_url.join_url(base, candidate.strip()))
    except (ValueError, InvalidAddress):
        return None


def _stands_for_many(candidate: str, own: str) -> bool:
    """Whether a declared address is that of a home or section page: many articles would share one id."""
    if candidate == own:
        return False
    theirs, ours = _segments(candidate), _segments(own)
    if ada_url.URL(candidate).search:
        return False
    if not theirs:
        return True
    if theirs[-1:] == _without_variants(ours)[-1:]:
        return False
    return theirs[0].lower() in SECTION_FOLDERS or theirs == ours[: len(theirs)] or not _names_an_article(theirs[-1])


def _without_variants(segments: list[str]) -> list[str]:
    """The path without what only asks for another form of the page: `/amp`, `/print`, `/page/2`."""
    return _without_variants(segments[:-1]) if segments and VARIANT.match(segments[-1]) else segments


def _segments(url: str) -> list[str]:
    return [part for part in ada_url.URL(url).pathname.split("/") if part]


def _names_an_article(segment: str) -> bool:
    """Whether a last segment looks like an article's: a number, an ending, or three words and more."""
    return any(character.isdigit() for character in segment) or "." in segment or segment.count("-") >= 2


def _id(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def page_id(url: str) -> str:
    """The id of a page: the first 32 hex digits of the sha256 of its fetched address, canonicalised.

    Raises InvalidAddress.
    """
    return _id(canonical_url(url))


def article_id(canonical: str) -> str:
    """The id of an article: the same of the canonical address that the parser settled on.

    Raises InvalidAddress.
    """
    return _id(canonical_url(canonical))


class _Block(Protocol):
    @property
    def kind(self) -> str: ...
    @property
    def text(self) -> str: ...


def content_hash(title: str | None, blocks: Sequence[_Block], captions: Sequence[str | None]) -> str:
    """The sha256 of what a reader sees: title, blocks and captions, in Unicode NFC."""
    seen = [title, [[block.kind, block.text] for block in blocks], list(captions)]
    return hashlib.sha256(unicodedata.normalize("NFC", json.dumps(seen, ensure_ascii=False)).encode()).hexdigest()
