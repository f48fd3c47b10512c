"""What can act and speak in an article: an entity with what is known of it beyond its record."""

from dataclasses import dataclass

from watchfloor.events import Entity
from watchfloor_enricher.text.passage import Stretch


@dataclass(frozen=True)
class Actor:
    """An entity with its mentions as stretches, in reading order. `gender` is f, m or None where nothing tells it."""

    entity: Entity
    mentions: tuple[Stretch, ...]
    gender: str | None = None
    titles: tuple[str, ...] = ()
