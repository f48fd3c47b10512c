"""A supervisor over two tiny services, each with its own child: `stand_in_system.py FOLDER [PORT CONTROLLER_PORT]`.

`polite` ends on SIGTERM; `stubborn` is deaf to it. With ports, the real broker runs too.
"""

import contextlib
import signal
import subprocess
import sys
import time
from pathlib import Path

from watchfloor import status
from watchfloor.settings import Settings
from watchfloor_local.broker import EmbeddedBroker
from watchfloor_local.leash import Leash
from watchfloor_local.member import ServiceSpecification
from watchfloor_local.stopping import StopWish
from watchfloor_local.supervisor import Plan, Supervisor

DEAF_SLEEPER = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(600)"


def serve(name: str, statuses: Path) -> None:
    """Be a service: a child that is deaf to SIGTERM, and a sign of life every tenth of a second."""
    if name == "stubborn":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    child = subprocess.Popen([sys.executable, "-c", DEAF_SLEEPER])
    while True:
        status.write(statuses, name, "ready", detail=str(child.pid))
        time.sleep(0.1)


def supervise(folder: Path, ports: tuple[int, ...]) -> None:
    """Keep both services running, and with ports the broker."""

    def broker(leash: Leash) -> EmbeddedBroker:
        settings = Settings()
        return EmbeddedBroker(folder / "broker", ports[0], ports[1], settings.cache, settings.kafka_jars_url, leash)

    names = ("polite", "stubborn")
    command = (sys.executable, __file__, "serve")
    plan = Plan(
        broker=broker if ports else None,
        preparation=(),
        services=tuple(ServiceSpecification(name, (*command, name, str(folder / "status"))) for name in names),
        announcement="all are up",
        logs=folder / "logs",
        statuses=folder / "status",
    )
    wish = StopWish()
    with wish.heard(), contextlib.closing(Leash()) as leash:
        Supervisor(plan, leash, wish, lambda name, sentence: print(name, sentence, flush=True)).run()


if __name__ == "__main__":
    if sys.argv[1] == "serve":
        serve(sys.argv[2], Path(sys.argv[3]))
    else:
        supervise(Path(sys.argv[1]), tuple(map(int, sys.argv[2:])))
