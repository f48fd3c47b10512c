"""Stylesheets, scripts and their kin: under an address that changes with their content, so that they are kept for ever."""

import hashlib
import mimetypes
from functools import cache
from pathlib import Path

from fastapi import APIRouter, Request, Response
from starlette.exceptions import HTTPException

router = APIRouter(include_in_schema=False)
FOLDER = Path(__file__).with_name("static")
KEPT = {"cache-control": "public, max-age=31536000, immutable"}
ASKED_AGAIN = {"cache-control": "no-cache"}


@cache
def _all() -> dict[str, tuple[bytes, str, str]]:
    """Each asset by its name: what it holds, its media type, and a digest."""
    files = (path for path in FOLDER.rglob("*") if path.is_file() and path.suffix in {".css", ".js"})
    return {path.relative_to(FOLDER).as_posix(): _read(path) for path in files}


def _read(path: Path) -> tuple[bytes, str, str]:
    content = path.read_bytes()
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return content, f"{kind}; charset=utf-8", hashlib.sha256(content).hexdigest()[:12]


def address(name: str) -> str:
    """Where an asset is fetched. Raises KeyError where there is none of this name."""
    return f"/static/{name}?v={_all()[name][2]}"


@router.get("/static/{name:path}")
async def asset(request: Request, name: str) -> Response:
    """An asset; one that another imports is asked for without a version, and answered by its ETag."""
    if name not in _all():
        raise HTTPException(404)
    content, kind, digest = _all()[name]
    kept = KEPT if request.query_params.get("v") == digest else ASKED_AGAIN
    headers = {**kept, "etag": f'"{digest}"', "content-type": kind}
    if request.headers.get("if-none-match") == f'"{digest}"':
        return Response(status_code=304, headers=headers)
    return Response(content, headers=headers)
