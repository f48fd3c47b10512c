"""`watchfloor serve NAME`: finding the stage, source or service of that name, and running it."""

import asyncio
from importlib.metadata import EntryPoint, entry_points

from prometheus_client import start_http_server

from watchfloor import logs
from watchfloor.errors import Stop
from watchfloor.settings import Settings
from watchfloor.source import Source
from watchfloor.stage import Stage

GROUPS = ("watchfloor.stages", "watchfloor.sources", "watchfloor.services")


def installed() -> dict[str, EntryPoint]:
    """What can be served, by name."""
    return {entry.name: entry for group in GROUPS for entry in entry_points(group=group)}


def serve(name: str, settings: Settings) -> int:
    """Run a stage, a source or a service in the foreground, until it ends or is stopped; returns the exit status.

    Raises Stop where no such is installed, or where the metrics port is taken.
    """
    entry = installed().get(name)
    if entry is None:
        raise Stop("is no installed stage, source or service", subject=name, remedy=_known())
    logs.configure(name, level=settings.log_level, form=settings.log_format)
    _offer_metrics(settings)
    build = entry.load()
    if entry.group == "watchfloor.services":
        return int(build(settings) or 0)
    return _run(build(settings), entry, settings)


def _run(built: object, entry: EntryPoint, settings: Settings) -> int:
    """Run what was built; only what that needs is imported: faust takes a source half a second to no purpose."""
    if isinstance(built, Stage):
        from watchfloor.kafka.worker import run_stage  # noqa: PLC0415

        return run_stage(built, settings)
    if isinstance(built, Source):
        from watchfloor.kafka.source_worker import run_source  # noqa: PLC0415

        asyncio.run(run_source(built, settings))
        return 0
    raise TypeError(f"the entry point {entry.name} = {entry.value} built {built!r}, which is no stage and no source")


def _offer_metrics(settings: Settings) -> None:
    if not settings.metrics_port:
        return
    try:
        start_http_server(settings.metrics_port, addr="127.0.0.1")
    except OSError as error:
        raise Stop(
            f"the port for metrics is taken: {error.strerror}",
            subject=f"127.0.0.1:{settings.metrics_port}",
            remedy="set WATCHFLOOR_METRICS_PORT to another, or to 0 for none",
        ) from error


def _known() -> str:
    return "known: " + (", ".join(sorted(installed())) or "none")
