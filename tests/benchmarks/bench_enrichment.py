"""How well the enricher reads, on open sets, scored by the sets' own scorer.

    python tests/benchmarks/bench_enrichment.py [TASK/SET …] [--split dev|tune] [--limit N]

The sets are read from the folder `enrichment` beside the reference page (WATCHFLOOR_TEST_MATERIAL, default ../shared);
a set that is absent is skipped. What is printed: a table for each set, and the CPU time of an article.
"""

import argparse
import gzip
import importlib
import json
import os
import re
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from watchfloor.events import Annotations, Article, Entity, Quotation, Span
from watchfloor_enricher.completion import complete_article
from watchfloor_enricher.enrich import enrich, find_named
from watchfloor_enricher.quotations import Attributed, attributed
from watchfloor_enricher.text import Passage, read_article

Row = dict[str, Any]
ROOT = Path(__file__).parents[2]
FOLDER = Path(os.environ.get("WATCHFLOOR_TEST_MATERIAL", ROOT.parent / "shared")).resolve() / "enrichment"
TYPES = {"person": "PER", "organisation": "ORG", "place": "LOC", "equipment": "EQUIPMENT", "facility": "LOC"}
LEAD = re.compile(r"^(?:former|ex-|then|late|retired|incumbent|acting)\b[\s-]*", re.IGNORECASE)
RUNS = (
    "entities/ner_worldwide",
    "entities/ner_wikigold",
    "entities/ner_conllpp",
    "entities/re3d",
    "entities/ner_crossner_politics",
    "entities/ner_gum",
    "entities/ner_uner_pud",
    "titles/titles_mixed",
    "quotes/quotes_polnear",
    "coreference/coref_gum",
    "times/dates_timebank",
    "times/dates_aquaint",
    "places/geo_trnews",
    "places/geo_lgl",
    "places/geo_webnews",
    "places/geo_geovirus",
)


def in_text(spans: tuple[Span, ...]) -> Iterator[Span]:
    """The spans in the body."""
    return (span for span in spans if span.in_ == "text")


def bare(span: Span, entity: Entity) -> tuple[int, int]:
    """A mention of a person without the title that stands before the last name."""
    last = entity.name.split()[-1]
    if entity.kind == "person" and span.words != entity.name and " " in span.words:
        start = span.words.rfind(last)
        if start > 0 and (entity.title or "") and span.words[:start].strip():
            return span.start + start, span.end
    return span.start, span.end


def entities(document: Row, found: Annotations) -> Row:
    """Names with their types; bodies in small letters ("the Russian army") are no names there."""
    rows = []
    for entity in found.entities:
        for span in in_text(entity.mentions):
            start, end = bare(span, entity)
            if entity.kind in TYPES and not (entity.kind == "organisation" and span.words.split()[-1].islower()):
                rows.append({"start": start, "end": end, "type": TYPES[entity.kind]})
    return {"id": document["id"], "entities": rows}


def titles(document: Row, found: Annotations) -> Row:
    """A line for each person with a title; "former" is no part of a title there."""
    rows = []
    for entity in found.entities:
        if entity.kind == "person" and entity.title:
            start, end = bare(entity.mentions[0], entity)
            rows.append({"person": [start, end], "title": LEAD.sub("", entity.title), "country": entity.country})
    return {"id": document["id"], "titles": rows}


def quotes(document: Row, found: Annotations) -> Row:
    """Each quotation with the words that name its speaker, a pronoun or a description as well as a name.

    The set marks more than what stands in quotation marks: of a piece in the reporter's sentence the whole clause
    behind the verb, and a quotation that is broken by its attribution as one.
    """
    text = read_article(article_of(document))
    body = text.passages[0]
    rows: list[Row] = []
    verb: int | None = None
    for each in attributed(body, find_named(text).actors, "en"):
        said = each.attribution
        content = content_of(body, each)
        if (
            rows
            and each.quotation.kind == "direct"
            and said is None
            and "\n" not in body.text[rows[-1]["content"][-1][1] : content[0]]
        ) or (rows and said and said.verb_at is not None and said.verb_at == verb):
            rows[-1]["content"].append(content)
        else:
            speaker = body.stretch(said.subject.tokens)[1:] if said else nearest(each.quotation, found)
            rows.append({"content": [content], "speaker": list(speaker) if speaker else None})
        verb = said.verb_at if said else None
    return {"id": document["id"], "quotes": rows}


