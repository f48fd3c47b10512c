"""The demonstration's newsroom as a part of `watchfloor run`: what reads it must be told, and what it needs."""

from watchfloor.settings import Settings
from watchfloor_demo.configuration import sources_file
from watchfloor_demo.outlets import LOOPBACK, addresses, ports


def environment(settings: Settings) -> dict[str, str]:
    """The variables of a scraper that reads the newsroom. Raises OSError where the data folder cannot be written."""
    allowed = [settings.web_allowed] if settings.web_allowed else []
    return {
        "WATCHFLOOR_SOURCES": str(sources_file(settings)),
        "WATCHFLOOR_WEB_ALLOWED": ",".join([*allowed, *(f"{LOOPBACK}:{port}" for port in ports(settings))]),
    }


def address(settings: Settings) -> str:
    """Where the first of its outlets answers."""
    return addresses(settings)[0]


__all__ = ["LOOPBACK", "address", "environment", "ports"]
