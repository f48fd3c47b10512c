"""Whether an address that an outlet's lists name may be fetched for it."""

from dataclasses import dataclass
from typing import Literal

from watchfloor.domains import domain_of
from watchfloor.errors import InvalidAddress
from watchfloor.identity import canonical_url
from watchfloor_scraper.configuration.patterns import first_match
from watchfloor_scraper.robots import Rule, normalise_address

CoverageCode = Literal["ok", "off_domain", "excluded", "not_included", "not_http"]
Rules = tuple[tuple[str, Rule], ...]


@dataclass(frozen=True)
class Coverage:
    """The verdict on one address, as far as the configuration decides it; robots.txt is another matter."""

    code: CoverageCode
    sentence: str
    """For a person: why."""

    @property
    def ok(self) -> bool:
        """Whether it may be fetched."""
        return self.code == "ok"


def judge(url: str, *, domains: frozenset[str], include: Rules, exclude: Rules) -> Coverage:
    """The verdict on an address: its domain first, then what is excluded, then what is included.

    Patterns are laid on the canonical address, which is the one that is fetched.
    """
    try:
        address, domain = canonical_url(url), domain_of(url)
    except InvalidAddress as error:
        return Coverage("not_http", error.reason)
    if domain not in domains:
        return Coverage("off_domain", f"{domain} is neither the outlet's own domain nor one of its `domains`")
    path = normalise_address(address)
    pattern = first_match(exclude, path)
    if pattern is not None:
        return Coverage("excluded", f"it matches {pattern} of `exclude`")
    pattern = first_match(include, path)
    if include and pattern is None:
        return Coverage("not_included", "it matches no pattern of `include`")
    return Coverage("ok", f"it matches {pattern} of `include`" if pattern else f"it is of {domain}")
