"""HTTP/1.1 as far as a crawler needs it: a request's head in, the bytes of the answer out (RFC 9110, RFC 9112). Pure."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus

from watchfloor.errors import Rejected
from watchfloor_demo.site import Answer

REQUEST_LINE = re.compile(r"([A-Z]{1,20}) (/[!-~]*) HTTP/(1\.[01])")
METHODS = ("GET", "HEAD")
ENTITY_TAG = re.compile(r'"[^"]*"')


@dataclass(frozen=True)
class Request:
    """The head of a request; a body is not read."""

    method: str
    path: str
    """Without the query, which no page here depends on."""
    headers: Mapping[str, str]
    """Names in lower case; of several with one name the last."""
    keeps_connection: bool


def read_request(head: bytes) -> Request:
    r"""The head of a request, up to the empty line. Raises Rejected where it is none.

    >>> read_request(b"GET /a?b=1 HTTP/1.1\r\nHost: news.example\r\n\r\n").path
    '/a'
    """
    first, *lines = head.decode("latin-1").rstrip("\r\n").split("\r\n")
    found = REQUEST_LINE.fullmatch(first)
    if found is None:
        raise Rejected("is no request that is answered here", subject=repr(first[:80]))
    pairs = (line.partition(":")[::2] for line in lines)
    headers = {name.strip().lower(): value.strip() for name, value in pairs}
    wish = headers.get("connection", "").lower()
    has_body = "transfer-encoding" in headers or headers.get("content-length", "0") != "0"
    keeps = not has_body and (wish == "keep-alive" if found[3] == "1.0" else wish != "close")
    return Request(found[1], found[2].partition("?")[0], headers, keeps)


def respond(request: Request, answer: Answer, now: datetime) -> bytes:
    """The bytes that answer a request: the page, 304 where the visitor has it already, 405 to what is no reading."""
    if request.method not in METHODS:
        refusal = Answer(405, "text/plain; charset=utf-8", b"GET and HEAD alone\n")
        return _message(request, refusal, {"Allow": ", ".join(METHODS)}, now)
    validators = _validators(answer)
    if answer.status == HTTPStatus.OK and _is_known(request, validators):
        return _message(request, Answer(304, "", b""), validators, now)
    return _message(request, answer, validators, now)


def _validators(answer: Answer) -> dict[str, str]:
    if answer.changed is None:
        return {}
    tag = hashlib.sha256(answer.body).hexdigest()[:16]
    return {"ETag": f'"{tag}"', "Last-Modified": _date(answer.changed)}


def _is_known(request: Request, validators: Mapping[str, str]) -> bool:
    """Whether the visitor's copy is this one: by its entity tags, else by date (RFC 9110, section 13.2.2)."""
    known = request.headers.get("if-none-match")
    if known is not None:
        return known == "*" or validators.get("ETag") in ENTITY_TAG.findall(known)
    if "if-modified-since" not in request.headers or "Last-Modified" not in validators:
        return False
    try:
        seen = parsedate_to_datetime(request.headers["if-modified-since"])
    except (ValueError, OverflowError):
        return False
    return parsedate_to_datetime(validators["Last-Modified"]) <= seen.replace(tzinfo=seen.tzinfo or UTC)


def _message(request: Request, answer: Answer, headers: Mapping[str, str], now: datetime) -> bytes:
    fields = {"Date": _date(now), **headers}
    if answer.status != HTTPStatus.NOT_MODIFIED:
        fields |= {"Content-Type": answer.content_type, "Content-Length": str(len(answer.body))}
    if not request.keeps_connection:
        fields["Connection"] = "close"
    status = HTTPStatus(answer.status)
    head = f"HTTP/1.1 {status.value} {status.phrase}\r\n" + "".join(f"{n}: {v}\r\n" for n, v in fields.items())
    return f"{head}\r\n".encode("latin-1") + (b"" if request.method == "HEAD" else answer.body)


def _date(moment: datetime) -> str:
    return format_datetime(moment.astimezone(UTC), usegmt=True)
