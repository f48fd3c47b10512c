"""Stylesheets, scripts and their kin: under addresses that change with their content, so that they are kept for ever."""

import gzip
import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fastapi import APIRouter, Request, Response
from starlette.exceptions import HTTPException

router = APIRouter(include_in_schema=False)
FOLDER = Path(__file__).with_name("static")
KINDS = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8"}
KEPT = {"cache-control": "public, max-age=31536000, immutable"}
ASKED_AGAIN = {"cache-control": "no-cache"}
SHEETS = ("tokens.css", "page.css", "article.css", "versions.css")
JOINED = "screens.css"
"""The stylesheets one after the other: nothing is painted before the last of them came."""


@dataclass(frozen=True)
class Asset:
    """What is sent, also packed, and its media type."""

    content: bytes
    packed: bytes
    kind: str


@cache
def _all() -> dict[str, Asset]:
    """Each asset by its name."""
    files = (path for path in sorted(FOLDER.rglob("*")) if path.suffix in KINDS)
    contents = {path.relative_to(FOLDER).as_posix(): path.read_bytes() for path in files}
    contents[JOINED] = b"\n".join(contents[name] for name in SHEETS)
    return {name: _asset(name, content) for name, content in contents.items()}


def _asset(name: str, content: bytes) -> Asset:
    return Asset(content, gzip.compress(content, mtime=0), KINDS[Path(name).suffix])


@cache
def digest() -> str:
    """A digest of all assets: it is a folder in their addresses, so that what one of them imports has it, too."""
    found = hashlib.sha256()
    for name, each in _all().items():
        found.update(f"{name} {len(each.content)} ".encode() + each.content)
    return found.hexdigest()[:12]


def address(name: str) -> str:
    """Where an asset is fetched. Raises KeyError where there is none of this name."""
    _all()[name]
    return f"/static/{digest()}/{name}"


@router.get("/static/{version}/{name:path}")
async def asset(request: Request, version: str, name: str) -> Response:
    """An asset. One of another version, for a page that was read before this process began, is answered by what there is."""
    if name not in _all():
        raise HTTPException(404)
    found, etag = _all()[name], f'W/"{digest()}"'
    headers = {**(KEPT if version == digest() else ASKED_AGAIN), "etag": etag, "vary": "accept-encoding"}
    if request.headers.get("if-none-match") == etag:
        return Response(status_code=304, headers=headers)
    headers["content-type"] = found.kind
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(found.packed, headers={**headers, "content-encoding": "gzip"})
    return Response(found.content, headers=headers)
