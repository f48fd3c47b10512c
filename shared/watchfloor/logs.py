"""Logs on standard error: one line an entry, for a person or as JSON, with the trace id of the event in hand."""

import json
import logging
import sys
from datetime import UTC, datetime
from typing import Literal

from watchfloor import tracing

LogFormat = Literal["text", "json"]


class _Text(logging.Formatter):
    """`04:12:33Z parser WARNING watchfloor.kafka.retry: …`, the traceback on lines of its own."""

    def __init__(self, service: str) -> None:
        super().__init__()
        self.service = service

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).strftime("%H:%M:%S")
        line = f"{at}Z {self.service} {record.levelname} {record.name}: {record.getMessage()}"
        return f"{line}\n{self.formatException(record.exc_info)}" if record.exc_info else line


class _Json(_Text):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        entry = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "service": self.service,
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            "trace_id": tracing.trace_id(tracing.current()),
        }
        if record.exc_info:
            entry["traceback"] = self.formatException(record.exc_info)
        return json.dumps(entry, ensure_ascii=False)


def configure(service: str, *, level: str = "info", form: LogFormat = "text") -> None:
    """Send every log entry of this process to standard error; the libraries' own only from warnings on."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Json(service) if form == "json" else _Text(service))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("watchfloor").setLevel(level.upper())
