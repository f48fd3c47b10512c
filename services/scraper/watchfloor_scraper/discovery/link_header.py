"""The `Link` header of HTTP (RFC 8288)."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

MAX_CHARACTERS = 16 * 1024
"""Of one header that are read."""
MAX_LINKS = 100
LINK = re.compile(
    r"[\s,]*+<([^<>]*+)>((?:\s*+;\s*+(?:[^\s,;=\"]++(?:\s*+=\s*+(?:\"(?:[^\"\\]|\\.)*+\"|[^\s,;\"]*+))?+)?+)*+)"
)
PARAMETER = re.compile(r";\s*+([^\s,;=\"]++)(?:\s*+=\s*+(?:\"((?:[^\"\\]|\\.)*+)\"|([^\s,;\"]*+)))?+")


class Link(NamedTuple):
    """One link, with its parameters by their names in lower case, the first of a name winning."""

    target: str
    parameters: dict[str, str]

    @property
    def relations(self) -> list[str]:
        """What the target is to the page, in lower case."""
        return self.parameters.get("rel", "").lower().split()


def read_link_headers(headers: Iterable[str]) -> Iterator[Link]:
    """The links of all `Link` headers of an answer, those left out that speak of another page (`anchor`).

    >>> [(link.target, link.relations) for link in read_link_headers(['</a>; rel="next up", <b;c>;rel=canonical'])]
    [('/a', ['next', 'up']), ('b;c', ['canonical'])]
    """
    read = 0
    for header in headers:
        place = 0
        while read < MAX_LINKS and (found := LINK.match(header[:MAX_CHARACTERS], place)):
            place, read = found.end(), read + 1
            parameters = _parameters(found[2])
            if "anchor" not in parameters:
                yield Link(found[1].strip(), parameters)


def _parameters(text: str) -> dict[str, str]:
    said: dict[str, str] = {}
    for name, quoted, bare in PARAMETER.findall(text):
        said.setdefault(name.lower(), re.sub(r"\\(.)", r"\1", quoted) or bare)
    return said
