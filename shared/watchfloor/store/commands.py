"""`watchfloor search`: the store asked directly, without a gateway."""

import json
import sys
from datetime import datetime
from typing import get_args

import click

from watchfloor.events import utc_text
from watchfloor.query import parse_query
from watchfloor.settings import Settings
from watchfloor.store.highlights import CLOSES, OPENS
from watchfloor.store.places import locator
from watchfloor.store.protocol import Hit, Kept, Search, Sort
from watchfloor.store.sqlite import SqliteStore

MOST = 10_000


@click.command()
@click.argument("query", default="")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, MOST), help="Articles to print.")
@click.option("--sort", default="newest", show_default=True, type=click.Choice(get_args(Sort)), help="Their order.")
@click.option("--json", "as_json", is_flag=True, help="A line of JSON an article, also on a terminal.")
def search(query: str, limit: int, sort: Sort, as_json: bool) -> None:  # noqa: FBT001 - click's way
    """Find articles in the store: watchfloor search 'drone place:Odesa~50km -author:smith'.

    On a terminal a list to read, else a line of JSON an article. An empty QUERY finds all.
    """
    node = parse_query(query)
    settings = Settings()
    store = SqliteStore(settings.store_path, read_only=True, locate=locator(settings.cache))
    try:
        found = store.search(Search(node, sort, limit))
    finally:
        store.close()
    readable = sys.stdout.isatty() and not as_json
    for hit in found.hits:
        click.echo(_readable(hit) if readable else _line(hit.kept))
    if readable:
        click.echo(f"{len(found.hits)} of {found.total} articles")


def _line(kept: Kept) -> str:
    told = {
        "withdrawn_at": utc_text(kept.withdrawn_at) if kept.withdrawn_at else None,
        "withdrawn_reason": kept.withdrawn_reason,
        "trace_id": kept.trace_id,
    }
    return f'{{"article":{kept.written.decode()},{json.dumps(told, ensure_ascii=False)[1:]}'


def _readable(hit: Hit) -> str:
    article = hit.kept.article
    when = datetime.fromisoformat(article.published_at or article.first_fetched_at.isoformat())
    head = f"{when:%Y-%m-%d}  {click.style(article.title or '(no title)', bold=True)}"
    gone = f"  withdrawn {hit.kept.withdrawn_at:%Y-%m-%d %H:%M}Z" if hit.kept.withdrawn_at else ""
    passages = (f"    {_styled(passage)}" for passage in hit.highlights)
    return "\n".join([head + gone, *passages, f"    {article.canonical_url}", ""])


def _styled(passage: str) -> str:
    return passage.replace(OPENS, "\x1b[4m").replace(CLOSES, "\x1b[24m")
