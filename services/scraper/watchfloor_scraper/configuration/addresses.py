"""Addresses and domains that an operator names."""

import re

import ada_url

from watchfloor.domains import domain_of, has_no_domain
from watchfloor.errors import InvalidAddress
from watchfloor.identity import canonical_url, host_of, registrable_domain
from watchfloor_scraper.configuration.faults import BadValue

MAX_CHARACTERS = 2048
UNWRITTEN = re.compile(r"[\s\x00-\x1f\x7f\\<>\"{}|^`]")
NO_DOMAIN = re.compile(r"[\s/@?#\\]")
REMEDY = "give an absolute address such as https://news.example/path"


def read_address(text: str) -> str:
    """An http or https address, as it is written.

    Raises BadValue, also where it carries a name and password: those would be sent to wherever it redirects.
    """
    address = text.strip()
    if len(address) > MAX_CHARACTERS or UNWRITTEN.search(address):
        raise BadValue(f"{text[:80]!r} is no address", REMEDY)
    try:
        canonical_url(address)
    except InvalidAddress as error:
        raise BadValue(f"{text!r} is no http or https address", REMEDY) from error
    parts = ada_url.URL(address)
    if parts.username or parts.password:
        raise BadValue("carries a name and a password", "give them in `headers`, as Authorization")
    return address


def read_domain(text: str) -> str:
    """A registrable domain; of an address without one, its host and port.

    Raises BadValue.

    >>> read_domain("Partner.example")
    'partner.example'
    """
    no_domain = BadValue(f"{text[:80]!r} is no domain", "give one such as news.example")
    if NO_DOMAIN.search(text.strip()):
        raise no_domain
    try:
        address = canonical_url(f"http://{text.strip()}/")
    except InvalidAddress as error:
        raise no_domain from error
    host, own = ada_url.URL(address).host, domain_of(address)
    if own != host:
        raise BadValue(f"{text!r} is not a registrable domain", f"give {own}")
    if not has_no_domain(host_of(address)) and registrable_domain(f"http://x.{host}/") != host:
        raise BadValue(f"{text!r} is a suffix under which others register domains", "give the outlet's own")
    return own
