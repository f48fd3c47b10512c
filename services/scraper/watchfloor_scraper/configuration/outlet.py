"""A site as the operator configures it: an entry of `sources` in the file."""

import re
from collections.abc import Mapping
from datetime import timedelta
from functools import cached_property
from typing import Literal, cast

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator, model_validator

from watchfloor.domains import domain_of
from watchfloor.errors import InvalidAddress
from watchfloor.identity import canonical_url, host_of
from watchfloor_scraper.configuration.addresses import read_address
from watchfloor_scraper.configuration.coverage import Coverage, Rules, judge
from watchfloor_scraper.configuration.durations import Duration, between
from watchfloor_scraper.configuration.faults import BadValue
from watchfloor_scraper.configuration.fields import (
    Addresses,
    Country,
    Domains,
    Headers,
    Id,
    Language,
    Name,
    Patterns,
    Tags,
)
from watchfloor_scraper.configuration.headers import SECRET
from watchfloor_scraper.configuration.patterns import rules
from watchfloor_scraper.configuration.rhythm import Cadence, CadenceField, Revisit, RevisitField

LISTS = ("feeds", "sitemaps", "sections")


class Outlet(BaseModel):
    """A site that is watched.

    >>> outlet = Outlet.model_validate({"id": "northwatch", "home": "https://www.northwatch.example/", "country": "gb"})
    >>> outlet.name, outlet.country, str(outlet.cadence)
    ('northwatch.example', 'GB', '5m..1d')
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Id
    name: Name = Field("", description="for a person; by default the host of `home`")
    home: str = Field("", validate_default=True, description="by default the root of the first list")
    feeds: Addresses = Field((), description="RSS, Atom, JSON Feed")
    sitemaps: Addresses = Field((), description="sitemaps and indexes of sitemaps")
    sections: Addresses = Field((), description="pages that link to articles")
    country: Country | None = Field(None, description="ISO 3166-1 alpha-2")
    language: Language | None = Field(None, description="primary subtag, BCP 47")
    tags: Tags = ()
    reliability: Literal["A", "B", "C", "D", "E", "F"] | None = Field(None, description="as the operator grades it")
    cadence: CadenceField = Field(Cadence(), description="how often the lists are read")
    include: Patterns = Field((), description="where there are any, only entries that match one are fetched")
    exclude: Patterns = Field((), description="entries that match one are not fetched, whatever `include` says")
    headers: Headers = Field({}, description="sent with every request to the outlet; see `headers_for`")
    revisit: RevisitField = Field(Revisit(), description="when an article is fetched again; None: never")
    delay: Duration = Field(
        timedelta(seconds=2), description="between two requests to its host; robots.txt may ask more"
    )
    domains: Domains = Field((), description="further registrable domains whose entries are fetched")
    paused: bool = Field(default=False, description="nothing of it is fetched")
    tdm: Literal["respect", "licensed"] = Field("respect", description="licensed: TDMRep reservations do not bind us")

    @model_validator(mode="before")
    @classmethod
    def _fill_in(cls, data: object) -> object:
        if not isinstance(data, Mapping):
            return data
        home = data.get("home") or _root_of_first_list(data)
        return {**data, "home": home, "name": data.get("name") or _host(home) or data.get("id", "")}

    @field_validator("home")
    @classmethod
    def _has_a_home(cls, home: str) -> str:
        if not home:
            raise BadValue("is missing", "give home, or one of feeds, sitemaps and sections")
        return read_address(home)

    @field_validator("headers")
    @classmethod
    def _keeps_secrets(cls, headers: dict[str, str], info: ValidationInfo) -> dict[str, str]:
        secret = next((name for name in headers if name.lower() in SECRET), None)
        given = [info.data.get("home", ""), *(url for key in LISTS for url in info.data.get(key, ()))]
        clear = next((url for url in given if url.lower().startswith("http:")), None)
        if secret and clear:
            raise BadValue(f"{secret} would be sent to {clear} in the clear", "give https addresses, or no such header")
        return headers

    @field_validator("delay")
    @classmethod
    def _waits_within_reason(cls, delay: timedelta) -> timedelta:
        return between(timedelta(0), timedelta(hours=1), delay)

    @property
    def lists(self) -> tuple[str, ...]:
        """All that is read to find articles."""
        return (*self.feeds, *self.sitemaps, *self.sections)

    @cached_property
    def own_domains(self) -> frozenset[str]:
        """The domains of which entries are fetched: that of `home`, and `domains`."""
        return frozenset({domain_of(self.home), *self.domains})

    @cached_property
    def _named_hosts(self) -> frozenset[str]:
        return frozenset(host_of(url) for url in (self.home, *self.lists))

    @cached_property
    def _rules(self) -> tuple[Rules, Rules]:
        return rules(self.include), rules(self.exclude)

    def covers(self, url: str) -> Coverage:
        """Whether an entry of this address may be fetched, and why or why not.

        >>> outlet = Outlet.model_validate({"id": "a", "home": "https://a.example/", "exclude": ["*/video/*"]})
        >>> [outlet.covers(url).code for url in ("https://www.a.example/x", "https://b.example/", "https://a.example/video/1")]
        ['ok', 'off_domain', 'excluded']
        """
        include, exclude = self._rules
        return judge(url, domains=self.own_domains, include=include, exclude=exclude)

    def headers_for(self, url: str) -> dict[str, str]:
        """The headers to be sent to an address: secret ones over https alone, to the hosts that the operator named.

        Raises InvalidAddress.
        """
        trusted = canonical_url(url).startswith("https:") and host_of(url) in self._named_hosts
        return {name: value for name, value in self.headers.items() if trusted or name.lower() not in SECRET}

    def as_written(self) -> dict[str, object]:
        """The fields that are not as by default, as they stand in a file; read again they give an equal outlet."""
        return cast("dict[str, object]", self.model_dump(mode="json", exclude_defaults=True))


def _root_of_first_list(data: Mapping[str, object]) -> str:
    """The root of the site of the first address that is readable; empty where there is none."""
    for key in LISTS:
        listed = data.get(key)
        for address in listed if isinstance(listed, list | tuple) else ():
            try:
                return re.sub(r"(?<=[^:/])/.*", "/", canonical_url(str(address)))
            except InvalidAddress:
                continue
    return ""


def _host(home: object) -> str:
    try:
        return host_of(str(home)).removeprefix("www.")
    except InvalidAddress:
        return ""
