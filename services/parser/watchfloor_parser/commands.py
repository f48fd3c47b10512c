"""`watchfloor parse` and `watchfloor canonical`: files in, lines out; no Kafka."""

import gzip
import sys
import zlib
from datetime import UTC, datetime
from pathlib import Path

import click

from watchfloor import identity
from watchfloor.errors import Rejected, WatchfloorError
from watchfloor.settings import Settings
from watchfloor_parser.canonical import read_canonical
from watchfloor_parser.page.reading import RawPage, read_page
from watchfloor_parser.parse import parse as parse_raw

GZIP = b"\x1f\x8b"


@click.command()
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--url", help="The address that the page was fetched from; with one FILE only.")
@click.option("--fetched-at", metavar="TIME", help="When it was fetched: ISO 8601 with a zone.")
def parse(files: tuple[Path, ...], url: str | None, fetched_at: str | None) -> None:
    """Read articles out of HTML files, plain or gzip; a line of JSON each."""
    if url is not None and len(files) > 1:
        raise click.UsageError("--url names the address of one page; give one FILE with it")
    address = identity.canonical_url(url) if url is not None else None
    moment = _moment(fetched_at)
    failed = False
    for file in files:
        try:
            article = parse_raw(RawPage(read_file(file), str(file), address, moment))
            click.echo(article.model_dump_json())
        except WatchfloorError as error:
            failed = True
            click.echo(f"error: {error}", err=True)
    sys.exit(int(failed))


@click.command()
@click.argument("url")
@click.option("--page", type=click.Path(path_type=Path), help="The page itself, which may name its own address.")
def canonical(url: str, page: Path | None) -> None:
    """Print the canonical address of URL."""
    address = identity.canonical_url(url)
    if page is not None:
        found = read_canonical(read_page(RawPage(read_file(page), str(page), address)))
        address = found.value if found else address
    click.echo(address)


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise click.BadParameter(
            f"{text!r} is no ISO 8601 time with a zone, such as 2026-05-13T06:00:00Z", param_hint="--fetched-at"
        )
    return moment.astimezone(UTC)


def read_file(file: Path) -> bytes:
    """A page's bytes, unpacked where the file is gzip.

    Raises Rejected where it cannot be read, or is larger than `page_max_mb`.
    """
    limit = Settings().page_max_mb * 1024 * 1024
    try:
        with file.open("rb") as opened:
            packed = opened.read(2) == GZIP
        with gzip.open(file) if packed else file.open("rb") as content:
            read = content.read(limit + 1)
    except OSError as error:
        reason = f"cannot be read: {error.strerror or error}"
        raise Rejected(reason, subject=str(file), remedy="give an HTML file, plain or gzip") from error
    except (EOFError, zlib.error) as error:
        raise Rejected(f"is broken gzip: {error}", subject=str(file), remedy="pack the page again") from error
    if len(read) > limit:
        remedy = "no article is so large; raise WATCHFLOOR_PAGE_MAX_MB if this one is"
        raise Rejected(f"is larger than {limit // 1024 // 1024} MB", subject=str(file), remedy=remedy)
    return read
