"""`watchfloor newsroom`."""

import click

from watchfloor import logs
from watchfloor.settings import Settings
from watchfloor_demo.outlets import LOOPBACK
from watchfloor_demo.serving import SERVICE, run


@click.command()
@click.option("--host", default=LOOPBACK, show_default=True, help="Address or name that is listened on and linked to.")
def newsroom(host: str) -> None:
    """Serve the demonstration's outlets until Ctrl-C or SIGTERM.

    Each answers on a port of its own, from WATCHFLOOR_NEWSROOM_PORT upwards. Articles are corrected and withdrawn in the
    first half minute after the first request, which the data folder remembers.
    """
    settings = Settings()
    logs.configure(SERVICE, level=settings.log_level, form=settings.log_format)
    run(settings, host)
