"""`watchfloor serve NAME`: finding the stage, source or service of that name, and running it."""

import asyncio
import logging
from importlib.metadata import EntryPoint, entry_points

from watchfloor import logs
from watchfloor.errors import Stop, WatchfloorError
from watchfloor.logs.complaints import once_a_minute
from watchfloor.operations.measures import measure
from watchfloor.operations.server import answering
from watchfloor.settings import Settings
from watchfloor.source import Source
from watchfloor.stage import Stage

log = logging.getLogger(__name__)
FAILED = 1
GROUPS = ("watchfloor.stages", "watchfloor.sources", "watchfloor.services")


def installed() -> dict[str, EntryPoint]:
    """What can be served, by name."""
    return {entry.name: entry for group in GROUPS for entry in entry_points(group=group)}


def serve(name: str, settings: Settings) -> int:
    """Run a stage, a source or a service in the foreground, until it ends or is stopped; returns the exit status.

    Raises Stop where no such is installed. Whatever else ends it is an entry of its log, in the log's own form.
    """
    entry = installed().get(name)
    if entry is None:
        raise Stop("is no installed stage, source or service", subject=name, remedy=_known())
    logs.configure(name, level=settings.log_level, form=settings.log_format)
    once_a_minute("aiokafka")
    measure(settings.data)
    log.info("%s starts", name, extra=logs.event("service_started"))
    try:
        exit_status = _serve(name, entry, settings)
    except WatchfloorError as error:
        log.critical("%s ends: %s", name, error, extra=logs.event("service_failed"))
        return FAILED
    if not exit_status:
        log.info("%s has ended", name, extra=logs.event("service_ended"))
    return exit_status


def _serve(name: str, entry: EntryPoint, settings: Settings) -> int:
    """Build what is to be served, and run it; the port answers while it is being built."""
    if entry.group == "watchfloor.services":
        return int(entry.load()(settings) or 0)
    with answering(name, settings):
        return _run(entry.load()(settings), entry, settings)


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


def _known() -> str:
    return "known: " + (", ".join(sorted(installed())) or "none")
