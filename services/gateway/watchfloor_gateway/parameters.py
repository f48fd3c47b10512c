"""The parameters of a search, and the search that they ask for."""

import re
from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from watchfloor.query import Everything, FieldIs, Node, Or, Words, conjunction, parse_query, values
from watchfloor.query.analysis import patterns
from watchfloor.store.protocol import FacetName, Position, Search, Sort

EATEN_PLUS = re.compile(r"(?<=\d) (?=\d{2}:?\d{2}$)")
"""The `+` of a zone that was not written `%2B` arrives as a space."""
MOST_VALUES = 20
TIME = "an ISO date (in UTC), a time with its zone, or `now`"


def _time(text: str) -> str:
    text = EATEN_PLUS.sub("+", text.strip())
    if re.search(r"\s", text):
        raise ValueError(f"give {TIME}, without spaces")
    _published(text, "*")
    return text


def _published(since: str, until: str) -> Node:
    """As `published:[since TO until]` reads it."""
    try:
        return values.published(f"{since} TO {until}", ranged=True, clock=lambda: datetime.now(UTC))
    except values.ValueFault as fault:
        raise ValueError(f"{fault.reason} ({fault.remedy})") from fault


def _language(text: str) -> str:
    try:
        return values.code("language", text) or text
    except values.ValueFault as fault:
        raise ValueError(f"{fault.reason} (such as language=uk)") from fault


def _source(text: str) -> str:
    if not patterns(Words(text, phrase=True)):
        raise ValueError(f"{text!r} has neither letter nor digit (give a source's id, domain or name)")
    return text


Time = Annotated[str, Field(max_length=40), AfterValidator(_time)]
Source = Annotated[str, Field(max_length=200), AfterValidator(_source)]
Language = Annotated[str, AfterValidator(_language)]
Sources = Annotated[tuple[Source, ...], Field(max_length=MOST_VALUES)]
Languages = Annotated[tuple[Language, ...], Field(max_length=MOST_VALUES)]
Facets = Annotated[tuple[FacetName, ...], Field(max_length=MOST_VALUES)]
QUERY = """words, "phrases in a row", AND OR NOT and `-`, parentheses, `missil*`, `field:value` with the fields \
title author source section language type person organisation place country speaker source_country, \
`place:Istanbul~50km`, `published:[2026-01-01 TO now]`; empty: every article"""

SORTS = """newest and oldest go by the time of publication, changed by when the latest version was first seen or the \
article withdrawn, the newest first"""


class Criteria(BaseModel):
    """Which articles, in which order."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    q: str = Field("", description=QUERY, examples=['drone place:Istanbul~50km -"air show"'])
    since: Time | None = Field(None, alias="from", description=f"published then or later: {TIME}")
    until: Time | None = Field(None, alias="to", description=f"published then or before, a date to its end: {TIME}")
    source: Sources = Field((), description="id, domain or name of a source; several: any of them")
    language: Languages = Field((), description="primary subtag; several: any of them", examples=[["uk"]])
    sort: Sort = Field("newest", description=SORTS)

    @model_validator(mode="before")
    @classmethod
    def _without_blanks(cls, given: Any) -> Any:
        """A form sends what was left blank, too."""
        if not isinstance(given, dict):
            return given
        told = {
            name: [i for i in value if i != ""] if isinstance(value, list) else value for name, value in given.items()
        }
        return {name: value for name, value in told.items() if value not in ("", [])}

    @model_validator(mode="after")
    def _in_order(self) -> "Criteria":
        _published(self.since or "*", self.until or "*")
        return self

    def node(self) -> Node:
        """The query as a tree.

        Raises QuerySyntaxError, with the position in `q`.
        """
        parts: list[Node] = [parse_query(self.q)]
        if self.since or self.until:
            parts.append(_published(self.since or "*", self.until or "*"))
        if self.source:
            parts.append(Or(tuple(FieldIs("source", Words(text, phrase=True)) for text in self.source)))
        if self.language:
            parts.append(Or(tuple(FieldIs("language", Words(text)) for text in self.language)))
        return conjunction(tuple(part for part in parts if not isinstance(part, Everything)))

    def identity(self) -> dict[str, object]:
        """What a cursor is bound to."""
        return self.model_dump(mode="json", include=set(Criteria.model_fields))

    def search(self, after: Position | None, limit: int) -> Search:
        """The search for a page of results alone."""
        return Search(query=self.node(), sort=self.sort, limit=limit, after=after)


class Parameters(Criteria):
    """Which articles, in which order, which page of them, and what is counted."""

    limit: int = Field(50, ge=1, le=500, description="articles in this page of results")
    cursor: str | None = Field(None, max_length=1000, description="`next` of the page before")
    facet: Facets = Field((), description="count the values of this field; may be given several times")
