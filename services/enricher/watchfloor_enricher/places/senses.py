"""Which place of one name an article means: by what stands behind it, and by the other places in the article."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from watchfloor.gazetteer import Candidate, Gazetteer
from watchfloor.gazetteer.lookup import divisions_of, likelihood, lineage
from watchfloor.gazetteer.names import key_of
from watchfloor_enricher.places.evidence import DIRECTIONS, REGION_WORDS
from watchfloor_enricher.places.mentions import Mention

COUNTRY_WEIGHT = 1.6
DIVISION_WEIGHT = 1.4
NEAR_WEIGHT = 1.0
NEAR_KM = 600.0
"""Where another place of the article is, the weight falls evenly from it to nothing at this distance."""
NAMESAKE_WEIGHT = 2.0
"""Against a city that has its country's name: Mexico, Luxembourg."""
HOME_WEIGHT = 0.4
EARTH_RADIUS_KM = 6371.0


@dataclass(frozen=True)
class Surroundings:
    """What speaks for one sense and not for another: shares of the countries and divisions named, and sure places."""

    countries: Mapping[str, float] = field(default_factory=dict)
    divisions: Mapping[str, float] = field(default_factory=dict)
    places: Sequence[Candidate] = ()
    home: str | None = None


def kilometres(one: Candidate, two: Candidate) -> float:
    """Great-circle distance (haversine)."""
    p, q, r, s = map(math.radians, (one.latitude, one.longitude, two.latitude, two.longitude))
    sine = math.sin((r - p) / 2) ** 2 + math.cos(p) * math.cos(r) * math.sin((s - q) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(sine)))


def qualifiers_of(mention: Mention, gazetteer: Gazetteer) -> frozenset[str]:
    """Codes of the states and countries that stand behind a name: "Newport, RI", "Paris, Texas", "Odesa (Ukraine)"."""
    if mention.after() not in (",", "("):
        return frozenset()
    for length in (4, 3, 2, 1):
        parts = [mention.after(2 + offset) for offset in range(length)]
        if not all(parts) or not parts[0][0].isupper():
            continue
        start = mention.words[mention.last + 1].start
        printed = mention.passage.text[start : mention.words[mention.last + length].end]
        if codes := _codes_of(printed, gazetteer):
            return codes
    return frozenset()


def _codes_of(printed: str, gazetteer: Gazetteer) -> frozenset[str]:
    codes = divisions_of(printed) | divisions_of(f"{printed}.")
    if codes or (len(printed) < 3 and printed != "UK"):
        return codes
    found = gazetteer.candidates(key_of(printed))
    countries = {each.country for each in found if each.kind == "country" and each.country}
    divisions = {each.division for each in found if each.kind in ("region", "county") and each.division}
    return frozenset(countries | divisions)


def lies_in(candidate: Candidate, codes: Iterable[str]) -> bool:
    """Whether a place lies in one of some countries or divisions."""
    own = (candidate.country, *lineage(candidate.division))
    return any(code in own for code in codes)


def choose(mentions: Sequence[Mention], surroundings: Surroundings, codes: frozenset[str]) -> tuple[Candidate, float]:
    """The place that all mentions of one name mean, and its score; the score is a logarithm, about 4 for a town."""
    candidates = mentions[0].candidates
    within = tuple(each for each in candidates if lies_in(each, codes)) if codes else ()
    as_region = any(each.after().lower() in REGION_WORDS for each in mentions)
    part_of = any(each.before().lower() in DIRECTIONS for each in mentions)

    others = tuple(place for place in surroundings.places if place not in candidates)

    namesakes = {each.country for each in candidates if each.kind == "country"}

    def points(candidate: Candidate) -> float:
        own = score(candidate, surroundings, others, as_region=as_region, part_of=part_of)
        return own - (candidate.kind != "country" and candidate.country in namesakes) * NAMESAKE_WEIGHT

    best = max(within or candidates, key=lambda each: (points(each), -(each.geonameid or 0)))
    return best, points(best) + (3.0 if within else 0.0)


def score(
    candidate: Candidate, surroundings: Surroundings, others: Sequence[Candidate], *, as_region: bool, part_of: bool
) -> float:
    """The logarithm of how likely a place is meant."""
    points = math.log10(likelihood(candidate) + 30)
    points += COUNTRY_WEIGHT * surroundings.countries.get(candidate.country or "", 0.0)
    if candidate.division:
        points += DIVISION_WEIGHT * max(surroundings.divisions.get(code, 0.0) for code in lineage(candidate.division))
    if as_region and candidate.kind in ("region", "county"):
        points += 2.0
    if part_of and candidate.kind not in ("city", "capital"):
        points += 1.2
    nearest = min((kilometres(candidate, place) for place in others), default=NEAR_KM)
    points += NEAR_WEIGHT * max(0.0, 1 - nearest / NEAR_KM)
    return points + HOME_WEIGHT * (candidate.country is not None and candidate.country == surroundings.home)


def shares(codes: Iterable[str]) -> dict[str, float]:
    """How often each code is named: 1 for the most frequent, by the square root of its count for the others."""
    counts = Counter(codes)
    most = max(counts.values(), default=1)
    return {code: math.sqrt(count / most) for code, count in counts.items()}
