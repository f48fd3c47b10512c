"""How an entry is written, and where: on standard error, whatever a library, a warning or a dying thread has to say too."""

import json
import logging
import sys
import threading
from datetime import UTC, datetime
from types import TracebackType
from typing import Literal

from watchfloor.logs import context
from watchfloor.logs.entries import event, name_of
from watchfloor.logs.escaping import cut, in_json, one_line

LogFormat = Literal["text", "json"]
LONGEST_MESSAGE, LONGEST_TRACEBACK = 4_000, 8_000
"""In characters: with them a line stays below the 16 KiB at which Docker breaks it in two."""
CONTINUED = "    | "
"""Begins every further line of an entry, so that no traceback can hold a line that looks like an entry."""
log = logging.getLogger("watchfloor")


class _Text(logging.Formatter):
    """`04:12:33Z parser WARNING retry_scheduled watchfloor.kafka.handling [topic=… offset=17]: …`.

    What comes from outside stands behind what is ours; a traceback follows on lines that begin with CONTINUED.
    """

    def __init__(self, service: str) -> None:
        super().__init__()
        self.service = service

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).strftime("%H:%M:%S")
        told = " ".join(f"{name}={_plain(fact)}" for name, fact in _facts(record).items())
        where = f"{name_of(record)} {record.name}{f' [{told}]' if told else ''}"
        line = f"{at}Z {self.service} {record.levelname} {where}: {one_line(_message(record))}"
        return "\n".join(
            [line, *(f"{CONTINUED}{one_line(each)}" for each in _traceback(self, record).split("\n") if each)]
        )


class _Json(_Text):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        entry = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "service": self.service,
            "level": record.levelname.lower(),
            "event": name_of(record),
            "logger": record.name,
            "message": _message(record),
            **_facts(record),
        }
        if trace := _traceback(self, record):
            entry["traceback"] = trace
        return in_json(json.dumps(entry, ensure_ascii=False))


def configure(service: str, *, level: str = "info", form: LogFormat = "text") -> None:
    """Send every log entry of this process to standard error; the libraries' own only from warnings on.

    What would be printed past the log, by Python itself, becomes an entry too: warnings, and errors that end a thread
    or the process.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Json(service) if form == "json" else _Text(service))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    log.setLevel(level.upper())
    logging.captureWarnings(capture=True)
    sys.excepthook = _process_ends
    threading.excepthook = _thread_ends


def _process_ends(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    log.critical("ends by an error that nobody foresaw", exc_info=(kind, error, trace), extra=event("service_failed"))


def _thread_ends(ended: threading.ExceptHookArgs) -> None:
    if ended.exc_value is not None:
        name = ended.thread.name if ended.thread else "unknown"
        raised = (ended.exc_type, ended.exc_value, ended.exc_traceback)
        log.error("the thread %s ends by an error", name, exc_info=raised, extra=event("thread_failed"))


def _message(record: logging.LogRecord) -> str:
    try:
        return cut(record.getMessage(), LONGEST_MESSAGE)
    except Exception as error:  # noqa: BLE001 - an entry whose words do not fit its arguments is still an entry
        return cut(f"{record.msg!r} with {record.args!r}: {error!r}", LONGEST_MESSAGE)


def _traceback(formatter: logging.Formatter, record: logging.LogRecord) -> str:
    return cut(formatter.formatException(record.exc_info), LONGEST_TRACEBACK) if record.exc_info else ""


def _facts(record: logging.LogRecord) -> dict[str, context.Fact]:
    return context.facts(getattr(record, "facts", {}))


def _plain(fact: context.Fact) -> str:
    """A field as it stands in a line of text; in quotation marks where it would not end where it ends."""
    text = one_line(str(fact))
    return text if text and not set(text) & set(' "=[]') else json.dumps(text, ensure_ascii=False)
