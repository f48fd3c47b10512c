"""What expressions of time look like in English, and how each is read. The order does not matter: the longest wins."""

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

MONTH = rf"(?:(?P<month>{alternatives(MONTHS)})\b(?:(?<=\b\w\w\w)\.|(?<=\bsept)\.)?)"
LONG_WEEKDAYS = [name for name in WEEKDAYS if len(name) > 5]
SHORT_WEEKDAYS = [name for name in WEEKDAYS if len(name) < 6]
WEEKDAY = rf"(?P<weekday>(?:{alternatives(LONG_WEEKDAYS)})\b|(?:{alternatives(SHORT_WEEKDAYS)})\b(?=[.,]))"
UNIT = rf"(?P<unit>{alternatives(UNITS)})s?"
YEAR = r"(?P<year>(?:1[5-9]|20|21)\d\d)"
DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
PART = rf"(?P<part>{alternatives(DAY_PARTS)})"
AMOUNT = rf"(?P<amount>{NUMBER})"


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


def _full_date(found: Found) -> str | None:
    day = _valid(int(found["year"]), MONTHS[found["month"]], int(found["day"]))
    return day.isoformat() if day else None


def _numeric_date(found: Found) -> str | None:
    year, first, second = int(found["year"]), int(found["first"]), int(found["second"])
    day = _valid(year, first, second)
    return day.isoformat() if day else None


def _day_and_month(found: Found) -> str | None:
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


def _month_and_year(found: Found) -> str:
    return f"{found['year']}-{MONTHS[found['month']]:02d}"


def _month_alone(found: Found) -> str | None:
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


def _weekday(found: Found) -> str | None:
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


def _named_day(found: Found) -> str | None:
    if found.anchor.day is None:
        return None
    words = found["named"]
    offset = {"yesterday": -1, "tomorrow": 1, "last": -1}.get(words.split()[0], 0)
    if "before yesterday" in words or "after tomorrow" in words:
        offset = -2 if "yesterday" in words else 2
    day = days_later(found.anchor.day, offset).isoformat()
    part = found["part"] or ("night" if words in ("tonight", "overnight", "last night") else "")
    return f"{day}T{DAY_PARTS[part]}" if part else day


def _relative_unit(found: Found) -> str | None:
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


def _ago(found: Found) -> str | None:
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


def _seasons_ago(found: Found) -> str | None:
    anchor, number = found.anchor.day, _amount(found)
    if anchor is None or number is None or not 0 < number < 500:
        return None
    return f"{anchor.year - int(number):04d}-{SEASONS[found['season']]}"


def _amount(found: Found) -> float | None:
    words = found["amount"]
    return None if words in VAGUE_NUMBERS or words == "a few" else number_of(words)


def _duration(found: Found) -> str | None:
    amount, unit = found["amount"], UNITS[found["unit"]]
    if found["unit"] == "weekend":
        return None
    number = _amount(found)
    if found["unit"] == "fortnight":
        number = (number or 1) * 2
    if amount in ("a", "an", "one") and found["unit"] in ("second", "quarter", "night"):
        return None
    return duration(number, unit)


def _part_of_unit(found: Found) -> str | None:
    """ "Earlier this month", "late last year": the month, the year."""
    return _relative_unit(found)


def _decade(found: Found) -> str | None:
    digits = re.sub(r"\D", "", found["decade"])
    return digits[:3] if len(digits) == 4 else f"19{digits[0]}" if len(digits) == 2 else None


def _quarter(found: Found) -> str | None:
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


def _season(found: Found) -> str | None:
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


def _year(found: Found) -> str | None:
    return found["year"]


def _spelled_year(found: Found) -> str | None:
    number = number_of(found["spelled"].split(maxsplit=1)[1])
    return f"19{int(number):02d}" if number is not None else None


def _set(found: Found) -> str:
    amount = number_of(found["amount"]) if found["amount"] else 1
    return duration(amount or 1, "D" if found["unit"] in WEEKDAYS else UNITS[found["unit"]])


def _adverb(found: Found) -> str:
    return {"dai": "P1D", "night": "P1D", "week": "P1W", "month": "P1M", "quarter": "P3M", "year": "P1Y", "annual": "P1Y",
            "hour": "PT1H"}[found["base"] or found["base2"]]  # fmt: skip


def _vague(found: Found) -> str:
    words = " ".join(found["vague"].split())
    if words in PRESENT:
        return "PRESENT_REF"
    return "FUTURE_REF" if words in FUTURE else "PAST_REF"


def _clock(found: Found) -> str | None:
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
        return (_weekday(found) or "")[:10] or None
    return found.anchor.day.isoformat() if found.anchor.day else None


def _zone(name: str) -> str:
    return {"gmt": "Z", "utc": "Z", "z": "Z", "est": "-05:00", "edt": "-04:00", "cst": "-06:00", "cdt": "-05:00", "pst": "-08:00",
            "pdt": "-07:00", "bst": "+01:00", "cet": "+01:00", "cest": "+02:00", "msk": "+03:00", "eet": "+02:00",
            "eest": "+03:00"}.get(name, "")  # fmt: skip


