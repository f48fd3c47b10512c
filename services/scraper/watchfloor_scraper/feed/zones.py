"""Time zones as feeds write them: offsets, abbreviations, names of the tz database."""

import re
from datetime import timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

OFFSET = re.compile(r"(?:GMT|UTC|UT|Z)?\s*([+-])(\d{1,2})(?::?(\d{2}))?(?::?\d{2})?(?![\d:])", re.IGNORECASE)
REGION = re.compile(r"[A-Z][A-Za-z]+(?:/[A-Z][A-Za-z_+-]+){1,2}")
LONGEST_OFFSET = timedelta(hours=14)
HOURS = {
    "Z": 0, "UT": 0, "UTC": 0, "GMT": 0, "WET": 0,
    "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
    "AKST": -9, "AKDT": -8, "HST": -10, "AST": -4, "ADT": -3, "NST": -3.5, "NDT": -2.5, "BRT": -3, "ART": -3,
    "CLT": -4, "COT": -5, "PET": -5, "VET": -4,
    "BST": 1, "WEST": 1, "CET": 1, "MEZ": 1, "WAT": 1, "CEST": 2, "MESZ": 2, "EET": 2, "CAT": 2, "SAST": 2,
    "EEST": 3, "MSK": 3, "MSD": 4, "EAT": 3, "TRT": 3, "IDT": 3, "GST": 4, "AZT": 4, "AMT": 4, "GET": 4, "IRST": 3.5,
    "AFT": 4.5, "PKT": 5, "UZT": 5, "IST": 5.5, "NPT": 5.75, "ICT": 7, "WIB": 7, "HKT": 8, "SGT": 8, "PHT": 8,
    "MYT": 8, "AWST": 8, "JST": 9, "KST": 9, "ACST": 9.5, "ACDT": 10.5, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13,
}  # fmt: skip
"""Hours east of UTC. RFC 822 names the American ones; of the others each means what most of its users mean by it."""
AMERICAN = {"ET": "America/New_York", "CT": "America/Chicago", "MT": "America/Denver", "PT": "America/Los_Angeles"}
"""Summer and winter time in one; in capitals only, since they are words elsewhere."""


def zone_at_start(text: str) -> tuple[tzinfo | None, bool]:
    """The zone that a text begins with, and whether what stands there can be one at all.

    `(None, True)` where no zone stands there, `(None, False)` where an offset is impossible. Letters of the military
    zones say nothing (RFC 5322, section 4.3), so they are no zones, but for Z.

    >>> zone_at_start("+0530 and more")[0].utcoffset(None)
    datetime.timedelta(seconds=19800)
    """
    offset = OFFSET.match(text)
    if offset is not None:
        return _offset(offset)
    region = REGION.match(text)
    if region is not None:
        return _region(region[0]), True
    word = re.match(r"[A-Za-z]+", text)
    if word and word[0] in AMERICAN:
        return _region(AMERICAN[word[0]]), True
    hours = HOURS.get(word[0].upper()) if word else None
    return (None if hours is None else timezone(timedelta(hours=hours))), True


def _offset(found: re.Match[str]) -> tuple[tzinfo | None, bool]:
    distance = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
    if distance > LONGEST_OFFSET or int(found[3] or 0) > 59:
        return None, False
    return timezone(-distance if found[1] == "-" else distance), True


def _region(name: str) -> tzinfo | None:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None
