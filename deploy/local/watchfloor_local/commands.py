"""`watchfloor run`, `health` and `doctor`."""

import contextlib
import json
import sys
from typing import TYPE_CHECKING

import click

from watchfloor.settings import Settings
from watchfloor_local import health as healths
from watchfloor_local import jars, java, lock, ports
from watchfloor_local.leash import Leash
from watchfloor_local.plan import plan
from watchfloor_local.stopping import StopWish
from watchfloor_local.supervisor import Supervisor

if TYPE_CHECKING:
    from watchfloor_local import checks


@click.command()
@click.option(
    "--newsroom/--no-newsroom",
    default=None,
    help="Run the demonstration's outlets and read them; by default where WATCHFLOOR_SOURCES is not set.",
)
def run(*, newsroom: bool | None) -> None:
    """Run the whole system on this machine until Ctrl-C, and start it where it was left the next time."""
    settings = Settings()
    if newsroom is None:
        newsroom = settings.sources_path is None
    wish = StopWish()
    with lock.hold(settings.data):
        ports.require(ports.needed(settings, newsroom=newsroom))
        if not settings.broker:
            java.find()
            jars.provide(settings.cache, settings.kafka_jars_url)
        with wish.heard(), contextlib.closing(Leash()) as leash:
            Supervisor(plan(settings, newsroom=newsroom), leash, wish, _tell).run()


@click.command()
@click.argument("service", required=False)
@click.option("--json", "as_json", is_flag=True, help="A line of JSON a service.")
def health(service: str | None, *, as_json: bool) -> None:
    """Say how each service is, or one; exit status 0 only where all of them are at work."""
    found = healths.look(Settings().status_folder, [service] if service else None)
    for one in found:
        click.echo(json.dumps(one.as_dict(), ensure_ascii=False) if as_json else one.as_line())
    sys.exit(0 if all(one.well for one in found) else 1)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="A line of JSON a finding.")
def doctor(*, as_json: bool) -> None:
    """Look at all that Watchfloor needs here: what is wrong, and the remedy. Exit status 1 where something is wrong."""
    from watchfloor_local.checks import examine  # noqa: PLC0415 - it loads a Kafka client; `run` and `health` stay light

    findings = examine(Settings())
    for finding in findings:
        click.echo(json.dumps(finding.as_dict(), ensure_ascii=False) if as_json else _line(finding))
    sys.exit(1 if any(finding.verdict == "bad" for finding in findings) else 0)


def _line(finding: "checks.Finding") -> str:
    mark = {"good": "ok   ", "idle": "-    ", "bad": "WRONG"}[finding.verdict]
    return f"{mark} {finding.check:<12} {finding.found}" + (f"\n{'':18} -> {finding.remedy}" if finding.remedy else "")


def _tell(name: str, sentence: str) -> None:
    """A line for the operator; where nobody reads any more, the system runs on."""
    with contextlib.suppress(BrokenPipeError):
        click.echo(sentence if name == "all" else f"{name:<10} {sentence}")