def content_of(body: Passage, each: Attributed) -> list[int]:
    """The words of a quotation with its marks; of a piece of a clause those from the verb to the sentence's end."""
    quotation, said = each.quotation, each.attribution
    if quotation.kind == "indirect":
        return [quotation.start, quotation.end]
    if quotation.kind == "mixed" and said is not None and said.verb_at is not None:
        verb = body.tokens[said.verb_at]
        if verb.end < quotation.start:
            end = body.tokens[body.sentence_of(said.verb_at).end - 1].end
            return [verb.end + 1, max(end, quotation.end + 1)]
    return [quotation.start - 1, quotation.end + 1]


def nearest(quotation: Quotation, found: Annotations) -> tuple[int, int] | None:
    """The mention of the speaker that is nearest to a quotation."""
    own = (span for entity in found.entities if entity.id == quotation.speaker_id for span in in_text(entity.mentions))
    best = min(
        own, key=lambda span: min(abs(span.start - quotation.end), abs(quotation.start - span.end)), default=None
    )
    return (best.start, best.end) if best else None


def coreference(document: Row, found: Annotations) -> Row:
    """People and organisations with all their mentions."""
    kept = [entity for entity in found.entities if entity.kind in ("person", "organisation")]
    clusters = [[list(bare(span, entity)) for span in in_text(entity.mentions)] for entity in kept]
    return {"id": document["id"], "clusters": clusters}


def times(document: Row, found: Annotations) -> Row:
    """Expressions of time with their values."""
    rows = [{"start": t.start, "end": t.end, "value": t.value} for t in found.times if t.in_ == "text"]
    return {"id": document["id"], "times": rows}


def places(document: Row, found: Annotations) -> Row:
    """Every mention of a place with its point."""
    rows = [
        {"start": span.start, "end": span.end, "latitude": place.latitude, "longitude": place.longitude}
        for place in found.places
        for span in in_text(place.mentions)
    ]
    return {"id": document["id"], "places": rows}


MAKERS: dict[str, Callable[[Row, Annotations], Row]] = {
    "entities": entities,
    "titles": titles,
    "quotes": quotes,
    "coreference": coreference,
    "times": times,
    "places": places,
}


def load(folder: Path, split: str | None) -> list[Row]:
    """The documents of a set, or of one of its parts."""
    packed = folder / "docs.jsonl.gz"
    data = gzip.decompress(packed.read_bytes()) if packed.exists() else (folder / "docs.jsonl").read_bytes()
    documents = [json.loads(line) for line in data.decode().split("\n") if line]
    return [document for document in documents if split in (None, document["split"])]


def article_of(document: Row) -> Article:
    """A document of a set as an article."""
    record = {"text": document["text"], "language": "en", "published_at": document.get("published")}
    return complete_article(record, subject=str(document["id"]))


def run(name: str, split: str | None, limit: int | None) -> None:
    """Annotate one set, print its table."""
    task, _, data = name.partition("/")
    if not (FOLDER / data).exists():
        sys.stdout.write(f"{name}: skipped, {FOLDER / data} is absent\n")
        return
    documents = load(FOLDER / data, split)[:limit]
    begun = time.process_time()
    predictions = {document["id"]: MAKERS[task](document, enrich(article_of(document))) for document in documents}
    spent = time.process_time() - begun
    sys.path.insert(0, str(FOLDER))
    score = importlib.import_module("score")
    measures = score.evaluate(score.TASKS[task], documents, predictions)
    letters = sum(len(document["text"]) for document in documents)
    each, letter = 1000 * spent / len(documents), 1e6 * spent / letters
    line = f"{name}: {len(documents)} texts, {each:.1f} ms CPU each, {letter:.2f} µs a letter"
    rows = "\n".join(f"  {key:45} {value:9.3f}" for key, value in measures.items())
    sys.stdout.write(f"{line}\n{rows}\n")


def main() -> None:
    """Run the sets that are asked for; all, if none."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("runs", nargs="*", default=list(RUNS), metavar="TASK/SET")
    options.add_argument("--split", choices=("dev", "tune"))
    options.add_argument("--limit", type=int, help="texts of each set")
    chosen = options.parse_args()
    for name in chosen.runs:
        run(name, chosen.split, chosen.limit)


if __name__ == "__main__":
    main()
