"""Reservations of text and data mining, by TDMRep (W3C Community Group Final Report, 10 May 2024). Pure.

Section "Processing priority": what the HTTP header says supersedes the file on the origin server, and what the HTML
says supersedes both. Section "TDM File on the Origin Server": the first rule that matches holds, patterns are those of
robots.txt. Section "tdm-reservation": any value but 0 and 1 counts as unset. Unset and 0 both leave a page free.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from watchfloor_scraper.markup import Tag, tags_and_text
from watchfloor_scraper.robots import Robots, read_robots

PATH = "/.well-known/tdmrep.json"
MAX_BYTES = 256 * 1024
MAX_RULES = 1000
MAX_LOCATION = 2000
SEARCHED_BYTES = 512 * 1024
"""Of a page's beginning, in which meta tags are looked for."""
DAY, HOUR = 86_400.0, 3600.0
NOT_IN_A_PATTERN = re.compile(r"[\r\n#]")

Where = Literal["file", "header", "meta"]


@dataclass(frozen=True)
class TdmRecord:
    """The tdmrep.json of a host, to be kept. Times in seconds since 1970."""

    content: bytes
    """As served, at most `MAX_BYTES`; empty where the host has none."""
    fetched_at: float
    expires_at: float


@dataclass(frozen=True)
class TdmRule:
    """An item of tdmrep.json."""

    location: Robots
    """Forbids what the rule speaks of."""
    reserved: bool | None
    """None: unset."""
    policy: str | None

    def matches(self, url: str) -> bool:
        """Whether the rule speaks of this address."""
        return not self.location.allows(url, "*")


@dataclass(frozen=True)
class TdmVerdict:
    """Whether mining of a page is reserved."""

    reserved: bool
    policy: str | None
    """Address of the terms on which it may be mined after all; None where there are none."""
    where: Where | None
    """What decides; None where nothing speaks of the page."""


def tdm_record(answer: int | str, body: bytes, now: float) -> TdmRecord:
    """What is kept of an answer to the request for tdmrep.json; `answer` as in `robots_record`.

    Anything but a 2xx means that the host does not use the protocol (section "TDM File on the Origin Server"). It is
    asked again after a day, after an hour where the host was out of order.
    """
    found = isinstance(answer, int) and 200 <= answer < 300 and len(body) <= MAX_BYTES
    passing = isinstance(answer, str) or answer == 429 or answer >= 500
    return TdmRecord(body if found else b"", now, now + (HOUR if passing else DAY))


@lru_cache(maxsize=32)
def read_tdmrep(content: bytes) -> tuple[TdmRule, ...]:
    """The rules of a tdmrep.json, in their order. Never raises: what is no rule is passed over.

    >>> rules = read_tdmrep(b'[{"location": "/a/*.pdf$", "tdm-reservation": 1}, {"location": "/a", "tdm-reservation": 0}]')
    >>> [next(rule.reserved for rule in rules if rule.matches(path)) for path in ("/a/b.pdf", "/a/b")]
    [True, False]
    """
    try:
        items = json.loads(content) if len(content) <= MAX_BYTES else None
    except (ValueError, RecursionError):
        return ()
    return tuple(_rules(items[:MAX_RULES])) if isinstance(items, list) else ()


def _rules(items: list[object]) -> Iterator[TdmRule]:
    for item in items:
        location = item.get("location") if isinstance(item, dict) else None
        if isinstance(item, dict) and isinstance(location, str) and _is_pattern(location):
            robots = read_robots(f"User-agent: *\nDisallow: {location}".encode("utf-8", "replace"))
            yield TdmRule(robots, _reservation(item.get("tdm-reservation")), _policy(item.get("tdm-policy")))


def _is_pattern(location: str) -> bool:
    return len(location) <= MAX_LOCATION and not NOT_IN_A_PATTERN.search(location)


def _reservation(value: object) -> bool | None:
    """1 and 0 as number or text; anything else is unset."""
    said = str(value).strip() if isinstance(value, int | str) and not isinstance(value, bool) else ""
    return {"1": True, "0": False}.get(said)


def _policy(value: object) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def reserved(file_rules: tuple[TdmRule, ...], headers: Mapping[str, str], html_head: bytes, url: str) -> TdmVerdict:
    """Whether mining of a page is reserved by what its site, its headers and the page itself say.

    `headers` are those of the answer, in any case; `html_head` is the page or its beginning, empty where it is no HTML
    or not yet there.

    >>> reserved((), {"TDM-Reservation": "1", "TDM-Policy": "https://news.example/terms"}, b"", "https://news.example/a")
    TdmVerdict(reserved=True, policy='https://news.example/terms', where='header')
    >>> free = b'<meta name="tdm-reservation" content="0">'
    >>> reserved((), {"tdm-reservation": "1"}, free, "https://news.example/a")
    TdmVerdict(reserved=False, policy=None, where='meta')
    """
    lower = {name.lower(): value for name, value in headers.items()}
    sources: tuple[tuple[Where, Mapping[str, str]], ...] = (
        ("meta", _meta(html_head)),
        ("header", lower),
        ("file", _of_file(file_rules, url)),
    )
    for where, said in sources:
        reservation = _reservation(said.get("tdm-reservation"))
        if reservation is not None:
            policy = _policy(said.get("tdm-policy")) if reservation else None
            return TdmVerdict(reservation, policy, where)
    return TdmVerdict(reserved=False, policy=None, where=None)


def _of_file(rules: tuple[TdmRule, ...], url: str) -> Mapping[str, str]:
    rule = next((rule for rule in rules if rule.matches(url)), None)
    if rule is None or rule.reserved is None:
        return {}
    return {"tdm-reservation": str(int(rule.reserved)), "tdm-policy": rule.policy or ""}


def _meta(html_head: bytes) -> Mapping[str, str]:
    """What the meta tags of a page say, the first of a name winning; read up to the body."""
    if b"tdm-" not in html_head[:SEARCHED_BYTES].lower():
        return {}
    named: dict[str, str] = {}
    for part in tags_and_text(html_head[:SEARCHED_BYTES].decode(errors="replace")):
        if isinstance(part, Tag) and part.name == "meta" and not part.closes:
            attributes = part.attributes()
            named.setdefault(attributes.get("name", "").strip().lower(), attributes.get("content", ""))
        if isinstance(part, Tag) and part.name == "body":
            break
    return named
