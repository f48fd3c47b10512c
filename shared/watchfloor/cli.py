"""`watchfloor`: finds commands by entry points and loads only the one that is asked for."""

import re
import sys
from functools import cache
from importlib.metadata import EntryPoint, PackageNotFoundError, entry_points, requires, version

import click

from watchfloor.errors import WatchfloorError


class Dispatcher(click.Group):
    """A group whose commands are the entry points of `watchfloor.commands`.

    Without those whose extras are not installed: an image of one service has no command that it cannot do.
    """

    def _entries(self) -> dict[str, EntryPoint]:
        found = entry_points(group="watchfloor.commands")
        return {entry.name: entry for entry in found if all(map(installed, entry.extras))}

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Every installed command, by name."""
        return sorted(self._entries())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Load one command; None where no such is installed."""
        entry = self._entries().get(cmd_name)
        if entry is None:
            return None
        command = entry.load()
        if not isinstance(command, click.Command):
            raise TypeError(f"the entry point {entry.name} = {entry.value} is no click command")
        return command


@cache
def installed(extra: str) -> bool:
    """Whether all is here that an extra of ours asks for.

    >>> installed("kafka"), installed("store")
    (True, True)
    """
    marked = re.compile(rf"""^([\w.-]+).*;.*\bextra == ['"]{re.escape(extra)}['"]""")
    names = [found[1] for each in requires("watchfloor") or () if (found := marked.match(each))]
    try:
        return all(map(version, names))
    except PackageNotFoundError:
        return False


@click.command(cls=Dispatcher, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="watchfloor")
def watchfloor() -> None:
    """Watch the world's national-security news: pages in, searchable articles out."""


def main() -> None:
    """Run the command line; an error raised on purpose becomes one line on standard error and exit status 1."""
    try:
        watchfloor()
    except WatchfloorError as error:
        click.echo(f"error: {error}", err=True)
        sys.exit(1)
    except ValueError as error:  # pydantic's, where a setting cannot be read
        from watchfloor.settings import misread  # noqa: PLC0415 - each command loads what it needs

        if not (said := misread(error)):
            raise
        click.echo(f"error: {said}", err=True)
        sys.exit(1)
