"""What a request brought."""

from dataclasses import dataclass, field
from functools import cached_property

RawHeaders = tuple[tuple[bytes, bytes], ...]


def text_of(raw: bytes) -> str:
    r"""A header's bytes as text: UTF-8 where they are that, else Latin-1 (RFC 9110, section 5.5, calls them opaque).

    >>> text_of("Київ".encode()), text_of(b"caf\xe9")
    ('Київ', 'café')
    """
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def header_of(raw_headers: RawHeaders, name: str) -> str | None:
    """The value of a header, by its name in any case; of several lines, the first."""
    wanted = name.lower().encode("latin-1")
    return next((text_of(value) for key, value in raw_headers if key.lower() == wanted), None)


@dataclass(frozen=True, slots=True)
class Hop:
    """A redirect that was followed: `url` answered `status` and pointed to `location`, which is kept as it was sent."""

    url: str
    status: int
    location: str


@dataclass(frozen=True)
class Response:
    """The last answer, of any status. What a WARC record needs is here as it was on the wire, but for the chunks.

    The caller's clock says when it was fetched.
    """

    url: str
    """As it was asked for."""
    final_url: str
    """As the URL standard writes it, after all redirects, without fragment."""
    hops: tuple[Hop, ...]
    status: int
    reason: str
    """The phrase after the status, often empty."""
    http_version: str
    """`1.1` or `1.0`."""
    raw_headers: RawHeaders
    """Names and values in the order in which they came."""
    content: bytes = field(repr=False)
    """The body, unpacked."""
    wire: bytes = field(repr=False)
    """The body as transferred, packed as it was, the chunks of `Transfer-Encoding: chunked` joined."""
    content_encoding: str | None
    """As declared, lower case; None where nothing was packed."""
    remote_address: str
    """The IP address that answered."""
    complete: bool = True
    """False where the body was cut at `Limits.cut_at`."""

    @cached_property
    def headers(self) -> tuple[tuple[str, str], ...]:
        """Names and values as text, in their order."""
        return tuple((text_of(name), text_of(value)) for name, value in self.raw_headers)

    def header(self, name: str) -> str | None:
        """The value of a header, by its name in any case; of several lines, the first; None where there is none."""
        return header_of(self.raw_headers, name)
