"""What every test outside a package may ask for: a real broker."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fixtures.system import free_ports
from fixtures.working import fresh_topics, quick_settings

from watchfloor.settings import Settings
from watchfloor_local.broker import EmbeddedBroker


@pytest.fixture(scope="session")
def embedded_broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedBroker]:
    """A real Kafka in a temporary folder, for the whole run."""
    port, controller_port = free_ports(2)
    settings = Settings()
    folder: Path = tmp_path_factory.mktemp("kafka")
    with EmbeddedBroker(folder, port, controller_port, settings.cache, settings.kafka_jars_url) as broker:
        yield broker


@pytest.fixture(scope="session")
def broker(embedded_broker: EmbeddedBroker) -> str:
    """host:port of a real Kafka; its topics are made by whoever needs them."""
    return embedded_broker.bootstrap


@pytest.fixture
async def kafka(broker: str, tmp_path: Path) -> Settings:
    """Settings for a real Kafka whose topics are all empty, with a data folder of their own."""
    await fresh_topics(broker)
    return quick_settings(broker, tmp_path / "var")
