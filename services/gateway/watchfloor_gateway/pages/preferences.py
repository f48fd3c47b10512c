"""What a reader has set: light, rows, marks, keys. Kept in a cookie, so that the server renders it and nothing flashes."""

from typing import Annotated, Literal
from urllib.parse import parse_qs, urlencode

from fastapi import Depends, Request, Response
from pydantic import BaseModel, ConfigDict, ValidationError

COOKIE = "watchfloor"
ONE_YEAR = 365 * 24 * 3600


class Preferences(BaseModel):
    """A reader's settings."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    theme: Literal["auto", "noon", "night"] = "auto"
    rows: Literal["tight", "plain", "roomy"] = "plain"


def read(cookie: str) -> Preferences:
    """The settings of a cookie; those that cannot be read are the usual ones."""
    try:
        return Preferences.model_validate({name: values[-1] for name, values in parse_qs(cookie).items()})
    except ValidationError:
        return Preferences()


def keep(response: Response, preferences: Preferences) -> None:
    """Keep the settings in the reader's browser. Scripts may read them: they hold no secret."""
    value = urlencode(preferences.model_dump(mode="json", exclude_defaults=True))
    response.set_cookie(COOKIE, value, max_age=ONE_YEAR, samesite="strict", path="/")


def _of(request: Request) -> Preferences:
    return read(request.cookies.get(COOKIE, ""))


Settled = Annotated[Preferences, Depends(_of)]
