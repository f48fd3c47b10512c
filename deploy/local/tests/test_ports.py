"""Ports that are free, taken, or given twice."""

import socket
from pathlib import Path

import pytest

from watchfloor.errors import Stop
from watchfloor.settings import Settings
from watchfloor_local import ports


def settings(**values: int | str) -> Settings:
    return Settings.model_validate(values)


def test_a_taken_port_is_refused_by_number_and_variable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        number = taken.getsockname()[1]
        port = ports.Port(number, "127.0.0.1", "the gateway", "WATCHFLOOR_HTTP_PORT")
        with pytest.raises(Stop, match=rf"port {number} of 127\.0\.0\.1: is in use.*WATCHFLOOR_HTTP_PORT"):
            ports.require([port], patience_seconds=0)
    ports.require([port], patience_seconds=5)


def test_an_address_that_is_not_of_this_machine_is_refused() -> None:
    port = ports.Port(8470, "192.0.2.1", "the gateway", "WATCHFLOOR_HTTP_PORT")
    with pytest.raises(Stop, match="cannot be listened on"):
        ports.require([port], patience_seconds=0)


def test_two_services_cannot_have_one_port() -> None:
    needed = ports.needed(settings(kafka_port=9292, kafka_controller_port=9300, http_port=9292))
    with pytest.raises(Stop, match=r"port 9292 .* is that of the broker too \(WATCHFLOOR_KAFKA_PORT\)"):
        ports.require(needed, patience_seconds=0)


def test_a_broker_from_outside_needs_no_ports_here() -> None:
    needed = ports.needed(settings(broker="kafka.example:9092", data_folder=str(Path("elsewhere"))))
    assert [port.variable for port in needed] == ["WATCHFLOOR_HTTP_PORT"]
