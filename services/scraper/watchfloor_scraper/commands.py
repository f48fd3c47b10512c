"""`watchfloor feed`, `watchfloor robots` and `watchfloor ingest`."""

import json
import sys
from dataclasses import asdict
from pathlib import Path

import click

from watchfloor.identity import canonical_url
from watchfloor.settings import Settings
from watchfloor_scraper.feed import read_feed
from watchfloor_scraper.ingest.inputs import read_time
from watchfloor_scraper.ingest.order import Order
from watchfloor_scraper.ingest.run import run
from watchfloor_scraper.robots import read_robots

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("file", type=FILE)
@click.option("--url", required=True, help="The address it was served from; relative links are resolved against it.")
def feed(file: Path, url: str) -> None:
    """Print the entries of a feed or sitemap.

    One line of JSON an entry: url, title, published_at, updated_at, guid, source. Reads RSS, Atom, JSON Feed, sitemaps
    and sitemap indexes, plain or gzip.
    """
    canonical_url(url)
    found = read_feed(file.read_bytes(), url)
    for entry in found.entries:
        click.echo(json.dumps(asdict(entry), ensure_ascii=False))
    if not found.complete:
        click.echo(f"{file}: lists more than the {len(found.entries)} entries that are read", err=True)


@click.command()
@click.argument("file", type=FILE)
@click.option("--agent", required=True, help="Product token of the crawler, such as WatchfloorBot.")
@click.argument("paths", nargs=-1, metavar="-- PATH...")
def robots(file: Path, agent: str, paths: tuple[str, ...]) -> None:
    """Print what a robots.txt allows an agent: one line of JSON with crawl_delay, allowed and denied."""
    rules = read_robots(file.read_bytes())
    delay = rules.crawl_delay(agent)
    verdict = {
        "crawl_delay": int(delay) if delay is not None and delay.is_integer() else delay,
        "allowed": [path for path in paths if rules.allows(path, agent)],
        "denied": [path for path in paths if not rules.allows(path, agent)],
    }
    click.echo(json.dumps(verdict, ensure_ascii=False))


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--url", help="Address of the page; with one file only.")
@click.option("--fetched-at", metavar="TIME", help="When the pages were fetched: ISO 8601 with a zone.")
@click.option("--again", is_flag=True, help="Send also what was sent in an earlier run.")
@click.option("--wait/--no-wait", default=None, help="Wait until all stages have worked off what is on their topics.")
def ingest(paths: tuple[Path, ...], url: str | None, fetched_at: str | None, again: bool, wait: bool | None) -> None:  # noqa: FBT001
    """Send HTML and WARC files into the running system as a backfill.

    PATHS are HTML or WARC files, plain or gzip, or folders of them. Records of a WARC file say their addresses and times
    themselves; what is damaged in it is named, the rest is sent. A folder of pages may have an index.tsv of file, URL
    and time, in columns apart by tabs; without it the address is --url, or the page's own canonical link or og:url.
    Without --fetched-at the time is that of the index, else when the file was last changed.

    What the broker acknowledged is skipped by the next run; a file that has changed since is a new visit. Waits for the
    stages by default only on a terminal. Exit status 0 only where all went well; the good inputs are sent in any case.
    """
    settings = Settings()
    if url and (len(paths) > 1 or paths[0].is_dir()):
        raise click.UsageError("--url goes with one file; list several in an index.tsv of file, URL and time")
    order = Order(
        paths=paths,
        url=url,
        fetched_at=read_time(fetched_at, "--fetched-at") if fetched_at else None,
        again=again,
        page_max_bytes=settings.page_max_mb * 1024**2,
    )
    display = run(order, settings, wait=sys.stderr.isatty() if wait is None else wait)
    click.echo(f"ingest: {display.summary}", err=True)
    sys.exit(0 if display.complete and not display.failed_inputs else 1)
