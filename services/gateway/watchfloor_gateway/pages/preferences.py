"""What a reader has set: light, rows, marks, keys. Kept in a cookie, so that the server renders it and nothing flashes."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, get_args
from urllib.parse import parse_qs, urlencode

from fastapi import Depends, Request, Response
from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from watchfloor_gateway.pages.bindings import actions

COOKIE = "watchfloor"
ONE_YEAR = 365 * 24 * 3600
LONGEST = 2000
"""Characters of a cookie that are read: all settings at once are fewer."""
Mark = Literal["people", "organisations", "places", "quotations", "times", "quantities"]
MARKS: tuple[Mark, ...] = get_args(Mark)


class Preferences(BaseModel):
    """A reader's settings."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    theme: Literal["auto", "noon", "night"] = "auto"
    rows: Literal["tight", "plain", "roomy"] = "plain"
    marks: frozenset[Mark] = frozenset()
    """The kinds of marks that are switched off."""
    keys: bool = True
    """Whether keys do anything."""
    bindings: Mapping[str, str] = {}
    """The keys that are not the usual ones, by the names of `actions.USUAL`."""

    @field_validator("bindings")
    @classmethod
    def _apart(cls, chosen: Mapping[str, str]) -> Mapping[str, str]:
        for name, key in chosen.items():
            if name not in actions.USUAL:
                raise ValueError(f"no key is asked for {name!r}")
            if not actions.is_key(key):
                raise ValueError(f"{key!r} is no single character (give one that can be typed)")
        for _, _, key in actions.clashes(actions.bound(chosen)):
            raise ValueError(f"{key!r} would do two things (give each its own key)")
        return {name: key for name, key in chosen.items() if key != actions.USUAL[name]}


def read(cookie: str) -> Preferences:
    """The settings of a cookie. One that cannot be read is the usual one; the others hold."""
    told = {name: values[-1] for name, values in _parsed(cookie).items()}
    given: dict[str, Any] = {name: told[name] for name in ("theme", "rows", "keys") if name in told}
    given["marks"] = told.get("marks", "").split()
    given["bindings"] = {name.removeprefix("key."): key for name, key in told.items() if name.startswith("key.")}
    return _as_far_as_valid(given)


def _parsed(cookie: str) -> dict[str, list[str]]:
    try:
        return parse_qs(cookie[:LONGEST], max_num_fields=len(actions.USUAL) + len(Preferences.model_fields))
    except ValueError:
        return {}


def _as_far_as_valid(given: dict[str, Any]) -> Preferences:
    try:
        return Preferences.model_validate(given)
    except ValidationError as error:
        wrong = {fault["loc"][0] for fault in error.errors(include_url=False)}
        return Preferences.model_validate({name: value for name, value in given.items() if name not in wrong})


def written(preferences: Preferences) -> str:
    """The cookie's value, which `read` reads.

    >>> written(Preferences(theme="night", marks={"times"}, bindings={"action_next": "ж"}))
    'theme=night&marks=times&key.action_next=%D0%B6'
    """
    told = preferences.model_dump(mode="json", exclude_defaults=True, exclude={"marks", "bindings"})
    if preferences.marks:
        told["marks"] = " ".join(sorted(preferences.marks))
    return urlencode({**told, **{f"key.{name}": key for name, key in preferences.bindings.items()}})


def keep(response: Response, preferences: Preferences) -> None:
    """Keep the settings in the reader's browser. Scripts may read them: they hold no secret."""
    response.set_cookie(COOKIE, written(preferences), max_age=ONE_YEAR, samesite="strict", path="/")


def _of(request: Request) -> Preferences:
    return read(request.cookies.get(COOKIE, ""))


Settled = Annotated[Preferences, Depends(_of)]
