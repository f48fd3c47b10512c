"""One running system for the tests that do not need a fresh one."""

from collections.abc import Iterator

import pytest
from fixtures.system import System


@pytest.fixture(scope="module")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """A running Watchfloor with an empty store at first."""
    with System(tmp_path_factory.mktemp("system")) as running:
        yield running
