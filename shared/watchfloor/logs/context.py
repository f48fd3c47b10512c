"""What the task in hand is about: said once where it begins, and told with every entry of that task."""

from collections.abc import Mapping
from contextvars import ContextVar
from types import MappingProxyType

from watchfloor import tracing

FIELDS = ("article", "page", "source", "topic", "partition", "offset", "trace")
"""All there can be, in the order in which they are told."""
LONGEST = 200
"""In characters, of one field: ids and addresses come from outside."""
Fact = str | int | None
_NOTHING: Mapping[str, Fact] = MappingProxyType({})
_about: ContextVar[Mapping[str, Fact]] = ContextVar("watchfloor_about", default=_NOTHING)
_event: ContextVar[object] = ContextVar("watchfloor_event", default=None)


def about(**facts: Fact) -> None:
    """Say what this task is about from now on, by fields of FIELDS; what was said before is forgotten."""
    _about.set(facts)
    _event.set(None)


def handling(event: object) -> None:
    """Say which event this task is handling: article, page and source are its own. Beside what `about` said."""
    _event.set(event)


def facts(own: Mapping[str, Fact] = _NOTHING) -> dict[str, Fact]:
    """What this task is about, as far as it is known, and the entry's `own`; nothing is computed before an entry asks."""
    event = _event.get()
    known = {
        "article": getattr(event, "article_id", None),
        "page": getattr(event, "page_id", None),
        "source": getattr(event, "source_id", None),
        "trace": tracing.trace_id(tracing.current()),
        **_about.get(),
        **own,
    }
    return {name: _bounded(known[name]) for name in FIELDS if known.get(name) is not None}


def _bounded(fact: Fact) -> Fact:
    return fact if fact is None or isinstance(fact, int) else str(fact)[:LONGEST]
