"""One project for all that is asked of the containers."""

from collections.abc import Iterator

import pytest
from fixtures.composed import Composed, no_compose
from fixtures.newsroom import everything
from fixtures.system import wait_for

NEWSROOM_SECONDS = 240


@pytest.fixture(scope="module")
def composed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Composed]:
    """Everything, with the newsroom, once all its articles are found."""
    reason = no_compose()
    if reason is not None:
        pytest.skip(reason)
    told = {(outlet.id, version.path) for outlet, version in everything()}
    with Composed(tmp_path_factory.mktemp("composed"), "newsroom") as running:
        wait_for(lambda: running.search("", limit=1)["total"] == len(told), "all articles are found", NEWSROOM_SECONDS)
        yield running