def _edge(found: Found) -> str | None:
    """ "The end of the week", "mid-2024": the whole of which it is a part."""
    if found["year"]:
        return found["year"]
    anchor = found.anchor.day
    return shifted(anchor, UNITS[found["unit"]], 0) if anchor else None


def _day_of_month(found: Found) -> str | None:
    """ "On the 14th": the nearest such day, by the clause's direction."""
    anchor = found.anchor.day
    if anchor is None:
        return None
    firsts = [months_later(anchor.replace(day=1), step) for step in (-1, 0, 1)]
    days = [day for first in firsts if (day := _valid(first.year, first.month, int(found["day"])))]
    return _nearest(days, anchor, found.forward or -1).isoformat()


PRESENT = frozenset(["now", "current", "right now", "currently", "at present", "at the moment", "nowadays", "these days", "this time", "present",
                     "at this time", "today's", "presently"])  # fmt: skip
FUTURE = frozenset(["soon", "in the future", "the future", "in the coming days", "in the near future", "the near future", "coming days",
                    "in the coming weeks", "the coming weeks", "the coming days", "the coming months", "shortly", "near future",
                    "future", "the foreseeable future", "in the coming months", "in the coming years", "the coming years"])  # fmt: skip
PAST = frozenset(["recently", "once", "the past", "in the past", "lately", "previously", "formerly", 
                   "past",
                  "a while ago", "long ago", "some time ago", "not long ago", "at the time", "at that time"])  # fmt: skip
