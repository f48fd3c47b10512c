"""What the operations port answers: a pure function of the path and of the last word that the service said of itself."""

import json
from dataclasses import dataclass
from http import HTTPStatus

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from watchfloor import metrics
from watchfloor.status import STALE_AFTER_SECONDS, Status

JSON, PROBLEM = "application/json", "application/problem+json"
METHODS = ("GET", "HEAD")


@dataclass(frozen=True)
class Answer:
    """A status, and a body with its media type."""

    status: HTTPStatus
    media_type: str
    body: bytes


def answer(service: str, method: str, path: str, said: Status | None) -> Answer:
    """The answer to a request; `said` is the last word of the service, None before its first."""
    if method not in METHODS:
        return problem(HTTPStatus.METHOD_NOT_ALLOWED, f"takes {' and '.join(METHODS)} alone")
    match path:
        case "/healthz":
            return _verdict("alive", not_alive(said))
        case "/readyz":
            return _verdict("ready", not_ready(said))
        case "/metrics":
            metrics.READY.labels(service).set(not_ready(said) is None)
            return Answer(HTTPStatus.OK, CONTENT_TYPE_LATEST, generate_latest())
    return problem(HTTPStatus.NOT_FOUND, "there are /healthz, /readyz and /metrics")


def not_alive(said: Status | None) -> str | None:
    """Why the service hangs; None where it does not. What has not said a word yet is being built: that may take long."""
    if said is None or said.fresh:
        return None
    return f"its loop has not turned for {STALE_AFTER_SECONDS:g} s or more: the last word was {_word(said)!r}"


def not_ready(said: Status | None) -> str | None:
    """Why the service is not at work; None where it is."""
    if said is None:
        return "starting"
    return not_alive(said) or (None if said.state == "ready" else _word(said))


def problem(status: HTTPStatus, detail: str, kind: str = "about:blank") -> Answer:
    """An error as the gateway tells one (RFC 9457)."""
    content = {"type": kind, "title": status.phrase, "status": status.value, "detail": detail}
    return Answer(status, PROBLEM, json.dumps(content).encode())


def _verdict(good: str, bad: str | None) -> Answer:
    if bad is not None:
        return problem(HTTPStatus.SERVICE_UNAVAILABLE, bad, f"urn:watchfloor:problem:not-{good}")
    return Answer(HTTPStatus.OK, JSON, json.dumps({"status": good}).encode())


def _word(said: Status) -> str:
    return f"{said.state}: {said.detail}" if said.detail else said.state
