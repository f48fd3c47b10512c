"""Offsets from UTC: as printed, by abbreviation, or by the country that a page is written in."""

import re
from datetime import datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from babel.core import get_global

from watchfloor.identity import host_of

HOURS = {
    "utc": 0,
    "gmt": 0,
    "z": 0,
    "wet": 0,
    "west": 1,
    "bst": 1,
    "cet": 1,
    "cest": 2,
    "mez": 1,
    "mesz": 2,
    "eet": 2,
    "eest": 3,
    "sast": 2,
    "msk": 3,
    "мск": 3,
    "trt": 3,
    "gst": 4,
    "pkt": 5,
    "ist": 5.5,
    "wib": 7,
    "ict": 7,
    "hkt": 8,
    "sgt": 8,
    "awst": 8,
    "pht": 8,
    "jst": 9,
    "kst": 9,
    "aest": 10,
    "aedt": 11,
    "nzst": 12,
    "nzdt": 13,
    "est": -5,
    "edt": -4,
    "cst": -6,
    "cdt": -5,
    "mst": -7,
    "mdt": -6,
    "pst": -8,
    "pdt": -7,
    "brt": -3,
    "art": -3,
}
CITIES = {
    "et": "America/New_York",
    "eastern": "America/New_York",
    "ct": "America/Chicago",
    "pt": "America/Los_Angeles",
    "київ": "Europe/Kyiv",
    "києвом": "Europe/Kyiv",
    "kyiv time": "Europe/Kyiv",
    "israel time": "Asia/Jerusalem",
}
"""What print uses for the time of a place, summer or winter."""
OFFSET = re.compile(r"^(?:utc|gmt)?\s*([+\-−])\s*(\d{1,2}):?(\d{2})?$")
MAIN_ZONE = {
    "UA": "Europe/Kyiv",
    "DE": "Europe/Berlin",
    "CN": "Asia/Shanghai",
    "CY": "Asia/Nicosia",
    "NZ": "Pacific/Auckland",
}
"""Of countries with several zones: the one that their news goes by."""
NO_COUNTRY = frozenset({"tv", "io", "co", "me", "ai", "fm", "ly", "cc", "ws", "to", "gg", "eu", "su"})
LANGUAGES_OF_ONE_COUNTRY = {
    "uk": "UA",
    "pl": "PL",
    "cs": "CZ",
    "sk": "SK",
    "hu": "HU",
    "ro": "RO",
    "bg": "BG",
    "el": "GR",
    "he": "IL",
    "tr": "TR",
    "ja": "JP",
    "ko": "KR",
    "fi": "FI",
    "sv": "SE",
    "da": "DK",
    "nb": "NO",
    "no": "NO",
    "et": "EE",
    "lv": "LV",
    "lt": "LT",
    "fa": "IR",
    "ka": "GE",
    "hy": "AM",
    "az": "AZ",
    "vi": "VN",
    "th": "TH",
    "it": "IT",
    "de": "DE",
    "is": "IS",
    "sl": "SI",
    "hr": "HR",
    "sr": "RS",
    "sq": "AL",
    "mk": "MK",
    "be": "BY",
    "hi": "IN",
    "ta": "IN",
    "ur": "PK",
    "ps": "AF",
    "zh": "CN",
}


def printed_zone(text: str) -> tzinfo | None:
    """The zone that a text names: `+02:00`, `GMT+3`, `EST`, `MSK`; None where it names none we know.

    >>> printed_zone("GMT+3")
    datetime.timezone(datetime.timedelta(seconds=10800))
    """
    name = text.strip(" ().").lower()
    if name in HOURS:
        return timezone(timedelta(hours=HOURS[name]))
    if name in CITIES:
        return ZoneInfo(CITIES[name])
    found = OFFSET.match(name)
    if found is None or int(found[2]) > 14:
        return None
    offset = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
    return timezone(offset if found[1] == "+" else -offset)


def zone_of_country(url: str | None, locales: list[str]) -> tzinfo | None:
    """The zone of the country that address, locale (`de-AT`) or language point to, in this order.

    None for countries with several zones.
    """
    for country in _countries(url, locales):
        zones = get_global("territory_zones").get(country, [])
        name = MAIN_ZONE.get(country) or (zones[0] if len(zones) == 1 else None)
        if name is not None:
            return ZoneInfo(name)
    return None


def _countries(url: str | None, locales: list[str]) -> list[str]:
    found = []
    if url is not None:
        ending = host_of(url).rsplit(".", 1)[-1]
        if len(ending) == 2 and ending not in NO_COUNTRY:
            found.append({"uk": "GB"}.get(ending, ending.upper()))
    for locale in locales:
        parts = re.split(r"[-_]", locale)
        found += [part.upper() for part in parts[1:] if len(part) == 2]
    return found + [
        LANGUAGES_OF_ONE_COUNTRY[one] for one in (loc[:2].lower() for loc in locales) if one in LANGUAGES_OF_ONE_COUNTRY
    ]


def offset_text(moment: datetime) -> str:
    """A moment in ISO 8601 with its offset; UTC as Z."""
    return moment.isoformat().replace("+00:00", "Z")
