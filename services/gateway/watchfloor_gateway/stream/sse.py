"""Server-sent events as bytes (WHATWG HTML, 9.2): what stands in a stream, line by line."""

import json

from watchfloor.kafka.tail import Position

MEDIA_TYPE = "text/event-stream"
RETRY = b"retry: 2000\n\n"
"""Milliseconds after which a browser that was cut off comes back."""
STILL_HERE = b": still here\n"
BEAT = b"event: beat\ndata: {}\n"
"""The same for scripts of a browser, which are not told of comments."""


def event(name: str, data: bytes) -> bytes:
    r"""An event without its id; `data` is one line.

    >>> event("withdrawn", b'{"article_id":"a"}')
    b'event: withdrawn\ndata: {"article_id":"a"}\n\n'
    """
    return b"event: %s\ndata: %s\n\n" % (name.encode(), data)


def identity(position: Position) -> bytes:
    r"""The line that says where a client stands: it asks again from there.

    >>> identity(Position({0: 17, 1: 4}))
    b'id: 0:17,1:4\n'
    """
    return b"id: %s\n" % str(position).encode()


def standing(position: Position) -> bytes:
    """The id alone: a browser keeps it and raises no event."""
    return identity(position) + b"\n"


def gap(missed: int | None, start: Position, end: Position) -> bytes:
    """What a client is told that could not be sent everything; `missed` is None where nobody can count it any more."""
    said = json.dumps({"missed": missed, "from": str(start), "to": str(end)})
    return identity(end) + event("gap", said.encode())
