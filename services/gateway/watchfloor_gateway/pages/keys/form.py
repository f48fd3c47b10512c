"""A form of settings: read within bounds, and laid over the settings that there are."""

import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import parse_qs

from fastapi import Request
from pydantic import ValidationError

from watchfloor_gateway.errors import Refusal, problem
from watchfloor_gateway.pages.bindings import actions
from watchfloor_gateway.pages.preferences import MARKS, Preferences

Fields = Mapping[str, Sequence[str]]
MOST_BYTES = 32 * 1024
MOST_FIELDS = 100
FORM = "application/x-www-form-urlencoded"
PATH = re.compile(r"/(?![/\\])[!-\[\]-~]*", re.ASCII)
"""A path of this site with its query: what begins with two slashes, or a slash and a backslash, names another site."""


class Refused(Exception):
    """Settings that cannot be kept, and why."""


async def read(request: Request) -> Fields:
    """The fields of a form. Raises Refusal: 415 where it is none, 413 where it is too long, 400 where it cannot be read."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != FORM:
        raise Refusal(problem(415, f"settings are sent as {FORM}"))
    content = bytearray()
    async for chunk in request.stream():
        content += chunk
        if len(content) > MOST_BYTES:
            raise Refusal(problem(413, f"settings are at most {MOST_BYTES} bytes", headers={"connection": "close"}))
    try:
        return parse_qs(content.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError as error:
        raise Refusal(problem(400, "the settings are no form in UTF-8")) from error


def is_path(text: str) -> bool:
    r"""Whether a text is a path of this site, with its query.

    >>> [is_path(text) for text in ("/search?q=x", "//evil.example", "/\\evil.example", "https://evil.example", "")]
    [True, False, False, False, False]
    """
    return PATH.fullmatch(text) is not None


def changed(preferences: Preferences, told: Fields) -> Preferences:
    """The settings with those changed that a form has; a form with marks has an empty one beside those that are on.

    Raises Refused, with a sentence for the reader.
    """
    given: dict[str, Any] = preferences.model_dump()
    given.update({name: told[name][-1] for name in ("theme", "rows", "keys") if name in told})
    if "marks" in told:
        given["marks"] = frozenset(MARKS) - set(told["marks"])
    if "usual" in told:
        given["bindings"] = {}
    else:
        given["bindings"] = {**preferences.bindings, **_bindings(told)}
    try:
        return Preferences.model_validate(given)
    except ValidationError as error:
        raise Refused("; ".join(_sentence(fault) for fault in error.errors(include_url=False))) from error


def _bindings(told: Fields) -> dict[str, str]:
    named = {name.removeprefix("key."): values[-1] for name, values in told.items() if name.startswith("key.")}
    return {name: key for name, key in named.items() if name in actions.USUAL}


def _sentence(fault: Mapping[str, Any]) -> str:
    if fault["loc"][0] == "bindings":
        return str(fault["msg"]).removeprefix("Value error, ")
    return f"{fault['loc'][0]}: {fault['msg']}"
