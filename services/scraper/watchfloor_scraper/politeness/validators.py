"""Conditional requests: what of an earlier answer is sent back, and when it is not believed. Pure."""

import re
from dataclasses import dataclass

SENDABLE = re.compile(r"[\x21-\x7e](?:[\x20-\x7e]{0,1022}[\x21-\x7e])?")
"""Header values of printable ASCII, up to a kilobyte: what else a server sends is not sent back to it."""
EVERY = 4
"""Of so many visits in a row that found nothing changed, one is made without condition: servers that answer 304 to
everything are known, and their corrections would never be seen. It costs a quarter of what conditions save."""
DISTRUSTED = ""
"""Kept in place of an ETag that was caught lying: from then on every visit is made without condition."""


@dataclass(frozen=True)
class Validators:
    """What is kept of an answer, to be sent back (RFC 9110, 8.8)."""

    etag: str | None
    last_modified: str | None


def conditional_headers(etag: str | None, last_modified: str | None) -> dict[str, str]:
    """The headers of a conditional request, as the server wrote them (RFC 9110, 13.1.2 and 13.1.3); {} where none.

    >>> conditional_headers('W/"a1"', "Tue, 05 May 2026 10:00:00 GMT")
    {'If-None-Match': 'W/"a1"', 'If-Modified-Since': 'Tue, 05 May 2026 10:00:00 GMT'}
    >>> conditional_headers(DISTRUSTED, "Tue, 05 May 2026 10:00:00 GMT")
    {}
    """
    if etag == DISTRUSTED:
        return {}
    said = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    return {name: value for name, value in said.items() if value and SENDABLE.fullmatch(value)}


def asks_unconditionally(
    *, body_hash: str | None, unchanged: int, last_fetched_at: float | None, lastmod: float | None
) -> bool:
    """Whether a page or list is to be asked for whole, though validators are known.

    So it is where no body was ever had, where its list says that it changed since the last visit, and at every fourth
    of the visits in a row that found nothing changed.

    >>> [asks_unconditionally(body_hash="x", unchanged=n, last_fetched_at=9.0, lastmod=None) for n in range(5)]
    [False, False, False, True, False]
    """
    if body_hash is None or last_fetched_at is None:
        return True
    listed_later = lastmod is not None and lastmod > last_fetched_at
    return listed_later or unchanged % EVERY == EVERY - 1


def kept_validators(before: Validators, answered: Validators, *, body_changed: bool) -> Validators:
    """What is kept after an answer with a body.

    The same strong ETag on other bytes is a lie (RFC 9110, 8.8.1), and its server is not asked by condition again. A
    weak one, or the same Last-Modified, may stand on bytes that differ in what no reader sees.

    >>> same = Validators('"a1"', None)
    >>> kept_validators(same, same, body_changed=True)
    Validators(etag='', last_modified=None)
    """
    strong = answered.etag is not None and answered.etag.startswith('"')
    if before.etag == DISTRUSTED or (strong and body_changed and before.etag == answered.etag):
        return Validators(DISTRUSTED, None)
    return answered
