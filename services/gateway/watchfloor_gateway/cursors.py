"""Cursors: where a page of results ends, signed, and good for the query alone that gave them."""

import hashlib
import json
import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from itsdangerous import BadData, URLSafeSerializer

from watchfloor.errors import Stop
from watchfloor.settings import Settings
from watchfloor.store.protocol import Position

SECRET_BYTES = 32
FORMAT = "watchfloor.cursor.1"


class InvalidCursor(ValueError):
    """A cursor that was not given by this gateway, or for another query."""


class Cursors:
    """Writes and reads cursors with one secret."""

    def __init__(self, secret: str) -> None:
        self._signer = URLSafeSerializer(secret, salt=FORMAT, signer_kwargs={"digest_method": hashlib.sha256})

    def write(self, position: Position, query: Mapping[str, object]) -> str:
        """The cursor of a position in the results of a query (any JSON that stands for it)."""
        return str(self._signer.dumps([position.sort_value, position.article_id, _digest(query)]))

    def read(self, cursor: str, query: Mapping[str, object]) -> Position:
        """The position of a cursor.

        Raises InvalidCursor where it is forged, damaged, or of another query.
        """
        try:
            sort_value, article_id, digest = self._signer.loads(cursor)
        except (BadData, ValueError, TypeError, RecursionError) as error:
            raise InvalidCursor("is no cursor of this gateway: take `next` as it was given") from error
        if digest != _digest(query):
            raise InvalidCursor("belongs to another query: leave the other parameters as they were, or drop the cursor")
        return Position(float(sort_value), article_id)


def _digest(query: Mapping[str, object]) -> str:
    text = json.dumps(query, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def secret_of(settings: Settings) -> str:
    """The secret that signs cursors: the operator's, else one drawn once and kept in the data folder for us alone.

    Raises Stop where the operator's cannot be read, or the data folder cannot keep ours.
    """
    if settings.cursor_secret_file:
        return _of_file(settings)
    if settings.cursor_secret:
        return settings.cursor_secret
    path = settings.data / "cursor-secret"
    try:
        secret = path.read_text("ascii") if path.exists() else _draw(path)
    except (OSError, UnicodeDecodeError) as error:
        remedy = "make WATCHFLOOR_DATA_FOLDER writable, or set WATCHFLOOR_CURSOR_SECRET"
        raise Stop(f"cannot be read or written: {error}", subject=str(path), remedy=remedy) from error
    if len(secret) < SECRET_BYTES:
        raise Stop("holds no secret", subject=str(path), remedy="delete it: another is drawn")
    return secret


def _of_file(settings: Settings) -> str:
    variable, path = "WATCHFLOOR_CURSOR_SECRET_FILE", settings.cursor_secret_file
    if settings.cursor_secret:
        raise Stop("is set, and so is WATCHFLOOR_CURSOR_SECRET", subject=variable, remedy="set one of the two")
    try:
        secret = Path(path).expanduser().read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        remedy = f"set {variable} to a file of text that user {os.getuid()} may read"
        raise Stop(f"names {path}, which cannot be read: {error}", subject=variable, remedy=remedy) from error
    if not secret:
        raise Stop(f"names {path}, which is empty", subject=variable, remedy="write the secret into it, on one line")
    return secret


def _draw(path: Path) -> str:
    """Draw a secret; of two processes that draw at once, both keep the first one's."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    part.unlink(missing_ok=True)
    with os.fdopen(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(SECRET_BYTES))
    try:
        os.link(part, path)
    except FileExistsError:
        pass
    finally:
        part.unlink()
    return path.read_text("ascii")
