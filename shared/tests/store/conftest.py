"""The bodies that the laws of the store are held against."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from watchfloor.query.distance import Point
from watchfloor.store.memory import MemoryStore
from watchfloor.store.protocol import Store
from watchfloor.store.sqlite import SqliteStore

GAZETTEER: dict[str, Point] = {"Portmoor": (54.0, 10.0), "Порт-Моор": (54.0, 10.0), "Eastbay": (-17.0, 179.9)}
MakeStore = Callable[[], Store]


@pytest.fixture(params=["sqlite", "memory"])
def make_store(request: pytest.FixtureRequest) -> Iterator[MakeStore]:
    """A new, empty store each time it is called."""
    with ExitStack() as held:

        def make() -> Store:
            if request.param == "memory":
                return MemoryStore(locate=GAZETTEER.get)
            folder = held.enter_context(tempfile.TemporaryDirectory(prefix="watchfloor-laws-"))
            store = SqliteStore(Path(folder) / "store.sqlite", locate=GAZETTEER.get)
            held.callback(store.close)
            return store

        yield make


@pytest.fixture
def store(make_store: MakeStore) -> Store:
    """An empty store."""
    return make_store()
