"""What an article says of people, organisations, places, quotations, times and quantities. The order of the work."""

from dataclasses import dataclass

from watchfloor.events import Annotations, Article, Entity, Place
from watchfloor.gazetteer import open_gazetteer
from watchfloor.gazetteer.names import key_of
from watchfloor.settings import Settings
from watchfloor_enricher.equipment import find_equipment
from watchfloor_enricher.main_place import find_main_place
from watchfloor_enricher.organisations import find_organisations
from watchfloor_enricher.people import find_people
from watchfloor_enricher.places import find_places
from watchfloor_enricher.quantities import find_quantities
from watchfloor_enricher.quotations import find_quotations
from watchfloor_enricher.text import ArticleText, Stretch, read_article
from watchfloor_enricher.text.actors import Actor
from watchfloor_enricher.times import find_times


def enrich(article: Article) -> Annotations:
    """Annotate one article. The same article gives the same annotations; nothing but the gazetteer is read."""
    text = read_article(article)
    named = find_named(text)
    times = find_times(text, article.published_at or article.fetched_at)
    elsewhere = [Stretch(time.in_, time.start, time.end) for time in times]
    return Annotations(
        entities=(*(actor.entity for actor in named.actors), *named.equipment),
        places=named.places,
        main_place=find_main_place(named.places, article.title, article.text, article.language),
        quotations=tuple(find_quotations(text, named.actors)),
        times=times,
        quantities=find_quantities(text, [*elsewhere, *_stretches(named.equipment), *_names(named.actors)]),
    )


@dataclass(frozen=True)
class Named:
    """Everybody and everything that an article names; `places` say where the places among the actors lie."""

    actors: list[Actor]
    places: tuple[Place, ...]
    equipment: list[Entity]


def find_named(text: ArticleText) -> Named:
    """People first, then organisations, equipment and places: what is taken by one is not read as another."""
    gazetteer = open_gazetteer(Settings().cache)

    def is_place(name: str) -> bool:
        return bool(gazetteer.candidates(key_of(name)))

    people = find_people(text, is_place)
    organisations = find_organisations(text, _names(people))
    equipment = find_equipment(text, [*_names(people), *_names(organisations)])
    taken = [*_names(organisations), *_stretches(equipment)]
    found = find_places(text, gazetteer, people=_names(people), organisations=taken)
    actors = [Actor(entity, tuple(_stretches([entity]))) for entity in found.entities]
    return Named([*people, *organisations, *actors], found.places, equipment)


def _names(actors: list[Actor]) -> list[Stretch]:
    return [stretch for actor in actors for stretch in actor.mentions]


def _stretches(entities: tuple[Entity, ...] | list[Entity]) -> list[Stretch]:
    return [Stretch(span.in_, span.start, span.end) for entity in entities for span in entity.mentions]
