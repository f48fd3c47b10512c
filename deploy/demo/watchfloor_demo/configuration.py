"""The sources.yaml that has the outlets read, for the ports on which they answer."""

import re
from pathlib import Path

from watchfloor.settings import Settings
from watchfloor_demo.outlets import OUTLETS, addresses

SOURCES = Path(__file__).parents[1] / "sources.yaml"
WRITTEN_FOR = 8481
"""The port of the first outlet in sources.yaml as it lies there."""
ADDRESS = re.compile(r"http://127\.0\.0\.1:(\d+)")


def configuration(settings: Settings) -> str:
    """The text of sources.yaml, its ports moved to where the outlets answer with these settings."""
    moved = dict(zip(range(WRITTEN_FOR, WRITTEN_FOR + len(OUTLETS)), addresses(settings), strict=True))
    return ADDRESS.sub(lambda found: moved[int(found[1])], SOURCES.read_text(encoding="utf-8"))


def sources_file(settings: Settings) -> Path:
    """A file with this configuration: sources.yaml itself, or `newsroom-sources.yaml` in the data folder."""
    if settings.newsroom_port == WRITTEN_FOR:
        return SOURCES
    settings.data.mkdir(parents=True, exist_ok=True)
    path = settings.data / "newsroom-sources.yaml"
    part = path.with_suffix(".part")
    part.write_text(configuration(settings), encoding="utf-8")
    part.replace(path)
    return path
