"""What the commands of `watchfloor sources` have in common."""

from pathlib import Path

import click

from watchfloor.errors import Stop
from watchfloor.settings import Settings
from watchfloor_scraper.configuration import Outlet

FILE = click.option(
    "--file",
    "chosen",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file of sources; by default that of WATCHFLOOR_SOURCES.",
)
JSON = click.option("--json", "as_json", is_flag=True, help="A line of JSON each.")


def path_of(chosen: Path | None) -> Path:
    """The file of sources. Raises Stop where none is set."""
    path = chosen or Settings().sources_path
    if path is None:
        remedy = "set WATCHFLOOR_SOURCES to its path, or give --file; until then the demonstration is what is read"
        raise Stop("is not set", subject="the file of sources", remedy=remedy)
    return path


def line_of(outlet: Outlet) -> str:
    """An outlet for a person, in one line."""
    counted = ((len(getattr(outlet, kind)), kind) for kind in ("feeds", "sitemaps", "sections"))
    has = [f"{number} {kind if number > 1 else kind[:-1]}" for number, kind in counted if number]
    state = "paused" if outlet.paused else ", ".join(has) or "home alone"
    return f"{outlet.id:<24} {state:<32} {outlet.name}  {outlet.home}"
