"""A newsroom on free ports, with a clock that the test sets."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from fixtures.newsroom import Running, free_ports

from watchfloor.settings import Settings
from watchfloor_demo.outlets import OUTLETS, addresses
from watchfloor_demo.serving import serve


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_folder=tmp_path, newsroom_port=free_ports(2 * len(OUTLETS)))


@pytest.fixture
async def running(settings: Settings) -> AsyncIterator[Running]:
    """A newsroom that was just opened for the first time."""
    by_id = dict(zip((outlet.id for outlet in OUTLETS), addresses(settings), strict=True))
    async with httpx.AsyncClient() as visitor:
        opened = Running(settings, visitor, by_id)
        async with serve(settings, clock=opened.clock):
            yield opened
