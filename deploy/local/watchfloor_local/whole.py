"""Files that are written whole or not at all."""

import os
from pathlib import Path


def write(path: Path, data: bytes) -> None:
    """Put these bytes at this path; whoever reads it meanwhile sees the old file or the new one. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        part.write_bytes(data)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
