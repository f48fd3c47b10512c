"""The embedded broker: Kafka as released, one node in KRaft mode, on loopback."""

import contextlib
import socket
import struct
import subprocess
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from watchfloor.errors import Stop
from watchfloor.topics import MAX_RECORD_BYTES
from watchfloor_local import jars, java, log_files, whole
from watchfloor_local.broker_data import CLUSTER_ID, is_formatted, move_away
from watchfloor_local.leash import Leash

HEAP = "256m"
READY_SECONDS = 90.0
STOP_SECONDS = 6.0
API_VERSIONS = 18
"""https://kafka.apache.org/protocol.html: the one request that needs no session."""


class EmbeddedBroker:
    """A Kafka broker in a process of its own, its data and its log in `folder`; a context manager.

    It ends with the process that started it, survives being killed, and starts again with its data. `cache` keeps
    the jars, `jars_url` is the Maven repository that they are fetched from where no nearer place has them.
    """

    def __init__(
        self, folder: Path, port: int, controller_port: int, cache: Path, jars_url: str, leash: Leash | None = None
    ) -> None:
        self.folder = folder.absolute()
        self.port = port
        self.controller_port = controller_port
        self.cache = cache
        self.jars_url = jars_url
        self.name = "broker"
        self._given_leash = leash
        self._leash: Leash | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._log_began = 0

    @property
    def bootstrap(self) -> str:
        """host:port for clients."""
        return f"127.0.0.1:{self.port}"

    @property
    def address(self) -> str:
        """The same, for a person."""
        return self.bootstrap

    @property
    def log(self) -> Path:
        """The file that the broker writes its log to."""
        return self.folder / "broker.log"

    @property
    def pid(self) -> int | None:
        """The process id while it runs."""
        return self._process.pid if self._process is not None and self._process.poll() is None else None

    def start(self) -> None:
        """Start the broker, and return when it answers.

        Raises Stop where it cannot: no Java, a jar that cannot be had, a damaged data folder.
        """
        self.launch()
        deadline = time.monotonic() + READY_SECONDS
        while not self.ready():
            if self.pid is None or time.monotonic() > deadline:
                self.kill()
                raise self.failure()
            time.sleep(0.05)

    def launch(self) -> None:
        """Start the process without waiting until it answers. Raises Stop."""
        self.kill()
        self._log_began = log_files.size(self.log)
        command = self._command()
        self._prepare(command)
        self._leash = self._given_leash or Leash()
        self._process = self._leash.start([*command, "kafka.Kafka", str(self._properties)], log=self.log)

    def stop(self, seconds: float = STOP_SECONDS) -> None:
        """Ask the broker to end, wait this many seconds, then kill it."""
        self.terminate()
        if self._process is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(seconds)
        self.kill()

    def terminate(self) -> None:
        """Ask the broker to end, without waiting."""
        if self._process is not None:
            self._process.terminate()

    def kill(self) -> None:
        """End the broker at once. Nothing happens where it has ended."""
        if self._process is None or self._leash is None:
            return
        self._leash.sweep(self._process)
        if self._given_leash is None:
            self._leash.close()
        self._process = self._leash = None

    def ready(self) -> bool:
        """Whether the broker takes requests: its process lives and it names the requests that it knows."""
        return self.pid is not None and answers(self.port)

    def pulse(self) -> object:
        """Nothing is known of a broker that hangs: its clients tell."""
        return None

    def last_words(self) -> str:
        """The last complaint in its log since it was started; empty where there is none."""
        return log_files.last_complaint(log_files.tail(self.log, self._log_began)) or ""

    def failure(self) -> Stop:
        """What to tell the operator when it did not start: the last complaint in its log, and the remedy."""
        complaint = self.last_words() or "it ended, or did not answer in time, without a complaint in its log"
        return Stop(
            f"the broker did not start: {complaint}",
            subject=str(self.folder),
            remedy=f"read {self.log}; where its data is damaged, {move_away(self._data)}",
        )

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def _properties(self) -> Path:
        return self.folder / "server.properties"

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    def _command(self) -> list[str]:
        program = java.find().program
        classpath = ":".join(map(str, jars.provide(self.cache, self.jars_url)))
        memory = [f"-Xmx{HEAP}", "-Xss512k", "-XX:+UseSerialGC", "-XX:MaxMetaspaceSize=128m"]
        logging = ["-Dorg.slf4j.simpleLogger.defaultLogLevel=warn", "-Dorg.slf4j.simpleLogger.showDateTime=true"]
        return [str(program), *memory, *logging, "-cp", classpath]

    def _prepare(self, command: list[str]) -> None:
        if "," in str(self.folder):
            raise Stop(
                "holds a comma, which Kafka reads as a list of folders",
                subject=str(self.folder),
                remedy="set WATCHFLOOR_DATA_FOLDER to a path without",
            )
        self.folder.mkdir(parents=True, exist_ok=True)
        whole.write(self._properties, properties(self._data, self.port, self.controller_port).encode())
        if is_formatted(self._data):
            return
        formatter = ["kafka.tools.StorageTool", "format", "--ignore-formatted", "--cluster-id", CLUSTER_ID]
        with self.log.open("ab") as output:
            done = subprocess.run(  # noqa: S603 - the broker's own tool
                [*command, *formatter, "--config", str(self._properties)],
                check=False,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        if done.returncode:
            raise self.failure()


def properties(data: Path, port: int, controller_port: int) -> str:
    """The broker's configuration: one node that is broker and controller, sized for one machine."""
    return f"""process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:{controller_port}
listeners=PLAINTEXT://127.0.0.1:{port},CONTROLLER://127.0.0.1:{controller_port}
advertised.listeners=PLAINTEXT://127.0.0.1:{port}
controller.listener.names=CONTROLLER
listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT
log.dirs={data}
auto.create.topics.enable=false
message.max.bytes={MAX_RECORD_BYTES}
replica.fetch.max.bytes={MAX_RECORD_BYTES}
offsets.topic.replication.factor=1
offsets.topic.num.partitions=8
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
group.initial.rebalance.delay.ms=0
num.network.threads=2
num.io.threads=4
background.threads=4
log.cleaner.dedupe.buffer.size=16777216
log.segment.bytes=134217728
broker.session.timeout.ms=3000
broker.heartbeat.interval.ms=500
"""


def answers(port: int, *, host: str = "127.0.0.1", seconds: float = 2.0) -> bool:
    """Whether a Kafka broker takes requests at this port: one ApiVersions request, version 0."""
    request = struct.pack(">hhih", API_VERSIONS, 0, 7, -1)
    try:
        with socket.create_connection((host, port), seconds) as connection:
            connection.settimeout(seconds)
            connection.sendall(struct.pack(">i", len(request)) + request)
            answer = connection.makefile("rb").read(10)
    except OSError:
        return False
    return len(answer) == 10 and struct.unpack(">ih", answer[4:]) == (7, 0)
