"""Status line and headers of an archived response: as they came, but for what the stored body would belie."""

from collections.abc import Iterator

from watchfloor_scraper.archive.exchange import Exchange

KEPT_UNDER = b"X-Crawl-"
"""Before the name of a header that no longer holds; the crawls of Common Crawl write it so."""
BREAKS = bytes.maketrans(b"\r\n\0", b"   ")
NOT_MODIFIED = 304


class HttpHead:
    """What warcio asks of HTTP headers; its own would write every octet beyond ASCII in another form."""

    def __init__(self, octets: bytes) -> None:
        self.headers_buff = octets

    def compute_headers_buffer(self, _filter: object = None) -> None:
        """They are octets already."""


def stored_body(exchange: Exchange) -> bytes:
    """The body as transferred, else as unpacked."""
    return exchange.content if exchange.wire is None else exchange.wire


def http_head(exchange: Exchange) -> HttpHead:
    """The octets to the blank line.

    The chunks of a body are joined, so `Transfer-Encoding` no longer holds and is kept under another name; so is
    `Content-Encoding` where the body is stored unpacked, and a `Content-Length` that is not that of the stored body. Then
    the true length is written beside it.
    """
    status = f"HTTP/{exchange.http_version} {exchange.status} ".encode()
    lines = [status + exchange.reason.encode("utf-8", "replace").translate(BREAKS)]
    lines += [name + b": " + value for name, value in _headers(exchange)]
    return HttpHead(b"\r\n".join(lines) + b"\r\n\r\n")


def _headers(exchange: Exchange) -> Iterator[tuple[bytes, bytes]]:
    length = str(len(stored_body(exchange))).encode()
    untrue = {b"transfer-encoding", *([b"content-encoding"] if exchange.wire is None else [])}
    has_body = exchange.status != NOT_MODIFIED
    says_length = False
    for raw_name, raw_value in exchange.raw_headers:
        name, value = raw_name.translate(BREAKS).strip(), raw_value.translate(BREAKS).strip()
        is_length = has_body and name.lower() == b"content-length"
        says_length = says_length or (is_length and value == length)
        yield (KEPT_UNDER + name if name.lower() in untrue or (is_length and value != length) else name), value
    if has_body and not says_length:
        yield b"Content-Length", length
