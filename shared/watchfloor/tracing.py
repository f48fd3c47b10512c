"""One trace id from the page to the HTTP answer: W3C Trace Context, kept in the `traceparent` header.

Ids are derived, not drawn, so that a record emitted again after a kill is the same to the byte.
"""

import hashlib
import re
from contextvars import ContextVar

TRACEPARENT = re.compile(r"^00-(?P<trace>[0-9a-f]{32})-(?P<span>[0-9a-f]{16})-(?P<flags>[0-9a-f]{2})$")
_current: ContextVar[str | None] = ContextVar("watchfloor_traceparent", default=None)


def begin(ce_id: str) -> str:
    """The traceparent of a way that begins with the event `ce_id`."""
    digest = hashlib.sha256(f"trace:{ce_id}".encode()).hexdigest()
    return f"00-{digest[:32]}-{digest[32:48]}-01"


def follow(traceparent: str | None, ce_id: str) -> str:
    """The traceparent of an event that follows from another: the same trace, a span of its own.

    A missing or unreadable parent begins a new trace, as the recommendation demands.
    """
    found = TRACEPARENT.match(traceparent or "")
    if found is None or set(found["trace"]) == {"0"}:
        return begin(ce_id)
    span = hashlib.sha256(f"span:{ce_id}".encode()).hexdigest()[:16]
    return f"00-{found['trace']}-{span}-{found['flags']}"


def trace_id(traceparent: str | None) -> str | None:
    """The trace id alone, 32 hex digits; None where there is none.

    >>> trace_id("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
    '4bf92f3577b34da6a3ce929d0e0e4736'
    """
    found = TRACEPARENT.match(traceparent or "")
    return found["trace"] if found else None


def enter(traceparent: str | None) -> None:
    """Say whose event this task is handling."""
    _current.set(traceparent)


def current() -> str | None:
    """The traceparent of the event that this task is handling."""
    return _current.get()
