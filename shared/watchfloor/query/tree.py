"""What a query means: a tree of frozen nodes. Each store, and `tail` in memory, reads the tree; none sees the text."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

FieldName = Literal[
    "title",
    "author",
    "source",
    "section",
    "language",
    "type",
    "person",
    "organisation",
    "place",
    "country",
    "speaker",
    "source_country",
]


@dataclass(frozen=True)
class Everything:
    """Every article: the empty query."""


@dataclass(frozen=True)
class Words:
    """One word, or several in a row (a phrase), anywhere a reader looks: title, subtitle, text, captions.

    With `prefix`, the last word is only the beginning of one. A single word is found in its inflections; a phrase
    is found as it stands.
    """

    text: str
    phrase: bool = False
    prefix: bool = False


@dataclass(frozen=True)
class FieldIs:
    """A field holds these words (`title`, `person`, …) or equals this code (`language`, `type`, `country`)."""

    field: FieldName
    value: Words


@dataclass(frozen=True)
class Near:
    """A place of the article lies within so many kilometres of the named one, or is it where `kilometres` is 0."""

    place: str
    kilometres: float


@dataclass(frozen=True)
class Published:
    """Published from `since` up to, not including, `until`; where a page gives no time, when it was first fetched."""

    since: datetime | None
    until: datetime | None


@dataclass(frozen=True)
class And:
    """All of the parts."""

    parts: tuple["Node", ...]


@dataclass(frozen=True)
class Or:
    """Any of the parts."""

    parts: tuple["Node", ...]


@dataclass(frozen=True)
class Not:
    """Whatever the part does not match."""

    part: "Node"


Node = Everything | Words | FieldIs | Near | Published | And | Or | Not


def conjunction(nodes: tuple[Node, ...]) -> Node:
    """What demands all of these: every article where there are none, one by itself."""
    if not nodes:
        return Everything()
    return nodes[0] if len(nodes) == 1 else And(nodes)
