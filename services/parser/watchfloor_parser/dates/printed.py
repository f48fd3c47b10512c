"""Times as pages write them, for machines (ISO 8601, RFC 2822, seconds since 1970) and for readers."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, tzinfo
from email.utils import parsedate_to_datetime

from watchfloor_parser.dates.month_names import fold_name, month_names, month_pattern
from watchfloor_parser.dates.zones import printed_zone

EARLIEST_YEAR = 1990
ISO = re.compile(
    r"(?<!\d)(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})"
    r"(?:[T ,]+(?P<H>\d{1,2}):(?P<M>\d{2})(?::(?P<S>\d{2})(?:[.,]\d+)?)?"
    r"\s*(?P<zone>Z|(?:UTC|GMT)?[+\-−]\d{1,2}:?\d{0,2}|[A-Z]{2,4}(?![a-zA-Z]))?)?(?!\d)"
)
COMPACT = re.compile(
    r"^(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})(?:T?(?P<H>\d{2})(?P<M>\d{2})(?P<S>\d{2})?(?P<zone>Z|[+-]\d{4})?)?$"
)
RFC_2822 = re.compile(r"^[A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{4} ")
EPOCH = re.compile(r"^1\d{9}(?:\d{3})?$")
CLOCK = re.compile(
    r"(?P<before>上午|下午|晚上|凌晨|오전|오후|午前|午後)?\s*(?<![\d.:])(?P<H>[01]?\d|2[0-4])(?P<sep>[:.：]"
    r"|\s?h\s?|\s?時|\s?时|\s?点|시\s?)(?P<M>[0-5]\d)(?:[:：.](?P<S>[0-5]\d))?(?![\d%])(?!\.\d)\s*"
    r"(?P<half>[ap]\.?\s?m\b\.?|[صم](?!\w))?"
)
HOUR_ALONE = re.compile(r"(?<![\d.:])(?P<H>1[0-2]|[1-9])\s?(?P<half>[ap]\.?m\.?)(?!\w)", re.IGNORECASE)
ZONE_AFTER = re.compile(
    r"^\s*(?:Uhr|hrs?|h)?\s*[,(]?\s*(?P<zone>(?:UTC|GMT)\s?[+\-−]\s?\d{1,2}(?::?\d{2})?"
    r"|[+\-−]\d{2}:?\d{2}|[A-Z]{2,4}(?![a-z])|МСК|мск|Israel Time|Kyiv time|Eastern)\b"
)
EAST_ASIAN = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d{2})\s*[年년.]\s*(?P<m>\d{1,2})\s*[月월.]\s*(?P<d>\d{1,2})\s*[日일.]?"
)
YEAR_FIRST = re.compile(r"(?<!\d)(?P<y>(?:19|20)\d{2})[./](?P<m>\d{1,2})[./](?P<d>\d{1,2})(?!\d)")
NUMERIC = re.compile(
    r"(?<![\d/.])(?P<a>\d{1,2})(?P<sep>[./-])(?P<b>\d{1,2})(?P=sep)(?P<y>(?:19|20)\d{2}|\d{2})(?![\d/])"
)
REACH = 30
"""Characters between a date and its clock time."""


@dataclass(frozen=True)
class Stamp:
    """A day, with clock time and zone where they are printed; `start` and `end` are its place in the text."""

    day: date
    clock: time | None = None
    zone: tzinfo | None = None
    start: int = 0
    end: int = 0


def read_machine_time(text: str, language: str = "en", *, month_first: bool = False) -> Stamp | None:
    """A time out of metadata; falls back on the printed forms, which some pages put there.

    >>> read_machine_time("2026-05-13T06:00:00+02:00").clock
    datetime.time(6, 0)
    """
    text = unicodedata.normalize("NFKC", text).strip()
    if EPOCH.match(text):
        moment = datetime.fromtimestamp(int(text[:10]), UTC)
        return Stamp(moment.date(), moment.time().replace(microsecond=0), UTC)
    if RFC_2822.match(text):
        return _rfc(text)
    if compact := COMPACT.match(text):
        return _stamp(compact)
    return next(read_printed_times(text, language, month_first=month_first), None)


def _rfc(text: str) -> Stamp | None:
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    return Stamp(moment.date(), moment.time(), moment.tzinfo)


def read_printed_times(text: str, language: str, *, month_first: bool = False) -> Iterator[Stamp]:
    """Every date in a text, in order, with the clock time and zone beside it.

    `month_first`: whether 05/06/2026 is the sixth of May.

    >>> [str(s.day) for s in read_printed_times("Опубліковано 3 травня 2026, 14:05", "uk")]
    ['2026-05-03']
    """
    plain = "".join(str(unicodedata.digit(c)) if c.isdigit() and not c.isascii() else c for c in text)
    found = sorted(_days(plain, language, month_first=month_first), key=lambda stamp: (stamp.start, -stamp.end))
    last_end = -1
    kept = []
    for stamp in found:
        if stamp.start >= last_end:
            kept.append(stamp)
            last_end = stamp.end
    for place, stamp in enumerate(kept):
        before = kept[place - 1].end if place else 0
        after = kept[place + 1].start if place + 1 < len(kept) else len(plain)
        yield stamp if stamp.clock else _with_clock(stamp, plain, before, after)


def _days(text: str, language: str, *, month_first: bool) -> Iterator[Stamp]:
    for match in ISO.finditer(text):
        yield from _maybe(_stamp(match))
    for pattern in (EAST_ASIAN, YEAR_FIRST):
        for match in pattern.finditer(text):
            yield from _maybe(_day(int(match["y"]), int(match["m"]), int(match["d"]), match))
    for match in NUMERIC.finditer(text):
        yield from _maybe(_numeric(match, month_first=month_first and match["sep"] != "."))
    yield from _by_name(text, language)


def _by_name(text: str, language: str) -> Iterator[Stamp]:
    names = month_names(language)
    lowered = fold_keeping_length(text)
    month = rf"(?P<m>{month_pattern(language)})\.?"
    suffix = r"(?:st|nd|rd|th|er|º|°|\.|-?го|-?е)?"
    between, year = r"[\s\-/]*(?:de\s+|of\s+|da\s+)?", r"[\s,\-/]*(?:del?\s+)?(?P<y>\d{4})(?!\d)"
    day_first = rf"(?<!\d)(?P<d>\d{{1,2}}){suffix}{between}{month}{year}"
    month_then_day = rf"(?<!\w){month}[\s\-]+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[\s,]+(?P<y>\d{{4}})(?!\d)"
    year_then = rf"(?<!\d)(?P<y>\d{{4}})[.\s]+{month}\s+(?P<d>\d{{1,2}})(?!\d)"
    for pattern in (day_first, month_then_day, year_then):
        for match in re.finditer(pattern, lowered):
            yield from _maybe(_day(int(match["y"]), names[fold_name(match["m"])], int(match["d"]), match))


def fold_keeping_length(text: str) -> str:
    """Lower case, character for character, so that places in the text stay."""
    return "".join(low if len(low := c.lower()) == 1 else c for c in text.replace("İ", "i"))


def _maybe(stamp: Stamp | None) -> Iterator[Stamp]:
    if stamp is not None:
        yield stamp


def _numeric(match: re.Match[str], *, month_first: bool) -> Stamp | None:
    a, b, year = int(match["a"]), int(match["b"]), int(match["y"])
    year += 2000 if year < 100 else 0
    month, day = (a, b) if month_first else (b, a)
    if month > 12 >= day:
        month, day = day, month
    return _day(year, month, day, match)


def _day(year: int, month: int, day: int, match: re.Match[str]) -> Stamp | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return Stamp(found, start=match.start(), end=match.end()) if year >= EARLIEST_YEAR else None


def _stamp(match: re.Match[str]) -> Stamp | None:
    day = _day(int(match["y"]), int(match["m"]), int(match["d"]), match)
    if day is None or match["H"] is None or int(match["H"]) > 23 or int(match["M"]) > 59:
        return day
    clock = time(int(match["H"]), int(match["M"]), min(59, int(match["S"] or 0)))
    return Stamp(day.day, clock, printed_zone(match["zone"] or ""), match.start(), match.end())


def _with_clock(stamp: Stamp, text: str, before: int, after: int) -> Stamp:
    """Look for a clock time behind the date, else before it."""
    behind = text[stamp.end : min(after, stamp.end + REACH + 12)]
    found = CLOCK.search(behind) or HOUR_ALONE.search(behind)
    if found is not None and found.start() <= REACH:
        return _clocked(stamp, found, behind[found.end() :])
    front = text[max(before, stamp.start - REACH) : stamp.start]
    found = CLOCK.search(front) or HOUR_ALONE.search(front)
    return _clocked(stamp, found, front[found.end() :]) if found is not None else stamp


def _clocked(stamp: Stamp, found: re.Match[str], rest: str) -> Stamp:
    parts = found.groupdict()
    hour, minute = int(parts["H"]), int(parts.get("M") or 0)
    half = (parts.get("half") or parts.get("before") or "").lower()
    if half.startswith(("p", "م", "下午", "晚上", "오후", "午後")) and hour < 12:
        hour += 12
    elif half.startswith(("a", "ص", "上午", "凌晨", "오전", "午前")) and hour == 12:
        hour = 0
    zone = ZONE_AFTER.match(rest)
    clock = time(hour % 24, minute, int(parts.get("S") or 0))
    return Stamp(stamp.day, clock, printed_zone(zone["zone"]) if zone else None, stamp.start, stamp.end + found.end())
