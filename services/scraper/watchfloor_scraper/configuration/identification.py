"""Who the crawler says it is."""

from importlib.metadata import version

from watchfloor.errors import Stop
from watchfloor_scraper.configuration.configuration import read_contact
from watchfloor_scraper.configuration.faults import BadValue

PRODUCT = "WatchfloorBot"


def user_agent(set_contact: str, contact: str = "") -> str:
    """The User-Agent (RFC 9110, section 10.1.5): product, version, and who answers for it.

    `set_contact` is that of the setting, which comes before the file's own `contact`. Raises Stop where neither is
    given, since a site must be able to reach who asks it, and where the setting is none.

    >>> user_agent("", "desk@news.example")
    'WatchfloorBot/0.1.0 (+desk@news.example)'
    """
    try:
        named = read_contact(set_contact) if set_contact.strip() else contact
    except BadValue as error:
        raise Stop(error.reason, subject="WATCHFLOOR_CONTACT", remedy=error.remedy) from error
    if not named:
        remedy = "write `contact: https://desk.example/crawler` in the file of sources, or set WATCHFLOOR_CONTACT"
        raise Stop(
            "is not set: sites are asked only by a crawler that says who it is", subject="contact", remedy=remedy
        )
    return f"{PRODUCT}/{version('watchfloor-scraper')} (+{named})"
