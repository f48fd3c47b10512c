"""The kinds of fields that an outlet has: what each takes, and how it is settled."""

import re
from typing import Annotated

from pydantic import AfterValidator

from watchfloor_scraper.configuration.addresses import read_address, read_domain
from watchfloor_scraper.configuration.codes import read_country, read_language
from watchfloor_scraper.configuration.faults import BadValue
from watchfloor_scraper.configuration.headers import read_header_name, read_header_value
from watchfloor_scraper.configuration.located import FORBIDDEN
from watchfloor_scraper.configuration.patterns import read_pattern

ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")


def _id(text: str) -> str:
    if not ID.fullmatch(text):
        remedy = "give up to 64 small letters, digits, `_` and `-`, the first a letter or a digit"
        raise BadValue(f"{text[:80]!r} is no id", remedy)
    return text


def _line(text: str) -> str:
    line = " ".join(text.split())
    if not line or len(line) > 200 or FORBIDDEN.search(line):
        raise BadValue(f"{text[:80]!r} is no name", "give one line of at most 200 letters")
    return line


def _tag(text: str) -> str:
    tag = _line(text)
    if "," in tag:
        raise BadValue(f"{tag!r} has a comma in it", "give two tags")
    return tag


def _once(values: tuple[str, ...]) -> tuple[str, ...]:
    twice = next((value for place, value in enumerate(values) if value in values[:place]), None)
    if twice is not None:
        raise BadValue(f"{twice!r} stands twice", "leave one of them")
    return values


def _one_each(headers: dict[str, str]) -> dict[str, str]:
    _once(tuple(name.lower() for name in headers))
    return headers


Id = Annotated[str, AfterValidator(_id)]
Name = Annotated[str, AfterValidator(_line)]
Country = Annotated[str, AfterValidator(read_country)]
Language = Annotated[str, AfterValidator(read_language)]
Addresses = Annotated[tuple[Annotated[str, AfterValidator(read_address)], ...], AfterValidator(_once)]
Patterns = Annotated[tuple[Annotated[str, AfterValidator(read_pattern)], ...], AfterValidator(_once)]
Tags = Annotated[tuple[Annotated[str, AfterValidator(_tag)], ...], AfterValidator(_once)]
Domains = Annotated[tuple[Annotated[str, AfterValidator(read_domain)], ...], AfterValidator(_once)]
Headers = Annotated[
    dict[Annotated[str, AfterValidator(read_header_name)], Annotated[str, AfterValidator(read_header_value)]],
    AfterValidator(_one_each),
]
