"""The ports that Watchfloor needs on this machine, and whether they are free."""

import errno
import socket
import time
from dataclasses import dataclass

from watchfloor.errors import Stop
from watchfloor.settings import Settings
from watchfloor_local import demonstration


@dataclass(frozen=True)
class Port:
    """A port, what it is for, and the variable that sets it."""

    number: int
    host: str
    purpose: str
    variable: str

    def refusal(self) -> str | None:
        """Why a server cannot listen there, in words; None where it can."""
        try:
            family, kind, _, _, address = socket.getaddrinfo(
                self.host, self.number, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
            )[0]
            with socket.socket(family, kind) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind(address)
                probe.listen(1)
        except OSError as error:
            return "is in use" if error.errno == errno.EADDRINUSE else f"cannot be listened on: {error.strerror}"
        return None


def needed(settings: Settings, *, newsroom: bool = False) -> list[Port]:
    """The ports that `watchfloor run` listens on with these settings, with those of the newsroom where that runs."""
    loopback = "127.0.0.1"
    broker = [
        Port(settings.kafka_port, loopback, "the broker", "WATCHFLOOR_KAFKA_PORT"),
        Port(settings.kafka_controller_port, loopback, "the broker's controller", "WATCHFLOOR_KAFKA_CONTROLLER_PORT"),
    ]
    gateway = Port(settings.http_port, settings.http_host, "the gateway", "WATCHFLOOR_HTTP_PORT")
    outlets = [
        Port(number, demonstration.LOOPBACK, "the newsroom", "WATCHFLOOR_NEWSROOM_PORT")
        for number in (demonstration.ports(settings) if newsroom else ())
    ]
    return [*([] if settings.broker else broker), gateway, *outlets]


def require(ports: list[Port], patience_seconds: float = 3.0) -> None:
    """Return when all of these ports are free and different; a run that has just ended may hold one for a moment.

    Raises Stop, which names the port and the variable that sets another.
    """
    _require_different(ports)
    deadline = time.monotonic() + patience_seconds
    for port in ports:
        while (refusal := port.refusal()) is not None:
            if refusal != "is in use" or time.monotonic() > deadline:
                raise _unusable(port, refusal)
            time.sleep(0.1)


def _require_different(ports: list[Port]) -> None:
    seen: dict[int, Port] = {}
    for port in ports:
        other = seen.setdefault(port.number, port)
        if other is not port:
            raise _unusable(port, f"is that of {other.purpose} too ({other.variable})")


def _unusable(port: Port, why: str) -> Stop:
    return Stop(
        f"{why}, so {port.purpose} cannot listen there",
        subject=f"port {port.number} of {port.host}",
        remedy=f"stop what uses it, or set {port.variable} to a free port",
    )
