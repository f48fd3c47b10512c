"""The embedded store: documents and decisions a second in batches, and what a search or an explanation takes among many.

Times are by the clock; CPU seconds stand beside them, since a machine that is shared makes the clock lie.

`python tests/benchmarks/bench_store.py [DOCUMENTS]` prints lines of JSON; milliseconds as [clock, CPU].
"""

import json
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

from watchfloor.events import ArticleEnriched, Block, Entity, PageDecided, Place, Span
from watchfloor.explanation.explain import explain
from watchfloor.identity import article_id, content_hash
from watchfloor.query import parse_query
from watchfloor.store.protocol import Change, FacetName, Search
from watchfloor.store.sqlite import SqliteStore

DOCUMENTS, BATCH, WORDS, PARAGRAPH, ROUNDS = 10_000, 50, 450, 45, 15
BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)
SYLLABLES = {
    "en": "ba der con tor mil sen ra vel pon dis ter ning ed ship war port".split(),
    "ru": "ба дер кон тор мил сен ра вел пон дис тер ость ами ого кор ение".split(),
    "uk": "ба дір кон тор міл сен ра вел пон діс тер ість ами ого кор єння".split(),
}
FACETS: tuple[FacetName, ...] = ("source", "language", "type", "country", "person", "place")
QUERIES = {
    "one word in 3 %": "convoy",
    "two words": "convoy harbour",
    "a common word": "border",
    "a beginning": "mil*",
    "a phrase": '"border convoy"',
    "everything": "",
    "a circle": "place:Vell~300km",
}


def vocabulary(language: str, chance: random.Random) -> list[str]:
    """Invented words of a language, some of them frequent."""
    return ["".join(chance.choices(SYLLABLES[language], k=chance.randint(2, 4))) for _ in range(20_000)]


def text_of(words: list[str], chance: random.Random) -> str:
    """Words drawn so that few are frequent and most are rare, with the sought ones among them."""
    drawn = [words[int(len(words) * chance.random() ** 3)] for _ in range(WORDS)]
    for word, share in (("border", 0.5), ("convoy", 0.03), ("harbour", 0.1), ("border convoy", 0.01)):
        if chance.random() < share:
            drawn[chance.randrange(WORDS)] = word
    return "\n\n".join(" ".join(drawn[start : start + PARAGRAPH]) + "." for start in range(0, WORDS, PARAGRAPH))


def documents(number: int) -> Iterator[ArticleEnriched]:
    """Invented articles of 450 words in three languages, ten people and five places each."""
    chance = random.Random(7)  # noqa: S311 - the same documents every time
    words = {language: vocabulary(language, chance) for language in SYLLABLES}
    for index in range(number):
        yield _document(index, words, chance)


def _document(index: int, words: dict[str, list[str]], chance: random.Random) -> ArticleEnriched:
    language = chance.choice(["en", "en", "ru", "uk"])
    text, title = text_of(words[language], chance), " ".join(chance.choices(words[language], k=8))
    url = f"https://news{index % 40}.example/world/article-{index}"
    blocks = (Block(kind="paragraph", text=text, start=0, end=len(text)),)
    return ArticleEnriched(
        article_id=article_id(url), page_id=article_id(url), url=url, canonical_url=url, origin="live", source_id=None,
        fetched_at=BEGINNING + timedelta(minutes=index), content_hash=content_hash(title, blocks, []), title=title,
        subtitle=None, authors=(chance.choice(words["en"]),), agencies=(), publisher=None, section="World", tags=(),
        site_name=f"News {index % 40}", language=language, published_at=None, modified_at=None, article_type="news",
        paywalled=False, blocks=blocks, text=text, images=(), evidence=(), main_place=None, quotations=(), times=(),
        quantities=(), entities=tuple(_person(n, chance.choice(words[language][:500])) for n in range(10)),
        places=tuple(_place(n, chance) for n in range(5)),
    )  # fmt: skip


def _mention(words: str) -> tuple[Span, ...]:
    return (Span(in_="text", start=0, end=len(words), words=words),)


