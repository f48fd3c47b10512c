"""How weeks, months, years and longer are read, how durations, repetitions and vague words are."""

import re

from watchfloor_enricher.times.found import Found
from watchfloor_enricher.times.values import days_later, duration, shifted, week_of
from watchfloor_enricher.times.words import ORDINALS, SEASONS, UNITS, VAGUE, WEEKDAYS, number_of

BESIDE_ANOTHER = re.compile(r"\s+(?:after|before)\b")


def read_relative_unit(found: Found) -> str | None:
    """A unit and which one: "this week", "last month", "next year"."""
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


def read_ago(found: Found) -> str | None:
    """So many units ago, or hence: as fine as the unit."""
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
    minutes = moment.hour * 60 + moment.minute + int(number * {"TS": 1 / 60, "TM": 1, "TH": 60}[unit])
    hour, minute = divmod(minutes % 1440, 60)
    return f"{days_later(moment.date(), minutes // 1440).isoformat()}T{hour:02d}:{minute:02d}"


def read_seasons_ago(found: Found) -> str | None:
    """Two summers ago."""
    anchor, number = found.anchor.day, _amount(found)
    if anchor is None or number is None or not 0 < number < 500:
        return None
    return f"{anchor.year - int(number):04d}-{SEASONS[found['season']]}"


def _amount(found: Found) -> float | None:
    """The number; None where it is vague: "several", "a few"."""
    return number_of(found["amount"])


def read_duration(found: Found) -> str | None:
    """So many units; X of them where the number is vague."""
    amount, unit = found["amount"], UNITS[found["unit"]]
    if found["unit"] == "weekend":
        return None
    number = _amount(found)
    if found["unit"] == "fortnight":
        number = (number or 1) * 2
    if amount in ("a", "an", "one") and found["unit"] in ("second", "quarter", "night"):
        return None
    return duration(number, unit)


def read_decade(found: Found) -> str | None:
    """A decade, by its first three digits: 199 for the 1990s."""
    digits = re.sub(r"\D", "", found["decade"])
    return digits[:3] if len(digits) == 4 else f"19{digits[0]}" if len(digits) == 2 else None


def read_quarter(found: Found) -> str | None:
    """A quarter or half of a year."""
    number = ORDINALS.get(found["ordinal"]) or int(re.sub(r"\D", "", found["ordinal"]) or 0)
    letter = "Q" if found["of"] == "quarter" else "H"
    if not 1 <= number <= (4 if letter == "Q" else 2):
        return None
    year = _year_named(found)
    return f"{year}-{letter}{number}" if year else None


def _year_named(found: Found) -> str | None:
    """The year that stands with a quarter; else the anchor's, or the one beside it."""
    anchor = found.anchor.day
    if found["year"] or anchor is None:
        return found["year"] or None
    return f"{anchor.year + {'last': -1, 'next': 1}.get(found['which'], 0):04d}"


def read_season(found: Found) -> str | None:
    """A season with its year, or last, this or next one."""
    anchor, season = found.anchor.day, SEASONS[found["season"]]
    if found["season"] == "fall" and not (found["which"] or found["year"]):
        return None
    if found["year"]:
        return f"{found['year']}-{season}"
    if anchor is None:
        return None
    month, year = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}[season], anchor.year
    if found["which"] == "last":
        year -= month + 2 >= anchor.month or season == "WI"
    elif found["which"] == "next":
        year += month <= anchor.month
    return f"{year:04d}-{season}"


def read_year(found: Found) -> str | None:
    """A year."""
    return found["year"]


def read_spelled_year(found: Found) -> str | None:
    """A year of the twentieth century in words."""
    number = number_of(found["spelled"].split(maxsplit=1)[1])
    return f"19{int(number):02d}" if number is not None else None


def read_set(found: Found) -> str:
    """Every so many units."""
    amount = number_of(found["amount"]) if found["amount"] else 1
    return duration(amount or 1, "D" if found["unit"] in WEEKDAYS else UNITS[found["unit"]])


def read_adverb(found: Found) -> str:
    """Daily, weekly, annually."""
    often = {"dai": "P1D", "night": "P1D", "week": "P1W", "month": "P1M", "quarter": "P3M", "hour": "PT1H"}
    return often.get(found["base"], "P1Y")


def read_vague(found: Found) -> str | None:
    """Now, once, some time: a reference to the present, the past or the future; "shortly after" tells no time alone."""
    words = " ".join(found["vague"].split())
    if words in ("soon", "shortly") and BESIDE_ANOTHER.match(found.match.string, found.match.end()):
        return None
    return next(value for value, vague in VAGUE.items() if words in vague)


def read_edge(found: Found) -> str | None:
    """The whole of which it is a part: "the end of the week"."""
    if found["year"]:
        return found["year"]
    anchor = found.anchor.day
    return shifted(anchor, UNITS[found["unit"]], 0) if anchor else None
