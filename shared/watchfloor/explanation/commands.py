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
INDENT, LEAST_WIDTH = "    ", 60
"""How narrow the words of a step may become before they stand below it, and how far in."""


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
    click.echo(found.model_dump_json() if as_json else readable(found, _columns()))
    sys.exit(0 if found.verdict == "here" else NOT_HERE)


def readable(found: Explanation, width: int | None) -> str:
    """The steps as a table, the decisive one marked; then the sentence, and the remedy where there is one.

    In a terminal of `width` columns nothing but an address that is longer goes over its edge; without one, each step,
    the sentence and the remedy are a line.
    """
    codes = max(len(step.code) for step in found.steps)
    lines = [line for step in found.steps for line in _lines(step, codes, width)]
    remedy = [f"Remedy: {found.remedy}"] if found.remedy else []
    told = [line for text in (found.sentence, *remedy) for line in _wrapped(text, width)]
    return "\n".join([*lines, "", *told])


def _lines(step: Step, codes: int, width: int | None) -> list[str]:
    """A step: its words beside what it is, or below where they would become too narrow."""
    at = when(step.at) if step.at else ""
    head = f"{DECISIVE if step.decisive else ' '} {at:<20}  {step.name:<7}  {step.code:<{codes}}  "
    beside = len(step.what) if width is None else width - len(head)
    if beside < min(LEAST_WIDTH, len(step.what)) and width is not None:
        return [head.rstrip(), *(INDENT + line for line in _wrapped(step.what, width - len(INDENT)))]
    first, *rest = _wrapped(step.what, width and width - len(head)) or [""]
    return [f"{head}{first}".rstrip(), *(" " * len(head) + line for line in rest)]


def _wrapped(text: str, width: int | None) -> list[str]:
    """Lines of at most this width, no word of which is broken."""
    plain = _plain(text)
    return [plain] if width is None else wrap(plain, max(width, 1), break_long_words=False, break_on_hyphens=False)


def _columns() -> int | None:
    """The width of the terminal; None where the output goes elsewhere."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def _plain(text: str) -> str:
    """Titles and answers of strangers must not steer the terminal."""
    return "".join(character if character.isprintable() else " " for character in text)
