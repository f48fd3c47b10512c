"""An id for an outlet of which only the name or the address is known. Pure."""

import re
import unicodedata

from watchfloor.domains import domain_of

LONGEST = 48
NOT_IN_IDS = re.compile(r"[^a-z0-9]+")


def id_of(name: str, url: str) -> str:
    """Small letters, digits and dashes of the name; of the address's domain where the name has too few of them.

    Raises InvalidAddress.

    >>> id_of("Küstenblatt – Politik", "https://kuestenblatt.example/")
    'kustenblatt-politik'
    >>> id_of("Південний вісник", "https://www.pivden-visnyk.example/")
    'pivden-visnyk'
    >>> id_of("", "http://127.0.0.1:8471/")
    '127-0-0-1-8471'
    """
    plain = unicodedata.normalize("NFKD", name)
    letters = sum(letter.isalnum() for letter in name)
    slug = _slug(plain)
    return slug if slug and len(slug) * 2 > letters else _of_domain(domain_of(url)) or "source"


def _of_domain(domain: str) -> str:
    """The word that somebody registered; of an IP address all of it, with the port."""
    is_address = ":" in domain or domain.replace(".", "").isdigit()
    return _slug(domain if is_address else domain.partition(".")[0])


def _slug(text: str) -> str:
    return NOT_IN_IDS.sub("-", text.lower().encode("ascii", "ignore").decode()).strip("-")[:LONGEST].rstrip("-")
