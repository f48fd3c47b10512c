"""What `watchfloor run` runs: the broker, the topics, the services; the newsroom where no sources are configured."""

import sys
from collections.abc import Mapping
from pathlib import Path

from watchfloor.settings import Settings
from watchfloor.topics import STAGES
from watchfloor_local import demonstration
from watchfloor_local.broker import EmbeddedBroker
from watchfloor_local.leash import Leash
from watchfloor_local.member import ServiceSpecification
from watchfloor_local.supervisor import Plan

SCRAPER, GATEWAY, NEWSROOM = "scraper", "gateway", "newsroom"
MEASURED = (*STAGES, SCRAPER)
"""Services with an operations port, counted from `operations_port` on; the gateway answers on its own port."""
SERVICES = (SCRAPER, *STAGES, GATEWAY)
ANY_ADDRESS = ("0.0.0.0", "::", "")  # noqa: S104 - compared with, not listened on


def plan(settings: Settings, *, newsroom: bool) -> Plan:
    """The whole system by these settings; with `newsroom`, the demonstration's outlets run too and are what is read."""
    environment = demonstration.environment(settings) if newsroom else {}
    served = (ServiceSpecification(NEWSROOM, command(NEWSROOM), demonstration.address(settings)),) if newsroom else ()
    return Plan(
        broker=None if settings.broker else lambda leash: embedded_broker(settings, leash),
        preparation=command("topics", "create"),
        services=(*served, *(_specification(name, settings, environment) for name in SERVICES)),
        announcement=f"Watchfloor is up: {address(settings)}/  (Ctrl-C stops it; logs in {logs(settings)})",
        logs=logs(settings),
        statuses=settings.status_folder,
    )


def embedded_broker(settings: Settings, leash: Leash | None = None) -> EmbeddedBroker:
    """The embedded broker by these settings."""
    folder, ports = settings.data / "broker", (settings.kafka_port, settings.kafka_controller_port)
    return EmbeddedBroker(folder, *ports, settings.cache, settings.kafka_jars_url, leash)


def logs(settings: Settings) -> Path:
    """The folder of the services' logs."""
    return settings.data / "logs"


def address(settings: Settings) -> str:
    """Where a person on this machine reaches the gateway."""
    host = "127.0.0.1" if settings.http_host in ANY_ADDRESS else settings.http_host
    return f"http://{f'[{host}]' if ':' in host else host}:{settings.http_port}"


def command(*arguments: str) -> tuple[str, ...]:
    """One of our own commands, run by this Python."""
    return (sys.executable, str(Path(sys.executable).with_name("watchfloor")), *arguments)


def _specification(name: str, settings: Settings, environment: Mapping[str, str]) -> ServiceSpecification:
    if name == GATEWAY:
        return ServiceSpecification(name, command("serve", name), address=address(settings))
    port = settings.operations_port + MEASURED.index(name) if settings.operations_port else 0
    listens = f"metrics on {settings.operations_host}:{port}" if port else ""
    own = environment if name == SCRAPER else {}
    return ServiceSpecification(name, command("serve", name), listens, {**own, "WATCHFLOOR_OPERATIONS_PORT": str(port)})
