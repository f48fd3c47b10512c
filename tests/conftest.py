"""What every test outside a package may ask for: a real broker, embedded or in a container (`pytest --broker=container`)."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from fixtures.container_broker import container_broker
from fixtures.system import free_ports
from fixtures.working import fresh_topics, quick_settings

from watchfloor.settings import Settings
from watchfloor_local.broker import EmbeddedBroker

EMBEDDED, CONTAINER = "embedded", "container"


def pytest_addoption(parser: pytest.Parser) -> None:
    """The one parameter that says on which broker the tests run."""
    parser.addoption(
        "--broker",
        choices=(EMBEDDED, CONTAINER),
        default=os.environ.get("WATCHFLOOR_TEST_BROKER", EMBEDDED),
        help="the broker of the tests: embedded, or apache/kafka in a container; WATCHFLOOR_TEST_BROKER gives the default",
    )


@pytest.fixture(scope="session")
def in_container(pytestconfig: pytest.Config) -> bool:
    """Whether the broker of the tests runs in a container."""
    return bool(pytestconfig.getoption("--broker") == CONTAINER)


@pytest.fixture(scope="session")
def embedded_broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedBroker]:
    """A real Kafka in a temporary folder, for the whole run."""
    port, controller_port = free_ports(2)
    settings = Settings()
    folder: Path = tmp_path_factory.mktemp("kafka")
    with EmbeddedBroker(folder, port, controller_port, settings.cache, settings.kafka_jars_url) as broker:
        yield broker


@pytest.fixture(scope="session")
def broker(request: pytest.FixtureRequest, in_container: bool) -> Iterator[str]:
    """host:port of a real Kafka, embedded or in a container; its topics are made by whoever needs them."""
    if in_container:
        with container_broker() as bootstrap:
            yield bootstrap
    else:
        embedded: EmbeddedBroker = request.getfixturevalue("embedded_broker")
        yield embedded.bootstrap


@pytest.fixture
async def kafka(broker: str, tmp_path: Path) -> Settings:
    """Settings for a real Kafka whose topics are all empty, with a data folder of their own."""
    await fresh_topics(broker)
    return quick_settings(broker, tmp_path / "var")
