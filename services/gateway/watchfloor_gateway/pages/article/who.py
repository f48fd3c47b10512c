"""Who is spoken of: persons, then organisations; and the things that are named."""

from collections.abc import Collection
from dataclasses import dataclass

from watchfloor.events import Annotations, Entity, EntityKind
from watchfloor.query import FieldName
from watchfloor_gateway.pages.article.entry import Entry
from watchfloor_gateway.pages.article.evidence import evidence_at
from watchfloor_gateway.pages.article.passages import Passages
from watchfloor_gateway.pages.links import search_for

PERSONS: frozenset[EntityKind] = frozenset({"person"})
ORGANISATIONS: frozenset[EntityKind] = frozenset({"organisation"})
THINGS: frozenset[EntityKind] = frozenset({"equipment", "facility", "other"})


@dataclass(frozen=True)
class Named(Entry):
    """A person, an organisation or a thing. `country` is a code, None where the article does not tell."""

    entity_id: str
    name: str
    title: str | None
    subkind: str | None
    country: str | None
    address: str | None
    """Of the search for what they said, or where they are spoken of."""


def persons(article: Annotations, passages: Passages) -> tuple[Named, ...]:
    """The persons, in the order in which the article has them; those who speak lead to what they said elsewhere."""
    speakers = {quotation.speaker_id for quotation in article.quotations}
    return _named(article, passages, PERSONS, "who", speakers)


def organisations(article: Annotations, passages: Passages) -> tuple[Named, ...]:
    """The organisations."""
    return _named(article, passages, ORGANISATIONS, "org", ())


def things(article: Annotations, passages: Passages) -> tuple[Named, ...]:
    """Equipment, facilities and whatever else has a name: they are listed, without marks in the text."""
    return _named(article, passages, THINGS, "thing", ())


def _named(
    article: Annotations,
    passages: Passages,
    kinds: frozenset[EntityKind],
    prefix: str,
    speakers: Collection[str | None],
) -> tuple[Named, ...]:
    entities = [entity for entity in article.entities if entity.kind in kinds]
    return tuple(
        Named(
            id=f"{prefix}-{number}",
            evidence=evidence_at([entity], entity.mentions, passages),
            spans=entity.mentions,
            entity_id=entity.id,
            name=entity.name,
            title=entity.title,
            subkind=entity.subkind.replace("_", " ") if entity.subkind else None,
            country=entity.country,
            address=_address(entity, speaks=entity.id in speakers),
        )
        for number, entity in enumerate(entities, start=1)
    )


def _address(entity: Entity, *, speaks: bool) -> str | None:
    fields: dict[EntityKind, FieldName] = {"person": "person", "organisation": "organisation"}
    field = "speaker" if speaks else fields.get(entity.kind)
    return search_for(field, entity.name) if field else None
