"""`watchfloor sources`: the file of sources, looked at and changed."""

import json
import sys
from pathlib import Path

import click

from watchfloor.errors import Stop
from watchfloor_scraper.configuration import export_opml, import_opml, load, merge, set_paused
from watchfloor_scraper.sources_check_commands import add, check
from watchfloor_scraper.sources_options import FILE, JSON, line_of, path_of

OPML_FILE = click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path)


@click.group()
def sources() -> None:
    """The sites that are watched: list, pause, resume, check and add them.

    They stand in a YAML file, which WATCHFLOOR_SOURCES or --file names; where neither does, Watchfloor reads its
    demonstration. The file is changed in place, its comments are kept, and a running scraper takes the change over
    within seconds.
    """


sources.add_command(check)
sources.add_command(add)


@sources.command("list")
@FILE
@JSON
def list_sources(chosen: Path | None, as_json: bool) -> None:  # noqa: FBT001 - click's way
    """Print every source: id, what it has, name, home."""
    for outlet in load(path_of(chosen)).outlets:
        click.echo(json.dumps(outlet.as_written(), ensure_ascii=False) if as_json else line_of(outlet))


@sources.command()
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@FILE
def pause(ids: tuple[str, ...], chosen: Path | None) -> None:
    """Fetch nothing of these sources until they are resumed."""
    set_paused(path_of(chosen), ids, paused=True)


@sources.command()
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@FILE
def resume(ids: tuple[str, ...], chosen: Path | None) -> None:
    """Fetch these sources again."""
    set_paused(path_of(chosen), ids, paused=False)


@sources.group("import")
def import_group() -> None:
    """Take sources over from elsewhere."""


@import_group.command("opml")
@click.argument("file", type=OPML_FILE)
@FILE
def import_from_opml(file: Path, chosen: Path | None) -> None:
    """Add the feeds of an OPML file, as feed readers export it; - is standard input.

    What is there already, by its feed, is left as it is. Folders become tags.
    """
    content = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    found = import_opml(content, str(file))
    merged = merge(path_of(chosen), found.outlets)
    for outlet in merged.added:
        click.echo(f"added {line_of(outlet)}")
    for sentence in found.passed_over:
        click.echo(f"passed over {sentence}", err=True)
    click.echo(f"{len(merged.added)} added, {len(merged.known)} known, {len(found.passed_over)} passed over", err=True)
    sys.exit(1 if found.passed_over else 0)


@sources.group("export")
def export_group() -> None:
    """Hand sources over to elsewhere."""


@export_group.command("opml")
@click.argument("file", required=False, type=click.Path(dir_okay=False, path_type=Path))
@FILE
def export_to_opml(file: Path | None, chosen: Path | None) -> None:
    """Write the sources as OPML 2.0, to standard output where no FILE is named."""
    text = export_opml(load(path_of(chosen)))
    if file is None:
        click.echo(text, nl=False)
        return
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise Stop(f"cannot be written: {error.strerror}", subject=str(file), remedy="check the path") from error
