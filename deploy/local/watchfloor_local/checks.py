"""What `watchfloor doctor` looks at: what is wrong, and the remedy. Each check stands alone; nothing need run."""

import asyncio
import shutil
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import asdict, dataclass
from typing import Literal

from watchfloor import status
from watchfloor.errors import WatchfloorError
from watchfloor.kafka import admin
from watchfloor.settings import Settings
from watchfloor_local import broker, jars, java, lock, ports
from watchfloor_local.plan import SERVICES, logs

Verdict = Literal["good", "idle", "bad"]
"""`idle`: not there, and need not be, since nothing runs."""
LEAST_FREE_BYTES = 1024**3
STORE_SECONDS = 5.0
PYTHON = (3, 11)
START = "`make run` starts it"


@dataclass(frozen=True)
class Finding:
    """What one check found."""

    check: str
    verdict: Verdict
    found: str
    remedy: str = ""

    def as_dict(self) -> dict[str, str]:
        """The fields, for JSON."""
        return asdict(self)


Check = Callable[[Settings], Iterable[Finding]]


def examine(settings: Settings) -> list[Finding]:
    """Every check's findings, in order. Never raises for what it finds."""
    checks: tuple[Check, ...] = (
        check_python,
        check_java,
        check_jars,
        check_data_folder,
        check_disk,
        check_ports,
        check_broker,
        check_topics,
        check_store,
        check_services,
    )
    return [finding for check in checks for finding in check(settings)]


def check_python(settings: Settings) -> Iterable[Finding]:  # noqa: ARG001 - the signature of a check
    """Whether this is the Python that Watchfloor is written for."""
    found = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info[:2] == PYTHON:
        return [Finding("python", "good", found)]
    return [Finding("python", "bad", found, "install Python 3.11 and run `make setup`")]


def check_java(settings: Settings) -> Iterable[Finding]:
    """Whether there is a Java for the embedded broker."""
    if settings.broker:
        return []
    try:
        found = java.find()
    except WatchfloorError as error:
        return [_of_error("java", error)]
    return [Finding("java", "good", f"{found.major} at {found.program}")]


def check_jars(settings: Settings) -> Iterable[Finding]:
    """Whether the broker's jars are in the cache folder."""
    if settings.broker:
        return []
    folder = settings.cache / "jars"
    absent = jars.missing(folder, jars.locked())
    if absent:
        found = f"{len(absent)} of {len(jars.locked())} are not in {folder}"
        return [Finding("jars", "idle", found, "the next `make run` fetches them")]
    return [Finding("jars", "good", f"{len(jars.locked())} in {folder}")]


def check_data_folder(settings: Settings) -> Iterable[Finding]:
    """Whether the data folder can be written."""
    try:
        settings.data.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=settings.data) as probe:
            probe.write(b"watchfloor")
    except OSError as error:
        remedy = "make it writable, or set WATCHFLOOR_DATA_FOLDER to a folder that is"
        return [Finding("data folder", "bad", f"{settings.data} cannot be written: {error.strerror}", remedy)]
    return [Finding("data folder", "good", str(settings.data))]


def check_disk(settings: Settings) -> Iterable[Finding]:
    """Whether the disk of the data folder has room."""
    place = next((folder for folder in (settings.data, *settings.data.parents) if folder.exists()), settings.data)
    free = shutil.disk_usage(place).free
    found = f"{free / 1024**3:.1f} GiB free at {place}"
    if free < LEAST_FREE_BYTES:
        return [Finding("disk", "bad", found, "free some space, or set WATCHFLOOR_DATA_FOLDER to a larger disk")]
    return [Finding("disk", "good", found)]


def check_ports(settings: Settings) -> Iterable[Finding]:
    """Whether the ports are free, or held by our own run."""
    running = lock.is_held(settings.data)
    for port in ports.needed(settings):
        where, refusal = f"{port.host}:{port.number} for {port.purpose}", port.refusal()
        if refusal is None:
            yield Finding("port", "idle" if running else "good", f"{where} is free")
        elif running:
            yield Finding("port", "good", f"{where} is held, and Watchfloor runs")
        else:
            yield Finding("port", "bad", f"{where} {refusal}", f"stop what uses it, or set {port.variable}")


