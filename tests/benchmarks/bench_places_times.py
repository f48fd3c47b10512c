"""Places and times on the open benchmark sets, in the tables of their scorer.

    python tests/benchmarks/bench_places_times.py [--split dev|tune] [--set NAME ...]

The sets and the scorer are read from WATCHFLOOR_TEST_MATERIAL (default ../shared); without them nothing is measured.
"""

import argparse
import importlib
import json
import os
import resource
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from watchfloor.gazetteer import Gazetteer, open_gazetteer
from watchfloor.gazetteer.names import key_of
from watchfloor.settings import Settings
from watchfloor_enricher.countries import country, country_of, country_of_adjective, country_of_name
from watchfloor_enricher.organisations import find_organisations
from watchfloor_enricher.people import find_people
from watchfloor_enricher.places import find_places
from watchfloor_enricher.places.finder import locate_given
from watchfloor_enricher.text import ArticleText, Passage, Stretch
from watchfloor_enricher.times import find_times

ROOT = Path(__file__).parents[2]
SETS = Path(os.environ.get("WATCHFLOOR_TEST_MATERIAL", ROOT.parent / "shared")) / "enrichment"
PLACE_SETS = ("geo_trnews", "geo_lgl", "geo_webnews", "geo_geovirus")
TIME_SETS = ("dates_timebank", "dates_aquaint")
Record = dict[str, Any]
Predict = Callable[[Record], Record]


def article_of(document: Record) -> ArticleText:
    """A record of a set as the rooms read it."""
    return ArticleText((Passage("text", document["text"]),), "en")


def predicted_times(document: Record) -> Record:
    """Times found and read."""
    found = find_times(article_of(document), document["published"])
    return {"times": [{"start": each.start, "end": each.end, "value": each.value} for each in found]}


def predicted_places(document: Record, gazetteer: Gazetteer) -> Record:
    """Places found and located. The sets count adjectives ("Syrian") as places; we do not, so they are lost here."""

    def known(name: str) -> bool:
        return bool(gazetteer.candidates(key_of(name)))

    article = article_of(document)
    people = [stretch for each in find_people(article, known) for stretch in each.mentions]
    bodies = [stretch for each in find_organisations(article, people) for stretch in each.mentions]
    found = find_places(article, gazetteer, people=people, organisations=bodies).places
    return {"places": [_point(m.start, m.end, p.latitude, p.longitude) for p in found for m in p.mentions]}


def located_places(document: Record, gazetteer: Gazetteer) -> Record:
    """The marked places located; adjectives at the middle of their countries."""
    article = article_of(document)
    spans = [Stretch("text", place["start"], place["end"]) for place in document["places"]]
    candidates = locate_given(article, gazetteer, spans)
    return {"places": [_given(document["text"], span, candidates.get(span)) for span in spans]}


def _given(text: str, span: Stretch, candidate: Any) -> Record:
    printed = text[span.start : span.end]
    if candidate is not None and (country_of_name(printed) or not country_of_adjective(printed)):
        return _point(span.start, span.end, candidate.latitude, candidate.longitude)
    about = country(country_of(printed) or "")
    return _point(span.start, span.end, about.latitude if about else None, about.longitude if about else None)


def _point(start: int, end: int, latitude: float | None, longitude: float | None) -> Record:
    return {"start": start, "end": end, "latitude": latitude, "longitude": longitude}


def run(name: str, split: str | None, task: Any, score: Any, predict: Predict) -> None:
    """Predict a set, print its measures, the time a document takes and the memory of the process."""
    documents = score.load_set(SETS / name, split)
    started = time.perf_counter()
    predictions = {document["id"]: predict(document) for document in documents}
    spent = (time.perf_counter() - started) * 1000 / max(len(documents), 1)
    measures = score.evaluate(task, documents, predictions)
    shown = {key: round(value, 3) for key, value in measures.items() if "error" not in key}
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{name:15s} {split or 'all':5s} {spent:6.1f} ms/doc {memory:4d} MB  {json.dumps(shown)}")


def runs(score: Any, gazetteer: Gazetteer) -> Iterator[tuple[str, Any, Predict]]:
    """Every set with its task and what predicts it."""
    places, times = importlib.import_module("scoring.places"), importlib.import_module("scoring.times")
    for name in TIME_SETS:
        yield name, times.TASK, predicted_times
    for name in PLACE_SETS:
        yield name, places.GIVEN_MENTIONS, lambda document: located_places(document, gazetteer)
        yield name, places.TASK, lambda document: predicted_places(document, gazetteer)


def main() -> None:
    """Measure what was asked for."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--split", choices=("dev", "tune"))
    options.add_argument("--set", action="append", dest="sets")
    chosen = options.parse_args()
    if not SETS.is_dir():
        print(f"skipped: no benchmark sets at {SETS}")
        return
    sys.path.insert(0, str(SETS))
    score = importlib.import_module("score")
    for name, task, predict in runs(score, open_gazetteer(Settings().cache)):
        if not chosen.sets or name in chosen.sets:
            run(name, chosen.split, task, score, predict)


if __name__ == "__main__":
    main()
