"""The operations port: what it says of a service, and that nobody who reaches it can do more than ask."""

import http.client
import json
import socket
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from watchfloor import status
from watchfloor.errors import Stop
from watchfloor.operations import server
from watchfloor.operations.answers import answer, not_alive, not_ready
from watchfloor.operations.measures import disk_free_bytes, measure, memory_bytes
from watchfloor.settings import Settings
from watchfloor.status import Status


def said(state: status.State, detail: str = "", age: float = 0.0) -> Status:
    return Status(service="parser", pid=1, state=state, detail=detail, at=time.time() - age)


@pytest.fixture(autouse=True)
def nothing_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(status, "_own", None)


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    with closing(socket.create_server(("127.0.0.1", 0))) as probe:
        number = int(probe.getsockname()[1])
    measure(tmp_path)
    with server.answering("parser", Settings(operations_port=number)):
        yield number


def ask(port: int, path: str, method: str = "GET") -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    with closing(connection):
        connection.request(method, path)
        response = connection.getresponse()
        return response.status, {name.lower(): value for name, value in response.getheaders()}, response.read()


def raw(port: int, sent: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
        connection.sendall(sent)
        parts = []
        while part := connection.recv(65536):
            parts.append(part)
        return b"".join(parts)


def test_a_service_lives_while_it_is_being_built_and_as_long_as_its_loop_turns() -> None:
    assert not_alive(None) is None
    assert not_alive(said("paused")) is None
    stale = not_alive(said("ready", age=status.STALE_AFTER_SECONDS + 1))
    assert stale is not None
    assert "its loop has not turned" in stale


@pytest.mark.parametrize(
    ("last", "reason"),
    [
        (None, "starting"),
        (said("starting", "127.0.0.1:9292: the Kafka broker does not answer"), "does not answer"),
        (said("paused", "paused by its breaker: 10 rejections"), "paused by its breaker"),
        (said("stopping"), "stopping"),
        (said("ready", age=60), "its loop has not turned"),
    ],
)
def test_what_is_not_at_work_says_why(last: Status | None, reason: str) -> None:
    told = answer("parser", "GET", "/readyz", last)
    assert (told.status, told.media_type) == (503, "application/problem+json")
    assert reason in json.loads(told.body)["detail"]
    assert not_ready(said("ready", "a remark")) is None


def test_the_port_answers_as_the_gateway_does(port: int, tmp_path: Path) -> None:
    assert ask(port, "/healthz")[0] == 200
    assert ask(port, "/readyz")[0] == 503
    status.write(tmp_path, "parser", "ready")
    code, headers, body = ask(port, "/readyz?verbose=1")
    assert (code, json.loads(body), headers["content-type"]) == (200, {"status": "ready"}, "application/json")
    assert headers["cache-control"] == "no-store"
    status.write(tmp_path, "parser", "paused", detail="why")
    assert json.loads(ask(port, "/readyz")[2])["detail"] == "paused: why"


def test_a_status_that_cannot_be_written_is_known_at_the_port(port: int, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(OSError, match="file"):
        status.write(tmp_path / "file", "parser", "ready")
    assert ask(port, "/readyz")[0] == 200


def test_a_service_at_work_goes_on_where_its_status_cannot_be_written_and_says_so(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("no folder")
    status.tell(tmp_path / "file", "parser", "ready")
    [entry] = caplog.records
    assert vars(entry)["event"] == "status_unwritable"
    status.tell(tmp_path, "parser", "ready")
    assert [entry] == caplog.records


def test_metrics_are_those_of_this_process_with_memory_disk_and_clock(port: int) -> None:
    code, headers, body = ask(port, "/metrics")
    assert code == 200
    assert headers["content-type"].startswith("text/plain")
    values = {
        (sample.name, sample.labels.get("stage")): sample.value
        for family in text_string_to_metric_families(body.decode())
        for sample in family.samples
    }
    assert values["watchfloor_ready", "parser"] == 0
    assert values["watchfloor_disk_free_bytes", None] > 0
    assert abs(values["watchfloor_clock_seconds", None] - time.time()) < 600
    assert values["watchfloor_memory_bytes", None] > 1024 * 1024


def test_only_reading_is_possible(port: int) -> None:
    code, headers, body = ask(port, "/metrics", "HEAD")
    assert (code, body) == (200, b"")
    assert int(headers["content-length"]) > 100
    for method in ("POST", "PUT", "DELETE", "OPTIONS", "TRACE"):
        code, headers, _ = ask(port, "/metrics", method)
        assert (code, headers["allow"]) == (405, "GET, HEAD")
    assert ask(port, "/etc/passwd")[0] == 404


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (b"GET /healthz\r\n\r\n", b"400"),
        (b"\x16\x03\x01\x02\x00\r\n\r\n", b"400"),
        (b"GET /healthz HTTP/2.0\r\n\r\n", b"400"),
        (b"GET /" + b"a" * 20_000 + b" HTTP/1.1\r\n\r\n", b"431"),
    ],
)
def test_what_is_no_request_is_refused_and_the_port_goes_on(port: int, sent: bytes, code: bytes) -> None:
    assert raw(port, sent).startswith(b"HTTP/1.1 " + code)
    assert ask(port, "/healthz")[0] == 200


def test_who_says_nothing_is_let_go_and_a_crowd_does_not_fill_the_service(
    port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "SECONDS", 0.5)
    silent = [socket.create_connection(("127.0.0.1", port), timeout=60) for _ in range(server.MOST_CONNECTIONS)]
    try:
        assert all(each.recv(100) == b"" for each in silent)
    finally:
        for each in silent:
            each.close()
    assert ask(port, "/healthz")[0] == 200


def test_of_a_crowd_the_last_is_told_to_come_again(port: int) -> None:
    silent = [socket.create_connection(("127.0.0.1", port), timeout=60) for _ in range(server.MOST_CONNECTIONS)]
    try:
        answers = raw(port, b"")
        assert answers.startswith(b"HTTP/1.1 503")
    finally:
        for each in silent:
            each.close()


def test_a_taken_port_is_told_with_its_variable(port: int) -> None:
    with pytest.raises(Stop, match="WATCHFLOOR_OPERATIONS_PORT"), server.answering("x", Settings(operations_port=port)):
        pass


def test_without_a_port_nothing_listens() -> None:
    with server.answering("parser", Settings(operations_port=0)):
        pass


def test_memory_and_disk_are_numbers_or_none(tmp_path: Path) -> None:
    assert memory_bytes() > 0
    assert disk_free_bytes(tmp_path) > 0
    assert disk_free_bytes(tmp_path / "absent") != disk_free_bytes(tmp_path / "absent")
