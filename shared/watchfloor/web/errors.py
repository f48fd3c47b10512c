"""What can go wrong with a request, as codes that a machine can count and a person can read."""

from functools import partial
from typing import Literal, get_args

from watchfloor.errors import WatchfloorError

Code = Literal[
    "guard",  # an address, scheme, port or header that is not allowed; it was not asked
    "dns",  # the name does not resolve
    "connect",  # no connection, or it broke before an answer's headers were here
    "tls",  # no TLS, or a certificate that does not hold
    "timeout",  # the headers, or all of it, took too long
    "too_slow",  # the body came under the least rate
    "too_large",  # the body is larger than allowed, as declared, on the wire or decoded
    "ratio",  # the body unpacks to too many times its size
    "headers",  # the headers are too many or too long
    "protocol",  # what came is not HTTP/1
    "truncated",  # the body ended before its end
    "encoding",  # the body is not in the coding that it is declared in, or that is unknown
    "redirects",  # too many redirects
    "redirect_loop",  # a redirect to what was asked already
]
CODES: tuple[Code, ...] = get_args(Code)


class FetchError(WatchfloorError):
    """A request that brought no answer that can be used; `subject` is the address that was asked last."""

    def __init__(self, code: Code, reason: str, *, subject: str, remedy: str | None = None) -> None:
        super().__init__(reason, subject=subject, remedy=remedy)
        self.code = code

    def __reduce__(self) -> tuple[object, ...]:
        """Keep the code where an error crosses the border of a process."""
        return partial(FetchError, self.code, subject=self.subject, remedy=self.remedy), (self.reason,)
