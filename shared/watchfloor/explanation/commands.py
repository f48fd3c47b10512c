"""`watchfloor explain`: from the store alone, without broker and gateway."""

import shutil
import sys
from datetime import UTC, datetime
from textwrap import wrap

import click

from watchfloor.errors import InvalidAddress
from watchfloor.explanation.explain import explain as explain_by
from watchfloor.explanation.model import Explanation, Step
from watchfloor.explanation.wording import when
from watchfloor.settings import Settings
from watchfloor.store.sqlite import SqliteStore

NOT_HERE, BAD_ADDRESS = 1, 2
DECISIVE = "▶"
WHAT_AT, LEAST_WIDTH = 50, 40
"""The column where a step's words begin, and how narrow they may become."""


@click.command()
@click.argument("url")
@click.option("--json", "as_json", is_flag=True, help="The explanation as one line of JSON.")
def explain(url: str, as_json: bool) -> None:  # noqa: FBT001 - click's way
    """Say why the article at URL is here, or the first reason why it is not.

    The exit status is 0 where it is here, 1 where it is not, 2 where URL is no address.
    """
    store = SqliteStore(Settings().store_path, read_only=True)
    try:
        found = explain_by(url, store, datetime.now(UTC))
    except InvalidAddress as error:
        click.echo(f"error: {error}", err=True)
        sys.exit(BAD_ADDRESS)
    finally:
        store.close()
    click.echo(found.model_dump_json() if as_json else readable(found, shutil.get_terminal_size().columns))
    sys.exit(0 if found.verdict == "here" else NOT_HERE)


def readable(found: Explanation, width: int) -> str:
    """The steps as a table, the decisive one marked; then the sentence, and the remedy where there is one."""
    lines = [line for step in found.steps for line in _lines(step, max(LEAST_WIDTH, width - WHAT_AT))]
    remedy = [f"Remedy: {_plain(found.remedy)}"] if found.remedy else []
    return "\n".join([*lines, "", _plain(found.sentence), *remedy])


def _lines(step: Step, width: int) -> list[str]:
    at = when(step.at) if step.at else ""
    head = f"{DECISIVE if step.decisive else ' '} {at:<20}  {step.name:<7}  {step.code:<15}  "
    first, *rest = wrap(_plain(step.what), width, break_on_hyphens=False) or [""]
    return [f"{head}{first}".rstrip(), *(" " * WHAT_AT + line for line in rest)]


def _plain(text: str) -> str:
    """Titles and answers of strangers must not steer the terminal."""
    return "".join(character if character.isprintable() else " " for character in text)