def check_broker(settings: Settings) -> Iterable[Finding]:
    """Whether the broker answers."""
    if _broker_answers(settings):
        return [Finding("broker", "good", f"answers at {settings.bootstrap}")]
    found = f"none answers at {settings.bootstrap}"
    if settings.broker:
        return [Finding("broker", "bad", found, "start it, or correct WATCHFLOOR_BROKER")]
    if lock.is_held(settings.data):
        return [Finding("broker", "bad", found, f"read {settings.data / 'broker' / 'broker.log'}")]
    return [Finding("broker", "idle", found, START)]


def check_topics(settings: Settings) -> Iterable[Finding]:
    """Whether every declared topic is there, as declared."""
    if not _broker_answers(settings):
        return [Finding("topics", "idle", "unknown while no broker answers", START)]
    try:
        states = asyncio.run(admin.describe(settings))
    except WatchfloorError as error:
        return [_of_error("topics", error)]
    drift = [f"{state.topic.name}: {difference}" for state in states for difference in state.drift]
    if drift:
        return [Finding("topics", "bad", difference, "run `watchfloor topics create`") for difference in drift]
    return [Finding("topics", "good", f"{len(states)} as declared")]


def check_store(settings: Settings) -> Iterable[Finding]:
    """Whether the store can be read and is sound, as far as a few seconds show."""
    path = settings.store_path
    if not path.exists():
        return [Finding("store", "idle", f"{path} is not made yet", START)]
    try:
        found = _quick_check(path.as_uri())
    except sqlite3.Error as error:
        found = str(error)
    if found == "ok":
        return [Finding("store", "good", f"{path}, {path.stat().st_size / 1024**2:.1f} MiB")]
    remedy = "move it away and read the enriched articles again: they stay on their topic for 30 days"
    return [Finding("store", "bad", f"{path}: {found}", remedy)]


def check_services(settings: Settings) -> Iterable[Finding]:
    """Whether the services say that they are at work."""
    return [_service(name, settings) for name in SERVICES]


def _service(name: str, settings: Settings) -> Finding:
    try:
        last = status.read(settings.status_folder, name)
    except (ValueError, OSError) as error:
        return Finding(name, "bad", f"its status file cannot be read: {error}", _log(name, settings))
    if last is not None and last.fresh:
        found = f"{last.state} {last.detail}".rstrip()
        return (
            Finding(name, "good", found) if last.state == "ready" else Finding(name, "bad", found, _log(name, settings))
        )
    if lock.is_held(settings.data):
        return Finding(name, "bad", "does not run", _log(name, settings))
    return Finding(name, "idle", "does not run", START)


def _log(name: str, settings: Settings) -> str:
    return f"read {logs(settings) / name}.log"


def _broker_answers(settings: Settings) -> bool:
    host, _, port = settings.bootstrap.split(",")[0].rpartition(":")
    return broker.answers(int(port), host=host.strip("[]")) if port.isdigit() else False


def _of_error(check: str, error: WatchfloorError) -> Finding:
    return Finding(check, "bad", f"{error.subject}: {error.reason}", error.remedy or "")


def _quick_check(address: str) -> str:
    """SQLite's own check of a store, broken off after a few seconds: then what was read is sound."""
    deadline = time.monotonic() + STORE_SECONDS
    with closing(sqlite3.connect(f"{address}?mode=ro", uri=True)) as connection:
        connection.set_progress_handler(lambda: time.monotonic() > deadline, 10_000)
        try:
            return str(connection.execute("PRAGMA quick_check(1)").fetchone()[0])
        except sqlite3.OperationalError as error:
            if time.monotonic() > deadline:
                return "ok"
            return str(error)
