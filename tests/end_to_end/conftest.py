"""One running system for the tests that do not need a fresh one."""

import asyncio
from collections.abc import Iterator

import pytest
from fixtures.system import System
from fixtures.working import fresh_topics


@pytest.fixture(scope="module")
def system(
    request: pytest.FixtureRequest, in_container: bool, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[System]:
    """A running Watchfloor with an empty store at first: on its own broker, with `--broker=container` on the container's."""
    broker: str = request.getfixturevalue("broker") if in_container else ""
    if broker:
        asyncio.run(fresh_topics(broker))
    with System(tmp_path_factory.mktemp("system"), broker=broker) as running:
        yield running