VAGUE_WORDS = alternatives(
    (PRESENT - {"present", "today's", "this time"})
    | (FUTURE - {"future"})
    | (PAST - {"past", "once", "previously", "formerly", "at the time", "at that time"})
)
TENS = ["ten", "eleven", "twelve", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
ONES = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
THINGS = "war|conflict|front|truce|ceasefire|rebellion|insurgency|invasion|occupation|siege|blockade|embargo|deal|treaty|agreement|pact|dispute|law|government|regime|company|crisis|campaign|operation|programme|program|strike|ban|feud|stalemate|standoff|uprising|union|alliance|mission"
AGE = rf"[-\s]olds?\b(?!\s+(?:\w+\s+)?(?:{THINGS})\b)"
REPEATED = alternatives([*(UNITS.keys() - {"second", "night"}), *WEEKDAYS])
WHICH = r"(?P<which>last|past|previous|next|this coming|coming|this)"

RULES: tuple[tuple[str, Read], ...] = (
    (rf"(?:(?:{alternatives(WEEKDAYS)})\.?,?\s+)?(?:the\s+)?{MONTH}\s+{DAY}\s*,?\s+{YEAR}\b", _full_date),
    (rf"(?:(?:{alternatives(WEEKDAYS)})\.?,?\s+)?{DAY}(?:\s+of)?\s+{MONTH},?\s+{YEAR}\b", _full_date),
    (r"(?P<year>(?:19|20)\d\d)-(?P<first>\d\d)-(?P<second>\d\d)\b", _numeric_date),
    (r"(?P<first>0[1-9]|1[0-2])/(?P<second>[0-3]?\d)/(?P<year>(?:19|20)\d\d)\b", _numeric_date),
    (rf"(?:(?:{alternatives(WEEKDAYS)})\.?,?\s+)?{MONTH}\s+{DAY}\b(?!\s*(?:percent|%|:\d|\.\d|,\d|million|people))", _day_and_month),
    (rf"(?:(?:{alternatives(WEEKDAYS)})\.?,?\s+)?(?:the\s+)?{DAY}(?:\s+of)?\s+{MONTH}\b", _day_and_month),
    (rf"(?:(?:early|late|mid|the\s+end\s+of|the\s+beginning\s+of)[-\s]+)?{MONTH},?\s+(?:of\s+)?{YEAR}\b", _month_and_year),
    (rf"(?:{WHICH}\s+|(?:early|late|mid)(?:-|\s+)(?:in\s+)?)?{MONTH}(?=\W|$)(?:\s+(?P<other>last|next)\s+year\b)?", _month_alone),
    (rf"(?:{WHICH}\s+)?{WEEKDAY}(?:\s+{PART})?(?!\w)", _weekday),
    (rf"(?:early\s+|late\s+)?(?P<named>(?:the\s+day\s+)?before\s+yesterday|(?:the\s+day\s+)?after\s+tomorrow|yesterday|today|tomorrow|"
     rf"tonight|overnight|last\s+night|this\s+(?=morning|afternoon|evening))(?:\s*{PART})?\b", _named_day),
    (rf"(?:(?:earlier|later|early|late|sometime)\s+)?(?P<which>last|past|previous|next|this\s+coming|coming|the\s+coming|the\s+next|"
     rf"the\s+past|the\s+last|the\s+previous|this)\s+(?P<unit>week|weekend|month|quarter|year|decade|century)\b", _relative_unit),
    (r"(?:over\s+)?(?P<which>the)\s+(?P<unit>weekend)\b", _relative_unit),
    (rf"(?:(?:about|around|some|nearly|almost|more\s+than|over|just|only)\s+)?(?P<amount>{NUMBER}|several|many|a\s+few|some)(?:\s+|-)"
     rf"{UNIT}\s+(?:ago|earlier|before\s+now)\b", _ago),
    (rf"(?P<amount>{NUMBER}|several|a\s+few)\s+{UNIT}\s+(?P<hence>from\s+now|hence)\b", _ago),
    (rf"(?P<amount>{NUMBER})\s+(?P<season>spring|summer|autumn|fall|winter)s\s+ago\b", _seasons_ago),
    (rf"(?:(?P<mod>about|around|nearly|almost|more\s+than|at\s+least|less\s+than|up\s+to|over)\s+)?(?:the\s+(?:last|past|next|first|"
     rf"coming|previous|final)\s+)?(?P<amount>{NUMBER}|several|a\s+few|few|many|recent)(?:\s+|-)(?:(?:full|whole|consecutive|straight|"
     rf"more|long|short|additional|further)\s+)?{UNIT}(?:-long)?\b(?!{AGE})", _duration),
    (rf"(?:the\s+)?(?:early\s+|late\s+|mid-?\s*)?(?P<decade>(?:1[5-9]|20)\d0s|['’]\d0s)(?!\w)", _decade),
    (rf"(?:the\s+)?(?P<ordinal>first|second|third|fourth|1st|2nd|3rd|4th)[-\s](?:fiscal[-\s])?(?P<of>quarter|half)"
     rf"(?:\s+(?:of\s+)?(?:fiscal\s+)?(?:{YEAR}|(?P<which>last|this|next)\s+year))?\b", _quarter),
    (rf"(?:the\s+)?(?:{WHICH}\s+)?(?P<season>spring|summer|autumn|fall|winter)(?:\s+(?:of\s+)?{YEAR})\b", _season),
    (rf"{WHICH}\s+(?P<season>spring|summer|autumn|fall|winter)\b", _season),
    (rf"(?:(?:fiscal(?:\s+year)?|calendar|early|late|mid)[-\s]+)(?P<year>(?:19|20)\d\d)\b", _year),
    (rf"(?<=\b[Ii]n\s){YEAR}(?![\w/]|,\d|\.\d|-\d|\s+(?:percent|people|troops|of|soldiers|men|houses|meters|metres|feet|miles|km|points|votes)\b)",
     _year),
    (rf"(?:(?<=\bsince\s)|(?<=\bby\s)|(?<=\bof\s)|(?<=\buntil\s)|(?<=\bfrom\s)|(?<=\bafter\s)|(?<=\bbefore\s)|(?<=\bthrough\s)|"
     rf"(?<=\bduring\s)|(?<=\bbetween\s)|(?<=\bthe\s)|(?<=\band\s)|(?<=\bto\s)|(?<=\()|(?<=\bfor\s)){YEAR}(?![\w/]|,\d|\.\d|"
     rf"\s+(?:[a-z]+s|percent|people|troops|men|miles|km)\b)", _year),
    (rf"\b(?:every|each|once\s+an?|per)\s+(?:(?P<amount>two|three|four|five|six|\d+)\s+)?(?P<unit>{REPEATED})s?\b", _set),
    (r"(?P<base>dai|night|week|month|quarter|year|hour)ly\b|\b(?P<base2>annual)(?:ly)?\b", _adverb),
    (rf"(?P<spelled>nineteen\s+(?:{alternatives(TENS)})(?:-(?:{alternatives(ONES)}))?)\b", _spelled_year),
    (rf"(?<!as\s)(?P<vague>{VAGUE_WORDS})\b", _vague),
    (rf"(?P<hour>\d{{1,2}})(?:[:.](?P<minute>\d\d))?\s*(?P<half>[ap]\.?m\.?)(?:\s+(?P<zone>GMT|UTC|EST|EDT|CST|CDT|PST|PDT|BST|CET|CEST|MSK)"
     rf"\b)?(?:,?\s+(?:on\s+)?{WEEKDAY})?", _clock),
    (r"(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?!\d|:\d)(?:\s*(?P<zone>GMT|UTC|EST|EDT|CST|CDT|PST|PDT|BST|CET|CEST|MSK|EET|EEST|Z)\b)?",
     _clock),
    (rf"(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)\s*(?P<zone>GMT|UTC)\b", _clock),
    (rf"(?:the\s+)?(?:end|beginning|start|middle|close)\s+of\s+(?:the\s+|this\s+)?(?:(?P<unit>week|month|quarter|year|decade|century)|"
     rf"{YEAR})\b", _edge),
    (r"(?<=\bon\s)the\s+(?P<day>\d{1,2})(?:st|nd|rd|th)\b(?!\s+(?:floor|anniversary|century|day))", _day_of_month),
)  # fmt: skip
COMPILED = tuple((re.compile(rf"(?<![\w$£€-])(?:{pattern})", re.IGNORECASE), read) for pattern, read in RULES)
