"""What the HTTP library, the sockets and TLS raise, put into our codes."""

import ssl
from collections.abc import Iterator

import aiohttp
from aiohttp.http_exceptions import HttpProcessingError, LineTooLong

from watchfloor.web.errors import Code, FetchError

LIBRARY_ERRORS = (aiohttp.ClientError, HttpProcessingError, OSError, EOFError, ValueError)
REMEDIES: dict[Code, str] = {
    "dns": "check the host's name and this machine's resolver",
    "tls": "open the address in a browser; the machine's own certificates decide",
    "guard": "if this host is your own, name its host:port in WATCHFLOOR_WEB_ALLOWED",
}


def failure(error: BaseException, subject: str) -> FetchError:
    """The error of ours that stands for one of LIBRARY_ERRORS."""
    code = _code(error)
    return FetchError(code, _sentence(error), subject=subject, remedy=REMEDIES.get(code))


def _code(error: BaseException) -> Code:
    match error:
        case aiohttp.ClientConnectorDNSError():
            return "dns"
        case aiohttp.ClientConnectorCertificateError() | aiohttp.ClientSSLError() | ssl.SSLError():
            return "tls"
        case TimeoutError():
            return "timeout"
        case aiohttp.InvalidURL():
            return "guard"
        case aiohttp.ClientPayloadError():
            return "truncated"
        case aiohttp.ClientConnectionError() | OSError():
            return "connect"
    return "headers" if any(map(_is_too_much, _causes(error))) else "protocol"


def _is_too_much(error: BaseException) -> bool:
    """Whether the parser gave up on the headers' size; for their number it has no class of its own."""
    return isinstance(error, LineTooLong) or "Too many headers" in str(error)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__


def _sentence(error: BaseException) -> str:
    """The innermost cause, in a line: the outer ones only repeat the address."""
    *_, innermost = _causes(error)
    text = " ".join(str(innermost).split())[:200]
    return f"{type(innermost).__name__}: {text}" if text else type(innermost).__name__
