"""Codes of countries and languages."""

from functools import lru_cache

from babel import Locale

from watchfloor.gazetteer.countries import countries
from watchfloor_scraper.configuration.faults import BadValue

EUROPEAN = {"UK": "GB", "EL": "GR"}
"""Codes that the European Union writes otherwise than ISO 3166-1."""


def read_country(text: str) -> str:
    """A code of ISO 3166-1 alpha-2, in capitals.

    Raises BadValue.

    >>> read_country("ua")
    'UA'
    """
    code = text.strip().upper()
    if code in countries():
        return code
    named = (country.code for country in countries().values() if text.strip() in country.names)
    remedy = EUROPEAN.get(code) or next(named, "two letters such as GB or UA")
    raise BadValue(f"{text!r} is no country code of ISO 3166-1", f"give {remedy}")


def read_language(text: str) -> str:
    """A primary language subtag of BCP 47, in small letters: one that the Unicode locale data know.

    Raises BadValue.

    >>> read_language("uk")
    'uk'
    """
    code = text.strip().lower()
    if code in _languages():
        return code
    primary = code.replace("_", "-").partition("-")[0]
    if primary in _languages():
        raise BadValue(f"{text!r} is more than a primary language subtag", f"give {primary}")
    named = (known for known, name in _languages().items() if name.lower() == code)
    raise BadValue(f"{text!r} is no language code", f"give {next(named, 'a code of ISO 639 such as en or uk')}")


@lru_cache(maxsize=1)
def _languages() -> dict[str, str]:
    """Codes and English names; a code with an underscore is one of a dialect."""
    return {code: name for code, name in Locale("en").languages.items() if "_" not in code}
