"""The headers that a caller may add to a request."""

import re
from collections.abc import Sequence

from watchfloor.web.errors import FetchError

Headers = Sequence[tuple[str, str]]

NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
VALUE = re.compile(r"[\t\x20-\x7e\x80-\uffff]*")
# What is the client's own to say, or says who asks.
OURS = frozenset(
    "accept-encoding connection content-length cookie expect host proxy-authorization referer te trailer"
    " transfer-encoding upgrade user-agent".split()
)


def check_headers(headers: Headers, subject: str) -> None:
    """Refuse what is no header (RFC 9110, section 5), what would begin another one, and what is the client's own.

    Raises FetchError `guard`.
    """
    for name, value in headers:
        if not NAME.fullmatch(name) or not VALUE.fullmatch(value):
            raise FetchError("guard", f"{name[:40]!r} with its value is no header", subject=subject)
        if name.lower() in OURS:
            raise FetchError("guard", f"the header {name} is not for a caller to set", subject=subject)
