"""How times, numbers and codes are said on the page. Times are in UTC unless a zone is printed."""

from collections.abc import Callable
from datetime import UTC, date, datetime

from watchfloor.gazetteer.countries import countries

LANGUAGES = {
    "ar": "Arabic", "be": "Belarusian", "bg": "Bulgarian", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek",
    "en": "English", "es": "Spanish", "et": "Estonian", "fa": "Persian", "fi": "Finnish", "fr": "French", "he": "Hebrew",
    "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian", "hy": "Armenian", "id": "Indonesian", "it": "Italian",
    "ja": "Japanese", "ka": "Georgian", "kk": "Kazakh", "ko": "Korean", "lt": "Lithuanian", "lv": "Latvian", "nl": "Dutch",
    "no": "Norwegian", "pl": "Polish", "ps": "Pashto", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian",
    "sk": "Slovak", "sl": "Slovenian", "sq": "Albanian", "sr": "Serbian", "sv": "Swedish", "tr": "Turkish",
    "uk": "Ukrainian", "ur": "Urdu", "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip


def clock(at: datetime) -> str:
    """A moment's clock time: `04:12`."""
    return f"{at.astimezone(UTC):%H:%M}"


def seconds(at: datetime) -> str:
    """A moment's clock time to the second: `04:12:07`."""
    return f"{at.astimezone(UTC):%H:%M:%S}"


def day(at: datetime | date) -> str:
    """A day without its year: `24 Nov`."""
    on = at.astimezone(UTC) if isinstance(at, datetime) else at
    return f"{on.day} {on:%b}"


def long_day(at: datetime | date) -> str:
    """A day with its weekday: `Tuesday 24 November 2026`."""
    on = at.astimezone(UTC) if isinstance(at, datetime) else at
    return f"{on:%A} {on.day} {on:%B %Y}"


def moment(at: datetime) -> str:
    """Day and clock time: `24 Nov, 04:12`."""
    return f"{day(at)}, {clock(at)}"


def machine(at: datetime | date) -> str:
    """For `datetime=`: always with its zone, a bare date without time.

    >>> machine(datetime(2026, 11, 24, 4, 12, tzinfo=UTC))
    '2026-11-24T04:12:00Z'
    """
    if isinstance(at, datetime):
        return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    return at.isoformat()


def number(value: float) -> str:
    """With thousands apart, at most two digits after the point.

    >>> number(27400), number(2.5)
    ('27,400', '2.5')
    """
    return f"{value:,}" if isinstance(value, int) else f"{value:,.2f}".rstrip("0").rstrip(".")


def count(value: int, one: str, many: str | None = None) -> str:
    """A number with its noun.

    >>> count(1, "article"), count(1204, "article"), count(2, "copy", "copies")
    ('1 article', '1,204 articles', '2 copies')
    """
    return f"{number(value)} {one if value == 1 else many or one + 's'}"


def share(value: float) -> str:
    """A share of one, as confidences are: `0.83`."""
    return f"{value:.2f}"


def language(code: str) -> str:
    """The name of a language; its code where we have none."""
    return LANGUAGES.get(code, code)


def country(code: str) -> str:
    """The name of a country; its code where we have none."""
    known = countries().get(code)
    return known.name if known else code


def kind(article_type: str) -> str:
    """A kind of article in words: `live blog`."""
    return article_type.replace("_", " ")


FILTERS: dict[str, Callable[..., str]] = {
    function.__name__: function
    for function in (clock, seconds, day, long_day, moment, machine, number, count, share, language, country, kind)
}
