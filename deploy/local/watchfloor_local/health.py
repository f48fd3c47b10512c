"""How the services are, by their status files."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from watchfloor import status
from watchfloor_local.plan import SERVICES


@dataclass(frozen=True)
class Health:
    """How one service is."""

    service: str
    well: bool
    detail: str

    def as_dict(self) -> dict[str, object]:
        """The fields, for JSON."""
        return asdict(self)

    def as_line(self) -> str:
        """The fields, for a person."""
        return f"{self.service:<10} {self.detail}"


def look(folder: Path, services: Sequence[str] | None = None) -> list[Health]:
    """How these services are, by default all of `watchfloor run`; `folder` is that of the status files."""
    return [_health(folder, service) for service in services or SERVICES]


def _health(folder: Path, service: str) -> Health:
    try:
        last = status.read(folder, service)
    except (ValueError, OSError) as error:
        return Health(service, well=False, detail=f"its status file cannot be read: {error}")
    if last is None:
        return Health(service, well=False, detail=f"has never run here (no status file in {folder})")
    if not last.fresh:
        return Health(service, well=False, detail=f"silent for more than {status.STALE_AFTER_SECONDS:.0f} s")
    return Health(service, well=last.state == "ready", detail=f"{last.state} {last.detail}".rstrip())
