"""TIMEX3 values (ISO-TimeML, ISO 24617-1) in words: what a reader sees of a time."""

import re
from collections.abc import Callable
from datetime import date
from re import Match

PARTS = {
    "MO": "morning", "MI": "midday", "AF": "afternoon", "EV": "evening", "NI": "night", "DT": "daytime", "DA": "day",
}  # fmt: skip
SEASONS = {"SP": "spring", "SU": "summer", "FA": "autumn", "WI": "winter"}
UNITS = {
    "Y": "year", "M": "month", "W": "week", "D": "day", "Q": "quarter", "DE": "decade", "CE": "century",
    "TH": "hour", "TM": "minute", "TS": "second",
}  # fmt: skip
VAGUE = {"FUTURE_REF": "later, not dated", "PAST_REF": "earlier, not dated", "PRESENT_REF": "now"}
POINT = re.compile(r"(\d{4}-\d\d-\d\d)(?:T(?:([A-Z]{2})|(\d\d(?::\d\d){0,2})(Z|[+-]\d\d:\d\d)?))?")
WEEK = re.compile(r"(\d{4})-W(\d\d)(-WE)?")
MONTH = re.compile(r"(\d{4})-(\d\d)")
SEASON = re.compile(r"(\d{4})-(SP|SU|FA|WI)")
PORTION = re.compile(r"(\d{4})-([QH][1-4])")
DECADE = re.compile(r"(\d{3})")
CENTURY = re.compile(r"(\d\d)")
DURATION = re.compile(r"P(?:(T)?)(X|\d+(?:\.\d+)?)(DE|CE|[YMWDQHS])")
YEAR = re.compile(r"\d{4}")


def said(value: str, counted_from: date) -> str:
    """A value in words; a year only where it is another than that of `counted_from`. What is unknown stays as it is.

    >>> today = date(2025, 3, 18)
    >>> [said(value, today) for value in ("2025-03-19TNI", "2026-05-30", "2025-03-18T18:00", "2025-03-18T18:00+02:00")]
    ['19 Mar, night', '30 May 2026', '18 Mar, 18:00', '18 Mar, 18:00 +02:00']
    >>> [said(value, today) for value in ("2025-W12", "2025-01", "2024-SU", "2025-Q2", "198", "19", "1985")]
    ['week of 17 Mar', 'Jan 2025', 'summer 2024', 'Q2 2025', '1980s', '1900s', '1985']
    >>> [said(value, today) for value in ("P14M", "PT7H", "P1D", "PXW", "FUTURE_REF", "XXXX-WXX-2")]
    ['14 months', '7 hours', '1 day', 'some weeks', 'later, not dated', 'XXXX-WXX-2']
    """
    if value in VAGUE:
        return VAGUE[value]
    for pattern, words in FORMS:
        if found := pattern.fullmatch(value):
            try:
                return words(found, counted_from)
            except (ValueError, KeyError):
                return value
    return value


def _point(found: Match[str], counted_from: date) -> str:
    part = PARTS[found[2]] if found[2] else " ".join(filter(None, (found[3], found[4])))
    return ", ".join(filter(None, (_day(date.fromisoformat(found[1]), counted_from), part)))


def _day(day: date, counted_from: date) -> str:
    return f"{day.day} {day:%b}" + ("" if day.year == counted_from.year else f" {day.year}")


def _week(found: Match[str], counted_from: date) -> str:
    first = date.fromisocalendar(int(found[1]), int(found[2]), 6 if found[3] else 1)
    return f"{'weekend' if found[3] else 'week'} of {_day(first, counted_from)}"


def _month(found: Match[str], _: date) -> str:
    return f"{date(int(found[1]), int(found[2]), 1):%b} {found[1]}"


def _duration(found: Match[str], _: date) -> str:
    unit = UNITS[(found[1] or "") + found[3]]
    many = unit.removesuffix("y") + "ies" if unit.endswith("y") and unit != "day" else f"{unit}s"
    if found[2] == "X":
        return f"some {many}"
    return f"{found[2]} {unit if found[2] == '1' else many}"


FORMS: tuple[tuple[re.Pattern[str], Callable[[Match[str], date], str]], ...] = (
    (POINT, _point),
    (WEEK, _week),
    (MONTH, _month),
    (SEASON, lambda found, _: f"{SEASONS[found[2]]} {found[1]}"),
    (PORTION, lambda found, _: f"{found[2]} {found[1]}"),
    (YEAR, lambda found, _: found[0]),
    (DECADE, lambda found, _: f"{found[1]}0s"),
    (CENTURY, lambda found, _: f"{found[1]}00s"),
    (DURATION, _duration),
)
