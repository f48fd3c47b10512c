"""`watchfloor`: finds commands by entry points and loads only the one that is asked for."""

import sys
from importlib.metadata import EntryPoint, entry_points

import click

from watchfloor.errors import WatchfloorError


class Dispatcher(click.Group):
    """A group whose commands are the entry points of `watchfloor.commands`."""

    def _entries(self) -> dict[str, EntryPoint]:
        return {entry.name: entry for entry in entry_points(group="watchfloor.commands")}

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
