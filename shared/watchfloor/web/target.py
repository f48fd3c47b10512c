"""An address that is to be asked: read once, by the URL standard, and refused where it may not be asked.

The standard's reading is also what is sent. It writes an IPv4 address in any notation (2130706433, 0x7f.1, 0177.0.0.1)
as four decimal numbers, so that nothing behind it can read the host in another way.
"""

from dataclasses import dataclass

import ada_url

from watchfloor.web.errors import FetchError

DEFAULT_PORTS = {"http:": 80, "https:": 443}
LONGEST = 8192


@dataclass(frozen=True, slots=True)
class Target:
    """An address that may be asked, as far as its words tell; its IP address is judged when it is connected to."""

    url: str
    """As the URL standard writes it, without fragment."""
    secure: bool
    host: str
    """Lower case, IDNA-encoded; an IPv6 address without brackets."""
    port: int

    def takes_what_was_meant_for(self, before: "Target") -> bool:
        """Whether headers that were meant for `before` may be sent here: same host and port, or the step up to its https."""
        if self.host != before.host:
            return False
        same = (self.secure, self.port) == (before.secure, before.port)
        return same or (before.port, self.port, self.secure) == (80, 443, True)


def read_target(address: str, ports: frozenset[int], base: str | None = None) -> Target:
    """Read an address, relative to `base` where there is one.

    Raises FetchError `guard`: no http or https address, credentials in it, a port that is not among `ports`.

    >>> read_target("HTTP://0x7f.1/a b#c", frozenset({80})).url
    'http://127.0.0.1/a%20b'
    """
    parts = _parse(address, base)
    if parts.protocol not in DEFAULT_PORTS:
        raise _refusal(f"the scheme {parts.protocol!r} is neither http nor https", address)
    if not parts.hostname.strip("."):
        raise _refusal("names no host", parts.href)
    if parts.username or parts.password:
        raise _refusal("there are credentials in the address", parts.protocol + "//" + parts.host)
    port = int(parts.port or DEFAULT_PORTS[parts.protocol])
    if port not in ports:
        raise _refusal(f"port {port} is not allowed", parts.href, "allow it by host:port in WATCHFLOOR_WEB_ALLOWED")
    url = parts.href.partition("#")[0]
    return Target(url, parts.protocol == "https:", parts.hostname.strip("[]"), port)


def _parse(address: str, base: str | None) -> ada_url.URL:
    if len(address) > LONGEST:
        raise _refusal(f"is longer than {LONGEST:,} characters", address[:100] + "…")
    try:
        return ada_url.URL(address, base)
    except ValueError as error:
        raise _refusal("is not an address", address) from error


def _refusal(reason: str, subject: str, remedy: str | None = None) -> FetchError:
    printable = subject.encode(errors="backslashreplace").decode()  # a lone surrogate could not be stored or sent
    return FetchError("guard", reason, subject=printable, remedy=remedy)
