"""Publication and change, chosen from all that the page says.

The most trusted witness gives the day; where it has no clock time, or no zone, another witness of the same day may add
them. A clock time without a zone anywhere takes that of the page's country, and UTC where that is unknown.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, tzinfo

from watchfloor_parser.dates.printed import Stamp
from watchfloor_parser.dates.sources import Role, Witness, witnesses
from watchfloor_parser.dates.zones import offset_text, zone_of_country
from watchfloor_parser.page.found import Found
from watchfloor_parser.page.reading import Page

MONTH_FIRST = frozenset({"US", "PH", "PR", "CA"})
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Dates:
    """Publication and change, as ISO 8601 texts; None where the page does not say."""

    published: Found[str] | None
    modified: Found[str] | None


def read_dates(page: Page, language: str | None) -> Dates:
    """Both times of a page; none is after `fetched_at`, none before publication."""
    locales = _locales(page, language)
    month_first = (
        locales[0][-2:].upper() in MONTH_FIRST if locales and len(locales[0]) >= 5 else _is_american(page, locales)
    )
    seen = witnesses(page, (language or "en")[:3], month_first=month_first)
    home = zone_of_country(page.url, locales)
    published = _choose(seen, "published", home, page.fetched_at)
    modified = _choose(seen, "modified", home, page.fetched_at)
    if published and modified and _instant(modified[0]) < _instant(published[0]):
        modified = None
    return Dates(_found(published), _found(modified))


def _locales(page: Page, language: str | None) -> list[str]:
    declared = [page.root.get("lang") or page.root.get("xml:lang"), *(v for _, v in page.metas.all("og:locale"))]
    return [one.strip() for one in (*declared, language) if one and len(one.strip()) >= 2]


def _is_american(page: Page, locales: list[str]) -> bool:
    """English without a country, on a site that is of none: print there is American more often than not."""
    return bool(locales) and locales[0].lower() == "en" and not zone_of_country(page.url, [])


def _choose(
    seen: list[Witness], role: Role, home: tzinfo | None, fetched_at: datetime | None
) -> tuple[Stamp, str] | None:
    possible = [w for w in seen if w.role == role and not _is_later(w.stamp, fetched_at)]
    best = next(iter(possible), None)
    if best is None:
        return None
    if best.stamp.clock is None:
        best = next((w for w in possible if w.stamp.clock and _is_same_day(w.stamp, best.stamp)), best)
    stamp, source = best.stamp, best.source
    if stamp.clock is not None and stamp.zone is None:
        zone, how = _zone_for(stamp, seen, home)
        stamp, source = replace(stamp, zone=zone), f"{source} ({how})"
    return (stamp, source) if not _is_later(stamp, fetched_at) else None


def _zone_for(stamp: Stamp, seen: Iterable[Witness], home: tzinfo | None) -> tuple[tzinfo, str]:
    """The zone that the page's other times are in: first of one that shows the same clock, then of any not in UTC."""
    zoned = [w.stamp for w in seen if w.stamp.zone is not None and w.stamp.clock is not None]
    for other in zoned:
        if (
            _is_same_day(other, stamp)
            and stamp.clock
            and other.clock
            and other.clock.replace(second=0) == stamp.clock.replace(second=0)
        ):
            return other.zone or UTC, "zone of another time"
    local = next((other.zone for other in zoned if _moment(other).utcoffset()), None)
    if local is not None:
        return local, "zone of another time"
    return (home, "zone of the country") if home is not None else (UTC, "zone not given, read as UTC")


def _is_same_day(one: Stamp, other: Stamp) -> bool:
    return abs(one.day - other.day) <= (DAY if one.zone or other.zone else timedelta(0))


def _moment(stamp: Stamp) -> datetime:
    return datetime.combine(stamp.day, stamp.clock or datetime.min.time(), stamp.zone or UTC)


def _instant(stamp: Stamp) -> datetime | date:
    return _moment(stamp)


def _is_later(stamp: Stamp, fetched_at: datetime | None) -> bool:
    """Whether it is after the fetch, wherever on earth the clock hangs."""
    if fetched_at is None:
        return False
    if stamp.clock is None:
        return stamp.day > (fetched_at.astimezone(UTC) + timedelta(hours=14)).date()
    if stamp.zone is None:
        return _moment(stamp) > fetched_at + timedelta(hours=14)
    return _moment(stamp) > fetched_at


def _found(chosen: tuple[Stamp, str] | None) -> Found[str] | None:
    if chosen is None:
        return None
    stamp, source = chosen
    return Found(stamp.day.isoformat() if stamp.clock is None else offset_text(_moment(stamp)), source)
