"""What pydantic finds wrong, in our words. Pure."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

from pydantic_core import ErrorDetails

from watchfloor_scraper.configuration.faults import BadValue
from watchfloor_scraper.configuration.nodes import Path
from watchfloor_scraper.configuration.outlet import Outlet
from watchfloor_scraper.configuration.rhythm import Revisit

TOP = ("contact", "sources")
EXPECTED = {
    "string_type": ("one text", "write it as one text"),
    "tuple_type": ("a list", "write [one, another], or a line each that begins with `- `"),
    "dict_type": ("a mapping", "write {name: value}, or a line each"),
    "model_type": ("a mapping", "write {key: value}, or a line each"),
    "model_attributes_type": ("a mapping", "write {key: value}, or a line each"),
    "dataclass_type": ("one text", "write it as one text"),
    "time_delta_type": ("a duration", "give 90s, 10m, 2h or 1d"),
    "bool_type": ("true or false", "give true or false"),
    "bool_parsing": ("true or false", "give true or false"),
    "float_type": ("a number", "give a number such as 2"),
    "float_parsing": ("a number", "give a number such as 2"),
}
"""For each of pydantic's errors of type: what should stand there, and the remedy."""
MOST_QUOTED = 80


def words(path: Path, details: ErrorDetails) -> tuple[str, str]:
    """The reason and the remedy of an error; `path` is where the value stands in the file."""
    kind, context, value = details["type"], details.get("ctx", {}), details["input"]
    error = context.get("error")
    if isinstance(error, BadValue):
        return error.reason, error.remedy
    if kind == "missing":
        return "is missing", "write it" if path != ("sources",) else "write `sources: []` for none"
    if kind == "extra_forbidden":
        return "is no known key", _nearest(str(path[-1]), _known(path))
    if kind == "literal_error":
        return f"{_quoted(value)} is none of them", f"give {context['expected']}"
    if kind in EXPECTED:
        expected, remedy = EXPECTED[kind]
        return f"{_quoted(value)} is not {expected}", remedy
    return f"{_quoted(value)}: {details['msg'].removeprefix('Input ')}", "mend the value"


def _known(path: Path) -> Iterable[str]:
    """The keys that are known where this one stands."""
    if len(path) == 1:
        return TOP
    return Revisit.model_fields if "revisit" in path[:-1] else Outlet.model_fields


def _nearest(key: str, known: Iterable[str]) -> str:
    near = get_close_matches(key.lower(), known, n=1)
    return f"is it `{near[0]}`?" if near else f"known are {', '.join(known)}"


def _quoted(value: object) -> str:
    return repr(value)[:MOST_QUOTED] if isinstance(value, str) else kind_of(value)


def kind_of(value: object) -> str:
    """What a value of a file is, for a sentence."""
    kinds: dict[Any, str] = {dict: "a mapping", list: "a list", str: "one text"}
    return kinds.get(type(value), "nothing")
