"""TIMEX3 values (ISO-TimeML, ISO 24617-1) of days, weeks, months, years, and how fine a value is."""

import re
from calendar import monthrange
from datetime import date, timedelta

from watchfloor.events import Granularity

DAY = re.compile(r"\d{4}-\d\d-\d\d$")


def week_of(day: date) -> str:
    """The ISO week of a day.

    >>> week_of(date(2025, 5, 29))
    '2025-W22'
    """
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def month_of(day: date) -> str:
    """The month of a day: 2025-05."""
    return f"{day.year:04d}-{day.month:02d}"


def quarter_of(day: date) -> str:
    """The quarter of a day: 2025-Q2."""
    return f"{day.year:04d}-Q{(day.month - 1) // 3 + 1}"


def months_later(day: date, months: int) -> date:
    """The same day some months later, or the last of that month where it has fewer days; clipped to years 1 to 9999."""
    index = min(max(day.year * 12 + day.month - 1 + months, 12), 9999 * 12 + 11)
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def days_later(day: date, days: int) -> date:
    """Some days later; clipped to the years that a date can have."""
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))


def shifted(day: date, unit: str, amount: int) -> str | None:
    """The value, as fine as its unit, some units later (or earlier, where the amount is negative)."""
    if abs(amount) > 12000:
        return None
    if unit in ("D", "W"):
        there = days_later(day, amount * (7 if unit == "W" else 1))
        return week_of(there) if unit == "W" else there.isoformat()
    if unit in ("M", "Q"):
        there = months_later(day, amount * (3 if unit == "Q" else 1))
        return quarter_of(there) if unit == "Q" else month_of(there)
    years = {"Y": 1, "DE": 10, "CE": 100}.get(unit)
    if years is None or not 1 <= day.year + amount * years <= 9999:
        return None
    return f"{day.year + amount * years:04d}"[: {"DE": 3, "CE": 2}.get(unit, 4)]


def duration(number: float | None, unit: str) -> str:
    """A TIMEX3 duration; X where the number is vague.

    >>> duration(14, "M"), duration(None, "D"), duration(2, "TH"), duration(3, "DE")
    ('P14M', 'PXD', 'PT2H', 'P30Y')
    """
    scale = {"DE": 10, "CE": 100, "Q": 1}.get(unit)
    if unit == "DE" and number is None:
        return "PXDE"
    if scale and unit != "Q":
        number, unit = None if number is None else number * scale, "Y"
    elif unit == "Q":
        unit = "Q"
    shown = "X" if number is None else f"{number:g}"
    return f"PT{shown}{unit[1:]}" if unit.startswith("T") else f"P{shown}{unit}"


def granularity_of(value: str) -> Granularity | None:
    """How fine a point in time is; None for durations, sets and vague references.

    >>> [granularity_of(value) for value in ("2025", "2025-06-02", "2025-W22", "P2D", "2025-06-02T10:30", "198", "2025-SU")]
    ['year', 'day', 'week', None, 'minute', 'year', 'quarter']
    """
    fits: tuple[tuple[str, Granularity], ...] = (
        (r"\d{2,4}", "year"), (r"\d{4}-(Q.|H.|SP|SU|FA|WI)", "quarter"), (r"\d{4}-(\d\d|XX)", "month"),
        (r"\d{4}-W(\d\d|XX)(-WE)?", "week"), (r"\d{4}-\d\d-\d\d(T[A-Z]{2})?", "day"), (r"\d{4}-\d\d-\d\dT\d\d", "hour"),
        (r"\d{4}-\d\d-\d\dT\d\d:\d\d(Z|[+-]\d\d:\d\d)?", "minute"), (r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)?", "second"),
    )  # fmt: skip
    return next((granularity for pattern, granularity in fits if re.fullmatch(pattern, value)), None)


def days_in(value: str) -> tuple[date, date] | None:
    """The first and the last day of a value; None where it is no stretch of the calendar."""
    if found := re.match(r"(\d{4})-(\d\d)-(\d\d)", value):
        return _whole(lambda: date(int(found[1]), int(found[2]), int(found[3])), 0)
    if found := re.fullmatch(r"(\d{4})-W(\d\d)(-WE)?", value):
        return _whole(lambda: date.fromisocalendar(int(found[1]), int(found[2]), 1), 6)
    if found := re.fullmatch(r"(\d{4})-(\d\d)", value):
        year, month = int(found[1]), int(found[2])
        return _whole(lambda: date(year, month, 1), monthrange(year, month)[1] - 1 if 1 <= month <= 12 else 0)
    if found := re.fullmatch(r"(\d{4})-Q([1-4])", value):
        year, month = int(found[1]), int(found[2]) * 3 - 2
        return date(year, month, 1), days_later(months_later(date(year, month, 1), 3), -1)
    if (found := re.fullmatch(r"\d{4}", value)) and int(value):
        return date(int(value), 1, 1), date(int(value), 12, 31)
    return None


def _whole(first: object, further: int) -> tuple[date, date] | None:
    try:
        day: date = first()  # type: ignore[operator]
    except ValueError:
        return None
    return day, day + timedelta(days=further)


def ahead_of(value: str, published: date | None) -> bool | None:
    """Whether a value lies after the day of publication; None where it holds that day or is no point in time."""
    if value == "FUTURE_REF":
        return True
    if value == "PAST_REF":
        return False
    stretch = days_in(value)
    if stretch is None or published is None or stretch[0] <= published <= stretch[1]:
        return None
    return stretch[0] > published
