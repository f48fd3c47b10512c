"""The supervisor under fire: whatever is killed, what should run runs again, and what should not is gone."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from fixtures.system import WATCHFLOOR, free_ports, wait_for

from watchfloor import status
from watchfloor.kafka.admin import create_topics
from watchfloor.settings import Settings
from watchfloor.topics import PAGES_FETCHED
from watchfloor_local import broker

pytestmark = pytest.mark.faults
PROGRAM = str(Path(__file__).with_name("stand_in_system.py"))
SERVICES = ("polite", "stubborn")
Start = Callable[..., "StandIn"]


class StandIn:
    """A running supervisor over stand-in services."""

    def __init__(self, folder: Path, *ports: int) -> None:
        self.folder = folder
        self.said = folder / "said.txt"
        with self.said.open("ab") as said:
            command = [sys.executable, PROGRAM, str(folder), *map(str, ports)]
            self.process = subprocess.Popen(command, stdout=said, stderr=said, stdin=subprocess.DEVNULL)
        wait_for(lambda: "all are up" in self.said.read_text(), "the stand-in system is up")

    def pid(self, service: str) -> int:
        """The process id of a service by its own word."""
        last = status.read(self.folder / "status", service)
        assert last is not None
        return last.pid

    def successor(self, service: str, of: int) -> int:
        """The process id of the process that came after `of`, waited for."""
        return wait_for(lambda: pid if (pid := self.pid(service)) != of else None, f"{service} was started again")

    def family(self) -> list[psutil.Process]:
        """Every process that the supervisor has started, directly or not."""
        return psutil.Process(self.process.pid).children(recursive=True)

    def end(self, number: signal.Signals) -> float:
        """Send the supervisor a signal; answers how many seconds it took to end."""
        began = time.monotonic()
        self.process.send_signal(number)
        self.process.wait(30)
        return time.monotonic() - began


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Start a stand-in system; what is left of it is killed in the end."""
    started: list[StandIn] = []

    def begin(*ports: int) -> StandIn:
        started.append(StandIn(tmp_path, *ports))
        return started[-1]

    yield begin
    for system in started:
        system.process.kill()
        system.process.wait()


def gone(processes: list[psutil.Process]) -> bool:
    """Whether none of these runs any more."""
    return not [process for process in processes if process.is_running() and process.status() != psutil.STATUS_ZOMBIE]


def test_nothing_is_left_when_the_supervisor_is_killed(start: Start) -> None:
    """Services, their children and the broker go with it, without anybody to stop them."""
    system = start(*free_ports(2))
    family = system.family()
    assert len(family) >= 6, "guard, broker, two services and their two children"
    system.process.kill()
    wait_for(lambda: gone(family), "every process is gone", 10)


def test_the_guard_alone_kills_what_the_kernel_does_not_know_of(start: Start) -> None:
    """The children of services are no children of the supervisor; they go all the same."""
    system = start()
    grandchildren = [child for service in SERVICES for child in psutil.Process(system.pid(service)).children()]
    assert len(grandchildren) == 2
    system.process.kill()
    wait_for(lambda: gone(grandchildren), "the children of the services are gone", 10)


def test_a_killed_service_is_started_again_and_its_children_are_not_left(start: Start) -> None:
    system = start()
    first = system.pid("polite")
    orphans = psutil.Process(first).children()
    os.kill(first, signal.SIGKILL)
    second = system.successor("polite", first)
    assert gone(orphans)
    os.kill(second, signal.SIGKILL)
    system.successor("polite", second)
    assert "again in 0.2 s" in system.said.read_text()
    assert "again in 0.4 s" in system.said.read_text(), "the second delay in a row is longer"


def test_a_killed_broker_is_started_again(start: Start) -> None:
    port, controller_port = free_ports(2)
    system = start(port, controller_port)
    java = next(process for process in system.family() if "java" in process.name())
    java.kill()
    wait_for(lambda: "broker ended" in system.said.read_text(), "the broker's end is seen")
    wait_for(lambda: broker.answers(port), "the broker answers again")


async def test_a_killed_broker_comes_back_with_its_records(tmp_path: Path) -> None:
    """What was acknowledged is there after the kill."""
    settings = Settings()
    port, controller_port = free_ports(2)
    with broker.EmbeddedBroker(tmp_path, port, controller_port, settings.cache, settings.kafka_jars_url) as kafka:
        await create_topics(settings.model_copy(update={"broker": kafka.bootstrap}))
        async with AIOKafkaProducer(bootstrap_servers=kafka.bootstrap, acks="all") as producer:
            sent = [await producer.send_and_wait(PAGES_FETCHED.name, b"%d" % number) for number in range(20)]
        assert kafka.pid is not None
        os.kill(kafka.pid, signal.SIGKILL)
        kafka.start()
        async with AIOKafkaConsumer(
            PAGES_FETCHED.name, bootstrap_servers=kafka.bootstrap, auto_offset_reset="earliest"
        ) as consumer:
            found = [(await asyncio.wait_for(consumer.getone(), 60)).value for _ in sent]
    assert sorted(found) == sorted(b"%d" % number for number in range(20))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_all_stop_within_ten_seconds_even_one_that_is_deaf(start: Start, number: signal.Signals) -> None:
    system = start(*free_ports(2))
    family = system.family()
    assert system.end(number) < 10
    assert system.process.returncode == 0
    assert gone(family)
    assert "stubborn still alive, so killed" in system.said.read_text()
    assert "polite still alive" not in system.said.read_text()


def test_a_second_wish_to_stop_hurries(start: Start) -> None:
    """The deaf service is not waited for."""
    system = start()
    system.process.send_signal(signal.SIGINT)
    wait_for(lambda: "stopping" in system.said.read_text(), "the first wish is heard")
    assert system.end(signal.SIGINT) < 5


def refused(folder: Path, **settings: str) -> str:
    """What `watchfloor run` says where it cannot start."""
    environment = {**os.environ, "WATCHFLOOR_DATA_FOLDER": str(folder), **settings}
    done = subprocess.run(
        [WATCHFLOOR, "run", "--no-newsroom"],
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        text=True,
        timeout=60,
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    return done.stderr


@pytest.mark.parametrize(
    "variable", ["WATCHFLOOR_KAFKA_PORT", "WATCHFLOOR_KAFKA_CONTROLLER_PORT", "WATCHFLOOR_HTTP_PORT"]
)
def test_a_port_in_use_is_named_with_its_variable(tmp_path: Path, variable: str) -> None:
    names = ("WATCHFLOOR_KAFKA_PORT", "WATCHFLOOR_KAFKA_CONTROLLER_PORT", "WATCHFLOOR_HTTP_PORT")
    settings = dict(zip(names, map(str, free_ports(3)), strict=True))
    with socket.create_server(("127.0.0.1", 0)) as taken:
        settings[variable] = str(taken.getsockname()[1])
        said = refused(tmp_path, **settings)
    assert settings[variable] in said
    assert variable in said


def test_a_second_supervisor_on_the_same_data_is_refused(tmp_path: Path) -> None:
    from watchfloor_local import lock

    with lock.hold(tmp_path):
        said = refused(tmp_path)
    assert str(tmp_path) in said
    assert "WATCHFLOOR_DATA_FOLDER" in said
    assert str(os.getpid()) in said
