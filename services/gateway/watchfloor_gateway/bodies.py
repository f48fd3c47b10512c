"""Bodies under /v1: JSON alone, and no larger than the operator allows, measured as they arrive."""

import asyncio
import json
from typing import Any

from fastapi import Request
from starlette.requests import ClientDisconnect

from watchfloor_gateway.errors import Refusal, problem

MEGABYTE = 1024 * 1024
SECONDS = 60.0
"""A body that takes longer than this holds memory for nothing."""
DRAINED = 4
"""How many times the limit is read and thrown away, so that a client which sends first reads the refusal after."""


async def read_json(request: Request, *, limit_mb: int) -> Any:
    """The body as JSON; lone surrogates become U+FFFD.

    Raises Refusal: 415 where it is declared as something else, 413 where it is too large, 408 where it takes too
    long, 400 where it is no JSON.
    """
    _demand_json(request.headers.get("content-type", ""))
    try:
        async with asyncio.timeout(SECONDS):
            content = await _read(request, limit_mb)
    except TimeoutError as error:
        raise Refusal(
            problem(408, f"the body did not arrive within {SECONDS:.0f} s", headers={"connection": "close"})
        ) from error
    except ClientDisconnect as error:
        raise Refusal(problem(400, "the body broke off")) from error
    return await asyncio.to_thread(parse, content)


def _demand_json(content_type: str) -> None:
    media_type, _, rest = content_type.partition(";")
    charset = rest.lower().replace('"', "").strip()
    if media_type.strip().lower() != "application/json" or charset not in ("", "charset=utf-8"):
        said = repr(content_type) if content_type else "no type"
        raise Refusal(problem(415, f"the body is declared as {said} (send application/json in UTF-8)", kind="not-json"))


async def _read(request: Request, limit_mb: int) -> bytes:
    limit = limit_mb * MEGABYTE
    if request.headers.get("expect", "").lower() == "100-continue" and _declared(request) > limit:
        raise _too_large(limit_mb)
    kept, size = bytearray(), 0
    async for chunk in request.stream():
        size += len(chunk)
        if size <= limit:
            kept += chunk
        elif size > limit * (1 + DRAINED):
            break
    if size > limit:
        raise _too_large(limit_mb)
    return bytes(kept)


def _declared(request: Request) -> int:
    declared = request.headers.get("content-length", "")
    return int(declared) if declared.isdecimal() else 0


def _too_large(limit_mb: int) -> Refusal:
    return Refusal(
        problem(
            413,
            f"the body is larger than {limit_mb} MB (WATCHFLOOR_PAGE_MAX_MB sets how large a page may be)",
            kind="too-large",
            headers={"connection": "close"},
        )
    )


def parse(content: bytes) -> Any:
    """Read JSON in UTF-8; lone surrogates become U+FFFD.

    Raises Refusal (400) where it is none.

    >>> parse(b'["it", "is", {"a": "list"}]')
    ['it', 'is', {'a': 'list'}]
    """
    try:
        return _whole(json.loads(content.decode("utf-8-sig"), parse_constant=_no_number))
    except (ValueError, RecursionError) as error:
        raise Refusal(problem(400, f"the body is no JSON in UTF-8: {error}", kind="not-json")) from error


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is no number in JSON")


def _whole(value: Any) -> Any:
    """Replace lone surrogates in the strings of an object; deeper ones belong to no field that is accepted."""
    if isinstance(value, dict):
        return {_text(name): _text(item) if isinstance(item, str) else item for name, item in value.items()}
    return value


def _text(text: str) -> str:
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
