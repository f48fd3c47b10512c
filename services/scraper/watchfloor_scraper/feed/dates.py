"""Dates as feeds write them, which is in every way: RFC 822, ISO 8601, and what people type.

Rules where a date leaves something open: a clock time without a zone is UTC; a two-digit year is 2000 to 2049 or 1950
to 1999 (RFC 5322, section 4.3); 4/5/2026 is day first, as in most of the world, unless the clock shows AM or PM.
"""

import re
import unicodedata
from datetime import UTC, date, datetime, time, timedelta

from watchfloor.events import utc_text
from watchfloor_scraper.feed.month_names import MONTHS, fold
from watchfloor_scraper.feed.zones import zone_at_start

LONGEST_DATE = 120
FIRST_YEAR, LAST_YEAR = 1800, 2100
"""Outside of these a date is taken for nonsense."""
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
COMMENT = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
OFFSET_IN_COMMENT = re.compile(r"[(\[]\s*((?:GMT|UTC)\s?[+-]\d{1,2}(?::?\d{2})?)\s*[)\]]")
ORDINAL = re.compile(r"(?<![\d-])(\d{4})-(\d{3})(?![\d-])")
WEEK = re.compile(r"(?<!\d)\d{4}-W\d{2}-[1-7](?!\d)")
STOPPED = re.compile(r"(?<=\d)\. (?=\d{1,2}\.|\d{4}\b)")
UNIX_TIME = re.compile(r"(\d{9,10})(?:\.\d+)?|(\d{12,13})")
COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:[T ]?(\d{2})(\d{2})(\d{2})?)?(?!\d)")
YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)")
YEAR_LAST = re.compile(r"(?<!\d)(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?!\d)")
EAST_ASIAN = re.compile(r"(\d{2,4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]")
CLOCK = re.compile(
    r"(?<![\d+-])(?P<hour>\d{1,2})\s?[:hH]\s?(?P<minute>\d{2})(?:[:.]\s?(?P<second>\d{2})(?:[.,]\d+)?)?(?!\d)"
    r"\s*(?P<half>[AaPp]\.?\s?[Mm]\b\.?)?"
)
WHOLE_HOUR = re.compile(r"(?<![\d+-])(?P<hour>\d{1,2})\s?(?P<half>[AaPp]\.?[Mm]\b\.?)")
GERMAN_CLOCK = re.compile(r"(?<![\d.+-])(?P<hour>\d{1,2})\.(?P<minute>\d{2})(?=\s*(?:Uhr|h\b|$))")
EAST_ASIAN_CLOCK = re.compile(
    r"(?P<hour>\d{1,2})\s*[時时시]\s*(?P<minute>\d{1,2})\s*[分분](?:\s*(?P<second>\d{1,2})\s*[秒초])?"
)
CLOCKS = (CLOCK, WHOLE_HOUR, GERMAN_CLOCK, EAST_ASIAN_CLOCK)
AFTERNOON = re.compile(r"下午|오후|午後|晚上")
FORENOON = re.compile(r"上午|오전|午前|凌晨|早上")
WORD = re.compile(r"[^\W\d_]+(?:\s(?:الأول|الثاني))?")
NUMBER = re.compile(r"(?<![\w:+])['’]?(\d{1,4})(?:st|nd|rd|th|er|º|ª|°)?\.?(?!\d|:\d)")


def read_date(text: str | None) -> str | None:
    """The date as ISO 8601 in UTC; a bare date where there is no clock time; None where it cannot be made out.

    >>> read_date("Do, 30 Apr 2026 08:57:00 +0200")
    '2026-04-30T06:57:00Z'
    >>> read_date("21 de julio de 2018"), read_date("2026-07-21 04:17:09 PM"), read_date("soon")
    ('2018-07-21', '2026-07-21T16:17:09Z', None)
    """
    if not text or len(text) > LONGEST_DATE * 4:
        return None
    written = _tidy(text)
    if not written or len(written) > LONGEST_DATE:
        return None
    try:
        moment = _unix_time(written) or _compact(written) or _by_parts(written)
        return _settle(moment) if moment else None
    except (ValueError, OverflowError):
        return None


def _tidy(text: str) -> str:
    """Digits of every script as ASCII, dashes as hyphens, comments away (but for an offset), white space folded."""
    ascii_digits = "".join(
        str(unicodedata.decimal(sign)) if not sign.isascii() and sign.isdecimal() else sign for sign in text
    )
    plain = ascii_digits.translate({0x2212: "-", 0x2010: "-", 0x2011: "-", 0x2013: "-", 0x200E: "", 0x200F: ""})
    bare = COMMENT.sub(" ", OFFSET_IN_COMMENT.sub(r" \1", plain))
    return STOPPED.sub(".", " ".join(bare.split()))


def _settle(moment: datetime | date) -> str | None:
    if not isinstance(moment, datetime):
        return moment.isoformat() if FIRST_YEAR <= moment.year <= LAST_YEAR else None
    if not FIRST_YEAR <= moment.year <= LAST_YEAR or moment == EPOCH:
        return None
    return utc_text(moment)


