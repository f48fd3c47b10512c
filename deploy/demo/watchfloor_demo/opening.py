"""When the newsroom opened: at the first request that it ever had, so that no visitor comes late.

It is kept in the data folder, so that a restart does not go back in time.
"""

import json
from datetime import datetime
from pathlib import Path

from watchfloor.errors import Stop


def noted_opening(data: Path) -> datetime | None:
    """When the newsroom of this data folder opened; None where it has not yet.

    Raises Stop where the note cannot be read, or none could be made.
    """
    note = _note(data)
    try:
        data.mkdir(parents=True, exist_ok=True)
        return _read(note.read_bytes()) if note.exists() else None
    except OSError as error:
        raise Stop(f"cannot be read or written: {error.strerror}", subject=str(note), remedy="see who may") from error
    except ValueError as error:
        raise Stop(
            "is no note of an opening", subject=str(note), remedy="delete it: the newsroom begins anew"
        ) from error


def note_opening(data: Path, now: datetime) -> datetime:
    """Note that it opens now. Raises OSError where the note cannot be written."""
    part = _note(data).with_suffix(".part")
    part.write_text(json.dumps({"opened_at": now.isoformat()}), encoding="utf-8")
    part.replace(_note(data))
    return now


def _note(data: Path) -> Path:
    return data / "newsroom.json"


def _read(note: bytes) -> datetime:
    """Raises ValueError where this is no note."""
    noted = json.loads(note)
    opened = datetime.fromisoformat(str(noted.get("opened_at") if isinstance(noted, dict) else noted))
    if opened.tzinfo is None:
        raise ValueError(f"{opened} has no zone")
    return opened
