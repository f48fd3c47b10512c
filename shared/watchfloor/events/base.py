"""What all events have in common."""

from datetime import UTC, datetime
from typing import Annotated, ClassVar, Literal, Self

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, PlainSerializer

Origin = Literal["live", "backfill", "pushed"]
"""How a page came in: fetched as it appeared, read from an archive, or handed in by somebody."""


def instant(seconds: float) -> datetime:
    """A moment by the clock (seconds since the epoch) as records have it: in UTC, to the millisecond.

    >>> utc_text(instant(1779958800.25))
    '2026-05-28T09:00:00.250000Z'
    """
    return datetime.fromtimestamp(round(seconds, 3), UTC)


def utc_text(moment: datetime) -> str:
    """Write an instant in the one form that records use: ISO 8601 in UTC with a Z, fractions only where there are some.

    >>> from datetime import timedelta, timezone
    >>> utc_text(datetime(2025, 5, 29, 11, 14, tzinfo=timezone(timedelta(hours=2))))
    '2025-05-29T09:14:00Z'
    """
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _iso_text(text: str) -> str:
    """Hold a printed time to ISO 8601: a bare date, or a clock time with its zone."""
    if "T" not in text:
        datetime.strptime(text, "%Y-%m-%d")  # noqa: DTZ007 - a bare date has no zone
        return text
    if datetime.fromisoformat(text).tzinfo is None:
        raise ValueError(f"{text!r} has a clock time but no zone")
    return text


Instant = Annotated[AwareDatetime, PlainSerializer(utc_text, return_type=str, when_used="json")]
"""A moment with a zone, written in UTC."""
PrintedTime = Annotated[str, AfterValidator(_iso_text)]
"""A time as text: ISO 8601 with zone; a bare date where the page gives no clock time."""


class Record(BaseModel):
    """A frozen part of an event. What we write has declared fields only; see `Event.read` for what we read."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", serialize_by_alias=True, validate_by_name=True, validate_by_alias=True
    )


class Event(Record):
    """What travels on a topic. `type_name` is its CloudEvents type, `key_field` names the field that is its key."""

    type_name: ClassVar[str]
    key_field: ClassVar[str]

    @property
    def key(self) -> str:
        """The record's key: events of one key are handled one after the other."""
        return str(getattr(self, self.key_field))

    @property
    def time(self) -> datetime:
        """The moment the event speaks of; never the clock's."""
        moment: datetime = getattr(self, "fetched_at")  # noqa: B009 - declared by each event, not here
        return moment

    @classmethod
    def read(cls, value: bytes | str) -> Self:
        """Read a record of this or a later version of ours: unknown fields are ignored.

        Raises pydantic.ValidationError where a declared field is missing or of the wrong type.
        """
        return cls.model_validate_json(value, extra="ignore")

    def write(self) -> bytes:
        """The record's value: JSON in UTF-8."""
        return self.model_dump_json().encode()