def _unix_time(text: str) -> datetime | None:
    found = UNIX_TIME.fullmatch(text)
    if found is None:
        return None
    return EPOCH + timedelta(seconds=int(found[1] or found[2]) // (1 if found[1] else 1000))


def _compact(text: str) -> datetime | date | None:
    """ISO 8601's basic format: 20260430T085700Z."""
    found = COMPACT.match(text)
    if found is None:
        return None
    day = date(int(found[1]), int(found[2]), int(found[3]))
    if found[4] is None:
        return day if found.end() == len(text) else None
    return _at(day, int(found[4]), int(found[5]), int(found[6] or 0), text[found.end() :])


def _by_parts(text: str) -> datetime | date | None:
    """Find the day, then the clock time outside of it, then the zone after that."""
    bare = _without_numeric_date(text)
    clock = next((found for pattern in CLOCKS if (found := pattern.search(bare))), None)
    if clock is None:
        return _day(text, american=False)
    said = {"minute": "0", "second": "0", "half": ""} | {name: part for name, part in clock.groupdict().items() if part}
    day = _day(text[: clock.start()] + " | " + text[clock.end() :], american=bool(said["half"]))
    if day is None:
        return None
    hour = _hour_of_day(int(said["hour"]), said["half"], text)
    return _at(day, hour, int(said["minute"]), int(said["second"]), text[clock.end() :])


def _without_numeric_date(text: str) -> str:
    """The same text, of the same length, with blanks where a date in numbers stands."""
    for pattern in (YEAR_FIRST, YEAR_LAST):
        text = pattern.sub(lambda found: " " * len(found[0]), text)
    return text


def _hour_of_day(hour: int, half: str, text: str) -> int:
    """The hour of 24, where the clock has a half of the day beside it."""
    afternoon = half[0] in "pP" if half else bool(AFTERNOON.search(text))
    forenoon = half[0] in "aA" if half else bool(FORENOON.search(text))
    if afternoon and hour < 12:
        return hour + 12
    return 0 if forenoon and hour == 12 else hour


def _at(day: date, hour: int, minute: int, second: int, rest: str) -> datetime | None:
    """The moment, with the zone that `rest` begins with or names; None where that zone is impossible.

    24:00 is midnight after the day (ISO 8601); a leap second is the one before it.
    """
    zone, possible = zone_at_start(re.sub(r"^(?:[.,]\d+)?[\s,]*", "", rest))
    if not possible:
        return None
    if zone is None:
        named = (zone_at_start(word)[0] for word in re.split(r"[\s,]+", rest))
        zone = next((found for found in named if found is not None), None)
    whole_day = hour == 24 and minute == second == 0
    clock = time(0 if whole_day else hour, minute, 59 if second == 60 else second)
    return datetime.combine(day + timedelta(days=whole_day), clock, zone or UTC)


def _day(text: str, *, american: bool) -> date | None:
    found = YEAR_FIRST.search(text)
    if found is not None:
        return date(int(found[1]), int(found[3]), int(found[4]))
    if (week := WEEK.search(text)) is not None:
        return date.fromisoformat(week[0])
    if (ordinal := ORDINAL.search(text)) is not None:
        return date(int(ordinal[1]), 1, 1) + timedelta(days=int(ordinal[2]) - 1) if ordinal[2] != "000" else None
    east_asian = EAST_ASIAN.search(text)
    if east_asian is not None:
        return date(_year(east_asian[1]), int(east_asian[2]), int(east_asian[3]))
    found = YEAR_LAST.search(text)
    return _day_of_numbers(found, american=american) if found is not None else _day_of_words(text)


def _day_of_numbers(found: re.Match[str], *, american: bool) -> date:
    first, second, year = int(found[1]), int(found[3]), _year(found[4])
    month_first = second > 12 or (american and found[2] == "/" and first <= 12)
    return date(year, first, second) if month_first else date(year, second, first)


def _day_of_words(text: str) -> date | None:
    """A day around a month's name: 30 Apr 2026, Apr 30, 2026, 30-Apr-26, 2026 Apr 30."""
    spaced = re.sub(r"[-/]", " ", text)
    names = [(found, MONTHS[fold(found[0])]) for found in WORD.finditer(spaced) if fold(found[0]) in MONTHS]
    numbers = list(NUMBER.finditer(spaced))
    if not names or len(numbers) < 2:
        return None
    name, month = names[-1]  # a weekday may be short for a month too: "mar. 5 mai"
    first, second = numbers[0], numbers[1]
    if len(first[1]) == 4 and first.start() < name.start():
        return date(int(first[1]), month, int(second[1]))
    return date(_year(second[1]), month, int(first[1]))


def _year(digits: str) -> int:
    number = int(digits)
    if len(digits) > 2:
        return number + 1900 if number < 1000 else number
    return number + (2000 if number < 50 else 1900)
