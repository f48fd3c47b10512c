"""Checks under the guarded client, one outlet after the other."""

from collections.abc import AsyncIterator, Iterable

from watchfloor.settings import Settings
from watchfloor.web.allowed import allowed_of
from watchfloor.web.client import Client
from watchfloor_scraper.checking.asker import Asker
from watchfloor_scraper.checking.check import check_outlet
from watchfloor_scraper.checking.detection import outlet_at
from watchfloor_scraper.checking.report import Report
from watchfloor_scraper.configuration import Outlet, read_outlet


async def check_each(outlets: Iterable[Outlet], settings: Settings, user_agent: str) -> AsyncIterator[Report]:
    """A report for each outlet, as soon as it is there. Raises Stop where `web_allowed` is wrong."""
    async with Client(user_agent, allowed=allowed_of(settings)) as client:
        for outlet in outlets:
            yield await check_outlet(outlet, Asker(client, outlet))


async def check_address(url: str, delay: str | None, settings: Settings, user_agent: str) -> tuple[Outlet, Report]:
    """The outlet that an address stands for, and a report on it. `delay` is between two requests, as in the file.

    Raises Rejected where the address brings nothing, InvalidConfiguration where it is none, Stop where `web_allowed` is wrong.
    """
    async with Client(user_agent, allowed=allowed_of(settings)) as client:
        asker = Asker(client, read_outlet({"id": "asked", "home": url, **({"delay": delay} if delay else {})}, url))
        outlet = await outlet_at(url, asker)
        return outlet, await check_outlet(outlet, asker, new=True)
