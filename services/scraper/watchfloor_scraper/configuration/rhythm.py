"""How often an outlet is asked: for what is new, and again for what it has changed."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, model_validator

from watchfloor_scraper.configuration.durations import Duration, between, read_duration, write_duration
from watchfloor_scraper.configuration.faults import BadValue

SECOND, YEAR = timedelta(seconds=1), timedelta(days=365)


@dataclass(frozen=True)
class Cadence:
    """How often the lists of an outlet are read: between these two, by what it really publishes."""

    shortest: timedelta = timedelta(minutes=5)
    longest: timedelta = timedelta(hours=24)

    def __str__(self) -> str:
        """As it is written in the file."""
        shortest, longest = write_duration(self.shortest), write_duration(self.longest)
        return shortest if shortest == longest else f"{shortest}..{longest}"


def read_cadence(text: str) -> Cadence:
    """`5m..24h`, or one duration, from a second to a year.

    Raises BadValue.

    >>> str(read_cadence("10m")), str(read_cadence("60s..1d"))
    ('10m', '1m..1d')
    """
    first, dots, last = text.partition("..")
    shortest = between(SECOND, YEAR, read_duration(first))
    longest = between(SECOND, YEAR, read_duration(last)) if dots else shortest
    if shortest > longest:
        raise BadValue(f"{text!r} ends before it begins", "put the shorter duration first")
    return Cadence(shortest, longest)


def _cadence(value: object) -> object:
    return read_cadence(value) if isinstance(value, str) else value


def _growth(value: float) -> float | int:
    return int(value) if value.is_integer() else value


class Revisit(BaseModel):
    """When an article is fetched again, to catch corrections and withdrawals.

    First `first` after it was found, then with pauses that are each `growth` times the last, until it is `until` old.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    first: Annotated[Duration, AfterValidator(lambda value: between(SECOND, YEAR, value))] = timedelta(hours=1)
    growth: Annotated[float, PlainSerializer(_growth)] = Field(2.0, ge=1, le=100)
    until: Annotated[Duration, AfterValidator(lambda value: between(SECOND, 10 * YEAR, value))] = timedelta(days=14)

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> "Revisit":
        if self.until < self.first:
            raise BadValue("`until` is before `first`", "give a later `until`, or off")
        return self


def _revisit(value: object) -> object:
    if value == "off":
        return None
    if isinstance(value, str):
        raise BadValue(f"{value!r} is neither off nor a mapping", "give off, or {first: 1h, growth: 2, until: 14d}")
    return value


def _written(revisit: Revisit | None) -> object:
    return "off" if revisit is None else revisit.model_dump(mode="json")


CadenceField = Annotated[Cadence, BeforeValidator(_cadence), PlainSerializer(str, return_type=str)]
RevisitField = Annotated[Revisit | None, BeforeValidator(_revisit), PlainSerializer(_written)]
"""None is `off`."""
