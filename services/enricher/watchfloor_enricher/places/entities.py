"""A place that was found, in the form of the events."""

import re
from collections.abc import Sequence

from watchfloor.events import Entity, Place, Precision
from watchfloor.gazetteer import Candidate, Gazetteer
from watchfloor.gazetteer.lookup import lineage
from watchfloor_enricher.places.evidence import REGION_WORDS
from watchfloor_enricher.places.mentions import INNER, Mention

FOUND_BY = "place-rules/2"
PRECISIONS: dict[str, Precision] = {
    "country": "country", "capital": "city", "city": "city", "region": "region", "county": "district",
    "district": "district", "site": "site",
}  # fmt: skip
REGION_RADIUS_KM = 80.0
LONGEST_ABBREVIATION = 3
WORD = re.compile(r"[^\W\d_]+")


def entity_and_place(
    entity_id: str, candidate: Candidate, mentions: Sequence[Mention], gazetteer: Gazetteer
) -> tuple[Entity, Place]:
    """The entity of a place and where it lies. Its name is the longest that the article prints, not in capitals."""
    spans = tuple(mention.passage.span(mention.start, mention.end) for mention in mentions)
    name = _name([mention.printed for mention in mentions])
    kind = _kind(candidate, mentions)
    link = (f"geonames:{candidate.geonameid}",) if candidate.geonameid else ()
    entity = Entity(
        id=entity_id, kind="place", subkind=kind, name=name, title=None, country=candidate.country, links=link,
        mentions=spans, found_by=FOUND_BY, confidence=None,
    )  # fmt: skip
    radius = max(candidate.radius_km, REGION_RADIUS_KM) if kind == "region" else candidate.radius_km
    place = Place(
        entity_id=entity_id, name=name, kind=kind, country=candidate.country, admin=_admin(candidate, gazetteer),
        latitude=candidate.latitude, longitude=candidate.longitude, radius_km=radius, mentions=spans,
        precision=PRECISIONS.get(kind, "area"), found_by=FOUND_BY, confidence=None,
    )  # fmt: skip
    return entity, place


def _name(printed: Sequence[str]) -> str:
    """The longest name; one that stands in capitals alone, as in datelines, as it is written elsewhere.

    >>> _name(["ODESA", "Odesa"]), _name(["PORT OF SPAIN"]), _name(["UAE"])
    ('Odesa', 'Port of Spain', 'UAE')
    """
    name = max(printed, key=lambda each: (not _in_capitals(each), len(each)))
    if not _in_capitals(name):
        return name
    return WORD.sub(lambda word: word[0].lower() if word[0].lower() in INNER else word[0].capitalize(), name)


def _in_capitals(name: str) -> bool:
    return name.isupper() and len(name) > LONGEST_ABBREVIATION and "." not in name


def _kind(candidate: Candidate, mentions: Sequence[Mention]) -> str:
    """The kind; a city of which only the region around it is spoken ("Sumy region") is a region."""
    if candidate.kind not in ("city", "capital"):
        return candidate.kind
    return "region" if all(_of_a_region(mention) for mention in mentions) else "city"


def _of_a_region(mention: Mention) -> bool:
    return mention.after().lower() in REGION_WORDS and mention.after() != "state"


def _admin(candidate: Candidate, gazetteer: Gazetteer) -> tuple[str, ...]:
    """The divisions around a place, the largest first, without itself."""
    above = (gazetteer.division(code) for code in reversed(lineage(candidate.division)))
    return tuple(each.name for each in above if each and each.geonameid != candidate.geonameid)
