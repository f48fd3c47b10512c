"""How dates, months, weekdays and clock times are read."""

from datetime import date

from watchfloor_enricher.times.found import Found, iso, nearest, valid
from watchfloor_enricher.times.values import days_later, month_of, months_later
from watchfloor_enricher.times.words import DAY_PARTS, MONTHS, WEEKDAYS, ZONES

WORDS_TOO = frozenset(["may", "march", "mar", "jan", "dec"])
"""Months that are words or names as well: in small letters they are no months."""


def read_full_date(found: Found) -> str | None:
    """Day, month and year."""
    return iso(valid(int(found["year"]), MONTHS[found["month"]], int(found["day"])))


def read_numeric_date(found: Found) -> str | None:
    """Day, month and year in digits."""
    return iso(valid(int(found["year"]), int(found["first"]), int(found["second"])))


def read_day_and_month(found: Found) -> str | None:
    """The year is the one that brings the day nearest, unless the clause looks the other way."""
    return read_month_number(found, MONTHS[found["month"]])


def read_month_number(found: Found, month: int) -> str | None:
    """A date or month whose month is told by its number, in any language."""
    year, day = found["year"], int(found["day"] or 0)
    if year:
        return iso(valid(int(year), month, day)) if day else f"{year}-{month:02d}"
    anchor = found.anchor.day
    if anchor is None:
        return f"XXXX-{month:02d}-{day:02d}" if day else None
    around = (valid(each, month, day or 1) for each in (anchor.year - 1, anchor.year, anchor.year + 1))
    best = nearest(around, anchor, found.forward)
    return iso(best) if day or best is None else month_of(best)


def read_by_number(found: Found) -> str | None:
    """Month and day by their numbers, as Chinese and Japanese write them."""
    return read_month_number(found, int(found["number"]))


def read_past_weekday(found: Found, weekday: int) -> str | None:
    """The last day of that name, the day of writing included."""
    anchor = found.anchor.day
    return days_later(anchor, -((anchor.weekday() - weekday) % 7)).isoformat() if anchor else None


def read_day_offset(found: Found, days: int) -> str | None:
    """Yesterday, today, tomorrow."""
    return days_later(found.anchor.day, days).isoformat() if found.anchor.day else None


def read_day_of_month(found: Found) -> str | None:
    """The nearest such day, by the clause's direction: "on the 14th"."""
    anchor = found.anchor.day
    if anchor is None:
        return None
    firsts = [months_later(anchor.replace(day=1), step) for step in (-1, 0, 1)]
    days = (valid(first.year, first.month, int(found["day"])) for first in firsts)
    return iso(nearest(days, anchor, found.forward or -1))


def read_month_and_year(found: Found) -> str:
    """Month and year."""
    return f"{found['year']}-{MONTHS[found['month']]:02d}"


def read_month_alone(found: Found) -> str | None:
    """A month without a day; "this March" and "March last year" tell their year, else it is the nearest."""
    if found["month"] in WORDS_TOO and not found.match["month"][0].isupper():
        return None
    anchor, month = found.anchor.day, MONTHS[found["month"]]
    if anchor is None:
        return f"XXXX-{month:02d}"
    if found["other"]:
        return f"{anchor.year + (1 if found['other'] == 'next' else -1):04d}-{month:02d}"
    if which := found["which"]:
        return _month_relative(anchor, month, which)
    firsts = (valid(year, month, 1) for year in (anchor.year - 1, anchor.year, anchor.year + 1))
    best = nearest(firsts, anchor.replace(day=1), found.forward or -1)
    return month_of(best) if best else None


def _month_relative(anchor: date, month: int, which: str) -> str:
    if which in ("last", "past"):
        year = anchor.year if month < anchor.month else anchor.year - 1
    elif which in ("next", "coming"):
        year = anchor.year if month > anchor.month else anchor.year + 1
    else:
        year = anchor.year
    return f"{year:04d}-{month:02d}"


def read_weekday(found: Found) -> str | None:
    """A weekday, also with a part of it: "Tuesday night"."""
    anchor, name = found.anchor.day, found["weekday"]
    if anchor is None or (len(name) < 4 and not found.match["weekday"][0].isupper()):
        return None
    day = days_later(anchor, _days_to(found, (WEEKDAYS[name] - anchor.weekday()) % 7))
    return day.isoformat() + (f"T{DAY_PARTS[found['part']]}" if found["part"] else "")


def _days_to(found: Found, coming: int) -> int:
    """The days from the day of writing to a weekday whose next one is so many days away."""
    which, before = found["which"], found.before
    if which in ("last", "past", "previous") or before in ("since", "last"):
        return coming - 7
    if which in ("next", "coming", "this coming"):
        return coming or 7
    if before in ("until", "till", "by", "from") or which == "this":
        return coming
    if found.clause > 0:
        return coming
    return coming - 7 if coming else 0


def read_named_day(found: Found) -> str | None:
    """Yesterday, today, tomorrow, tonight, this morning, the day after tomorrow."""
    if found.anchor.day is None:
        return None
    words = found["named"]
    offset = {"yesterday": -1, "tomorrow": 1, "last": -1}.get(words.split()[0], 0)
    if "before yesterday" in words or "after tomorrow" in words:
        offset = -2 if "yesterday" in words else 2
    day = days_later(found.anchor.day, offset).isoformat()
    part = found["part"] or ("night" if words in ("tonight", "overnight", "last night") else "")
    return f"{day}T{DAY_PARTS[part]}" if part else day


def read_clock(found: Found) -> str | None:
    """A clock time, with its zone and weekday where they are told; else of the day of writing."""
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    half = found["half"].replace(".", "")
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "pm" else 0)
    if hour > 23 or minute > 59:
        return None
    zone = "Z" if found["zone"] in ("gmt", "utc", "z") else ZONES.get(found["zone"], "")
    return f"{_clock_day(found) or ''}T{hour:02d}:{minute:02d}{zone}"


def _clock_day(found: Found) -> str | None:
    if found["weekday"]:
        return (read_weekday(found) or "")[:10] or None
    return iso(found.anchor.day)