def _person(number: int, name: str) -> Entity:
    return Entity(
        id=f"e{number}", kind="person", subkind=None, name=name, title=None, country=None, links=(),
        mentions=_mention(name), found_by="rule/1", confidence=None,
    )  # fmt: skip


def _place(number: int, chance: random.Random) -> Place:
    name = f"Place {chance.randrange(300)}"
    return Place(
        entity_id=f"p{number}", name=name, kind="city", country=chance.choice(["UA", "PL", "RO"]), admin=(),
        latitude=chance.uniform(35, 60), longitude=chance.uniform(0, 50), radius_km=None, mentions=_mention(name),
        precision="city", found_by="rule/1", confidence=None,
    )  # fmt: skip


def written(store: SqliteStore, number: int) -> dict[str, float]:
    """Documents that become durable a second, one batch after the other."""
    changes = [Change(event) for event in documents(number)]
    began, cpu = time.perf_counter(), time.process_time()
    for start in range(0, number, BATCH):
        store.apply(changes[start : start + BATCH])
    took, cpu = time.perf_counter() - began, time.process_time() - cpu
    return {"documents": number, "documents_a_second": round(number / took), "a_cpu_second": round(number / cpu)}


def decided(store: SqliteStore, number: int) -> dict[str, float]:
    """Decisions that become durable a second: three for each document, in batches of three times as many."""
    steps = [("scraper", "found", "feed"), ("scraper", "fetched", "http_200"), ("parser", "parsed", "news")]
    changes = [Change(_decision(event, *step)) for event in documents(number) for step in steps]
    began, cpu = time.perf_counter(), time.process_time()
    for start in range(0, len(changes), BATCH * len(steps)):
        store.apply(changes[start : start + BATCH * len(steps)])
    took, cpu = time.perf_counter() - began, time.process_time() - cpu
    return {"decisions_a_second": round(len(changes) / took), "a_cpu_second": round(len(changes) / cpu)}


def _decision(event: ArticleEnriched, by: str, verdict: str, reason: str) -> PageDecided:
    said = {"page_id": event.page_id, "url": event.url, "source_id": "news", "origin": "live", "detail": "as it was"}
    return PageDecided.model_validate({**said, "by": by, "verdict": verdict, "reason": reason, "at": event.fetched_at})


def milliseconds(action: Callable[[], object]) -> list[float]:
    """The medians of some rounds: by the clock, and of CPU."""
    taken = []
    for _ in range(ROUNDS):
        began, cpu = time.perf_counter(), time.process_time()
        action()
        taken.append((time.perf_counter() - began, time.process_time() - cpu))
    return [round(median(column) * 1000, 1) for column in zip(*taken, strict=True)]


def searches(store: SqliteStore) -> dict[str, dict[str, object]]:
    """What each query takes: ten hits with highlights, and the same with six facets and the histogram."""
    answer: dict[str, dict[str, object]] = {}
    for name, text in QUERIES.items():
        query = parse_query(text)
        plain, counted = Search(query, limit=10), Search(query, limit=10, facets=FACETS, histogram=True)
        ranked = Search(query, "relevance", limit=10)
        answer[name] = {
            "found": store.search(plain).total,
            "ms": milliseconds(lambda asked=plain: store.search(asked)),  # type: ignore[misc]
            "ms_by_relevance": milliseconds(lambda asked=ranked: store.search(asked)),  # type: ignore[misc]
            "ms_with_facets_and_histogram": milliseconds(lambda asked=counted: store.search(asked)),  # type: ignore[misc]
        }
    return answer


def main() -> None:
    """Run it."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else DOCUMENTS
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "store.sqlite"
        store = SqliteStore(path, locate={"Vell": (48.0, 25.0)}.get)
        print(json.dumps(written(store, number)), flush=True)
        print(json.dumps(decided(store, number)), flush=True)
        store.rest()
        print(json.dumps({"megabytes": round(path.stat().st_size / 1e6)}))
        for name, answer in searches(store).items():
            print(json.dumps({"query": name, **answer}))
        url = next(documents(1)).url
        print(json.dumps({"explanation_ms": milliseconds(lambda: explain(url, store, BEGINNING))}))
        store.close()


if __name__ == "__main__":
    main()
