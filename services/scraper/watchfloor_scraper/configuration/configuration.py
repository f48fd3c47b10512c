"""All that a file of sources says."""

import re
from functools import cached_property
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from watchfloor_scraper.configuration.addresses import read_address
from watchfloor_scraper.configuration.faults import BadValue
from watchfloor_scraper.configuration.outlet import Outlet

MAIL = re.compile(r"(?:mailto:)?([A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*)")


def read_contact(text: str) -> str:
    """Who answers for the crawler: an http or https address, or one of mail.

    Raises BadValue.

    >>> read_contact("desk@news.example")
    'desk@news.example'
    """
    contact = text.strip()
    if MAIL.fullmatch(contact):
        return contact
    try:
        address = read_address(contact)
    except BadValue as error:
        raise BadValue(
            f"{text[:80]!r} is no contact", "give a page such as https://desk.example/crawler, or mail"
        ) from error
    if not address.isascii() or set(address) & set("();"):
        raise BadValue(f"{text[:80]!r} cannot stand in a User-Agent", "percent-encode what is not plain ASCII")
    return address


class Configuration(BaseModel):
    """All outlets, and who answers for the crawler."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_by_alias=True, validate_by_name=True)

    contact: Annotated[str, AfterValidator(read_contact)] = Field("", description="named in the User-Agent")
    outlets: tuple[Outlet, ...] = Field(alias="sources")

    @cached_property
    def by_id(self) -> dict[str, Outlet]:
        """The outlets by their ids."""
        return {outlet.id: outlet for outlet in self.outlets}
