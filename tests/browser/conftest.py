"""A browser, and a gateway over a morning's articles to look at."""

from collections.abc import Iterator

import pytest
from fixtures.browser import chromium
from fixtures.desk import Desk
from fixtures.morning import changes, healths
from playwright.sync_api import Browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, for one module."""
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A gateway over the newsroom's articles and the states of its outlets."""
    with Desk(tmp_path_factory.mktemp("desk")) as running:
        running.keep([*changes(), *healths()])
        yield running
