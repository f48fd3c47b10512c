"""The frame of a request: what has to be asked for it."""

from datetime import UTC, datetime

from watchfloor.store.protocol import Store
from watchfloor_gateway.pages.frame.view import Frame
from watchfloor_gateway.pages.frame.watch import DAY, HOURS, Measured, Watch, watch
from watchfloor_gateway.pages.preferences import Preferences
from watchfloor_gateway.parts import Parts


async def frame(parts: Parts, preferences: Preferences, current: str | None) -> Frame:
    """What stands around a screen now. It never fails: where the store is away, the watch line says so."""
    now = datetime.now(UTC)

    async def measured() -> Watch:
        return watch(await parts.ask(lambda store: _measure(store, now)), parts.hub.delay())

    return Frame(current, preferences, await parts.watches.watch(measured, now))


def _measure(store: Store, now: datetime) -> Measured:
    return Measured(now, store.newest(), store.arrivals(now - DAY, now, HOURS), store.sources())
