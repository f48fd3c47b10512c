"""The values behind a field's colon: codes, ranges of time, a place with a distance."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import get_args

from watchfloor.events import ArticleType
from watchfloor.query.tree import FieldName, Near, Published

FIELDS: tuple[FieldName, ...] = get_args(FieldName)
KNOWN_FIELDS = (*FIELDS, "published")
DISTANCE = re.compile(r"^(?P<place>.*?)~(?P<number>\d{1,5}(?:\.\d{1,3})?)\s*(?P<unit>[a-z]*)$", re.DOTALL)
NO_DISTANCE = re.compile(r"~[\s\d.]*[a-z]{0,2}$")
"""Where a distance was begun: a place with such an ending has yet to be seen."""
DAY = re.compile(r"^\d{4}-\d{2}-\d{2}$")
RANGE = re.compile(r"^\s*(?P<since>\S+)\s+(?:TO|to)\s+(?P<until>\S+)\s*$")
ARTICLE_TYPES: tuple[str, ...] = get_args(ArticleType)
COUNTRY_ALIASES = {"UK": "GB", "EL": "GR"}
"""Codes that the European Union writes otherwise than ISO 3166-1."""
ONE_DAY, ONE_TICK = timedelta(days=1), timedelta(microseconds=1)

Clock = Callable[[], datetime]


class ValueFault(ValueError):
    """What is wrong with a value, and the remedy; the parser adds the position."""

    def __init__(self, reason: str, remedy: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.remedy = remedy


def code(field: FieldName, text: str) -> str | None:
    """A value of a field that holds codes, in the one way they are written; None where the field holds words.

    Raises ValueFault.
    """
    match field:
        case "language":
            return _checked(text, r"[A-Za-z]{2,3}", "a language code of ISO 639", "language:uk").lower()
        case "country" | "source_country":
            settled = _checked(text, r"[A-Za-z]{2}", "a country code of ISO 3166-1", f"{field}:UA").upper()
            return COUNTRY_ALIASES.get(settled, settled)
        case "type":
            return _checked(
                text, "|".join(ARTICLE_TYPES), "an article type", "one of " + " ".join(ARTICLE_TYPES)
            ).lower()
        case _:
            return None


def _checked(text: str, pattern: str, what: str, example: str) -> str:
    if not re.fullmatch(pattern, text, re.IGNORECASE):
        raise ValueFault(f"{text!r} is not {what}", f"write {example}")
    return text


def near(text: str) -> Near | None:
    """`Istanbul~50km`; None where there is no distance.

    Raises ValueFault where the unit is another than kilometres, the number is missing, or no place is named.
    """
    found = DISTANCE.match(text)
    if found is None and not NO_DISTANCE.search(text):
        return None
    if found is None or found["unit"] != "km" or not found["place"].strip():
        raise ValueFault("a distance needs a place and a number of kilometres", "write place:Istanbul~50km")
    return Near(found["place"].strip(), float(found["number"]))


def published(text: str, *, ranged: bool, clock: Clock) -> Published:
    """`[2026-01-01 TO now]`, or one day. Both ends count; a day is one in UTC, from its first moment to its last.

    `*` leaves an end open. Raises ValueFault.
    """
    found = RANGE.match(text) if ranged else None
    if ranged and found is None:
        raise ValueFault("a range needs two ends", "write published:[2026-01-01 TO now], * for an open end")
    since_text, until_text = (found["since"], found["until"]) if found else (text, text)
    since, until = _beginning(since_text, clock), _end(until_text, clock)
    if since and until and since >= until:
        raise ValueFault("the range ends before it begins", "put the earlier end first")
    return Published(since, until)


def _beginning(text: str, clock: Clock) -> datetime | None:
    return None if text == "*" else _instant(text, clock)


def _end(text: str, clock: Clock) -> datetime | None:
    """The first moment that no longer counts."""
    if text == "*":
        return None
    try:
        return _instant(text, clock) + (ONE_DAY if DAY.match(text) else ONE_TICK)
    except OverflowError as error:
        raise ValueFault(f"{text!r} is too late", "leave the end open with *") from error


def _instant(text: str, clock: Clock) -> datetime:
    if text == "now":
        return clock().astimezone(UTC)
    try:
        instant = datetime.fromisoformat(text)
        if DAY.match(text):
            return instant.replace(tzinfo=UTC)
        if instant.tzinfo is None:
            raise ValueFault(f"{text!r} has no zone", "write 2026-01-31T10:00Z")
        return instant.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        if isinstance(error, ValueFault):
            raise
        raise ValueFault(f"{text!r} is no time", "write 2026-01-31, 2026-01-31T10:00Z, now or *") from error
