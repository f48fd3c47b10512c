"""Hosts: how often each may be asked, and when next."""

import sqlite3
from functools import lru_cache

import ada_url

from watchfloor.errors import InvalidAddress
from watchfloor_scraper.frontier.records import HostState
from watchfloor_scraper.frontier.schema import DEFAULT_DELAY

PORTS = {"http:": "80", "https:": "443"}
COLUMNS = "name, delay, asked_at, next_at, blocked_until, blocked_for, blocks"


@lru_cache(maxsize=2048)
def host_key(url: str) -> str:
    """The host and port that an address is asked of: what has one schedule and one robots.txt (RFC 9309, 2.3).

    Raises InvalidAddress.

    >>> host_key("https://News.Example/a"), host_key("http://[::1]:8080/")
    ('news.example:443', '[::1]:8080')
    """
    try:
        parts = ada_url.URL(url)
    except ValueError as error:
        raise InvalidAddress("is not an address", subject=repr(url)) from error
    host = parts.hostname.removesuffix(".")
    if parts.protocol not in PORTS or not all(host.split(".")):
        raise InvalidAddress("is not an http or https address", subject=repr(url))
    return f"{host}:{parts.port or PORTS[parts.protocol]}"


def host_id(base: sqlite3.Connection, name: str) -> int:
    """The number of a host, noted where it is new."""
    found = base.execute("SELECT id FROM hosts WHERE name = ?", (name,)).fetchone()
    if found is None:
        found = base.execute("INSERT INTO hosts (name) VALUES (?) RETURNING id", (name,)).fetchone()
    return int(found["id"])


def state(base: sqlite3.Connection, name: str) -> HostState:
    """How a host stands; one that is not known may be asked at once."""
    found = base.execute(f"SELECT {COLUMNS} FROM hosts WHERE name = ?", (name,)).fetchone()  # noqa: S608 - constant
    return HostState(**found) if found else HostState(name, DEFAULT_DELAY, 0.0, 0.0, 0.0, None, 0)


def set_delay(base: sqlite3.Connection, host: int, seconds: float) -> bool:
    """Let this time pass between two requests, counted from the last one that was given out; whether that is new."""
    change = "UPDATE hosts SET delay = :seconds, next_at = asked_at + :seconds WHERE id = :host AND delay <> :seconds"
    return base.execute(change, {"seconds": seconds, "host": host}).rowcount > 0


def block(base: sqlite3.Connection, host: int, until: float, reason: str) -> None:
    """Give out nothing before this, since the host said so; never sooner than it said before."""
    change = """
    UPDATE hosts SET blocked_until = max(blocked_until, :until), blocked_for = :reason, blocks = blocks + 1
    WHERE id = :host
    """
    base.execute(change, {"until": until, "reason": reason, "host": host})
