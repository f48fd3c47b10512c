"""The operator's own exceptions: host:port pairs that may be at an address which is otherwise forbidden."""

import re

from watchfloor.errors import Stop
from watchfloor.settings import Settings

Allowed = frozenset[tuple[str, int]]

PAIR = re.compile(r"(?P<host>\[[0-9A-Fa-f:.]+\]|[^\s:\[\]/@]+):(?P<port>\d{1,5})")


def allowed_of(settings: Settings) -> Allowed:
    """The pairs of `web_allowed`, host names in lower case, IPv6 addresses without brackets.

    A name holds for that name in an address that is asked for; an IP address holds for the address that is connected
    to, by whatever name. Raises Stop where an entry is no host:port.

    >>> sorted(allowed_of(Settings(web_allowed="127.0.0.1:8481, Newsroom:80,[::1]:8080")))
    [('127.0.0.1', 8481), ('::1', 8080), ('newsroom', 80)]
    """
    return frozenset(_pair(entry.strip()) for entry in settings.web_allowed.split(",") if entry.strip())


def _pair(entry: str) -> tuple[str, int]:
    found = PAIR.fullmatch(entry)
    if found is None or not 0 < int(found["port"]) < 65536:
        raise Stop(
            f"{entry!r} is no host:port",
            subject="WATCHFLOOR_WEB_ALLOWED",
            remedy="write pairs such as 127.0.0.1:8481 or [::1]:8481, separated by commas",
        )
    return found["host"].strip("[]").lower(), int(found["port"])
