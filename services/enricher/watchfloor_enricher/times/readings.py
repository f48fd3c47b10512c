"""How each kind of expression is read against the day of writing. Every function gives a TIMEX3 value, or None."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from watchfloor_enricher.times.anchor import Anchor, direction
from watchfloor_enricher.times.values import (
    days_later,
    duration,
    month_of,
    months_later,
    quarter_of,
    shifted,
    week_of,
)
from watchfloor_enricher.times.words import (
    DAY_PARTS,
    MONTHS,
    NUMBER,
    ORDINALS,
    SEASONS,
    UNITS,
    VAGUE_NUMBERS,
    WEEKDAYS,
    alternatives,
    number_of,
)

@dataclass(frozen=True)
class Found:
    """A match of a rule in its text."""

    match: re.Match[str]
    anchor: Anchor
    sentence: tuple[int, int]

    def __getitem__(self, name: str) -> str:
        """A group in small letters, "" where it took no part."""
        return (self.match.groupdict().get(name) or "").lower()

    @property
    def forward(self) -> int:
        """1 where the clause looks forward, -1 where back, 0 where it does not tell."""
        return direction(self.match.string, self.match.start(), self.match.end(), self.sentence)

    @property
    def clause(self) -> int:
        """The same, by the clause of the expression alone."""
        return direction(self.match.string, self.match.start(), self.match.end(), self.sentence, near=True)

    @property
    def before(self) -> str:
        """The word before it, in small letters."""
        words = self.match.string[self.sentence[0] : self.match.start()].lower().split()
        return words[-1].strip("“”\"'(,") if words else ""


Read = Callable[[Found], str | None]


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def full_date(found: Found) -> str | None:
    day = _valid(int(found["year"]), MONTHS[found["month"]], int(found["day"]))
    return day.isoformat() if day else None


def numeric_date(found: Found) -> str | None:
    year, first, second = int(found["year"]), int(found["first"]), int(found["second"])
    day = _valid(year, first, second)
    return day.isoformat() if day else None


def day_and_month(found: Found) -> str | None:
    """The year is the one that brings the day nearest, unless the clause looks the other way."""
    anchor = found.anchor.day
    month, number = MONTHS[found["month"]], int(found["day"])
    if anchor is None:
        return f"XXXX-{month:02d}-{number:02d}"
    years = (anchor.year - 1, anchor.year, anchor.year + 1)
    days = [day for year in years if (day := _valid(year, month, number))]
    return _nearest(days, anchor, found.forward).isoformat() if days else None


def _nearest(days: list[date], anchor: date, forward: int) -> date:
    """The nearest day, those in the direction of the clause counting as three times nearer."""

    def distance(day: date) -> tuple[int, date]:
        away = (day - anchor).days
        return abs(away) * (1 if away * forward >= 0 else 3), day

    return min(days, key=distance)


def month_and_year(found: Found) -> str:
    return f"{found['year']}-{MONTHS[found['month']]:02d}"


def month_alone(found: Found) -> str | None:
    if found["month"] in ("may", "march", "mar", "jan", "dec", "sun", "sat") and not found.match["month"][0].isupper():
        return None
    anchor, month = found.anchor.day, MONTHS[found["month"]]
    if anchor is None:
        return f"XXXX-{month:02d}"
    if found["other"]:
        return f"{anchor.year + (1 if found['other'] == 'next' else -1):04d}-{month:02d}"
    if which := found["which"]:
        return _month_relative(anchor, month, which)
    firsts = [date(year, month, 1) for year in (anchor.year - 1, anchor.year, anchor.year + 1)]
    return month_of(_nearest(firsts, anchor.replace(day=1), found.forward or -1))


def _month_relative(anchor: date, month: int, which: str) -> str:
    if which in ("last", "past"):
        year = anchor.year if month < anchor.month else anchor.year - 1
    elif which in ("next", "coming"):
        year = anchor.year if month > anchor.month else anchor.year + 1
    else:
        year = anchor.year
    return f"{year:04d}-{month:02d}"


def weekday(found: Found) -> str | None:
    anchor = found.anchor.day
    name = found["weekday"]
    if anchor is None or (len(name) < 4 and not found.match["weekday"][0].isupper()):
        return None
    day = days_later(anchor, _days_to(found, (WEEKDAYS[name] - anchor.weekday()) % 7))
    return day.isoformat() + (f"T{_part(found)}" if found["part"] else "")


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


def _part(found: Found) -> str:
    return DAY_PARTS[found["part"]]


def named_day(found: Found) -> str | None:
    if found.anchor.day is None:
        return None
    words = found["named"]
    offset = {"yesterday": -1, "tomorrow": 1, "last": -1}.get(words.split()[0], 0)
    if "before yesterday" in words or "after tomorrow" in words:
        offset = -2 if "yesterday" in words else 2
    day = days_later(found.anchor.day, offset).isoformat()
    part = found["part"] or ("night" if words in ("tonight", "overnight", "last night") else "")
    return f"{day}T{DAY_PARTS[part]}" if part else day


def relative_unit(found: Found) -> str | None:
    """ "This week", "last month", "next year"."""
    anchor, unit = found.anchor.day, UNITS[found["unit"]]
    if anchor is None or unit.startswith("T"):
        return None
    step = {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1}.get(found["which"].split()[-1], 0)
    if found["unit"] == "weekend":
        if found["which"] in ("the", "over the"):
            step = 0 if found.forward > 0 else -1
        return f"{week_of(days_later(anchor, 7 * step))}-WE"
    if found["unit"] == "fortnight":
        return duration(2, "W")
    return shifted(anchor, unit, step)


def ago(found: Found) -> str | None:
    anchor, unit = found.anchor.day, UNITS[found["unit"]]
    number = _amount(found)
    sign = 1 if found["hence"] else -1
    if number is None:
        return "FUTURE_REF" if sign > 0 else "PAST_REF"
    if anchor is None:
        return None
    if unit.startswith("T"):
        return _moment_ago(found, unit, number * sign)
    if number != int(number):
        return shifted(anchor, "M", int(number * 12) * sign) if unit == "Y" else None
    return shifted(anchor, unit, int(number) * sign)


def _moment_ago(found: Found, unit: str, number: float) -> str | None:
    moment = found.anchor.moment
    if moment is None:
        return None
    minutes = number * {"TS": 1 / 60, "TM": 1, "TH": 60}[unit]
    there = days_later(moment.date(), 0), moment.hour * 60 + moment.minute + int(minutes)
    day = days_later(there[0], there[1] // 1440)
    hour, minute = divmod(there[1] % 1440, 60)
    return f"{day.isoformat()}T{hour:02d}:{minute:02d}"


def seasons_ago(found: Found) -> str | None:
    anchor, number = found.anchor.day, _amount(found)
    if anchor is None or number is None or not 0 < number < 500:
        return None
    return f"{anchor.year - int(number):04d}-{SEASONS[found['season']]}"


def _amount(found: Found) -> float | None:
    words = found["amount"]
    return None if words in VAGUE_NUMBERS or words == "a few" else number_of(words)


def duration(found: Found) -> str | None:
    amount, unit = found["amount"], UNITS[found["unit"]]
    if found["unit"] == "weekend":
        return None
    number = _amount(found)
    if found["unit"] == "fortnight":
        number = (number or 1) * 2
    if amount in ("a", "an", "one") and found["unit"] in ("second", "quarter", "night"):
        return None
    return duration(number, unit)


def decade(found: Found) -> str | None:
    digits = re.sub(r"\D", "", found["decade"])
    return digits[:3] if len(digits) == 4 else f"19{digits[0]}" if len(digits) == 2 else None


def quarter(found: Found) -> str | None:
    number = ORDINALS.get(found["ordinal"]) or int(re.sub(r"\D", "", found["ordinal"]) or 0)
    letter = "Q" if found["of"] == "quarter" else "H"
    if not 1 <= number <= (4 if letter == "Q" else 2):
        return None
    year = _year_named(found)
    return f"{year}-{letter}{number}" if year else None


def _year_named(found: Found) -> str | None:
    """The year that stands with a quarter or season; else that of the anchor, or the one before where the text looks back."""
    anchor = found.anchor.day
    if found["year"]:
        return found["year"]
    if anchor is None:
        return None
    step = {"last": -1, "previous": -1, "next": 1, "year-earlier": -1}.get(
        found["which"].split()[0] if found["which"] else "", 0
    )
    return f"{anchor.year + step:04d}"


def season(found: Found) -> str | None:
    anchor, season = found.anchor.day, SEASONS[found["season"]]
    if found["season"] == "fall" and not (found["which"] or found["year"]):
        return None
    if found["year"]:
        return f"{found['year']}-{season}"
    if anchor is None:
        return None
    month = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}[season]
    year = anchor.year
    if found["which"] == "last" and (month + 2 >= anchor.month or season == "WI"):
        year -= 1
    elif found["which"] == "next":
        year += month <= anchor.month
    return f"{year:04d}-{season}"


def year(found: Found) -> str | None:
    return found["year"]


def spelled_year(found: Found) -> str | None:
    number = number_of(found["spelled"].split(maxsplit=1)[1])
    return f"19{int(number):02d}" if number is not None else None


def set(found: Found) -> str:
    amount = number_of(found["amount"]) if found["amount"] else 1
    return duration(amount or 1, "D" if found["unit"] in WEEKDAYS else UNITS[found["unit"]])


def adverb(found: Found) -> str:
    return {"dai": "P1D", "night": "P1D", "week": "P1W", "month": "P1M", "quarter": "P3M", "year": "P1Y", "annual": "P1Y",
            "hour": "PT1H"}[found["base"] or found["base2"]]  # fmt: skip


def vague(found: Found) -> str:
    words = " ".join(found["vague"].split())
    if words in PRESENT:
        return "PRESENT_REF"
    return "FUTURE_REF" if words in FUTURE else "PAST_REF"


def clock(found: Found) -> str | None:
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    half = found["half"].replace(".", "")
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "pm" else 0)
    if hour > 23 or minute > 59:
        return None
    day = _clock_day(found)
    zone = _zone(found["zone"])
    return f"{day}T{hour:02d}:{minute:02d}{zone}" if day else f"T{hour:02d}:{minute:02d}{zone}"


def _clock_day(found: Found) -> str | None:
    if found["weekday"]:
        return (weekday(found) or "")[:10] or None
    return found.anchor.day.isoformat() if found.anchor.day else None


def _zone(name: str) -> str:
    return {"gmt": "Z", "utc": "Z", "z": "Z", "est": "-05:00", "edt": "-04:00", "cst": "-06:00", "cdt": "-05:00", "pst": "-08:00",
            "pdt": "-07:00", "bst": "+01:00", "cet": "+01:00", "cest": "+02:00", "msk": "+03:00", "eet": "+02:00",
            "eest": "+03:00"}.get(name, "")  # fmt: skip


def edge(found: Found) -> str | None:
    """ "The end of the week", "mid-2024": the whole of which it is a part."""
    if found["year"]:
        return found["year"]
    anchor = found.anchor.day
    return shifted(anchor, UNITS[found["unit"]], 0) if anchor else None


def day_of_month(found: Found) -> str | None:
    """ "On the 14th": the nearest such day, by the clause's direction."""
    anchor = found.anchor.day
    if anchor is None:
        return None
    firsts = [months_later(anchor.replace(day=1), step) for step in (-1, 0, 1)]
    days = [day for first in firsts if (day := _valid(first.year, first.month, int(found["day"])))]
    return _nearest(days, anchor, found.forward or -1).isoformat()


