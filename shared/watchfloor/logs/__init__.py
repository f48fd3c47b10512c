"""Logs on standard error: one line an entry, for a person or as JSON, each with a name of its own and what it is about.

Whoever logs names the entry: `log.warning("it waits", extra=event("broker_awaited"))`. Whoever handles a record says so
once (`about`, `handling`), and every entry of that task carries article, source, topic, partition, offset and trace.
"""

from watchfloor.logs.context import about, handling
from watchfloor.logs.entries import event
from watchfloor.logs.output import LogFormat, configure

__all__ = ["LogFormat", "about", "configure", "event", "handling"]
