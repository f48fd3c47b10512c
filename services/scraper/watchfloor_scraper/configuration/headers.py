"""HTTP headers that an operator may have sent to an outlet."""

import re

from watchfloor_scraper.configuration.faults import BadValue

NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}")
"""A token of RFC 9110, section 5.6.2."""
VALUE = re.compile(r"[\t -~]{0,2000}")
"""Visible ASCII, blanks and tabs: no line can be ended, so no header can be smuggled in."""
OURS = {
    "user-agent": "set `contact`: the crawler says who it is",
    "host": "it follows from the address",
    "cookie": "the crawler keeps none",
    "referer": "the crawler comes from nowhere",
    "accept-encoding": "the client says what it can unpack",
    "range": "pages are fetched whole",
    "if-match": "conditions are set by what was fetched before",
    "if-none-match": "conditions are set by what was fetched before",
    "if-modified-since": "conditions are set by what was fetched before",
    "if-unmodified-since": "conditions are set by what was fetched before",
    "if-range": "conditions are set by what was fetched before",
}
OF_THE_CONNECTION = frozenset(
    "connection content-encoding content-length content-type expect http2-settings keep-alive te trailer"
    " transfer-encoding upgrade via forwarded x-forwarded-for x-forwarded-host x-forwarded-proto".split()
)
SECRET = frozenset({"authorization"})
"""What must never be sent in the clear, nor to another host than was meant."""


def read_header_name(text: str) -> str:
    """The name of a header that may be set, as it is written.

    Raises BadValue.

    >>> read_header_name("Accept-Language")
    'Accept-Language'
    """
    name = text.lower()
    if not NAME.fullmatch(text):
        raise BadValue(f"{text[:64]!r} is no name of a header", "give one such as Accept-Language")
    if name in OURS:
        raise BadValue(f"{text} may not be set", OURS[name])
    if name in OF_THE_CONNECTION or name.startswith(("proxy-", "sec-")):
        raise BadValue(f"{text} may not be set", "it belongs to the connection; take it away")
    return text


def read_header_value(text: str) -> str:
    """A value of a header, white space around it taken away. Raises BadValue."""
    value = text.strip(" \t")
    if not VALUE.fullmatch(value):
        raise BadValue("is no value of a header", "give one line of at most 2000 letters of ASCII")
    return value
