"""`watchfloor sources check` and `add`: what asks the sites themselves."""

import asyncio
import json
import re
import sys
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import click

from watchfloor.errors import Rejected
from watchfloor.settings import Settings
from watchfloor_scraper.checking import Report, lines_of, with_lists
from watchfloor_scraper.checking.lines import SHOWN
from watchfloor_scraper.checking.run import check_address, check_each
from watchfloor_scraper.configuration import Configuration, Outlet, add_outlet, load, read_outlet, user_agent
from watchfloor_scraper.configuration.naming import id_of
from watchfloor_scraper.sources_options import FILE, JSON, line_of, path_of

ADDRESS = re.compile(r"https?://", re.IGNORECASE)
LISTS = ("feeds", "sitemaps", "sections")
DELAY = click.option("--delay", metavar="DURATION", help="Between two requests to the host of URL; by default 2s.")


@click.command()
@click.argument("target", required=False, metavar="[FILE|URL]")
@click.option("--only", "ids", multiple=True, metavar="ID", help="Check this source of the file; may be repeated.")
@click.option("--offline", is_flag=True, help="Ask no site: only whether the file is right.")
@click.option("--all", "show_all", is_flag=True, help=f"Print every entry of a list, not only the first {SHOWN}.")
@DELAY
@JSON
def check(
    target: str | None,
    ids: tuple[str, ...],
    offline: bool,  # noqa: FBT001 - click's way
    show_all: bool,  # noqa: FBT001
    delay: str | None,
    as_json: bool,  # noqa: FBT001
) -> None:
    """Say what would be fetched and what not, and why; fetch no article.

    FILE is a file of sources, by default that of WATCHFLOOR_SOURCES; URL a site's home page or a feed. The sites are
    asked for robots.txt, tdmrep.json, their home page and their lists, at the pace that they and the file ask for. Exit
    status 1 where a list cannot be read or nothing would be fetched.
    """
    if target and ADDRESS.match(target):
        reports = _reports_of_address(target, delay)
    else:
        configuration = load(path_of(Path(target) if target else None))
        outlets = _chosen(configuration, ids)
        if offline:
            _print_outlets(outlets, as_json=as_json)
            return
        reports = _reports_of_file(configuration, outlets)
    well = asyncio.run(_print_reports(reports, shown=sys.maxsize if show_all else SHOWN, as_json=as_json))
    sys.exit(0 if well else 1)


async def _reports_of_address(url: str, delay: str | None) -> AsyncIterator[Report]:
    settings = Settings()
    _, report = await check_address(url, delay, settings, user_agent(settings.contact, _contact(settings.sources_path)))
    yield report


def _reports_of_file(configuration: Configuration, outlets: Sequence[Outlet]) -> AsyncIterator[Report]:
    settings = Settings()
    return check_each(outlets, settings, user_agent(settings.contact, configuration.contact))


async def _print_reports(reports: AsyncIterator[Report], *, shown: int, as_json: bool) -> bool:
    """Print each report as soon as it is there; whether all are well."""
    well = True
    async for report in reports:
        lines = [json.dumps(report.as_dict(), ensure_ascii=False)] if as_json else lines_of(report, shown=shown)
        for line in lines:
            click.echo(line)
        well = well and report.well
    return well


def _print_outlets(outlets: Sequence[Outlet], *, as_json: bool) -> None:
    for outlet in outlets:
        click.echo(json.dumps(outlet.as_written(), ensure_ascii=False) if as_json else line_of(outlet))


def _chosen(configuration: Configuration, ids: tuple[str, ...]) -> list[Outlet]:
    unknown = next((name for name in ids if name not in configuration.by_id), None)
    if unknown is not None:
        raise Rejected("is no source of the file", subject=unknown, remedy="see `watchfloor sources list`")
    return [outlet for outlet in configuration.outlets if not ids or outlet.id in ids]


def _contact(path: Path | None) -> str:
    """The contact of the file of sources; empty where there is no such file yet."""
    return load(path).contact if path and path.exists() else ""


@click.command()
@click.argument("url")
@FILE
@click.option("--id", "own_id", metavar="ID", help="By default made of the name, or of the domain.")
@click.option("--name", help="For a person; by default the host.")
@click.option("--feed", "feeds", multiple=True, metavar="URL", help="RSS, Atom or JSON Feed; may be repeated.")
@click.option("--sitemap", "sitemaps", multiple=True, metavar="URL", help="May be repeated.")
@click.option("--section", "sections", multiple=True, metavar="URL", help="A page of links; may be repeated.")
@click.option("--country", help="ISO 3166-1 alpha-2.")
@click.option("--language", help="Primary language subtag.")
@click.option("--tag", "tags", multiple=True, help="May be repeated.")
@DELAY
def add(url: str, chosen: Path | None, own_id: str | None, **given: str | tuple[str, ...] | None) -> None:
    """Add the source at a home page or feed to the file.

    Where neither --feed nor --sitemap nor --section is given, the site is asked what it offers, as `check URL` asks it.
    """
    path = path_of(chosen)
    fields = {key: value for key, value in given.items() if value}
    found = read_outlet({"id": own_id or "new", "home": url, **fields}, "the new source")
    if not any(key in fields for key in LISTS):
        delay = str(given["delay"]) if given["delay"] else None
        found = asyncio.run(_detected(url, delay, path))
    settled = own_id or id_of(str(given["name"] or ""), found.home)
    outlet = read_outlet({**found.as_written(), **fields, "id": settled}, "the new source")
    add_outlet(path, outlet)
    click.echo(f"added {line_of(outlet)}")
    for address in outlet.lists:
        click.echo(f"  {address}")


async def _detected(url: str, delay: str | None, path: Path) -> Outlet:
    settings = Settings()
    outlet, report = await check_address(url, delay, settings, user_agent(settings.contact, _contact(path)))
    return with_lists(outlet, report)
